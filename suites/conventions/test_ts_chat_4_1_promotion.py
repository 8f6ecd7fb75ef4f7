"""TS-CHAT-4.1.5: a 1-to-1 session is promoted to a group session."""

import pytest

from rcs_conformance.checks import participation, received_messages
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import CheckResult, Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits

CLAUSE = "TS-CHAT-4.1.5"


@pytest.mark.requirement("TS-CHAT-4.1.5")
def test_promoted_session_is_a_group(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The users of the 1-to-1 session and the added user talk to each other in the group chat.

    Stimulus: an extension with one user, acceptance by both invited users, a message.
    """
    group = bed.groups.promoted(GroupOffer(), fmt, bed.carol)
    bed.require_success(group.creation, "UNI-CHT-013.1")
    group.await_invitations("UNI-CHT-013.2")

    accepted = [group.accept(each) for each in group.invited]

    text = group.say(bed.alice)
    received = [message_waits.message(group, each, text) for each in group.invited]
    found = [
        *(participation.accepted(each, CLAUSE, "accept the invitation") for each in accepted),
        *(received_messages.goes_on(each, CLAUSE) for each in received),
    ]

    def otherwise() -> list[CheckResult]:
        other = bed.groups.established(GroupOffer(), fmt)
        got = message_waits.message(other, bed.bob, other.say(bed.alice))
        return [received_messages.goes_on(got, "UNI-CHT-020.3")]

    verify(bed.owned(found, otherwise))
