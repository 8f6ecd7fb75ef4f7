"""How state is shown: the structures of the binding, as one user sees them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from rcs_conformance.binding import Delivery
from rcs_conformance.model.chat import (
    ChatMessage,
    ChatNotificationSubscription,
    ChatSessionInformation,
    GroupChatSessionInformation,
    LongLivedGroupChat,
    LongLivedGroupChatInformation,
    LongLivedGroupChatList,
    MessageStatus,
    ParticipantInformation,
    ParticipantList,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference.parts import KEYS, Part
from rcs_conformance.reference.paths import FILE, Paths
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.state import Conversation, File, Member, Message
from rcs_conformance.reference.subscription_state import ChatSubscription

_USERS = frozenset({"userId", "otherUserId", "participantId"})
"""The variables of paths that stand for users."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Views:
    """Makes structures and URLs; `root` is always the server root that the URLs begin with.

    Attributes:
        rules: Of the server.
        paths: Of its binding.
        ids: What stands in URLs for the users whose addresses do not.
    """

    rules: Rules
    paths: Paths
    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def delivery(self) -> Delivery:
        """How notifications come through channels."""
        return self.paths.binding.delivery

    def url(self, root: str, key: str, **variables: str) -> str:
        for name in _USERS & variables.keys():
            variables[name] = self.ids.get(variables[name], variables[name])
        return self.paths.url(root, key, bare=self.rules.bare_characters(), **variables)

    def chat_url(
        self,
        root: str,
        conversation: Conversation,
        viewer: Member,
        part: Part = Part.CHAT,
        **variables: str,
    ) -> str:
        """The URL of a conversation as the viewer sees it, or of a part of it."""
        if conversation.kind is ChatKind.LONG_LIVED:
            variables["groupChatId"] = viewer.session_id
        else:
            variables["sessionId"] = viewer.session_id
        if conversation.kind in (ChatKind.ADHOC, ChatKind.ONE_TO_ONE):
            variables["otherUserId"] = conversation.other(viewer).address
        return self.url(root, KEYS[conversation.kind][part], userId=viewer.address, **variables)

    def message_url(
        self, root: str, conversation: Conversation, viewer: Member, message: Message
    ) -> str:
        """The URL of a message as the viewer sees it: that of its status, less a segment."""
        url = self.chat_url(
            root, conversation, viewer, Part.MESSAGE_STATUS, messageId=message.id
        ).removesuffix("/status")
        return self.rules.message_url(url)

    def file_url(self, root: str, viewer: Member, file: File) -> str:
        """The URL under which the viewer downloads a file."""
        return self.url(root, FILE, userId=viewer.address, fileId=file.id)

    def subscription_url(self, root: str, subscription: ChatSubscription) -> str:
        return self.url(
            root, "subscription", userId=subscription.owner, subscriptionId=subscription.id
        )

    def subscription(
        self, root: str, subscription: ChatSubscription
    ) -> ChatNotificationSubscription:
        """A subscription as requested, with its URL."""
        url = self.subscription_url(root, subscription)
        return replace(subscription.given, resource_url=self.rules.resource_url(root, url), link=())

    def group(
        self, root: str, conversation: Conversation, viewer: Member
    ) -> GroupChatSessionInformation:
        is_mine = viewer.address == conversation.originator
        return GroupChatSessionInformation(
            subject=conversation.subject,
            participant=self.participants(root, conversation, viewer).participant,
            is_closed=conversation.closed,
            supported_service=conversation.services,
            client_correlator=conversation.correlator if is_mine else None,
            resource_url=self.rules.resource_url(root, self.chat_url(root, conversation, viewer)),
        )

    def session(
        self, root: str, conversation: Conversation, viewer: Member
    ) -> ChatSessionInformation:
        is_mine = viewer.address == conversation.originator
        originator = viewer if is_mine else conversation.other(viewer)
        invited = conversation.other(originator)
        return ChatSessionInformation(
            subject=conversation.subject,
            originator_address=originator.address,
            originator_name=originator.name,
            t_participant_address=invited.address,
            t_participant_name=invited.name,
            status=self.rules.session_status(conversation),
            chat_message=self.first_message(root, conversation, viewer),
            client_correlator=conversation.correlator if is_mine else None,
            resource_url=self.rules.resource_url(root, self.chat_url(root, conversation, viewer)),
        )

    def adhoc(
        self, root: str, conversation: Conversation, viewer: Member
    ) -> ChatSessionInformation:
        """An ad-hoc chat, which only lists of dialects show; its URL is that of its messages."""
        url = self.chat_url(root, conversation, viewer, Part.MESSAGES)
        return ChatSessionInformation(
            originator_address=viewer.address,
            t_participant_address=conversation.other(viewer).address,
            resource_url=self.rules.resource_url(root, url),
        )

    def first_message(
        self, root: str, conversation: Conversation, viewer: Member
    ) -> ChatMessage | None:
        """The first message of a session, if the viewer receives it."""
        if conversation.first is None:
            return None
        if viewer.address == conversation.originator:
            return self.message(root, conversation, viewer, conversation.first)
        if not self.rules.passes_first_message(conversation):
            return None
        url = self.message_url(root, conversation, viewer, conversation.first)
        return ChatMessage(
            text=conversation.first.text,
            report_request=conversation.first.report_request,
            resource_url=self.rules.resource_url(root, url),
        )

    def long_lived(
        self, root: str, conversation: Conversation, viewer: Member
    ) -> LongLivedGroupChatInformation:
        is_mine = viewer.address == conversation.originator
        return LongLivedGroupChatInformation(
            group_chat_id=conversation.group_chat_id,
            subject=conversation.subject,
            participant=self.participants(root, conversation, viewer).participant,
            is_closed=conversation.closed,
            supported_service=conversation.services,
            client_correlator=conversation.correlator if is_mine else None,
            resource_url=self.rules.resource_url(root, self.chat_url(root, conversation, viewer)),
        )

    def long_lived_list(
        self, root: str, owner: str, listed: Iterable[tuple[Conversation, Member]]
    ) -> LongLivedGroupChatList:
        lines = tuple(
            LongLivedGroupChat(
                group_chat_id=conversation.group_chat_id,
                subject=conversation.subject,
                resource_url=self.rules.resource_url(
                    root, self.chat_url(root, conversation, viewer)
                ),
            )
            for conversation, viewer in listed
        )
        url = self.url(root, KEYS[ChatKind.LONG_LIVED][Part.CHATS], userId=owner)
        return LongLivedGroupChatList(
            long_lived_group_chat=lines, resource_url=self.rules.resource_url(root, url)
        )

    def participants(
        self,
        root: str,
        conversation: Conversation,
        viewer: Member,
        named: tuple[Member, ...] | None = None,
    ) -> ParticipantList:
        """The participants of a group, all or the given ones."""
        url = self.chat_url(root, conversation, viewer, Part.PARTICIPANTS)
        listed = self.rules.shown(conversation) if named is None else named
        return ParticipantList(
            participant=tuple(
                self.participant(root, conversation, viewer, member) for member in listed
            ),
            resource_url=self.rules.resource_url(root, url),
        )

    def participant(
        self, root: str, conversation: Conversation, viewer: Member, member: Member
    ) -> ParticipantInformation:
        url = self.chat_url(
            root,
            conversation,
            viewer,
            Part.PARTICIPANT,
            participantId=self.rules.participant_id(member.address),
        )
        return ParticipantInformation(
            address=member.address,
            name=member.name,
            is_originator=member.address == conversation.originator,
            status=member.status,
            supported_service=member.services,
            client_correlator=member.correlator if member.inviter == viewer.address else None,
            resource_url=self.rules.resource_url(root, url),
        )

    def message(
        self, root: str, conversation: Conversation, viewer: Member, message: Message
    ) -> ChatMessage:
        """A message as its sender sees it."""
        url = self.message_url(root, conversation, viewer, message)
        return ChatMessage(
            text=message.text,
            report_request=message.report_request,
            status=None if message.pending else MessageStatus.SENT,
            client_correlator=message.correlator,
            resource_url=self.rules.resource_url(root, url),
        )
