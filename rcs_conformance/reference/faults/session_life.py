"""Faults in what becomes of a 1-to-1 session: accept, decline, cancel, end.

UNI-CHT-003a, 005, 008a, 009a, 010.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from rcs_conformance.model.chat import (
    ChatSessionInformation,
    IsComposing,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import Converted, OneKind
from rcs_conformance.reference.faults.sessions import Shown
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import ADHOC_ID, Part
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.state import Conversation, Ending, Member

SESSION_LIFE = Faults()


class _DeletionRefused(OneKind):
    """Rejects DELETE of a session to some of those who may."""

    kind = ChatKind.ONE_TO_ONE

    def _is_refused(self, conversation: Conversation, member: Member) -> bool:
        return False

    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        found = super().available(call, conversation, member)
        if found and call.does("DELETE", Part.CHAT) and self._is_refused(conversation, member):
            raise rejections.forbidden("this session is not deleted")
        return found


@SESSION_LIFE.add("session-cancel-refused", "UNI-CHT-003a.1", "The originator may not cancel.")
class _CancelRefused(_DeletionRefused):
    def _is_refused(self, conversation: Conversation, member: Member) -> bool:
        return not conversation.accepted and member.address == conversation.originator


@SESSION_LIFE.add("session-decline-refused", "UNI-CHT-009a.1", "The invited user may not decline.")
class _DeclineRefused(_DeletionRefused):
    def _is_refused(self, conversation: Conversation, member: Member) -> bool:
        return not conversation.accepted and member.address != conversation.originator


@SESSION_LIFE.add(
    "session-end-refused-to-originator", "UNI-CHT-005.1", "The originator may not end a session."
)
class _EndRefusedToOriginator(_DeletionRefused):
    def _is_refused(self, conversation: Conversation, member: Member) -> bool:
        return conversation.accepted and member.address == conversation.originator


@SESSION_LIFE.add(
    "session-end-refused-to-invited", "UNI-CHT-010.1", "Who was invited may not end a session."
)
class _EndRefusedToInvited(_DeletionRefused):
    def _is_refused(self, conversation: Conversation, member: Member) -> bool:
        return conversation.accepted and member.address != conversation.originator


class _Lingers(OneKind):
    """Shows a session that is over as if it went on, where it came to its end in one way.

    Attributes:
        ending: The way.
        by_originator: Whether the originator did it.
    """

    kind = ChatKind.ONE_TO_ONE
    ending: ClassVar[Ending]
    by_originator: ClassVar[bool]

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._over: set[int] = set()

    def notices(self, notice: Notice) -> Iterable[Notice]:
        conversation = notice.conversation
        causes = {Ending.CANCELLED: Cause.CANCELLED, Ending.DECLINED: Cause.DECLINED}
        cause = causes.get(self.ending, Cause.ENDED)
        is_mine = notice.actor == conversation.originator
        if notice.cause is cause and is_mine is self.by_originator:
            self._over.add(conversation.number)
        return super().notices(notice)

    def _lingers(self, conversation: Conversation) -> bool:
        return conversation.number in self._over


class _StillShown(_Lingers):
    """Shows it with the status that it had."""

    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        shown = self._lingers(conversation) and call.does("GET", Part.CHAT)
        return shown or super().available(call, conversation, member)

    def may_read(self, conversation: Conversation, member: Member) -> None:
        if not self._lingers(conversation):
            super().may_read(conversation, member)

    def session_status(self, conversation: Conversation) -> ParticipantStatus:
        if not self._lingers(conversation):
            return super().session_status(conversation)
        accepted = conversation.accepted
        return ParticipantStatus.CONNECTED if accepted else ParticipantStatus.INVITED


@SESSION_LIFE.add("cancelled-session-stays", "UNI-CHT-003a.1", "A cancelled session is Invited.")
class _CancelledStays(_StillShown):
    ending, by_originator = Ending.CANCELLED, True


@SESSION_LIFE.add("declined-session-stays", "UNI-CHT-009a.1", "A declined session is Invited.")
class _DeclinedStays(_StillShown):
    ending, by_originator = Ending.DECLINED, False


@SESSION_LIFE.add(
    "session-ended-by-originator-stays",
    "UNI-CHT-005.1",
    "A session that its originator ended is Connected.",
)
class _EndedByOriginatorStays(_StillShown):
    ending, by_originator = Ending.ENDED, True


@SESSION_LIFE.add(
    "session-ended-by-invited-stays",
    "UNI-CHT-010.1",
    "A session that the invited user ended is Connected.",
)
class _EndedByInvitedStays(_StillShown):
    ending, by_originator = Ending.ENDED, False


class _StillTakes(_Lingers):
    """Takes messages as before."""

    composing_only = False

    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        taken = self._lingers(conversation) and call.does("POST", Part.MESSAGES)
        return taken or super().available(call, conversation, member)

    def may_send(self, conversation: Conversation, member: Member, content: object) -> None:
        if not self._lingers(conversation):
            super().may_send(conversation, member, content)
        elif self.composing_only and not isinstance(content, IsComposing):
            raise rejections.forbidden("the session is over")


@SESSION_LIFE.add(
    "declined-session-takes-messages", "UNI-CHT-009a.2", "A declined session takes messages."
)
class _DeclinedTakes(_StillTakes):
    ending, by_originator = Ending.DECLINED, False


@SESSION_LIFE.add(
    "session-ended-by-originator-takes-messages",
    "UNI-CHT-005.2",
    "A session that its originator ended takes messages.",
)
class _EndedByOriginatorTakes(_StillTakes):
    ending, by_originator = Ending.ENDED, True


@SESSION_LIFE.add(
    "session-ended-by-originator-takes-composing",
    "UNI-CHT-005.2",
    "A session that its originator ended takes composing indications.",
)
class _EndedByOriginatorTakesComposing(_EndedByOriginatorTakes):
    composing_only = True


@SESSION_LIFE.add(
    "session-ended-by-invited-takes-messages",
    "UNI-CHT-010.2",
    "A session that the invited user ended takes messages.",
)
class _EndedByInvitedTakes(_StillTakes):
    ending, by_originator = Ending.ENDED, False


@SESSION_LIFE.add(
    "cancelled-session-still-accepted", "UNI-CHT-003a.2", "A cancelled session can be accepted."
)
class _CancelledStillAccepted(OneKind):
    kind = ChatKind.ONE_TO_ONE

    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        late = conversation.over is Ending.CANCELLED and call.does("PUT", Part.STATUS)
        return late or super().available(call, conversation, member)


@SESSION_LIFE.add(
    "accepted-session-still-cancelled",
    "UNI-CHT-003a.3",
    "The originator's DELETE of an accepted session cancels it.",
)
class _AcceptedStillCancelled(OneKind):
    kind = ChatKind.ONE_TO_ONE

    def is_cancelled(self, conversation: Conversation) -> bool:
        return True


@SESSION_LIFE.add("session-accept-refused", "UNI-CHT-008a.1", "The invited user may not accept.")
class _AcceptRefused(OneKind):
    kind = ChatKind.ONE_TO_ONE

    def may_join(self, conversation: Conversation, member: Member) -> None:
        raise rejections.forbidden("no acceptance")


@SESSION_LIFE.add(
    "accepted-session-shown-invited",
    "UNI-CHT-008a.1",
    "An accepted session is still shown as Invited to its originator.",
)
class _AcceptedShownInvited(Shown):
    def show(self, call: Call, info: ChatSessionInformation) -> ChatSessionInformation:
        if call.variables["userId"] != info.originator_address:
            return info
        return replace(info, status=ParticipantStatus.INVITED)


class _NothingAccepted(Converted):
    """Answers the acceptance of a session that does not exist in some other way."""

    kind = ChatKind.ONE_TO_ONE

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._given = {ADHOC_ID}

    def session_id(self, number: int, conversation: Conversation) -> str:
        session_id = super().session_id(number, conversation)
        self._given.add(session_id)
        return session_id

    def _answer(self, rejection: Rejection) -> Response:
        raise rejection

    def convert(self, call: Call, content: object, rejection: Rejection) -> Response:
        never_was = rejection.status == 404 and call.chat_id not in self._given
        if isinstance(content, ParticipantSessionStatus) and never_was:
            return self._answer(rejection)
        return super().convert(call, content, rejection)


@SESSION_LIFE.add(
    "acceptance-of-nothing-taken", "UNI-CHT-008a.2", "Accepting no session is answered 204."
)
class _AcceptanceOfNothingTaken(_NothingAccepted):
    def _answer(self, rejection: Rejection) -> Response:
        return Response(status=204)


@SESSION_LIFE.add(
    "acceptance-of-nothing-crashes", "UNI-CHT-008a.2", "Accepting no session is answered 500."
)
class _AcceptanceOfNothingCrashes(_NothingAccepted):
    def _answer(self, rejection: Rejection) -> Response:
        raise rejections.internal_error() from rejection
