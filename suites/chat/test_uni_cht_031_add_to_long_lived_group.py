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
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits


@pytest.mark.requirement("UNI-CHT-031.1")
def test_one_user_is_added(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A member that did not create the group adds a user, who becomes a member.

    Stimulus: POST of one participant by a member.
    """
    group = bed.long_lived.established(GroupOffer(), fmt, invite=(bed.bob,))
    clause, who = "UNI-CHT-031.1", bed.carol.address

    added = group.add(bed.bob, bed.carol)

    verify(
        participation.accepted(added, clause, "add a user"),
        participation.response_names(added, [who], clause),
    )
    read = group.read(bed.alice)
    verify(long_lived_groups.members(read, [group.addition(bed.carol)], clause))
    bed.require_met(*group_creation.all_named(read, [who], QUERY))
    verify(long_lived_groups.connected(read, who, clause))


@pytest.mark.requirement("UNI-CHT-031.1")
def test_who_was_added_takes_part(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """An added user posts and receives without accepting first.

    Stimulus: a message to and a message from a user that was added.
    """
    group = bed.long_lived.established(GroupOffer(), fmt, invite=(bed.bob,))
    bed.require_success(group.add(bed.alice, bed.carol), "UNI-CHT-031.1")
    bed.require(group.addition(bed.carol), "UNI-CHT-032.1")

    posted = group.send(bed.carol, ChatMessage(text=group.text()))

    received = message_waits.message(group, bed.carol, group.say(bed.bob))
    verify(
        participation.accepted(posted, "UNI-CHT-031.1", "post once it was added"),
        received_messages.goes_on(received, "UNI-CHT-031.1"),
    )


@pytest.mark.requirement("UNI-CHT-031.2")
def test_several_users_are_added(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A member adds several users with one request, and each of them becomes a member.

    Stimulus: POST of two participants by the creator of the group.
    """
    group = bed.long_lived.established(GroupOffer(), fmt, invite=(bed.bob,))
    new, clause = (bed.carol, bed.dave), "UNI-CHT-031.2"

    added = group.add(bed.alice, *new)

    verify(
        participation.accepted(added, clause, "add several users"),
        participation.response_names(added, [each.address for each in new], clause),
    )
    read = group.read(bed.alice)
    verify(long_lived_groups.members(read, [group.addition(each) for each in new], clause))


@pytest.mark.requirement("UNI-CHT-031.3")
def test_adding_needs_a_group(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Adding users to a group that does not exist is rejected.

    Stimulus: POST of a participant under an unknown group chat id.
    """
    added = bed.long_lived.nonexistent(fmt).add(bed.alice, bed.carol)

    verify(participation.rejected(added, "UNI-CHT-031.3", "add to a group that does not exist"))
