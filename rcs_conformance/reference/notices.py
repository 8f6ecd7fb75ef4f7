"""Notices: notifications on their way to one subscription, with what caused them."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatMessageNotification,
    ChatMessageStatusNotification,
    ChatParticipantStatusNotification,
    ChatSessionInvitationNotification,
    GroupChatSessionInvitationNotification,
    LongLivedGroupChatAddedNotification,
    LongLivedGroupChatServicesNotification,
    MultimediaChatMessageNotification,
)
from rcs_conformance.reference.state import Conversation, Member, Message
from rcs_conformance.reference.subscription_state import ChatSubscription

ChatNotification = (
    ChatSessionInvitationNotification
    | GroupChatSessionInvitationNotification
    | LongLivedGroupChatAddedNotification
    | LongLivedGroupChatServicesNotification
    | ChatEventNotification
    | ChatParticipantStatusNotification
    | ChatMessageNotification
    | MultimediaChatMessageNotification
    | ChatMessageStatusNotification
)
"""What this server notifies of."""


class Addressed(Protocol):
    """A subscription of whichever API, as far as delivery cares."""

    @property
    def id(self) -> str:
        """Its id, which no other subscription of the server has."""

    @property
    def root(self) -> str:
        """The server root under which it was asked for."""


class Outgoing(Protocol):
    """A notification on its way, of whichever API; attributes as of `Notice`."""

    @property
    def subscription(self) -> Addressed:
        """Where it goes."""

    @property
    def url(self) -> str:
        """Where the subscription wants it."""

    @property
    def content(self) -> object:
        """What is told."""

    @property
    def format(self) -> Format:
        """The format that the subscription asks for."""

    @property
    def hold(self) -> float:
        """Seconds to wait before it is sent."""

    @property
    def overtakes(self) -> bool:
        """Whether it goes before what waits already."""


class Cause(Enum):
    """What happened."""

    STARTED = auto()
    ADDED = auto()
    EXTENDED = auto()
    """A 1-to-1 session became a group chat."""
    ACCEPTED = auto()
    DECLINED = auto()
    LEFT = auto()
    REJOINED = auto()
    CANCELLED = auto()
    ENDED = auto()
    SERVICES = auto()
    """The services of a chat are others."""
    DISABLED = auto()
    MESSAGE = auto()
    """A text message."""
    MULTIMEDIA = auto()
    COMPOSING = auto()
    REPORTED = auto()
    SETTLED = auto()
    """The final status of a message that was pending."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notification for one subscription.

    Attributes:
        subscription: Where it goes.
        content: What is told.
        cause: What happened.
        group: In which chat.
        member: The part in it of the user who is told.
        actor: Address of the user who caused it; empty where the server did.
        message: Which message it is about, if it is about one.
        hold: Seconds to wait before it is sent.
        overtakes: Whether it goes before what waits already; only where a fault wants it.
    """

    subscription: ChatSubscription
    content: ChatNotification
    cause: Cause
    conversation: Conversation
    member: Member
    actor: str
    message: Message | None = None
    hold: float = 0.0
    overtakes: bool = False

    @property
    def url(self) -> str:
        """Where the subscription wants it."""
        return self.subscription.given.callback_reference.notify_url

    @property
    def format(self) -> Format:
        """The format that the subscription asks for; XML where it does not say."""
        asked = self.subscription.given.callback_reference.notification_format
        return Format.XML if asked is None else Format[asked.value]
