"""What must hold for a test to go on; where it does not, the clause behind it is at fault."""

from collections.abc import Callable, Iterable
from http import HTTPStatus

from rcs_conformance.binding import Binding, ErrorCase
from rcs_conformance.checks.request_errors import described, is_id, message_id
from rcs_conformance.driver import Actor
from rcs_conformance.errors import Cause, Inconclusive, NotApplicable
from rcs_conformance.model.awaited import Awaited, Content
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import CheckResult, Outcome


def validity_clause(fmt: Format) -> str:
    """The clause that requires a representation to be valid."""
    return "TS-CHAT-5.14" if fmt is Format.XML else "TS-CHAT-5.15"


def rejected(exchange: Exchange) -> bool:
    """Whether the response to a request is not a success."""
    return not 200 <= exchange.answer.status < 300


def require_success(exchange: Exchange, clause: str) -> None:
    """Go on only if a request succeeded; a failure is attributed to `clause`.

    Raises:
        Inconclusive: It did not.
    """
    if rejected(exchange):
        raise Inconclusive(Cause.PRECONDITION, str(exchange), clause)


def rejected_as(exchange: Exchange, binding: Binding, case: ErrorCase) -> bool:
    """Whether a request was rejected with status 403 and the message id of a policy."""
    shown = message_id(exchange)
    listed = any(is_id(shown, each) for each in binding.errors[case])
    return exchange.answer.status == HTTPStatus.FORBIDDEN and listed


def require_model(exchange: Exchange, binding: Binding, case: ErrorCase, chats: str) -> None:
    """Go on only if a response does not say that a kind of chat, which is claimed, is not served.

    Args:
        exchange: A request for such a chat.
        binding: Of the target.
        case: The message id that says so.
        chats: The kind of chat, as a phrase.

    Raises:
        Inconclusive: It says so; attributed to TS-CHAT-5.13, which is about what is claimed.
    """
    if rejected_as(exchange, binding, case):
        shown = described(message_id(exchange))
        reason = f"the target does not serve {chats}: {exchange} with {shown}"
        raise Inconclusive(Cause.PRECONDITION, reason, "TS-CHAT-5.13")


def require_arrival(awaited: Awaited[Content], clause: str) -> Content:
    """Go on only if a notification arrived; a missing one is attributed to `clause`.

    Raises:
        Inconclusive: It did not.
    """
    if awaited.content is None:
        raise Inconclusive(Cause.PRECONDITION, f"{awaited.where}: {awaited.absence}", clause)
    return awaited.content


def require_met(*results: CheckResult) -> None:
    """Go on only if what other clauses demand holds, where it would decide this one as well.

    Raises:
        Inconclusive: It does not.
    """
    for result in results:
        if result.outcome is Outcome.FAILED:
            reason = f"{result.where}: expected {result.expected}, got {result.actual}"
            raise Inconclusive(Cause.PRECONDITION, reason, result.clause)


def owned(
    results: Iterable[CheckResult], control: Callable[[], Iterable[CheckResult]]
) -> list[CheckResult]:
    """The results of a clause, unless a failure among them is another clause's.

    Args:
        results: What was found.
        control: Looks for the same where another clause is about it; called only after a failure.

    Raises:
        Inconclusive: The control fails as well.
    """
    found = list(results)
    if any(each.outcome is Outcome.FAILED for each in found):
        require_met(*control())
    return found


def require_several(who: Actor) -> None:
    """Go on only if a user can have several subscriptions, or channels, at a time.

    Raises:
        NotApplicable: The target keeps one for each user.
    """
    limit = who.binding.subscriptions_per_user
    if limit is not None:
        raise NotApplicable(f"subscriptions_per_user = {limit} in the binding, used by the run")
