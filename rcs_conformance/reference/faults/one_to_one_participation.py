"""Faults in accepting, cancelling, declining and ending 1-to-1 sessions.

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
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatSessionInvitationNotification,
    EventType,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import ADHOC_ID, Part
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.seams import SESSION, Deviation, Usual
from rcs_conformance.reference.state import Conversation, Ending, Member

_Info = ChatSessionInformation
# Accepting (UNI-CHT-008a) -------------------------------------------------------------------------


@SESSION.rule(Rules.may_join, "UNI-CHT-008a.1")
def session_accept_refused(usual: Usual[None], conversation: Conversation, member: Member) -> None:
    """The acceptance of a session is rejected."""
    raise rejections.forbidden("no acceptance")


@SESSION.shown_to("UNI-CHT-008a.1")
def accepted_session_shown_invited(user: str, info: _Info) -> _Info:
    """An accepted session is shown to the originator with status Invited."""
    if user != info.originator_address:
        return info
    return replace(info, status=ParticipantStatus.INVITED)


class _UnknownAccepted(Deviation):
    """Answers otherwise where a session is accepted that never was."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._given = {ADHOC_ID}

    def _answer(self, rejection: Rejection) -> Response:
        raise NotImplementedError

    def session_id(self, number: int, conversation: Conversation, address: str) -> str:
        session_id = super().session_id(number, conversation, address)
        self._given.add(session_id)
        return session_id

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        try:
            return super().perform(call, content, operate)
        except Rejection as rejection:
            never_was = rejection.status == 404 and call.chat_id not in self._given
            if isinstance(content, ParticipantSessionStatus) and never_was:
                return self._answer(rejection)
            raise


@SESSION.deviation("UNI-CHT-008a.2")
class AcceptanceOfNothingTaken(_UnknownAccepted):
    """Accepting a session that does not exist returns 204."""

    def _answer(self, rejection: Rejection) -> Response:
        return Response(status=204)


@SESSION.deviation("UNI-CHT-008a.2")
class AcceptanceOfNothingCrashes(_UnknownAccepted):
    """Accepting a session that does not exist returns 500."""

    def _answer(self, rejection: Rejection) -> Response:
        raise rejections.internal_error() from rejection


# Cancelling, declining and ending (UNI-CHT-003a, 005, 009a, 010) ----------------------------------


def _deleted(call: Call, found: bool, refused: bool) -> bool:
    """Reject the DELETE of a session that is found."""
    if found and refused and call.does("DELETE", Part.CHAT):
        raise rejections.forbidden("this session is not deleted")
    return found


@SESSION.rule(Rules.available, "UNI-CHT-003a.1")
def session_cancel_refused(
    usual: Usual[bool], call: Call, conversation: Conversation, member: Member
) -> bool:
    """The cancellation of a session is rejected."""
    refused = not conversation.accepted and member.address == conversation.originator
    return _deleted(call, found=usual(call, conversation, member), refused=refused)


@SESSION.rule(Rules.available, "UNI-CHT-009a.1")
def session_decline_refused(
    usual: Usual[bool], call: Call, conversation: Conversation, member: Member
) -> bool:
    """The decline of a session is rejected."""
    refused = not conversation.accepted and member.address != conversation.originator
    return _deleted(call, found=usual(call, conversation, member), refused=refused)


@SESSION.rule(Rules.available, "UNI-CHT-005.1")
def session_end_refused_to_originator(
    usual: Usual[bool], call: Call, conversation: Conversation, member: Member
) -> bool:
    """The end of a session by the originator is rejected."""
    refused = conversation.accepted and member.address == conversation.originator
    return _deleted(call, found=usual(call, conversation, member), refused=refused)


@SESSION.rule(Rules.available, "UNI-CHT-010.1")
def session_end_refused_to_invited(
    usual: Usual[bool], call: Call, conversation: Conversation, member: Member
) -> bool:
    """The end of a session by the invited user is rejected."""
    refused = conversation.accepted and member.address != conversation.originator
    return _deleted(call, found=usual(call, conversation, member), refused=refused)


class _Lingers(Deviation):
    """Knows the sessions that came to their end in one way.

    Attributes:
        cause: The way.
        by_originator: Whether the originator did it.
    """

    cause: ClassVar[Cause] = Cause.ENDED
    by_originator: ClassVar[bool]

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._over: set[int] = set()

    def notices(self, notice: Notice) -> Iterable[Notice]:
        is_mine = notice.actor == notice.conversation.originator
        if notice.cause is self.cause and is_mine is self.by_originator:
            self._over.add(notice.conversation.number)
        return super().notices(notice)

    def _lingers(self, conversation: Conversation) -> bool:
        return conversation.number in self._over


class _StillShown(_Lingers):
    """Shows them with the status that they had."""

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


@SESSION.deviation("UNI-CHT-003a.1")
class CancelledSessionStays(_StillShown):
    """A cancelled session is shown with status Invited."""

    cause, by_originator = Cause.CANCELLED, True


@SESSION.deviation("UNI-CHT-009a.1")
class DeclinedSessionStays(_StillShown):
    """A declined session is shown with status Invited."""

    cause, by_originator = Cause.DECLINED, False


@SESSION.deviation("UNI-CHT-005.1")
class SessionEndedByOriginatorStays(_StillShown):
    """A session that the originator ended is shown with status Connected."""

    by_originator = True


@SESSION.deviation("UNI-CHT-010.1")
class SessionEndedByInvitedStays(_StillShown):
    """A session that the invited user ended is shown with status Connected."""

    by_originator = False


class _StillSends(_Lingers):
    """Accepts messages in them, or composing indications alone."""

    composing_only: ClassVar[bool] = False

    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        sent = self._lingers(conversation) and call.does("POST", Part.MESSAGES)
        return sent or super().available(call, conversation, member)

    def may_send(self, conversation: Conversation, member: Member, content: object) -> None:
        if not self._lingers(conversation):
            super().may_send(conversation, member, content)
        elif self.composing_only and not isinstance(content, IsComposing):
            raise rejections.forbidden("the session is over")


@SESSION.deviation("UNI-CHT-009a.2")
class DeclinedSessionTakesMessages(_StillSends):
    """Messages in a declined session are accepted."""

    cause, by_originator = Cause.DECLINED, False


@SESSION.deviation("UNI-CHT-005.2")
class SessionEndedByOriginatorTakesMessages(_StillSends):
    """Messages in a session that the originator ended are accepted."""

    by_originator = True


@SESSION.deviation("UNI-CHT-005.2")
class SessionEndedByOriginatorTakesComposing(_StillSends):
    """Composing indications in a session that the originator ended are accepted."""

    by_originator, composing_only = True, True


@SESSION.deviation("UNI-CHT-010.2")
class SessionEndedByInvitedTakesMessages(_StillSends):
    """Messages in a session that the invited user ended are accepted."""

    by_originator = False


@SESSION.rule(Rules.available, "UNI-CHT-003a.2")
def cancelled_session_still_accepted(
    usual: Usual[bool], call: Call, conversation: Conversation, member: Member
) -> bool:
    """A cancelled session can be accepted."""
    late = conversation.over is Ending.CANCELLED and call.does("PUT", Part.STATUS)
    return late or usual(call, conversation, member)


@SESSION.shown("UNI-CHT-008a.3")
def session_connected_from_start(info: _Info) -> _Info:
    """A session that was not accepted is shown as Connected."""
    invited = info.status is ParticipantStatus.INVITED
    return replace(info, status=ParticipantStatus.CONNECTED) if invited else info


@SESSION.rule(Rules.additional_event, "UNI-CHT-008a.3")
def acceptance_notified_at_start(
    usual: Usual[EventType | None], conversation: Conversation, cause: Cause
) -> EventType | None:
    """The originator is notified of the acceptance of a session when it invites to it."""
    return EventType.ACCEPTED if cause is Cause.STARTED else usual(conversation, cause)


@SESSION.notified("UNI-CHT-007a.7", Cause.STARTED)
def invitation_without_originator_name(
    told: ChatSessionInvitationNotification,
) -> ChatSessionInvitationNotification:
    """The invitation to a session has no originatorName."""
    return replace(told, originator_name=None)


@SESSION.delivered("UNI-CHT-003a.4", Cause.ENDED)
def session_end_cancels_too(notice: Notice) -> Iterable[Notice]:
    """The end of a session by its originator is notified as a cancellation as well."""
    yield notice
    told = notice.content
    if isinstance(told, ChatEventNotification) and notice.actor == notice.conversation.originator:
        yield replace(notice, content=replace(told, event_type=EventType.SESSION_CANCELLED))


@SESSION.rule(Rules.is_cancelled, "UNI-CHT-003a.3")
def accepted_session_still_cancelled(usual: Usual[bool], conversation: Conversation) -> bool:
    """The DELETE of an accepted session by the originator cancels it."""
    return True
