"""What a body does otherwise than it should and is read all the same (binding, sections 2 and 5).

A boolean may come as 1 or 0, an event type may be one that is not listed; in JSON a single value of
a repeatable member may come without its array, and null for a member that is absent. None of these
breaks a clause; each is worth a remark.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from xml.etree.ElementTree import Element

from rcs_conformance.binding import Forms
from rcs_conformance.errors import WireError
from rcs_conformance.model.filetransfer import FileTransferEventNotification
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import CHAT_EVENTS, FILE_TRANSFER_EVENTS, EventType
from rcs_conformance.wire.guard import COMPOSING, read_json, read_xml
from rcs_conformance.wire.rewriting import Rewriting
from rcs_conformance.wire.spelling import Spelling, spelling_of
from rcs_conformance.wire.structure import ROOTS, Member, structure_of

_NUMERIC = ("0", "1")
_DEFAULT = Forms()


def tolerated(
    body: bytes,
    fmt: Format,
    root: str,
    names: Mapping[str, str] = MappingProxyType({}),
    forms: Forms = _DEFAULT,
) -> tuple[str, ...]:
    """What is tolerated in a body, a path and a phrase each; nothing for what cannot be read.

    Args:
        body: As it was received.
        fmt: Its format.
        root: Its root, as the default binding spells it.
        names: Roots and members that the binding spells otherwise.
        forms: What the binding has otherwise than by another name.
    """
    if root not in ROOTS:
        return ()
    cls, spelling = ROOTS[root].cls, spelling_of(names)
    spelt, rewriting = spelling.of(root), Rewriting(names, forms)
    try:
        if fmt is Format.XML:
            found = _in_xml(rewriting.read_element(read_xml(body)), cls, spelt, spelling)
            return (*_of_rfc3994(body, spelt), *found)
        document = rewriting.read_object(read_json(body))
    except WireError:
        return ()
    content = document.get(spelt) if isinstance(document, dict) else None
    return tuple(_in_json(content, cls, spelt, spelling))


def _of_rfc3994(body: bytes, path: str) -> Iterator[str]:
    if COMPOSING.encode() in body:
        yield f"{path}: a composing indication in the namespace of RFC 3994"


@cache
def _members(cls: type, spelling: Spelling) -> Mapping[str, Member]:
    """The members of a structure by their names on the wire."""
    return {spelling.of(member.element): member for member in structure_of(cls).members}


def _in_xml(element: Element, cls: type, path: str, spelling: Spelling) -> Iterator[str]:
    members = _members(cls, spelling)
    for child in element:
        member = members.get(child.tag)
        if member is None:
            continue
        here = f"{path}/{child.tag}"
        if member.is_structure:
            yield from _in_xml(child, member.type, here, spelling)
        elif member.type is bool and (child.text or "").strip() in _NUMERIC:
            yield f"{here}: a boolean as {child.text}"
        elif member.type is EventType and _is_unlisted(child.text, cls):
            yield f"{here}: an event type that is not listed: {child.text}"


def _in_json(value: object, cls: type, path: str, spelling: Spelling) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    for name, member in _members(cls, spelling).items():
        if name in value:
            yield from _member(value[name], member, cls, f"{path}/{name}", spelling)


def _member(
    value: object, member: Member, cls: type, path: str, spelling: Spelling
) -> Iterator[str]:
    if value is None:
        if not member.mandatory:
            yield f"{path}: null for a member that is absent"
        return
    if member.repeatable and not isinstance(value, list):
        yield f"{path}: a single value without its array"
    for item in value if isinstance(value, list) else [value]:
        if member.is_structure:
            yield from _in_json(item, member.type, path, spelling)
        elif member.type is bool and not isinstance(item, bool) and str(item) in _NUMERIC:
            yield f"{path}: a boolean as {item}"
        elif member.type is EventType and _is_unlisted(item, cls):
            yield f"{path}: an event type that is not listed: {item}"


def _is_unlisted(value: object, notification: type) -> bool:
    """Whether an event type is none that the binding lists for an API; an empty one is invalid."""
    is_chat = notification is not FileTransferEventNotification
    listed = CHAT_EVENTS if is_chat else FILE_TRANSFER_EVENTS
    return isinstance(value, str) and bool(value) and EventType(value) not in listed
