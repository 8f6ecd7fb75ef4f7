"""What a step in a chat is notified by: a user joins, leaves or ends it."""

from collections.abc import Iterator

from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatParticipantStatusNotification,
    EventType,
)
from rcs_conformance.traffic.attributed import Told
from rcs_conformance.traffic.chats import Chat, Step
from rcs_conformance.traffic.messages import Expected


def of_step(chat: Chat, step: Step) -> Iterator[Expected]:
    """What a step in a chat is notified by."""
    actor = step.seen.exchange.request.user
    before = step.seen.started
    if step.what == "add":
        return
    if chat.kind is ChatKind.ONE_TO_ONE:
        yield from _of_session(chat, step, actor)
        return
    clause = "UNI-CHT-036.2" if chat.kind is ChatKind.LONG_LIVED else "UNI-CHT-017.2"
    everyone = dict.fromkeys((chat.originator, *chat.invited, *(s.user for s in chat.steps)))
    others = [e for e in everyone if not same_address(e, step.user) and e]
    present = [e for e in others if chat.joined(e, before) and not chat.moves(e, step)]
    if step.what == "end":
        kinds = {EventType.SESSION_ENDED, EventType.SESSION_CANCELLED}
        for user in present:
            if not same_address(user, actor):
                yield _event(chat, step, user, kinds, "UNI-CHT-012b.1")
    elif step.what == "leave" and chat.joined(step.user, before):
        for user in present:
            yield _status(chat, step, user, clause, is_in=False)
    elif step.what == "join" and not chat.joined(step.user, before):
        for user in present:
            own = same_address(user, chat.originator) and chat.kind is ChatKind.GROUP
            yield _status(chat, step, user, "UNI-CHT-004b.1" if own else clause, is_in=True)


def _of_session(chat: Chat, step: Step, actor: str) -> Iterator[Expected]:
    by_originator = same_address(actor, chat.originator)
    other = chat.invited[0] if by_originator and chat.invited else chat.originator
    before = step.seen.started
    if chat.is_over(before) or same_address(other, actor) or chat.moves(other, step):
        return
    accepted = any(s.what == "join" and s.seen.started <= step.seen.ended for s in chat.steps)
    if step.what == "join":
        if not chat.is_accepted(before) and not by_originator:
            kinds, clause = {EventType.ACCEPTED}, "UNI-CHT-004a.1"
            yield _event(chat, step, chat.originator, kinds, clause)
    elif accepted:
        clause = "UNI-CHT-012a.1" if by_originator else "UNI-CHT-004a.4"
        yield _event(chat, step, other, {EventType.SESSION_ENDED}, clause)
    elif by_originator:
        kinds = {EventType.SESSION_CANCELLED, EventType.SESSION_ENDED}
        yield _event(chat, step, other, kinds, "UNI-CHT-004a.2")
    else:
        kinds = {EventType.DECLINED, EventType.SESSION_ENDED}
        yield _event(chat, step, other, kinds, "UNI-CHT-004a.3")


def _event(chat: Chat, step: Step, user: str, kinds: set[EventType], clause: str) -> Expected:
    def matches(told: Told) -> bool:
        content = told.notification.content
        return (
            isinstance(content, ChatEventNotification)
            and content.event_type in kinds
            and _is_in(content, chat, user)
        )

    what = f"eventType = {' or '.join(sorted(kinds))}"
    return Expected(
        user=user, cause=step.seen, clause=clause, what=what, matches=matches, chat=chat
    )


def _status(chat: Chat, step: Step, user: str, clause: str, *, is_in: bool) -> Expected:
    def matches(told: Told) -> bool:
        content = told.notification.content
        if isinstance(content, ChatEventNotification):
            kinds = (EventType.ACCEPTED,) if is_in else tuple(EventType)
            return content.event_type in kinds and _is_in(content, chat, user)
        if not isinstance(content, ChatParticipantStatusNotification):
            return False
        if not _is_in(content, chat, user):
            return False
        entries = [e for e in content.participant if same_address(e.address, step.user)]
        if is_in:
            return any(e.status in (None, ParticipantStatus.CONNECTED) for e in entries)
        return all(e.status in (None, ParticipantStatus.DISCONNECTED) for e in entries)

    what = f"{step.user}: status = {'Connected' if is_in else 'Disconnected'}"
    return Expected(
        user=user, cause=step.seen, clause=clause, what=what, matches=matches, chat=chat
    )


def _is_in(
    content: ChatEventNotification | ChatParticipantStatusNotification, chat: Chat, user: str
) -> bool:
    """Whether a notification is about a chat, as far as is known under which id."""
    known = chat.id_of(user)
    shown = content.session_id or content.group_chat_id
    return known is None or shown is None or shown == known
