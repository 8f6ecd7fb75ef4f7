"""UNI-CHT-031: add users to a long-lived group chat."""

import pytest

from rcs_conformance.checks import (
    group_creation,
    long_lived_groups,
    participation,
    received_messages,
)
from rcs_conformance.checks.group_clauses import QUERY
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, receiving


@pytest.mark.requirement("UNI-CHT-031.1")
def test_one_user_is_added(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A member who did not create the group adds a user, who is a member then.

    Stimulus: POST of one participant by a member.
    """
    group = stage.long_lived.established(GroupOffer(), fmt, invite=(stage.bob,))
    clause, who = "UNI-CHT-031.1", stage.carol.address

    added = group.add(stage.bob, stage.carol)

    verify(
        participation.accepted(added, clause, "add a user"),
        participation.response_names(added, [who], clause),
    )
    read = group.read(stage.alice)
    verify(long_lived_groups.members(read, [group.addition(stage.carol)], clause))
    stage.require_met(*group_creation.all_named(read, [who], QUERY))
    verify(long_lived_groups.connected(read, who, clause))


@pytest.mark.requirement("UNI-CHT-031.1")
def test_who_was_added_takes_part(stage: Stage, verify: Verify, fmt: Format) -> None:
    """Who was added posts to the group without accepting, and gets what others post.

    Stimulus: a message to and one from a user who was added.
    """
    group = stage.long_lived.established(GroupOffer(), fmt, invite=(stage.bob,))
    stage.require_success(group.add(stage.alice, stage.carol), "UNI-CHT-031.1")
    stage.require(group.addition(stage.carol), "UNI-CHT-032.1")

    posted = group.send(stage.carol, ChatMessage(text=group.text()))

    received = receiving.message(group, stage.carol, group.say(stage.bob))
    verify(
        participation.accepted(posted, "UNI-CHT-031.1", "post once it was added"),
        received_messages.goes_on(received, "UNI-CHT-031.1"),
    )


@pytest.mark.requirement("UNI-CHT-031.2")
def test_several_users_are_added(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A member adds several users at once, each of whom is a member then.

    Stimulus: POST of two participants by the creator of the group.
    """
    group = stage.long_lived.established(GroupOffer(), fmt, invite=(stage.bob,))
    new, clause = (stage.carol, stage.dave), "UNI-CHT-031.2"

    added = group.add(stage.alice, *new)

    verify(
        participation.accepted(added, clause, "add several users"),
        participation.response_names(added, [each.address for each in new], clause),
    )
    read = group.read(stage.alice)
    verify(long_lived_groups.members(read, [group.addition(each) for each in new], clause))


@pytest.mark.requirement("UNI-CHT-031.3")
def test_adding_needs_a_group(stage: Stage, verify: Verify, fmt: Format) -> None:
    """Adding users to a group that does not exist is refused.

    Stimulus: POST of a participant to a group chat id that nobody has.
    """
    added = stage.long_lived.nowhere(fmt).add(stage.alice, stage.carol)

    verify(participation.rejected(added, "UNI-CHT-031.3", "add to a group that does not exist"))
