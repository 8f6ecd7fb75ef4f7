"""UNI-CHT-004b: notify that a group chat was accepted, cancelled, declined or ended; services."""

import pytest
from hypothesis import given

from rcs_conformance.checks import chat_notifications, transfer_services
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import EventType
from rcs_conformance.model.offers import FileOffer, GroupOffer, Service
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import chat_waits
from rcs_conformance.scenario.situations import acceptances, group_endings
from rcs_conformance.strategies import (
    Declared,
    barred_offers,
    declarations,
    file_offers,
    group_offers,
    with_barred_corners,
    with_declared_corners,
)


@pytest.mark.requirement("UNI-CHT-004b.1")
def test_originator_is_told_of_acceptance(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The originator is notified that an invited user accepted.

    Stimulus: acceptance by one of two invited users.
    """
    group = bed.groups.invited(GroupOffer(), fmt)

    group.join(bed.bob)

    notified = chat_waits.accepted(group, bed.alice, bed.bob)
    verify(chat_notifications.notified(notified, "UNI-CHT-004b.1", f"{bed.bob.address} accepted"))


@pytest.mark.requirement("UNI-CHT-004b.2")
def test_invited_users_are_told_of_cancellation(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The invited users are notified that the invitation was cancelled.

    Stimulus: DELETE of the group by its originator before any acceptance.
    """
    group = bed.groups.invited(GroupOffer(), fmt)

    group.cancel()

    for each in group.invited:
        notified = chat_waits.event(group, each, EventType.SESSION_CANCELLED)
        verify(
            chat_notifications.notified(notified, "UNI-CHT-004b.2", "the invitation was cancelled")
        )


@pytest.mark.requirement("UNI-CHT-004b.2")
def test_one_user_is_told_of_cancellation(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A user is notified that its own invitation was cancelled.

    Stimulus: DELETE of an invited participant by the originator.
    """
    group = bed.groups.invited(GroupOffer(), fmt)

    bed.require_success(group.remove(bed.alice, bed.bob), "UNI-CHT-003b.1")

    notified = chat_waits.withdrawn(group, bed.bob)
    verify(chat_notifications.notified(notified, "UNI-CHT-004b.2", "its invitation was cancelled"))


@pytest.mark.requirement("UNI-CHT-004b.3")
def test_originator_is_told_of_decline(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The originator is notified that an invited user declined.

    Stimulus: one of two invited users declines.
    """
    group = bed.groups.invited(GroupOffer(), fmt)

    group.decline(bed.bob)

    notified = chat_waits.gone(group, bed.alice, bed.bob)
    verify(chat_notifications.notified(notified, "UNI-CHT-004b.3", f"{bed.bob.address} declined"))


@pytest.mark.requirement("UNI-CHT-004b.4")
def test_participants_are_told_of_end(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The participants are notified that the originator ended the chat.

    Stimulus: DELETE of the group by its originator after all invited users accepted; if the target
        does not support that, the trigger `end` or the originator's leaving.
    """
    group = bed.groups.established(GroupOffer(), fmt)

    group_endings.end(bed, group)

    notified = chat_waits.end(group, bed.bob)
    verify(chat_notifications.notified(notified, "UNI-CHT-004b.4", "the chat has ended"))


@pytest.mark.requirement("UNI-CHT-004b.5")
@with_declared_corners
@given(offer=group_offers(), declared=declarations())
def test_acceptance_is_told_with_services_of_chat(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer, declared: Declared
) -> None:
    """The notification of an acceptance carries the services of the chat.

    Stimulus: chats with every combination of closed and gc_services, accepted by an application
    that declares services of its own.
    """
    accepted = acceptances.accepted(bed, offer, fmt, declared[0])

    verify(chat_notifications.acceptance_services([accepted]))


@pytest.mark.requirement("UNI-CHT-004b.5")
def test_services_of_chat_mean_the_same_in_all_chats(
    bed: TestBed, verify: Verify, fmt: Format
) -> None:
    """The services in notifications of acceptance follow one reading, whatever is declared.

    Stimulus: chats with one service, accepted with the other; with both, accepted with one; with
        none, accepted with both.
    """
    accepted = [
        acceptances.accepted(bed, GroupOffer(services=start), fmt, declared)
        for start, declared in acceptances.TELLING
    ]

    verify(chat_notifications.acceptance_services(accepted))


@pytest.mark.requirement("UNI-CHT-004b.6")
@with_barred_corners
@given(offer=barred_offers(), file=file_offers())
def test_service_that_is_not_told_is_not_available(
    bed: TestBed, verify: Verify, fmt: Format, offer: GroupOffer, file: FileOffer
) -> None:
    """Files are rejected if the services notified with an acceptance leave out file transfer.

    Stimulus: chats without file transfer, accepted by applications that declare another service;
    a participant and the originator then offer a file each.
    """
    service, way = bed.transfers.service, bed.transfers.claimed(file)
    group = bed.groups.invited(bed.transfers.claimed_chat_offer(offer), fmt)
    for each in group.invited:
        group.join(each, (Service.GEOLOCATION_PUSH,))
    bed.transfers.require_left_out(group, service)

    offered = [
        bed.transfers.offer(by, group.others(by), fmt, file=way, chat=group)
        for by in (bed.bob, bed.alice)
    ]

    found = [
        transfer_services.unavailable(
            each.creation, "UNI-CHT-004b.6", "the notified services leave it out"
        )
        for each in offered
    ]
    verify(
        bed.owned(found, lambda: bed.transfers.rejected_without_service(ChatKind.GROUP, fmt, offer))
    )
