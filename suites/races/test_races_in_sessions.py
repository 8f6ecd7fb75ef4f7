"""Races in 1-to-1 sessions: cancelling, accepting and declining at the same moment.

Requests that overlap are served as if one after another (binding, section 3). Each race is a
history, which some order of its requests must explain.
"""

from functools import partial

import pytest

from rcs_conformance.checks import races as checks
from rcs_conformance.histories.records import Action
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import EventType
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import chat_waits
from rcs_conformance.scenario.races.preambles import invited_session
from rcs_conformance.scenario.races.race import Step, readings
from rcs_conformance.scenario.races.rounds import rounds


@pytest.mark.requirement("UNI-CHT-003a.3", also=("UNI-CHT-003a.1", "UNI-CHT-008a.1"))
def test_session_is_cancelled_or_accepted(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """An invitation is either cancelled or accepted, never both.

    Stimulus: DELETE by the originator and the acceptance at the same moment; then both users read
    the session.
    """
    for _ in rounds(bed):
        race = invited_session(bed, fmt)
        race.at_once(
            Step(who=bed.alice, action=Action.END), Step(who=bed.bob, action=Action.ACCEPT)
        )
        race.then(*readings(bed.alice, bed.bob))
        race.catch_up()
        verify(checks.in_chat(race.history(), race.initial))


@pytest.mark.requirement("UNI-CHT-009a.2", also=("UNI-CHT-008a.1",))
def test_session_is_accepted_or_declined(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """An invitation is either accepted or declined, where a user does both at once.

    Stimulus: acceptance and DELETE by the invited user at the same moment; then the originator
    reads the session.
    """
    for _ in rounds(bed):
        race = invited_session(bed, fmt)
        other = bed.second_device(bed.bob)
        race.at_once(
            Step(who=bed.bob, action=Action.ACCEPT),
            Step(who=other, action=Action.END, clause="UNI-CHT-009a.2"),
        )
        race.then(*readings(bed.alice))
        race.catch_up()
        verify(checks.in_chat(race.history(), race.initial))


@pytest.mark.requirement("UNI-CHT-008a.1")
def test_notified_acceptance_can_be_read(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """When the originator is notified of the acceptance, the session is established.

    Stimulus: acceptance; the originator reads the session as soon as it is notified.
    """
    for _ in rounds(bed):
        race = invited_session(bed, fmt)
        race.overtaking(
            Step(who=bed.bob, action=Action.ACCEPT),
            partial(chat_waits.event, race.chat, bed.alice, EventType.ACCEPTED),
            bed.alice,
        )
        verify(checks.in_chat(race.history(), race.initial))
