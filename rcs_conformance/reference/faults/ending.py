"""Faults in cancelling and ending a group chat, and in telling of it (003b, 004b, 012b, 4.1.10)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.notifications import ChatEventNotification, EventType
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call
from rcs_conformance.reference.edits import OneKind, retold
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.state import Conversation, Ending, Member

ENDING = Faults()


@ENDING.add("cancel-refused", "UNI-CHT-003b.1", "The originator may not cancel a group chat.")
class _CancelRefused(OneKind):
    def is_cancelled(self, conversation: Conversation) -> bool:
        if super().is_cancelled(conversation):
            raise rejections.forbidden("no cancellation")
        return False


@ENDING.add(
    "withdrawal-refused", "UNI-CHT-003b.1", "The originator may not take back one invitation."
)
class _WithdrawalRefused(OneKind):
    def may_cancel_invitation(
        self, conversation: Conversation, actor: Member, invited: Member
    ) -> None:
        raise rejections.forbidden("no cancellation")


@ENDING.add("cancelled-still-accepted", "UNI-CHT-003b.2", "A cancelled chat can be accepted.")
class _CancelledStillAccepted(OneKind):
    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        late = conversation.over is Ending.CANCELLED and call.does("PUT", Part.STATUS)
        return late or super().available(call, conversation, member)


@ENDING.add(
    "withdrawn-still-accepted", "UNI-CHT-003b.2", "One invitation taken back can be accepted."
)
class _WithdrawnStillAccepted(OneKind):
    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        late = member.cancelled and call.does("PUT", Part.STATUS)
        return late or super().available(call, conversation, member)

    def may_join(self, conversation: Conversation, member: Member) -> None:
        if not member.cancelled:
            super().may_join(conversation, member)


@ENDING.add(
    "accepted-still-cancelled", "UNI-CHT-003b.3", "An accepted chat is cancelled, not ended."
)
class _AcceptedStillCancelled(OneKind):
    def is_cancelled(self, conversation: Conversation) -> bool:
        return True


@ENDING.add(
    "accepted-taken-back", "UNI-CHT-003b.3", "The originator cancels one accepted invitation."
)
class _AcceptedTakenBack(OneKind):
    def may_cancel_invitation(
        self, conversation: Conversation, actor: Member, invited: Member
    ) -> None:
        if not (actor.address == conversation.originator and invited.is_connected):
            super().may_cancel_invitation(conversation, actor, invited)


@ENDING.add("cancellation-silent", "UNI-CHT-004b.2", "Nobody is told of a cancelled chat.")
class _CancellationSilent(OneKind):
    def notices(self, notice: Notice) -> Iterable[Notice]:
        cancelled = notice.conversation.over is Ending.CANCELLED
        return () if cancelled else super().notices(notice)


@ENDING.add(
    "cancellation-told-to-one",
    "UNI-CHT-004b.2",
    "Only the first invited is told of a cancellation.",
)
class _CancellationToldToOne(OneKind):
    def notices(self, notice: Notice) -> Iterable[Notice]:
        later = [*notice.conversation.members.values()][2:]
        kept = notice.conversation.over is Ending.CANCELLED and notice.member in later
        return () if kept else super().notices(notice)


@ENDING.add(
    "withdrawal-silent", "UNI-CHT-004b.2", "The user whose invitation is taken back is not told."
)
class _WithdrawalSilent(OneKind):
    def notices(self, notice: Notice) -> Iterable[Notice]:
        event = isinstance(notice.content, ChatEventNotification)
        taken_back = event and notice.cause is Cause.CANCELLED and notice.conversation.over is None
        return () if taken_back else super().notices(notice)


@ENDING.add("end-silent", "UNI-CHT-004b.4", "Nobody is told that a user ended the chat.")
class _EndSilent(OneKind):
    def notices(self, notice: Notice) -> Iterable[Notice]:
        ended = notice.cause is Cause.ENDED and notice.actor
        return () if ended else super().notices(notice)


class _Retyped(OneKind):
    """Tells an event as one of another type."""

    def _retype(self, notice: Notice, event: EventType) -> EventType:
        return event

    def notices(self, notice: Notice) -> Iterable[Notice]:
        for each in super().notices(notice):
            yield from retold(
                each,
                ChatEventNotification,
                lambda told: replace(told, event_type=self._retype(notice, told.event_type)),
            )


@ENDING.add("end-told-as-accepted", "UNI-CHT-004b.4", "An end by a user is told as Accepted.")
class _EndToldAsAccepted(_Retyped):
    def _retype(self, notice: Notice, event: EventType) -> EventType:
        return EventType.ACCEPTED if notice.cause is Cause.ENDED and notice.actor else event


@ENDING.add("policy-end-silent", "UNI-CHT-012b.1", "Nobody is told of an end by the server.")
class _PolicyEndSilent(OneKind):
    def notices(self, notice: Notice) -> Iterable[Notice]:
        ended = notice.cause is Cause.ENDED and not notice.actor
        return () if ended else super().notices(notice)


@ENDING.add("end-kept-from-last", "UNI-CHT-012b.1", "The last to join is not told of the end.")
class _EndKeptFromLast(OneKind):
    def notices(self, notice: Notice) -> Iterable[Notice]:
        last = notice.conversation.with_status(ParticipantStatus.CONNECTED)[-1:]
        kept = notice.cause is Cause.ENDED and notice.member in last
        return () if kept else super().notices(notice)


@ENDING.add("event-of-wrong-type", "TS-CHAT-4.1.10", "Every end is told as Declined.")
class _EventOfWrongType(_Retyped):
    def _retype(self, notice: Notice, event: EventType) -> EventType:
        return EventType.DECLINED if event is EventType.SESSION_ENDED else event


@ENDING.add("event-of-unknown-chat", "TS-CHAT-4.1.10", "Events name a session id of no chat.")
class _EventOfUnknownChat(OneKind):
    def notices(self, notice: Notice) -> Iterable[Notice]:
        for each in super().notices(notice):
            yield from retold(
                each,
                ChatEventNotification,
                lambda told: replace(told, session_id=f"{told.session_id}0"),
            )


@ENDING.add("event-without-id", "TS-CHAT-4.1.10", "Events do not say which chat they are about.")
class _EventWithoutId(OneKind):
    def notices(self, notice: Notice) -> Iterable[Notice]:
        for each in super().notices(notice):
            yield from retold(
                each,
                ChatEventNotification,
                lambda told: replace(told, session_id=None, link=()),
            )
