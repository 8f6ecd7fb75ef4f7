"""UNI-CHT-035: query a long-lived group chat."""

import pytest
from hypothesis import given

from rcs_conformance.checks import group_creation, long_lived_groups, participation
from rcs_conformance.checks.group_clauses import QUERY
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


@pytest.mark.requirement("UNI-CHT-035.1")
def test_answer_holds_the_participants(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Every member is shown all participants, including those added later.

    Stimulus: GET of a group by each of its members, after one more was added.
    """
    group = bed.long_lived.established(GroupOffer(), fmt, invite=(bed.bob,))
    bed.require_success(group.add(bed.alice, bed.carol), "UNI-CHT-031.1")
    bed.require(group.addition(bed.carol), "UNI-CHT-032.1")
    everyone = (*group.everyone, bed.carol)

    reads = [group.read(each) for each in everyone]

    addresses = [each.address for each in everyone]
    verify(*(group_creation.all_named(read, addresses, QUERY) for read in reads))


@pytest.mark.requirement("UNI-CHT-035.1")
def test_all_readings_show_the_same_participants(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The list of participants and each participant resource agree with the group.

    Stimulus: GET of a group, of its participants, and of each of them.
    """
    group = bed.long_lived.established(GroupOffer(), fmt)
    bed.claims.require_operation("GET longLivedParticipants")

    listed, whole = group.read_participants(bed.alice), group.read(bed.alice)
    alone = group.read_members(bed.alice)

    verify(
        participation.same_participants(whole, listed, QUERY.created),
        *(
            participation.same_entry(one, listed, each.address, QUERY.created)
            for each, one in alone
        ),
    )


@pytest.mark.requirement("UNI-CHT-035.2")
@with_subject_corners
@given(offer=subject_offers())
def test_answer_holds_the_subject(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """Every member is shown the subject unchanged.

    Stimulus: a subject of any characters that fit on a line.
    """
    group = bed.long_lived.established(offer, fmt, invite=(bed.bob,))
    reads = [group.read(each) for each in group.everyone]
    notified = [group.addition(each) for each in group.invited]
    bed.require_met(long_lived_groups.subject(reads[0], notified, group.subject or ""))

    verify(group_creation.subject(read, group.subject, "UNI-CHT-035.2") for read in reads)


@pytest.mark.requirement("UNI-CHT-035.3")
@with_corners
@given(offer=group_offers())
def test_answer_holds_the_services(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """Every member is shown the services of the group.

    Stimulus: POST with every combination of isClosed and supportedService.
    """
    group = bed.long_lived.established(offer, fmt)
    reads = [group.read(each) for each in group.everyone]
    notified = [group.addition(each) for each in group.invited]
    bed.require_met(
        long_lived_groups.services(reads[0], notified, group.requested_services, group.services)
    )

    verify(
        group_creation.services(read, group.requested_services, group.services, QUERY)
        for read in reads
    )


@pytest.mark.requirement("UNI-CHT-035.4")
@with_corners
@given(offer=group_offers())
def test_answer_tells_whether_closed(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """Every member is shown whether the group is closed.

    Stimulus: POST with every combination of isClosed and supportedService.
    """
    group = bed.long_lived.established(offer, fmt)
    reads = [group.read(each) for each in group.everyone]
    notified = [group.addition(each) for each in group.invited]
    bed.require_met(long_lived_groups.closed(reads[0], notified, offer.closed))

    verify(group_creation.closed(read, offer.closed, QUERY) for read in reads)


@pytest.mark.requirement("UNI-CHT-035.5")
def test_group_that_does_not_exist_is_not_found(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A group that does not exist returns not found.

    Stimulus: GET of an unknown group chat id.
    """
    read = bed.long_lived.nonexistent(fmt).read(bed.alice)

    verify(participation.not_found(read, "UNI-CHT-035.5", "a group that does not exist"))


@pytest.mark.requirement("UNI-CHT-035.5")
def test_group_of_others_is_not_shown(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """For a user that is not a member, a group is not found or forbidden.

    Stimulus: GET by a user that is not a member, under the id that the creator knows.
    """
    group = bed.long_lived.started(GroupOffer(), fmt, invite=(bed.bob,))
    group.ids[bed.last.address] = group.chat_id(bed.alice)

    read = group.read(bed.last)

    verify(participation.rejected(read, "UNI-CHT-035.5", "read a group that one is not part of"))
