"""Checks of how a target refuses, and that it then changes nothing (TS-CHAT-5.7 to 5.9)."""

from collections.abc import Iterable, Sequence

from rcs_conformance.checks.judging import answered, content_of, judged, place
from rcs_conformance.checks.representations import comparable, differences
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.common import RequestError
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult

_UNSUPPORTED = frozenset({405, 501})
"""The codes that say so of a verb, whether what it is tried on exists or not."""


def bad_request(exchange: Exchange, deviation: str) -> CheckResult:
    """TS-CHAT-5.8: a body that is malformed or does not fit its schema is refused with 400."""
    return judged(
        "TS-CHAT-5.8",
        "body.refused",
        exchange.answer.status == 400,
        expected=f"status 400 for a body with {deviation}",
        actual=answered(exchange),
        where=place(exchange),
        event=exchange.number,
    )


def nothing_started(subjects: Sequence[str | None], marker: str) -> CheckResult:
    """TS-CHAT-5.8: a refused request for a group chat started nothing.

    Args:
        subjects: Of the invitations that arrived up to the one of a later chat.
        marker: Of the refused request.
    """
    found = [text for text in subjects if text and marker in text.lower()]
    return judged(
        "TS-CHAT-5.8",
        "body.nothing_started",
        not found,
        expected="the refused request starts nothing: nobody is invited",
        actual=f"an invitation to {found[0]!r}" if found else "no invitation",
        where="POST groups",
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
        actual=answered(exchange),
        where=place(exchange),
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
    first, second = content_of(before, object), content_of(after, object)
    same = comparable(first) == comparable(second)
    return judged(
        clause,
        "resource.unchanged",
        same,
        expected=f"{what} changes nothing",
        actual="unchanged" if same else "; ".join(differences(first, second)),
        where=place(after),
        event=after.number,
    )


def error_says(exchange: Exchange, ids: Iterable[str]) -> CheckResult:
    """TS-CHAT-5.7: the exception has an id that fits the fault.

    Args:
        exchange: A request that was refused.
        ids: The message ids that fit, or their beginnings.
    """
    error = exchange.answer.content
    exception = None
    if isinstance(error, RequestError):
        exception = error.service_exception or error.policy_exception
    shown = exception.message_id if exception else None
    fitting = tuple(ids)
    return judged(
        "TS-CHAT-5.7",
        "error.id",
        shown is not None and shown.startswith(fitting),
        expected=f"messageId {' or '.join(fitting)} with {answered(exchange)}",
        actual=f"messageId {shown}" if shown else "no exception",
        where=place(exchange, "requestError"),
        event=exchange.number,
    )
