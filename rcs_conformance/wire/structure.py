"""How a structure of the model is laid out on the wire, read off its dataclass once.

The rules are those that `model.common` states: a field in snake case is an element in camel case
(`resource_url` is `resourceURL`), a tuple is repeatable, a field without default is mandatory.
"""

import dataclasses
import re
import types
import typing
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from rcs_conformance.errors import HarnessError
from rcs_conformance.model import channel, chat, common, filetransfer, notifications

NAMESPACE = "urn:oma:xml:rest:netapi:{}:1"
"""Pattern of the namespaces of the APIs (binding, section 5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One element of a structure.

    Attributes:
        attribute: Name of the field in the dataclass.
        element: Name on the wire in the default binding.
        type: `str`, `int`, `bool`, an enumeration or a structure's dataclass.
        repeatable: Whether it may occur more than once; then the field is a tuple.
        mandatory: Whether it must occur.
        is_structure: Whether it has members of its own.
        or_text: Whether a text alone may stand in the place of the structure.
        is_collapsed: Whether XML takes off the white space around its value, as XML Schema has it
            for numbers, booleans, times and URIs.
    """

    attribute: str
    element: str
    type: type
    repeatable: bool
    mandatory: bool
    is_structure: bool
    or_text: bool
    is_collapsed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """The members of a structure in the order in which they are sent."""

    cls: type
    members: tuple[Member, ...]
    as_attributes: bool
    """Whether the members are attributes in XML; only those of `link` are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """A structure that may stand alone in a body."""

    name: str
    cls: type
    namespace: str


def camel_case(attribute: str) -> str:
    """The element that a field stands for: `notify_url` gives `notifyURL`."""
    first, *rest = attribute.split("_")
    return first + "".join("URL" if part == "url" else part.capitalize() for part in rest)


TIMES = frozenset({"dateTime", "lastactive"})
"""The members that are times."""

_URI_OR_TIME = re.compile(".*(URL|[aA]ddress)|href|" + "|".join(sorted(TIMES)))


def _member(field: "dataclasses.Field[object]", hint: object) -> Member:
    repeatable = typing.get_origin(hint) is tuple
    kinds = typing.get_args(hint)
    if repeatable or isinstance(hint, types.UnionType):
        hint = kinds[0]
    if not isinstance(hint, type):
        raise HarnessError(f"field {field.name} has a type that has no form on the wire: {hint}")
    element = camel_case(field.name)
    return Member(
        attribute=field.name,
        element=element,
        type=hint,
        repeatable=repeatable,
        mandatory=field.default is dataclasses.MISSING,
        is_structure=dataclasses.is_dataclass(hint),
        or_text=hint is not str and str in kinds,
        is_collapsed=hint in (int, bool) or bool(_URI_OR_TIME.fullmatch(element)),
    )


def structure_of(cls: type) -> Structure:
    """The layout of a dataclass of the model."""
    return _layout(cls)


@cache
def _layout(cls: type) -> Structure:
    hints = typing.get_type_hints(cls)
    fields = dataclasses.fields(typing.cast("type[common.Link]", cls))
    return Structure(
        cls=cls,
        members=tuple(_member(field, hints[field.name]) for field in fields),
        as_attributes=cls is common.Link,
    )


_NESTED = frozenset(
    {
        common.Link,
        common.CallbackReference,
        common.ServiceException,
        common.PolicyException,
        chat.LongLivedGroupChat,
        filetransfer.Hash,
        filetransfer.FileSelector,
        filetransfer.FileInformation,
        channel.ChannelData,
        channel.LongPollingData,
        channel.WebSocketsData,
        channel.WebhooksData,
        notifications.CancellationReason,
    }
)
"""Structures that stand within others only."""


def _roots_of(module: types.ModuleType, api: str) -> typing.Iterator[Root]:
    for name, cls in vars(module).items():
        is_own = dataclasses.is_dataclass(cls) and cls.__module__ == module.__name__
        if is_own and cls not in _NESTED:
            yield Root(
                name=name[0].lower() + name[1:],
                cls=typing.cast("type", cls),
                namespace=NAMESPACE.format(api),
            )


_APIS = {
    common: "common",
    chat: "chat",
    notifications: "chat",
    filetransfer: "filetransfer",
    channel: "notificationchannel",
}


def namespace_of(cls: type) -> str:
    """The namespace of the API that a structure of the model belongs to."""
    api = next(api for module, api in _APIS.items() if module.__name__ == cls.__module__)
    return NAMESPACE.format(api)


def _all_roots() -> dict[str, Root]:
    return {root.name: root for module, api in _APIS.items() for root in _roots_of(module, api)}


ROOTS = types.MappingProxyType(_all_roots())
"""The structures by the name that each has as a root in the default binding."""

LIST_ROOT = Root(
    name="notificationList", cls=tuple, namespace=NAMESPACE.format("notificationchannel")
)
"""The list that a long poll answers with: whole notifications, each under its own root."""


def root_of(content: object) -> Root:
    """The root that a structure has when it stands alone."""
    name = type(content).__name__
    try:
        return ROOTS[name[0].lower() + name[1:]]
    except KeyError:
        raise HarnessError(f"a {name} has no form on the wire") from None


def enumeration_values(cls: type[StrEnum]) -> str:
    """The values of an enumeration, for messages."""
    return ", ".join(cls)
