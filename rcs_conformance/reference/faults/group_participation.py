"""Faults in cancelling, accepting, declining, leaving and ending group chats.

UNI-CHT-003b, 008b, 009b, 011, 015, TS-CHAT-4.1.10; of long-lived groups 033, 040.
"""

from dataclasses import replace

from rcs_conformance.model.chat import ChatMessage, IsComposing, ParticipantList, ParticipantStatus
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import ChatEventNotification, EventType
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import SERVICES, Rules
from rcs_conformance.reference.seams import GROUP, Deviation, Usual
from rcs_conformance.reference.state import Conversation, Ending, Member

_Event = ChatEventNotification
_Services = tuple[str, ...]

# Cancelling (UNI-CHT-003b, 004b.2) ---------------------------------------------------------------


@GROUP.rule(Rules.is_cancelled, "UNI-CHT-003b.1")
def cancel_refused(usual: Usual[bool], conversation: Conversation) -> bool:
    """The cancellation of a chat by its originator is rejected."""
    if usual(conversation):
        raise rejections.forbidden("no cancellation")
    return False


@GROUP.rule(Rules.may_cancel_invitation, "UNI-CHT-003b.1")
def withdrawal_refused(
    usual: Usual[None], conversation: Conversation, actor: Member, invited: Member
) -> None:
    """The cancellation of a single invitation by the originator is rejected."""
    raise rejections.forbidden("no cancellation")


@GROUP.rule(Rules.available, "UNI-CHT-003b.2")
def cancelled_still_accepted(
    usual: Usual[bool], call: Call, conversation: Conversation, member: Member
) -> bool:
    """A cancelled chat can be accepted."""
    late = conversation.over is Ending.CANCELLED and call.does("PUT", Part.STATUS)
    return late or usual(call, conversation, member)


@GROUP.deviation("UNI-CHT-003b.2")
class WithdrawnStillAccepted(Deviation):
    """A single cancelled invitation can be accepted."""

    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        late = member.cancelled and call.does("PUT", Part.STATUS)
        return late or super().available(call, conversation, member)

    def may_join(self, conversation: Conversation, member: Member) -> None:
        if not member.cancelled:
            super().may_join(conversation, member)


@GROUP.rule(Rules.is_cancelled, "UNI-CHT-003b.4")
def accepted_still_cancelled(usual: Usual[bool], conversation: Conversation) -> bool:
    """DELETE of an accepted chat cancels it instead of ending it."""
    return True


@GROUP.rule(Rules.may_cancel_invitation, "UNI-CHT-003b.3")
def accepted_taken_back(
    usual: Usual[None], conversation: Conversation, actor: Member, invited: Member
) -> None:
    """The originator can cancel an invitation that was accepted."""
    if not (actor.address == conversation.originator and invited.is_connected):
        usual(conversation, actor, invited)


@GROUP.dropped("UNI-CHT-004b.2")
def cancellation_silent(notice: Notice) -> bool:
    """The invited users are not notified that the chat was cancelled."""
    return notice.conversation.over is Ending.CANCELLED


@GROUP.dropped("UNI-CHT-004b.2")
def cancellation_told_to_one(notice: Notice) -> bool:
    """Only the first invited user is notified that the chat was cancelled."""
    later = [*notice.conversation.members.values()][2:]
    return notice.conversation.over is Ending.CANCELLED and notice.member in later


@GROUP.dropped("UNI-CHT-004b.2", Cause.CANCELLED)
def withdrawal_silent(notice: Notice) -> bool:
    """A user whose invitation is cancelled is not notified."""
    return isinstance(notice.content, _Event) and notice.conversation.over is None


# Ending (UNI-CHT-004b.4, 012b, TS-CHAT-4.1.10) ---------------------------------------------------


@GROUP.dropped("UNI-CHT-004b.4", Cause.ENDED)
def end_silent(notice: Notice) -> bool:
    """The participants are not notified that a user ended the chat."""
    return bool(notice.actor)


@GROUP.notified_to("UNI-CHT-004b.4", Cause.ENDED)
def end_told_as_accepted(notice: Notice, told: _Event) -> _Event:
    """When a user ends the chat, the event notification says Accepted."""
    return replace(told, event_type=EventType.ACCEPTED) if notice.actor else told


@GROUP.dropped("UNI-CHT-012b.1", Cause.ENDED)
def policy_end_silent(notice: Notice) -> bool:
    """The participants are not notified that the server ended the chat."""
    return not notice.actor


@GROUP.dropped("UNI-CHT-012b.1", Cause.ENDED)
def end_kept_from_last(notice: Notice) -> bool:
    """The last participant that joined is not notified of the end."""
    return notice.member in notice.conversation.with_status(ParticipantStatus.CONNECTED)[-1:]


@GROUP.notified("TS-CHAT-4.1.10")
def event_of_wrong_type(told: _Event) -> _Event:
    """The event notification of an end says Declined."""
    ended = told.event_type is EventType.SESSION_ENDED
    return replace(told, event_type=EventType.DECLINED) if ended else told


@GROUP.notified("TS-CHAT-4.1.10")
def event_of_unknown_chat(told: _Event) -> _Event:
    """Event notifications contain the sessionId of a chat that does not exist."""
    return replace(told, session_id=f"{told.session_id}0")


@GROUP.notified("TS-CHAT-4.1.10")
def event_without_id(told: _Event) -> _Event:
    """Event notifications contain neither a sessionId nor a link."""
    return replace(told, session_id=None, link=())


# Accepting (UNI-CHT-008b) ------------------------------------------------------------------------


@GROUP.rule(Rules.join, "UNI-CHT-008b.1")
def acceptance_without_effect(
    usual: Usual[None], conversation: Conversation, member: Member, services: _Services
) -> None:
    """A user that accepts stays Invited."""
    if member.took_part or member.address == conversation.originator:
        usual(conversation, member, services)


@GROUP.rule(Rules.may_join, "UNI-CHT-008b.1")
def acceptance_refused(usual: Usual[None], conversation: Conversation, member: Member) -> None:
    """The acceptance of an invitation is rejected."""
    usual(conversation, member)
    if member.status is ParticipantStatus.INVITED:
        raise rejections.forbidden("no acceptance")


@GROUP.rule(Rules.join, "UNI-CHT-008b.2")
def declared_services_refused(
    usual: Usual[None], conversation: Conversation, member: Member, services: _Services
) -> None:
    """An acceptance with more than one service is rejected."""
    if member.address != conversation.originator and len(services) > 1:
        raise rejections.forbidden("one service at most")
    usual(conversation, member, services)


@GROUP.shown("UNI-CHT-008b.4")
def declared_services_unlisted(listed: ParticipantList) -> ParticipantList:
    """The list shows participants without the services that notifications show them with."""
    entries = tuple(replace(each, supported_service=()) for each in listed.participant)
    return replace(listed, participant=entries)


@GROUP.rule(Rules.join, "UNI-CHT-008b.4")
def declared_services_lost_in_one_chat(
    usual: Usual[None], conversation: Conversation, member: Member, services: _Services
) -> None:
    """A participant of a chat without services is shown without those that it declared."""
    declares = member.address != conversation.originator and not conversation.services
    usual(conversation, member, () if declares else services)


@GROUP.rule(Rules.join, "UNI-CHT-008b.4")
def declared_services_cut(
    usual: Usual[None], conversation: Conversation, member: Member, services: _Services
) -> None:
    """A participant is shown without the last of several services that it declared."""
    if member.address != conversation.originator:
        services = tuple(service for service in services if service != SERVICES[-1])
    usual(conversation, member, services)


@GROUP.rule(Rules.join, "UNI-CHT-008b.4")
def declared_services_of_chat(
    usual: Usual[None], conversation: Conversation, member: Member, services: _Services
) -> None:
    """A participant that declares services is shown with the services of the chat instead."""
    if member.address != conversation.originator and services:
        services = conversation.services
    usual(conversation, member, services)


@GROUP.rule(Rules.join, "UNI-CHT-008b.4")
def declared_services_inverted(
    usual: Usual[None], conversation: Conversation, member: Member, services: _Services
) -> None:
    """A participant that declares services is shown with those that it did not declare."""
    if member.address != conversation.originator and services:
        services = tuple(service for service in SERVICES if service not in services)
    usual(conversation, member, services)


@GROUP.rule(Rules.join, "UNI-CHT-008b.3")
def undeclared_services_all(
    usual: Usual[None], conversation: Conversation, member: Member, services: _Services
) -> None:
    """A participant that declares no services is shown with all services."""
    if member.address != conversation.originator:
        services = services or SERVICES
    usual(conversation, member, services)


@GROUP.rule(Rules.join, "UNI-CHT-008b.3")
def undeclared_services_of_chat(
    usual: Usual[None], conversation: Conversation, member: Member, services: _Services
) -> None:
    """A participant that declares no services is shown with the services of the chat."""
    if member.address != conversation.originator:
        services = services or conversation.services
    usual(conversation, member, services)


# Declining (UNI-CHT-009b) ------------------------------------------------------------------------


@GROUP.rule(Rules.decline, "UNI-CHT-009b.1")
def decline_connects(usual: Usual[None], conversation: Conversation, member: Member) -> None:
    """A user that declines becomes Connected."""
    member.status = ParticipantStatus.CONNECTED


@GROUP.rule(Rules.decline, "UNI-CHT-009b.1")
def decline_without_effect(usual: Usual[None], conversation: Conversation, member: Member) -> None:
    """A user that declines can accept later."""


@GROUP.rule(Rules.decline, "UNI-CHT-009b.2")
def decline_ends_chat(usual: Usual[None], conversation: Conversation, member: Member) -> None:
    """The chat ends when one user declines."""
    usual(conversation, member)
    conversation.over = Ending.ENDED


# Leaving (UNI-CHT-011, 033) ----------------------------------------------------------------------


@GROUP.rule(Rules.leave, "UNI-CHT-011.1", also={ChatKind.LONG_LIVED: "UNI-CHT-033.1"})
def leave_without_effect(usual: Usual[None], conversation: Conversation, member: Member) -> None:
    """A participant that leaves stays Connected."""


@GROUP.rule(Rules.leave, "UNI-CHT-011.1", also={ChatKind.LONG_LIVED: "UNI-CHT-033.1"})
def leave_refused(usual: Usual[None], conversation: Conversation, member: Member) -> None:
    """Leaving is rejected."""
    raise rejections.forbidden("no leaving")


@GROUP.rule(Rules.ends_after, "UNI-CHT-011.1")
def leave_ends_for_all(usual: Usual[bool], conversation: Conversation, leaver: Member) -> bool:
    """The chat ends for all when an invited user leaves."""
    return leaver.address != conversation.originator or usual(conversation, leaver)


@GROUP.rule(Rules.may_send, "UNI-CHT-011.2", also={ChatKind.LONG_LIVED: "UNI-CHT-033.2"})
def left_may_send(
    usual: Usual[None], conversation: Conversation, member: Member, content: object
) -> None:
    """A user that left can still send messages."""
    if isinstance(content, IsComposing) or not member.took_part:
        usual(conversation, member, content)


@GROUP.rule(Rules.may_send, "UNI-CHT-011.2", also={ChatKind.LONG_LIVED: "UNI-CHT-033.2"})
def left_may_compose(
    usual: Usual[None], conversation: Conversation, member: Member, content: object
) -> None:
    """A user that left can still send isComposing."""
    if isinstance(content, ChatMessage) or not member.took_part:
        usual(conversation, member, content)


@GROUP.delivered("UNI-CHT-011.3", Cause.LEFT)
def originator_leaving_told_apart(notice: Notice) -> tuple[Notice]:
    """When the originator leaves, one participant is notified that the chat ended; it goes on."""
    conversation = notice.conversation
    left = notice.actor == conversation.originator
    if not left or notice.member not in conversation.connected[:1]:
        return (notice,)
    ended = _Event(
        callback_data=notice.content.callback_data,
        event_type=EventType.SESSION_ENDED,
        session_id=notice.member.session_id,
    )
    return (replace(notice, content=ended),)


@GROUP.rule(Rules.available, "UNI-CHT-011.3")
def originator_leaving_ends_for_one(
    usual: Usual[bool], call: Call, conversation: Conversation, member: Member
) -> bool:
    """When the originator leaves, the last participant can no longer find the chat."""
    originator = conversation.member(conversation.originator)
    left = originator is not None and not originator.is_connected
    gone = left and member in conversation.connected[-1:]
    return not gone and usual(call, conversation, member)


@GROUP.converted("UNI-CHT-011.4", 404, "DELETE", Part.PARTICIPANT)
def leaving_nothing_succeeds(call: Call, content: object, rejection: Rejection) -> Response:
    """Leaving a chat that does not exist returns 204."""
    return Response(status=204)


@GROUP.converted("UNI-CHT-011.4", 404, "DELETE", Part.PARTICIPANT)
def leaving_nothing_fails(call: Call, content: object, rejection: Rejection) -> Response:
    """Leaving a chat that does not exist returns 500."""
    raise rejections.internal_error()


# Coming back (UNI-CHT-015, 040) ------------------------------------------------------------------


@GROUP.rule(Rules.may_join, "UNI-CHT-015.1")
def rejoin_refused(usual: Usual[None], conversation: Conversation, member: Member) -> None:
    """Re-joining the chat is rejected."""
    usual(conversation, member)
    if member.took_part and not member.is_connected:
        raise rejections.forbidden("no coming back")


@GROUP.rule(Rules.join, "UNI-CHT-015.1", also={ChatKind.LONG_LIVED: "UNI-CHT-040.1"})
def rejoin_without_effect(
    usual: Usual[None], conversation: Conversation, member: Member, services: _Services
) -> None:
    """A user that re-joins stays Disconnected."""
    if not member.took_part:
        usual(conversation, member, services)


@GROUP.deviation("UNI-CHT-015.1", also={ChatKind.LONG_LIVED: "UNI-CHT-040.1"})
class RejoinedGetsNothing(Deviation):
    """A user that re-joined receives no messages."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._back: set[str] = set()

    def join(self, conversation: Conversation, member: Member, services: _Services) -> None:
        if member.took_part and not member.is_connected:
            self._back.add(member.session_id)
        super().join(conversation, member, services)

    def receivers(self, conversation: Conversation, sender: Member) -> tuple[Member, ...]:
        those = super().receivers(conversation, sender)
        return tuple(each for each in those if each.session_id not in self._back)


@GROUP.rule(Rules.may_join, "UNI-CHT-015.3")
def joining_after_expiry_forbidden(
    usual: Usual[None], conversation: Conversation, member: Member
) -> None:
    """A user whose invitation expired cannot join."""
    if member.expired:
        raise rejections.forbidden("the invitation has expired")
    usual(conversation, member)


@GROUP.rule(Rules.join, "UNI-CHT-015.3")
def joining_after_expiry_without_effect(
    usual: Usual[None], conversation: Conversation, member: Member, services: _Services
) -> None:
    """A user whose invitation expired joins with success, but does not become Connected."""
    if not member.expired:
        usual(conversation, member, services)


@GROUP.converted("UNI-CHT-015.2", 404, "PUT", Part.STATUS)
def rejoin_expired_forbidden(call: Call, content: object, rejection: Rejection) -> Response:
    """Re-joining a chat that has expired returns 403."""
    raise rejections.forbidden("the chat is gone")


@GROUP.rule(Rules.available, "UNI-CHT-015.2")
def rejoin_expired_succeeds(
    usual: Usual[bool], call: Call, conversation: Conversation, member: Member
) -> bool:
    """Re-joining a chat that has expired succeeds."""
    late = conversation.over is Ending.EXPIRED and call.does("PUT", Part.STATUS)
    return late or usual(call, conversation, member)
