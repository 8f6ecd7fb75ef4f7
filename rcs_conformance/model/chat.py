"""Structures of the Chat API (binding, section 2); how they are declared: `model.common`."""

from dataclasses import dataclass
from enum import StrEnum

from rcs_conformance.model.common import CallbackReference, Link


class ParticipantStatus(StrEnum):
    """How a user stands to a chat."""

    INVITED = "Invited"
    CONNECTED = "Connected"
    DISCONNECTED = "Disconnected"


class MessageStatus(StrEnum):
    """How far a message has come."""

    SENT = "Sent"
    DELIVERED = "Delivered"
    DISPLAYED = "Displayed"
    FAILED = "Failed"


class ComposingState(StrEnum):
    """Whether a user is writing (RFC 3994)."""

    ACTIVE = "active"
    IDLE = "idle"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatNotificationSubscription:
    """A subscription to the notifications of a user's chats."""

    callback_reference: CallbackReference
    duration: int | None = None
    client_correlator: str | None = None
    confirmed_chat_supported: bool | None = None
    adhoc_chat_supported: bool | None = None
    resource_url: str | None = None
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSubscriptionList:
    """The subscriptions of a user."""

    chat_notification_subscription: tuple[ChatNotificationSubscription, ...] = ()
    resource_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessage:
    """A text message; as the first part of a multimedia message its text may be empty."""

    text: str
    report_request: tuple[MessageStatus, ...] = ()
    status: MessageStatus | None = None
    client_correlator: str | None = None
    resource_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IsComposing:
    """A composing indication, its members named and meant as in RFC 3994."""

    state: ComposingState
    lastactive: str | None = None
    contenttype: str | None = None
    refresh: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageStatusReport:
    """The status of one message."""

    status: MessageStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSessionInformation:
    """A confirmed 1-to-1 chat session."""

    subject: str | None = None
    originator_address: str
    originator_name: str | None = None
    t_participant_address: str
    t_participant_name: str | None = None
    status: ParticipantStatus | None = None
    chat_message: ChatMessage | None = None
    client_correlator: str | None = None
    resource_url: str | None = None
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantSessionStatus:
    """The status that a user asks for, with the services that its application supports."""

    status: ParticipantStatus
    supported_service: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantInformation:
    """A participant of a group; inside other structures its element is `participant`."""

    address: str
    name: str | None = None
    is_originator: bool | None = None
    status: ParticipantStatus | None = None
    supported_service: tuple[str, ...] = ()
    client_correlator: str | None = None
    resource_url: str | None = None
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantList:
    """The participants of a group."""

    participant: tuple[ParticipantInformation, ...]
    resource_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionParameters:
    """What a 1-to-1 session is extended with to become a group."""

    participant: tuple[ParticipantInformation, ...]
    subject: str | None = None
    is_closed: bool | None = None
    supported_service: tuple[str, ...] = ()
    client_correlator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChatSessionInformation:
    """An ad-hoc group chat. A request names its originator first, then those invited."""

    subject: str | None = None
    participant: tuple[ParticipantInformation, ...]
    is_closed: bool | None = None
    supported_service: tuple[str, ...] = ()
    client_correlator: str | None = None
    resource_url: str | None = None
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LongLivedGroupChatInformation:
    """A long-lived group chat."""

    group_chat_id: str | None = None
    subject: str | None = None
    participant: tuple[ParticipantInformation, ...]
    is_closed: bool | None = None
    supported_service: tuple[str, ...] = ()
    client_correlator: str | None = None
    resource_url: str | None = None
    link: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LongLivedGroupChat:
    """One line of a user's list of long-lived group chats."""

    group_chat_id: str
    subject: str | None = None
    resource_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LongLivedGroupChatList:
    """The long-lived group chats of a user."""

    long_lived_group_chat: tuple[LongLivedGroupChat, ...] = ()
    resource_url: str


# Lists that only dialects have; the suites do not read them.


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChatSessionInformationList:
    """The group chats of a user."""

    group_chat_session_information: tuple[GroupChatSessionInformation, ...] = ()
    resource_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatSessionInformationList:
    """The 1-to-1 chats of a user."""

    chat_session_information: tuple[ChatSessionInformation, ...] = ()
    resource_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessageList:
    """The messages of a chat."""

    chat_message: tuple[ChatMessage, ...] = ()
    resource_url: str | None = None
