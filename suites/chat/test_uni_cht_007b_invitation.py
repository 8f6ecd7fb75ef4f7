"""UNI-CHT-007b: notify about an incoming group chat invitation, with its services."""

import pytest
from hypothesis import given

from rcs_conformance.checks import group_creation, invitations
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.strategies import group_offers, with_corners, with_subject_corners


@pytest.mark.requirement("UNI-CHT-007b.1")
def test_every_invited_user_is_notified(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Each of the invited users gets an invitation.

    Stimulus: a group chat with two recipients.
    """
    group = bed.groups.started(GroupOffer(), fmt)
    shown = group.read(bed.alice)
    bed.require_met(*group_creation.all_invited(shown, [each.address for each in group.invited]))

    verify(invitations.arrived(group.invitation(each)) for each in group.invited)


@pytest.mark.requirement("UNI-CHT-007b.1")
def test_invitation_needs_no_subject(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Each of the invited users gets an invitation to a chat without a subject as well.

    Stimulus: a group chat with two recipients and without a subject.
    """
    group = bed.groups.started(GroupOffer(subject=None), fmt)

    verify(invitations.arrived(group.invitation(each)) for each in group.invited)


@pytest.mark.requirement("UNI-CHT-007b.2")
def test_invitation_names_inviting_user(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The invitation names who invites.

    Stimulus: group chats that different users start.
    """
    for by, invited in ((bed.alice, bed.bob), (bed.bob, bed.carol)):
        group = bed.groups.invited(GroupOffer(), fmt, by=by, invite=(invited,))

        verify(invitations.originator(group.invitation(invited), by.address))


@pytest.mark.requirement("UNI-CHT-007b.3")
@with_subject_corners
@given(offer=group_offers())
def test_invitation_carries_subject(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """The invitation carries the subject as it was given.

    Stimulus: a request with a subject of whatever characters fit on a line.
    """
    group = bed.groups.invited(offer, fmt)

    verify(invitations.subject(group.invitation(each), group.subject) for each in group.invited)


@pytest.mark.requirement("UNI-CHT-007b.3")
def test_invitation_carries_no_subject(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Without a subject in the request there is none in the invitation.

    Stimulus: a request without subject.
    """
    group = bed.groups.invited(GroupOffer(subject=None), fmt)

    verify(invitations.subject(group.invitation(each), None) for each in group.invited)


@pytest.mark.requirement("UNI-CHT-007b.4")
@with_corners
@given(offer=group_offers())
def test_invitation_tells_whether_closed(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """The invitation tells whether the chat is closed or regular.

    Stimulus: requests with every combination of closed and gc_services.
    """
    group = bed.groups.invited(offer, fmt)

    verify(invitations.closed(group.invitation(each), offer.closed) for each in group.invited)


@pytest.mark.requirement("UNI-CHT-007b.5")
@with_corners
@given(offer=group_offers())
def test_invitation_carries_services(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """The invitation carries the services of the chat.

    Stimulus: requests with every combination of closed and gc_services.
    """
    group = bed.groups.invited(offer, fmt)

    verify(invitations.services(group.invitation(each), group.services) for each in group.invited)


@pytest.mark.requirement("UNI-CHT-007b.6")
def test_invitation_names_the_others(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The invitation of each user names the other users who are invited.

    Stimulus: a group chat with two recipients.
    """
    group = bed.groups.invited(GroupOffer(), fmt)

    verify(
        invitations.others(group.invitation(one), [other.address])
        for one, other in ((bed.bob, bed.carol), (bed.carol, bed.bob))
    )


@pytest.mark.requirement("UNI-CHT-007b.7")
def test_inviting_user_need_not_be_known(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A user is invited by somebody who is in nobody's contact list.

    Stimulus: a group chat started by the last of the users, who invites the first two.
    """
    stranger = bed.actors[-1]
    group = bed.groups.started(GroupOffer(), fmt, by=stranger, invite=(bed.alice, bed.bob))

    verify(invitations.arrived(group.invitation(each), "UNI-CHT-007b.7") for each in group.invited)
