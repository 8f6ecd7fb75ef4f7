"""UNI-CHT-007b: notify of an incoming group chat invitation and its services."""

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
    """Each invited user gets an invitation.

    Stimulus: a group chat with two recipients.
    """
    group = bed.groups.started(GroupOffer(), fmt)
    shown = group.read(bed.alice)
    bed.require_met(*group_creation.all_invited(shown, [each.address for each in group.invited]))

    verify(invitations.arrived(group.invitation(each)) for each in group.invited)


@pytest.mark.requirement("UNI-CHT-007b.1")
@pytest.mark.unmarked
def test_invitation_needs_no_subject(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Each invited user gets an invitation to a chat without a subject.

    Stimulus: a group chat with two recipients and without a subject.
    """
    group = bed.groups.started(GroupOffer(subject=None), fmt)

    verify(invitations.arrived(group.invitation(each)) for each in group.invited)


@pytest.mark.requirement("UNI-CHT-007b.2")
def test_invitation_names_inviting_user(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The invitation names the originator.

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
    """The invitation carries the subject unchanged.

    Stimulus: POST with a subject of any characters that fit on a line.
    """
    group = bed.groups.invited(offer, fmt)

    verify(invitations.subject(group.invitation(each), group.subject) for each in group.invited)


@pytest.mark.requirement("UNI-CHT-007b.3")
@pytest.mark.unmarked
def test_invitation_carries_no_subject(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The invitation carries no subject if none was requested.

    Stimulus: POST without subject.
    """
    group = bed.groups.invited(GroupOffer(subject=None), fmt)

    verify(invitations.subject(group.invitation(each), None) for each in group.invited)


@pytest.mark.requirement("UNI-CHT-007b.4")
@with_corners
@given(offer=group_offers())
def test_invitation_tells_whether_closed(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """The invitation says whether the chat is closed.

    Stimulus: POST with every combination of isClosed and supportedService.
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

    Stimulus: POST with every combination of isClosed and supportedService.
    """
    group = bed.groups.invited(offer, fmt)

    verify(invitations.services(group.invitation(each), group.services) for each in group.invited)


@pytest.mark.requirement("UNI-CHT-007b.6")
def test_invitation_names_the_others(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The invitation of each user names the other invited users.

    Stimulus: a group chat with two recipients.
    """
    group = bed.groups.invited(GroupOffer(), fmt)

    verify(
        invitations.others(group.invitation(one), [other.address])
        for one, other in ((bed.bob, bed.carol), (bed.carol, bed.bob))
    )


@pytest.mark.requirement("UNI-CHT-007b.7")
def test_inviting_user_need_not_be_known(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A user is invited by an originator that is in no contact list.

    Stimulus: a group chat that the last user starts with the first two.
    """
    stranger = bed.actors[-1]
    group = bed.groups.started(GroupOffer(), fmt, by=stranger, invite=(bed.alice, bed.bob))

    verify(invitations.arrived(group.invitation(each), "UNI-CHT-007b.7") for each in group.invited)


@pytest.mark.requirement("UNI-CHT-007b.8")
def test_name_is_passed_on(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The invitation has the name of the inviting user that the request gave.

    Stimulus: a chat with a name of its originator in several scripts.
    """
    offer = GroupOffer(name="Ana \u0416\u4e16 O'Neill")

    chat = bed.groups.invited(offer, fmt)

    verify(
        invitations.originator_name(chat.invitation(each), offer.name or "")
        for each in chat.invited
    )
