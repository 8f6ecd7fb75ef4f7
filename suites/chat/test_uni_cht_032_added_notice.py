"""UNI-CHT-032: notify a user that it was added to a long-lived group chat."""

import pytest
from hypothesis import given

from rcs_conformance.checks import added_notifications, long_lived_groups
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.strategies import (
    group_offers,
    subject_offers,
    with_corners,
    with_subject_corners,
)


@pytest.mark.requirement("UNI-CHT-032.1")
def test_members_are_told_at_creation(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Each user that becomes a member at the creation of the group is notified.

    Stimulus: a group that is created with two other users.
    """
    group = bed.long_lived.started(GroupOffer(), fmt)
    notified = [group.addition(each) for each in group.invited]
    bed.require_met(*long_lived_groups.members(group.read(bed.alice), notified))

    verify(added_notifications.arrived(each) for each in notified)


@pytest.mark.requirement("UNI-CHT-032.1")
def test_members_are_told_later(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Each user that is added later is notified.

    Stimulus: POST of one participant by the creator of a group, and by another member of a second
    group.
    """
    for by in (bed.alice, bed.bob):
        group = bed.long_lived.established(GroupOffer(), fmt, invite=(bed.bob,))
        bed.require_success(group.add(by, bed.carol), "UNI-CHT-031.1")
        notified = group.addition(bed.carol)
        bed.require_met(
            *long_lived_groups.members(group.read(bed.alice), [notified], "UNI-CHT-031.1")
        )
        verify(added_notifications.arrived(notified))


@pytest.mark.requirement("UNI-CHT-032.2")
def test_notice_is_about_the_group(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The notification has information about the group, and names no user outside of it.

    Stimulus: a group with one other user, and one that is added later.
    """
    group = bed.long_lived.established(GroupOffer(), fmt, invite=(bed.bob,))
    bed.require_success(group.add(bed.alice, bed.carol), "UNI-CHT-031.1")
    bed.require(group.addition(bed.carol), "UNI-CHT-032.1")

    read = group.read(bed.alice)
    verify(
        added_notifications.about_group(group.addition(each), read) for each in (bed.bob, bed.carol)
    )


@pytest.mark.requirement("UNI-CHT-032.2")
def test_notice_names_the_inviting_user(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The notification names the creator of the group; later also the user who added another one.

    Stimulus: a group with one other user, who adds a third one.
    """
    group = bed.long_lived.established(GroupOffer(), fmt, invite=(bed.bob,))
    bed.require_success(group.add(bed.bob, bed.carol), "UNI-CHT-031.1")
    bed.require(group.addition(bed.carol), "UNI-CHT-032.1")

    creator, adding = bed.alice.address, bed.bob.address
    verify(
        added_notifications.originator(group.addition(bed.bob), [creator]),
        added_notifications.originator(group.addition(bed.carol), [creator, adding]),
    )


@pytest.mark.requirement("UNI-CHT-032.4")
def test_notice_leads_to_the_group(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The notification carries the group chat id, under which the user finds the group.

    Stimulus: a group with one other user and one that is added later; GET by each of them.
    """
    group = bed.long_lived.established(GroupOffer(), fmt, invite=(bed.bob,))
    bed.require_success(group.add(bed.alice, bed.carol), "UNI-CHT-031.1")
    bed.require(group.addition(bed.carol), "UNI-CHT-032.1")

    for each in (bed.bob, bed.carol):
        read, template = group.read(each), bed.path("longLivedGroup")
        verify(added_notifications.leads_to_group(group.addition(each), read, template))


@pytest.mark.requirement("UNI-CHT-032.4")
@with_subject_corners
@given(offer=subject_offers())
def test_notice_tells_the_subject(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """The notification carries the subject unchanged, at creation and later.

    Stimulus: a subject of any characters that fit on a line.
    """
    group = bed.long_lived.established(offer, fmt, invite=(bed.bob,))
    notified, read = [group.addition(bed.bob)], group.read(bed.alice)
    bed.require_met(long_lived_groups.subject(read, notified, group.subject or ""))
    bed.require_success(group.add(bed.alice, bed.carol), "UNI-CHT-031.1")
    notified.append(group.addition(bed.carol))

    verify(added_notifications.subject(each, group.subject or "") for each in notified)


@pytest.mark.requirement("UNI-CHT-032.2", when="closed_group_chat")
@with_corners
@given(offer=group_offers())
def test_notice_tells_closed_truly(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """If the notification says whether the group is closed, it is right.

    Stimulus: POST with every combination of isClosed and supportedService.
    """
    group = bed.long_lived.established(offer, fmt)
    notified, read = [group.addition(each) for each in group.invited], group.read(bed.alice)
    bed.require_met(long_lived_groups.closed(read, notified, offer.closed))

    verify(added_notifications.closed(each, offer.closed) for each in notified)


@pytest.mark.requirement("UNI-CHT-032.3")
@with_corners
@given(offer=group_offers())
def test_notice_carries_services(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """The notification carries the services of the group.

    Stimulus: POST with every combination of isClosed and supportedService.
    """
    group = bed.long_lived.established(offer, fmt)
    notified, read = [group.addition(each) for each in group.invited], group.read(bed.alice)
    bed.require_met(
        long_lived_groups.services(read, notified, group.requested_services, group.services)
    )

    verify(added_notifications.services(each, group.services) for each in notified)
