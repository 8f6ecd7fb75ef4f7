"""Faults in the operations of version 1.0 that no narrower clause covers (TS-CHAT-4.1)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import (
    ChatNotificationSubscription,
    ChatSubscriptionList,
    GroupChatSessionInformation,
    MessageStatus,
    MessageStatusReport,
    ParticipantInformation,
    ParticipantList,
    ParticipantStatus,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import ChatMessageStatusNotification
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import (
    OneKind,
    Participants,
    SomeOperations,
    Told,
    each,
    edited,
    retold,
)
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import Operate
from rcs_conformance.reference.state import Conversation, Member, Message

OPERATIONS = Faults()

_Entry = ParticipantInformation


@OPERATIONS.add(
    "subscription-list-cut", "TS-CHAT-4.1.1", "The newest subscription is not in the list."
)
class _SubscriptionListCut(SomeOperations):
    operations = frozenset({"GET subscriptions"})

    def respond(self, call: Call, response: Response) -> Response:
        def cut(listed: ChatSubscriptionList) -> ChatSubscriptionList:
            older = listed.chat_notification_subscription[:-1]
            return replace(listed, chat_notification_subscription=older)

        return edited(super().respond(call, response), ChatSubscriptionList, cut)


@OPERATIONS.add(
    "subscription-read-otherwise", "TS-CHAT-4.1.1", "A subscription is read with another notifyURL."
)
class _SubscriptionReadOtherwise(SomeOperations):
    operations = frozenset({"GET subscription"})

    def respond(self, call: Call, response: Response) -> Response:
        def other(read: ChatNotificationSubscription) -> ChatNotificationSubscription:
            reference = read.callback_reference
            url = f"{reference.notify_url}/other"
            return replace(read, callback_reference=replace(reference, notify_url=url))

        return edited(super().respond(call, response), ChatNotificationSubscription, other)


@OPERATIONS.add("callback-data-changed", "TS-CHAT-4.1.1", "Notifications change the callbackData.")
class _CallbackDataChanged(Told):
    kind = None

    def tell(self, notice: Notice) -> Iterable[Notice]:
        data = notice.content.callback_data
        changed = None if data is None else f"{data}0"
        return (replace(notice, content=replace(notice.content, callback_data=changed)),)


@OPERATIONS.add("callback-data-lost", "TS-CHAT-4.1.1", "Notifications leave the callbackData out.")
class _CallbackDataLost(Told):
    kind = None

    def tell(self, notice: Notice) -> Iterable[Notice]:
        return (replace(notice, content=replace(notice.content, callback_data=None)),)


@OPERATIONS.add(
    "subscription-stays", "TS-CHAT-4.1.1", "A subscription that was deleted is still there."
)
class _SubscriptionStays(SomeOperations):
    operations = frozenset({"DELETE subscription"})

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        return Response(status=204)


@OPERATIONS.add(
    "subscription-served-on",
    "TS-CHAT-4.1.1",
    "A subscription that was deleted is gone, yet notifications go on.",
)
class _SubscriptionServedOn(SomeOperations):
    operations = frozenset({"GET subscriptions", "GET subscription", "DELETE subscription"})

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._deleted: set[str] = set()

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if call.resource == "subscription" and call.path in self._deleted:
            raise rejections.not_found(call.path)
        if call.operation == "DELETE subscription":
            self._deleted.add(call.path)
            return Response(status=204)
        return super().perform(call, content, operate)

    def respond(self, call: Call, response: Response) -> Response:
        def remaining(listed: ChatSubscriptionList) -> ChatSubscriptionList:
            deleted = {f"{call.root}{path}" for path in self._deleted}
            subscriptions = listed.chat_notification_subscription
            live = tuple(one for one in subscriptions if one.resource_url not in deleted)
            return replace(listed, chat_notification_subscription=live)

        return edited(super().respond(call, response), ChatSubscriptionList, remaining)


class _Entries(SomeOperations):
    """Changes how participants are shown in responses."""

    operations = frozenset({"POST groups", "GET group", "GET participants", "POST participants"})

    def _entries(self, entries: Participants) -> Participants:
        return entries

    def respond(self, call: Call, response: Response) -> Response:
        def group(info: GroupChatSessionInformation) -> GroupChatSessionInformation:
            return replace(info, participant=self._entries(info.participant))

        def those(listed: ParticipantList) -> ParticipantList:
            return replace(listed, participant=self._entries(listed.participant))

        response = edited(super().respond(call, response), GroupChatSessionInformation, group)
        return edited(response, ParticipantList, those)


@OPERATIONS.add("originator-unmarked", "TS-CHAT-4.1.6", "Nobody is shown as the originator.")
class _OriginatorUnmarked(_Entries):
    def _entries(self, entries: Participants) -> Participants:
        return each(entries, lambda entry: replace(entry, is_originator=False))


@OPERATIONS.add("participant-statuses-lost", "TS-CHAT-4.1.6", "Participants have no status.")
class _StatusesLost(_Entries):
    def _entries(self, entries: Participants) -> Participants:
        return each(entries, lambda entry: replace(entry, status=None))


@OPERATIONS.add(
    "participant-read-as-another", "TS-CHAT-4.1.6", "Reading one participant shows another."
)
class _ReadAsAnother(OneKind):
    def respond(self, call: Call, response: Response) -> Response:
        def other(entry: _Entry) -> _Entry:
            return replace(entry, address=f"{entry.address}0")

        return edited(super().respond(call, response), _Entry, other)


@OPERATIONS.add("sender-gets-copy", "TS-CHAT-4.1.7", "A sender gets its own message.")
@OPERATIONS.also(
    ChatKind.LONG_LIVED,
    "long-lived-sender-gets-copy",
    "TS-CHAT-4.1.7",
    "A sender in a long-lived group gets its own message.",
)
class _SenderGetsCopy(OneKind):
    def receivers(self, conversation: Conversation, sender: Member) -> tuple[Member, ...]:
        return (*super().receivers(conversation, sender), sender)


@OPERATIONS.add(
    "invited-get-messages", "TS-CHAT-4.1.7", "Who has not accepted yet gets messages already."
)
class _InvitedGetMessages(OneKind):
    def receivers(self, conversation: Conversation, sender: Member) -> tuple[Member, ...]:
        invited = conversation.with_status(ParticipantStatus.INVITED)
        return (*super().receivers(conversation, sender), *invited)


@OPERATIONS.add("left-get-messages", "TS-CHAT-4.1.7", "Who left the chat still gets messages.")
class _LeftGetMessages(OneKind):
    def receivers(self, conversation: Conversation, sender: Member) -> tuple[Member, ...]:
        gone = conversation.with_status(ParticipantStatus.DISCONNECTED)
        left = tuple(member for member in gone if member.took_part)
        return (*super().receivers(conversation, sender), *left)


@OPERATIONS.add(
    "messages-reversed", "TS-CHAT-4.1.7", "Messages sent soon after each other come in reverse."
)
@OPERATIONS.also(
    ChatKind.LONG_LIVED,
    "long-lived-messages-reversed",
    "TS-CHAT-4.1.7",
    "Messages in a long-lived group come in reverse.",
)
class _MessagesReversed(Told):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        if notice.cause is not Cause.MESSAGE:
            return (notice,)
        return (replace(notice, hold=0.2, overtakes=True),)


@OPERATIONS.add("report-not-told", "TS-CHAT-4.1.7", "A sender is not told of a display report.")
@OPERATIONS.also(
    ChatKind.LONG_LIVED,
    "long-lived-report-not-told",
    "TS-CHAT-4.1.7",
    "A sender in a long-lived group is not told of a display report.",
)
class _ReportNotTold(OneKind):
    def reports(self, conversation: Conversation, message: Message, status: MessageStatus) -> bool:
        return False


@OPERATIONS.add("report-told-otherwise", "TS-CHAT-4.1.7", "Every report is told as Delivered.")
class _ReportToldOtherwise(Told):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        if notice.cause is not Cause.REPORTED:
            return (notice,)
        delivered = MessageStatus.DELIVERED
        return retold(
            notice, ChatMessageStatusNotification, lambda told: replace(told, status=delivered)
        )


@OPERATIONS.add("message-status-stale", "TS-CHAT-4.1.7", "A message is read as Sent for ever.")
@OPERATIONS.also(
    ChatKind.LONG_LIVED,
    "long-lived-message-status-stale",
    "TS-CHAT-4.1.7",
    "A message in a long-lived group is read as Sent for ever.",
)
class _MessageStatusStale(OneKind):
    def respond(self, call: Call, response: Response) -> Response:
        sent = MessageStatusReport(status=MessageStatus.SENT)
        return edited(super().respond(call, response), MessageStatusReport, lambda _: sent)
