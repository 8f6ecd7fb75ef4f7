"""Requests that nobody can answer or take as they are made: no known format, far too long."""

from collections.abc import Iterator

from rcs_conformance.driver import Body, unavailable
from rcs_conformance.errors import NotApplicable, TargetError
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.operations.addressed_chat import inhabited
from rcs_conformance.scenario.operations.requests import about_chat, in_collections
from rcs_conformance.scenario.operations.results import any_of

LONG = 2 * 1024 * 1024
"""Bytes of a body that many servers do not take."""

_LIMIT_UNKNOWN = frozenset({400, 403})


def in_no_format(bed: TestBed, kind: ChatKind, fmt: Format) -> Iterator[Exchange]:
    """Each reading about a chat of a kind, accepting nothing known.

    Raises:
        NotApplicable: The target does not claim this kind of chat, or to read anything of it.
    """
    addressed = inhabited(bed, kind, fmt)
    requests = (*in_collections(addressed.chat), *about_chat(addressed.chat))
    return any_of(
        (
            addressed.send(each, negotiation=unavailable(fmt))
            for each in requests
            if each.method == "GET"
        ),
        "any GET about such a chat",
    )


def subscriptions_in_no_format(bed: TestBed, fmt: Format) -> Iterator[Exchange]:
    """Each reading of subscriptions, likewise."""
    ids = {"subscriptionId": bed.mailboxes.subscription(bed.alice, fmt).id}
    return any_of(
        (
            bed.alice.send("GET", resource, fmt=fmt, negotiation=unavailable(fmt), ids=ids)
            for resource in ("subscriptions", "subscription")
            if bed.claims.operation(f"GET {resource}")
        ),
        "any GET of subscriptions",
    )


def far_too_long(bed: TestBed, fmt: Format) -> Exchange:
    """A subscription in a body that is right, but filled up with white space.

    Raises:
        NotApplicable: The target takes it, or ends the connection: where its limit is, and whether
            it has one, nobody says.
    """
    alice = bed.alice

    def padded(structure: object) -> Body:
        data = alice.codec.encode(structure, fmt)
        return Body(data=data.ljust(LONG), media_type=fmt.media_type)

    try:
        subscription = bed.mailboxes.subscribe(alice, fmt, written=padded)
    except TargetError as error:
        raise NotApplicable(f"no response to a body of {LONG} bytes: {error}") from error
    status = subscription.creation.answer.status
    if status < 300:
        subscription.delete()
    if status < 300 or status in _LIMIT_UNKNOWN:
        reason = f"status {status} for a body of {LONG} bytes: the target's size limit is unknown"
        raise NotApplicable(reason)
    return subscription.creation
