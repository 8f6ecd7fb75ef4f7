"""UNI-CHT-015: re-join a group chat."""

import pytest

from rcs_conformance.checks import participation, received_messages
from rcs_conformance.checks.judging import succeeded
from rcs_conformance.model.chat import ChatMessage, ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits


@pytest.mark.requirement("UNI-CHT-015.1")
def test_who_left_joins_again(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A user that left joins again, is connected, receives messages and posts.

    Stimulus: PUT of the status Connected by a user that left, then messages to and from that user.
    """
    group = bed.groups.established(GroupOffer(), fmt)
    group.depart(bed.bob)

    rejoined = group.rejoin(bed.bob)

    verify(participation.accepted(rejoined, "UNI-CHT-015.1", "join again"))
    read = group.read_participants(bed.alice)
    connected = [ParticipantStatus.CONNECTED]
    posted = group.send(bed.bob, ChatMessage(text=group.text()))
    received = message_waits.message(group, bed.bob, group.say(bed.alice))
    verify(
        participation.status(read, bed.bob.address, "UNI-CHT-015.1", connected),
        participation.accepted(posted, "UNI-CHT-015.1", "post after joining again"),
        received_messages.goes_on(received, "UNI-CHT-015.1"),
    )


@pytest.mark.requirement("UNI-CHT-015.3")
def test_who_let_the_invitation_expire_joins(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A user whose invitation expired joins and receives messages, or the chat is not found.

    Stimulus: the trigger `expire_invitation` for one of two invited users, the other one accepted;
    then the first one joins.
    """
    group = bed.groups.invited(GroupOffer(), fmt)
    group.join(bed.carol)
    bed.triggers.fire("expire_invitation", group, bed.bob)

    joined = group.rejoin(bed.bob)

    clause, what = "UNI-CHT-015.3", "joining after the invitation expired"
    verify(participation.joins_or_not_found(joined, clause, what))
    if succeeded(joined):
        read = group.read_participants(bed.alice)
        received = message_waits.message(group, bed.bob, group.say(bed.alice))
        verify(
            participation.status(read, bed.bob.address, clause, [ParticipantStatus.CONNECTED]),
            received_messages.goes_on(received, clause),
        )


@pytest.mark.requirement("UNI-CHT-015.2")
def test_chat_that_expired_is_not_found(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Joining a chat that expired returns not found.

    Stimulus: the trigger `expire` after a user left, then that user joins again.
    """
    group = bed.groups.established(GroupOffer(), fmt)
    group.depart(bed.bob)
    bed.triggers.fire("expire", group, bed.bob)

    rejoined = group.rejoin(bed.bob)

    verify(participation.not_found(rejoined, "UNI-CHT-015.2", "joining a chat that expired"))
