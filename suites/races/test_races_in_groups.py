"""Races in group chats and long-lived groups: users act at the same moment.

Requests that overlap are served as if one after another (binding, section 3). Each race is a
history, which some order of its requests must explain.
"""

from functools import partial

import pytest

from rcs_conformance.checks import races as checks
from rcs_conformance.histories.records import Action
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import chat_waits
from rcs_conformance.scenario.races.preambles import (
    established_group,
    invited_group,
    require_rejoining,
)
from rcs_conformance.scenario.races.race import Step, readings
from rcs_conformance.scenario.races.rounds import rounds

LEAVING = {"group": "UNI-CHT-011.1", "long_lived": "UNI-CHT-033.1"}
POSTING_AFTERWARDS = {"group": "UNI-CHT-011.2", "long_lived": "UNI-CHT-033.2"}
ADDING = {"group": "UNI-CHT-014.1", "long_lived": "UNI-CHT-031.1"}
COMING_BACK = {"group": "UNI-CHT-015.1", "long_lived": "UNI-CHT-040.1"}
RECEIVING = ("UNI-CHT-020.3", "UNI-CHT-020.4")


@pytest.mark.requirement("UNI-CHT-003b.3", also=("UNI-CHT-008b.1",))
def test_group_is_cancelled_or_accepted(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A group chat is either cancelled or accepted, never both.

    Stimulus: DELETE of the group by its originator and an acceptance at the same moment.
    """
    bed.claims.require_operation("DELETE group")
    for _ in rounds(bed):
        race = invited_group(bed, fmt)
        race.at_once(
            Step(who=bed.alice, action=Action.END, clause="UNI-CHT-003b.3"),
            Step(who=bed.bob, action=Action.ACCEPT),
        )
        race.then(*readings(bed.alice))
        race.catch_up()
        verify(checks.in_chat(race.history(), race.initial))


@pytest.mark.requirement("UNI-CHT-003b.3")
def test_one_invitation_is_cancelled_or_accepted(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The invitation of one user is either cancelled or accepted, never both.

    Stimulus: DELETE of the invited participant by the originator and its acceptance at the same
    moment.
    """
    for _ in rounds(bed):
        race = invited_group(bed, fmt)
        race.at_once(
            Step(who=bed.alice, action=Action.CANCEL, subject=bed.bob),
            Step(who=bed.bob, action=Action.ACCEPT, clause="UNI-CHT-003b.3"),
        )
        race.then(*readings(bed.alice))
        verify(checks.in_chat(race.history(), race.initial))


@pytest.mark.requirement("UNI-CHT-008b.1")
def test_two_accept_at_once(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Two users that accept at the same moment both take part.

    Stimulus: the acceptances of both invited users; then a reading and a message.
    """
    for _ in rounds(bed):
        race = invited_group(bed, fmt)
        race.at_once(
            Step(who=bed.bob, action=Action.ACCEPT), Step(who=bed.carol, action=Action.ACCEPT)
        )
        race.then(*readings(bed.alice), Step(who=bed.alice, action=Action.SEND))
        race.catch_up()
        verify(checks.in_chat(race.history(), race.initial))


@pytest.mark.requirement("UNI-CHT-008b.1", "UNI-CHT-009b.1")
def test_one_accepts_while_another_declines(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Of two users one accepts and one declines at the same moment; each stands as it said.

    Stimulus: acceptance and decline; then a reading.
    """
    for _ in rounds(bed):
        race = invited_group(bed, fmt)
        race.at_once(
            Step(who=bed.bob, action=Action.ACCEPT),
            Step(who=bed.carol, action=Action.LEAVE, clause="UNI-CHT-009b.1"),
        )
        race.then(*readings(bed.alice))
        verify(checks.in_chat(race.history(), race.initial))


@pytest.mark.requirement(**POSTING_AFTERWARDS, also=RECEIVING)
def test_message_beside_a_leave(bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """No user that had left before a message was sent receives it.

    Stimulus: a message and a leave at the same moment; then a message of another participant, and
    one of the user that left.
    """
    clause = POSTING_AFTERWARDS[str(kind)]
    for _ in rounds(bed):
        race = established_group(bed, kind, fmt)
        race.at_once(
            Step(who=bed.alice, action=Action.SEND),
            Step(who=bed.bob, action=Action.LEAVE, clause=clause),
        )
        race.then(
            Step(who=bed.carol, action=Action.SEND),
            Step(who=bed.bob, action=Action.SEND),
        )
        race.catch_up()
        verify(checks.in_chat(race.history(), race.initial))


@pytest.mark.requirement(**ADDING)
@pytest.mark.requirement(**LEAVING)
def test_addition_beside_a_leave(bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """A user that is added while another one leaves is added, and the other one has left.

    Stimulus: an addition and a leave at the same moment; then a reading.
    """
    for _ in rounds(bed):
        race = established_group(bed, kind, fmt)
        race.at_once(
            Step(who=bed.alice, action=Action.ADD, subject=bed.dave),
            Step(who=bed.bob, action=Action.LEAVE),
        )
        race.then(*readings(bed.alice))
        verify(checks.in_chat(race.history(), race.initial))


@pytest.mark.requirement(**LEAVING)
def test_two_leave_at_once(bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """Two participants that leave at the same moment have both left.

    Stimulus: two leaves; then a reading, unless that was the last participant but one.
    """
    for _ in rounds(bed):
        race = established_group(bed, kind, fmt)
        race.at_once(
            Step(who=bed.bob, action=Action.LEAVE), Step(who=bed.carol, action=Action.LEAVE)
        )
        race.then(*readings(bed.alice))
        verify(checks.in_chat(race.history(), race.initial))


@pytest.mark.requirement(**POSTING_AFTERWARDS)
def test_last_two_leave_at_once(bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """The last two participants leave at the same moment; neither can post afterwards.

    Stimulus: carol leaves; the two others leave at the same moment, and post.
    """
    clause = POSTING_AFTERWARDS[str(kind)]
    for _ in rounds(bed):
        race = established_group(bed, kind, fmt)
        race.then(Step(who=bed.carol, action=Action.LEAVE, clause=clause))
        race.at_once(
            Step(who=bed.alice, action=Action.LEAVE, clause=clause),
            Step(who=bed.bob, action=Action.LEAVE, clause=clause),
        )
        race.then(*(Step(who=each, action=Action.SEND) for each in (bed.alice, bed.bob)))
        verify(checks.in_chat(race.history(), race.initial))


@pytest.mark.requirement(**COMING_BACK, also=(*LEAVING.values(), *POSTING_AFTERWARDS.values()))
def test_user_comes_back_while_another_leaves(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A user that joins again while another one leaves takes part, and the other one does not.

    Stimulus: bob has left; it joins again while carol leaves; then a reading and a message.
    """
    require_rejoining(bed, kind)
    clause = COMING_BACK[str(kind)]
    for _ in rounds(bed):
        race = established_group(bed, kind, fmt)
        race.then(Step(who=bed.bob, action=Action.LEAVE))
        race.at_once(
            Step(who=bed.bob, action=Action.ACCEPT, clause=clause),
            Step(who=bed.carol, action=Action.LEAVE),
        )
        race.then(*readings(bed.alice), Step(who=bed.alice, action=Action.SEND))
        race.catch_up()
        verify(checks.in_chat(race.history(), race.initial))


@pytest.mark.requirement("UNI-CHT-017.3")
def test_notified_acceptance_can_be_read(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """When a participant is notified of an acceptance, the participants show it.

    Stimulus: an acceptance; the originator reads the participants as soon as it is notified.
    """
    for _ in rounds(bed):
        race = invited_group(bed, fmt)
        race.overtaking(
            Step(who=bed.bob, action=Action.ACCEPT, clause="UNI-CHT-017.3"),
            partial(chat_waits.accepted, race.group, bed.alice, bed.bob),
            bed.alice,
        )
        verify(checks.in_chat(race.history(), race.initial))


@pytest.mark.requirement(group="UNI-CHT-017.3", long_lived="UNI-CHT-036.2")
def test_notified_leave_can_be_read(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """When a participant is notified of a leave, the participants no longer show the other one.

    Stimulus: a leave; the originator reads the participants as soon as it is notified.
    """
    clause = "UNI-CHT-017.3" if kind is ChatKind.GROUP else "UNI-CHT-036.2"
    for _ in rounds(bed):
        race = established_group(bed, kind, fmt)
        race.overtaking(
            Step(who=bed.bob, action=Action.LEAVE, clause=clause),
            partial(chat_waits.gone, race.group, bed.alice, bed.bob),
            bed.alice,
        )
        verify(checks.in_chat(race.history(), race.initial))
