"""Faults in accepting, declining, leaving and coming back (UNI-CHT-008b, 009b, 011, 015)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import ChatMessage, IsComposing, ParticipantStatus
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import ChatEventNotification, EventType
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import Converted, OneKind
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import SERVICES
from rcs_conformance.reference.state import Conversation, Ending, Member

MEMBERSHIP = Faults()


@MEMBERSHIP.add(
    "acceptance-without-effect", "UNI-CHT-008b.1", "Who accepts an invitation stays invited."
)
class _AcceptanceWithoutEffect(OneKind):
    def join(self, conversation: Conversation, member: Member, services: tuple[str, ...]) -> None:
        if member.took_part or member.address == conversation.originator:
            super().join(conversation, member, services)


@MEMBERSHIP.add("acceptance-refused", "UNI-CHT-008b.1", "Nobody may accept an invitation.")
class _AcceptanceRefused(OneKind):
    def may_join(self, conversation: Conversation, member: Member) -> None:
        super().may_join(conversation, member)
        if member.status is ParticipantStatus.INVITED:
            raise rejections.forbidden("no acceptance")


class _Declared(OneKind):
    """Changes the services of who accepts or comes back."""

    def _declare(self, conversation: Conversation, services: tuple[str, ...]) -> tuple[str, ...]:
        return services

    def join(self, conversation: Conversation, member: Member, services: tuple[str, ...]) -> None:
        if member.address != conversation.originator:
            services = self._declare(conversation, services)
        super().join(conversation, member, services)


@MEMBERSHIP.add("declared-services-lost", "UNI-CHT-008b.2", "Declared services are forgotten.")
class _DeclaredServicesLost(_Declared):
    def _declare(self, conversation: Conversation, services: tuple[str, ...]) -> tuple[str, ...]:
        return ()


@MEMBERSHIP.add(
    "declared-services-cut", "UNI-CHT-008b.2", "Of several declared services the last is forgotten."
)
class _DeclaredServicesCut(_Declared):
    def _declare(self, conversation: Conversation, services: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(service for service in services if service != SERVICES[-1])


@MEMBERSHIP.add(
    "declared-services-of-chat",
    "UNI-CHT-008b.2",
    "Who declares services is taken to support those of the chat instead.",
)
class _DeclaredServicesOfChat(_Declared):
    def _declare(self, conversation: Conversation, services: tuple[str, ...]) -> tuple[str, ...]:
        return conversation.services if services else ()


@MEMBERSHIP.add(
    "undeclared-services-all", "UNI-CHT-008b.3", "Who declares no service is taken to support all."
)
class _UndeclaredServicesAll(_Declared):
    def _declare(self, conversation: Conversation, services: tuple[str, ...]) -> tuple[str, ...]:
        return services or SERVICES


@MEMBERSHIP.add(
    "undeclared-services-of-chat",
    "UNI-CHT-008b.3",
    "Who declares no service is taken to support those of the chat.",
)
class _UndeclaredServicesOfChat(_Declared):
    def _declare(self, conversation: Conversation, services: tuple[str, ...]) -> tuple[str, ...]:
        return services or conversation.services


@MEMBERSHIP.add("decline-connects", "UNI-CHT-009b.1", "Who declines is connected.")
class _DeclineConnects(OneKind):
    def decline(self, conversation: Conversation, member: Member) -> None:
        member.status = ParticipantStatus.CONNECTED


@MEMBERSHIP.add("decline-without-effect", "UNI-CHT-009b.1", "Who declines may accept later on.")
class _DeclineWithoutEffect(OneKind):
    def decline(self, conversation: Conversation, member: Member) -> None:
        pass


@MEMBERSHIP.add("decline-ends-chat", "UNI-CHT-009b.1", "The chat is over once anyone declines.")
class _DeclineEndsChat(OneKind):
    def decline(self, conversation: Conversation, member: Member) -> None:
        super().decline(conversation, member)
        conversation.over = Ending.ENDED


@MEMBERSHIP.add("leave-without-effect", "UNI-CHT-011.1", "Who leaves stays connected.")
@MEMBERSHIP.also(
    ChatKind.LONG_LIVED,
    "long-lived-leave-without-effect",
    "UNI-CHT-033.1",
    "Who leaves a long-lived group stays connected.",
)
class _LeaveWithoutEffect(OneKind):
    def leave(self, conversation: Conversation, member: Member) -> None:
        pass


@MEMBERSHIP.add("leave-refused", "UNI-CHT-011.1", "Nobody may leave.")
@MEMBERSHIP.also(
    ChatKind.LONG_LIVED,
    "long-lived-leave-refused",
    "UNI-CHT-033.1",
    "Nobody may leave a long-lived group.",
)
class _LeaveRefused(OneKind):
    def leave(self, conversation: Conversation, member: Member) -> None:
        raise rejections.forbidden("no leaving")


@MEMBERSHIP.add(
    "leave-ends-for-all", "UNI-CHT-011.1", "The chat ends for all when an invited user leaves."
)
class _LeaveEndsForAll(OneKind):
    def ends_after(self, conversation: Conversation, leaver: Member) -> bool:
        return leaver.address != conversation.originator or super().ends_after(conversation, leaver)


@MEMBERSHIP.add("left-may-send", "UNI-CHT-011.2", "Who left can still send messages.")
@MEMBERSHIP.also(
    ChatKind.LONG_LIVED,
    "long-lived-left-may-send",
    "UNI-CHT-033.2",
    "Who left a long-lived group can still send messages.",
)
class _LeftMaySend(OneKind):
    def may_send(self, conversation: Conversation, member: Member, content: object) -> None:
        if isinstance(content, IsComposing) or not member.took_part:
            super().may_send(conversation, member, content)


@MEMBERSHIP.add("left-may-compose", "UNI-CHT-011.2", "Who left can still send isComposing.")
@MEMBERSHIP.also(
    ChatKind.LONG_LIVED,
    "long-lived-left-may-compose",
    "UNI-CHT-033.2",
    "Who left a long-lived group can still send isComposing.",
)
class _LeftMayCompose(OneKind):
    def may_send(self, conversation: Conversation, member: Member, content: object) -> None:
        if isinstance(content, ChatMessage) or not member.took_part:
            super().may_send(conversation, member, content)


@MEMBERSHIP.add(
    "originator-leaving-told-apart",
    "UNI-CHT-011.3",
    "When the originator leaves, one participant is told that the chat ended; it goes on.",
)
class _OriginatorLeavingToldApart(OneKind):
    def notices(self, notice: Notice) -> Iterable[Notice]:
        conversation = notice.conversation
        left = notice.cause is Cause.LEFT and notice.actor == conversation.originator
        if left and notice.member in conversation.connected[:1]:
            ended = ChatEventNotification(
                callback_data=notice.content.callback_data,
                event_type=EventType.SESSION_ENDED,
                session_id=notice.member.session_id,
            )
            return super().notices(replace(notice, content=ended))
        return super().notices(notice)


@MEMBERSHIP.add(
    "originator-leaving-ends-for-one",
    "UNI-CHT-011.3",
    "When the originator leaves, the chat is gone for the last participant alone.",
)
class _OriginatorLeavingEndsForOne(OneKind):
    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        originator = conversation.member(conversation.originator)
        left = originator is not None and not originator.is_connected
        gone = left and member in conversation.connected[-1:]
        return not gone and super().available(call, conversation, member)


class _LeavingNothing(Converted):
    """Answers otherwise where what is left does not exist."""

    def _leave_nothing(self) -> Response:
        return Response(status=204)

    def convert(self, call: Call, content: object, rejection: Rejection) -> Response:
        if call.does("DELETE", Part.PARTICIPANT) and rejection.status == 404:
            return self._leave_nothing()
        return super().convert(call, content, rejection)


@MEMBERSHIP.add(
    "leaving-nothing-succeeds", "UNI-CHT-011.4", "Leaving no chat is answered with 204."
)
class _LeavingNothingSucceeds(_LeavingNothing):
    pass


@MEMBERSHIP.add("leaving-nothing-fails", "UNI-CHT-011.4", "Leaving no chat is answered with 500.")
class _LeavingNothingFails(_LeavingNothing):
    def _leave_nothing(self) -> Response:
        raise rejections.internal_error()


@MEMBERSHIP.add("rejoin-refused", "UNI-CHT-015.1", "Who left may not come back.")
class _RejoinRefused(OneKind):
    def may_join(self, conversation: Conversation, member: Member) -> None:
        super().may_join(conversation, member)
        if member.took_part and not member.is_connected:
            raise rejections.forbidden("no coming back")


@MEMBERSHIP.add("rejoin-without-effect", "UNI-CHT-015.1", "Who comes back stays disconnected.")
@MEMBERSHIP.also(
    ChatKind.LONG_LIVED,
    "long-lived-rejoin-without-effect",
    "UNI-CHT-040.1",
    "Who comes back to a long-lived group stays disconnected.",
)
class _RejoinWithoutEffect(OneKind):
    def join(self, conversation: Conversation, member: Member, services: tuple[str, ...]) -> None:
        if not member.took_part:
            super().join(conversation, member, services)


@MEMBERSHIP.add("rejoined-gets-nothing", "UNI-CHT-015.1", "Who came back gets no messages.")
@MEMBERSHIP.also(
    ChatKind.LONG_LIVED,
    "long-lived-rejoined-gets-nothing",
    "UNI-CHT-040.1",
    "Who came back to a long-lived group gets no messages.",
)
class _RejoinedGetsNothing(OneKind):
    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._back: set[str] = set()

    def join(self, conversation: Conversation, member: Member, services: tuple[str, ...]) -> None:
        if member.took_part and not member.is_connected:
            self._back.add(member.session_id)
        super().join(conversation, member, services)

    def receivers(self, conversation: Conversation, sender: Member) -> tuple[Member, ...]:
        those = super().receivers(conversation, sender)
        return tuple(each for each in those if each.session_id not in self._back)


@MEMBERSHIP.add(
    "rejoin-expired-forbidden", "UNI-CHT-015.2", "Coming back to a chat that is gone gives 403."
)
class _RejoinExpiredForbidden(Converted):
    def convert(self, call: Call, content: object, rejection: Rejection) -> Response:
        if call.does("PUT", Part.STATUS) and rejection.status == 404:
            raise rejections.forbidden("the chat is gone") from rejection
        return super().convert(call, content, rejection)


@MEMBERSHIP.add(
    "rejoin-expired-succeeds", "UNI-CHT-015.2", "Coming back to a chat that is gone succeeds."
)
class _RejoinExpiredSucceeds(OneKind):
    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        late = conversation.over is Ending.EXPIRED and call.does("PUT", Part.STATUS)
        return late or super().available(call, conversation, member)
