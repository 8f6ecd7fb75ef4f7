"""Waits until a user receives a message, a composing indication or a report."""

import itertools
from collections.abc import Container, Sequence
from dataclasses import replace

from rcs_conformance.driver import Actor
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.inbox import Mailbox
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ChatMessage, IsComposing, MessageStatus
from rcs_conformance.model.exchange import Exchange, Notification
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.media import Download
from rcs_conformance.model.notifications import (
    ChatMessageNotification,
    ChatMessageStatusNotification,
    MultimediaChatMessageNotification,
)
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.setup.downloads import downloaded
from rcs_conformance.scenario.setup.markers import marker_in
from rcs_conformance.scenario.setup.preconditions import rejected, require_arrival


def message(chat: Chat, who: Actor, text: str) -> Awaited[ChatMessageNotification]:
    """Wait until a user gets a message.

    It is known by the marker in its text, whatever became of the rest and under whichever id it
    comes; where the marker is lost, by the chat. Others who use the same accounts share ad-hoc
    chats: there a message without a marker counts only once the message itself has not come.
    """
    own = marker_in(text)
    usual = {own} if chat.kind is ChatKind.ADHOC else {own, None}
    return chat.environment.mailboxes.awaited(
        who,
        chat.fmt,
        ChatMessageNotification,
        lambda content: _is_message(chat, who, content, usual),
        otherwise=lambda content: _is_message(chat, who, content, {None}),
    )


def _is_message(
    chat: Chat, who: Actor, content: ChatMessageNotification, known: Container[str | None]
) -> bool:
    """Whether a notification is about a message with a marker that is known.

    `None` among the markers: a message without one, in this chat.
    """
    if content.chat_message is None:
        return False
    shown = marker_in(content.chat_message.text)
    return shown in known and (shown is not None or chat.is_here(who, content))


def message_in(mailbox: Mailbox, chat: Chat, text: str) -> Awaited[ChatMessageNotification]:
    """Wait until a message is in a certain mailbox, in its format, known by its marker."""
    return chat.environment.mailboxes.arrivals.awaited(
        mailbox,
        ChatMessageNotification,
        lambda content: (
            content.chat_message is not None
            and marker_in(content.chat_message.text) == marker_in(text)
        ),
        readable=False,
    )


def with_text(mailbox: Mailbox, text: str) -> tuple[Notification, ...]:
    """What arrived so far in a certain mailbox about a message, known by its marker."""
    return tuple(
        each
        for each in mailbox.arrived()
        if isinstance(each.content, ChatMessageNotification)
        and each.content.chat_message is not None
        and marker_in(each.content.chat_message.text) == marker_in(text)
    )


def multimedia(chat: Chat, who: Actor, text: str) -> Awaited[MultimediaChatMessageNotification]:
    """Wait until a user is notified of a multimedia message, known as `message` knows a text.

    A server need not pass its text on; content that was recognised as another message is left out.
    """
    recognition = chat.environment.recognition
    found = chat.environment.mailboxes.awaited(
        who,
        chat.fmt,
        MultimediaChatMessageNotification,
        lambda content: (
            _is(chat, who, content, content.chat_message, text)
            and recognition.is_about(who, content, text)
        ),
    )
    if found.content is not None:
        recognition.note(who, found.content, text)
    return found


def _is(chat: Chat, who: Actor, content: object, message: ChatMessage | None, text: str) -> bool:
    """Whether a notification is about the message with this text."""
    shown = None if message is None else marker_in(message.text)
    return chat.is_here(who, content) if shown is None else shown == marker_in(text)


def download(
    chat: Chat, who: Actor, notified: Awaited[MultimediaChatMessageNotification]
) -> Download:
    """Download the content that a user was notified of, as of `downloaded`.

    Raises:
        Inconclusive: It was not notified, or without a URL; attributed to UNI-CHT-027.1.
    """
    url = require_arrival(notified, "UNI-CHT-027.1").file_url
    if not url:
        raise Inconclusive(
            Cause.PRECONDITION,
            f"{notified.where}: the notification has no fileURL",
            "UNI-CHT-027.1",
        )
    return downloaded(who, url, chat.fmt)


def composing(chat: Chat, who: Actor, by: Actor) -> Awaited[ChatMessageNotification]:
    """Wait until a user gets a composing indication of another one in this chat."""
    return chat.awaited(who, ChatMessageNotification, lambda content: _composes(content, by))


def indication(
    chat: Chat, who: Actor, by: Actor, sent: IsComposing
) -> Awaited[ChatMessageNotification]:
    """Wait until a user gets this indication; else the last other one of the same sender.

    Nothing but its content tells an indication from others in the same chat.
    """
    found = chat.awaited(
        who,
        ChatMessageNotification,
        lambda content: (
            _composes(content, by)
            and content.is_composing is not None
            and (content.is_composing.state, content.is_composing.refresh)
            == (sent.state, sent.refresh)
        ),
    )
    if found.content is not None:
        return found
    others = [each for each in chat.received(who, ChatMessageNotification) if _composes(each, by)]
    return replace(found, content=others[-1]) if others else found


def _composes(content: ChatMessageNotification, by: Actor) -> bool:
    """Whether a notification tells that a user composes; one without a sender may be any user's."""
    sender = content.sender_address
    return content.is_composing is not None and (sender is None or same_address(sender, by.address))


def message_status(
    chat: Chat, who: Actor, message_id: str | None, *expected: MessageStatus
) -> Awaited[ChatMessageStatusNotification]:
    """Wait until a user is notified of the status of a message: of one of `expected`, or of any."""
    return chat.environment.mailboxes.awaited(
        who,
        chat.fmt,
        ChatMessageStatusNotification,
        lambda content: (
            content.message_id == message_id and (not expected or content.status in expected)
        ),
    )


def statuses(
    chat: Chat, who: Actor, message_id: str | None
) -> tuple[ChatMessageStatusNotification, ...]:
    """The status notifications that a user got so far about a message."""
    boxes = chat.environment.mailboxes.of(who, chat.fmt)
    contents = (each.content for each in boxes.arrived())
    return tuple(
        each
        for each in contents
        if isinstance(each, ChatMessageStatusNotification) and each.message_id == message_id
    )


def final_status(chat: Chat, who: Actor, sent: Exchange) -> Awaited[ChatMessageStatusNotification]:
    """Wait for the final status of a message whose response says pending.

    Raises:
        Inconclusive: The response is not pending, or does not identify the message.
    """
    status = getattr(sent.answer.content, "status", None)
    if status is not None:
        reason = f"{sent}: status {status}: the message is not pending"
        raise Inconclusive(Cause.NO_TRIGGER, reason)
    message_id = chat.message_id(sent)
    if message_id is None:
        reason = f"{sent}: the response does not identify the message"
        raise Inconclusive(Cause.PRECONDITION, reason, chat.terms.reporting)
    return message_status(chat, who, message_id)


def failure(
    chat: Chat, who: Actor, sent: Exchange
) -> Awaited[ChatMessageStatusNotification] | None:
    """Wait for the notification that a message failed; `None` if the response says so already."""
    status = getattr(sent.answer.content, "status", None)
    if rejected(sent) or status is MessageStatus.FAILED:
        return None
    return message_status(chat, who, chat.message_id(sent), MessageStatus.FAILED)


def texts(chat: Chat, who: Actor) -> list[str]:
    """The texts of the messages that a user got in this chat so far, in order."""
    got = chat.received(who, ChatMessageNotification)
    return [content.chat_message.text for content in got if content.chat_message is not None]


def said(chat: Chat, who: Actor, to: Actor) -> str:
    """Say something, and wait until another user gets it; the text.

    Raises:
        Inconclusive: It does not come.
    """
    text = chat.say(who)
    require_arrival(message(chat, to, text), chat.terms.receiving)
    return text


def before(chat: Chat, who: Actor, text: str) -> tuple[ChatMessageNotification, ...]:
    """Wait until a user gets a message; what it got in this chat before that.

    Raises:
        Inconclusive: It does not come.
    """
    require_arrival(message(chat, who, text), chat.terms.receiving)
    got = chat.received(who, ChatMessageNotification)
    own = marker_in(text)
    messages = ((each, each.chat_message) for each in got)
    texts = ((each, said.text) for each, said in messages if said is not None)
    return tuple(
        each for each, _ in itertools.takewhile(lambda pair: marker_in(pair[1]) != own, texts)
    )


def of_those(sent: Sequence[str], got: Sequence[str]) -> list[str]:
    """Which of the texts that were sent a user got, in that order, whatever became of them."""
    by_marker = {marker_in(each): each for each in sent}
    markers = (marker_in(each) for each in got)
    return [by_marker[each] for each in markers if each in by_marker]


def texts_anywhere(chat: Chat, who: Actor) -> list[str]:
    """The texts of all messages that a user got, in whichever chat."""
    got = (each.content for each in chat.environment.mailboxes.of(who, chat.fmt).arrived())
    return [
        content.chat_message.text
        for content in got
        if isinstance(content, ChatMessageNotification) and content.chat_message is not None
    ]


def distinct(chat: Chat, who: Actor, text: str) -> int:
    """How many messages with a text a user got, those that came again counted once."""
    got = chat.received(who, ChatMessageNotification)
    return len(
        {
            content.message_id
            for content in got
            if content.chat_message is not None and content.chat_message.text == text
        }
    )
