"""Checks that invalid requests are rejected, and that a rejected request changes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rcs_conformance.checks.equivalence import at_one_time, comparable, differences
from rcs_conformance.checks.judging import Place, at, client_error, content_of
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult

_BODY = "TS-CHAT-5.8"
_MEDIA_TYPE = "TS-CHAT-5.6"
_MISREAD = {False: (_BODY, "body"), True: (_MEDIA_TYPE, "media_type")}
"""The clause about an invalid body, with the beginning of its rules, by whether it is about the
media type."""

_UNSUPPORTED = frozenset({405, 501})
"""The codes for a verb that is not supported, whether or not the resource exists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """An invalid request that was accepted, though no policy forbids it.

    Attributes:
        exchange: What became of it.
        by_label: Whether it is invalid in its media type.
        lost: The members that show otherwise than those of the valid request, as phrases.
    """

    exchange: Exchange
    by_label: bool
    lost: tuple[str, ...]


def bad_request(exchange: Exchange, mutation: str, statuses: Sequence[int] = (400,)) -> CheckResult:
    """A body that is malformed or does not match its schema is rejected.

    Args:
        exchange: The request.
        mutation: What is invalid in it, as a phrase.
        statuses: The codes for it; with 415 among them it is rejected for its media type.
    """
    clause, rule = _MISREAD[415 in statuses]
    return at(exchange).require(
        clause,
        f"{rule}.refused",
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


def read_leniently(taken: Sequence[Taken]) -> Iterator[CheckResult]:
    """Remarks on invalid requests that were accepted, and whether they were taken as meant.

    Args:
        taken: Requests that may be accepted, as no doubt is possible what is meant.
    """
    for by_label, (clause, rule) in _MISREAD.items():
        accepted = [each.exchange for each in taken if each.by_label is by_label]
        mutations = dict.fromkeys(each.request.mutation for each in accepted)
        if accepted:
            yield at(accepted[0]).remark(
                clause,
                f"{rule}.lenient",
                expected="requests read strictly (a condition only if [policy] reading = strict)",
                actual=f"accepted a body with {', '.join(mutations)}",
            )
    for each in taken:
        clause, rule = _MISREAD[each.by_label]
        mutation = each.exchange.request.mutation
        yield at(each.exchange).require(
            clause,
            f"{rule}.taken_as_meant",
            holds=not each.lost,
            expected=f"a body with {mutation} rejected, or accepted and shown as the valid body is",
            actual="; ".join(each.lost) or "shown as the valid body is",
        )


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
