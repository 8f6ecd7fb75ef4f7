"""UNI-FLT-005: notify of a file transfer invitation and its group chat."""

import pytest
from hypothesis import given

from rcs_conformance.checks import participation, transfer_invitations
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import FileOffer, GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import file_transfer
from rcs_conformance.strategies import FILE_CORNERS, closed, file_offers, with_file_corners


@pytest.mark.requirement("UNI-FLT-005.1")
def test_clients_subscribe_with_the_reference(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A client subscribes with groupChatReferenceSupported.

    Stimulus: POST of a subscription to file transfers, DELETE.
    """
    subscription = bed.transfer_mailboxes.subscribe(bed.alice, fmt, supported=True)

    clause = "UNI-FLT-005.1"
    verify(participation.accepted(subscription.creation, clause, "subscribe to file transfers"))
    deleted = subscription.delete()
    verify(participation.accepted(deleted, clause, "end the subscription"))


@pytest.mark.requirement(group="UNI-FLT-005.1", long_lived="UNI-FLT-005.1")
@with_file_corners
@given(closed=closed(), file=file_offers())
def test_invitation_names_the_chat(
    bed: TestBed,
    verify: Verify,
    kind: ChatKind,
    fmt: Format,
    closed: bool | None,
    file: FileOffer,
) -> None:
    """An invitation to a file in a group chat names the chat as its receiver knows it.

    Stimulus: POST by a participant, by reference and by value, the receivers named and left out.
    """
    offer = GroupOffer(closed=closed, services=(bed.transfers.service,))
    chat = bed.transfers.chat(kind, fmt, offer)
    way, others = bed.transfers.claimed(file), (bed.alice, bed.carol)

    offered = bed.transfers.offered(bed.bob, others, fmt, file=way, chat=chat)

    for each in offered.receivers:
        notified = offered.invitation(each)
        verify(transfer_invitations.refers(notified, file_transfer.reference(chat, each)))


@pytest.mark.requirement("UNI-FLT-005.2")
@pytest.mark.parametrize("file", FILE_CORNERS[::2], ids=str)
def test_invitation_outside_names_no_chat(
    bed: TestBed, verify: Verify, fmt: Format, file: FileOffer
) -> None:
    """An invitation to a file outside of group chats names no chat, even if both users share one.

    Stimulus: POST to a user that also takes part in a chat, after one in that chat.
    """
    chat, way = bed.transfers.chat(bed.claims.some_group(), fmt), bed.transfers.claimed(file)
    bed.transfers.offered(bed.alice, (bed.bob,), fmt, file=way, chat=chat)

    offered = bed.transfers.offered(bed.alice, (bed.bob,), fmt, file=way)

    verify(transfer_invitations.refers_to_none(offered.invitation(bed.bob)))


@pytest.mark.requirement(group="UNI-FLT-005.3", long_lived="UNI-FLT-005.3")
@pytest.mark.parametrize("file", FILE_CORNERS, ids=str)
def test_reference_is_withheld(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format, file: FileOffer
) -> None:
    """A client that does not support the reference gets no invitation with it.

    Stimulus: POST in a chat whose receivers subscribed with groupChatReferenceSupported false; then
    a transfer outside of chats, which marks the end of what the first one caused.
    """
    bed.transfers.require_opt_in_by_subscription()
    chat = bed.transfers.chat(kind, fmt)
    way, users = bed.transfers.claimed(file), (bed.bob, bed.carol)

    offered = bed.transfers.offer(bed.alice, users, fmt, file=way, chat=chat, supported=False)

    bed.require_success(offered.creation, file_transfer.IN_CHAT)
    for each in users:
        bed.transfers.offer(bed.alice, (each,), fmt, supported=False).await_invitations()
        verify(transfer_invitations.withheld(offered.offers(each), each.address))
