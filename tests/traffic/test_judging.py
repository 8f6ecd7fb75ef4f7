"""Traffic of any client: nothing is found of a server that conforms."""

from dataclasses import replace

import pytest

from rcs_conformance.binding import load_binding
from rcs_conformance.reference import FAULTS, VARIATIONS
from rcs_conformance.traffic.attribution import attributed
from rcs_conformance.traffic.entries import Entry
from rcs_conformance.traffic.judging import judged, record_of
from tests.reference import (
    script,
    script_chats,
    script_groups,
    script_sessions,
    script_transfers,
)
from tests.reference.script import Scene
from tests.traffic.judge_strength import of_suites, shown
from tests.traffic.scripted import judgement, scripted, understood

OPENING = (script.subscriptions, script_transfers.subscriptions)
MESSAGE = b"chatMessageNotification"
SHOWN: tuple[tuple[str, str, Scene], ...] = (
    ("subject-cut", "UNI-CHT-002b.3", script.starts),
    ("correlator-invented", "TS-CHAT-5.12", script.starts),
    ("unknown-answered-400", "TS-CHAT-5.9", script.conversation),
    ("message-told-failed", "UNI-CHT-018.5", script.conversation),
    ("participants-told-without-status", "TS-CHAT-4.1.11", script.conversation),
    ("session-invitation-without-link", "TS-CHAT-4.1.8", script_sessions.side_by_side),
    ("json-session-names-originator", "TS-CHAT-5.4", script_chats.sessions),
    ("added-later-without-id", "UNI-CHT-032.4", script_chats.long_lived),
    ("absent-name-of-inviter-empty", "TS-CHAT-5.20", script_sessions.side_by_side),
    ("list-subject-lower", "UNI-CHT-034.2", script_groups.all_options),
    ("long-lived-returns-two-ids", "UNI-CHT-030.2", script_groups.all_options),
    ("file-shown-unaccepted", "UNI-FLT-001.2", script_transfers.outside),
    ("file-shown-without-chat", "UNI-FLT-001.1", script_transfers.inside),
)
"""Faults, with the clause that each breaks and a scene that shows it."""


def without_a_message(entries: list[Entry]) -> list[Entry]:
    """Traffic in which the first message notification is missing."""
    arrived = (each for each in entries if each.inbound and MESSAGE in each.request_body)
    first = next(arrived)
    return [each for each in entries if each is not first]


@pytest.fixture(scope="module")
def conforming() -> list[Entry]:
    """The traffic of a server without deviations."""
    return scripted()


def test_nothing_is_found_of_a_conforming_server(conforming: list[Entry]) -> None:
    """Many clauses pass, and none fails."""
    record = record_of([judgement(conforming)], "traffic")
    assert record.failures == ()
    assert len([each for each in record.counts if each.passed]) > 30


@pytest.mark.parametrize("start", [0.3])
def test_nothing_is_found_where_traffic_begins_in_the_middle(
    conforming: list[Entry], start: float
) -> None:
    """What happened before is not known, and nothing is said of it."""
    assert judgement(conforming[int(len(conforming) * start) :]).failures == ()


def test_poll_without_a_response_may_have_brought_a_notification(
    conforming: list[Entry],
) -> None:
    """Without such a poll, a message that did not arrive is a finding; with it, none."""
    entries = without_a_message(conforming)
    binding = load_binding("oma-v1")
    traffic = attributed(entries, binding)
    unknown = replace(traffic, gaps=(entries[-1].started,))
    found = [judged(each, entries, binding).failures for each in (traffic, unknown)]
    assert [bool(each) for each in found] == [True, False]


@pytest.mark.parametrize(("fault", "clause", "scene"), SHOWN, ids=[each for each, *_ in SHOWN])
def test_fault_is_found(fault: str, clause: str, scene: Scene) -> None:
    """The clause that the server breaks fails, and no other."""
    found = understood(scripted((fault,), scenes=(*OPENING, scene)))
    assert {each.clause for each in found.failures} == {clause}


def test_nothing_is_found_of_users_with_several_addresses() -> None:
    """Without a target file, nothing says which addresses are of one user."""
    scenes = (*OPENING, script_transfers.outside)
    assert understood(scripted((), ("users-shown-by-alias",), scenes)).failures == ()


@pytest.mark.exhaustive
@pytest.mark.parametrize("variation", [*VARIATIONS][::10])
def test_nothing_is_found_of_a_permitted_variation(variation: str) -> None:
    """What the binding leaves to a server is no finding."""
    assert shown((), (variation,)) == {}


@pytest.mark.exhaustive
def test_sampled_faults_are_found() -> None:
    """Of every thirtieth fault, as many show in traffic as are known to."""
    found = [name for name in [*FAULTS][::30] if shown((name,))]
    assert len(found) >= 4


@pytest.mark.exhaustive
def test_sampled_faults_are_found_in_traffic_of_the_suites() -> None:
    """Of every fortieth fault, as many show in the tests of its clause as are known to."""
    assert of_suites([*FAULTS][::40]) >= 6
