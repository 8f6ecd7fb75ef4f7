"""Traffic of any client: nothing is found of a server that conforms."""

import pytest

from rcs_conformance.reference import FAULTS, VARIATIONS
from rcs_conformance.traffic.entries import Entry
from rcs_conformance.traffic.judging import record_of
from tests.traffic.judge_strength import shown
from tests.traffic.scripted import judgement, scripted

FOUND_IN_SINGLE_EXCHANGES = (
    ("subject-cut", "UNI-CHT-002b.3"),
    ("correlator-invented", "TS-CHAT-5.12"),
)


@pytest.fixture(scope="module")
def conforming() -> list[Entry]:
    """The traffic of a server without deviations."""
    return scripted()


def test_nothing_is_found_of_a_conforming_server(conforming: list[Entry]) -> None:
    """Many clauses pass, and none fails."""
    record = record_of(judgement(conforming), "traffic")
    assert record.failures == ()
    assert len([each for each in record.counts if each.passed]) > 30


@pytest.mark.parametrize("start", [0.3])
def test_nothing_is_found_where_traffic_begins_in_the_middle(
    conforming: list[Entry], start: float
) -> None:
    """What happened before is not known, and nothing is said of it."""
    assert judgement(conforming[int(len(conforming) * start) :]).failures == ()


@pytest.mark.parametrize(
    ("fault", "clause"), FOUND_IN_SINGLE_EXCHANGES, ids=[f for f, _ in FOUND_IN_SINGLE_EXCHANGES]
)
def test_fault_is_found(fault: str, clause: str) -> None:
    """The clause that the server breaks fails."""
    assert clause in {each.partition(" ")[0] for each in shown((fault,))}


@pytest.mark.exhaustive
@pytest.mark.parametrize("variation", [*VARIATIONS][::6])
def test_nothing_is_found_of_a_permitted_variation(variation: str) -> None:
    """What the binding leaves to a server is no finding."""
    assert shown((), (variation,)) == {}


@pytest.mark.exhaustive
def test_sampled_faults_are_found() -> None:
    """Of every thirtieth fault, as many show in traffic as are known to."""
    found = [name for name in [*FAULTS][::30] if shown((name,))]
    assert len(found) >= 4
