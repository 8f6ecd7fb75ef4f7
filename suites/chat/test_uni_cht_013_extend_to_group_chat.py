"""UNI-CHT-013: extend a confirmed 1-to-1 chat to a group chat, closed or regular."""

from dataclasses import replace

import pytest
from hypothesis import given

from rcs_conformance.checks import group_creation, invitations, participation
from rcs_conformance.checks.group_clauses import EXTENSION
from rcs_conformance.checks.judging import member
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import CheckResult, Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.strategies import group_offers, with_corners


@pytest.mark.requirement("UNI-CHT-013.1")
def test_one_user_makes_it_a_group(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Adding one user to a 1-to-1 chat makes a group chat of all three users.

    Stimulus: an extension with one user, then GET under the returned session id.
    """
    group = bed.groups.promoted(GroupOffer(), fmt, bed.carol)
    verify(group_creation.started(group.creation, EXTENSION))
    verify(group_creation.identified(group.creation, bed.path("group"), EXTENSION))

    read = group.read(bed.alice)

    verify(group_creation.readable(read, EXTENSION))
    everyone = [each.address for each in group.everyone]
    found = group_creation.all_named(read, everyone, EXTENSION)

    def otherwise() -> list[CheckResult]:
        started = bed.groups.started(GroupOffer(), fmt)
        return group_creation.all_named(started.read(bed.alice), everyone)

    verify(bed.owned(found, otherwise))


@pytest.mark.requirement("UNI-CHT-013.1")
def test_several_users_make_it_a_group(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Several users are added to a 1-to-1 chat with one request.

    Stimulus: an extension with two users, then GET of the group chat.
    """
    group = bed.groups.promoted(GroupOffer(), fmt, bed.carol, bed.dave)
    verify(group_creation.started(group.creation, EXTENSION))

    read = group.read(bed.alice)

    verify(group_creation.all_named(read, [each.address for each in group.everyone], EXTENSION))


@pytest.mark.requirement("UNI-CHT-013.1")
@pytest.mark.unmarked
def test_subject_may_be_left_out(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A 1-to-1 chat becomes a group chat without a subject.

    Stimulus: an extension without subject.
    """
    group = bed.groups.promoted(GroupOffer(subject=None), fmt, bed.carol)

    verify(group_creation.started(group.creation, EXTENSION))


@pytest.mark.requirement("UNI-CHT-013.2")
def test_all_but_the_originator_are_invited(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """All users except the originator of the request are invited, the 1-to-1 partner included.

    Stimulus: an extension with two users, or with one if the target file names three.
    """
    group = bed.groups.promoted(GroupOffer(), fmt, *bed.actors[2:4])
    bed.require_success(group.creation, "UNI-CHT-013.1")
    named = [each.address for each in group.everyone]
    bed.require_met(*group_creation.all_named(group.read(bed.alice), named, EXTENSION))

    verify(invitations.arrived(group.invitation(each), "UNI-CHT-013.2") for each in group.invited)


@pytest.mark.requirement("UNI-CHT-013.3", "UNI-CHT-013.4")
@with_corners
@given(offer=group_offers())
def test_closed_is_as_asked_for(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """The chat shows isClosed as requested, and false if it was not requested.

    Stimulus: extensions with every combination of isClosed and supportedService.
    """
    control = replace(offer, closed=False if offer.closed is None else None)
    group = bed.groups.promotion(offer, fmt, control)
    clause = EXTENSION.about_closed(offer.closed)
    verify(
        group_creation.combination_accepted(
            group.creation, clause, f"with {member('isClosed', offer.closed)}"
        )
    )

    group.await_invitations("UNI-CHT-013.2")
    found = [
        group_creation.closed(group.read(each), offer.closed, EXTENSION) for each in group.everyone
    ]

    def otherwise() -> list[CheckResult]:
        return [group_creation.closed(bed.groups.started(offer, fmt).read(bed.alice), offer.closed)]

    verify(bed.owned(found, otherwise))


@pytest.mark.requirement("UNI-CHT-013.5")
def test_extension_needs_a_session(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Extending a session that does not exist is rejected.

    Stimulus: an extension under an unknown session id.
    """
    group = bed.groups.extend(bed.sessions.nonexistent(fmt), GroupOffer(), bed.carol)

    what = "extend a session that does not exist"
    verify(participation.rejected(group.creation, "UNI-CHT-013.5", what))
