"""Faults in the operations of version 1.0 of the API, and features that a server lacks.

The operations are those of TS-CHAT-4.1 and 5.13. That a feature is lacking is a fault only where a
server claims it; several such faults together make a partial implementation.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import ClassVar

from rcs_conformance.model.chat import (
    ChatNotificationSubscription,
    ChatSubscriptionList,
    GroupChatSessionInformation,
    IsComposing,
    MessageStatus,
    MessageStatusReport,
    ParticipantInformation,
    ParticipantList,
    ParticipantStatus,
)
from rcs_conformance.model.common import NotificationFormat
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import ChatMessageStatusNotification
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import each, edited
from rcs_conformance.reference.negotiation import format_of
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import KEYS, Part
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.seams import (
    ADHOC,
    ANYWHERE,
    GROUP,
    Deviation,
    Usual,
    operations,
)
from rcs_conformance.reference.state import Account, Accounts, Conversation, Member, Message
from rcs_conformance.reference.subscription_state import ChatSubscription

_Subscription = ChatNotificationSubscription

_MESSAGES = operations("POST oneToOneMessages", "POST groupMessages", "POST longLivedMessages")
_VERBS = ("GET", "POST", "PUT", "DELETE")

# Single operations that are not supported (TS-CHAT-5.13) ----------------------------------------


def _unsupported(call: Call) -> Rejection:
    return Rejection(501, "SVC0001", "The operation %1 is not supported", call.operation)


@operations("GET participant").answered("TS-CHAT-5.13")
def participant_unreadable(call: Call) -> Response:
    """A single participant cannot be read."""
    raise _unsupported(call)


@operations("GET groupMessageStatus").answered("TS-CHAT-5.13")
def message_status_unreadable(call: Call) -> Response:
    """The status of a message cannot be read."""
    raise _unsupported(call)


@operations("GET participants").answered("TS-CHAT-5.13")
def participants_unreadable(call: Call) -> Response:
    """The list of participants cannot be read."""
    raise _unsupported(call)


# Subscriptions (TS-CHAT-4.1.1) -------------------------------------------------------------------


@ANYWHERE.delivered("TS-CHAT-4.1.1")
def notified_in_json_unless_asked(notice: Notice) -> tuple[Notice]:
    """A subscription without notificationFormat is notified in JSON."""
    given = notice.subscription.given
    reference = given.callback_reference
    fmt = reference.notification_format or NotificationFormat.JSON
    named = replace(given, callback_reference=replace(reference, notification_format=fmt))
    return (replace(notice, subscription=replace(notice.subscription, given=named)),)


@ANYWHERE.deviation("TS-CHAT-4.1.1")
class SubscriptionsOfOthersListed(Deviation):
    """The list of subscriptions contains those of other users."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._listed: dict[str, ChatSubscriptionList] = {}

    def respond(self, call: Call, response: Response) -> Response:
        def of_all(listed: ChatSubscriptionList) -> ChatSubscriptionList:
            self._listed[call.variables["userId"]] = listed
            entries = dict.fromkeys(
                each for one in self._listed.values() for each in one.chat_notification_subscription
            )
            return replace(listed, chat_notification_subscription=tuple(entries))

        return edited(super().respond(call, response), ChatSubscriptionList, of_all)


@ANYWHERE.deviation("TS-CHAT-4.1.1")
class FirstSubscriptionAloneServed(Deviation):
    """Only the first of a user's subscriptions in each format is notified."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._served: dict[tuple[str, object], str] = {}

    def notices(self, notice: Notice) -> Iterable[Notice]:
        subscription = notice.subscription
        key = (subscription.owner, notice.format)
        if self._served.setdefault(key, subscription.id) == subscription.id:
            yield from super().notices(notice)


@operations("POST subscriptions").ordered("TS-CHAT-4.1.1")
def subscription_needs_duration(order: _Subscription) -> _Subscription:
    """A subscription without a duration is rejected."""
    if order.duration is None:
        raise rejections.malformed("duration is missing")
    return order


@ANYWHERE.rule(Rules.wants, "TS-CHAT-4.1.1")
def subscription_without_duration_silent(
    usual: Usual[bool], subscription: ChatSubscription, conversation: Conversation
) -> bool:
    """A subscription without a duration is not notified."""
    return subscription.given.duration is not None and usual(subscription, conversation)


@ANYWHERE.rule(Rules.wants, "TS-CHAT-4.1.1")
def supported_chats_silent(
    usual: Usual[bool], subscription: ChatSubscription, conversation: Conversation
) -> bool:
    """A subscription is not notified of 1-to-1 chats that it says its client supports."""
    given = subscription.given
    supported = {
        ChatKind.ADHOC: given.adhoc_chat_supported,
        ChatKind.ONE_TO_ONE: given.confirmed_chat_supported,
    }
    return usual(subscription, conversation) and not supported.get(conversation.kind)


@operations("GET subscriptions").shown("TS-CHAT-4.1.1")
def subscription_list_cut(listed: ChatSubscriptionList) -> ChatSubscriptionList:
    """The list of subscriptions does not contain the newest one."""
    older = listed.chat_notification_subscription[:-1]
    return replace(listed, chat_notification_subscription=older)


@operations("GET subscriptions").shown("TS-CHAT-4.1.1")
def subscription_list_begun_late(listed: ChatSubscriptionList) -> ChatSubscriptionList:
    """The list of subscriptions does not contain the oldest one of several."""
    entries = listed.chat_notification_subscription
    return replace(listed, chat_notification_subscription=entries[1:] or entries)


@operations("GET subscription").shown("TS-CHAT-4.1.1")
def subscription_read_otherwise(
    read: ChatNotificationSubscription,
) -> ChatNotificationSubscription:
    """A subscription is read with another notifyURL."""
    reference = read.callback_reference
    url = f"{reference.notify_url}/other"
    return replace(read, callback_reference=replace(reference, notify_url=url))


@ANYWHERE.delivered("TS-CHAT-4.1.1")
def callback_data_changed(notice: Notice) -> tuple[Notice]:
    """Notifications contain another callbackData."""
    data = notice.content.callback_data
    changed = None if data is None else f"{data}0"
    return (replace(notice, content=replace(notice.content, callback_data=changed)),)


@ANYWHERE.delivered("TS-CHAT-4.1.1")
def callback_data_lost(notice: Notice) -> tuple[Notice]:
    """Notifications contain no callbackData."""
    return (replace(notice, content=replace(notice.content, callback_data=None)),)


@operations("DELETE subscription").answered("TS-CHAT-4.1.1")
def subscription_stays(call: Call) -> Response:
    """A deleted subscription still exists."""
    return Response(status=204)


@operations("GET subscriptions", "GET subscription", "DELETE subscription").deviation(
    "TS-CHAT-4.1.1"
)
class SubscriptionServedOn(Deviation):
    """A deleted subscription does not exist any more, but notifications are still sent."""

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


# Participants (TS-CHAT-4.1.6) --------------------------------------------------------------------

_Participants = GroupChatSessionInformation | ParticipantList
_PARTICIPANTS = operations("POST groups", "GET group", "GET participants", "POST participants")


@_PARTICIPANTS.shown("TS-CHAT-4.1.6")
def originator_unmarked(shown: _Participants) -> _Participants:
    """The originator is shown with isOriginator = false."""
    entries = each(shown.participant, lambda entry: replace(entry, is_originator=False))
    return replace(shown, participant=entries)


@_PARTICIPANTS.shown("TS-CHAT-4.1.6")
def participant_statuses_lost(shown: _Participants) -> _Participants:
    """Participants are shown without status."""
    entries = each(shown.participant, lambda entry: replace(entry, status=None))
    return replace(shown, participant=entries)


@GROUP.shown("TS-CHAT-4.1.6")
def participant_read_as_another(entry: ParticipantInformation) -> ParticipantInformation:
    """A single participant is read with another address."""
    return replace(entry, address=f"{entry.address}0")


@GROUP.deviation("TS-CHAT-4.1.6", also={ChatKind.LONG_LIVED: "UNI-CHT-030.7"})
class PresentInvitedAgain(Deviation):
    """A connected participant that is added again has to accept again."""

    _addressed: Conversation

    def may_add(self, conversation: Conversation, member: Member) -> None:
        super().may_add(conversation, member)
        self._addressed = conversation

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        response = super().perform(call, content, operate)
        if call.does("POST", Part.PARTICIPANTS) and isinstance(content, ParticipantList):
            for entry in content.participant:
                present = self._addressed.member(entry.address)
                if present is not None and present.address != self._addressed.originator:
                    present.status = ParticipantStatus.INVITED
        return response


# Messages (TS-CHAT-4.1.7) ------------------------------------------------------------------------


@GROUP.rule(Rules.receivers, "TS-CHAT-4.1.7", also={ChatKind.LONG_LIVED: "TS-CHAT-4.1.7"})
def sender_gets_copy(
    usual: Usual[tuple[Member, ...]], conversation: Conversation, sender: Member
) -> tuple[Member, ...]:
    """A sender receives its own message."""
    return (*usual(conversation, sender), sender)


@GROUP.rule(Rules.receivers, "TS-CHAT-4.1.7")
def invited_get_messages(
    usual: Usual[tuple[Member, ...]], conversation: Conversation, sender: Member
) -> tuple[Member, ...]:
    """An invited user receives messages before it accepts."""
    invited = conversation.with_status(ParticipantStatus.INVITED)
    return (*usual(conversation, sender), *invited)


@GROUP.rule(Rules.receivers, "TS-CHAT-4.1.7")
def left_get_messages(
    usual: Usual[tuple[Member, ...]], conversation: Conversation, sender: Member
) -> tuple[Member, ...]:
    """A participant that left still receives messages."""
    gone = conversation.with_status(ParticipantStatus.DISCONNECTED)
    return (*usual(conversation, sender), *(member for member in gone if member.took_part))


@GROUP.delivered("TS-CHAT-4.1.7", Cause.MESSAGE, also={ChatKind.LONG_LIVED: "TS-CHAT-4.1.7"})
def messages_reversed(notice: Notice) -> tuple[Notice]:
    """Messages that are sent soon after each other arrive in reverse order."""
    return (replace(notice, hold=0.2, overtakes=True),)


@GROUP.rule(Rules.reports, "TS-CHAT-4.1.7", also={ChatKind.LONG_LIVED: "TS-CHAT-4.1.7"})
def report_not_told(
    usual: Usual[bool], conversation: Conversation, message: Message, status: MessageStatus
) -> bool:
    """The sender is not notified of a display report."""
    return False


@GROUP.notified("TS-CHAT-4.1.7", Cause.REPORTED)
def report_told_otherwise(
    report: ChatMessageStatusNotification,
) -> ChatMessageStatusNotification:
    """Every report is notified as Delivered."""
    return replace(report, status=MessageStatus.DELIVERED)


@GROUP.shown("TS-CHAT-4.1.7", also={ChatKind.LONG_LIVED: "TS-CHAT-4.1.7"})
def message_status_stale(report: MessageStatusReport) -> MessageStatusReport:
    """The status of a message is always read as Sent."""
    return MessageStatusReport(status=MessageStatus.SENT)


# Features that a server lacks --------------------------------------------------------------------


class _Lacking(Deviation):
    """Lacks resources and operations; what several such classes lack adds up.

    Attributes:
        kinds: Kinds of chat whose resources do not exist.
        resources: Further resources that do not.
        lost: Operations that existing resources do not support.
    """

    kinds: ClassVar[frozenset[ChatKind]] = frozenset()
    resources: ClassVar[frozenset[str]] = frozenset()
    lost: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        """Confine what the class lacks to the resources that it is about."""
        of_kinds = (key for kind in cls.kinds for key in KEYS[kind].values())
        changed = (operation.split()[1] for operation in cls.lost)
        resources = {*cls.resources, *of_kinds, *changed}
        cls.operations = frozenset(f"{verb} {each}" for verb in _VERBS for each in resources)
        super().__init_subclass__()

    def _parts(self) -> Iterator[type["_Lacking"]]:
        return (each for each in self.deviations if issubclass(each, _Lacking))

    def _verbs(self, call: Call) -> tuple[str, ...]:
        """The verbs that are left of a resource."""
        lost = frozenset[str]().union(*(each.lost for each in self._parts()))
        return tuple(verb for verb in call.verbs if f"{verb} {call.resource}" not in lost)

    def identify(self, call: Call, accounts: Accounts) -> Account:
        account = super().identify(call, accounts)
        for part in self._parts():
            if call.kind in part.kinds or call.resource in part.resources:
                raise rejections.not_found(call.path)
        if call.method in call.verbs and call.method not in self._verbs(call):
            raise rejections.wrong_method(call.method, self._verbs(call))
        return account

    def reject(self, call: Call, rejection: Rejection) -> Response:
        if rejection.status == 405:
            rejection = rejections.wrong_method(call.method, self._verbs(call))
        return super().reject(call, rejection)


def _lacks(
    name: str,
    sentence: str,
    *resources: str,
    kind: ChatKind | None = None,
    lost: str = "",
    clause: str = "TS-CHAT-5.13",
) -> None:
    """Add a fault by which resources, those of a kind of chat or an operation are lacking."""
    members = {
        "__doc__": sentence,
        "kinds": frozenset({kind} - {None}),
        "resources": frozenset(resources),
        "lost": frozenset({lost} - {""}),
    }
    ANYWHERE.deviation(clause)(type(name, (_Lacking,), members))


_lacks("lacks-sessions", "Confirmed 1-to-1 chats are not supported.", kind=ChatKind.ONE_TO_ONE)
_lacks("lacks-adhoc-chat", "Ad-hoc chats are not supported.", kind=ChatKind.ADHOC)
_lacks("lacks-group-chats", "Group chats are not supported.", "oneToOneExtend", kind=ChatKind.GROUP)
_lacks(
    "lacks-file-transfer",
    "File transfers are not supported.",
    *("ftSubscriptions", "ftSubscription", "ftSessions", "ftSession", "ftStatus"),
    clause="UNI-FLT-005.1",
)
_lacks(
    "lacks-long-lived-groups",
    "Long-lived group chats are not supported.",
    "oneToOneExtendLongLived",
    kind=ChatKind.LONG_LIVED,
)
_lacks("lacks-extension", "A 1-to-1 chat cannot be extended to a group chat.", "oneToOneExtend")
_lacks(
    "lacks-long-lived-extension",
    "A 1-to-1 chat cannot be extended to a long-lived group chat.",
    "oneToOneExtendLongLived",
)
_lacks("lacks-subscription-list", "The subscriptions cannot be listed.", lost="GET subscriptions")
_lacks(
    "lacks-subscription-reading", "A single subscription cannot be read.", lost="GET subscription"
)
_lacks(
    "lacks-status-of-messages",
    "The status of messages in 1-to-1 chats cannot be read.",
    lost="GET oneToOneMessageStatus",
)
_lacks(
    "lacks-status-of-group-messages",
    "Messages in group chats have no status.",
    "groupMessageStatus",
    "longLivedMessageStatus",
)
_lacks(
    "lacks-list-of-groups", "Long-lived group chats cannot be listed.", lost="GET longLivedGroups"
)
_lacks(
    "lacks-participants-of-groups",
    "The list of participants of a long-lived group chat cannot be read.",
    lost="GET longLivedParticipants",
)
_lacks("lacks-ending", "A group chat cannot be ended.", lost="DELETE group")


@_MESSAGES.ordered("TS-CHAT-5.13")
def lacks_composing(order: IsComposing) -> IsComposing:
    """Composing indications are rejected."""
    raise rejections.malformed("isComposing is not known")


@ANYWHERE.rule(Rules.read, "TS-CHAT-5.13")
def lacks_multimedia(usual: Usual[object], call: Call, decode: Callable[[Call], object]) -> object:
    """Multipart messages are rejected."""
    if call.is_multipart:
        raise rejections.unsupported_media(call.content_type)
    return usual(call, decode)


@ANYWHERE.rule(Rules.may_join, "TS-CHAT-5.13")
def lacks_rejoining(usual: Usual[None], conversation: Conversation, member: Member) -> None:
    """A participant that left cannot join again."""
    if member.took_part:
        raise Rejection(501, "SVC0001", "Joining again is not supported")
    usual(conversation, member)


@operations("POST oneToOneSessions").answered("TS-CHAT-5.13")
def sessions_refused_as_policy(call: Call) -> Response:
    """Every 1-to-1 session is rejected: confirmed chats are not supported (403 POL1013)."""
    raise rejections.confirmed_chat_unsupported()


@ADHOC.answered("TS-CHAT-5.13", "POST", Part.MESSAGES)
def adhoc_refused_as_policy(call: Call) -> Response:
    """Every message in ad-hoc chat is rejected: such chats are not supported (403 POL1014)."""
    raise rejections.adhoc_chat_unsupported()


class _LacksFormat(Deviation):
    """Supports one of the two representations only."""

    format: ClassVar[Format]

    def identify(self, call: Call, accounts: Accounts) -> Account:
        account = super().identify(call, accounts)
        accept = call.headers.get("accept", "")
        if self.format.media_type in accept and self.format.other.media_type not in accept:
            raise rejections.not_acceptable(accept)
        return account

    def read(self, call: Call, decode: Callable[[Call], object]) -> object:
        if format_of(call.content_type) is self.format:
            raise rejections.unsupported_media(call.content_type)
        return super().read(call, decode)

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if isinstance(content, ChatNotificationSubscription):
            named = content.callback_reference.notification_format or NotificationFormat.XML
            if named.name == self.format.name:
                raise rejections.not_allowed_value("notificationFormat", self.format.other.name)
        return super().perform(call, content, operate)

    def respond(self, call: Call, response: Response) -> Response:
        return replace(super().respond(call, response), format=self.format.other)


@ANYWHERE.deviation("TS-CHAT-5.13")
class LacksXml(_LacksFormat):
    """XML is not supported."""

    format = Format.XML


@ANYWHERE.deviation("TS-CHAT-5.13")
class LacksJson(_LacksFormat):
    """JSON is not supported."""

    format = Format.JSON
