"""The tables of a binding file, each a record: its keys and their forms."""

import re
from collections.abc import Mapping, Sized
from dataclasses import dataclass, field
from typing import Annotated

from rcs_conformance.binding.keys import DERIVED, LIGHTWEIGHT, NOTIFICATIONS, RELS, RESOURCES
from rcs_conformance.binding.records import (
    CHANNEL_TYPES,
    SUBPROTOCOL,
    VARIABLE,
    VARIABLES,
    Additions,
    Api,
    Authentication,
    CreationBodies,
    ElementOrder,
    ErrorCase,
    Mark,
    ParticipantLists,
    Rejoining,
    RelativeUrl,
)
from rcs_conformance.binding.wording import TimeFormat
from rcs_conformance.configuration import Filled, Form, Keys, shown, suggestion
from rcs_conformance.model.channel import ChannelType
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind

LATER_ERRORS: Mapping[ErrorCase, tuple[str, ...]] = {
    ErrorCase.SECOND_POLL: ("SVC1012",),
    ErrorCase.FIRST_MESSAGE_REFUSED: ("POL1012",),
    ErrorCase.CONFIRMED_CHAT_UNSUPPORTED: ("POL1013",),
    ErrorCase.ADHOC_CHAT_UNSUPPORTED: ("POL1014",),
    ErrorCase.GROUP_NOT_ENDED: ("POL1018",),
    ErrorCase.CLOSED_GROUP: ("POL1029",),
}
"""Situations that a file may leave out, each with its message ids then."""

VERBS = ("GET", "POST", "PUT", "DELETE")
"""The verbs that a resource may have, in the order of the binding's rows."""

_OUR_FIELDS = frozenset({"accept", "authorization", "content-length", "content-type", "host"})
_FIELD = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def _matching(pattern: str, right: str) -> Form:
    """A string of a certain form; `right` describes the form."""
    compiled = re.compile(pattern)

    def fault(value: str) -> str:
        return "" if compiled.fullmatch(value) else f"must be {right}, not {shown(value)}"

    return Form(fault)


def _not_empty(right: str) -> Form:
    def fault(found: Sized) -> str:
        return "" if found else f"must give at least one {right}"

    return Form(fault)


def _variable_fault(path: str) -> str:
    unknown = [name for name in VARIABLE.findall(path) if name not in VARIABLES]
    if not unknown:
        return ""
    return f"unknown variable {{{unknown[0]}}}; {suggestion(unknown[0], VARIABLES)}"


def _expression_fault(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        return f"is no regular expression: {error}"
    return ""


def _code_fault(value: int) -> str:
    return "" if 200 <= value <= 299 else f"must be a 2xx code such as 201, not {value}"


def field_fault(name: str) -> str:
    """What is wrong with the name of a header field that a dialect adds."""
    if not _FIELD.fullmatch(name):
        return f"must be the name of a header field, not {shown(name)}"
    return "is set by the suite itself: remove it" if name.lower() in _OUR_FIELDS else ""


_Segment = _matching(r"[A-Za-z0-9._~-]+", "a name such as oma-v1")
_PathSegment = _matching(r"[A-Za-z0-9._~-]+", "a path segment such as v1")
_Prefix = _matching(
    r"([A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*)?", "empty, or a path such as cpaas without / around"
)
_OneOnly = Annotated[
    int, Form(lambda value: "" if value == 1 else "must be 1, or left out for any number")
]

_MessageIds = Annotated[
    tuple[Filled, ...],
    _not_empty('message id such as ["SVC0002"]'),
]
_MessageIdForm = Annotated[
    str,
    _matching(
        r"[A-Za-z0-9()|\[\]{},*+?.-]+", "a regular expression of letters, digits and ()|[]{},*+?.-"
    ),
    Form(_expression_fault),
]
_FieldValue = Annotated[
    str,
    _matching(r"[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?", "the value of a header field, in ASCII"),
]
_Subprotocol = Annotated[
    str, _matching(r"[!#$%&'*+.^_`|~0-9A-Za-z-]*", "empty, or a token such as chat.example")
]
_Parameter = Annotated[
    str, _matching(r"[A-Za-z0-9._~-]*", "empty, or the name of a parameter such as access_token")
]
_PartName = Annotated[str, _matching(r"[\x21-\x7e]+", "the name of a part such as root-fields")]
Element = Annotated[
    str, _matching(r"[A-Za-z_][A-Za-z0-9_.-]*", "an element name such as fileNotification")
]
_Path = Annotated[
    str,
    _matching(
        r"(/([A-Za-z0-9._~-]+|\{[^{}/]*\}))+", "a path below the base such as /group/{sessionId}"
    ),
    Form(_variable_fault),
]
_Codes = Annotated[
    tuple[Annotated[int, Form(_code_fault)], ...], _not_empty("2xx code such as [201]")
]
_Verbs = Annotated[
    Mapping[str, _Codes], Keys(optional=VERBS), _not_empty("verb such as { GET = [200] }")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsTable:
    """`[parts]`."""

    structure: _PartName
    content: _PartName


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryTable:
    """`[delivery]`; all of it may be left out."""

    channels: Annotated[
        frozenset[ChannelType], _not_empty('type of channel such as ["LongPolling"]')
    ] = CHANNEL_TYPES
    subprotocol: _Subprotocol = SUBPROTOCOL
    token_parameter: _Parameter = ""
    opaque_callback: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceTable:
    """One of `[resources.*]`; `path` is there for all but `channelURL`."""

    api: Api
    verbs: _Verbs
    mark: Mark
    path: _Path | None = None
    by_root: Mapping[str, _Codes] | None = None
    extra: Annotated[Mapping[str, _Codes], Keys(optional=VERBS)] = field(default_factory=dict)
    creation_body: CreationBodies | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherTable:
    """One of `[further.*]`: a resource that the binding does not know, and its verbs."""

    api: Api
    path: _Path
    verbs: _Verbs


@dataclass(frozen=True, slots=True, kw_only=True)
class LightweightTable:
    """One of `[lightweight.*]`: an element below the resource that contains it."""

    resource: str
    path: _Path
    element: Element
    verbs: _Verbs
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class BindingFile:
    """A whole binding file."""

    name: Annotated[str, _Segment]
    api_version: Annotated[str, _PathSegment]
    prefix: Annotated[str, _Prefix]
    authentication: Authentication
    element_order: ElementOrder
    relative_resource_url: bool
    participant_lists: ParticipantLists
    additions: Additions
    creation_bodies: CreationBodies
    rejoining: Rejoining
    chats: Annotated[frozenset[ChatKind], _not_empty('kind of chat such as ["group"]')]
    file_transfer: bool
    services: Annotated[tuple[Filled, ...], _not_empty('service such as ["ft"]')]
    headers: Mapping[str, _FieldValue]
    parts: PartsTable
    errors: Annotated[
        Mapping[ErrorCase, _MessageIds],
        Keys(
            needed=tuple(each for each in ErrorCase if each not in LATER_ERRORS),
            optional=tuple(LATER_ERRORS),
        ),
    ]
    names: Mapping[str, object]
    notifications: Annotated[Mapping[str, Mark], Keys(needed=NOTIFICATIONS)]
    resources: Annotated[
        Mapping[str, ResourceTable], Keys(needed=RESOURCES, optional=tuple(DERIVED))
    ]
    message_id: _MessageIdForm = ""
    relative_urls: frozenset[RelativeUrl] = frozenset()
    acceptance_without_body: bool = False
    default_format: Format = Format.XML
    subscriptions_per_user: _OneOnly | None = None
    notification_id: Element = ""
    destination: Element = ""
    rels: Annotated[Mapping[str, Filled], Keys(optional=RELS)] = field(default_factory=dict)
    further: Mapping[str, FurtherTable] = field(default_factory=dict)
    values: Mapping[str, object] = field(default_factory=dict)
    times: Mapping[str, TimeFormat] = field(default_factory=dict)
    absent: Mapping[str, Mapping[str, Filled]] = field(default_factory=dict)
    delivery: DeliveryTable = DeliveryTable()
    lightweight: Annotated[Mapping[str, LightweightTable], Keys(optional=LIGHTWEIGHT)] | None = None
