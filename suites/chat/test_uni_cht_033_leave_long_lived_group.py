"""UNI-CHT-033: leave a long-lived group chat."""

import pytest

from rcs_conformance.checks import long_lived_groups, participation, received_messages
from rcs_conformance.model.chat import ChatMessage, ComposingState, IsComposing, ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits

_OUT = [ParticipantStatus.DISCONNECTED, None]


@pytest.mark.requirement("UNI-CHT-033.1")
def test_member_leaves_for_itself_alone(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A member leaves the group; the group goes on for the others.

    Stimulus: one of three members leaves, then the others exchange a message.
    """
    group = bed.long_lived.established(GroupOffer(), fmt)
    clause = "UNI-CHT-033.1"

    left = group.leave(bed.bob)

    text = group.text()
    posted = group.send(bed.alice, ChatMessage(text=text))
    verify(
        participation.accepted(left, clause, "leave the group"),
        participation.accepted(posted, clause, "post where another one has left"),
    )
    received = message_waits.message(group, bed.carol, text)
    verify(
        participation.status(group.read(bed.alice), bed.bob.address, clause, _OUT),
        received_messages.goes_on(received, clause),
    )


@pytest.mark.requirement("UNI-CHT-033.1")
def test_creator_leaves_too(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The creator leaves like any other member; what happens to the group is left open.

    Stimulus: the creator leaves.
    """
    group = bed.long_lived.established(GroupOffer(), fmt)

    left = group.leave(bed.alice)

    verify(participation.accepted(left, "UNI-CHT-033.1", "leave the group that it created"))


@pytest.mark.requirement("UNI-CHT-033.1")
def test_nobody_else_decides_on_leaving(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A member cannot be removed by another member.

    Stimulus: DELETE of a member by another one.
    """
    group = bed.long_lived.established(GroupOffer(), fmt)

    removed = group.remove(bed.alice, bed.bob)

    posted = group.send(bed.bob, ChatMessage(text=group.text()))
    verify(
        participation.rejected(removed, "UNI-CHT-033.1", "take another member out"),
        participation.accepted(
            posted, "UNI-CHT-033.1", "post, since no other member can remove it"
        ),
    )


@pytest.mark.requirement("UNI-CHT-033.1")
def test_who_left_gets_no_messages(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A user that left receives no messages.

    Stimulus: a message that another member gets, then an addition to another group, which marks the
    end of what the message caused.
    """
    group = bed.long_lived.established(GroupOffer(), fmt)
    group.depart(bed.bob)

    text = group.say(bed.alice)

    bed.require(message_waits.message(group, bed.carol, text), "UNI-CHT-020.4")
    bed.long_lived.established(GroupOffer(), fmt, invite=(bed.bob,))
    got = message_waits.texts_anywhere(group, bed.bob)
    verify(
        received_messages.not_received(
            got, text, bed.bob.address, "it has left", clause="UNI-CHT-033.1"
        )
    )


@pytest.mark.requirement("UNI-CHT-033.2")
def test_who_left_cannot_post(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A user that left can neither post to the group nor add users to it.

    Stimulus: a message, a composing indication and an addition by a user that left.
    """
    group = bed.long_lived.established(GroupOffer(), fmt)
    group.depart(bed.bob)
    read, who = group.read(bed.alice), bed.bob.address
    bed.require_met(participation.status(read, who, "UNI-CHT-033.1", _OUT))

    posted = group.send(bed.bob, ChatMessage(text=group.text()))
    composed = group.compose(bed.bob, IsComposing(state=ComposingState.ACTIVE))
    added = group.add(bed.bob, bed.last)

    verify(
        participation.rejected(posted, "UNI-CHT-033.2", "post after leaving"),
        participation.rejected(added, "UNI-CHT-033.2", "add users after leaving"),
        participation.rejected(composed, "UNI-CHT-033.2", "tell of composing after leaving"),
    )


@pytest.mark.requirement("UNI-CHT-033.3")
def test_group_is_kept_or_gone_for_who_left(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """For a user that left, the group is either shown or not found, in all its resources.

    Stimulus: GET of the group and its participants by a user that left.
    """
    group = bed.long_lived.established(GroupOffer(), fmt)
    group.depart(bed.bob)

    reads = group.every_reading(bed.bob)

    verify(long_lived_groups.visible_or_hidden(reads, bed.target.policy.long_lived_read))
