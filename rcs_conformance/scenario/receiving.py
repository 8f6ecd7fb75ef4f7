"""Waiting until a user gets a message, a composing indication or a report, in any kind of chat."""

from rcs_conformance.driver import Actor
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import MessageStatus
from rcs_conformance.model.notifications import (
    ChatMessageNotification,
    ChatMessageStatusNotification,
)
from rcs_conformance.scenario.conversation import Conversation


def message(chat: Conversation, who: Actor, text: str) -> Awaited[ChatMessageNotification]:
    """Wait until a user gets a message, known by its own text and not by its session id."""
    return chat.stage.mail.awaited(
        who,
        chat.fmt,
        ChatMessageNotification,
        lambda content: content.chat_message is not None and content.chat_message.text == text,
    )


def any_message(chat: Conversation, who: Actor) -> Awaited[ChatMessageNotification]:
    """Wait until a user gets a message in this chat, whatever became of its text."""
    return chat.awaited(
        who, ChatMessageNotification, lambda content: content.chat_message is not None
    )


def composing(chat: Conversation, who: Actor) -> Awaited[ChatMessageNotification]:
    """Wait until a user gets a composing indication in this chat."""
    return chat.awaited(
        who, ChatMessageNotification, lambda content: content.is_composing is not None
    )


def message_status(
    chat: Conversation, who: Actor, message_id: str | None, *expected: MessageStatus
) -> Awaited[ChatMessageStatusNotification]:
    """Wait until a user is told of the status of a message: of one of `expected`, or of any."""
    return chat.stage.mail.awaited(
        who,
        chat.fmt,
        ChatMessageStatusNotification,
        lambda content: (
            content.message_id == message_id and (not expected or content.status in expected)
        ),
    )


def texts(chat: Conversation, who: Actor) -> list[str]:
    """The texts of the messages that a user got in this chat so far, in order."""
    got = chat.told(who, ChatMessageNotification)
    return [content.chat_message.text for content in got if content.chat_message is not None]


def texts_anywhere(chat: Conversation, who: Actor) -> list[str]:
    """The texts of all messages that a user got, in whichever chat."""
    got = (each.content for each in chat.stage.mail.box(who, chat.fmt).arrived())
    return [
        content.chat_message.text
        for content in got
        if isinstance(content, ChatMessageNotification) and content.chat_message is not None
    ]


def distinct(chat: Conversation, who: Actor, text: str) -> int:
    """How many messages with a text a user got, those that came again counted once."""
    got = chat.told(who, ChatMessageNotification)
    return len(
        {
            content.message_id
            for content in got
            if content.chat_message is not None and content.chat_message.text == text
        }
    )
