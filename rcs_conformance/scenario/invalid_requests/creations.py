"""Original requests that begin something: from subscriptions and channels to extensions."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from rcs_conformance.driver import Body
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.invalid_requests.original import OriginalRequest
from rcs_conformance.scenario.mailboxes.channels import CLAUSE as OF_CHANNELS
from rcs_conformance.scenario.setup.preconditions import require_several
from rcs_conformance.strategies import samples
from rcs_conformance.strategies.attachments import PICTURE
from rcs_conformance.strategies.samples import SampleUsers
from rcs_conformance.wire.created import created_id


def subscription(bed: TestBed, fmt: Format) -> OriginalRequest:
    """A subscription of alice; if it is created, it gets notifications.

    Raises:
        NotApplicable: A user has one, which a valid request would replace.
    """
    require_several(bed.alice)
    alice, trap = bed.alice, bed.mailboxes.open(bed.alice, fmt)

    def traces() -> Iterable[bytes]:
        yield from (each.body for each in trap.arrived())
        if bed.claims.operation("GET subscriptions"):
            yield alice.send("GET", "subscriptions", fmt=fmt).answer.body

    def undo(exchange: Exchange) -> None:
        found = created_id(exchange, bed.path("subscription"), "subscriptionId")
        if found is not None:
            alice.send("DELETE", "subscription", fmt=fmt, ids={"subscriptionId": found})

    return OriginalRequest(
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


def channel(bed: TestBed, fmt: Format) -> OriginalRequest:
    """A notification channel of alice; where it came about it is listed."""
    alice = bed.alice

    def undo(exchange: Exchange) -> None:
        found = created_id(exchange, bed.path("channel"), "channelId")
        if found is not None:
            alice.send("DELETE", "channel", fmt=fmt, ids={"channelId": found})

    return OriginalRequest(
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


def session(bed: TestBed, fmt: Format) -> OriginalRequest:
    """A 1-to-1 session of alice with bob."""
    return _session(bed, fmt, first=False)


def session_with_message(bed: TestBed, fmt: Format) -> OriginalRequest:
    """A 1-to-1 session that begins with a message.

    Raises:
        NotApplicable: The target rejects that as its policy.
    """
    bed.sessions.require_first_message(fmt)
    return _session(bed, fmt, first=True)


def session_with_content(bed: TestBed, fmt: Format) -> OriginalRequest:
    """A 1-to-1 session that begins with a picture."""
    original = _session(bed, fmt, first=True)
    return replace(original, clause="UNI-CHT-001a.4", written=with_picture(bed, fmt))


def _session(bed: TestBed, fmt: Format, *, first: bool) -> OriginalRequest:
    users = SampleUsers(originator=bed.alice.address, others=(bed.bob.address,))
    return OriginalRequest(
        who=bed.alice,
        method="POST",
        resource="oneToOneSessions",
        fmt=fmt,
        content=lambda marker: samples.session(users, marker, first=first),
        clause="UNI-CHT-001a.1" if first else "UNI-CHT-001.1",
        watchers=(bed.bob,),
        ids={"otherUserId": bed.bob.address},
    )


def group(bed: TestBed, fmt: Format) -> OriginalRequest:
    """A group chat of alice, bob and carol."""
    users = everybody(bed)
    return OriginalRequest(
        who=bed.alice,
        method="POST",
        resource="groups",
        fmt=fmt,
        content=lambda marker: samples.group(users, marker),
        clause="UNI-CHT-002b.1",
        watchers=(bed.bob, bed.carol),
    )


def long_lived(bed: TestBed, fmt: Format) -> OriginalRequest:
    """A long-lived group of alice, bob and carol."""
    users = everybody(bed)
    return OriginalRequest(
        who=bed.alice,
        method="POST",
        resource="longLivedGroups",
        fmt=fmt,
        content=lambda marker: samples.long_lived(users, marker),
        clause="UNI-CHT-030.1",
        watchers=(bed.bob, bed.carol),
    )


def extension(bed: TestBed, fmt: Format) -> OriginalRequest:
    """The extension by carol of a session between alice and bob."""
    return _extension(bed, fmt, "oneToOneExtend", "UNI-CHT-013.1")


def long_lived_extension(bed: TestBed, fmt: Format) -> OriginalRequest:
    """Such an extension to a long-lived group; the operator may forbid it."""
    original = _extension(bed, fmt, "oneToOneExtendLongLived", "UNI-CHT-039.1")
    return replace(original, by_policy=True)


def _extension(bed: TestBed, fmt: Format, resource: str, clause: str) -> OriginalRequest:
    chat = bed.sessions.established(SessionOffer(), fmt)
    users = SampleUsers(
        originator=bed.alice.address,
        others=(bed.carol.address,),
        services=services(bed),
    )
    return OriginalRequest(
        who=bed.alice,
        method="POST",
        resource=resource,
        fmt=fmt,
        content=lambda marker: samples.extension(users, marker),
        clause=clause,
        watchers=(bed.bob, bed.carol),
        ids=chat.variables(bed.alice),
    )


def everybody(bed: TestBed) -> SampleUsers:
    """Alice, who asks, with bob and carol."""
    return SampleUsers(
        originator=bed.alice.address,
        others=(bed.bob.address, bed.carol.address),
        services=services(bed),
    )


def services(bed: TestBed) -> tuple[str, ...]:
    """The services to request; none if the target does not claim them."""
    return bed.supported_services if bed.claims.feature("gc_services") else ()


def with_picture(bed: TestBed, fmt: Format) -> Callable[[object], Body]:
    """Puts a picture beside a structure that alice sends."""
    return lambda content: bed.alice.multipart(content, PICTURE, fmt)
