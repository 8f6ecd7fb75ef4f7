"""Checks of what happens to a sent message, in a chat of any kind."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from rcs_conformance.checks.judging import at, member, status_of, succeeded
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ChatMessage, MessageStatus
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import ChatMessageStatusNotification
from rcs_conformance.model.results import CheckResult

Content = TypeVar("Content")

AT_ONCE = (None, MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.FAILED)
"""The status of a message in the response; without one it was sent, or is pending."""


def outcome_given(exchange: Exchange, clause: str) -> CheckResult:
    """The response says success, pending or failure."""
    status = _status(exchange)
    code = exchange.answer.status
    return at(exchange).require(
        clause,
        "message.outcome",
        holds=code in {201, 202} and status in AT_ONCE,
        expected="status 201 or 202 with message status = Sent, Delivered, Failed or absent",
        actual=f"{status_of(exchange)} with message {member('status', status)}",
    )


def outcome_true(exchange: Exchange, received: Awaited[Content], clause: str) -> CheckResult:
    """A message with status Failed is not delivered."""
    status = _status(exchange)
    delivered = "delivered" if received.content is not None else "not delivered"
    return at(exchange, "chatMessage/status").require(
        clause,
        "message.outcome_true",
        holds=not (status is MessageStatus.FAILED and received.content is not None),
        expected="message not delivered where its status = Failed",
        actual=f"{member('status', status)}, message {delivered}",
    )


def not_failed(
    sent: Exchange,
    received: Awaited[Content],
    told: Sequence[ChatMessageStatusNotification],
    clause: str,
) -> Iterator[CheckResult]:
    """The sender of a message that is delivered is not notified that it failed.

    Args:
        sent: The message; nothing is judged where it is not delivered.
        received: What its receiver got.
        told: The notifications of its status.
        clause: About which.
    """
    if received.content is not None:
        found = [each.status for each in told]
        yield at(sent, "(chatMessageStatusNotification)").require(
            clause,
            "message.not_failed",
            holds=MessageStatus.FAILED not in found,
            expected="no notification of status = Failed: the message was delivered",
            actual=f"notified of status = {', '.join(found)}" if found else "not notified",
        )


def failure(
    exchange: Exchange, later: Awaited[ChatMessageStatusNotification] | None, clause: str
) -> CheckResult:
    """A message to an invalid chat id fails.

    Args:
        exchange: The message.
        later: The notification that it failed; `None` where it was not waited for.
        clause: About this kind of message.
    """
    status = _status(exchange)
    notified = later is not None and later.content is not None
    afterwards = (
        "; notified: status = Failed" if notified else f"; {later.absence}" if later else ""
    )
    return at(exchange).require(
        clause,
        "message.failure",
        holds=not succeeded(exchange) or status is MessageStatus.FAILED or notified,
        expected="an error status, or message status = Failed, for an invalid chat id",
        actual=f"{status_of(exchange)} with message {member('status', status)}{afterwards}",
    )


def final_status(awaited: Awaited[ChatMessageStatusNotification], clause: str) -> CheckResult:
    """The sender is notified of the final status of a pending message."""
    content = awaited.content
    return at(awaited).require(
        clause,
        "message.final_status",
        holds=content is not None,
        expected=f"{awaited.user} is notified of the final status of the pending message",
        actual=f"{awaited.user} is notified: {member('status', content.status)}" if content else "",
    )


def _status(exchange: Exchange) -> MessageStatus | None:
    content = exchange.answer.content
    return content.status if isinstance(content, ChatMessage) else None
