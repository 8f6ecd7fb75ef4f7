"""UNI-CHT-009b: decline a group chat invitation."""

import pytest

from rcs_conformance.checks import participation, received_messages
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits


@pytest.mark.requirement("UNI-CHT-009b.1")
def test_declining_user_is_not_connected(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A user that declines is not connected.

    Stimulus: one of two invited users declines after the other one accepted.
    """
    group = bed.groups.invited(GroupOffer(), fmt)
    group.join(bed.carol)

    declined = group.leave(bed.bob)

    read = group.read_participants(bed.alice)
    out = [ParticipantStatus.DISCONNECTED, None]
    verify(
        participation.accepted(declined, "UNI-CHT-009b.1", "decline the invitation"),
        participation.status(read, bed.bob.address, "UNI-CHT-009b.1", out),
    )


@pytest.mark.requirement("UNI-CHT-009b.2")
def test_declining_leaves_the_chat_to_the_others(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The chat goes on for the others when a user declines.

    Stimulus: one of two invited users declines, the other one accepts and gets a message.
    """
    group = bed.groups.invited(GroupOffer(), fmt)
    group.decline(bed.bob)

    accepted = group.accept(bed.carol)

    verify(participation.accepted(accepted, "UNI-CHT-009b.2", "accept where another one declined"))
    text = group.say(bed.alice)
    received = message_waits.message(group, bed.carol, text)
    verify(received_messages.goes_on(received, "UNI-CHT-009b.2"))
