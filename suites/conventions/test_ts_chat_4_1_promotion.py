"""TS-CHAT-4.1.5: a 1-to-1 session is promoted to a group session."""

import pytest

from rcs_conformance.checks import participation, received_messages
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import CheckResult, Verify
from rcs_conformance.scenario import Stage, receiving

CLAUSE = "TS-CHAT-4.1.5"


@pytest.mark.requirement("TS-CHAT-4.1.5")
def test_promoted_session_is_a_group(stage: Stage, verify: Verify, fmt: Format) -> None:
    """Who was in the 1-to-1 session and who was added talk to each other in the group chat.

    Stimulus: an extension by one user, acceptance by both who are invited, a message.
    """
    group = stage.groups.promoted(GroupOffer(), fmt, stage.carol)
    stage.require_success(group.started, "UNI-CHT-013.1")
    group.gather("UNI-CHT-013.2")

    accepted = [group.accept(each) for each in group.invited]

    text = group.say(stage.alice)
    received = [receiving.message(group, each, text) for each in group.invited]
    found = [
        *(participation.accepted(each, CLAUSE, "accept the invitation") for each in accepted),
        *(received_messages.goes_on(each, CLAUSE) for each in received),
    ]

    def otherwise() -> list[CheckResult]:
        other = stage.groups.established(GroupOffer(), fmt)
        got = receiving.message(other, stage.bob, other.say(stage.alice))
        return [received_messages.goes_on(got, "UNI-CHT-020.3")]

    verify(stage.owned(found, otherwise))
