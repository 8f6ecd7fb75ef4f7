"""The evidence of a test is written whole and read back as it was."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rcs_conformance.model.exchange import Event, Exchange, FailedExchange, Notification
from rcs_conformance.report.evidence import read_evidence, redacted, write_evidence
from rcs_conformance.report.shown import shown_event


def shown(event: Event) -> Event:
    """The event as evidence keeps it: without secrets, and bytes only."""
    if isinstance(event, Notification):
        return replace(event, content=None, headers=redacted(event.headers))
    request = replace(event.request, headers=redacted(event.request.headers))
    if isinstance(event, FailedExchange):
        return replace(event, request=request)
    answer = replace(event.answer, headers=redacted(event.answer.headers))
    return replace(event, request=request, answer=answer)


def test_round_trip_in_order(events: tuple[Event, ...], tmp_path: Path) -> None:
    """What is read is what was written, in order of the numbers."""
    name = write_evidence(tmp_path, "chat/test_a.py::test_b[json]", tuple(reversed(events)))
    assert read_evidence(tmp_path / name) == tuple(shown(event) for event in events)


def test_what_is_wrong_with_a_request_is_kept_and_shown(
    events: tuple[Event, ...], tmp_path: Path
) -> None:
    """A reader of the evidence need not find out what the deviation is."""
    exchange = events[0]
    assert isinstance(exchange, Exchange)
    wrong = replace(exchange, request=replace(exchange.request, mutation="no subject"))
    (read,) = read_evidence(tmp_path / write_evidence(tmp_path, "t", [wrong]))
    assert isinstance(read, Exchange)
    assert read.request.mutation == "no subject"
    assert shown_event(read, 100).title.endswith(", sent with no subject")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=30))
def test_any_body_survives(events: tuple[Event, ...], tmp_path: Path, body: bytes) -> None:
    """Bodies are kept to the byte, whatever they hold."""
    exchange = events[0]
    assert isinstance(exchange, Exchange)
    sent = replace(exchange, answer=replace(exchange.answer, body=body))
    (read,) = read_evidence(tmp_path / write_evidence(tmp_path, "t", [sent]))
    assert isinstance(read, Exchange)
    assert read.answer.body == body


@given(test_id=st.text(max_size=200))
def test_file_name_is_safe(tmp_path_factory: pytest.TempPathFactory, test_id: str) -> None:
    """No id leads out of the folder or to a name that a file system refuses."""
    out = tmp_path_factory.mktemp("out")
    name = write_evidence(out, test_id, [])
    assert re.fullmatch(r"evidence/[A-Za-z0-9-]{1,60}-[0-9a-f]{10}\.json", name)
    assert (out / name).is_file()


def test_long_id_is_cut_at_a_word(tmp_path: Path) -> None:
    """The end of a long id is kept, for it tells most."""
    name = write_evidence(tmp_path, "chat/test_a_file.py::test_" + "that_says_much_" * 5, [])
    assert name.startswith("evidence/that-says-much-that-says-much-")


def test_similar_ids_have_files_of_their_own(tmp_path: Path) -> None:
    """Ids that differ only in what a file name cannot hold do not share a file."""
    names = {write_evidence(tmp_path, test, []) for test in ("a::b", "a[b", "a/b")}
    assert len(names) == 3


@pytest.mark.parametrize(
    "text",
    ["[]", '{"format": "other/1"}', "{", '{"format": "rcs-conformance-evidence/1"}'],
)
def test_other_files_are_refused(tmp_path: Path, text: str) -> None:
    """What is no evidence is not taken for any."""
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(ValueError, match=r"a\.json|Expecting"):
        read_evidence(tmp_path / "a.json")


def test_secret_headers_are_redacted_once(events: tuple[Event, ...], tmp_path: Path) -> None:
    """A secret that the driver let through stops here; what it redacted stays as it is."""
    document = json.loads((tmp_path / write_evidence(tmp_path, "t", events)).read_text())
    headers = dict(document["events"][0]["request"]["headers"])
    assert headers["authorization"] == "***"
    assert redacted((("authorization", "Bearer ***"),)) == (("authorization", "Bearer ***"),)
