"""Whether the elements of a body stand in the order of the binding, where it asks for that.

The published order is not proven, so that only a binding with `element_order = "strict"` judges it
(binding, section 2). JSON has no order.
"""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from xml.etree.ElementTree import Element

from rcs_conformance.errors import WireError
from rcs_conformance.wire.guard import read_xml
from rcs_conformance.wire.structure import ROOTS, structure_of


def misplaced(body: bytes, root: str, names: Mapping[str, str]) -> tuple[str, ...]:
    """The elements that stand before one which the binding has first, each with its path.

    Args:
        body: An XML document; what cannot be read has no order.
        root: Its root, as the default binding spells it.
        names: Roots and members that the binding spells otherwise.
    """
    if root not in ROOTS:
        return ()
    try:
        document = read_xml(body)
    except WireError:
        return ()
    return tuple(_misplaced(document, ROOTS[root].cls, names.get(root, root), names))


def _misplaced(element: Element, cls: type, path: str, names: Mapping[str, str]) -> Iterator[str]:
    members = {names.get(each.element, each.element): each for each in structure_of(cls).members}
    order = list(members)
    known = [child for child in element if child.tag in members]
    for one, other in pairwise(known):
        if order.index(one.tag) > order.index(other.tag):
            yield f"{path}: {one.tag} stands before {other.tag}"
    for child in known:
        if members[child.tag].is_structure:
            yield from _misplaced(child, members[child.tag].type, f"{path}/{child.tag}", names)
