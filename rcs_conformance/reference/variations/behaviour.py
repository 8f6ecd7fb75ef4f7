"""Variations in policy and in what is notified."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import MessageStatus
from rcs_conformance.model.chat import ParticipantStatus as Status
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatParticipantStatusNotification,
    EventType,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.registry import Variations
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.state import Conversation, Member, Message

BEHAVIOUR = Variations()

_LONGEST_DELAY = 1.0
"""Seconds that a notification waits at most."""


@BEHAVIOUR.add("closed-takes-additions", "Users can be added to a closed group chat.")
class _ClosedTakesAdditions(Rules):
    def may_add(self, conversation: Conversation, member: Member) -> None:
        if not member.is_connected:
            super().may_add(conversation, member)


@BEHAVIOUR.add("originator-ends-chat", "The chat ends when its originator leaves.")
class _OriginatorEndsChat(Rules):
    def ends_after(self, conversation: Conversation, leaver: Member) -> bool:
        return leaver.address == conversation.originator or super().ends_after(conversation, leaver)


@BEHAVIOUR.add("last-but-one-ends-chat", "The chat ends when one participant is left.")
class _LastButOneEndsChat(Rules):
    def ends_after(self, conversation: Conversation, leaver: Member) -> bool:
        return len(conversation.connected) < 2 or super().ends_after(conversation, leaver)


@BEHAVIOUR.add("leavers-forgotten", "Who declined or left is no longer shown.")
class _LeaversForgotten(Rules):
    def shown(self, conversation: Conversation) -> tuple[Member, ...]:
        return tuple(
            each for each in super().shown(conversation) if each.status != Status.DISCONNECTED
        )


@BEHAVIOUR.add("leavers-may-look", "Who declined or left can still read the group chat.")
class _LeaversMayLook(Rules):
    def may_read(self, conversation: Conversation, member: Member) -> None:
        if conversation.kind is not ChatKind.GROUP:
            super().may_read(conversation, member)


@BEHAVIOUR.add("leavers-find-nothing", "Who declined or left gets 404 when reading the chat.")
class _LeaversFindNothing(Rules):
    def may_read(self, conversation: Conversation, member: Member) -> None:
        if not member.is_connected and member.status is not Status.INVITED:
            raise rejections.not_found(member.session_id)


@BEHAVIOUR.add("changes-only", "Participant notifications name only those who changed.")
class _ChangesOnly(Rules):
    def named_in_notification(
        self, conversation: Conversation, changed: tuple[Member, ...]
    ) -> tuple[Member, ...]:
        return changed


@BEHAVIOUR.add("actor-told", "An end or a cancellation is told to the one who caused it, too.")
class _ActorTold(Rules):
    def notifies_actor(self) -> bool:
        return True


@BEHAVIOUR.add(
    "events-beside", "Acceptance and decline are told as events, too, beside the participants."
)
class _EventsBeside(Rules):
    def additional_event(self, cause: Cause) -> EventType | None:
        beside = {Cause.ACCEPTED: EventType.ACCEPTED, Cause.DECLINED: EventType.DECLINED}
        return beside.get(cause, super().additional_event(cause))


@BEHAVIOUR.add("start-told", "The originator is told that the group chat was set up.")
class _StartTold(Rules):
    def notices(self, notice: Notice) -> Iterable[Notice]:
        yield from super().notices(notice)
        accepted = notice.cause is Cause.ACCEPTED
        connected = len(notice.conversation.connected) == 2
        change = isinstance(notice.content, ChatParticipantStatusNotification)
        if (
            accepted
            and connected
            and change
            and notice.member.address == notice.conversation.originator
        ):
            successful = ChatEventNotification(
                callback_data=notice.content.callback_data,
                event_type=EventType.SUCCESSFUL,
                session_id=notice.member.session_id,
            )
            yield replace(notice, content=successful)


@BEHAVIOUR.add("no-time-stamps", "Messages carry no time stamp.")
class _NoTimeStamps(Rules):
    def time_stamp(self, conversation: Conversation) -> str | None:
        return None


@BEHAVIOUR.add("reports-unasked", "Reports are passed on, whether asked for or not.")
class _ReportsUnasked(Rules):
    def reports(self, conversation: Conversation, message: Message, status: MessageStatus) -> bool:
        return True


@BEHAVIOUR.add("notified-twice", "Every notification arrives twice.")
class _NotifiedTwice(Rules):
    def notices(self, notice: Notice) -> Iterable[Notice]:
        for outgoing in super().notices(notice):
            yield from (outgoing, outgoing)


@BEHAVIOUR.add("notified-late", "Notifications arrive up to a second late.")
class _NotifiedLate(Rules):
    def notices(self, notice: Notice) -> Iterable[Notice]:
        for outgoing in super().notices(notice):
            wait = self.random.random() ** 3 * _LONGEST_DELAY
            yield replace(outgoing, hold=max(outgoing.hold, wait))
