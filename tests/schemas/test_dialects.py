"""Schemas in the names of a dialect: the same bodies, judged under their other names."""

from pathlib import Path

import pytest

from rcs_conformance.kit import PAYLOADS
from rcs_conformance.model.common import RequestError, ServiceException
from rcs_conformance.model.formats import Format
from rcs_conformance.wire import Codec
from rcs_conformance.wire.schema import violations
from rcs_conformance.wire.spelling import Spelling, spelling_of
from rcs_conformance.wire.structure import ROOTS
from rcs_conformance.wire.tolerance import tolerated
from rcs_conformance.wire.vocabulary import dialect

PILOT = dialect("gsma-pilot").names
RENAMED = {
    **{root: f"r{number}" for number, root in enumerate(sorted(ROOTS))},
    "address": "who",
    "participant": "member",
    "sessionId": "talkId",
    "href": "to",
    "link": "l",
}
"""Every root and some members under other names."""

VALID = sorted(PAYLOADS.glob("*/valid/*.*"))
VALID = [case for case in VALID if case.parts[-3] in ROOTS]


@pytest.mark.parametrize("names", [PILOT, RENAMED], ids=["pilot", "renamed"])
def test_valid_bodies_are_valid_under_their_other_names(names: dict[str, str]) -> None:
    """All bodies written by hand, in the dialect and then again as they were: nothing is mixed."""
    for case in VALID:
        root, fmt = case.parts[-3], Format(case.suffix[1:])
        content = Codec().decode(case.read_bytes(), fmt).content
        body = Codec(names).encode(content, fmt)

        assert violations(body, fmt, root, names) == (), case
        assert Codec(names).decode(body, fmt).content == content
        assert violations(case.read_bytes(), fmt, root) == ()
        if root in names:
            assert violations(body, fmt, root), case
            assert violations(case.read_bytes(), fmt, root, names), case


@pytest.mark.parametrize("fmt", list(Format))
def test_violation_is_told_in_the_names_of_the_dialect(fmt: Format) -> None:
    """Of members, of roots and of conditions between members."""
    root = "chatMessageNotification"
    bodies = {
        Format.JSON: f'{{"{RENAMED[root]}": {{"messageId": "m"}}}}',
        Format.XML: f'<n:{RENAMED[root]} xmlns:n="urn:oma:xml:rest:netapi:chat:1"/>',
    }
    found = violations(bodies[fmt].encode(), fmt, root, RENAMED)
    told = " ".join(str(each) for each in found)
    assert "talkId" in told
    assert RENAMED[root] in told
    assert "sessionId" not in told
    assert "chatMessageNotification" not in told


def test_what_is_tolerated_is_found_in_the_names_of_the_dialect() -> None:
    """A single value without its array."""
    body = b'{"r%d": {"member": {"who": "tel:1"}}}'
    number = sorted(ROOTS).index("participantList")
    found = tolerated(body % number, Format.JSON, "participantList", RENAMED)
    assert found == (f"r{number}/member: a single value without its array",)


@pytest.mark.parametrize("fmt", list(Format))
def test_message_ids_have_the_form_of_the_dialect(fmt: Format) -> None:
    """Three digits and no more with the pilot's, four with the default."""
    bodies = [
        Codec().encode(
            RequestError(service_exception=ServiceException(message_id=each, text="x")), fmt
        )
        for each in ("SVC002", "SVC0002")
    ]
    forms = dialect("gsma-pilot").responses.forms

    found = [violations(each, fmt, "requestError", {}, forms) for each in bodies]

    assert [len(each) for each in found] == [0, 1]
    assert found[1][0].message == "'SVC0002' is not of the form (SVC|POL)[0-9]{3}"
    assert [len(violations(each, fmt, "requestError")) for each in bodies] == [1, 0]


@pytest.mark.parametrize(
    ("text", "path", "sentence"),
    [
        ("GET participant participant/address", "GET participant member/who", None),
        ("no 'participant' there", "no 'participant' there", None),
        ("a participant", "a member", "a participant"),
        ("sessionId 'sessionId'", "talkId 'sessionId'", None),
        ("http://h/participant", "http://h/participant", None),
    ],
)
def test_names_in_messages(text: str, path: str, sentence: str | None) -> None:
    """What is quoted from the wire keeps its spelling, and so do resources and plain words."""
    names = {"participant": "member", "address": "who", "sessionId": "talkId"}
    assert spelling_of(names).path(text) == path
    if sentence is not None:
        assert spelling_of(names).sentence(text) == sentence
    assert Spelling().path(text) == text


def test_payloads_are_there() -> None:
    """The bodies that the rest of this module goes through."""
    assert len(VALID) > 50
    assert all(isinstance(case, Path) for case in VALID)
