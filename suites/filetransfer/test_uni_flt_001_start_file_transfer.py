"""UNI-FLT-001: start a file transfer, in a group chat where one is named."""

import pytest
from hypothesis import given

from rcs_conformance.checks import file_transfers, participation, transfer_services
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import EventType
from rcs_conformance.model.offers import FileOffer, GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, transfer
from rcs_conformance.strategies import (
    FILE_CORNERS,
    closed,
    file_offers,
    group_offers,
    with_chat_corners,
    with_corners,
    with_file_corners,
)

WAYS = pytest.mark.parametrize("by_value", [False, True], ids=["by_reference", "by_value"])
"""Both ways to offer a file."""

CANCELLED = (EventType.SESSION_CANCELLED, EventType.SESSION_ENDED)
"""What tells that a transfer comes to nothing: the binding leaves open which."""


@pytest.mark.requirement(group="UNI-FLT-001.1", long_lived="UNI-FLT-001.1")
@with_file_corners
@given(closed=closed(), file=file_offers())
def test_transfer_names_group_chat(
    stage: Stage,
    verify: Verify,
    kind: ChatKind,
    fmt: Format,
    closed: bool | None,
    file: FileOffer,
) -> None:
    """A file is offered in a group chat, to some or to all, and the transfer is shown with it.

    Stimulus: POST by reference and by value, the receivers named and left out, in chats with every
    value of closed.
    """
    offer = GroupOffer(closed=closed, services=(stage.transfers.service,))
    chat = stage.transfers.chat(kind, fmt, offer)
    way, users = stage.transfers.claimed(file), (stage.bob, stage.carol)

    offered = stage.transfers.offer(stage.alice, users, fmt, file=way, chat=chat)

    verify(file_transfers.accepted(offered.asked, transfer.IN_CHAT, "that names a group chat"))
    for each in offered.receivers:
        told = offered.invitation(each)
        verify(file_transfers.notified(told, transfer.IN_CHAT, "a file is offered in the chat"))
    for shown in (offered.asked, *offered.readings(stage.alice)):
        verify(file_transfers.names_chat(shown, transfer.reference(chat, stage.alice)))


@WAYS
@pytest.mark.requirement("UNI-FLT-001.2")
def test_file_is_offered_and_taken(
    stage: Stage, verify: Verify, fmt: Format, *, by_value: bool
) -> None:
    """Without a group chat, a file is offered, accepted and downloaded.

    Stimulus: POST to one user, who accepts.
    """
    way = FileOffer(by_value=by_value)

    offered = stage.transfers.offer(stage.alice, (stage.bob,), fmt, file=way)

    verify(file_transfers.accepted(offered.asked, transfer.AS_BEFORE, "outside of any chat"))
    told = offered.invitation(stage.bob)
    verify(file_transfers.notified(told, transfer.AS_BEFORE, "a file is offered"))
    verify(file_transfers.file_unchanged(told, offered.request))
    accepted = offered.accept(stage.bob)
    verify(participation.accepted(accepted, transfer.AS_BEFORE, "accept the file"))
    verify(
        file_transfers.notified(offered.acceptance(), transfer.AS_BEFORE, "the file was accepted")
    )
    url = offered.location(stage.bob)
    verify(file_transfers.located(url, stage.bob.address))
    verify(
        file_transfers.same_file(each, offered.file) for each in offered.downloads(stage.bob, url)
    )


@WAYS
@pytest.mark.requirement("UNI-FLT-001.2")
def test_file_is_declined(stage: Stage, verify: Verify, fmt: Format, *, by_value: bool) -> None:
    """Who is offered a file may decline it; its originator is told so.

    Stimulus: DELETE by the receiver before it accepts.
    """
    way = FileOffer(by_value=by_value)
    offered = stage.transfers.offered(stage.alice, (stage.bob,), fmt, file=way)

    declined = offered.delete(stage.bob)

    verify(participation.accepted(declined, transfer.AS_BEFORE, "decline the file"))
    told = offered.event(stage.alice, EventType.DECLINED)
    verify(file_transfers.notified(told, transfer.AS_BEFORE, "the file was declined"))


@WAYS
@pytest.mark.requirement("UNI-FLT-001.2")
def test_file_is_cancelled(stage: Stage, verify: Verify, fmt: Format, *, by_value: bool) -> None:
    """Who offers a file may cancel that before it is accepted; then nobody can accept.

    Stimulus: DELETE by the originator, then an acceptance.
    """
    way = FileOffer(by_value=by_value)
    offered = stage.transfers.offered(stage.alice, (stage.bob,), fmt, file=way)

    cancelled = offered.delete(stage.alice)

    verify(participation.accepted(cancelled, transfer.AS_BEFORE, "cancel the transfer"))
    told = offered.event(stage.bob, *CANCELLED)
    verify(file_transfers.notified(told, transfer.AS_BEFORE, "the transfer was cancelled"))
    late = offered.accept(stage.bob)
    verify(participation.rejected(late, transfer.AS_BEFORE, "accept a transfer that was cancelled"))


@pytest.mark.requirement("UNI-FLT-001.2")
@pytest.mark.parametrize("by_originator", [True, False], ids=["originator", "receiver"])
def test_file_is_aborted(stage: Stage, verify: Verify, fmt: Format, *, by_originator: bool) -> None:
    """Either user may abort a transfer that was accepted; the other one is told so.

    Stimulus: DELETE after the acceptance.
    """
    offered = stage.transfers.offered(stage.alice, (stage.bob,), fmt)
    offered.take(stage.bob)
    who, other = (stage.alice, stage.bob) if by_originator else (stage.bob, stage.alice)

    aborted = offered.delete(who)

    verify(participation.accepted(aborted, transfer.AS_BEFORE, "abort the transfer"))
    told = offered.event(other, *CANCELLED)
    verify(file_transfers.notified(told, transfer.AS_BEFORE, "the transfer was aborted"))


@pytest.mark.requirement("UNI-FLT-001.2")
def test_transfer_is_read(stage: Stage, verify: Verify, fmt: Format) -> None:
    """Both users read a transfer: who offers which file, and to whom.

    Stimulus: GET of the transfer by each of them.
    """
    stage.claims.require_operation("GET ftSession")
    offered = stage.transfers.offered(stage.alice, (stage.bob,), fmt)

    for each in (stage.alice, stage.bob):
        read = offered.read(each)
        verify(participation.accepted(read, transfer.AS_BEFORE, "read the transfer"))
        verify(file_transfers.shown(read, offered.request))


@pytest.mark.requirement(group="UNI-FLT-001.3", long_lived="UNI-FLT-001.3")
@pytest.mark.parametrize("file", FILE_CORNERS, ids=str)
def test_unknown_chat_is_refused(
    stage: Stage, verify: Verify, kind: ChatKind, fmt: Format, file: FileOffer
) -> None:
    """A transfer in a chat that does not exist is refused with an error of its own; nobody is told.

    Stimulus: POST with the URL of no chat, then one outside of any chat, which arrives.
    """
    nowhere = stage.transfers.nowhere(kind, fmt)
    way, bob = stage.transfers.claimed(file), (stage.bob,)

    refused = stage.transfers.offer(stage.alice, bob, fmt, file=way, chat=nowhere)

    verify(file_transfers.unknown_chat(refused.asked, stage.binding.errors))
    stage.transfers.offered(stage.alice, bob, fmt)
    verify(file_transfers.nothing_offered(refused.offers(stage.bob), stage.bob.address))


@pytest.mark.requirement(group="UNI-FLT-001.4", long_lived="UNI-FLT-001.4")
@with_chat_corners
@given(offer=group_offers(), file=file_offers())
def test_transfer_takes_the_service(
    stage: Stage, verify: Verify, kind: ChatKind, fmt: Format, offer: GroupOffer, file: FileOffer
) -> None:
    """A file is offered in a chat just where the chat was notified with that service.

    Stimulus: POST by a user who was told the services, in chats with every combination of closed
    and gc_services.
    """
    chat = stage.transfers.chat(kind, fmt, offer)
    way, others = stage.transfers.claimed(file), (stage.alice, stage.carol)

    offered = stage.transfers.offer(stage.bob, others, fmt, file=way, chat=chat)

    services = stage.transfers.told_services(chat, stage.bob)
    found = transfer_services.as_notified(
        offered.asked, stage.transfers.service, services, stage.binding.errors
    )
    verify(stage.owned([found], lambda: stage.transfers.granted(kind, fmt, offer, way)))


@pytest.mark.requirement(group="UNI-FLT-001.5", long_lived="UNI-FLT-001.5")
@with_corners
@given(offer=group_offers())
def test_chat_tells_whether_it_takes_files(
    stage: Stage, verify: Verify, kind: ChatKind, fmt: Format, offer: GroupOffer
) -> None:
    """Whoever takes part in a chat reads whether it supports file transfer.

    Stimulus: GET of chats with every combination of closed and gc_services by their participants.
    """
    chat = stage.transfers.chat(kind, fmt, offer)

    found = [
        transfer_services.readable(
            chat.read(each), stage.transfers.service, stage.transfers.told_services(chat, each)
        )
        for each in chat.invited
    ]
    verify(stage.owned(found, lambda: stage.transfers.services_shown(kind, fmt, offer)))


@pytest.mark.requirement(long_lived="UNI-FLT-001.5")
def test_chat_tells_whether_it_takes_files_now(
    stage: Stage, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """When the services of a chat have changed, it is read whether it supports file transfer now.

    Stimulus: the trigger `services`, by which the group loses file transfer, then GET by each.
    """
    group = stage.transfers.chat(kind, fmt)

    stage.transfers.change(group, without=True)

    for each in group.everyone:
        verify(transfer_services.readable(group.read(each), stage.transfers.service, ()))
