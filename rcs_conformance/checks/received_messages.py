"""Checks of messages that arrive, in a chat of any kind (UNI-CHT-020, and chat ids of all)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rcs_conformance.checks.judging import content_in, content_of, judged, place_of
from rcs_conformance.errors import Cause, Inconclusive, NotApplicable
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import MessageStatus, MessageStatusReport
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.kinds import ChatIdentity, ChatKind
from rcs_conformance.model.notifications import (
    ChatMessageNotification,
    ChatMessageStatusNotification,
    MultimediaChatMessageNotification,
)
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.urls import identifiers

Received = Awaited[ChatMessageNotification]
Announced = Awaited[MultimediaChatMessageNotification]

CLOCK_DIFFERENCE = timedelta(minutes=1)
"""How far the clocks of the two sides may be apart (binding, section 3)."""


def received_in(received: Received | Announced, chat: ChatIdentity, clause: str) -> CheckResult:
    """UNI-CHT-020.1 to 4, 021.1 to 4, 027.2: it arrives, and says in which chat.

    Args:
        received: Found by its own text, not by its chat id.
        chat: As the receiver knows it.
        clause: Of these.
    """
    content = received.content
    return judged(
        clause,
        "message.chat_id",
        content is not None and _identity(content, chat) == chat,
        expected=f"{received.user} gets it with {_described(chat)}",
        actual=received.absence if content is None else _described(_identity(content, chat)),
        where=received.where,
        event=received.event,
    )


def _identity(
    content: ChatMessageNotification | MultimediaChatMessageNotification, chat: ChatIdentity
) -> ChatIdentity:
    """What a notification says about which chat it is of, where it is said for such a chat."""
    lasting = chat.kind is ChatKind.LONG_LIVED
    shown = content.group_chat_id if lasting else content.session_id
    sender = content.sender_address or ""
    if not chat.contact or same_address(sender, chat.contact):
        sender = chat.contact
    return replace(chat, id=shown or "", contact=sender)


def _described(chat: ChatIdentity) -> str:
    member = "groupChatId" if chat.kind is ChatKind.LONG_LIVED else "sessionId"
    contact = f" and senderAddress {chat.contact or 'missing'}"
    shown = f"{member} {chat.id!r}" if chat.id else f"no {member}"
    return shown + (contact if chat.kind is ChatKind.ADHOC else "")


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
    """UNI-CHT-020.7: the text arrives unchanged.

    Args:
        received: The message; others arrive, so that it is missing on account of its text.
        expected: What was sent.
    """
    content = received.content
    message = content.chat_message if content else None
    return judged(
        "UNI-CHT-020.7",
        "message.text",
        message is not None and message.text == expected,
        expected=f"text {expected!r}",
        actual=f"text {message.text!r}" if message else received.absence,
        where=f"{received.where} chatMessage/text",
        event=received.event,
    )


def sender(received: Received, chat: ChatIdentity, expected: str, owner: str) -> CheckResult:
    """UNI-CHT-020.7: the notification names the sender.

    Args:
        received: The message.
        chat: As the receiver knows it; the sender is the chat id of an ad-hoc chat.
        expected: Address of the sender.
        owner: The clause behind its arrival under its chat id, whose business both are.

    Raises:
        Inconclusive: It did not arrive, or not under the chat id that is its sender.
    """
    shown = content_in(received, owner).sender_address
    if chat.contact and not same_address(shown, expected):
        reason = f"{received.where}: senderAddress {shown or 'missing'}"
        raise Inconclusive(Cause.PRECONDITION, reason, owner)
    return judged(
        "UNI-CHT-020.7",
        "message.sender",
        same_address(shown, expected),
        expected=f"senderAddress {expected}",
        actual=shown or "none",
        where=f"{received.where} senderAddress",
        event=received.event,
    )


def time_stamp(received: Received, sent: datetime, owner: str) -> CheckResult:
    """UNI-CHT-020.5: the time stamp lies between sending and arrival.

    Args:
        received: A message.
        sent: When it was sent.
        owner: The clause behind its arrival.

    Raises:
        NotApplicable: There is none; the binding leaves that free.
    """
    text = content_in(received, owner).date_time
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


def report_requested(received: Received, asked: Sequence[MessageStatus], owner: str) -> CheckResult:
    """UNI-CHT-020.6: the request for reports is passed on; `owner` as of `time_stamp`."""
    message = content_in(received, owner).chat_message
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


def report_linked(received: Received, path: str, owner: str) -> Iterator[CheckResult]:
    """UNI-CHT-020.6: a message that asks for a report has a link to where that goes.

    Args:
        received: The message.
        path: Of the status of messages in such a chat; empty where there is none.
        owner: As of `time_stamp`.
    """
    if not path:
        return
    links = [each.href for each in content_in(received, owner).link]
    yield judged(
        "UNI-CHT-020.6",
        "message.report_link",
        any(identifiers(href, path.removesuffix("/status")) for href in links),
        expected=f"a link to {path}, to report the status",
        actual=", ".join(links) or "no link",
        where=f"{received.where} link",
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
        where=place_of(read, "messageStatusReport/status"),
        event=read.number,
    )
