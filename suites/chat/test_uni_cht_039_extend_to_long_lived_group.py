"""UNI-CHT-039: extend a confirmed 1-to-1 chat to a long-lived group chat."""

from dataclasses import replace

import pytest
from hypothesis import given

from rcs_conformance.checks import (
    added_notifications,
    group_creation,
    long_lived_groups,
    participation,
    policies,
    received_messages,
)
from rcs_conformance.checks.group_clauses import LONG_LIVED_EXTENSION, QUERY
from rcs_conformance.checks.judging import member, succeeded
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer, Service, SessionOffer
from rcs_conformance.model.results import CheckResult, Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.strategies import group_offers, with_corners

CLAUSE = LONG_LIVED_EXTENSION.created


@pytest.mark.requirement("UNI-CHT-039.1")
def test_extension_returns_an_id_or_is_refused(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A 1-to-1 chat becomes a long-lived group that is found under its id, or policy rejects it.

    Stimulus: an extension with one user.
    """
    session = bed.sessions.established(SessionOffer(), fmt)

    group = bed.long_lived.extend(session, GroupOffer(), bed.carol)

    policy = bed.target.policy.long_lived_extension
    verify(policies.decided(group.creation, CLAUSE, "make a long-lived group of it", policy))
    if succeeded(group.creation):
        template = bed.path("longLivedGroup")
        verify(
            group_creation.identified(group.creation, template, LONG_LIVED_EXTENSION),
            long_lived_groups.ids_agree(group.creation, template, LONG_LIVED_EXTENSION),
        )
        verify(group_creation.readable(group.read(bed.alice), LONG_LIVED_EXTENSION))


@pytest.mark.requirement("UNI-CHT-039.1")
def test_extension_makes_a_group_or_changes_nothing(
    bed: TestBed, verify: Verify, fmt: Format
) -> None:
    """An extension makes a group that can be read, or has no effect.

    Stimulus: an extension with one user; if it is rejected, a message in the 1-to-1 chat.
    """
    session = bed.sessions.established(SessionOffer(), fmt)

    group = bed.long_lived.extend(session, GroupOffer(), bed.carol)

    if succeeded(group.creation):
        verify(group_creation.readable(group.read(bed.alice), LONG_LIVED_EXTENSION))
    else:
        text = session.text()
        posted = session.send(bed.alice, ChatMessage(text=text))
        verify(participation.accepted(posted, CLAUSE, "go on in the 1-to-1 chat"))
        verify(received_messages.goes_on(message_waits.message(session, bed.bob, text), CLAUSE))
        subjects = bed.mailboxes.invitation_subjects(bed.bob, fmt)
        where = group.creation.request.operation
        verify(group_creation.nothing_started(CLAUSE, subjects, group.marker, where))


@pytest.mark.requirement("UNI-CHT-039.5", "UNI-CHT-039.6")
def test_users_become_members_and_are_told(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Both users of the 1-to-1 chat and the added one are members; those added are notified.

    Stimulus: an extension with one user.
    """
    group = bed.long_lived.promotion(GroupOffer(), fmt, GroupOffer(closed=False))
    bed.require_success(group.creation, CLAUSE)

    additions = [group.addition(each) for each in group.invited]

    read = group.read(bed.alice)
    verify(long_lived_groups.members(read, additions, "UNI-CHT-039.5"))
    verify(added_notifications.arrived(each, "UNI-CHT-039.6") for each in additions)


@pytest.mark.requirement("UNI-CHT-039.2")
@with_corners
@given(offer=group_offers())
def test_closed_is_as_asked_for(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """The chat shows isClosed as requested, and false if it was not requested.

    Stimulus: extensions with every combination of isClosed and supportedService.
    """
    control = replace(offer, closed=False if offer.closed is None else None)
    group = bed.long_lived.promotion(offer, fmt, control)
    what, requested = f"with {member('isClosed', offer.closed)}", offer.closed
    verify(group_creation.combination_accepted(group.creation, "UNI-CHT-039.2", what))

    found = group_creation.closed(group.read(bed.alice), requested, LONG_LIVED_EXTENSION)

    def otherwise() -> list[CheckResult]:
        created = bed.long_lived.started(offer, fmt)
        return [group_creation.closed(created.read(bed.alice), requested, QUERY)]

    verify(bed.owned([found], otherwise))


@pytest.mark.requirement("UNI-CHT-039.3")
@with_corners
@given(offer=group_offers())
def test_services_are_those_asked_for(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """The group has the requested services, and none if none were requested.

    Stimulus: extensions with every combination of isClosed and supportedService.
    """
    control = replace(offer, services=() if offer.services else (Service.FILE_TRANSFER,))
    group = bed.long_lived.promotion(offer, fmt, control)
    what, requested, right = (
        f"with {member('supportedService', group.requested_services)}",
        group.requested_services,
        group.services,
    )
    verify(group_creation.combination_accepted(group.creation, "UNI-CHT-039.3", what))

    found = group_creation.services(group.read(bed.alice), requested, right, LONG_LIVED_EXTENSION)

    def otherwise() -> list[CheckResult]:
        created = bed.long_lived.started(offer, fmt)
        return [group_creation.services(created.read(bed.alice), requested, right, QUERY)]

    verify(bed.owned([found], otherwise))


@pytest.mark.requirement("UNI-CHT-039.4")
def test_extension_needs_a_session(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Extending a session that does not exist is rejected.

    Stimulus: an extension under an unknown session id.
    """
    group = bed.long_lived.extend(bed.sessions.nonexistent(fmt), GroupOffer(), bed.carol)

    what = "extend a session that does not exist"
    verify(participation.rejected(group.creation, "UNI-CHT-039.4", what))
