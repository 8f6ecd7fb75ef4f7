"""Races: requests leave together, and what came of them is told as a history."""

import random
from threading import Barrier

import pytest

from rcs_conformance.checks import races as checks
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.histories.records import Action, Outcome
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Outcome as Found
from rcs_conformance.record import Journal
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.races import starting_line
from rcs_conformance.scenario.races.preambles import established_group
from rcs_conformance.scenario.races.race import Step, outcome_of, readings
from rcs_conformance.scenario.races.rounds import rounds
from rcs_conformance.target import Limits
from tests.checks.records import exchange
from tests.scenario.conftest import OpenBed, OpenServer


def test_requests_are_on_their_way_at_the_same_time() -> None:
    """Each goes on only when all others have left."""
    left = Barrier(3, timeout=10)

    def request() -> Exchange:
        left.wait()
        return exchange(204)

    departures = random.Random(0)  # noqa: S311 - no secret

    assert len(starting_line.together([request] * 3, departures, Journal())) == 3


def test_order_of_departure_is_that_of_the_seed(bed: TestBed) -> None:
    """A race departs in the same orders each time; with other seeds in others."""

    def orders() -> list[list[int]]:
        rounds(bed)
        return [starting_line.order_of(3, bed.departures) for _ in range(9)]

    first = orders()

    assert first == orders()
    assert len({tuple(each) for each in first}) > 1


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (204, Outcome.ACCEPTED),
        (403, Outcome.REFUSED),
        (409, Outcome.CONFLICT),
        (503, Outcome.CONFLICT),
        (500, Outcome.FAILED),
    ],
)
def test_outcome_is_that_of_the_status(status: int, outcome: Outcome) -> None:
    """A refusal because of others is a conflict; an error of the server is none."""
    assert outcome_of(exchange(status)) is outcome


def test_history_has_what_users_did_and_got(bed: TestBed) -> None:
    """A message has its receivers, a reading one operation for each user that it shows."""
    race = established_group(bed, ChatKind.GROUP, Format.JSON)
    race.at_once(Step(who=bed.alice, action=Action.SEND), Step(who=bed.bob, action=Action.LEAVE))
    race.then(*readings(bed.alice))
    race.catch_up()

    sent, left, *read = race.history()

    assert (sent.action, left.action) == (Action.SEND, Action.LEAVE)
    assert bed.carol.address in (sent.received or ())
    assert max(sent.returned, left.returned) < min(one.called for one in read)
    assert len(read) == len(bed.actors)
    found = checks.in_chat(race.history(), race.initial)
    assert {each.outcome for each in found} == {Found.PASSED}


def test_target_file_turns_races_off(open_server: OpenServer, open_bed: OpenBed) -> None:
    """Their tests have no verdict then, and say why."""
    bed = open_bed(open_server(), limits=Limits(races=False))

    with pytest.raises(Inconclusive, match="races = false") as caught:
        rounds(bed)

    assert caught.value.cause is Cause.UNAVAILABLE
