"""UNI-CHT-036: notify of changes of a long-lived group's participants."""

import pytest

from rcs_conformance.checks import chat_notifications, long_lived_groups, participation
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import CheckResult, Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import chat_waits

_OUT = [ParticipantStatus.DISCONNECTED, None]


@pytest.mark.requirement("UNI-CHT-036.1")
def test_members_are_told_who_was_added(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """When a participant is added, the other members are notified of it.

    Stimulus: a member that did not create the group adds a user.
    """
    group = bed.long_lived.established(GroupOffer(), fmt)
    who = bed.dave.address

    bed.require_success(group.add(bed.bob, bed.dave), "UNI-CHT-031.1")

    notified = [chat_waits.joined(group, each, bed.dave) for each in (bed.alice, bed.carol)]
    verify(
        chat_notifications.notified(each, "UNI-CHT-036.1", f"{who} was added") for each in notified
    )


@pytest.mark.requirement("UNI-CHT-036.1")
def test_members_are_told_of_all_who_were_added(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """When several participants are added at once, the other members are notified of each.

    Stimulus: the creator of the group adds two users.
    """
    group = bed.long_lived.established(GroupOffer(), fmt, invite=(bed.bob,))
    new = (bed.carol, bed.dave)

    bed.require_success(group.add(bed.alice, *new), "UNI-CHT-031.2")

    notified = {each.address: chat_waits.joined(group, bed.bob, each) for each in new}
    found = [
        chat_notifications.notified(notified[who], "UNI-CHT-036.1", f"{who} was added")
        for who in notified
    ]

    def otherwise() -> list[CheckResult]:
        additions = [group.addition(each) for each in new]
        return long_lived_groups.members(group.read(bed.alice), additions, "UNI-CHT-031.2")

    verify(bed.owned(found, otherwise))


@pytest.mark.requirement("UNI-CHT-036.2")
def test_members_are_told_who_left(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """When a participant leaves, the other members are notified of it.

    Stimulus: one of three members leaves.
    """
    group = bed.long_lived.established(GroupOffer(), fmt)
    who = bed.bob.address

    group.depart(bed.bob)

    notified = [chat_waits.gone(group, each, bed.bob) for each in (bed.alice, bed.carol)]
    found = [
        chat_notifications.notified(each, "UNI-CHT-036.2", f"{who} has left") for each in notified
    ]

    def otherwise() -> list[CheckResult]:
        return [participation.status(group.read(bed.alice), who, "UNI-CHT-033.1", _OUT)]

    verify(bed.owned(found, otherwise))


@pytest.mark.requirement("UNI-CHT-036.2")
def test_notification_names_the_group(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The notification of who left carries the id of the group.

    Stimulus: one of three members leaves.
    """
    group = bed.long_lived.established(GroupOffer(), fmt)

    group.depart(bed.bob)

    clause, alice = "UNI-CHT-036.2", bed.alice
    notified = chat_waits.participants(group, alice)
    verify(chat_notifications.participants_name_group(notified, group.chat_id(alice), clause))
