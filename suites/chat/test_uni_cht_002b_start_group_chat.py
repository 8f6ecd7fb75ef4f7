"""UNI-CHT-002b: start a group chat, closed or regular, with its services."""

import pytest
from hypothesis import given

from rcs_conformance.checks import group_creation
from rcs_conformance.checks.group_clauses import START
from rcs_conformance.checks.judging import member, succeeded
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer, Service
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.strategies import (
    group_offers,
    invalid_requests,
    with_corners,
    with_subject_corners,
)


@pytest.mark.requirement("UNI-CHT-002b.1")
def test_every_recipient_is_invited(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A group chat is created with several recipients, and each of them is invited.

    Stimulus: POST with two recipients, then GET of the chat by its originator.
    """
    group = bed.groups.start(GroupOffer(), fmt)
    verify(group_creation.started(group.creation))

    read = group.read(group.originator)

    verify(group_creation.all_invited(read, [each.address for each in group.invited]))


@pytest.mark.requirement("UNI-CHT-002b.2")
def test_session_id_is_returned(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The response identifies the session in header and body, and the chat is found there.

    Stimulus: POST of a group chat, then GET under the returned session id.
    """
    group = bed.groups.start(GroupOffer(), fmt)
    bed.require_success(group.creation, "UNI-CHT-002b.1")

    verify(group_creation.identified(group.creation, bed.path("group")))
    verify(group_creation.readable(group.read(group.originator)))


@pytest.mark.requirement("UNI-CHT-002b.3")
@with_subject_corners
@given(offer=group_offers())
def test_subject_is_shown_unchanged(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """Every participant is shown the subject unchanged.

    Stimulus: POST with a subject of any characters that fit on a line.
    """
    group = bed.groups.invited(offer, fmt)

    verify(group_creation.subject(group.read(each), group.subject) for each in group.everyone)


@pytest.mark.requirement("UNI-CHT-002b.3")
@pytest.mark.unmarked
def test_subject_may_be_left_out(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A group chat is created without a subject and shows none.

    Stimulus: POST without subject.
    """
    group = bed.groups.trial(GroupOffer(subject=None), fmt, control=GroupOffer())

    verify(
        group_creation.combination_accepted(group.creation, "UNI-CHT-002b.3", "without a subject")
    )
    group.await_invitations()
    verify(group_creation.subject(group.read(each), None) for each in group.everyone)


@pytest.mark.requirement("UNI-CHT-002b.4", "UNI-CHT-002b.5", "UNI-CHT-002b.6")
@with_corners
@given(offer=group_offers())
def test_closed_is_as_asked_for(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """The chat shows isClosed as requested, and false if it was not requested.

    Stimulus: POST with every combination of isClosed and supportedService.
    """
    control = GroupOffer(closed=False if offer.closed is None else None)
    group = bed.groups.trial(offer, fmt, control)

    clause = START.about_closed(offer.closed)
    verify(
        group_creation.combination_accepted(
            group.creation, clause, f"with {member('isClosed', offer.closed)}"
        )
    )
    group.await_invitations()
    verify(group_creation.closed(group.read(each), offer.closed) for each in group.everyone)


@pytest.mark.requirement("UNI-CHT-002b.7", "UNI-CHT-002b.8")
@with_corners
@given(offer=group_offers())
def test_services_are_those_asked_for(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """The chat has the requested services, and none if none were requested.

    Stimulus: POST with every combination of isClosed and supportedService.
    """
    control = GroupOffer(services=() if offer.services else (Service.FILE_TRANSFER,))
    group = bed.groups.trial(offer, fmt, control)

    clause = START.about_services(group.requested_services)
    verify(
        group_creation.combination_accepted(
            group.creation, clause, f"with {member('supportedService', group.requested_services)}"
        )
    )
    group.await_invitations()
    verify(
        group_creation.services(group.read(each), group.requested_services, group.services)
        for each in group.everyone
    )


@pytest.mark.requirement("UNI-CHT-002b.9")
def test_unknown_service_is_answered_in_order(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A service that the server does not know is ignored or rejected.

    Stimulus: POST with an unknown service beside file transfer.
    """
    known, unknown = bed.service_tokens([Service.FILE_TRANSFER]), "x-unheard-of"
    control = bed.groups.invited(GroupOffer(services=known), fmt)
    bed.require_met(group_creation.services(control.read(bed.alice), known, control.services))
    group = bed.groups.start(GroupOffer(services=(*known, unknown)), fmt)
    verify(group_creation.unknown_service_handled(group.creation))

    if succeeded(group.creation):
        read = group.read(group.originator)
        verify(group_creation.known_services_kept(read, group.services, unknown))


@pytest.mark.requirement("UNI-CHT-002b.10")
@pytest.mark.parametrize("value", ["maybe", "2", ""])
def test_closed_that_is_no_boolean_is_refused(
    bed: TestBed, verify: Verify, fmt: Format, value: str
) -> None:
    """A value of isClosed that is not a boolean is rejected, and no user is invited.

    Stimulus: POST with such a value, then a valid request, whose invitations mark the end of what
    the first one caused.
    """
    offer = GroupOffer(closed=True)
    rejected = bed.groups.start(offer, fmt, mutation=invalid_requests.with_value("isClosed", value))
    verify(group_creation.invalid_closed_rejected(rejected.creation, value))

    bed.groups.invited(GroupOffer(), fmt)

    subjects = bed.mailboxes.invitation_subjects(bed.bob, fmt)
    verify(
        group_creation.nothing_started("UNI-CHT-002b.10", subjects, rejected.marker, "POST groups")
    )
