"""How state is shown: the structures of the binding, as one user sees them."""

from dataclasses import dataclass, replace

from rcs_conformance.model.chat import (
    ChatMessage,
    ChatNotificationSubscription,
    GroupChatSessionInformation,
    MessageStatus,
    ParticipantInformation,
    ParticipantList,
)
from rcs_conformance.reference.paths import Paths
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.state import Conversation, Member, Message, Subscription


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """Makes structures and URLs; `root` is always the server root that the URLs begin with."""

    rules: Rules
    paths: Paths

    def url(self, root: str, key: str, **variables: str) -> str:
        """The absolute URL of a resource."""
        return self.paths.url(root, key, bare=self.rules.bare_characters(), **variables)

    def group_url(self, root: str, viewer: Member, key: str = "group", **variables: str) -> str:
        """The URL of a viewer's group, or of a resource below it."""
        return self.url(root, key, userId=viewer.address, sessionId=viewer.session_id, **variables)

    def message_url(self, root: str, viewer: Member, message: Message) -> str:
        """The URL of a message as the viewer sees it."""
        url = self.paths.message_url(
            root,
            bare=self.rules.bare_characters(),
            userId=viewer.address,
            sessionId=viewer.session_id,
            messageId=message.id,
        )
        return self.rules.message_url(url)

    def subscription_url(self, root: str, subscription: Subscription) -> str:
        """The URL of a subscription."""
        return self.url(
            root, "subscription", userId=subscription.owner, subscriptionId=subscription.id
        )

    def subscription(self, root: str, subscription: Subscription) -> ChatNotificationSubscription:
        """A subscription as it was asked for, with its URL."""
        url = self.subscription_url(root, subscription)
        return replace(subscription.given, resource_url=self.rules.resource_url(root, url), link=())

    def group(
        self, root: str, conversation: Conversation, viewer: Member
    ) -> GroupChatSessionInformation:
        """A group chat."""
        is_mine = viewer.address == conversation.originator
        return GroupChatSessionInformation(
            subject=conversation.subject,
            participant=self.participants(root, conversation, viewer).participant,
            is_closed=conversation.closed,
            supported_service=conversation.services,
            client_correlator=conversation.correlator if is_mine else None,
            resource_url=self.rules.resource_url(root, self.group_url(root, viewer)),
        )

    def participants(
        self, root: str, conversation: Conversation, viewer: Member
    ) -> ParticipantList:
        """The participants of a group."""
        url = self.group_url(root, viewer, "participants")
        return ParticipantList(
            participant=tuple(
                self.participant(root, conversation, viewer, member)
                for member in self.rules.shown(conversation)
            ),
            resource_url=self.rules.resource_url(root, url),
        )

    def participant(
        self, root: str, conversation: Conversation, viewer: Member, member: Member
    ) -> ParticipantInformation:
        """One participant of a group."""
        url = self.group_url(root, viewer, "participant", participantId=member.address)
        return ParticipantInformation(
            address=member.address,
            name=member.name,
            is_originator=member.address == conversation.originator,
            status=member.status,
            supported_service=member.services,
            client_correlator=member.correlator if member.inviter == viewer.address else None,
            resource_url=self.rules.resource_url(root, url),
        )

    def message(self, root: str, viewer: Member, message: Message) -> ChatMessage:
        """A message as its sender sees it."""
        return ChatMessage(
            text=message.text,
            report_request=message.report_request,
            status=None if message.pending else MessageStatus.SENT,
            client_correlator=message.correlator,
            resource_url=self.rules.resource_url(root, self.message_url(root, viewer, message)),
        )
