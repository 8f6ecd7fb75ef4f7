"""UNI-CHT-033: leave a long-lived group chat."""

import pytest

from rcs_conformance.checks import long_lived_groups, participation, received_messages
from rcs_conformance.model.chat import ChatMessage, ComposingState, IsComposing, ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, receiving

_OUT = [ParticipantStatus.DISCONNECTED, None]


@pytest.mark.requirement("UNI-CHT-033.1")
def test_member_leaves_for_itself_alone(stage: Stage, verify: Verify, fmt: Format) -> None:
    """Who leaves is out of the group; the others go on.

    Stimulus: one of three members leaves, then the others exchange a message.
    """
    group = stage.long_lived.established(GroupOffer(), fmt)
    clause = "UNI-CHT-033.1"

    left = group.leave(stage.bob)

    text = group.text()
    posted = group.send(stage.alice, ChatMessage(text=text))
    verify(
        participation.accepted(left, clause, "leave the group"),
        participation.accepted(posted, clause, "post where another one has left"),
    )
    received = receiving.message(group, stage.carol, text)
    verify(
        participation.status(group.read(stage.alice), stage.bob.address, clause, _OUT),
        received_messages.goes_on(received, clause),
    )


@pytest.mark.requirement("UNI-CHT-033.1")
def test_creator_leaves_too(stage: Stage, verify: Verify, fmt: Format) -> None:
    """The creator can leave as any other member; what becomes of the group then is left open.

    Stimulus: the creator leaves.
    """
    group = stage.long_lived.established(GroupOffer(), fmt)

    left = group.leave(stage.alice)

    verify(participation.accepted(left, "UNI-CHT-033.1", "leave the group that it created"))


@pytest.mark.requirement("UNI-CHT-033.1")
def test_nobody_else_decides_on_leaving(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A member leaves by its own decision: nobody takes another one out.

    Stimulus: DELETE of a member by another one.
    """
    group = stage.long_lived.established(GroupOffer(), fmt)

    removed = group.remove(stage.alice, stage.bob)

    posted = group.send(stage.bob, ChatMessage(text=group.text()))
    verify(
        participation.rejected(removed, "UNI-CHT-033.1", "take another member out"),
        participation.accepted(posted, "UNI-CHT-033.1", "post, for nobody else takes it out"),
    )


@pytest.mark.requirement("UNI-CHT-033.1")
def test_who_left_gets_no_messages(stage: Stage, verify: Verify, fmt: Format) -> None:
    """Who has left gets no messages any more.

    Stimulus: a message that another member gets, then an addition to another group, which shows
    what came before it.
    """
    group = stage.long_lived.established(GroupOffer(), fmt)
    group.depart(stage.bob)

    text = group.say(stage.alice)

    stage.require(receiving.message(group, stage.carol, text), "UNI-CHT-020.4")
    stage.long_lived.established(GroupOffer(), fmt, invite=(stage.bob,))
    got = receiving.texts_anywhere(group, stage.bob)
    verify(
        received_messages.not_received(
            got, text, stage.bob.address, "it has left", clause="UNI-CHT-033.1"
        )
    )


@pytest.mark.requirement("UNI-CHT-033.2")
def test_who_left_cannot_post(stage: Stage, verify: Verify, fmt: Format) -> None:
    """After leaving, a user can no longer post to the group, nor add others to it.

    Stimulus: a message, a composing indication and an addition by a user who left.
    """
    group = stage.long_lived.established(GroupOffer(), fmt)
    group.depart(stage.bob)
    read, who = group.read(stage.alice), stage.bob.address
    stage.require_met(participation.status(read, who, "UNI-CHT-033.1", _OUT))

    posted = group.send(stage.bob, ChatMessage(text=group.text()))
    composed = group.compose(stage.bob, IsComposing(state=ComposingState.ACTIVE))
    added = group.add(stage.bob, stage.last)

    verify(
        participation.rejected(posted, "UNI-CHT-033.2", "post after leaving"),
        participation.rejected(added, "UNI-CHT-033.2", "add users after leaving"),
        participation.rejected(composed, "UNI-CHT-033.2", "tell of composing after leaving"),
    )


@pytest.mark.requirement("UNI-CHT-033.3")
def test_group_is_kept_or_gone_for_who_left(stage: Stage, verify: Verify, fmt: Format) -> None:
    """To a user who left, the group is still shown, or it is not found; all of it alike.

    Stimulus: readings of the group and its participants by a user who left.
    """
    group = stage.long_lived.established(GroupOffer(), fmt)
    group.depart(stage.bob)

    reads = group.every_reading(stage.bob)

    verify(long_lived_groups.visible_or_hidden(reads, stage.target.policy.long_lived_read))
