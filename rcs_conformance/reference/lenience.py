"""Lenient readings of requests that leave no doubt about what is meant (binding, section 5).

Each is a permitted variation of the server; where the operator's policy is a strict reading, it is
a fault. The function's name is that of the fault, its docstring the sentence.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any
from xml.etree.ElementTree import Element

from rcs_conformance.model.formats import Format
from rcs_conformance.reference.calls import Call
from rcs_conformance.reference.mending import Decode, Mend, edited, misread, respelt
from rcs_conformance.reference.negotiation import format_of, media_type
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.seams import Usual
from rcs_conformance.reference.validity import is_uri
from rcs_conformance.wire.structure import ROOTS, Member, structure_of

_BODIES, _MEDIA_TYPES = "TS-CHAT-5.8", "TS-CHAT-5.6"

_NOT_SAID = ("", "text/plain", "application/octet-stream")
"""Media types that say nothing about the format."""

_FORMATS = "notificationFormat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lenience:
    """A lenient reading.

    Attributes:
        name: Of the fault that it is under a strict reading.
        clause: That it breaks then.
        sentence: What the server does.
        around: What takes the place of the rule `misread`.
    """

    name: str
    clause: str
    sentence: str
    around: Callable[..., object]


LENIENCES: list[Lenience] = []
"""All lenient readings."""


def _rule(clause: str) -> Callable[[Callable[..., object]], Callable[..., object]]:
    """A lenience that reads a request by itself."""

    def register(around: Callable[..., object]) -> Callable[..., object]:
        name, sentence = around.__name__.replace("_", "-"), around.__doc__ or ""
        LENIENCES.append(Lenience(name=name, clause=clause, sentence=sentence, around=around))
        return around

    return register


def _mend(mend: Mend) -> Mend:
    """A lenience that reads a body as mended."""
    _rule(_BODIES)(misread(mend))
    return mend


# Documents ---------------------------------------------------------------------------------------


@_mend
def bytes_replaced(call: Call, fmt: Format) -> bytes:
    """Bytes that are not UTF-8 are replaced."""
    return call.body.decode("utf-8", "replace").encode()


@_mend
def array_unwrapped(call: Call, fmt: Format) -> bytes | None:
    """A JSON body inside an array is accepted."""

    def edit(document: Any) -> Any:  # noqa: ANN401 - JSON
        if isinstance(document, list):
            (document,) = document
        return document

    return edited(call, fmt, edit)


@_mend
def namespace_not_needed(call: Call, fmt: Format) -> bytes | None:
    """A root in no XML namespace is accepted."""

    def edit(root: Element) -> None:
        if root.tag in ROOTS:
            root.tag = f"{{{ROOTS[root.tag].namespace}}}{root.tag}"

    return edited(call, fmt, edit_xml=edit)


@_mend
def members_by_local_name(call: Call, fmt: Format) -> bytes | None:
    """The XML namespace of members is not checked."""

    def edit(root: Element) -> None:
        for element in root.iter():
            if element is not root:
                element.tag = element.tag.rpartition("}")[2]

    return edited(call, fmt, edit_xml=edit)


@_mend
def words_between_ignored(call: Call, fmt: Format) -> bytes | None:
    """Text between elements is ignored."""

    def edit(root: Element) -> None:
        for element in root.iter():
            element.tail = None
            element.text = None if len(element) else element.text

    return edited(call, fmt, edit_xml=edit)


@_mend
def order_ignored(call: Call, fmt: Format) -> bytes | None:
    """The elements of an XML body are accepted in any order."""

    def edit(root: Element) -> None:
        found = ROOTS.get(root.tag.rpartition("}")[2])
        if found is not None:
            _sort(root, found.cls)

    return edited(call, fmt, edit_xml=edit)


def _sort(element: Element, cls: type) -> None:
    """Put the members of a structure into the order of the binding."""
    members = {member.element: member for member in structure_of(cls).members}
    order = [*members]
    element[:] = sorted(
        element, key=lambda child: order.index(child.tag) if child.tag in members else len(order)
    )
    for child in element:
        if child.tag in members and members[child.tag].is_structure:
            _sort(child, members[child.tag].type)


# Values ------------------------------------------------------------------------------------------


@_mend
def format_in_any_case(call: Call, fmt: Format) -> bytes | None:
    """A notificationFormat in lower case is accepted."""
    return respelt(call, fmt, lambda name, text: text.upper() if name == _FORMATS else text)


@_mend
def values_in_any_case(call: Call, fmt: Format) -> bytes | None:
    """Booleans and values of enumerations, notificationFormat apart, are accepted in any case."""

    def spelt(name: str, text: str) -> str:
        return text if name == _FORMATS else _VALUES.get(name, {}).get(text.lower(), text)

    return respelt(call, fmt, spelt)


def _spellings() -> Iterator[tuple[str, Mapping[str, str]]]:
    """The members that hold a boolean or a value of an enumeration, each with its values."""
    for member in _members_of_all():
        if member.type is bool:
            yield member.element, {"true": "true", "false": "false"}
        elif issubclass(member.type, StrEnum):
            yield member.element, {value.lower(): str(value) for value in member.type}


def _members_of_all() -> Iterator[Member]:
    known = {root.cls for root in ROOTS.values()}
    todo = list(known)
    while todo:
        for member in structure_of(todo.pop()).members:
            yield member
            if member.is_structure and member.type not in known:
                known.add(member.type)
                todo.append(member.type)


def _all_spellings() -> Mapping[str, Mapping[str, str]]:
    values: dict[str, dict[str, str]] = {}
    for name, spellings in _spellings():
        values.setdefault(name, {}).update(spellings)
    return values


_VALUES = _all_spellings()
"""By the name of the member and the value in lower case, the value as the binding has it."""


_URI_MEMBERS = re.compile(".*URL")
"""Members that hold a URI; one of a user is an address."""


@_rule(_BODIES)
def uris_unchecked(
    usual: Usual[object], call: Call, decode: Decode, rejection: Rejection
) -> object:
    """A URI, other than an address, that is empty or malformed is accepted."""
    given: dict[str, str] = {}

    def stand_in(name: str, text: str) -> str:
        if not _URI_MEMBERS.fullmatch(name) or is_uri(text):
            return text
        name = f"urn:stand-in:{len(given)}"
        given[name] = text
        return name

    fmt = format_of(call.content_type)
    body = respelt(call, fmt, stand_in) if fmt and rejection.status == 400 else None
    if body is not None and given:
        with suppress(Rejection):
            return _restored(decode(replace(call, body=body)), given)
    return usual(call, decode, rejection)


def _restored(content: Any, given: Mapping[str, str]) -> Any:  # noqa: ANN401 - any structure
    """A structure with the texts that others stood in for."""
    if isinstance(content, str) and not isinstance(content, StrEnum):
        return given.get(content, content)
    if isinstance(content, tuple):
        return tuple(_restored(each, given) for each in content)
    if is_dataclass(content) and not isinstance(content, type):
        values = {each.name: getattr(content, each.name) for each in fields(content)}
        return replace(content, **{name: _restored(each, given) for name, each in values.items()})
    return content


# Media types -------------------------------------------------------------------------------------

_STRUCTURE = re.compile(
    rb'(?i)(content-disposition: form-data; name="root-fields"[^\r\n]*)(?:\r\n[^\r\n]+)*'
    rb"\r\n\r\n(?=\s*([{<]))"
)
"""The head of the structure in a body of several parts, before the first sign of the structure."""


@_rule(_MEDIA_TYPES)
def format_by_content(
    usual: Usual[object], call: Call, decode: Decode, rejection: Rejection
) -> object:
    """A body or structure part whose media type does not say its format is read by its bytes."""
    if call.is_multipart and rejection.status == 400:
        return decode(replace(call, body=_STRUCTURE.sub(_labelled, call.body)))
    if rejection.status != 415 or media_type(call.content_type) not in _NOT_SAID:
        return usual(call, decode, rejection)
    named = _named(call.body.lstrip()[:1])
    return decode(replace(call, headers={**call.headers, "content-type": named}))


def _named(sign: bytes) -> str:
    return (Format.JSON if sign == b"{" else Format.XML).media_type


def _labelled(head: re.Match[bytes]) -> bytes:
    return head[1] + f"\r\nContent-Type: {_named(head[2])}\r\n\r\n".encode()
