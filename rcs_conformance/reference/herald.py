"""What is notified, to whom, and in which words (binding, section 3)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from rcs_conformance.model.chat import ChatMessage, IsComposing, MessageStatus
from rcs_conformance.model.common import Link
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatMessageNotification,
    ChatMessageStatusNotification,
    ChatParticipantStatusNotification,
    EventType,
    GroupChatSessionInvitationNotification,
)
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.notices import Cause, ChatNotification, Notice
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.state import Conversation, Member, Message, World
from rcs_conformance.reference.views import Views

_REPORTABLE = (MessageStatus.DELIVERED, MessageStatus.DISPLAYED)
_SETTLING = 0.02
"""Seconds between the answer that a message is pending and its final status."""


class Outlet(Protocol):
    """Where notices go; `Dispatcher` delivers them."""

    def put(self, notice: Notice) -> None:
        """Take a notice, behind those for the same subscription."""


_Compose = Callable[[str], ChatNotification]
"""Words a notification whose URLs begin with the given server root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Herald:
    """Tells users what happened, each through all its subscriptions."""

    world: World
    rules: Rules
    views: Views
    outlet: Outlet

    def invite(
        self, conversation: Conversation, cause: Cause, inviter: Member, invited: Iterable[Member]
    ) -> None:
        """Tell users that they are invited."""
        for member in invited:

            def compose(root: str, member: Member = member) -> ChatNotification:
                return GroupChatSessionInvitationNotification(
                    session_id=member.session_id,
                    originator_address=inviter.address,
                    subject=conversation.subject,
                    participant=self.views.participants(root, conversation, member).participant,
                    is_closed=conversation.closed,
                    supported_service=conversation.services,
                    link=self._to_chat(root, member),
                )

            self._tell(conversation, member, cause, inviter.address, compose)

    def change(self, conversation: Conversation, cause: Cause, *changed: Member) -> None:
        """Tell all connected participants of a change; the one who changed first."""
        told = self.rules.told(conversation, changed)
        audience = sorted(conversation.connected, key=lambda member: member not in changed)
        for member in audience:

            def compose(root: str, member: Member = member) -> ChatNotification:
                return ChatParticipantStatusNotification(
                    session_id=member.session_id,
                    participant=tuple(
                        self.views.participant(root, conversation, member, each)
                        for each in (
                            self.rules.shown(conversation)
                            if cause in (Cause.ACCEPTED, Cause.REJOINED) and member in changed
                            else told
                        )
                    ),
                    supported_service=conversation.services,
                    link=self._to_chat(root, member),
                )

            self._tell(conversation, member, cause, changed[0].address, compose)
        originator = conversation.member(conversation.originator)
        if originator and (event := self.rules.event_beside(cause)):
            self.event(conversation, (originator,), cause, event, actor=changed[0].address)

    def _to_chat(self, root: str, member: Member) -> tuple[Link, ...]:
        """The link to a chat as one of its members sees it."""
        href = self.views.group_url(root, member)
        return (Link(rel="GroupChatSessionInformation", href=href),)

    def event(
        self,
        conversation: Conversation,
        audience: Iterable[Member],
        cause: Cause,
        event: EventType,
        *,
        actor: str = "",
    ) -> None:
        """Tell of something that happened to the chat as a whole."""
        for member in audience:

            def compose(root: str, member: Member = member) -> ChatNotification:
                return ChatEventNotification(
                    event_type=event,
                    session_id=member.session_id,
                    participant_address=actor or None,
                    link=self._to_chat(root, member),
                )

            self._tell(conversation, member, cause, actor, compose)

    def message(self, conversation: Conversation, sender: Member, message: Message) -> None:
        """Pass a message on."""
        stamp = self.rules.time_stamp(conversation)
        asked = any(status in _REPORTABLE for status in message.report_request)
        for member in self.rules.receivers(conversation, sender):

            def compose(root: str, member: Member = member) -> ChatNotification:
                url = self.views.group_url(root, member, "groupMessageStatus", messageId=message.id)
                return ChatMessageNotification(
                    session_id=member.session_id,
                    message_id=message.id,
                    sender_address=sender.address,
                    sender_name=sender.name,
                    date_time=stamp,
                    chat_message=ChatMessage(
                        text=message.text, report_request=message.report_request
                    ),
                    link=(Link(rel="MessageStatusReport", href=url),) if asked else (),
                )

            self._tell(conversation, member, Cause.MESSAGE, sender.address, compose)

    def composing(
        self, conversation: Conversation, sender: Member, indication: IsComposing
    ) -> None:
        """Pass a composing indication on."""
        for member in self.rules.receivers(conversation, sender):

            def compose(_root: str, member: Member = member) -> ChatNotification:
                return ChatMessageNotification(
                    session_id=member.session_id,
                    sender_address=sender.address,
                    sender_name=sender.name,
                    is_composing=indication,
                )

            self._tell(conversation, member, Cause.COMPOSING, sender.address, compose)

    def report(
        self,
        conversation: Conversation,
        message: Message,
        status: MessageStatus,
        reporter: str = "",
    ) -> None:
        """Tell the sender how far its message has come; no reporter is the server itself."""
        sender = conversation.members[canonical(message.sender)]

        def compose(root: str) -> ChatNotification:
            url = self.views.message_url(root, sender, message)
            return ChatMessageStatusNotification(
                message_id=message.id,
                status=status,
                participant_address=reporter or None,
                link=(Link(rel="ChatMessage", href=url),),
            )

        cause = Cause.REPORTED if reporter else Cause.SETTLED
        hold = 0.0 if reporter else _SETTLING
        self._tell(conversation, sender, cause, reporter, compose, hold=hold)

    def _tell(
        self,
        conversation: Conversation,
        member: Member,
        cause: Cause,
        actor: str,
        compose: _Compose,
        *,
        hold: float = 0.0,
    ) -> None:
        for subscription in self.world.subscriptions(member.address):
            data = subscription.given.callback_reference.callback_data
            notice = Notice(
                subscription=subscription,
                content=replace(compose(subscription.root), callback_data=data),
                cause=cause,
                conversation=conversation,
                member=member,
                actor=actor,
                hold=hold,
            )
            for outgoing in self.rules.notices(notice):
                self.outlet.put(outgoing)
