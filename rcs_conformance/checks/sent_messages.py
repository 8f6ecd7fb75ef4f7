"""Checks of what becomes of a message, in a chat of any kind (UNI-CHT-018, and 026 likewise)."""

from typing import TypeVar

from rcs_conformance.checks.judging import judged, place_of, status_of, succeeded
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ChatMessage, MessageStatus
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import ChatMessageStatusNotification
from rcs_conformance.model.results import CheckResult

Content = TypeVar("Content")

AT_ONCE = (None, MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.FAILED)
"""What the answer to a message may say of it; without a status it was sent, or is pending."""


def outcome_given(exchange: Exchange, clause: str) -> CheckResult:
    """UNI-CHT-018.5, 026.5: the answer tells success, pending or failure."""
    status = _told(exchange)
    code = exchange.answer.status
    return judged(
        clause,
        "message.outcome",
        code in {201, 202} and status in AT_ONCE,
        expected="status 201 or 202; in the body Sent, Delivered, Failed or no status",
        actual=f"{status_of(exchange)}, in the body {status.value if status else 'no status'}",
        where=place_of(exchange),
        event=exchange.number,
    )


def outcome_true(exchange: Exchange, received: Awaited[Content], clause: str) -> CheckResult:
    """UNI-CHT-018.5, 026.5: a message that the answer calls failed is not delivered."""
    failed = _told(exchange) is MessageStatus.FAILED
    return judged(
        clause,
        "message.outcome_true",
        not (failed and received.content is not None),
        expected="the outcome that the answer tells is what happened",
        actual="Failed, and yet delivered" if failed else "as told",
        where=place_of(exchange, "chatMessage/status"),
        event=exchange.number,
    )


def failure(
    exchange: Exchange, later: Awaited[ChatMessageStatusNotification] | None, clause: str
) -> CheckResult:
    """UNI-CHT-018.6, 026.5: a chat id that is not valid gives failure.

    Args:
        exchange: A message to such a chat.
        later: That it failed, told afterwards; `None` where that was not waited for.
        clause: Of the two.
    """
    failed = _told(exchange) is MessageStatus.FAILED
    told = later is not None and later.content is not None
    afterwards = "" if later is None else "; told later: Failed" if told else f"; {later.absence}"
    return judged(
        clause,
        "message.failure",
        not succeeded(exchange) or failed or told,
        expected="a message to a chat id that is not valid fails: an error status, or Failed",
        actual=f"{status_of(exchange)}{afterwards}",
        where=place_of(exchange),
        event=exchange.number,
    )


def final_status(awaited: Awaited[ChatMessageStatusNotification], clause: str) -> CheckResult:
    """UNI-CHT-018.7, 026.6: after pending, the final status follows."""
    content = awaited.content
    return judged(
        clause,
        "message.final_status",
        content is not None,
        expected="a chatMessageStatusNotification with the final status of the pending message",
        actual=content.status.value if content else awaited.absence,
        where=awaited.where,
        event=awaited.event,
    )


def _told(exchange: Exchange) -> MessageStatus | None:
    """The status of a message that its answer tells."""
    content = exchange.answer.content
    return content.status if isinstance(content, ChatMessage) else None
