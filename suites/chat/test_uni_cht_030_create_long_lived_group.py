"""UNI-CHT-030: create a long-lived group chat, closed or regular, with its services."""

from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given

from rcs_conformance.checks import (
    group_creation,
    long_lived_groups,
    participation,
    received_messages,
)
from rcs_conformance.checks.group_clauses import CREATION, QUERY
from rcs_conformance.checks.judging import member
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer, Service
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.strategies import (
    group_offers,
    subject_offers,
    with_corners,
    with_subject_corners,
)


@pytest.mark.requirement("UNI-CHT-030.1")
def test_named_users_are_members(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A long-lived group is created, and each named user is a member.

    Stimulus: POST with two other users, then GET of the group by its creator.
    """
    group = bed.long_lived.start(GroupOffer(), fmt)
    verify(group_creation.started(group.creation, CREATION))

    read = group.read(group.originator)

    verify(long_lived_groups.members(read, [group.addition(each) for each in group.invited]))


@pytest.mark.requirement("UNI-CHT-030.1")
@with_subject_corners
@given(offer=subject_offers())
def test_group_has_its_subject(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """The group has the subject that it was created with.

    Stimulus: POST with a subject of any characters that fit on a line.
    """
    group = bed.long_lived.trial(offer, fmt, control=GroupOffer())

    verify(
        group_creation.combination_accepted(group.creation, CREATION.created, "with this subject")
    )
    read = group.read(group.originator)
    subject = partial(long_lived_groups.subject, read, expected=group.subject or "")
    verify(subject(group.additions_beside(subject(()))))


@pytest.mark.requirement("UNI-CHT-030.2")
def test_group_chat_id_is_returned(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The response identifies the group consistently, and the group is found there.

    Stimulus: POST of a long-lived group, then GET under the returned group chat id.
    """
    group = bed.long_lived.start(GroupOffer(), fmt)
    bed.require_success(group.creation, CREATION.created)
    template = bed.path("longLivedGroup")

    verify(
        group_creation.identified(group.creation, template, CREATION),
        long_lived_groups.ids_agree(group.creation, template),
    )
    verify(group_creation.readable(group.read(group.originator), CREATION))


@pytest.mark.requirement("UNI-CHT-030.8")
def test_every_group_has_an_id_of_its_own(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Each group has an id of its own, even if the requests were equal.

    Stimulus: the same request three times, without a client correlator.
    """
    group = bed.long_lived.started(GroupOffer(), fmt)

    created = [group.creation, group.start_again(), group.start_again()]

    for each in created:
        bed.require_success(each, CREATION.created)
    verify(long_lived_groups.ids_differ(created, [group.created_id(each) for each in created]))


@pytest.mark.requirement("UNI-CHT-030.3", "UNI-CHT-030.4")
@with_corners
@given(offer=group_offers())
def test_closed_is_as_asked_for(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """The chat shows isClosed as requested, and false if it was not requested.

    Stimulus: POST with every combination of isClosed and supportedService.
    """
    control = replace(offer, closed=False if offer.closed is None else None)
    group = bed.long_lived.trial(offer, fmt, control)

    clause = CREATION.about_closed(offer.closed)
    verify(
        group_creation.combination_accepted(
            group.creation, clause, f"with {member('isClosed', offer.closed)}"
        )
    )
    read = group.read(group.originator)
    closed = partial(long_lived_groups.closed, read, requested=offer.closed)
    verify(closed(group.additions_beside(closed(()))))


@pytest.mark.requirement("UNI-CHT-030.5", "UNI-CHT-030.6")
@with_corners
@given(offer=group_offers())
def test_services_are_those_asked_for(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer
) -> None:
    """The group has the requested services, and none if none were requested.

    Stimulus: POST with every combination of isClosed and supportedService.
    """
    control = replace(offer, services=() if offer.services else (Service.FILE_TRANSFER,))
    group = bed.long_lived.trial(offer, fmt, control)

    clause = CREATION.about_services(group.requested_services)
    verify(
        group_creation.combination_accepted(
            group.creation, clause, f"with {member('supportedService', group.requested_services)}"
        )
    )
    read = group.read(group.originator)
    requested, expected = group.requested_services, group.services
    services = partial(long_lived_groups.services, read, requested=requested, expected=expected)
    verify(services(group.additions_beside(services(()))))


@pytest.mark.requirement("UNI-CHT-030.7")
def test_members_post_at_once(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Every member is connected, posts and receives without accepting first.

    Stimulus: a message by each member as soon as it is notified that it was added.
    """
    group = bed.long_lived.established(GroupOffer(), fmt)
    clause = "UNI-CHT-030.7"

    texts = {each.address: group.text() for each in group.everyone}
    sent = [group.send(each, ChatMessage(text=texts[each.address])) for each in group.everyone]

    verify(participation.accepted(each, clause, "post without accepting") for each in sent)
    read, addresses = group.read(bed.alice), [each.address for each in group.everyone]
    bed.require_met(*group_creation.all_named(read, addresses, QUERY))
    verify(long_lived_groups.connected(read, each, clause) for each in addresses)
    got = message_waits.message(group, bed.carol, texts[bed.bob.address])
    verify(received_messages.goes_on(got, clause))
