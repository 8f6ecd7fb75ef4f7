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
def test_declining_leaves_the_chat_to_the_others(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A user that declines is not connected; the chat goes on for the others.

    Stimulus: one of two invited users declines, the other one accepts and gets a message.
    """
    group = bed.groups.invited(GroupOffer(), fmt)

    declined = group.leave(bed.bob)

    accepted = group.accept(bed.carol)
    verify(
        participation.accepted(declined, "UNI-CHT-009b.1", "decline the invitation"),
        participation.accepted(accepted, "UNI-CHT-009b.1", "accept where another one declined"),
    )
    read = group.read_participants(bed.alice)
    out = [ParticipantStatus.DISCONNECTED, None]
    text = group.say(bed.alice)
    received = message_waits.message(group, bed.carol, text)
    verify(
        participation.status(read, bed.bob.address, "UNI-CHT-009b.1", out),
        received_messages.goes_on(received, "UNI-CHT-009b.1"),
    )
