"""Checks that users do in a chat only what their part in it allows (binding, section 3)."""

from collections.abc import Iterator, Sequence

from rcs_conformance.checks import equivalence
from rcs_conformance.checks.judging import (
    Place,
    at,
    client_error,
    member,
    status_of,
    succeeded,
)
from rcs_conformance.model.chat import MessageStatus, MessageStatusReport
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult

CLAUSE = "TS-CHAT-5.19"


def refused(exchange: Exchange, what: str) -> CheckResult:
    """A request that takes another part in the chat is rejected.

    Args:
        exchange: The request.
        what: What it is for: `post before accepting`.
    """
    return at(exchange).responds(CLAUSE, "role.refused", "4xx", f"for the request to {what}")


def hidden(exchange: Exchange, what: str) -> CheckResult:
    """A request of a user that is not part of the chat is rejected, and shows nothing of it."""
    return at(exchange).responds(
        CLAUSE, "role.hidden", "403 or 404", f"for {what}, by a user that is not part of it"
    )


def unchanged(before: Sequence[Exchange], after: Sequence[Exchange]) -> Iterator[CheckResult]:
    """Such requests change nothing that the originator of the chat can read.

    Args:
        before: GETs before the requests.
        after: The same GETs after them.
    """
    by = "requests of users that may not make them"
    return equivalence.unchanged(before, after, clause=CLAUSE, rule="role.unchanged", by=by)


def nothing_sent(delivered: Sequence[str]) -> CheckResult:
    """No message of such a request is delivered; `delivered` has those that were."""
    return Place("chatMessageNotification").require(
        CLAUSE,
        "role.nothing_sent",
        holds=not delivered,
        expected="no message delivered of a user that may not send it",
        actual=f"message {delivered[0]!r} delivered" if delivered else "no message delivered",
    )


def displayed_by_receiver_alone(reported: Exchange, read: Exchange) -> CheckResult:
    """A message is not shown as displayed because its sender says so.

    Args:
        reported: The report of the sender.
        read: A GET of the status after it.
    """
    content = read.answer.content
    shown = content.status if isinstance(content, MessageStatusReport) else None
    return at(reported).require(
        CLAUSE,
        "role.own_report",
        holds=client_error(reported) or (succeeded(read) and shown is not MessageStatus.DISPLAYED),
        expected="4xx for a report of the sender itself, or a status other than Displayed after it",
        actual=f"{status_of(reported)}, then {status_of(read)} with {member('status', shown)}",
    )
