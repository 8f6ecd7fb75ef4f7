"""Checks of how a target refuses, and that it then changes nothing (TS-CHAT-5.7 to 5.10)."""

from collections.abc import Iterable, Sequence

from rcs_conformance.checks.judging import answered, content_of, judged, place
from rcs_conformance.checks.representations import comparable, differences
from rcs_conformance.model.common import RequestError
from rcs_conformance.model.exchange import Exchange, header
from rcs_conformance.model.results import CheckResult


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


def not_found(exchange: Exchange) -> CheckResult:
    """TS-CHAT-5.9: a resource that does not exist is answered 404."""
    return judged(
        "TS-CHAT-5.9",
        "resource.not_found",
        exchange.answer.status == 404,
        expected="status 404 for a resource that does not exist",
        actual=answered(exchange),
        where=place(exchange),
        event=exchange.number,
    )


def unauthorised(exchange: Exchange, what: str) -> list[CheckResult]:
    """TS-CHAT-5.10: without a valid token 401, and how to authenticate.

    Args:
        exchange: A request without a valid token.
        what: How it lacked one, as a phrase.
    """
    challenge = header(exchange.answer.headers, "www-authenticate")
    return [
        judged(
            "TS-CHAT-5.10",
            "token.status",
            exchange.answer.status == 401,
            expected=f"status 401 with {what}",
            actual=answered(exchange),
            where=place(exchange),
            event=exchange.number,
        ),
        judged(
            "TS-CHAT-5.10",
            "token.challenge",
            exchange.answer.status != 401 or challenge is not None,
            expected="a WWW-Authenticate header with status 401",
            actual=challenge or "none",
            where=place(exchange, "WWW-Authenticate"),
            event=exchange.number,
        ),
    ]


def forbidden(exchange: Exchange) -> CheckResult:
    """TS-CHAT-5.10: with another user's token 403, or 404 where the resource is hidden."""
    return judged(
        "TS-CHAT-5.10",
        "token.foreign",
        exchange.answer.status in {403, 404},
        expected="status 403, or 404, with the token of another user",
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
