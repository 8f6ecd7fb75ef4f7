"""Not judging again what is like something that was accepted changes no verdict.

The likeness of a document is compared with what the schemas say of the document itself: after
something alike was accepted, and for whatever is nearly alike.
"""

import json
import re
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rcs_conformance import kit
from rcs_conformance.errors import WireError
from rcs_conformance.model.formats import Format
from rcs_conformance.wire import Codec, likeness_json, likeness_xml, schema, schema_json, schema_xml
from rcs_conformance.wire.guard import parse_json, parse_xml, read_json, read_xml
from rcs_conformance.wire.schema import Violation, is_valid, roots, violations
from rcs_conformance.wire.tolerance import tolerated
from tests.schemas.deviations import deviating
from tests.schemas.shapes import namespace_of
from tests.schemas.trees import WRONG, Leaf, Tree, documents, leaves, to_json, to_xml

DRAWN = sorted(roots() - {"notificationList"})
THOROUGH = settings(
    max_examples=80,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
WRITERS = {Format.XML: to_xml, Format.JSON: to_json}
PAYLOADS = sorted(
    path for kind in ("valid", "invalid") for path in kit.PAYLOADS.glob(f"*/{kind}/*.*")
)
BY_HAND = {root: list(paths) for root, paths in groupby(PAYLOADS, key=lambda path: path.parts[-3])}
"""Bodies written by hand, by their root."""
XS = "{http://www.w3.org/2001/XMLSchema}"
TYPED = b' xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:type="a" xmlns:'
PRESENCE = re.compile(
    r"exists\(\w+\) ne exists\(\w+\)|\w+ or \w+|not\(\*\) or \(exists\(\w+\) and exists\(\w+\)\)"
)


def plain(body: bytes, fmt: Format, root: str) -> tuple[Violation, ...]:
    """What the schema says of the document itself."""
    try:
        if fmt is Format.JSON:
            return tuple(dict.fromkeys(schema_json.violations_of(parse_json(body), root)))
        api = schema_json.apis_of_roots()[root]
        return tuple(dict.fromkeys(schema_xml.violations_of(parse_xml(body), api, root)))
    except WireError as error:
        return (Violation(path=error.path, message=str(error)),)


def likeness(body: bytes, fmt: Format, root: str) -> object | None:
    """The likeness of a document."""
    if fmt is Format.JSON:
        return likeness_json.likeness_of(parse_json(body), root)
    return likeness_xml.likeness_of(parse_xml(body), schema_json.apis_of_roots()[root])


def revalue(data: st.DataObject, tree: Tree, *, wrongly: bool) -> None:
    """Give each leaf of a tree another value; where asked, one that may be wrong."""
    for site in tree.sites:
        for entry in (entry for entry in site.entries if entry.slot is not None):
            entry.nodes = [
                _another(data, node, wrongly=wrongly) if isinstance(node, Leaf) else node
                for node in entry.nodes
            ]


def _another(data: st.DataObject, leaf: Leaf, *, wrongly: bool) -> Leaf:
    wrong: list[object] = ["", "Other", *WRONG.get(leaf.kind.name, [])] if wrongly else []
    refused = [Leaf(xml=str(value), json=value, kind=leaf.kind) for value in wrong]
    valid = leaves(leaf.kind)
    return data.draw(valid | st.sampled_from(refused) if refused else valid)


@pytest.mark.exhaustive
@pytest.mark.parametrize("fmt", Format)
@given(root=st.sampled_from(DRAWN), data=st.data())
@THOROUGH
def test_values_decide_only_by_themselves(fmt: Format, root: str, data: st.DataObject) -> None:
    """After a document is accepted, one with other values is judged as if it were the first."""
    tree = data.draw(documents(root), label="document")
    first = WRITERS[fmt](root, tree)
    assert violations(first, fmt, root) == ()
    revalue(data, tree, wrongly=data.draw(st.booleans(), label="wrongly"))
    second = WRITERS[fmt](root, tree)
    assert violations(second, fmt, root) == plain(second, fmt, root)
    assert is_valid(second, fmt, root) == (plain(second, fmt, root) == ())


@pytest.mark.parametrize("fmt", Format)
@given(root=st.sampled_from(DRAWN), data=st.data())
@THOROUGH
def test_other_values_are_alike(fmt: Format, root: str, data: st.DataObject) -> None:
    """Documents that differ in valid values are alike, or remembering would be in vain."""
    tree = data.draw(documents(root), label="document")
    first = likeness(WRITERS[fmt](root, tree), fmt, root)
    revalue(data, tree, wrongly=False)
    assert first is not None
    assert first == likeness(WRITERS[fmt](root, tree), fmt, root)


@pytest.mark.exhaustive
@pytest.mark.parametrize("fmt", Format)
@given(root=st.sampled_from(DRAWN), data=st.data())
@THOROUGH
def test_deviations_are_found_as_before(fmt: Format, root: str, data: st.DataObject) -> None:
    """What deviates in one thing is refused in the same words, whatever was accepted before."""
    _, tree = data.draw(deviating(root), label="deviation")
    body = WRITERS[fmt](root, tree)
    assert not is_valid(body, fmt, root)
    assert violations(body, fmt, root) == plain(body, fmt, root)


@pytest.mark.exhaustive
@given(path=st.sampled_from(PAYLOADS), data=st.data())
@settings(THOROUGH, max_examples=300)
def test_damaged_bodies_are_judged_as_before(path: Path, data: st.DataObject) -> None:
    """A body written by hand, with a piece of it taken out, doubled or moved, is judged alike."""
    root, fmt, body = path.parts[-3], Format(path.suffix[1:]), path.read_bytes()
    marks = [match.start() for match in re.finditer(rb'[<>"{}\[\],:/ ]', body)]
    begin, end, to = sorted(data.draw(st.tuples(*[st.sampled_from(marks)] * 3), label="marks"))
    damaged = data.draw(
        st.sampled_from(
            [
                body[:begin] + body[end:],
                body[:end] + body[begin:],
                body[:begin] + body[end:to] + body[begin:end] + body[to:],
            ]
        ),
        label="damaged",
    )
    assert is_valid(damaged, fmt, root) == (plain(damaged, fmt, root) == ())
    assert violations(damaged, fmt, root) == plain(damaged, fmt, root)


@pytest.mark.parametrize("root", BY_HAND)
def test_bodies_written_by_hand_are_judged_as_before(root: str) -> None:
    """The first time and the second, a body written by hand is judged as its schema does."""
    for path in BY_HAND[root]:
        fmt, body = Format(path.suffix[1:]), path.read_bytes()
        found = plain(body, fmt, root)
        for _ in range(2):
            assert is_valid(body, fmt, root) == (found == ()), path
            assert violations(body, fmt, root) == found, path


def test_attribute_is_not_taken_for_a_child() -> None:
    """A child with white space behind it and an attribute of that value are told apart."""
    space = namespace_of("participantInformation")
    start = f'<r:participantInformation xmlns:r="{space}"'
    child = f"{start}><address>a</address>  </r:participantInformation>".encode()
    attribute = f'{start} address="  "></r:participantInformation>'.encode()
    assert violations(child, Format.XML, "participantInformation") == ()
    assert violations(attribute, Format.XML, "participantInformation")


def test_types_of_json_are_told_apart() -> None:
    """What Python takes for equal, as 0 and false, is judged by its type."""
    good = b'{"notificationChannel": {"channelType": "LongPolling", "channelLifetime": 0}}'
    other = good.replace(b"0", b"false")
    assert violations(good, Format.JSON, "notificationChannel") == ()
    assert violations(other, Format.JSON, "notificationChannel")


def test_little_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a hostile target sends does not pile up: few likenesses are kept, of small bodies."""
    monkeypatch.setattr(schema, "_accepted", set())
    monkeypatch.setattr(schema, "_MOST", 3)
    long = "x" * 10_000
    for number in [*range(7), long]:
        body = json.dumps({"chatMessage": {"text": "hello", f"x-{number}": ""}}).encode()
        assert violations(body, Format.JSON, "chatMessage") == ()
        assert 1 <= len(schema._accepted) <= 3
    assert not any(long in str(each) for each in schema._accepted)


@pytest.mark.parametrize("api", schema_json.APIS)
def test_no_rule_of_xsd_looks_at_values_from_outside(api: str) -> None:
    """Assertions ask for presence alone; nothing is a key, an identity, or depends on a scope."""
    tree = ElementTree.parse(kit.SCHEMAS / "xsd" / f"{api}.xsd").getroot()  # noqa: S314 - ours
    for node in tree.iter():
        if node.tag == f"{XS}assert":
            assert PRESENCE.fullmatch(str(node.get("test")))
        assert node.tag.removeprefix(XS) not in {"key", "keyref", "unique", "alternative"}
        assert not {"fixed", "default", "nillable", "inheritable"} & set(node.keys())
        scoped = {"xs:ID", "xs:IDREF", "xs:QName", "xs:ENTITY", "xs:NOTATION"}
        assert {node.get("type"), node.get("base")} & scoped == set()


@pytest.mark.parametrize("api", schema_json.APIS)
def test_no_rule_of_json_looks_at_values_from_outside(api: str) -> None:
    """The own rules of structures and arrays ask for names and numbers of members alone."""
    names = {"title", "description", "type", "required", "properties", "allOf"}
    names |= {"minProperties", "maxProperties"}
    for name, body in _definitions(api).items():
        if "properties" in body:
            assert body.keys() <= names, name
            for rule in body.get("allOf", ()):
                assert rule.keys() <= {"title", "oneOf", "anyOf"}
                for part in (*rule.get("oneOf", ()), *rule.get("anyOf", ())):
                    assert part.keys() <= {"required", "properties"}
                    assert all(each.keys() == {"minItems"} for each in _members(part))
        elif "items" in body.get("then", {}):
            assert body.keys() <= {"description", "if", "then", "else"}, name
            assert body["then"].keys() <= {"items", "minItems"}, name


def _definitions(api: str) -> dict[str, Any]:
    text = (kit.SCHEMAS / "json" / f"{api}.schema.json").read_text(encoding="utf-8")
    definitions: dict[str, Any] = json.loads(text)["$defs"]
    return definitions


def _members(part: dict[str, Any]) -> list[dict[str, Any]]:
    return [*part.get("properties", {}).values()]


@pytest.mark.parametrize("root", BY_HAND)
def test_document_that_is_kept_stays_as_it_was_read(root: str) -> None:
    """Who reads it, judges it, or looks at what is tolerated in it changes nothing."""
    for path in BY_HAND[root]:
        fmt, body = Format(path.suffix[1:]), path.read_bytes().replace(b" xmlns:", TYPED, 1)
        for _ in range(2):
            violations(body, fmt, root)
            tolerated(body, fmt, root)
            with suppress(WireError):
                Codec().decode(body, fmt)
        with suppress(WireError):
            fresh = parse_xml(body) if fmt is Format.XML else parse_json(body)
            kept = read_xml(body) if fmt is Format.XML else read_json(body)
            assert _as_text(kept) == _as_text(fresh), path


def _as_text(document: object) -> str:
    if isinstance(document, ElementTree.Element):
        return str(ElementTree.tostring(document))
    return json.dumps(document)
