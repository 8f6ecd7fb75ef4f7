"""UNI-CHT-040: re-join a long-lived group chat."""

import pytest

from rcs_conformance.checks import long_lived_groups, participation, policies, received_messages
from rcs_conformance.checks.judging import succeeded
from rcs_conformance.model.chat import ChatMessage, ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits


@pytest.mark.requirement("UNI-CHT-040.1")
def test_who_left_joins_again_or_is_refused(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A user that left joins again and takes part, or is rejected by policy and stays out.

    Stimulus: PUT of the status Connected by a user that left, then messages to and from that user.
    """
    group = bed.long_lived.established(GroupOffer(), fmt)
    group.depart(bed.bob)
    clause, policy = "UNI-CHT-040.1", bed.target.policy.long_lived_rejoin

    rejoined = group.rejoin(bed.bob)

    verify(policies.decided(rejoined, clause, "join again", policy))
    read, who = group.read(bed.alice), bed.bob.address
    posted = group.send(bed.bob, ChatMessage(text=group.text()))
    if succeeded(rejoined):
        received = message_waits.message(group, bed.bob, group.say(bed.alice))
        verify(
            long_lived_groups.connected(read, who, clause),
            participation.accepted(posted, clause, "post after joining again"),
            received_messages.goes_on(received, clause),
        )
    else:
        out = [ParticipantStatus.DISCONNECTED, None]
        verify(
            participation.status(read, who, clause, out),
            participation.rejected(posted, clause, "post after rejoining was rejected"),
        )
