"""Documents that belong to no format yet, drawn from shapes and written as XML and as JSON.

`documents` draws valid ones: members in any order, optional ones there or not, unknown ones
between. `deviations` draws the same with one thing wrong.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, timedelta, timezone
from xml.sax.saxutils import escape, quoteattr

from hypothesis import strategies as st

from tests.schemas.shapes import Shape, Slot, Value, namespace_of, shape_of


@dataclass(slots=True, kw_only=True)
class Leaf:
    """A value: its text in XML and what stands for it in JSON."""

    xml: str
    json: object
    kind: Value


@dataclass(slots=True, kw_only=True)
class Entry:
    """A member as it stands in a document: its values, and how JSON groups them."""

    name: str
    nodes: "list[Leaf | Tree]"
    slot: Slot | None = None
    bare: bool = False


@dataclass(slots=True, kw_only=True)
class Tree:
    """A structure in a document; its members are attributes where it is a link."""

    entries: list[Entry]
    shape: Shape | None = None
    as_attributes: bool = False
    sites: "list[Tree]" = field(default_factory=list)


_TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=8
)
_URIS = st.sampled_from(
    [
        "tel:+15550100", "sip:anna@rcs.example;user=phone", "http://[2001:db8::1]:8080/a?b=c#d",
        "/chat/v1/tel%3A%2B15550100", "//h/x", "group/1:2", "?q", "#f", "urn:x", "a", "h:",
    ]
)  # fmt: skip
_ZONES = st.sampled_from([UTC, timezone(timedelta(hours=-14)), timezone(timedelta(minutes=330))])
_BOOLEANS = st.sampled_from(
    [("true", True), ("false", False), ("true", "true"), ("0", 0), ("1", "1"), ("false", "false")]
)

WRONG: dict[str, list[object]] = {
    "URI": ["", "a b", "%zz", "%", "ä", "1:b", "a\\b", "{x}", "a#b#c", "<a>", "http://h/[1]"],
    "Name": [""],
    "Boolean": ["maybe", "TRUE", "", 2, "2", "yes"],
    "Number": [-1, "-1", "x", "", 1.5, "1e3", 10**10, "0x1"],
    "PositiveNumber": [0, "0", "-1", "x", "", 0.5, 10**10],
    "DateTime": [
        "", "2026-01-31", "2026-01-31T10:00:00", "2026-01-31T10:00Z", "2026-02-30T10:00:00Z",
        "2025-02-29T10:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T10:60:00Z", "now",
        "2026-01-31T10:00:00+14:30", "2026-01-31 10:00:00Z", "26-01-31T10:00:00Z",
    ],
    "MessageId": ["", "SVC002", "SVC00002", "svc0002", "ERR0001", "SVC0002 ", "XSVC0002"],
}  # fmt: skip
"""Values that each simple type refuses; an enumeration refuses all but its own."""


def leaves(kind: Value) -> st.SearchStrategy[Leaf]:
    """Valid values of a simple type."""

    def same(value: object) -> Leaf:
        return Leaf(xml=str(value), json=value, kind=kind)

    def pair(both: tuple[str, object]) -> Leaf:
        return Leaf(xml=both[0], json=both[1], kind=kind)

    if kind.values:
        return st.sampled_from(kind.values).map(same)
    numbers = st.integers(0, 9_999_999_999)
    return {
        "Text": _TEXTS.map(same),
        "Name": _TEXTS.filter(bool).map(same),
        "URI": _URIS.map(same),
        "Boolean": _BOOLEANS.map(pair),
        "Number": (numbers | numbers.map(str)).map(same),
        "PositiveNumber": (numbers.map(lambda n: n or 1) | st.just("+007")).map(same),
        "DateTime": st.datetimes(timezones=_ZONES).map(lambda t: same(_in_range(t.isoformat()))),
        "CancellationReason": _TEXTS.map(same),
        "MessageId": st.from_regex(r"(SVC|POL)[0-9]{4}", fullmatch=True, alphabet="SVCPOL0123").map(
            same
        ),
    }[kind.name]


def _in_range(moment: str) -> str:
    """The same moment in a year from 1000 to 2999, which is all that the schemas take."""
    return moment if "1000" <= moment[:4] < "3000" else f"2024{moment[4:]}"


def _present(draw: st.DrawFn, shape: Shape) -> set[str]:
    optional = [name for name, slot in shape.slots.items() if not slot.mandatory]
    present = set(shape.slots) - set(optional)
    present |= set(draw(st.lists(st.sampled_from(optional), unique=True))) if optional else set()
    for names in shape.exactly_one:
        present -= set(names)
        present.add(draw(st.sampled_from(names)))
    for names in shape.at_least_one:
        if not present & set(names):
            present.add(names[0])
    return present


def alternatives_of(shape: Shape) -> frozenset[str]:
    """The members that stand in place of each other."""
    return frozenset(name for names in (*shape.exactly_one, *shape.at_least_one) for name in names)


@st.composite
def trees(draw: st.DrawFn, shape: Shape, alternatives: frozenset[str] | None = None) -> Tree:
    """Structures of a shape, valid unless `alternatives` says which of them are there."""
    entries = []
    present = _present(draw, shape)
    if alternatives is not None:
        present = present - alternatives_of(shape) | alternatives
    for name in draw(st.permutations(sorted(present))):
        slot = shape.slots[name]
        nodes: st.SearchStrategy[Leaf | Tree] = (
            leaves(slot.kind) if isinstance(slot.kind, Value) else trees(slot.kind)
        )
        count = draw(st.integers(1, 3)) if slot.repeatable else 1
        values = [draw(nodes) for _ in range(count)]
        entries.append(Entry(name=name, nodes=values, slot=slot, bare=draw(st.booleans())))
    attributes = shape.slots.keys() == {"rel", "href"}
    for unknown in [] if attributes else draw(st.lists(_unknown, max_size=2)):
        entries.insert(draw(st.integers(0, len(entries))), unknown)
    inner = [node for entry in entries for node in entry.nodes if isinstance(node, Tree)]
    tree = Tree(entries=entries, shape=shape, as_attributes=attributes)
    tree.sites = [tree, *(site for node in inner for site in node.sites)]
    return tree


_NOTE = Leaf(xml="1", json=1, kind=Value(name="Text"))
_DATA = Tree(entries=[Entry(name="deep", nodes=[_NOTE])])
_unknown = st.sampled_from(
    [Entry(name="x-note", nodes=[_NOTE]), Entry(name="x-data", nodes=[_DATA])]
)


def documents(root: str) -> st.SearchStrategy[Tree]:
    """Valid contents of a root."""
    return trees(shape_of(root))


def to_json(root: str, tree: Tree) -> bytes:
    """The document as JSON."""
    return json.dumps({root: _json_node(tree)}).encode()


def _json_node(node: Leaf | Tree) -> object:
    if isinstance(node, Leaf):
        return node.json
    return {entry.name: _json_entry(entry) for entry in node.entries}


def _json_entry(entry: Entry) -> object:
    values = [_json_node(node) for node in entry.nodes]
    array = entry.slot is not None and entry.slot.repeatable and not entry.bare
    return values if array or len(values) != 1 else values[0]


def to_xml(root: str, tree: Tree, namespace: str = "") -> bytes:
    """The document as XML."""
    namespace = namespace or namespace_of(root)
    inner = "".join(_xml_entry(entry) for entry in tree.entries)
    return f'<r:{root} xmlns:r="{namespace}">{inner}</r:{root}>'.encode()


def _xml_entry(entry: Entry) -> str:
    return "".join(_xml_node(entry.name, node) for node in entry.nodes)


def _xml_node(name: str, node: Leaf | Tree) -> str:
    if isinstance(node, Leaf):
        return f"<{name}>{escape(node.xml)}</{name}>"
    if node.as_attributes:
        pairs = [(entry.name, entry.nodes[0]) for entry in node.entries]
        texts = [f"{key}={quoteattr(leaf.xml)}" for key, leaf in pairs if isinstance(leaf, Leaf)]
        return f"<{name} {' '.join(texts)}/>"
    return f"<{name}>{''.join(_xml_entry(entry) for entry in node.entries)}</{name}>"
