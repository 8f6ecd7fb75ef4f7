"""Invalid requests are invalid, in nothing but what they say, and all that there are."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rcs_conformance.errors import HarnessError, WireError
from rcs_conformance.model.formats import FORM_MEDIA_TYPE, Format
from rcs_conformance.strategies import samples
from rcs_conformance.strategies.attachments import PICTURE
from rcs_conformance.strategies.invalid_requests import (
    InvalidRequest,
    Mutation,
    body_mutations,
    candidate_mutations,
    form_mutations,
    multipart_mutations,
    mutations,
    truncated,
    with_value,
    wrong_media_types,
)
from rcs_conformance.strategies.invalid_requests.editable_documents import READERS
from rcs_conformance.strategies.invalid_requests.member_mutations import TIMES, URIS
from rcs_conformance.strategies.invalid_requests.positions import positions_of
from rcs_conformance.wire import Codec, root_of
from rcs_conformance.wire.element import read_element
from rcs_conformance.wire.order import misplaced
from rcs_conformance.wire.schema import violations
from rcs_conformance.wire.structure import structure_of
from tests.schemas.shapes import Shape, Value, shape_of
from tests.schemas.trees import documents, to_json
from tests.strategies.bodies import (
    BODIES,
    CAST,
    COUNTS,
    ELEMENTS,
    FORM_COUNTS,
    LEFT_OUT,
    OF_THE_SERVER,
    VALID,
)

CODEC = Codec()
GROUP = BODIES["group"]
NUMBER = r"\[\d+\]"
REORDERED = "its members in another order"
"""A body of one member has no other order."""
NAMES_NOBODY = re.compile(r"[aA]ddress(\[\d\])? '(%zz)?'")
SITUATIONS = [(name, fmt) for name in BODIES for fmt in Format]


@pytest.mark.parametrize(("name", "fmt"), SITUATIONS)
def test_what_is_deviated_from_is_valid(name: str, fmt: Format) -> None:
    """So that a target has one reason to refuse a invalid request of it."""
    content = BODIES[name]
    data = CODEC.encode(content, fmt)
    assert violations(data, fmt, root_of(content).name) == ()
    read = CODEC.decode(data, fmt).content
    assert CODEC.encode(read, Format.JSON) == CODEC.encode(content, Format.JSON)


@pytest.mark.parametrize(("name", "fmt"), SITUATIONS)
def test_mutations_are_counted(name: str, fmt: Format) -> None:
    """How many invalid requests each body has; what turns out to be valid is no secret."""
    content = BODIES[name]
    tried = [each.name for each in candidate_mutations(content, fmt)]
    kept = [each.name for each in mutations(content, fmt)]
    print(f"{root_of(content).name} in {fmt.name}: {len(kept)} mutations")  # noqa: T201
    assert len(set(tried)) == len(tried), "each has a name of its own"
    assert set(tried) - set(kept) - {REORDERED} == VALID.get(name, set())
    assert len(kept) == COUNTS[name][list(Format).index(fmt)]


@pytest.mark.parametrize(("name", "fmt"), SITUATIONS)
def test_every_mutation_is_invalid(name: str, fmt: Format) -> None:
    """The schema refuses each, and its name is the mutation's."""
    content = BODIES[name]
    for mutation in mutations(content, fmt):
        invalid = mutation.apply_or_fail(content, fmt, CODEC)
        root = root_of(content).name
        assert violations(invalid.data, fmt, root) or misplaced(invalid.data, root, {})
        assert (invalid.mutation, invalid.media_type) == (mutation.name, fmt.media_type)
        assert invalid.statuses == (
            (400, 403, 404) if NAMES_NOBODY.search(invalid.mutation) else (400,)
        )
        assert invalid.mutation.isprintable()


def lines(data: bytes, fmt: Format) -> list[str]:
    """What a body says, one line for each value: the way to it and its text."""
    if fmt is Format.JSON:
        return sorted(_json_lines(json.loads(data), ""))
    return sorted(_xml_lines(ElementTree.fromstring(data), ""))  # noqa: S314 - our own


def _json_lines(value: object, way: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield f"{way} object"
        for name, member in value.items():
            yield from _json_lines(member, f"{way}/{name}")
    elif isinstance(value, list):
        yield f"{way} array"
        for member in value:
            yield from _json_lines(member, way)
    else:
        yield f"{way} {value!r}"


def _xml_lines(element: ElementTree.Element, way: str) -> Iterator[str]:
    here = f"{way}/{element.tag.rpartition('}')[2]}"
    yield f"{here} {element.text}"
    yield from (f"{here}/{name} {value}" for name, value in element.attrib.items())
    for child in element:
        yield from _xml_lines(child, here)


def changed(before: list[str], after: list[str]) -> set[str]:
    """The ways at which two bodies differ."""
    either = {line for line in {*before, *after} if before.count(line) != after.count(line)}
    return {line.partition(" ")[0] for line in either}


@pytest.mark.parametrize(("name", "fmt"), SITUATIONS)
def test_members_deviate_in_one_thing(name: str, fmt: Format) -> None:
    """What differs is the member that is told, and what is in it."""
    content = BODIES[name]
    before = lines(CODEC.encode(content, fmt), fmt)
    for mutation in mutations(content, fmt):
        if mutation.place:
            after = lines(mutation.apply_or_fail(content, fmt, CODEC).data, fmt)
            place = f"/{root_of(content).name}/{re.sub(NUMBER, '', mutation.place)}"
            assert changed(before, after)
            assert all(f"{way}/".startswith(f"{place}/") for way in changed(before, after))
            assert mutation.place in mutation.name


@pytest.mark.exhaustive
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    root=st.sampled_from(sorted({root_of(each).name for each in BODIES.values()})), data=st.data()
)
@pytest.mark.parametrize("fmt", list(Format))
def test_any_valid_body_has_mutations(root: str, data: st.DataObject, fmt: Format) -> None:
    """Unchanged, a document says the same, whatever members there are; changed, something else."""
    content = CODEC.decode(to_json(root, data.draw(documents(root))), Format.JSON).content
    body = CODEC.encode(content, fmt)
    assert violations(body, fmt, root) == ()
    assert CODEC.decode(READERS[fmt](body, {}).written(), fmt).content == content
    for mutation in mutations(content, fmt):
        assert mutation.apply_or_fail(content, fmt, CODEC).data != body


@pytest.mark.parametrize("fmt", list(Format))
def test_mutations_are_of_any_content_of_the_same_shape(fmt: Format) -> None:
    """What was derived once serves every request, each with texts of its own."""
    other = samples.group(CAST, "rc9")
    for mutation in mutations(GROUP, fmt):
        data = mutation.apply_or_fail(other, fmt, CODEC).data
        assert b"rc1" not in data


@pytest.mark.parametrize("fmt", list(Format))
def test_mutations_are_spelled_as_the_binding_has_it(fmt: Format) -> None:
    """A target that spells members otherwise is sent the same mutations in its own words."""
    codec = Codec({"isClosed": "closed", "groupChatSessionInformation": "talk"})
    found = {
        each.name: each.apply_or_fail(GROUP, fmt, codec).data for each in mutations(GROUP, fmt)
    }
    assert b"maybe" in found["isClosed 'maybe'"]
    assert all(b"isClosed" not in data for data in found.values())
    assert all(b"groupChatSessionInformation" not in data for data in found.values())


@pytest.mark.parametrize("name", BODIES)
def test_every_member_of_a_kind_is_known(name: str) -> None:
    """The members that hold URIs and times are those of the schema."""

    def members(shape: Shape) -> Iterator[tuple[str, str]]:
        for member, slot in shape.slots.items():
            if isinstance(slot.kind, Value):
                yield member, slot.kind.name
            else:
                yield from members(slot.kind)

    for member, kind in members(shape_of(root_of(BODIES[name]).name)):
        assert (member in URIS) == (kind == "URI")
        assert (member in TIMES) == (kind == "DateTime")


@pytest.mark.parametrize("name", BODIES)
def test_bodies_hold_what_a_client_sets(name: str) -> None:
    """Every member, at any depth, but for what the server sets; so nothing is left untried."""
    layout = structure_of(type(BODIES[name]))
    there = {position.name for position in positions_of(BODIES[name])}
    assert {each.element for each in layout.members} - there <= {*OF_THE_SERVER, *LEFT_OUT[name]}


@pytest.mark.parametrize("fmt", list(Format))
def test_media_types(fmt: Format) -> None:
    """The bytes are right, the label is not: 415, or 400 where the label names the other format."""
    invalid = {each.media_type: each.apply(GROUP, fmt, CODEC) for each in wrong_media_types(fmt)}
    assert {each.data for each in invalid.values()} == {CODEC.encode(GROUP, fmt)}
    assert fmt.media_type not in invalid
    assert invalid["text/plain"].statuses == (415,)
    assert invalid[fmt.other.media_type].statuses == (400, 415)
    assert {label for label, each in invalid.items() if each.lenient} == {
        "",
        "text/plain",
        "application/octet-stream",
    }
    assert violations(CODEC.encode(GROUP, fmt), fmt.other, "groupChatSessionInformation")


@pytest.mark.parametrize("fmt", list(Format))
def test_single_mutations(fmt: Format) -> None:
    """The first member of a name alone is changed; the rest is as it was."""
    invalid = with_value("isClosed", "maybe").apply_or_fail(GROUP, fmt, CODEC)
    assert invalid.data.count(b"maybe") == 1
    assert [one.path for one in violations(invalid.data, fmt, "groupChatSessionInformation")] == [
        "groupChatSessionInformation/isClosed"
    ]
    assert truncated().apply_or_fail(GROUP, fmt, CODEC).data == CODEC.encode(GROUP, fmt)[:-3]
    with pytest.raises(HarnessError, match="without isClosed"):
        with_value("isClosed", "maybe").apply_or_fail(BODIES["message"], fmt, CODEC)


@pytest.mark.parametrize(
    "mutation",
    [with_value("isClosed", "false"), Mutation(name="no change", change=lambda draft: draft.body)],
)
@pytest.mark.parametrize("fmt", list(Format))
def test_valid_result_is_an_error(mutation: Mutation, fmt: Format) -> None:
    """No target is blamed for taking what is right: the harness is."""
    with pytest.raises(HarnessError, match=f"with {mutation.name} is valid"):
        mutation.apply_or_fail(GROUP, fmt, CODEC)


def invalid_forms(content: object, codec: Codec) -> dict[str, InvalidRequest]:
    """The invalid requests of a structure as form fields, by their mutation."""
    found = (each.apply(content, Format.XML, codec) for each in form_mutations(content))
    return {each.mutation: each for each in found if each is not None}


@pytest.mark.parametrize(("name", "count"), FORM_COUNTS.items())
def test_invalid_forms(name: str, count: int) -> None:
    """Each describes no structure, or an invalid one."""
    tried = [each.name for each in form_mutations(BODIES[name])]
    found = invalid_forms(BODIES[name], CODEC)
    print(f"{root_of(BODIES[name]).name} as a form: {len(found)} mutations")  # noqa: T201
    assert len(found) == count
    assert len(set(tried)) == len(tried)


def test_invalid_forms_are_form_fields() -> None:
    """A field missing, a field twice, a field that is none, as the binding spells them."""
    codec = Codec({"notifyURL": "callback"})
    invalid = invalid_forms(BODIES["subscription"], codec)
    assert {each.media_type for each in invalid.values()} == {FORM_MEDIA_TYPE}
    assert b"callback=" not in invalid["no field callback"].data
    assert invalid["field callback twice"].data.count(b"callback=") == 2
    assert invalid_forms(BODIES["message"], CODEC).keys() == {
        "no field",
        "no field text",
        "field text twice",
        "field reportRequest '%zz'",
        "field clientCorrelator twice",
    }


@pytest.mark.parametrize("as_form", [False, True])
@pytest.mark.parametrize("fmt", list(Format))
def test_ways_are_all_of_them(fmt: Format, as_form: bool) -> None:
    """Bytes, root and members, and form fields where the target takes them."""
    found = [each.apply(GROUP, fmt, CODEC) for each in body_mutations(GROUP, fmt, as_form=as_form)]
    named = {each.mutation for each in found if each is not None}
    assert {each.name for each in mutations(GROUP, fmt)} <= named
    assert ("no field address" in named) == as_form


@pytest.mark.parametrize("fmt", list(Format))
def test_multipart_mutations(fmt: Format) -> None:
    """Each is wrong by the reading of another; what is whole would be none."""
    tried = [*multipart_mutations(PICTURE, fmt)]
    found = [each.apply(BODIES["message"], fmt, CODEC) for each in tried]
    print(f"multimedia message in {fmt.name}: {len(found)} mutations")  # noqa: T201
    assert None not in found
    assert len({each.name for each in tried}) == len(tried) == 15
    whole = replace(tried[0], change=lambda parts: parts)
    assert whole.apply(BODIES["message"], fmt, CODEC) is None


@pytest.mark.parametrize("fmt", list(Format))
def test_files_by_value(fmt: Format) -> None:
    """As for messages; the member that is left out or repeated is one that a transfer must have."""
    content = samples.transfer(CAST, PICTURE, "rc1", None)
    found = [
        each.apply(content, fmt, CODEC)
        for each in multipart_mutations(PICTURE, fmt, "originatorAddress")
    ]
    told = {each.mutation for each in found if each is not None}
    assert len(told) == 15
    assert {f"root-fields with {what}" for what in ("no originatorAddress", "nothing in it")} < told


@pytest.mark.parametrize("name", ELEMENTS)
@pytest.mark.parametrize("fmt", list(Format))
def test_elements_alone(name: str, fmt: Format) -> None:
    """None holds the element with a value of its kind, and each holds its own value, not another's.

    Those of another element of the same kind have its texts.
    """
    element, counts = ELEMENTS[name]
    tried, found = [*candidate_mutations(element, fmt)], mutations(element, fmt)
    assert [each.name for each in tried] == [each.name for each in found]
    assert len({each.name for each in found}) == len(found) == counts[list(Format).index(fmt)]
    other = replace(element, value="rc9 talk" if isinstance(element.value, str) else 60)
    for mutation in found:
        invalid = mutation.apply_or_fail(other, fmt, CODEC)
        assert b"rc1" not in invalid.data
        assert b"3600" not in invalid.data
        with pytest.raises(WireError):
            read_element(invalid.data, fmt, name, type(element.value))


def test_multipart_mutations_are_of_one_part() -> None:
    """The other part is as it should be."""
    found = {
        each.name: each.apply(BODIES["message"], Format.JSON, CODEC)
        for each in multipart_mutations(PICTURE, Format.JSON)
    }
    no_text, no_content = found["root-fields with no text"], found["no part attachments"]
    assert no_text is not None
    assert no_content is not None
    assert PICTURE.data in no_text.data
    assert b"rc1 hello" not in no_text.data
    assert PICTURE.data not in no_content.data
    assert b"rc1 hello" in no_content.data
