"""Checks of messages that arrive, in a chat of any kind."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from rcs_conformance.checks.judging import Place, at, content_in, content_of, member
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

_TIME = "UNI-CHT-020.5"
_REPORT = "UNI-CHT-020.6"
_SAME = "UNI-CHT-020.7"
_IN_GROUPS = "TS-CHAT-4.1.7"


def received_in(received: Received | Announced, chat: ChatIdentity, clause: str) -> CheckResult:
    """A message arrives, and its notification names the chat.

    Args:
        received: Found by its own text, not by its chat id.
        chat: As the receiver knows it.
        clause: That requires it in this kind of chat.
    """
    content = received.content
    return at(received).require(
        clause,
        "message.chat_id",
        holds=content is not None and _identity(content, chat) == chat,
        expected=_described(chat),
        actual="" if content is None else _described(_identity(content, chat)),
    )


def _identity(
    content: ChatMessageNotification | MultimediaChatMessageNotification, chat: ChatIdentity
) -> ChatIdentity:
    """The chat that a notification names, with the members that name a chat of that kind."""
    long_lived = chat.kind is ChatKind.LONG_LIVED
    shown = content.group_chat_id if long_lived else content.session_id
    sender = content.sender_address or ""
    if not chat.contact or same_address(sender, chat.contact):
        sender = chat.contact
    return replace(chat, id=shown or "", contact=sender)


def _described(chat: ChatIdentity) -> str:
    name = "groupChatId" if chat.kind is ChatKind.LONG_LIVED else "sessionId"
    shown = member(name, chat.id or None)
    if chat.kind is not ChatKind.ADHOC:
        return shown
    return f"{shown}, {member('senderAddress', chat.contact or None)}"


def goes_on(received: Received, clause: str) -> CheckResult:
    """A chat continues for a user: it receives a message that is sent to the chat.

    Args:
        received: The message.
        clause: That requires it.
    """
    return at(received).arrives(
        clause,
        "chat.goes_on",
        f"{received.user} receives a message to the chat: the chat continues",
    )


def text_unchanged(received: Received, expected: str) -> CheckResult:
    """The text arrives unchanged.

    Args:
        received: The message; others arrive, so that its text explains its absence.
        expected: The text that was sent.
    """
    message = received.content.chat_message if received.content else None
    return at(received, "chatMessage/text").require(
        _SAME,
        "message.text",
        holds=message is not None and message.text == expected,
        expected=member("text", expected),
        actual=member("text", message.text) if message else "",
    )


def sender(received: Received, chat: ChatIdentity, expected: str, arrival: str) -> CheckResult:
    """The notification names the sender.

    Args:
        received: The message.
        chat: As the receiver knows it; the sender is the chat id of an ad-hoc chat.
        expected: Address of the sender.
        arrival: The clause that requires its arrival under its chat id.

    Raises:
        Inconclusive: It did not arrive, or not under the chat id that is its sender.
    """
    shown = content_in(received, arrival).sender_address
    if chat.contact and not same_address(shown, expected):
        reason = f"{received.where}: {member('senderAddress', shown)}"
        raise Inconclusive(Cause.PRECONDITION, reason, arrival)
    return at(received, "senderAddress").equals(
        _SAME, "message.sender", shown, expected, holds=same_address(shown, expected)
    )


def time_stamp(received: Received, sent: datetime, arrival: str) -> CheckResult:
    """The time stamp lies between sending and arrival.

    Args:
        received: A message.
        sent: When it was sent.
        arrival: The clause that requires its arrival.

    Raises:
        NotApplicable: There is none; the binding makes it optional.
    """
    text = content_in(received, arrival).date_time
    if text is None or received.notification is None:
        raise NotApplicable("the server's message notifications have no dateTime")
    arrived = received.notification.received
    try:
        stamp = datetime.fromisoformat(text)
        holds = sent - CLOCK_DIFFERENCE <= stamp.astimezone(UTC) <= arrived + CLOCK_DIFFERENCE
        holds = holds and stamp.tzinfo is not None
    except ValueError:
        holds = False
    return at(received, "dateTime").require(
        _TIME,
        "message.time",
        holds=holds,
        expected=f"dateTime between {sent.isoformat()} and {arrived.isoformat()}, with time zone"
        " (clocks may differ by 1 minute)",
        actual=member("dateTime", text),
    )


def report_requested(
    received: Received, requested: Sequence[MessageStatus], arrival: str
) -> CheckResult:
    """The request for reports is passed on.

    Args:
        received: A message.
        requested: The reports that its sender requested.
        arrival: The clause that requires its arrival.
    """
    message = content_in(received, arrival).chat_message
    shown = message.report_request if message else ()
    return at(received, "chatMessage/reportRequest").require(
        _REPORT,
        "message.report_request",
        holds=set(requested) <= set(shown),
        expected=f"reportRequest includes {', '.join(sorted(requested))}",
        actual=member("reportRequest", shown),
    )


def report_linked(received: Received, path: str, arrival: str) -> Iterator[CheckResult]:
    """A message that requests a report has a link for it.

    Args:
        received: The message.
        path: Of the status of messages in such a chat; empty without one.
        arrival: The clause that requires its arrival.
    """
    if not path:
        return
    links = [each.href for each in content_in(received, arrival).link]
    yield at(received, "link").require(
        _REPORT,
        "message.report_link",
        holds=any(identifiers(href, path.removesuffix("/status")) for href in links),
        expected=f"link to {path}, for the status report",
        actual=member("link", links),
    )


def in_order(
    texts: Sequence[str], expected: Sequence[str], user: str, clause: str = _IN_GROUPS
) -> CheckResult:
    """Messages are notified in the order in which they were sent.

    Args:
        texts: Those that the user received.
        expected: Those that were sent.
        user: Address of the user.
        clause: About this kind of chat.
    """
    distinct = tuple(dict.fromkeys(texts))
    return Place(f"chatMessageNotification to {user}").require(
        clause,
        "message.order",
        holds=distinct == tuple(expected),
        expected=f"texts in the order sent: {list(expected)}",
        actual=f"texts received: {list(distinct)}",
    )


def not_received(
    texts: Sequence[str], text: str, user: str, why: str, clause: str = _IN_GROUPS
) -> CheckResult:
    """A user that a message is not for does not receive it.

    Args:
        texts: Those that the user received up to a later message for it.
        text: Of the message.
        user: Address of the user.
        why: Why it is not for the user: `it sent it itself`.
        clause: About this kind of chat.
    """
    return Place(f"chatMessageNotification to {user}").require(
        clause,
        "message.not_received",
        holds=text not in texts,
        expected=f"message not received by {user}: {why}",
        actual=f"message received by {user}"
        if text in texts
        else f"message not received by {user}",
    )


def reported(
    awaited: Awaited[ChatMessageStatusNotification], status: MessageStatus, clause: str = _IN_GROUPS
) -> CheckResult:
    """The sender is notified of a report that it requested.

    Args:
        awaited: The report.
        status: In the receiver's request.
        clause: About this kind of chat.
    """
    content = awaited.content
    return at(awaited).require(
        clause,
        "message.reported",
        holds=content is not None and content.status is status,
        expected=f"{awaited.user} is notified: {member('status', status)}",
        actual=f"{awaited.user} is notified: {member('status', content.status)}" if content else "",
    )


def status_shown(read: Exchange, expected: MessageStatus, clause: str = _IN_GROUPS) -> CheckResult:
    """The status resource shows the reported status.

    Args:
        read: A GET of the status by the sender.
        expected: The status that the receiver reported.
        clause: About this kind of chat.
    """
    shown = content_of(read, MessageStatusReport).status
    return at(read, "messageStatusReport/status").equals(clause, "message.status", shown, expected)
