"""Rules of notification: what is shown, what is notified, and to which users."""

from collections.abc import Iterable
from datetime import UTC, datetime

from rcs_conformance.model.chat import MessageStatus, ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatSubscriptionCancellationNotification,
    EventType,
)
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.rules.state import StateRules
from rcs_conformance.reference.state import Conversation, Member, Message
from rcs_conformance.reference.subscription_state import ChatSubscription


class NotificationRules(StateRules):
    """What the server shows to its users and notifies them of."""

    def notification_label(self, fmt: Format) -> str:
        """The Content-Type of what is posted to a notifyURL."""
        return fmt.media_type

    def resource_url(self, root: str, url: str) -> str:
        """A `resourceURL`, from the absolute URL."""
        return url

    def participant_id(self, address: str) -> str:
        """What stands for a participant in the URLs of its group chat."""
        return address

    def bare_characters(self) -> str:
        """Characters that are not percent-encoded in the segments of a URL."""
        return ""

    def message_url(self, url: str) -> str:
        """The `resourceURL` of a message, from the URL of the binding."""
        return url

    def shown(self, conversation: Conversation) -> tuple[Member, ...]:
        """The participants that are shown in the chat and in its list of participants."""
        return tuple(conversation.members.values())

    def shown_after_adding(
        self, conversation: Conversation, added: tuple[Member, ...]
    ) -> tuple[Member, ...]:
        """The participants that the response to an addition contains."""
        return self.shown(conversation)

    def session_status(self, conversation: Conversation) -> ParticipantStatus:
        """The status of a 1-to-1 session: that of the invited user."""
        if conversation.over:
            return ParticipantStatus.DISCONNECTED
        return [*conversation.members.values()][-1].status

    def passes_first_message(self, conversation: Conversation) -> bool:
        """Whether the invited user receives the first message of a 1-to-1 session."""
        return True

    def is_listed(self, conversation: Conversation, member: Member) -> bool:
        """Whether a long-lived group chat is in a user's list."""
        return conversation.over is None and member.is_connected

    def wants(self, subscription: ChatSubscription, conversation: Conversation) -> bool:
        """Whether a subscription is about chats of this kind."""
        supported = {
            ChatKind.ADHOC: subscription.given.adhoc_chat_supported,
            ChatKind.ONE_TO_ONE: subscription.given.confirmed_chat_supported,
        }
        return supported.get(conversation.kind) is not False

    def notified_of_change(
        self, conversation: Conversation, cause: Cause, changed: tuple[Member, ...]
    ) -> tuple[Member, ...]:
        """The participants that are notified of a change, apart from invitations."""
        if cause is Cause.STARTED:
            return ()
        if conversation.kind is ChatKind.LONG_LIVED and cause is Cause.ADDED:
            return tuple(each for each in conversation.connected if each not in changed)
        return conversation.connected

    def named_in_notification(
        self, conversation: Conversation, changed: tuple[Member, ...]
    ) -> tuple[Member, ...]:
        """The participants that a participant notification contains."""
        return self.shown(conversation)

    def receivers(self, conversation: Conversation, sender: Member) -> tuple[Member, ...]:
        """The participants that receive a message."""
        return tuple(each for each in conversation.connected if each is not sender)

    def notifies_actor(self) -> bool:
        """Whether the user that ends or cancels a chat is notified, too."""
        return False

    def additional_event(self, conversation: Conversation, cause: Cause) -> EventType | None:
        """The event that the originator is notified of in addition to the participants."""
        return None

    def reports(self, conversation: Conversation, message: Message, status: MessageStatus) -> bool:
        """Whether the sender is notified of a status that a receiver reported."""
        return status in message.report_request

    def time_stamp(self, conversation: Conversation) -> str | None:
        """The dateTime of a message that is sent now."""
        return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def unsubscribed(
        self, subscription: ChatSubscription, told: ChatSubscriptionCancellationNotification
    ) -> tuple[ChatSubscriptionCancellationNotification, ...]:
        """What a subscription is notified of when its user deletes it; nothing by default."""
        return ()

    def notices(self, notice: Notice) -> Iterable[Notice]:
        """The notices that are sent in place of a notice, in order."""
        return (notice,)
