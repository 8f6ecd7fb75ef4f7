"""Faults by which one format says something else than the other (TS-CHAT-5.4)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from rcs_conformance.model.chat import (
    ChatNotificationSubscription,
    ChatSessionInformation,
    ChatSubscriptionList,
    LongLivedGroupChatInformation,
    LongLivedGroupChatList,
    MessageStatus,
    MessageStatusReport,
    ParticipantInformation,
)
from rcs_conformance.model.chat import GroupChatSessionInformation as GroupInformation
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatMessageNotification,
    ChatSessionInvitationNotification,
    LongLivedGroupChatAddedNotification,
)
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import SomeOperations, each, edited, retold
from rcs_conformance.reference.negotiation import format_of
from rcs_conformance.reference.notices import Notice
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import Operate, Rules

EQUIVALENCE = Faults()

_Addition = LongLivedGroupChatAddedNotification
_ALONE = "in this format alone"


class _Read(SomeOperations):
    """Reads a structure otherwise in one format.

    Attributes:
        format: The format.
        structure: The structure.
    """

    format: ClassVar[Format] = Format.JSON
    structure: ClassVar[type]

    def read_as(self, content: Any) -> Any:  # noqa: ANN401 - of whatever structure it is about
        """What becomes of the structure."""
        return content

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        if call.format is not self.format:
            return response
        return edited(response, self.structure, self.read_as)


@EQUIVALENCE.add(
    "json-session-names-originator",
    "TS-CHAT-5.4",
    "In JSON alone a 1-to-1 session tells the originator's name.",
)
class _JsonSession(_Read):
    operations = frozenset({"GET oneToOneSession"})
    structure = ChatSessionInformation

    def read_as(self, read: ChatSessionInformation) -> ChatSessionInformation:
        return replace(read, originator_name=_ALONE)


@EQUIVALENCE.add(
    "xml-session-names-recipient",
    "TS-CHAT-5.4",
    "In XML alone a 1-to-1 session tells the recipient's name.",
)
class _XmlSession(_Read):
    operations = frozenset({"GET oneToOneSession"})
    format = Format.XML
    structure = ChatSessionInformation

    def read_as(self, read: ChatSessionInformation) -> ChatSessionInformation:
        return replace(read, t_participant_name=_ALONE)


@EQUIVALENCE.add(
    "json-participant-named",
    "TS-CHAT-5.4",
    "In JSON alone a participant that is read by itself has a name.",
)
class _JsonParticipant(_Read):
    operations = frozenset({"GET participant", "GET longLivedParticipant"})
    structure = ParticipantInformation

    def read_as(self, read: ParticipantInformation) -> ParticipantInformation:
        return replace(read, name=_ALONE)


@EQUIVALENCE.add(
    "xml-long-lived-group-with-names",
    "TS-CHAT-5.4",
    "In XML alone the members of a long-lived group have names.",
)
class _XmlLongLived(_Read):
    operations = frozenset({"GET longLivedGroup"})
    format = Format.XML
    structure = LongLivedGroupChatInformation

    def read_as(self, read: LongLivedGroupChatInformation) -> LongLivedGroupChatInformation:
        named = each(read.participant, lambda entry: replace(entry, name=_ALONE))
        return replace(read, participant=named)


@EQUIVALENCE.add(
    "json-list-of-groups-cut", "TS-CHAT-5.4", "In JSON the list of groups leaves the newest out."
)
class _JsonListOfGroups(_Read):
    operations = frozenset({"GET longLivedGroups"})
    structure = LongLivedGroupChatList

    def read_as(self, read: LongLivedGroupChatList) -> LongLivedGroupChatList:
        return replace(read, long_lived_group_chat=read.long_lived_group_chat[:-1])


@EQUIVALENCE.add(
    "xml-list-of-subscriptions-thin",
    "TS-CHAT-5.4",
    "In XML the list of subscriptions leaves durations out.",
)
class _XmlListOfSubscriptions(_Read):
    operations = frozenset({"GET subscriptions"})
    format = Format.XML
    structure = ChatSubscriptionList

    def read_as(self, read: ChatSubscriptionList) -> ChatSubscriptionList:
        return replace(
            read,
            chat_notification_subscription=tuple(
                replace(entry, duration=None) for entry in read.chat_notification_subscription
            ),
        )


@EQUIVALENCE.add(
    "json-message-delivered", "TS-CHAT-5.4", "In JSON alone a message is read as Delivered at once."
)
class _JsonMessageStatus(_Read):
    operations = frozenset(
        {
            "GET oneToOneMessageStatus",
            "GET groupMessageStatus",
            "GET longLivedMessageStatus",
        }
    )
    structure = MessageStatusReport

    def read_as(self, read: MessageStatusReport) -> MessageStatusReport:
        is_sent = read.status is MessageStatus.SENT
        return replace(read, status=MessageStatus.DELIVERED) if is_sent else read


class _Made(SomeOperations):
    """Understands a structure otherwise in one format."""

    format: ClassVar[Format] = Format.JSON
    structure: ClassVar[type]

    def made_as(self, content: Any) -> Any:  # noqa: ANN401 - of whatever structure it is about
        """What becomes of the structure."""
        return content

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if isinstance(content, self.structure) and format_of(call.content_type) is self.format:
            content = self.made_as(content)
        return super().perform(call, content, operate)


@EQUIVALENCE.add(
    "json-request-gives-names",
    "TS-CHAT-5.4",
    "The participants of a group chat have names where it was created in JSON.",
)
class _JsonGroupMade(_Made):
    operations = frozenset({"POST groups"})
    structure = GroupInformation

    def made_as(self, made: GroupInformation) -> GroupInformation:
        named = each(made.participant, lambda entry: replace(entry, name=_ALONE))
        return replace(made, participant=named)


@EQUIVALENCE.add(
    "xml-request-loses-adhoc",
    "TS-CHAT-5.4",
    "A subscription that is created in XML loses what it says of ad-hoc chat.",
)
class _XmlSubscriptionMade(_Made):
    operations = frozenset({"POST subscriptions"})
    format = Format.XML
    structure = ChatNotificationSubscription

    def made_as(self, made: ChatNotificationSubscription) -> ChatNotificationSubscription:
        return replace(made, adhoc_chat_supported=None)


class _ToldOtherwise(Rules):
    """Tells a notification otherwise in one format."""

    format: ClassVar[Format] = Format.JSON
    structure: ClassVar[type]

    def told_as(self, content: Any) -> Any:  # noqa: ANN401 - of whatever structure it is about
        """What becomes of the structure."""
        return content

    def notices(self, notice: Notice) -> Iterable[Notice]:
        for outgoing in super().notices(notice):
            if outgoing.format is self.format:
                yield from retold(outgoing, self.structure, self.told_as)
            else:
                yield outgoing


@EQUIVALENCE.add(
    "xml-event-described", "TS-CHAT-5.4", "In XML alone an event comes with a description."
)
class _XmlEvent(_ToldOtherwise):
    format = Format.XML
    structure = ChatEventNotification

    def told_as(self, told: ChatEventNotification) -> ChatEventNotification:
        return replace(told, event_description=_ALONE)


@EQUIVALENCE.add(
    "json-message-names-sender", "TS-CHAT-5.4", "In JSON alone a message tells the sender's name."
)
class _JsonMessage(_ToldOtherwise):
    structure = ChatMessageNotification

    def told_as(self, told: ChatMessageNotification) -> ChatMessageNotification:
        return replace(told, sender_name=_ALONE)


@EQUIVALENCE.add(
    "json-invitation-names-originator",
    "TS-CHAT-5.4",
    "In JSON alone an invitation to a 1-to-1 chat tells the originator's name.",
)
class _JsonInvitation(_ToldOtherwise):
    structure = ChatSessionInvitationNotification

    def told_as(self, told: ChatSessionInvitationNotification) -> ChatSessionInvitationNotification:
        return replace(told, originator_name=_ALONE)


@EQUIVALENCE.add(
    "xml-addition-without-participants",
    "TS-CHAT-5.4",
    "In XML alone being added to a long-lived group tells nobody of the participants.",
)
class _XmlAddition(_ToldOtherwise):
    format = Format.XML
    structure = LongLivedGroupChatAddedNotification

    def told_as(
        self, told: LongLivedGroupChatAddedNotification
    ) -> LongLivedGroupChatAddedNotification:
        return replace(told, participant=())
