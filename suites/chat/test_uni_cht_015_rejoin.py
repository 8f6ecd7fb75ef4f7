"""UNI-CHT-015: re-join a group chat."""

import pytest

from rcs_conformance.checks import participation, received_messages
from rcs_conformance.model.chat import ChatMessage, ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, receiving


@pytest.mark.requirement("UNI-CHT-015.1")
def test_who_left_joins_again(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A user who left joins again, is connected, gets messages and posts.

    Stimulus: the status Connected by a user who left, then messages to and from that user.
    """
    group = stage.groups.established(GroupOffer(), fmt)
    group.depart(stage.bob)

    rejoined = group.rejoin(stage.bob)

    verify(participation.accepted(rejoined, "UNI-CHT-015.1", "join again"))
    read = group.read_participants(stage.alice)
    connected = [ParticipantStatus.CONNECTED]
    posted = group.send(stage.bob, ChatMessage(text=group.text()))
    received = receiving.message(group, stage.bob, group.say(stage.alice))
    verify(
        participation.status(read, stage.bob.address, "UNI-CHT-015.1", connected),
        participation.accepted(posted, "UNI-CHT-015.1", "post after joining again"),
        received_messages.goes_on(received, "UNI-CHT-015.1"),
    )


@pytest.mark.requirement("UNI-CHT-015.2")
def test_chat_that_expired_is_not_found(stage: Stage, verify: Verify, fmt: Format) -> None:
    """Where the chat is no longer there, joining again is answered as not found.

    Stimulus: the trigger `expire` after a user left, then that user joins again.
    """
    group = stage.groups.established(GroupOffer(), fmt)
    group.depart(stage.bob)
    stage.triggers.fire("expire", group, stage.bob)

    rejoined = group.rejoin(stage.bob)

    verify(participation.not_found(rejoined, "UNI-CHT-015.2", "joining a chat that expired"))
