"""Checks that invalid requests are rejected, and that a rejected request changes nothing."""

from collections.abc import Iterator, Sequence

from rcs_conformance.checks.equivalence import at_one_time, comparable, differences
from rcs_conformance.checks.judging import Place, at, client_error, content_of
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult

_BODY = "TS-CHAT-5.8"
_MEDIA_TYPE = "TS-CHAT-5.6"
_UNSUPPORTED = frozenset({405, 501})
"""The codes for a verb that is not supported, whether or not the resource exists."""


def bad_request(exchange: Exchange, mutation: str, statuses: Sequence[int] = (400,)) -> CheckResult:
    """A body that is malformed or does not match its schema is rejected.

    Args:
        exchange: The request.
        mutation: What is invalid in it, as a phrase.
        statuses: The codes for it; with 415 among them it is rejected for its media type.
    """
    by_label = 415 in statuses
    return at(exchange).require(
        _MEDIA_TYPE if by_label else _BODY,
        "media_type.refused" if by_label else "body.refused",
        holds=exchange.answer.status in statuses,
        expected=f"status {' or '.join(map(str, statuses))} for a body with {mutation}",
    )


def mutation_rejected(
    exchange: Exchange, statuses: Sequence[int], readings: Sequence[Exchange]
) -> Iterator[CheckResult]:
    """An invalid request, a mutation of a valid one, is rejected and changes nothing.

    Args:
        exchange: The request.
        statuses: The codes for it.
        readings: GETs before and after it of what it could change; empty without any.
    """
    mutation = exchange.request.mutation
    yield bad_request(exchange, mutation, statuses)
    if readings and client_error(exchange):
        before, after = readings
        yield unchanged(before, after, _BODY, f"a body with {mutation}")


def no_effect(effects: Sequence[str], where: str) -> CheckResult:
    """Rejected requests have no effect and cause no notification.

    Args:
        effects: Their effects all the same, as phrases.
        where: The operation.
    """
    return Place(where).require(
        _BODY,
        "body.no_effect",
        holds=not effects,
        expected="rejected requests have no effect and cause no notification",
        actual="; ".join(effects) or "no effect, no notification",
    )


def not_found(exchange: Exchange, *, by_policy: bool = False) -> CheckResult:
    """A request for a resource that does not exist is answered 404.

    Args:
        exchange: The request.
        by_policy: Whether the operator's policy may forbid the request with 403 before that.

    Raises:
        Inconclusive: The target does not support the request for any resource.
    """
    if exchange.answer.status in _UNSUPPORTED:
        raise Inconclusive(Cause.PRECONDITION, f"{exchange}: verb not supported", "TS-CHAT-5.13")
    return at(exchange).responds(
        "TS-CHAT-5.9",
        "resource.not_found",
        "404 or 403" if by_policy else "404",
        "for a resource that does not exist",
    )


def unchanged(before: Exchange, after: Exchange, clause: str, what: str) -> CheckResult:
    """A rejected request changes nothing.

    Args:
        before: A GET before the request.
        after: The same GET after it.
        clause: That requires it.
        what: The request, as a phrase.
    """
    first, second = at_one_time(content_of(before, object), content_of(after, object))
    same = comparable(first) == comparable(second)
    changes = "; ".join(differences(first, second))
    return at(after).require(
        clause,
        "resource.unchanged",
        holds=same,
        expected=f"resource unchanged by {what}",
        actual="resource unchanged" if same else f"resource changed: {changes}",
    )
