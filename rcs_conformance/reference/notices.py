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
    ChatSubscriptionCancellationNotification,
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
    """A subscription of either API, as far as delivery needs it."""

    @property
    def id(self) -> str:
        """Its id, which no other subscription of the server has."""

    @property
    def root(self) -> str:
        """The server root of the request that created it."""

    @property
    def owner(self) -> str:
        """The main address of its user."""


class Outgoing(Protocol):
    """A notification on its way, of either API; attributes as of `Notice`."""

    @property
    def subscription(self) -> Addressed:
        """The subscription that it is for."""

    @property
    def url(self) -> str:
        """The notifyURL of the subscription."""

    @property
    def content(self) -> object:
        """The notification."""

    @property
    def format(self) -> Format:
        """The format that the subscription requests."""

    @property
    def hold(self) -> float:
        """Seconds to wait before it is sent."""

    @property
    def overtakes(self) -> bool:
        """Whether it is sent before those that wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionEnd:
    """The notification to a subscription that it has ended; attributes as of `Notice`."""

    subscription: ChatSubscription
    content: ChatSubscriptionCancellationNotification
    hold: float = 0.0
    overtakes: bool = False

    @property
    def url(self) -> str:
        """The notifyURL of the subscription."""
        return self.subscription.notify_url

    @property
    def format(self) -> Format:
        """The format that the subscription requests; XML by default."""
        return self.subscription.format


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
        content: The notification.
        cause: What happened.
        group: In which chat.
        member: The membership of the notified user.
        actor: Address of the user that caused it; empty for the server.
        message: Which message it is about, if it is about one.
        hold: Seconds to wait before it is sent.
        overtakes: Whether it is sent before those that wait; only with a fault.
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
        """The notifyURL of the subscription."""
        return self.subscription.notify_url

    @property
    def format(self) -> Format:
        """The format that the subscription requests; XML by default."""
        return self.subscription.format
