"""Original requests about file transfers: subscriptions to them, offers, acceptances."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.filetransfer import FileTransferAcceptanceNotification
from rcs_conformance.model.formats import Format
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats.file_transfer import AS_BEFORE
from rcs_conformance.scenario.invalid_requests.creations import with_picture
from rcs_conformance.scenario.invalid_requests.original import OriginalRequest
from rcs_conformance.scenario.mailboxes.transfer_mailboxes import OWNER
from rcs_conformance.strategies import samples
from rcs_conformance.strategies.attachments import PICTURE
from rcs_conformance.strategies.samples import SampleUsers
from rcs_conformance.wire.created import created_id


def subscription(bed: TestBed, fmt: Format) -> OriginalRequest:
    """A subscription of alice to file transfers; where it came about it is listed, and fed."""
    alice, trap = bed.alice, bed.mailboxes.open(bed.alice, fmt)
    refers = bed.claims.operation("POST ftSessions groupChatURL")

    def traces() -> Iterable[bytes]:
        yield from (each.body for each in trap.arrived())
        yield alice.send("GET", "ftSubscriptions", fmt=fmt).answer.body

    def undo(exchange: Exchange) -> None:
        found = created_id(exchange, bed.path("ftSubscription"), "subscriptionId")
        if found is not None:
            alice.send("DELETE", "ftSubscription", fmt=fmt, ids={"subscriptionId": found})

    return OriginalRequest(
        who=alice,
        method="POST",
        resource="ftSubscriptions",
        fmt=fmt,
        content=lambda marker: samples.file_subscription(trap.url, fmt, marker, refers=refers),
        clause=OWNER,
        watchers=(alice,),
        elsewhere=traces,
        undo=undo,
        about_files=True,
    )


def transfer(bed: TestBed, fmt: Format) -> OriginalRequest:
    """A file that alice offers to bob by reference, outside of any chat."""
    return _offer(bed, fmt, bed.mailboxes.serve_file(PICTURE))


def transfer_by_value(bed: TestBed, fmt: Format) -> OriginalRequest:
    """A file that alice sends along."""
    return replace(_offer(bed, fmt, None), written=with_picture(bed, fmt))


def _offer(bed: TestBed, fmt: Format, url: str | None) -> OriginalRequest:
    users = SampleUsers(originator=bed.alice.address, others=(bed.bob.address,))
    return OriginalRequest(
        who=bed.alice,
        method="POST",
        resource="ftSessions",
        fmt=fmt,
        content=lambda marker: samples.transfer(users, PICTURE, marker, url),
        clause=AS_BEFORE,
        watchers=(bed.bob,),
        about_files=True,
    )


def acceptance(bed: TestBed, fmt: Format) -> OriginalRequest:
    """Bob's acceptance of a file that alice offers."""
    offered = bed.transfers.offered(bed.alice, (bed.bob,), fmt)
    readable = bed.claims.operation("GET ftSession")
    return OriginalRequest(
        who=bed.bob,
        method=next(iter(bed.binding.resources["ftStatus"].verbs)),
        resource="ftStatus",
        fmt=fmt,
        content=lambda _marker: samples.file_acceptance(),
        clause=AS_BEFORE,
        watchers=(bed.alice,),
        ids={"sessionId": offered.session_id(bed.bob)},
        state=(lambda: offered.read(bed.alice)) if readable else None,
        betrays=lambda who, content: (
            isinstance(content, FileTransferAcceptanceNotification)
            and offered.is_here(who, content)
        ),
        about_files=True,
    )
