"""What a body does otherwise than it should and is read all the same (binding, sections 2 and 5).

A boolean may come as 1 or 0, and in JSON a single value of a repeatable member without its array.
Neither breaks a clause; both are worth a remark.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from rcs_conformance.errors import WireError
from rcs_conformance.model.formats import Format
from rcs_conformance.wire.guard import parse_json, parse_xml
from rcs_conformance.wire.structure import ROOTS, Member, structure_of

_NUMERIC = ("0", "1")


def tolerated(body: bytes, fmt: Format, root: str) -> tuple[str, ...]:
    """What is tolerated in a body, a path and a phrase each; nothing for what cannot be read.

    Args:
        body: As it was received.
        fmt: Its format.
        root: Its root, as the default binding spells it.
    """
    if root not in ROOTS:
        return ()
    try:
        if fmt is Format.XML:
            return tuple(_in_xml(parse_xml(body), ROOTS[root].cls, root))
        document = parse_json(body)
    except WireError:
        return ()
    content = document.get(root) if isinstance(document, dict) else None
    return tuple(_in_json(content, ROOTS[root].cls, root))


def _in_xml(element: Element, cls: type, path: str) -> Iterator[str]:
    members = {member.element: member for member in structure_of(cls).members}
    for child in element:
        member = members.get(child.tag)
        if member is None:
            continue
        here = f"{path}/{child.tag}"
        if member.is_structure:
            yield from _in_xml(child, member.type, here)
        elif member.type is bool and (child.text or "").strip() in _NUMERIC:
            yield f"{here}: a boolean as {child.text}"


def _in_json(value: object, cls: type, path: str) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    for member in structure_of(cls).members:
        if member.element in value:
            yield from _member(value[member.element], member, f"{path}/{member.element}")


def _member(value: object, member: Member, path: str) -> Iterator[str]:
    if member.repeatable and not isinstance(value, list):
        yield f"{path}: a single value without its array"
    for item in value if isinstance(value, list) else [value]:
        if member.is_structure:
            yield from _in_json(item, member.type, path)
        elif member.type is bool and not isinstance(item, bool) and str(item) in _NUMERIC:
            yield f"{path}: a boolean as {item}"
