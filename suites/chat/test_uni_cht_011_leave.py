"""UNI-CHT-011: leave a group chat."""

import pytest

from rcs_conformance.checks import participation, policies, received_messages
from rcs_conformance.checks.judging import succeeded
from rcs_conformance.model.chat import ChatMessage, ComposingState, IsComposing, ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import EventType
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import chat_waits, message_waits


@pytest.mark.requirement("UNI-CHT-011.1")
def test_leaving_is_over_for_one_user_alone(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A participant leaves by its session id; the chat goes on for the others.

    Stimulus: one of three connected users leaves, then the others exchange a message.
    """
    group = bed.groups.established(GroupOffer(), fmt)

    left = group.leave(bed.bob)

    text = group.text()
    posted = group.send(bed.alice, ChatMessage(text=text))
    verify(
        participation.accepted(left, "UNI-CHT-011.1", "leave the chat"),
        participation.accepted(posted, "UNI-CHT-011.1", "post where another one has left"),
    )
    read = group.read_participants(bed.alice)
    out = [ParticipantStatus.DISCONNECTED, None]
    received = message_waits.message(group, bed.carol, text)
    verify(
        participation.status(read, bed.bob.address, "UNI-CHT-011.1", out),
        received_messages.goes_on(received, "UNI-CHT-011.1"),
    )


@pytest.mark.requirement("UNI-CHT-011.2")
def test_who_left_cannot_post(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A user that left cannot post to the chat.

    Stimulus: a message and a composing indication by a user that left.
    """
    group = bed.groups.established(GroupOffer(), fmt)
    group.depart(bed.bob)

    posted = group.send(bed.bob, ChatMessage(text=group.text()))
    composed = group.compose(bed.bob, IsComposing(state=ComposingState.ACTIVE))

    verify(
        participation.rejected(posted, "UNI-CHT-011.2", "post after leaving"),
        participation.rejected(composed, "UNI-CHT-011.2", "tell of composing after leaving"),
    )


@pytest.mark.requirement("UNI-CHT-011.3")
def test_all_see_the_same_after_the_originator_left(
    bed: TestBed, verify: Verify, fmt: Format
) -> None:
    """When the originator leaves, the chat either ends or goes on, for all others alike.

    Stimulus: the originator leaves, then another participant posts.
    """
    group = bed.groups.established(GroupOffer(), fmt)

    group.depart(bed.alice)

    text = group.text()
    posted = group.send(bed.bob, ChatMessage(text=text))
    verify(policies.originator_left(posted, bed.target.policy.originator_leave))
    if succeeded(posted):
        received = message_waits.message(group, bed.carol, text)
        reply = group.text()
        replied = group.send(bed.carol, ChatMessage(text=reply))
        verify(participation.accepted(replied, "UNI-CHT-011.3", "post as another one can"))
        answer = message_waits.message(group, bed.bob, reply)
        reads = [group.read(each) for each in group.invited]
        over = [chat_waits.was_notified_of_end(group, each) for each in group.invited]
        verify(
            received_messages.goes_on(received, "UNI-CHT-011.3"),
            received_messages.goes_on(answer, "UNI-CHT-011.3"),
            participation.goes_on_for_all(reads, over),
        )
    else:
        ended = [chat_waits.event(group, each, EventType.SESSION_ENDED) for each in group.invited]
        verify(participation.ended_for_all(posted, ended))


@pytest.mark.requirement("UNI-CHT-011.4")
def test_leaving_needs_a_chat(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Leaving a chat that does not exist is rejected.

    Stimulus: DELETE of oneself under an unknown session id.
    """
    left = bed.groups.nonexistent(fmt).leave(bed.bob)

    verify(participation.rejected(left, "UNI-CHT-011.4", "leave a chat that does not exist"))
