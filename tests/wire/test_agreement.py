"""Schema and codec say the same of a body, whichever of them has it first."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rcs_conformance.checks.response_roots import SEPARATE
from rcs_conformance.errors import WireError
from rcs_conformance.model.formats import Format
from rcs_conformance.wire import ROOTS, Codec
from rcs_conformance.wire.schema import roots, violations
from rcs_conformance.wire.structure import structure_of
from tests.schemas.shapes import Shape, Value, shape_of
from tests.schemas.trees import documents, to_json, to_xml
from tests.wire.mutated_bodies import mutated

DRAWN = sorted((roots() & set(ROOTS)) - {"notificationList"})
CODEC = Codec()
QUICK = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
KINDS = ("member", "element")
COLLAPSED = {"URI", "DateTime", "Number", "PositiveNumber", "Boolean"}


@given(root=st.sampled_from(DRAWN), data=st.data())
@QUICK
def test_codec_reads_what_schemas_accept(root: str, data: st.DataObject) -> None:
    """A valid document has one content, in whichever format it is read."""
    tree = data.draw(documents(root), label="document")
    read = [
        CODEC.decode(to_json(root, tree), Format.JSON),
        CODEC.decode(to_xml(root, tree), Format.XML),
    ]
    assert (read[0].root, read[0].content) == (root, read[1].content)


@pytest.mark.parametrize("fmt", list(Format))
@given(root=st.sampled_from(DRAWN), data=st.data())
@QUICK
def test_schemas_accept_what_the_codec_writes(root: str, fmt: Format, data: st.DataObject) -> None:
    """A content that was read from a valid document is written as one, and read as it was."""
    tree = data.draw(documents(root), label="document")
    content = CODEC.decode(to_json(root, tree), Format.JSON).content

    written = CODEC.encode(content, fmt)

    assert violations(written, fmt, root) == ()
    assert CODEC.decode(written, fmt).content == content


LEFT_TO_SCHEMAS = (
    "a URI reference",
    "a date and time with its zone",
    "a string of at least one character",
    "SVC or POL and four digits",
    "a whole number from 1",
    "is needed",
    "stands where only elements may",
    "is not expected here",
)
"""What the codec reads though schemas refuse it, so that one wrong value makes no body unreadable:
texts that are none of their type, alternatives, words between elements, attributes."""


@pytest.mark.parametrize("fmt", list(Format))
@given(root=st.sampled_from(DRAWN), data=st.data())
@QUICK
def test_schema_and_codec_say_the_same(root: str, fmt: Format, data: st.DataObject) -> None:
    """Of any body, changed in whatever place, but for what is left to the schemas."""
    body = data.draw(mutated(root, fmt), label="body")
    refused = [
        each
        for each in violations(body, fmt, root)
        if not str(each).endswith(_own_clauses(root))
        and not any(words in str(each) for words in LEFT_TO_SCHEMAS)
    ]
    error = _unreadable(body, fmt)
    assert not error or violations(body, fmt, root), "accepted by the schema alone"
    assert error or refused == [], "read by the codec alone"


def _unreadable(body: bytes, fmt: Format) -> str:
    """Why the codec cannot read a body; empty where it can."""
    try:
        CODEC.decode(body, fmt)
    except WireError as error:
        return str(error)
    return ""


def _own_clauses(root: str) -> tuple[str, ...]:
    """How violations end that are judged by clauses of their own (`response_roots`)."""
    return tuple(f"missing {kind} {name}" for name in SEPARATE.get(root, ()) for kind in KINDS)


@given(root=st.sampled_from(DRAWN), data=st.data())
@QUICK
def test_json_of_other_libraries_is_the_same(root: str, data: st.DataObject) -> None:
    """Whole numbers with a fraction or an exponent, and null for what is absent."""
    body = to_json(root, data.draw(documents(root), label="document"))
    document = json.loads(body)
    document[root] = _by_others(document[root], shape_of(root))
    other = json.dumps(document).encode()
    assert violations(other, Format.JSON, root) == ()
    assert CODEC.decode(other, Format.JSON) == CODEC.decode(body, Format.JSON)


@pytest.mark.parametrize("number", ["3600.0", "3.6e3", "36E+2", "3600", '"3600"'])
def test_whole_numbers_are_read_however_written(number: str) -> None:
    """JSON has one kind of number."""
    body = f'{{"isComposing": {{"state": "idle", "refresh": {number}}}}}'.encode()
    assert violations(body, Format.JSON, "isComposing") == ()
    assert getattr(CODEC.decode(body, Format.JSON).content, "refresh") == 3600  # noqa: B009


@pytest.mark.parametrize("root", DRAWN)
def test_codec_takes_off_white_space_where_schemas_do(root: str) -> None:
    """In XML around URIs, times, numbers and booleans; nowhere else."""
    assert dict(_collapsed_by_codec(ROOTS[root].cls)) == dict(_collapsed_by_schema(shape_of(root)))


def test_white_space_around_a_value_is_no_part_of_it() -> None:
    """A pretty printer has broken the lines."""
    body = b"""<c:isComposing xmlns:c="urn:oma:xml:rest:netapi:chat:1"><state>idle</state>
        <lastactive>
            2026-01-31T10:00:00Z
        </lastactive><refresh>\t60\n</refresh></c:isComposing>"""
    plain = b'{"isComposing":{"state":"idle","lastactive":"2026-01-31T10:00:00Z","refresh":60}}'
    assert violations(body, Format.XML, "isComposing") == ()
    assert CODEC.decode(body, Format.XML) == CODEC.decode(plain, Format.JSON)


def _by_others(value: object, shape: Shape) -> object:
    """A structure with its numbers as floats, and null for each optional member not there."""
    if not isinstance(value, dict):
        return value
    changed = dict(value)
    for name, slot in shape.slots.items():
        if name not in value:
            changed[name] = None
        elif isinstance(slot.kind, Shape):
            changed[name] = _each(value[name], slot.kind)
        elif isinstance(value[name], int) and not isinstance(value[name], bool):
            changed[name] = float(value[name])
    return changed


def _each(value: object, shape: Shape) -> object:
    if isinstance(value, list):
        return [_by_others(item, shape) for item in value]
    return _by_others(value, shape)


def _collapsed_by_codec(cls: type) -> Iterator[tuple[str, bool]]:
    for member in structure_of(cls).members:
        if member.is_structure and not member.or_text:
            yield from _collapsed_by_codec(member.type)
        else:
            yield member.element, member.is_collapsed


def _collapsed_by_schema(shape: Shape) -> Iterator[tuple[str, bool]]:
    for name, slot in shape.slots.items():
        if isinstance(slot.kind, Value):
            yield name, slot.kind.name in COLLAPSED
        else:
            yield from _collapsed_by_schema(slot.kind)
