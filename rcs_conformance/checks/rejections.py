"""Checks of how a target refuses, and that it then changes nothing (TS-CHAT-5.7 to 5.9)."""

from collections.abc import Iterator, Sequence

from rcs_conformance.checks.equivalence import at_one_time, comparable, differences
from rcs_conformance.checks.judging import client_error, content_of, judged, place_of, status_of
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult

_UNSUPPORTED = frozenset({405, 501})
"""The codes that say so of a verb, whether what it is tried on exists or not."""


def bad_request(
    exchange: Exchange, deviation: str, statuses: Sequence[int] = (400,)
) -> CheckResult:
    """TS-CHAT-5.8, 5.6: a body that is malformed or does not fit its schema is refused with 400.

    Args:
        exchange: What became of it.
        deviation: What is wrong with it, as a phrase.
        statuses: The codes that refuse it; with 415 among them it is for its media type, and so
            the business of TS-CHAT-5.6.
    """
    by_label = 415 in statuses
    return judged(
        "TS-CHAT-5.6" if by_label else "TS-CHAT-5.8",
        "media_type.refused" if by_label else "body.refused",
        exchange.answer.status in statuses,
        expected=f"status {' or '.join(map(str, statuses))} for a body with {deviation}",
        actual=status_of(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )


def mutation_rejected(
    exchange: Exchange, statuses: Sequence[int], readings: Sequence[Exchange]
) -> Iterator[CheckResult]:
    """TS-CHAT-5.8, 5.6: what is wrong in one thing is refused as such and changes nothing.

    Args:
        exchange: What became of it.
        statuses: The codes that refuse it.
        readings: What it could have changed, before and after it; empty where that has no reading.
    """
    deviation = exchange.request.mutation
    yield bad_request(exchange, deviation, statuses)
    if readings and client_error(exchange):
        before, after = readings
        yield unchanged(before, after, "TS-CHAT-5.8", f"a body with {deviation}")


def no_effect(effects: Sequence[str], where: str) -> CheckResult:
    """TS-CHAT-5.8: nobody is told of requests that were refused, and nothing came of them.

    Args:
        effects: What was seen of them all the same, as phrases.
        where: The operation.
    """
    return judged(
        "TS-CHAT-5.8",
        "body.no_effect",
        not effects,
        expected="nothing comes of refused requests, and nobody is told of them",
        actual="; ".join(effects) or "nothing came of them",
        where=where,
    )


def not_found(exchange: Exchange, *, by_policy: bool = False) -> CheckResult:
    """TS-CHAT-5.9: a resource that does not exist is answered 404.

    Args:
        exchange: A request about it.
        by_policy: Whether the operator's policy may forbid the request with 403 before that.

    Raises:
        Inconclusive: The target does not support the request, whatever it is about.
    """
    if exchange.answer.status in _UNSUPPORTED:
        raise Inconclusive(Cause.PRECONDITION, str(exchange), "TS-CHAT-5.13")
    return judged(
        "TS-CHAT-5.9",
        "resource.not_found",
        exchange.answer.status == 404 or (by_policy and exchange.answer.status == 403),
        expected="status 404 for a resource that does not exist",
        actual=status_of(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )


def unchanged(before: Exchange, after: Exchange, clause: str, what: str) -> CheckResult:
    """A request that was refused changed nothing.

    Args:
        before: A reading before the request.
        after: The same reading after it.
        clause: That demands it.
        what: The request, as a phrase.
    """
    first, second = at_one_time(content_of(before, object), content_of(after, object))
    same = comparable(first) == comparable(second)
    return judged(
        clause,
        "resource.unchanged",
        same,
        expected=f"{what} changes nothing",
        actual="unchanged" if same else "; ".join(differences(first, second)),
        where=place_of(after),
        event=after.number,
    )
