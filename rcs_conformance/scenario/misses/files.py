"""Scenes of requests about file transfers: subscriptions to them, offers, acceptances."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.filetransfer import FileTransferAcceptanceNotification
from rcs_conformance.model.formats import Format
from rcs_conformance.scenario.misses.beginnings import with_picture
from rcs_conformance.scenario.misses.scene import Scene
from rcs_conformance.scenario.stage import Stage
from rcs_conformance.scenario.transfer import AS_BEFORE
from rcs_conformance.scenario.transfer_mail import OWNER
from rcs_conformance.strategies import samples
from rcs_conformance.strategies.attachments import PICTURE
from rcs_conformance.strategies.samples import Cast
from rcs_conformance.wire.created import created_id


def subscription(stage: Stage, fmt: Format) -> Scene:
    """A subscription of alice to file transfers; where it came about it is listed, and fed."""
    alice, trap = stage.alice, stage.mail.trap(stage.alice, fmt)
    refers = stage.claims.operation("POST ftSessions groupChatURL")

    def traces() -> Iterable[bytes]:
        yield from (each.body for each in trap.arrived())
        yield alice.send("GET", "ftSubscriptions", fmt=fmt).answer.body

    def undo(exchange: Exchange) -> None:
        found = created_id(exchange, stage.path("ftSubscription"), "subscriptionId")
        if found is not None:
            alice.send("DELETE", "ftSubscription", fmt=fmt, ids={"subscriptionId": found})

    return Scene(
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


def transfer(stage: Stage, fmt: Format) -> Scene:
    """A file that alice offers to bob by reference, outside of any chat."""
    return _offer(stage, fmt, stage.mail.shelve(PICTURE))


def transfer_by_value(stage: Stage, fmt: Format) -> Scene:
    """A file that alice sends along."""
    return replace(_offer(stage, fmt, None), written=with_picture(stage, fmt))


def _offer(stage: Stage, fmt: Format, url: str | None) -> Scene:
    cast = Cast(originator=stage.alice.address, others=(stage.bob.address,))
    return Scene(
        who=stage.alice,
        method="POST",
        resource="ftSessions",
        fmt=fmt,
        content=lambda marker: samples.transfer(cast, PICTURE, marker, url),
        clause=AS_BEFORE,
        watchers=(stage.bob,),
        about_files=True,
    )


def acceptance(stage: Stage, fmt: Format) -> Scene:
    """Bob's acceptance of a file that alice offers."""
    offered = stage.transfers.offered(stage.alice, (stage.bob,), fmt)
    readable = stage.claims.operation("GET ftSession")
    return Scene(
        who=stage.bob,
        method=next(iter(stage.binding.resources["ftStatus"].verbs)),
        resource="ftStatus",
        fmt=fmt,
        content=lambda _marker: samples.file_acceptance(),
        clause=AS_BEFORE,
        watchers=(stage.alice,),
        ids={"sessionId": offered.session_id(stage.bob)},
        state=(lambda: offered.read(stage.alice)) if readable else None,
        betrays=lambda who, content: (
            isinstance(content, FileTransferAcceptanceNotification)
            and offered.is_here(who, content)
        ),
        about_files=True,
    )
