"""UNI-CHT-017: notify of the participants of a group chat."""

import pytest

from rcs_conformance.checks import chat_notifications
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatParticipantStatusNotification
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import chat_waits


@pytest.mark.requirement("UNI-CHT-017.1")
def test_who_accepts_is_told_of_the_others(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A user that accepts is notified of the participants.

    Stimulus: acceptance by one of two invited users.
    """
    group = bed.groups.invited(GroupOffer(), fmt)

    group.join(bed.bob)

    first = chat_waits.participants(group, bed.bob)
    expected = group.named_to(bed.bob, bed.alice, bed.bob)
    verify(chat_notifications.first_participants(first, expected))


@pytest.mark.requirement("UNI-CHT-017.2")
def test_everybody_connected_is_told_of_changes(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Every connected participant is notified of changes, the originator included.

    Stimulus: a second user accepts and then leaves.
    """
    group = bed.groups.invited(GroupOffer(), fmt)
    group.join(bed.bob)

    group.join(bed.carol)
    joined = [chat_waits.accepted(group, each, bed.carol) for each in (bed.alice, bed.bob)]
    group.depart(bed.carol)
    left = [chat_waits.gone(group, each, bed.carol) for each in (bed.alice, bed.bob)]

    who = bed.carol.address
    verify(
        *(
            chat_notifications.notified(each, "UNI-CHT-017.2", f"{who} has joined")
            for each in joined
        ),
        *(chat_notifications.notified(each, "UNI-CHT-017.2", f"{who} has left") for each in left),
    )


@pytest.mark.requirement("UNI-CHT-017.2")
def test_everybody_connected_is_told_of_cancelled_invitations(
    bed: TestBed, verify: Verify, fmt: Format
) -> None:
    """A participant is notified that the invitation of another user was cancelled.

    Stimulus: DELETE of an invited participant by the originator, after another user accepted.
    """
    group = bed.groups.invited(GroupOffer(), fmt)
    group.join(bed.bob)

    group.withdraw(bed.carol)

    notified = chat_waits.gone(group, bed.bob, bed.carol)
    what = f"the invitation of {bed.carol.address} was cancelled"
    verify(chat_notifications.notified(notified, "UNI-CHT-017.2", what))


@pytest.mark.requirement("UNI-CHT-017.3")
def test_first_set_is_that_of_the_resource(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The first notified set of participants equals the participants resource.

    Stimulus: acceptance by one user while another one is only invited; then GET.
    """
    group = bed.groups.invited(GroupOffer(), fmt)

    group.join(bed.bob)

    bed.require(chat_waits.participants(group, bed.bob), "UNI-CHT-017.1")
    notified = group.received(bed.bob, ChatParticipantStatusNotification)
    verify(chat_notifications.same_set(notified, group.list_participants(bed.bob)))


@pytest.mark.requirement("UNI-CHT-017.3")
def test_notified_set_is_that_of_the_resource(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The notified sets, applied in turn, equal the participants resource.

    Stimulus: two users accept, one of them leaves; the other one reads the participants.
    """
    group = bed.groups.established(GroupOffer(), fmt)
    bed.require(chat_waits.accepted(group, bed.bob, bed.carol), "UNI-CHT-017.2")
    group.depart(bed.carol)
    bed.require(chat_waits.gone(group, bed.bob, bed.carol), "UNI-CHT-017.2")

    notified = group.received(bed.bob, ChatParticipantStatusNotification)

    verify(chat_notifications.same_set(notified, group.list_participants(bed.bob)))
