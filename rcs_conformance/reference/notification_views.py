"""The notifications of the binding, section 3, as each user receives them.

Each is made for one member, last but one, with URLs that begin with a server root, last.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rcs_conformance.model.chat import ChatMessage, IsComposing, MessageStatus
from rcs_conformance.model.common import Link
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatMessageNotification,
    ChatMessageStatusNotification,
    ChatParticipantStatusNotification,
    ChatSessionInvitationNotification,
    ChatSubscriptionCancellationNotification,
    EventType,
    GroupChatSessionInvitationNotification,
    LongLivedGroupChatAddedNotification,
    LongLivedGroupChatServicesNotification,
    MultimediaChatMessageNotification,
)
from rcs_conformance.reference.notices import ChatNotification
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.state import Conversation, File, Member, Message
from rcs_conformance.reference.subscription_state import ChatSubscription
from rcs_conformance.reference.views import Views

REPORTABLE = (MessageStatus.DELIVERED, MessageStatus.DISPLAYED)
"""What a receiver can report."""

_RELATIONS = {
    ChatKind.ONE_TO_ONE: "ChatSessionInformation",
    ChatKind.GROUP: "GroupChatSessionInformation",
    ChatKind.LONG_LIVED: "LongLivedGroupChatInformation",
}


def _session(conversation: Conversation, member: Member) -> str | None:
    return None if conversation.kind is ChatKind.LONG_LIVED else member.session_id


def _group(conversation: Conversation, member: Member) -> str | None:
    return member.session_id if conversation.kind is ChatKind.LONG_LIVED else None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationViews:
    """Makes notifications."""

    views: Views

    def unsubscribed(
        self, subscription: ChatSubscription
    ) -> ChatSubscriptionCancellationNotification:
        """The end of a subscription."""
        url = self.views.subscription_url(subscription.root, subscription)
        return ChatSubscriptionCancellationNotification(
            callback_data=subscription.given.callback_reference.callback_data,
            reason="the user deleted the subscription",
            link=(Link(rel="ChatNotificationSubscription", href=url),),
        )

    def invitation(
        self, conversation: Conversation, inviter: Member, member: Member, root: str
    ) -> ChatNotification:
        """An invitation, or an addition to a long-lived group chat."""
        match conversation.kind:
            case ChatKind.LONG_LIVED:
                return self._added(conversation, inviter, member, root)
            case ChatKind.GROUP:
                return self._group_invitation(conversation, inviter, member, root)
            case _:
                return ChatSessionInvitationNotification(
                    session_id=member.session_id,
                    originator_address=inviter.address,
                    originator_name=inviter.name,
                    subject=conversation.subject,
                    chat_message=self.views.first_message(root, conversation, member),
                    link=self._to_accept(conversation, member, root, "ParticipantSessionStatus"),
                )

    def _group_invitation(
        self, conversation: Conversation, inviter: Member, member: Member, root: str
    ) -> ChatNotification:
        return GroupChatSessionInvitationNotification(
            session_id=member.session_id,
            originator_address=inviter.address,
            subject=conversation.subject,
            participant=self.views.participants(root, conversation, member).participant,
            is_closed=conversation.closed,
            supported_service=conversation.services,
            link=self._to_accept(conversation, member, root, "ParticipantInformationStatus"),
        )

    def _added(
        self, conversation: Conversation, inviter: Member, member: Member, root: str
    ) -> ChatNotification:
        return LongLivedGroupChatAddedNotification(
            group_chat_id=member.session_id,
            originator_address=inviter.address,
            subject=conversation.subject,
            is_closed=conversation.closed,
            supported_service=conversation.services,
            participant=self.views.participants(root, conversation, member).participant,
            link=self._to_chat(conversation, member, root),
        )

    def participants(
        self, conversation: Conversation, named: Iterable[Member], member: Member, root: str
    ) -> ChatNotification:
        """The status of participants."""
        return ChatParticipantStatusNotification(
            session_id=_session(conversation, member),
            group_chat_id=_group(conversation, member),
            participant=tuple(
                self.views.participant(root, conversation, member, each) for each in named
            ),
            supported_service=conversation.services,
            link=self._to_chat(conversation, member, root),
        )

    def services(self, conversation: Conversation, member: Member, root: str) -> ChatNotification:
        """The new services of a long-lived group chat."""
        return LongLivedGroupChatServicesNotification(
            group_chat_id=member.session_id,
            supported_service=conversation.services,
            link=self._to_chat(conversation, member, root),
        )

    def event(
        self, conversation: Conversation, event: EventType, actor: str, member: Member, root: str
    ) -> ChatNotification:
        """An event of the chat as a whole."""
        return ChatEventNotification(
            event_type=event,
            session_id=_session(conversation, member),
            group_chat_id=_group(conversation, member),
            participant_address=actor or None,
            link=self._to_chat(conversation, member, root),
        )

    def message(
        self,
        conversation: Conversation,
        sender: Member,
        message: Message,
        stamp: str | None,
        member: Member,
        root: str,
    ) -> ChatNotification:
        return ChatMessageNotification(
            session_id=_session(conversation, member),
            group_chat_id=_group(conversation, member),
            message_id=message.id,
            sender_address=sender.address,
            sender_name=sender.name,
            date_time=stamp,
            chat_message=ChatMessage(text=message.text, report_request=message.report_request),
            link=self._to_status(conversation, message, member, root),
        )

    def multimedia(
        self,
        conversation: Conversation,
        sender: Member,
        message: Message,
        file: File,
        stamp: str | None,
        member: Member,
        root: str,
    ) -> ChatNotification:
        """A message with content that can be downloaded."""
        return MultimediaChatMessageNotification(
            session_id=_session(conversation, member),
            group_chat_id=_group(conversation, member),
            message_id=message.id,
            sender_address=sender.address,
            sender_name=sender.name,
            date_time=stamp,
            chat_message=ChatMessage(text=message.text, report_request=message.report_request),
            content_type=file.media_type,
            file_url=self.views.file_url(root, member, file),
            link=self._to_status(conversation, message, member, root),
        )

    def composing(
        self,
        conversation: Conversation,
        sender: Member,
        indication: IsComposing,
        member: Member,
        root: str,
    ) -> ChatNotification:
        """An isComposing."""
        return ChatMessageNotification(
            session_id=_session(conversation, member),
            group_chat_id=_group(conversation, member),
            sender_address=sender.address,
            sender_name=sender.name,
            is_composing=indication,
            link=self._to_messages(conversation, member, root),
        )

    def report(
        self,
        conversation: Conversation,
        message: Message,
        status: MessageStatus,
        reporter: str,
        member: Member,
        root: str,
    ) -> ChatNotification:
        """The status of a message."""
        url = self.views.message_url(root, conversation, member, message)
        return ChatMessageStatusNotification(
            message_id=message.id,
            status=status,
            participant_address=reporter or None,
            link=(Link(rel="ChatMessage", href=url),),
        )

    def _to_chat(self, conversation: Conversation, member: Member, root: str) -> tuple[Link, ...]:
        """The link to a chat as one of its members sees it."""
        href = self.views.chat_url(root, conversation, member)
        return (Link(rel=_RELATIONS[conversation.kind], href=href),)

    def _to_messages(
        self, conversation: Conversation, member: Member, root: str
    ) -> tuple[Link, ...]:
        """The link to the messages of a chat, which only dialects show."""
        href = self.views.chat_url(root, conversation, member, Part.MESSAGES)
        return (Link(rel="ChatMessageList", href=href),)

    def _to_accept(
        self, conversation: Conversation, member: Member, root: str, rel: str
    ) -> tuple[Link, ...]:
        """The links to a chat and to what accepts its invitation; dialects show the second."""
        href = self.views.chat_url(
            root,
            conversation,
            member,
            Part.STATUS,
            participantId=self.views.rules.participant_id(member.address),
        )
        return (*self._to_chat(conversation, member, root), Link(rel=rel, href=href))

    def _to_status(
        self, conversation: Conversation, message: Message, member: Member, root: str
    ) -> tuple[Link, ...]:
        """The link for reports on a message, if it requests any; else to all messages."""
        if not any(status in REPORTABLE for status in message.report_request):
            return self._to_messages(conversation, member, root)
        url = self.views.chat_url(
            root, conversation, member, Part.MESSAGE_STATUS, messageId=message.id
        )
        return (Link(rel="MessageStatusReport", href=url),)
