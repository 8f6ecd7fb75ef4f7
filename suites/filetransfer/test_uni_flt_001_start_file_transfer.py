"""UNI-FLT-001: start a file transfer, in a group chat if one is named."""

from functools import partial

import pytest
from hypothesis import given

from rcs_conformance.checks import file_transfers, participation, transfer_services
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import EventType
from rcs_conformance.model.offers import FileOffer, GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import file_transfer
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
    bed: TestBed,
    verify: Verify,
    kind: ChatKind,
    fmt: Format,
    closed: bool | None,
    file: FileOffer,
) -> None:
    """A file is offered in a group chat to some or all participants, and the transfer names it.

    Stimulus: POST by reference and by value, the receivers named and left out, in chats with every
    value of isClosed.
    """
    offer = GroupOffer(closed=closed, services=(bed.transfers.service,))
    chat = bed.transfers.chat(kind, fmt, offer)
    way, users = bed.transfers.claimed(file), (bed.bob, bed.carol)

    offered = bed.transfers.offer(bed.alice, users, fmt, file=way, chat=chat)

    verify(
        file_transfers.accepted(offered.creation, file_transfer.IN_CHAT, "that names a group chat")
    )
    for each in offered.receivers:
        notified = offered.invitation(each)
        verify(
            file_transfers.notified(
                notified, file_transfer.IN_CHAT, "a file is offered in the chat"
            )
        )
    for shown in (offered.creation, *offered.readings(bed.alice)):
        verify(file_transfers.names_chat(shown, file_transfer.reference(chat, bed.alice)))


@pytest.mark.requirement(group="UNI-FLT-001.1", long_lived="UNI-FLT-001.1")
def test_any_participant_offers_to_all(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A file that a participant offers without receivers is offered to all others.

    Stimulus: POST by a participant that did not start the chat.
    """
    chat = bed.transfers.chat(kind, fmt)
    file, others = FileOffer(names_receivers=False), (bed.alice, bed.carol)

    offered = bed.transfers.offer(bed.bob, others, fmt, file=file, chat=chat)

    clause = file_transfer.IN_CHAT
    verify(file_transfers.accepted(offered.creation, clause, "to all connected participants"))
    for each in others:
        notified = offered.invitation(each)
        verify(file_transfers.notified(notified, clause, "a file is offered in the chat"))


@WAYS
@pytest.mark.requirement("UNI-FLT-001.2")
def test_file_is_offered_and_taken(
    bed: TestBed, verify: Verify, fmt: Format, *, by_value: bool
) -> None:
    """A file is offered, accepted and downloaded outside of a group chat.

    Stimulus: POST to one user, who accepts.
    """
    way = FileOffer(by_value=by_value)

    offered = bed.transfers.offer(bed.alice, (bed.bob,), fmt, file=way)

    verify(
        file_transfers.accepted(offered.creation, file_transfer.AS_BEFORE, "outside of any chat")
    )
    notified = offered.invitation(bed.bob)
    verify(file_transfers.notified(notified, file_transfer.AS_BEFORE, "a file is offered"))
    verify(file_transfers.file_unchanged(notified, offered.request))
    accepted = offered.accept(bed.bob)
    verify(participation.accepted(accepted, file_transfer.AS_BEFORE, "accept the file"))
    verify(
        file_transfers.notified(
            offered.acceptance(), file_transfer.AS_BEFORE, "the file was accepted"
        )
    )
    url = offered.location(bed.bob)
    verify(file_transfers.located(url, bed.bob.address))
    verify(file_transfers.same_file(each, offered.file) for each in offered.downloads(bed.bob, url))


@WAYS
@pytest.mark.requirement("UNI-FLT-001.2")
def test_file_is_declined(bed: TestBed, verify: Verify, fmt: Format, *, by_value: bool) -> None:
    """A receiver declines a file, and the originator is notified.

    Stimulus: DELETE by the receiver before it accepts.
    """
    way = FileOffer(by_value=by_value)
    offered = bed.transfers.offered(bed.alice, (bed.bob,), fmt, file=way)

    declined = offered.delete(bed.bob)

    verify(participation.accepted(declined, file_transfer.AS_BEFORE, "decline the file"))
    notified = offered.event(bed.alice, EventType.DECLINED)
    verify(file_transfers.notified(notified, file_transfer.AS_BEFORE, "the file was declined"))


@WAYS
@pytest.mark.requirement("UNI-FLT-001.2")
def test_file_is_cancelled(bed: TestBed, verify: Verify, fmt: Format, *, by_value: bool) -> None:
    """The originator cancels a file before it is accepted; it can no longer be accepted.

    Stimulus: DELETE by the originator, then an acceptance.
    """
    way = FileOffer(by_value=by_value)
    offered = bed.transfers.offered(bed.alice, (bed.bob,), fmt, file=way)

    cancelled = offered.delete(bed.alice)

    verify(participation.accepted(cancelled, file_transfer.AS_BEFORE, "cancel the transfer"))
    notified = offered.event(bed.bob, *CANCELLED)
    verify(file_transfers.notified(notified, file_transfer.AS_BEFORE, "the transfer was cancelled"))
    late = offered.accept(bed.bob)
    verify(
        participation.rejected(
            late, file_transfer.AS_BEFORE, "accept a transfer that was cancelled"
        )
    )


@pytest.mark.requirement("UNI-FLT-001.2")
@pytest.mark.parametrize("by_originator", [True, False], ids=["originator", "receiver"])
def test_file_is_aborted(bed: TestBed, verify: Verify, fmt: Format, *, by_originator: bool) -> None:
    """Either user aborts an accepted transfer, and the other one is notified.

    Stimulus: DELETE after the acceptance.
    """
    offered = bed.transfers.offered(bed.alice, (bed.bob,), fmt)
    offered.take(bed.bob)
    who, other = (bed.alice, bed.bob) if by_originator else (bed.bob, bed.alice)

    aborted = offered.delete(who)

    verify(participation.accepted(aborted, file_transfer.AS_BEFORE, "abort the transfer"))
    notified = offered.event(other, *CANCELLED)
    verify(file_transfers.notified(notified, file_transfer.AS_BEFORE, "the transfer was aborted"))


@pytest.mark.requirement("UNI-FLT-001.2")
def test_transfer_is_read(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Both users are shown the transfer: originator, file and receivers.

    Stimulus: GET of the transfer by each of them.
    """
    bed.claims.require_operation("GET ftSession")
    offered = bed.transfers.offered(bed.alice, (bed.bob,), fmt)

    for each in (bed.alice, bed.bob):
        read = offered.read(each)
        verify(participation.accepted(read, file_transfer.AS_BEFORE, "read the transfer"))
        verify(file_transfers.shown(read, offered.request))


@pytest.mark.requirement("UNI-FLT-001.2")
def test_transfer_shows_whether_it_was_accepted(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A transfer is shown as connected once its only receiver has accepted, and not before.

    Stimulus: GET of the transfer by each user, before and after the acceptance.
    """
    bed.claims.require_operation("GET ftSession")
    offered = bed.transfers.offered(bed.alice, (bed.bob,), fmt)

    before = [offered.read(each) for each in (bed.alice, bed.bob)]
    offered.take(bed.bob)
    after = [offered.read(each) for each in (bed.alice, bed.bob)]

    verify(file_transfers.acceptance_shown(each, accepted=False) for each in before)
    verify(file_transfers.acceptance_shown(each, accepted=True) for each in after)


@pytest.mark.requirement(group="UNI-FLT-001.3", long_lived="UNI-FLT-001.3")
@pytest.mark.parametrize("file", FILE_CORNERS, ids=str)
def test_unknown_chat_is_refused(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format, file: FileOffer
) -> None:
    """A transfer in a chat that does not exist is rejected with SVC3001; no user is notified.

    Stimulus: POST with the URL of a chat that does not exist, then a transfer outside of chats,
    which arrives.
    """
    nonexistent = bed.transfers.nonexistent(kind, fmt)
    way, bob = bed.transfers.claimed(file), (bed.bob,)

    rejected = bed.transfers.offer(bed.alice, bob, fmt, file=way, chat=nonexistent)

    verify(file_transfers.unknown_chat(rejected.creation, bed.binding.errors))
    bed.transfers.offered(bed.alice, bob, fmt)
    verify(file_transfers.nothing_offered(rejected.offers(bed.bob), bed.bob.address))


@pytest.mark.requirement(group="UNI-FLT-001.3", long_lived="UNI-FLT-001.3")
def test_chat_of_another_server_is_refused(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A transfer in a chat of a server that does not exist is rejected; no user is notified.

    Stimulus: POST with the URL of a chat that exists nowhere, at a host that does not exist, then
    a transfer outside of chats, which arrives.
    """
    nonexistent, bob = bed.transfers.nonexistent(kind, fmt), (bed.bob,)
    way = FileOffer(elsewhere=True)

    rejected = bed.transfers.offer(bed.alice, bob, fmt, file=way, chat=nonexistent)

    verify(
        participation.rejected(
            rejected.creation, file_transfer.NO_CHAT, "offer a file in a chat of another server"
        )
    )
    bed.transfers.offered(bed.alice, bob, fmt)
    verify(file_transfers.nothing_offered(rejected.offers(bed.bob), bed.bob.address))


@pytest.mark.requirement(long_lived="UNI-FLT-001.6")
def test_what_was_set_last_decides(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """File transfer is accepted as declared at the start, and then as it was changed last.

    Stimulus: a group with file transfer; the trigger `services`, which removes it and adds it
    again; a file before and after each change.
    """
    group = bed.transfers.chat(kind, fmt)
    ask = partial(bed.transfers.offer, bed.alice, (bed.bob,), fmt)
    bed.require_success(ask(chat=group).creation, "UNI-FLT-001.4")
    bed.transfers.change(group, without=True)
    bed.require_met(
        transfer_services.unavailable(
            ask(chat=group).creation, "UNI-CHT-037.2", "it lost the service"
        )
    )

    bed.transfers.change(group, without=False)

    what = "it has the service again"
    verify(transfer_services.available(ask(chat=group).creation, "UNI-FLT-001.6", what))


@pytest.mark.requirement(group="UNI-FLT-001.4", long_lived="UNI-FLT-001.4")
@with_chat_corners
@given(offer=group_offers(), file=file_offers())
def test_transfer_takes_the_service(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format, offer: GroupOffer, file: FileOffer
) -> None:
    """A file is accepted in a chat exactly if the notified services include file transfer.

    Stimulus: POST by a participant in chats with every combination of isClosed and
    supportedService.
    """
    chat = bed.transfers.chat(kind, fmt, offer)
    way, others = bed.transfers.claimed(file), (bed.alice, bed.carol)

    offered = bed.transfers.offer(bed.bob, others, fmt, file=way, chat=chat)

    services = bed.transfers.notified_services(chat, bed.bob)
    found = transfer_services.as_notified(
        offered.creation, bed.transfers.service, services, bed.binding.errors
    )
    verify(bed.owned([found], lambda: bed.transfers.accepted_with_service(kind, fmt, offer, way)))


@pytest.mark.requirement(group="UNI-FLT-001.5", long_lived="UNI-FLT-001.5")
@with_corners
@given(offer=group_offers())
def test_chat_tells_whether_it_takes_files(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format, offer: GroupOffer
) -> None:
    """Every participant is shown whether the chat supports file transfer.

    Stimulus: GET of chats with every combination of isClosed and supportedService by their
    participants.
    """
    chat = bed.transfers.chat(kind, fmt, offer)

    found = [
        transfer_services.readable(
            chat.read(each), bed.transfers.service, bed.transfers.notified_services(chat, each)
        )
        for each in chat.invited
    ]
    verify(bed.owned(found, lambda: bed.transfers.services_shown(kind, fmt, offer)))


@pytest.mark.requirement(long_lived="UNI-FLT-001.5")
def test_chat_tells_whether_it_takes_files_now(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """After a change of services, members are shown whether the group supports file transfer.

    Stimulus: the trigger `services`, which removes file transfer, then GET by each member.
    """
    group = bed.transfers.chat(kind, fmt)

    bed.transfers.change(group, without=True)

    for each in group.everyone:
        verify(transfer_services.readable(group.read(each), bed.transfers.service, ()))
