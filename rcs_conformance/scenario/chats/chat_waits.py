"""Waits until a user is notified of a change in a chat, in any form that conforms.

Acceptance and decline are notified by the participants' status, by an event, or both; a set of
participants is notified whole or as what changed (binding, section 3).
"""

from collections.abc import Sequence

from rcs_conformance.binding import ParticipantLists
from rcs_conformance.driver import Actor
from rcs_conformance.inbox import Mailbox
from rcs_conformance.model.addresses import normal_address, same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.exchange import Notification
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatParticipantStatusNotification,
    ChatSessionInvitationNotification,
    EventType,
    GroupChatSessionInvitationNotification,
    LongLivedGroupChatAddedNotification,
    LongLivedGroupChatServicesNotification,
)
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.chats.group import GroupChat
from rcs_conformance.scenario.chats.multi_user import MultiUserChat
from rcs_conformance.scenario.chats.one_to_one import OneToOneChat
from rcs_conformance.scenario.setup.markers import marker_in

Told = ChatParticipantStatusNotification | ChatEventNotification
"""Either of the two structures that tell of acceptance and decline."""

_BEGINNINGS = (
    ChatSessionInvitationNotification,
    GroupChatSessionInvitationNotification,
    LongLivedGroupChatAddedNotification,
)


def says_accepted(content: object, whom: Actor) -> bool:
    """Whether a notification tells that a user accepted."""
    if isinstance(content, ChatParticipantStatusNotification):
        return _status(content, whom) is ParticipantStatus.CONNECTED
    return _is_event(content, EventType.ACCEPTED, whom)


def accepted(group: MultiUserChat, who: Actor, whom: Actor) -> Awaited[object]:
    """Wait until a user is notified that another one accepted."""
    return group.awaited_any(
        who, "chatParticipantStatusNotification", lambda content: says_accepted(content, whom)
    )


def accepted_services(group: GroupChat, who: Actor, whom: Actor) -> list[tuple[str, ...]]:
    """The chat's services in each notification of an acceptance to a user so far."""
    notified: list[Told] = [
        *group.received(who, ChatParticipantStatusNotification),
        *group.received(who, ChatEventNotification),
    ]
    return [content.supported_service for content in notified if says_accepted(content, whom)]


def gone(group: MultiUserChat, who: Actor, whom: Actor) -> Awaited[object]:
    """Wait until a user is notified that another one declined or left."""
    others = [each for each in group.everyone if each not in (who, whom)]

    def matches(content: object) -> bool:
        if not isinstance(content, ChatParticipantStatusNotification):
            return _is_event(content, EventType.DECLINED, whom)
        status = _status(content, whom)
        named = [_entry(content, each) for each in (who, *others)]
        whole = bool(content.participant) and all(named)
        return status is ParticipantStatus.DISCONNECTED or (whole and _entry(content, whom) is None)

    return group.awaited_any(who, "chatParticipantStatusNotification", matches)


def joined(
    group: MultiUserChat, who: Actor, whom: Actor
) -> Awaited[ChatParticipantStatusNotification]:
    """Wait until a user is notified that another one has become a participant."""

    def matches(content: ChatParticipantStatusNotification) -> bool:
        away = _status(content, whom) is ParticipantStatus.DISCONNECTED
        return _entry(content, whom) is not None and not away

    return group.awaited(who, ChatParticipantStatusNotification, matches)


def services(
    group: MultiUserChat, who: Actor, expected: Sequence[str]
) -> Awaited[LongLivedGroupChatServicesNotification]:
    """Wait until a user is notified that the services have changed to exactly these."""
    return group.awaited(
        who,
        LongLivedGroupChatServicesNotification,
        lambda content: set(content.supported_service) == set(expected),
    )


def notified_services(group: MultiUserChat, who: Actor) -> list[tuple[str, ...]]:
    """The services in each notification of changed services to a user so far."""
    notified = group.received(who, LongLivedGroupChatServicesNotification)
    return [content.supported_service for content in notified]


def standing(
    chat: MultiUserChat,
    who: Actor,
    whom: Actor,
    statuses: Sequence[ParticipantStatus | None],
    present: Sequence[str],
    after: int,
) -> Awaited[object]:
    """Wait until a user is notified of the standing of another one after a step.

    Args:
        chat: The chat.
        who: Who is notified.
        whom: Whose standing it is.
        statuses: Those that are right; `None` among them: a whole set may leave it out.
        present: The addresses of those who take part, whom a whole set names.
        after: The number of the exchange that was the step.
    """
    event = {
        ParticipantStatus.CONNECTED: EventType.ACCEPTED,
        ParticipantStatus.DISCONNECTED: EventType.DECLINED,
    }

    leaves_out = who.binding.participant_lists is ParticipantLists.OTHERS
    must = [each for each in present if not (leaves_out and same_address(each, who.address))]

    def matches(content: object) -> bool:
        if not chat.is_here(who, content):
            return False
        if not isinstance(content, ChatParticipantStatusNotification):
            return any(_is_event(content, event[each], whom) for each in statuses if each in event)
        if _entry(content, whom) is not None:
            return _status(content, whom) in statuses
        if leaves_out and who is whom:
            return True
        named = [normal_address(each.address) for each in content.participant]
        whole = all(normal_address(each) in named for each in must)
        return None in statuses and bool(named) and whole

    root = "chatParticipantStatusNotification"
    return chat.environment.mailboxes.awaited(who, chat.fmt, object, matches, root, after)


def event(chat: Chat, who: Actor, *types: EventType) -> Awaited[ChatEventNotification]:
    """Wait until a user is notified of one of these events of the chat."""
    return chat.awaited(who, ChatEventNotification, lambda content: content.event_type in types)


def end(chat: Chat, who: Actor) -> Awaited[ChatEventNotification]:
    """Wait until a user is notified that the chat is over, by whichever type of event.

    A wrong type is attributed to TS-CHAT-4.1.10, UNI-CHT-003a.3 and 003b.4.
    """
    return event(
        chat, who, EventType.SESSION_ENDED, EventType.SESSION_CANCELLED, EventType.DECLINED
    )


def withdrawn(group: GroupChat, who: Actor) -> Awaited[object]:
    """Wait until a user is notified that its own invitation was cancelled."""

    def matches(content: object) -> bool:
        if isinstance(content, ChatParticipantStatusNotification):
            return _status(content, who) is ParticipantStatus.DISCONNECTED
        kinds = (EventType.SESSION_CANCELLED, EventType.SESSION_ENDED)
        return isinstance(content, ChatEventNotification) and content.event_type in kinds

    return group.awaited_any(who, "chatEventNotification", matches)


def was_notified_of_end(group: GroupChat, who: Actor) -> bool:
    """Whether a user was notified so far that the chat has ended."""
    events = group.received(who, ChatEventNotification)
    return any(content.event_type is EventType.SESSION_ENDED for content in events)


def participants(group: MultiUserChat, who: Actor) -> Awaited[ChatParticipantStatusNotification]:
    """Wait for the first notification of the participants to a user."""
    return group.awaited(who, ChatParticipantStatusNotification)


def participants_after(
    group: MultiUserChat, who: Actor, accepted_by: Actor
) -> tuple[Awaited[ChatParticipantStatusNotification], ...]:
    """Wait for the notification of the participants to a user after an acceptance.

    None is waited for where an event told the user of the acceptance, alone or first.
    """
    told = accepted(group, who, accepted_by)
    if isinstance(told.content, ChatEventNotification):
        return ()
    return (participants(group, who),)


def begun(chat: Chat, who: Actor) -> frozenset[str]:
    """The ids of all chats that a user was invited or added to so far under the marker of one."""
    return begun_under(chat.environment.mailboxes.of(who, chat.fmt), chat.marker)


def begun_under(mailbox: Mailbox, marker: str) -> frozenset[str]:
    """The ids of all chats that a user was invited or added to so far under a marker."""
    contents = (each.content for each in mailbox.arrived())
    return frozenset(
        (
            content.group_chat_id
            if isinstance(content, LongLivedGroupChatAddedNotification)
            else content.session_id
        )
        or "unknown id"
        for content in contents
        if isinstance(content, _BEGINNINGS) and marker_in(content.subject) == marker
    )


def about(group: GroupChat, who: Actor, mailbox: Mailbox) -> tuple[Notification, ...]:
    """What arrived in a mailbox of a user about a chat, whichever subscription it belongs to."""
    return tuple(
        each
        for each in mailbox.arrived()
        if getattr(each.content, "session_id", None) == group.chat_id(who)
        or marker_in(getattr(each.content, "subject", None)) == group.marker
    )


def invitation_in(
    session: OneToOneChat, mailbox: Mailbox
) -> Awaited[ChatSessionInvitationNotification]:
    """Wait for the invitation to a 1-to-1 chat in another mailbox of the invited user."""
    return session.environment.mailboxes.arrivals.awaited(
        mailbox,
        ChatSessionInvitationNotification,
        lambda content: (
            marker_in(content.subject) == session.marker
            or session.is_here(session.recipient, content)
        ),
    )


def _entry(content: ChatParticipantStatusNotification, whom: Actor) -> object:
    entries = (each for each in content.participant if same_address(each.address, whom.address))
    return next(entries, None)


def _status(content: ChatParticipantStatusNotification, whom: Actor) -> ParticipantStatus | None:
    entries = (each for each in content.participant if same_address(each.address, whom.address))
    return next((each.status for each in entries), None)


def _is_event(content: object, kind: EventType, whom: Actor) -> bool:
    if not isinstance(content, ChatEventNotification) or content.event_type is not kind:
        return False
    named = content.participant_address
    return named is None or same_address(named, whom.address)
