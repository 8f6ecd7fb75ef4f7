"""Checks of messages and composing indications in a group chat (UNI-CHT-018 to 021)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from rcs_conformance.checks.judging import answered, content_of, judged, place, succeeded
from rcs_conformance.errors import Cause, Inconclusive, NotApplicable
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited, Content
from rcs_conformance.model.chat import ChatMessage, MessageStatus, MessageStatusReport
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import (
    ChatMessageNotification,
    ChatMessageStatusNotification,
)
from rcs_conformance.model.results import CheckResult

Received = Awaited[ChatMessageNotification]

CLOCK_DIFFERENCE = timedelta(minutes=1)
"""How far the clocks of the two sides may be apart (binding, section 3)."""

AT_ONCE = (None, MessageStatus.SENT, MessageStatus.DELIVERED, MessageStatus.FAILED)
"""What the answer to a message may say of it; without a status it was sent, or is pending."""


def tells_outcome(exchange: Exchange) -> CheckResult:
    """UNI-CHT-018.5: the answer tells success, pending or failure."""
    content = exchange.answer.content
    status = content.status if isinstance(content, ChatMessage) else None
    code = exchange.answer.status
    return judged(
        "UNI-CHT-018.5",
        "message.outcome",
        code in {201, 202} and status in AT_ONCE,
        expected="status 201 or 202; in the body Sent, Delivered, Failed or no status",
        actual=f"{answered(exchange)}, in the body {status.value if status else 'no status'}",
        where=place(exchange),
        event=exchange.number,
    )


def outcome_true(exchange: Exchange, received: Received) -> CheckResult:
    """UNI-CHT-018.5: a message that the answer calls failed is not delivered."""
    content = exchange.answer.content
    failed = isinstance(content, ChatMessage) and content.status is MessageStatus.FAILED
    return judged(
        "UNI-CHT-018.5",
        "message.outcome_true",
        not (failed and received.content is not None),
        expected="the outcome that the answer tells is what happened",
        actual="Failed, and yet delivered" if failed else "as told",
        where=place(exchange, "chatMessage/status"),
        event=exchange.number,
    )


def failure(exchange: Exchange) -> CheckResult:
    """UNI-CHT-018.6: a chat id that is not valid gives failure: an error, or status Failed."""
    content = exchange.answer.content
    failed = isinstance(content, ChatMessage) and content.status is MessageStatus.FAILED
    return judged(
        "UNI-CHT-018.6",
        "message.failure",
        not succeeded(exchange) or failed,
        expected="a message to a chat id that is not valid fails: an error status, or Failed",
        actual=answered(exchange),
        where=place(exchange),
        event=exchange.number,
    )


def final_status(awaited: Awaited[ChatMessageStatusNotification]) -> CheckResult:
    """UNI-CHT-018.7: after pending, the final status follows."""
    content = awaited.content
    return judged(
        "UNI-CHT-018.7",
        "message.final_status",
        content is not None,
        expected="a chatMessageStatusNotification with the final status of the pending message",
        actual=content.status.value if content else awaited.absence,
        where=awaited.where,
        event=awaited.event,
    )


def received_in(
    received: Awaited[ChatMessageNotification], session_id: str, clause: str
) -> CheckResult:
    """UNI-CHT-020.3, 021.3: it arrives, under the session id that the receiver knows.

    Args:
        received: Found by its own text, not by its session id.
        session_id: Of the chat as the receiver knows it.
        clause: Of the two.
    """
    content = received.content
    return judged(
        clause,
        "message.session",
        content is not None and content.session_id == session_id,
        expected=f"{received.user} gets it with sessionId {session_id!r}",
        actual=received.absence if content is None else f"sessionId {content.session_id!r}",
        where=f"{received.where} sessionId",
        event=received.event,
    )


def goes_on(received: Received, clause: str) -> CheckResult:
    """A chat goes on for a user: it gets the messages of the others.

    Args:
        received: A message that somebody sent to the chat.
        clause: That demands it.
    """
    return judged(
        clause,
        "chat.goes_on",
        received.content is not None,
        expected=f"the chat goes on: {received.user} gets a message that is sent to it",
        actual="received" if received.content else received.absence,
        where=received.where,
        event=received.event,
    )


def text_unchanged(received: Received, expected: str) -> CheckResult:
    """UNI-CHT-020.7: the text arrives unchanged."""
    message = _content(received).chat_message
    return judged(
        "UNI-CHT-020.7",
        "message.text",
        message is not None and message.text == expected,
        expected=f"text {expected!r}",
        actual=f"text {message.text!r}" if message else "no chatMessage",
        where=f"{received.where} chatMessage/text",
        event=received.event,
    )


def sender(received: Received, expected: str) -> CheckResult:
    """UNI-CHT-020.7: the notification names the sender."""
    shown = _content(received).sender_address
    return judged(
        "UNI-CHT-020.7",
        "message.sender",
        same_address(shown, expected),
        expected=f"senderAddress {expected}",
        actual=shown or "none",
        where=f"{received.where} senderAddress",
        event=received.event,
    )


def time_stamp(received: Received, sent: datetime) -> CheckResult:
    """UNI-CHT-020.5: the time stamp lies between sending and arrival.

    Raises:
        NotApplicable: There is none; the binding leaves that free.
    """
    text = _content(received).date_time
    if text is None or received.notification is None:
        raise NotApplicable("the server sends no dateTime with its messages")
    arrived = received.notification.received
    try:
        stamp = datetime.fromisoformat(text)
        holds = sent - CLOCK_DIFFERENCE <= stamp.astimezone(UTC) <= arrived + CLOCK_DIFFERENCE
        holds = holds and stamp.tzinfo is not None
    except ValueError:
        holds = False
    return judged(
        "UNI-CHT-020.5",
        "message.time",
        holds,
        expected=f"a time with zone between {sent.isoformat()} and {arrived.isoformat()}",
        actual=text,
        where=f"{received.where} dateTime",
        event=received.event,
    )


def report_requested(received: Received, asked: Sequence[MessageStatus]) -> CheckResult:
    """UNI-CHT-020.6: the request for reports is passed on."""
    message = _content(received).chat_message
    shown = message.report_request if message else ()
    return judged(
        "UNI-CHT-020.6",
        "message.report_request",
        set(asked) <= set(shown),
        expected=f"reportRequest {', '.join(sorted(asked))}",
        actual=", ".join(sorted(shown)) or "none",
        where=f"{received.where} chatMessage/reportRequest",
        event=received.event,
    )


def in_order(
    texts: Sequence[str], expected: Sequence[str], user: str, clause: str = "TS-CHAT-4.1.7"
) -> CheckResult:
    """Messages reach a subscription in the order in which they were sent.

    Args:
        texts: What the user got.
        expected: What was sent.
        user: Address of the user.
        clause: TS-CHAT-4.1.2 in 1-to-1 chat, TS-CHAT-4.1.7 in groups.
    """
    distinct = tuple(dict.fromkeys(texts))
    return judged(
        clause,
        "message.order",
        distinct == tuple(expected),
        expected=f"{user} gets {list(expected)} in this order",
        actual=f"{list(distinct)}",
        where=f"chatMessageNotification to {user}",
    )


def not_received(
    texts: Sequence[str], text: str, user: str, why: str, clause: str = "TS-CHAT-4.1.7"
) -> CheckResult:
    """Somebody whom a message is not for does not get it.

    Args:
        texts: What the user got up to a later message that was for it.
        text: That must not be among it.
        user: Address of the user.
        why: It is not for the user: `it sent it itself`.
        clause: TS-CHAT-4.1.2 in 1-to-1 chat, TS-CHAT-4.1.7 in groups.
    """
    return judged(
        clause,
        "message.not_received",
        text not in texts,
        expected=f"{user} does not get the message: {why}",
        actual="received" if text in texts else "not received",
        where=f"chatMessageNotification to {user}",
    )


def reported(
    awaited: Awaited[ChatMessageStatusNotification],
    status: MessageStatus,
    clause: str = "TS-CHAT-4.1.7",
) -> CheckResult:
    """A report that the sender asked for reaches it.

    Args:
        awaited: The report.
        status: What the receiver reported.
        clause: TS-CHAT-4.1.3 in 1-to-1 chat, TS-CHAT-4.1.7 in groups.
    """
    content = awaited.content
    return judged(
        clause,
        "message.reported",
        content is not None and content.status is status,
        expected=f"{awaited.user} is told that the message is {status.value}",
        actual=content.status.value if content else awaited.absence,
        where=awaited.where,
        event=awaited.event,
    )


def status_shown(
    read: Exchange, expected: MessageStatus, clause: str = "TS-CHAT-4.1.7"
) -> CheckResult:
    """The status resource shows what was reported.

    Args:
        read: A reading of the status by the sender.
        expected: What the receiver reported.
        clause: TS-CHAT-4.1.3 in 1-to-1 chat, TS-CHAT-4.1.7 in groups.
    """
    shown = content_of(read, MessageStatusReport).status
    return judged(
        clause,
        "message.status",
        shown is expected,
        expected=f"status {expected.value}",
        actual=f"status {shown.value}",
        where=place(read, "messageStatusReport/status"),
        event=read.number,
    )


def _content(awaited: Awaited[Content], clause: str = "UNI-CHT-020.3") -> Content:
    if awaited.content is None:
        raise Inconclusive(Cause.PRECONDITION, f"{awaited.where}: {awaited.absence}", clause)
    return awaited.content
