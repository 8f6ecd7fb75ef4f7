"""Scenes of requests that begin something: from subscriptions and channels to extensions."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from rcs_conformance.driver import Body
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.scenario.channels import CLAUSE as OF_CHANNELS
from rcs_conformance.scenario.misses.scene import Scene
from rcs_conformance.scenario.stage import Stage
from rcs_conformance.strategies import samples
from rcs_conformance.strategies.attachments import PICTURE
from rcs_conformance.strategies.samples import Cast
from rcs_conformance.wire.created import created_id


def subscription(stage: Stage, fmt: Format) -> Scene:
    """A subscription of alice; where it came about she is told of what happens through it."""
    alice, trap = stage.alice, stage.mail.trap(stage.alice, fmt)

    def traces() -> Iterable[bytes]:
        yield from (each.body for each in trap.arrived())
        if stage.claims.operation("GET subscriptions"):
            yield alice.send("GET", "subscriptions", fmt=fmt).answer.body

    def undo(exchange: Exchange) -> None:
        found = created_id(exchange, stage.path("subscription"), "subscriptionId")
        if found is not None:
            alice.send("DELETE", "subscription", fmt=fmt, ids={"subscriptionId": found})

    return Scene(
        who=alice,
        method="POST",
        resource="subscriptions",
        fmt=fmt,
        content=lambda marker: samples.subscription(trap.url, fmt, marker),
        clause="TS-CHAT-4.1.1",
        watchers=(alice,),
        elsewhere=traces,
        undo=undo,
    )


def channel(stage: Stage, fmt: Format) -> Scene:
    """A notification channel of alice; where it came about it is listed."""
    alice = stage.alice

    def undo(exchange: Exchange) -> None:
        found = created_id(exchange, stage.path("channel"), "channelId")
        if found is not None:
            alice.send("DELETE", "channel", fmt=fmt, ids={"channelId": found})

    return Scene(
        who=alice,
        method="POST",
        resource="channels",
        fmt=fmt,
        content=samples.channel,
        clause=OF_CHANNELS,
        watchers=(),
        elsewhere=lambda: (alice.send("GET", "channels", fmt=fmt).answer.body,),
        undo=undo,
    )


def session(stage: Stage, fmt: Format) -> Scene:
    """A 1-to-1 session of alice with bob."""
    return _session(stage, fmt, first=False)


def session_with_message(stage: Stage, fmt: Format) -> Scene:
    """A 1-to-1 session that begins with a message."""
    return _session(stage, fmt, first=True)


def session_with_content(stage: Stage, fmt: Format) -> Scene:
    """A 1-to-1 session that begins with a picture."""
    scene = _session(stage, fmt, first=True)
    return replace(scene, clause="UNI-CHT-001a.4", written=with_picture(stage, fmt))


def _session(stage: Stage, fmt: Format, *, first: bool) -> Scene:
    cast = Cast(originator=stage.alice.address, others=(stage.bob.address,))
    return Scene(
        who=stage.alice,
        method="POST",
        resource="oneToOneSessions",
        fmt=fmt,
        content=lambda marker: samples.session(cast, marker, first=first),
        clause="UNI-CHT-001a.1" if first else "UNI-CHT-001.1",
        watchers=(stage.bob,),
        ids={"otherUserId": stage.bob.address},
    )


def group(stage: Stage, fmt: Format) -> Scene:
    """A group chat of alice, bob and carol."""
    cast = everybody(stage)
    return Scene(
        who=stage.alice,
        method="POST",
        resource="groups",
        fmt=fmt,
        content=lambda marker: samples.group(cast, marker),
        clause="UNI-CHT-002b.1",
        watchers=(stage.bob, stage.carol),
    )


def long_lived(stage: Stage, fmt: Format) -> Scene:
    """A long-lived group of alice, bob and carol."""
    cast = everybody(stage)
    return Scene(
        who=stage.alice,
        method="POST",
        resource="longLivedGroups",
        fmt=fmt,
        content=lambda marker: samples.long_lived(cast, marker),
        clause="UNI-CHT-030.1",
        watchers=(stage.bob, stage.carol),
    )


def extension(stage: Stage, fmt: Format) -> Scene:
    """The extension by carol of a session between alice and bob."""
    return _extension(stage, fmt, "oneToOneExtend", "UNI-CHT-013.1")


def long_lived_extension(stage: Stage, fmt: Format) -> Scene:
    """Such an extension to a long-lived group; the operator may forbid it."""
    scene = _extension(stage, fmt, "oneToOneExtendLongLived", "UNI-CHT-039.1")
    return replace(scene, by_policy=True)


def _extension(stage: Stage, fmt: Format, resource: str, clause: str) -> Scene:
    chat = stage.sessions.established(SessionOffer(), fmt)
    cast = Cast(
        originator=stage.alice.address,
        others=(stage.carol.address,),
        services=services(stage),
    )
    return Scene(
        who=stage.alice,
        method="POST",
        resource=resource,
        fmt=fmt,
        content=lambda marker: samples.extension(cast, marker),
        clause=clause,
        watchers=(stage.bob, stage.carol),
        ids=chat.variables(stage.alice),
    )


def everybody(stage: Stage) -> Cast:
    """Alice, who asks, with bob and carol."""
    return Cast(
        originator=stage.alice.address,
        others=(stage.bob.address, stage.carol.address),
        services=services(stage),
    )


def services(stage: Stage) -> tuple[str, ...]:
    """The services that can be asked for; none where the target does not claim them."""
    return stage.supported_services if stage.claims.feature("gc_services") else ()


def with_picture(stage: Stage, fmt: Format) -> Callable[[object], Body]:
    """Puts a picture beside a structure that alice sends."""
    return lambda content: stage.alice.multipart(content, PICTURE, fmt)
