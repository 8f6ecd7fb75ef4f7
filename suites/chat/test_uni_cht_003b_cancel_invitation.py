"""UNI-CHT-003b: cancel a group chat invitation before anybody accepted it."""

import pytest

from rcs_conformance.checks import chat_notifications, participation
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import EventType
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import chat_waits


@pytest.mark.requirement("UNI-CHT-003b.1")
def test_originator_cancels_all_invitations(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The originator cancels a chat that no user accepted; the chat no longer exists.

    Stimulus: DELETE of the group by its originator before any acceptance.
    """
    group = bed.groups.invited(GroupOffer(), fmt)

    cancelled = group.end(bed.alice)

    verify(
        participation.accepted(cancelled, "UNI-CHT-003b.1", "cancel the chat"),
        participation.gone(group.read(bed.alice), "UNI-CHT-003b.1"),
    )


@pytest.mark.requirement("UNI-CHT-003b.1")
def test_originator_cancels_one_invitation(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The originator cancels the invitation of one user, who is no longer a participant.

    Stimulus: DELETE of a participant with status Invited.
    """
    group = bed.groups.invited(GroupOffer(), fmt)

    cancelled = group.remove(bed.alice, bed.bob)

    read = group.read_participants(bed.alice)
    out = [ParticipantStatus.DISCONNECTED, None]
    verify(
        participation.accepted(cancelled, "UNI-CHT-003b.1", "cancel an open invitation"),
        participation.status(read, bed.bob.address, "UNI-CHT-003b.1", out),
    )


@pytest.mark.requirement("UNI-CHT-003b.2")
def test_cancelled_chat_cannot_be_accepted(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A cancelled chat cannot be accepted.

    Stimulus: acceptance after the originator's DELETE of the group.
    """
    group = bed.groups.cancelled(GroupOffer(), fmt)

    accepted = group.accept(bed.bob)

    verify(participation.rejected(accepted, "UNI-CHT-003b.2", "accept a cancelled invitation"))


@pytest.mark.requirement("UNI-CHT-003b.2")
def test_cancelled_invitation_cannot_be_accepted(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A cancelled invitation cannot be accepted, while the chat goes on for the others.

    Stimulus: acceptance after the originator's DELETE of the invited participant.
    """
    group = bed.groups.invited(GroupOffer(), fmt)
    bed.require_success(group.remove(bed.alice, bed.bob), "UNI-CHT-003b.1")

    accepted = group.accept(bed.bob)

    verify(participation.rejected(accepted, "UNI-CHT-003b.2", "accept a cancelled invitation"))


@pytest.mark.requirement("UNI-CHT-003b.3")
def test_accepted_invitation_is_not_cancelled(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A participant that accepted cannot be removed by cancelling its invitation.

    Stimulus: DELETE of a connected participant by the originator.
    """
    group = bed.groups.invited(GroupOffer(), fmt)
    group.join(bed.bob)

    cancelled = group.remove(bed.alice, bed.bob)

    read = group.read_participants(bed.alice)
    connected = [ParticipantStatus.CONNECTED]
    verify(
        participation.rejected(cancelled, "UNI-CHT-003b.3", "cancel an accepted invitation"),
        participation.status(read, bed.bob.address, "UNI-CHT-003b.3", connected),
    )


@pytest.mark.requirement("UNI-CHT-003b.4")
def test_accepted_chat_ends_and_is_not_cancelled(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """After an acceptance the originator's DELETE ends the chat; it is not notified as cancelled.

    Stimulus: DELETE of the group by its originator after one user accepted.
    """
    group = bed.groups.invited(GroupOffer(), fmt)
    group.join(bed.bob)

    group.finish()

    notified = chat_waits.event(
        group, bed.bob, EventType.SESSION_CANCELLED, EventType.SESSION_ENDED
    )
    verify(chat_notifications.ended_not_cancelled(notified))
