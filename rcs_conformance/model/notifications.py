"""Notifications of the Chat API (binding, section 3); how they are declared: `model.common`.

A member that a specific clause asks for is optional here although the schema requires it, so that
its absence is found under that clause and not as a body that cannot be read.
"""

from dataclasses import dataclass
from enum import StrEnum

from rcs_conformance.model.chat import (
    ChatMessage,
    IsComposing,
    MessageStatus,
    ParticipantInformation,
)
from rcs_conformance.model.common import Link


class EventType(StrEnum):
    """What happened to a chat or a file transfer.

    No text about chats is public, so a target may have values that are not listed: each is an event
    type of its own, equal to none of these.
    """

    ACCEPTED = "Accepted"
    DECLINED = "Declined"
    SESSION_CANCELLED = "SessionCancelled"
    SESSION_ENDED = "SessionEnded"
    SUCCESSFUL = "Successful"
    TIMEOUT = "Timeout"
    UNREACHABLE = "Unreachable"
    FAILED = "Failed"
    ABORTED = "Aborted"
    GROUP_CHAT_UNAVAILABLE = "GroupChatUnavailable"

    @classmethod
    def _missing_(cls, value: object) -> "EventType | None":
        if not isinstance(value, str) or not value:
            return None
        unlisted = str.__new__(cls, value)
        unlisted._name_, unlisted._value_ = f"unlisted {value}", value
        return unlisted


_OF_BOTH = frozenset(
    {
        EventType.DECLINED,
        EventType.SESSION_CANCELLED,
        EventType.SESSION_ENDED,
        EventType.SUCCESSFUL,
    }
)
CHAT_EVENTS = _OF_BOTH | {
    EventType.ACCEPTED,
    EventType.TIMEOUT,
    EventType.UNREACHABLE,
    EventType.GROUP_CHAT_UNAVAILABLE,
}
"""The types that the binding lists for chats."""

FILE_TRANSFER_EVENTS = _OF_BOTH | {EventType.FAILED, EventType.ABORTED}
"""The types that the binding lists for file transfers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSessionInvitationNotification:
    """An invitation to a confirmed 1-to-1 chat."""

    callback_data: str | None = None
    session_id: str | None = None
    originator_address: str | None = None
    originator_name: str | None = None
    subject: str | None = None
    chat_message: ChatMessage | None = None
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChatSessionInvitationNotification:
    """An invitation to a group chat: at its start, on being added, on extension."""

    callback_data: str | None = None
    session_id: str | None = None
    originator_address: str | None = None
    subject: str | None = None
    participant: tuple[ParticipantInformation, ...] = ()
    is_closed: bool | None = None
    supported_service: tuple[str, ...] = ()
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatEventNotification:
    """Something happened to a chat as a whole."""

    callback_data: str | None = None
    event_type: EventType
    session_id: str | None = None
    group_chat_id: str | None = None
    participant_address: str | None = None
    event_description: str | None = None
    supported_service: tuple[str, ...] = ()
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatParticipantStatusNotification:
    """The participants of a group, or those that changed."""

    callback_data: str | None = None
    session_id: str | None = None
    group_chat_id: str | None = None
    participant: tuple[ParticipantInformation, ...] = ()
    supported_service: tuple[str, ...] = ()
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessageNotification:
    """A message or a composing indication."""

    callback_data: str | None = None
    session_id: str | None = None
    group_chat_id: str | None = None
    message_id: str | None = None
    sender_address: str | None = None
    sender_name: str | None = None
    date_time: str | None = None
    chat_message: ChatMessage | None = None
    is_composing: IsComposing | None = None
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MultimediaChatMessageNotification:
    """Multimedia content is ready to be downloaded."""

    callback_data: str | None = None
    session_id: str | None = None
    group_chat_id: str | None = None
    message_id: str | None = None
    sender_address: str | None = None
    sender_name: str | None = None
    date_time: str | None = None
    chat_message: ChatMessage | None = None
    content_type: str | None = None
    file_url: str | None = None
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessageStatusNotification:
    """A delivery or display report, or the final status after pending."""

    callback_data: str | None = None
    message_id: str
    status: MessageStatus
    participant_address: str | None = None
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LongLivedGroupChatAddedNotification:
    """The user was added to a long-lived group."""

    callback_data: str | None = None
    group_chat_id: str | None = None
    originator_address: str | None = None
    subject: str | None = None
    is_closed: bool | None = None
    supported_service: tuple[str, ...] = ()
    participant: tuple[ParticipantInformation, ...] = ()
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LongLivedGroupChatServicesNotification:
    """The services of a long-lived group changed; this is the new list."""

    callback_data: str | None = None
    group_chat_id: str | None = None
    supported_service: tuple[str, ...] = ()
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CancellationReason:
    """Why the server ended a subscription, in the form of an exception."""

    message_id: str
    text: str
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSubscriptionCancellationNotification:
    """The server ended a subscription; the reason is a structure or a text alone."""

    callback_data: str | None = None
    reason: CancellationReason | str | None = None
    link: tuple[Link, ...] = ()
