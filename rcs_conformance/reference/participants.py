"""Operations on the participants of a group chat, long-lived or not."""

from rcs_conformance.model.chat import (
    ParticipantInformation,
    ParticipantList,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import EventType
from rcs_conformance.reference import refusals
from rcs_conformance.reference.calls import Answer, Call
from rcs_conformance.reference.chat import Chat, created, expect
from rcs_conformance.reference.closing import close
from rcs_conformance.reference.enlisting import enlist, split
from rcs_conformance.reference.notices import Cause
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.state import Conversation, Ending, Member


def list_all(chat: Chat, call: Call, _content: object) -> Answer:
    """GET participants: all of them."""
    conversation, viewer = chat.session(call)
    chat.rules.may_look(conversation, viewer)
    return Answer(status=200, content=chat.views.participants(call.root, conversation, viewer))


def read(chat: Chat, call: Call, _content: object) -> Answer:
    """GET participant."""
    conversation, viewer = chat.session(call)
    chat.rules.may_look(conversation, viewer)
    member = chat.participant(call, conversation)
    if member not in chat.rules.shown(conversation):
        raise refusals.not_found(call.variables["participantId"])
    return Answer(
        status=200, content=chat.views.participant(call.root, conversation, viewer, member)
    )


def add(chat: Chat, call: Call, content: object) -> Answer:
    """POST participants: enlist further users; those who are part already stay as they are."""
    order = expect(content, ParticipantList)
    conversation, actor = chat.session(call)
    chat.rules.may_add(conversation, actor)
    _, others = split(chat, actor.address, order.participant)
    collection = f"participants of {conversation.number}"
    entries = [entry for entry in others if _is_new(chat, call, conversation, collection, entry)]
    added = enlist(chat, conversation, Cause.ADDED, actor, entries)
    for member in added:
        chat.world.remember(actor.address, collection, member.correlator, member)
    if added:
        chat.herald.change(conversation, Cause.ADDED, *added)
    asked = [conversation.part_of(chat.world.accounts.address(each.address)) for each in others]
    named = chat.rules.shown_after_adding(conversation, tuple(asked))
    return created(
        chat.views.participants(call.root, conversation, actor, named),
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


def set_status(chat: Chat, call: Call, content: object) -> Answer:
    """PUT participantStatus: accept an invitation, or come back after leaving."""
    order = expect(content, ParticipantSessionStatus)
    conversation, actor = chat.session(call)
    member = chat.participant(call, conversation)
    if member is not actor:
        raise refusals.forbidden("nobody accepts for another user")
    if order.status is not ParticipantStatus.CONNECTED:
        raise refusals.not_allowed_value("status", ParticipantStatus.CONNECTED)
    chat.rules.may_join(conversation, member)
    before = (member.status, member.services)
    cause = Cause.REJOINED if member.took_part else Cause.ACCEPTED
    chat.rules.join(conversation, member, order.supported_service)
    if (member.status, member.services) != before:
        chat.herald.change(conversation, cause, member)
    return Answer(status=204)


def come_back(chat: Chat, call: Call, _content: object) -> Answer:
    """POST of oneself to the participants, where a dialect has that for joining again."""
    conversation, actor = chat.session(call)
    chat.rules.may_join(conversation, actor)
    if not actor.is_connected:
        chat.rules.join(conversation, actor, actor.services)
        chat.herald.change(conversation, Cause.REJOINED, actor)
    return created(
        chat.views.participants(call.root, conversation, actor),
        chat.views.chat_url(call.root, conversation, actor, Part.PARTICIPANTS),
    )


def remove(chat: Chat, call: Call, _content: object) -> Answer:
    """DELETE participant: decline or leave oneself; the originator takes back an invitation."""
    conversation, actor = chat.session(call)
    member = chat.participant(call, conversation)
    if member is not actor:
        chat.rules.may_take_back(conversation, actor, member)
        _take_back(chat, conversation, actor, member)
    elif member.status is ParticipantStatus.INVITED:
        chat.rules.decline(conversation, member)
        chat.herald.change(conversation, Cause.DECLINED, member)
    elif member.is_connected:
        _leave(chat, conversation, member)
    else:
        raise refusals.forbidden("you take no part in this chat")
    return Answer(status=204)


def _take_back(chat: Chat, conversation: Conversation, actor: Member, member: Member) -> None:
    event = EventType.SESSION_CANCELLED
    chat.herald.event(conversation, (member,), Cause.CANCELLED, event, actor=actor.address)
    member.status = ParticipantStatus.DISCONNECTED
    member.cancelled = True
    chat.herald.change(conversation, Cause.CANCELLED, member)


def _leave(chat: Chat, conversation: Conversation, member: Member) -> None:
    chat.rules.leave(conversation, member)
    is_group = conversation.kind is ChatKind.GROUP
    if is_group and chat.rules.ends_after(conversation, member):
        close(chat, conversation, Ending.ENDED, actor=member.address)
    else:
        chat.herald.change(conversation, Cause.LEFT, member)
