"""Operations on the participants of a group chat, long-lived or not."""

from rcs_conformance.model.chat import (
    ParticipantInformation,
    ParticipantList,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import EventType
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.chat import Chat, created, expect
from rcs_conformance.reference.ending import close
from rcs_conformance.reference.membership import add_members, split
from rcs_conformance.reference.notices import Cause
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.state import Conversation, Ending, Member


def list_all(chat: Chat, call: Call, _content: object) -> Response:
    """GET participants."""
    conversation, viewer = chat.session(call)
    chat.rules.may_read(conversation, viewer)
    return Response(status=200, content=chat.views.participants(call.root, conversation, viewer))


def read(chat: Chat, call: Call, _content: object) -> Response:
    """GET participant."""
    conversation, viewer = chat.session(call)
    chat.rules.may_read(conversation, viewer)
    member = chat.participant(call, conversation)
    if member not in chat.rules.shown(conversation):
        raise rejections.not_found(call.variables["participantId"])
    return Response(
        status=200, content=chat.views.participant(call.root, conversation, viewer, member)
    )


def add(chat: Chat, call: Call, content: object) -> Response:
    """POST participants: add users; present participants stay as they are."""
    order = expect(content, ParticipantList)
    conversation, actor = chat.session(call)
    chat.rules.may_add(conversation, actor)
    _, others = split(chat, actor.address, order.participant)
    collection = f"participants of {conversation.number}"
    entries = [entry for entry in others if _is_new(chat, call, conversation, collection, entry)]
    added = add_members(chat, conversation, Cause.ADDED, actor, entries)
    for member in added:
        chat.world.remember(actor.address, collection, member.correlator, member)
    if added:
        chat.notifier.change(conversation, Cause.ADDED, *added)
    named = [conversation.part_of(chat.world.accounts.address(each.address)) for each in others]
    shown = chat.rules.shown_after_adding(conversation, tuple(named))
    return created(
        chat.views.participants(call.root, conversation, actor, shown),
        chat.views.chat_url(call.root, conversation, actor, Part.PARTICIPANTS),
    )


def _is_new(
    chat: Chat,
    call: Call,
    conversation: Conversation,
    collection: str,
    entry: ParticipantInformation,
) -> bool:
    if chat.repeated(call, collection, entry.client_correlator, Member):
        return False
    member = conversation.member(chat.world.accounts.address(entry.address))
    return member is None or member.status is ParticipantStatus.DISCONNECTED


def set_status(chat: Chat, call: Call, content: object) -> Response:
    """PUT participantStatus: accept an invitation, or re-join."""
    order = expect(content, ParticipantSessionStatus)
    conversation, actor = chat.session(call)
    member = chat.participant(call, conversation)
    if member is not actor:
        raise rejections.forbidden("users accept only for themselves")
    if order.status is not ParticipantStatus.CONNECTED:
        raise rejections.not_allowed_value("status", ParticipantStatus.CONNECTED)
    chat.rules.may_join(conversation, member)
    before = (member.status, member.services)
    cause = Cause.REJOINED if member.took_part else Cause.ACCEPTED
    chat.rules.join(conversation, member, order.supported_service)
    if (member.status, member.services) != before:
        chat.notifier.change(conversation, cause, member)
    return Response(status=204)


def come_back(chat: Chat, call: Call, _content: object) -> Response:
    """POST of oneself to the participants: how users re-join in some dialects."""
    conversation, actor = chat.session(call)
    chat.rules.may_join(conversation, actor)
    if not actor.is_connected:
        chat.rules.join(conversation, actor, actor.services)
        chat.notifier.change(conversation, Cause.REJOINED, actor)
    return created(
        chat.views.participants(call.root, conversation, actor),
        chat.views.chat_url(call.root, conversation, actor, Part.PARTICIPANTS),
    )


def remove(chat: Chat, call: Call, _content: object) -> Response:
    """DELETE participant: decline or leave; the originator cancels an invitation."""
    conversation, actor = chat.session(call)
    member = chat.participant(call, conversation)
    if member is not actor:
        chat.rules.may_cancel_invitation(conversation, actor, member)
        _take_back(chat, conversation, actor, member)
    elif member.status is ParticipantStatus.INVITED:
        chat.rules.decline(conversation, member)
        chat.notifier.change(conversation, Cause.DECLINED, member)
    elif member.is_connected:
        _leave(chat, conversation, member)
    else:
        raise rejections.forbidden("you are not a participant of this chat")
    return Response(status=204)


def _take_back(chat: Chat, conversation: Conversation, actor: Member, member: Member) -> None:
    event = EventType.SESSION_CANCELLED
    chat.notifier.event(conversation, (member,), Cause.CANCELLED, event, actor=actor.address)
    member.status = ParticipantStatus.DISCONNECTED
    member.cancelled = True
    chat.notifier.change(conversation, Cause.CANCELLED, member)


def _leave(chat: Chat, conversation: Conversation, member: Member) -> None:
    chat.rules.leave(conversation, member)
    is_group = conversation.kind is ChatKind.GROUP
    if is_group and chat.rules.ends_after(conversation, member):
        close(chat, conversation, Ending.ENDED, actor=member.address)
    else:
        chat.notifier.change(conversation, Cause.LEFT, member)
