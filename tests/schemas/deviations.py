"""One thing made wrong in a valid tree."""

from collections.abc import Callable, Iterator
from functools import partial

from hypothesis import assume
from hypothesis import strategies as st

from tests.schemas.shapes import Value
from tests.schemas.trees import WRONG, Entry, Leaf, Tree, documents

Deviation = Callable[[], None]

_JUNK = Leaf(xml="junk", json="junk", kind=Value(name="Text"))
_INNER = Tree(entries=[Entry(name="inner", nodes=[_JUNK])])


def _possible(tree: Tree) -> dict[str, list[Deviation]]:
    """What can be made wrong in a tree, by kind, so that each kind is as likely."""
    found: dict[str, list[Deviation]] = {}
    for site in tree.sites:
        for kind, deviation in _of_structure(site):
            found.setdefault(kind, []).append(deviation)
    return found


def _of_structure(tree: Tree) -> Iterator[tuple[str, Deviation]]:
    if tree.shape is None:
        return
    for names in (*tree.shape.exactly_one, *tree.shape.at_least_one):
        yield f"without {' and '.join(names)}", partial(_remove, tree, names)
    for entry in tree.entries:
        if entry.slot is None:
            continue
        if entry.slot.mandatory:
            yield "without a mandatory member", partial(_remove, tree, (entry.name,))
        if not (entry.slot.repeatable or tree.as_attributes):
            yield "a single member twice", partial(_repeat, entry)
        yield from _of_nodes(entry, in_attribute=tree.as_attributes)


def _of_nodes(entry: Entry, *, in_attribute: bool) -> Iterator[tuple[str, Deviation]]:
    for index, node in enumerate(entry.nodes):
        if isinstance(node, Tree):
            yield "a text for a structure", partial(_replace, entry, index, _JUNK)
            continue
        for value in _refused(node.kind):
            wrong = Leaf(xml=str(value), json=value, kind=node.kind)
            yield f"a wrong {node.kind.name}", partial(_replace, entry, index, wrong)
        if not in_attribute:
            yield "a structure for a text", partial(_replace, entry, index, _INNER)


def _refused(kind: Value) -> list[object]:
    if kind.values:
        return ["", "Other", kind.values[0].swapcase(), f" {kind.values[0]}"]
    return WRONG.get(kind.name, [])


def _remove(tree: Tree, names: tuple[str, ...]) -> None:
    tree.entries = [entry for entry in tree.entries if entry.name not in names]


def _repeat(entry: Entry) -> None:
    entry.nodes = entry.nodes * 2


def _replace(entry: Entry, index: int, node: Leaf | Tree) -> None:
    entry.nodes = [*entry.nodes[:index], node, *entry.nodes[index + 1 :]]


@st.composite
def deviating(draw: st.DrawFn, root: str) -> tuple[str, Tree]:
    """Contents of a root with one thing wrong, and which kind of thing."""
    tree = draw(documents(root))
    possible = _possible(tree)
    assume(possible)
    kind = draw(st.sampled_from(sorted(possible)))
    draw(st.sampled_from(possible[kind]))()
    return kind, tree
