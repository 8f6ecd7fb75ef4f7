"""Permitted variations in chats, their participants and what is notified of them."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import MessageStatus, ParticipantStatus
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatParticipantStatusNotification,
    EventType,
    GroupChatSessionInvitationNotification,
    LongLivedGroupChatAddedNotification,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.seams import ANYWHERE, GROUP, PERMITTED, Deviation, Usual
from rcs_conformance.reference.state import Conversation, Ending, Member, Message

_Members = tuple[Member, ...]

_INVITING = (GroupChatSessionInvitationNotification, LongLivedGroupChatAddedNotification)

_LONGEST_DELAY = 1.0
"""Seconds that a notification waits at most."""

# Group chats -------------------------------------------------------------------------------------


@ANYWHERE.rule(Rules.may_add, PERMITTED)
def closed_takes_additions(usual: Usual[None], conversation: Conversation, member: Member) -> None:
    """Users can be added to a closed group chat."""
    if not member.is_connected:
        usual(conversation, member)


@GROUP.rule(Rules.may_cancel_invitation, PERMITTED)
def invitations_cancelled_early(
    usual: Usual[None], conversation: Conversation, actor: Member, invited: Member
) -> None:
    """An invitation is cancelled only as long as no user has accepted one."""
    if conversation.accepted:
        raise rejections.forbidden("a user has accepted")
    usual(conversation, actor, invited)


@ANYWHERE.rule(Rules.ends_after, PERMITTED)
def originator_ends_chat(usual: Usual[bool], conversation: Conversation, leaver: Member) -> bool:
    """The chat ends when its originator leaves."""
    return leaver.address == conversation.originator or usual(conversation, leaver)


@ANYWHERE.rule(Rules.ends_after, PERMITTED)
def last_but_one_ends_chat(usual: Usual[bool], conversation: Conversation, leaver: Member) -> bool:
    """The chat ends when one participant is left."""
    return len(conversation.connected) < 2 or usual(conversation, leaver)


@ANYWHERE.rule(Rules.shown, PERMITTED)
def leavers_forgotten(usual: Usual[_Members], conversation: Conversation) -> _Members:
    """Users that declined or left are not shown."""
    gone = ParticipantStatus.DISCONNECTED
    return tuple(member for member in usual(conversation) if member.status != gone)


@ANYWHERE.rule(Rules.may_read, PERMITTED)
def leavers_may_look(usual: Usual[None], conversation: Conversation, member: Member) -> None:
    """Users that declined or left can read the group chat."""
    if conversation.kind is not ChatKind.GROUP:
        usual(conversation, member)


@ANYWHERE.rule(Rules.may_read, PERMITTED)
def leavers_find_nothing(usual: Usual[None], conversation: Conversation, member: Member) -> None:
    """Reading the chat returns 404 to users that declined or left."""
    if not member.is_connected and member.status is not ParticipantStatus.INVITED:
        raise rejections.not_found(member.session_id)


@ANYWHERE.rule(Rules.shown_after_adding, PERMITTED)
def answer_to_addition_names_added_only(
    usual: Usual[_Members], conversation: Conversation, added: _Members
) -> _Members:
    """The response to an addition contains only the added users."""
    return added


@GROUP.rule(Rules.join, PERMITTED)
def declared_services_lost(
    usual: Usual[None], conversation: Conversation, member: Member, services: tuple[str, ...]
) -> None:
    """A participant is shown without the services that it declared."""
    declares = member.address != conversation.originator
    usual(conversation, member, () if declares else services)


# 1-to-1 chats ------------------------------------------------------------------------------------


@ANYWHERE.rule(Rules.may_start_with_message, PERMITTED)
def first_message_forbidden(usual: Usual[None]) -> None:
    """A session is not started with a message (403 POL1012)."""
    raise rejections.first_message_refused()


@ANYWHERE.rule(Rules.may_end_group, PERMITTED)
def groups_not_ended(usual: Usual[None], conversation: Conversation) -> None:
    """Group chats are not ended by a request (403 POL1018)."""
    raise rejections.group_not_ended()


@ANYWHERE.rule(Rules.passes_first_message, PERMITTED)
def first_message_withheld(usual: Usual[bool], conversation: Conversation) -> bool:
    """The first message of a session is not delivered to the invited user."""
    return False


@ANYWHERE.deviation(PERMITTED)
class UnacceptedSessionTakesMessages(Deviation):
    """Messages in a session are accepted before the session is accepted."""

    @staticmethod
    def _waits(conversation: Conversation) -> bool:
        return conversation.kind is ChatKind.ONE_TO_ONE and not conversation.accepted

    def may_send(self, conversation: Conversation, member: Member, content: object) -> None:
        if not (self._waits(conversation) and member.is_connected):
            super().may_send(conversation, member, content)

    def receivers(self, conversation: Conversation, sender: Member) -> _Members:
        invited: Iterable[Member] = ()
        if self._waits(conversation):
            invited = conversation.with_status(ParticipantStatus.INVITED)
        return (*super().receivers(conversation, sender), *invited)


@ANYWHERE.deviation(PERMITTED)
class EndedShownDisconnected(Deviation):
    """A session that is over is shown as Disconnected."""

    @staticmethod
    def _is_shown(conversation: Conversation) -> bool:
        endings = (Ending.CANCELLED, Ending.DECLINED, Ending.ENDED)
        return conversation.kind is ChatKind.ONE_TO_ONE and conversation.over in endings

    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        shown = self._is_shown(conversation) and call.does("GET", Part.CHAT)
        return shown or super().available(call, conversation, member)

    def may_read(self, conversation: Conversation, member: Member) -> None:
        if not self._is_shown(conversation):
            super().may_read(conversation, member)


@ANYWHERE.rule(Rules.ends_on_extension, PERMITTED)
def session_goes_away_on_extension(usual: Usual[bool], conversation: Conversation) -> bool:
    """A session ends when it is extended to a group chat."""
    return True


@ANYWHERE.rule(Rules.may_extend_long_lived, PERMITTED)
def long_lived_extension_refused(
    usual: Usual[None], conversation: Conversation, member: Member
) -> None:
    """The extension of a session to a long-lived group chat is rejected."""
    raise rejections.forbidden("sessions are not extended to long-lived group chats")


# Long-lived group chats --------------------------------------------------------------------------


@ANYWHERE.rule(Rules.may_join, PERMITTED)
def long_lived_rejoin_refused(
    usual: Usual[None], conversation: Conversation, member: Member
) -> None:
    """Re-joining a long-lived group chat is rejected."""
    if conversation.kind is ChatKind.LONG_LIVED and not member.is_connected:
        raise rejections.forbidden("no coming back")
    usual(conversation, member)


@ANYWHERE.rule(Rules.may_read, PERMITTED)
def long_lived_leavers_keep_reading(
    usual: Usual[None], conversation: Conversation, member: Member
) -> None:
    """Users that left a long-lived group chat can read it."""
    if conversation.kind is not ChatKind.LONG_LIVED:
        usual(conversation, member)


# Notifications -----------------------------------------------------------------------------------


@ANYWHERE.rule(Rules.named_in_notification, PERMITTED)
def changes_only(usual: Usual[_Members], conversation: Conversation, changed: _Members) -> _Members:
    """Participant notifications contain only the participants that changed."""
    return changed


@ANYWHERE.rule(Rules.notified_of_change, PERMITTED)
def added_also_get_participants(
    usual: Usual[_Members], conversation: Conversation, cause: Cause, changed: _Members
) -> _Members:
    """Users added to a long-lived group chat are also notified of its participants."""
    notified = usual(conversation, cause, changed)
    if conversation.kind is ChatKind.LONG_LIVED and cause in (Cause.STARTED, Cause.ADDED):
        return (*notified, *changed)
    return notified


@ANYWHERE.rule(Rules.notifies_actor, PERMITTED)
def actor_told(usual: Usual[bool]) -> bool:
    """The user that ends or cancels a chat is notified, too."""
    return True


@ANYWHERE.rule(Rules.additional_event, PERMITTED)
def events_beside(
    usual: Usual[EventType | None], conversation: Conversation, cause: Cause
) -> EventType | None:
    """Acceptance and decline are also notified as events."""
    events = {Cause.ACCEPTED: EventType.ACCEPTED, Cause.DECLINED: EventType.DECLINED}
    return events.get(cause, usual(conversation, cause))


@GROUP.delivered(PERMITTED)
def events_instead(notice: Notice) -> Iterable[Notice]:
    """Events alone tell the others that a user accepted or declined an invitation."""
    told = notice.content
    events = {Cause.ACCEPTED: EventType.ACCEPTED, Cause.DECLINED: EventType.DECLINED}
    is_other = notice.member.address != notice.actor
    event = events.get(notice.cause) if is_other else None
    if event and isinstance(told, ChatParticipantStatusNotification):
        content = ChatEventNotification(
            callback_data=told.callback_data,
            event_type=event,
            session_id=told.session_id,
            participant_address=notice.actor,
            supported_service=told.supported_service,
        )
        notice = replace(notice, content=content)
    yield notice


@ANYWHERE.delivered(PERMITTED)
def start_told(notice: Notice) -> Iterable[Notice]:
    """The originator is notified that the group chat was set up."""
    yield notice
    is_first = (
        notice.cause is Cause.ACCEPTED
        and len(notice.conversation.connected) == 2
        and isinstance(notice.content, ChatParticipantStatusNotification)
    )
    if is_first and notice.member.address == notice.conversation.originator:
        successful = ChatEventNotification(
            callback_data=notice.content.callback_data,
            event_type=EventType.SUCCESSFUL,
            session_id=notice.member.session_id,
        )
        yield replace(notice, content=successful)


@ANYWHERE.rule(Rules.time_stamp, PERMITTED)
def no_time_stamps(usual: Usual[str | None], conversation: Conversation) -> str | None:
    """Message notifications contain no dateTime."""
    return None


@ANYWHERE.rule(Rules.reports, PERMITTED)
def reports_unasked(
    usual: Usual[bool], conversation: Conversation, message: Message, status: MessageStatus
) -> bool:
    """Reports are notified to the sender without a reportRequest."""
    return True


@ANYWHERE.delivered(PERMITTED)
def invitations_mark_originator(notice: Notice) -> Iterable[Notice]:
    """Invitations to groups of both kinds name the inviting user by isOriginator alone."""
    told = notice.content
    if isinstance(told, _INVITING):
        notice = replace(notice, content=replace(told, originator_address=None))
    yield notice


@GROUP.delivered(PERMITTED)
def acceptance_with_services_of_accepter(notice: Notice) -> Iterable[Notice]:
    """The notification of an acceptance contains the services that the user declared."""
    told = notice.content
    if notice.cause is Cause.ACCEPTED and isinstance(told, ChatParticipantStatusNotification):
        services = notice.conversation.part_of(notice.actor).services
        notice = replace(notice, content=replace(told, supported_service=services))
    yield notice


@GROUP.delivered(PERMITTED)
def acceptance_with_services_in_common(notice: Notice) -> Iterable[Notice]:
    """The notification of an acceptance contains the services that all participants declared."""
    told, chat = notice.content, notice.conversation
    if notice.cause is Cause.ACCEPTED and isinstance(told, ChatParticipantStatusNotification):
        others = [each for each in chat.connected if each.address != chat.originator]
        common = tuple(
            service for service in chat.services if all(service in each.services for each in others)
        )
        notice = replace(notice, content=replace(told, supported_service=common))
    yield notice


@ANYWHERE.delivered(PERMITTED)
def notified_twice(notice: Notice) -> tuple[Notice, Notice]:
    """Every notification is sent twice."""
    return (notice, notice)


@ANYWHERE.deviation(PERMITTED)
class NotifiedLate(Deviation):
    """Notifications are sent up to a second late."""

    def notices(self, notice: Notice) -> Iterable[Notice]:
        for outgoing in super().notices(notice):
            wait = self.random.random() ** 3 * _LONGEST_DELAY
            yield replace(outgoing, hold=max(outgoing.hold, wait))
