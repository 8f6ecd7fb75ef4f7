"""Checks of verbs, status codes, negotiation and items (TS-CHAT-5.1, 5.2, 5.5, 5.6, 5.13)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rcs_conformance.checks.judging import format_clause, judged, place_of, status_of, succeeded
from rcs_conformance.model.exchange import Exchange, header
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.created import location

FREE_VERBS = frozenset({"HEAD", "OPTIONS"})
"""Verbs that a server may support or not, with no verdict (binding, section 3)."""


def not_allowed(
    exchange: Exchange, required: Iterable[str], row: Iterable[str]
) -> list[CheckResult]:
    """TS-CHAT-5.5: an unsupported verb is answered 405 with the verbs that are supported.

    Args:
        exchange: A request with a verb that is not in the resource's row.
        required: The verbs that the target must or claims to support.
        row: All verbs that the resource may have.
    """
    allow = header(exchange.answer.headers, "allow")
    listed = {verb.strip().upper() for verb in (allow or "").split(",") if verb.strip()}
    needed, possible = frozenset(required), frozenset(row) | FREE_VERBS
    return [
        judged(
            "TS-CHAT-5.5",
            "verb.status",
            exchange.answer.status == 405,
            expected="status 405 for a verb that the resource does not support",
            actual=status_of(exchange),
            where=place_of(exchange),
            event=exchange.number,
        ),
        judged(
            "TS-CHAT-5.5",
            "verb.allow",
            exchange.answer.status != 405 or needed <= listed <= possible,
            expected=f"Allow: {', '.join(sorted(needed))}",
            actual=f"Allow: {allow}" if allow else "no Allow header",
            where=place_of(exchange, "Allow"),
            event=exchange.number,
        ),
    ]


def location_of_creation(exchange: Exchange) -> CheckResult:
    """TS-CHAT-5.6: every 201 has a Location with the URL of what was created.

    A dialect may answer a GET with 201, which creates nothing (binding, section 7).
    """
    at = location(exchange)
    creates = exchange.request.method != "GET" and exchange.request.root != "isComposing"
    return judged(
        "TS-CHAT-5.6",
        "status.location",
        exchange.answer.status != 201 or not creates or bool(at),
        expected="a Location header with status 201",
        actual=f"Location: {at}" if at else f"{status_of(exchange)}, no Location header",
        where=place_of(exchange, "Location"),
        event=exchange.number,
    )


def negotiated(exchange: Exchange, clause: str, how: str) -> CheckResult:
    """The answer is in the format that was asked for (TS-CHAT-5.1, 5.2).

    Args:
        exchange: A request.
        clause: Of the format.
        how: How the format was asked for, as a phrase.
    """
    expected = exchange.request.format.media_type
    shown = (header(exchange.answer.headers, "content-type") or "").partition(";")[0].strip()
    return judged(
        clause,
        "format.negotiated",
        shown.lower() == expected,
        expected=f"Content-Type {expected}, asked for by {how}",
        actual=f"Content-Type {shown}" if shown else "no Content-Type",
        where=place_of(exchange, "Content-Type"),
        event=exchange.number,
    )


def status_is(exchange: Exchange, expected: int, what: str) -> CheckResult:
    """TS-CHAT-5.6: a resource answers with the status that its definition lists.

    Args:
        exchange: The request.
        expected: The status for it.
        what: The situation, as a phrase.
    """
    return judged(
        "TS-CHAT-5.6",
        "status.listed",
        exchange.answer.status == expected,
        expected=f"status {expected} for {what}",
        actual=status_of(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )


def supported(exchange: Exchange, item: str, *, by_policy: bool = False) -> CheckResult:
    """TS-CHAT-5.13: the operation behind an item of the static conformance requirements works.

    Args:
        exchange: The operation.
        item: The item.
        by_policy: Whether the operator's policy may forbid it with 403.
    """
    result = judged(
        "TS-CHAT-5.13",
        "item.supported",
        succeeded(exchange) or (by_policy and exchange.answer.status == 403),
        expected=f"{item}: {exchange.request.operation} is supported",
        actual=status_of(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )
    return replace(result, item=item)


def carried_out(
    exchange: Exchange, items: Iterable[str], *, by_policy: bool = False
) -> Iterator[CheckResult]:
    """An operation is supported, and what answers it has its code, its Location, its format.

    TS-CHAT-5.13 for each item behind it, TS-CHAT-5.6, and TS-CHAT-5.1 or 5.2.

    Args:
        exchange: The operation.
        items: The SCR items behind it.
        by_policy: Whether the operator's policy may forbid it with 403.
    """
    for item in items:
        yield supported(exchange, item, by_policy=by_policy)
    yield location_of_creation(exchange)
    if succeeded(exchange) and exchange.answer.body:
        yield negotiated(exchange, format_clause(exchange.request.format), "Accept")
