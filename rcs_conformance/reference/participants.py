"""Operations on the participants of a group chat."""

from rcs_conformance.model.chat import (
    ParticipantInformation,
    ParticipantList,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.notifications import EventType
from rcs_conformance.reference import refusals
from rcs_conformance.reference.calls import Answer, Call
from rcs_conformance.reference.chat import Chat, created, expect
from rcs_conformance.reference.groups import close, invite, split
from rcs_conformance.reference.notices import Cause
from rcs_conformance.reference.state import Ending, Group, Member


def list_all(chat: Chat, call: Call, _content: object) -> Answer:
    """GET participants: all of them."""
    group, viewer = chat.session(call)
    chat.rules.may_look(group, viewer)
    return Answer(status=200, content=chat.views.participants(call.root, group, viewer))


def read(chat: Chat, call: Call, _content: object) -> Answer:
    """GET participant."""
    group, viewer = chat.session(call)
    chat.rules.may_look(group, viewer)
    member = chat.participant(call, group)
    if member not in chat.rules.shown(group):
        raise refusals.not_found(call.variables["participantId"])
    return Answer(status=200, content=chat.views.participant(call.root, group, viewer, member))


def add(chat: Chat, call: Call, content: object) -> Answer:
    """POST participants: invite further users; those who are part already stay as they are."""
    order = expect(content, ParticipantList)
    group, actor = chat.session(call)
    chat.rules.may_add(group, actor)
    _, others = split(chat, actor.address, order.participant)
    if not others:
        raise refusals.no_valid_address("participant")
    collection = f"participants of {group.number}"
    entries = [entry for entry in others if _is_new(chat, call, group, collection, entry)]
    invited = invite(chat, group, Cause.ADDED, actor, entries)
    for member in invited:
        chat.world.remember(actor.address, collection, member.correlator, member)
    if invited:
        chat.herald.change(group, Cause.ADDED, *invited)
    return created(
        chat.views.participants(call.root, group, actor),
        chat.views.group_url(call.root, actor, "participants"),
    )


def _is_new(
    chat: Chat, call: Call, group: Group, collection: str, entry: ParticipantInformation
) -> bool:
    if chat.repeated(call, collection, entry.client_correlator, Member):
        return False
    member = group.member(chat.world.accounts.address(entry.address))
    return member is None or member.status is ParticipantStatus.DISCONNECTED


def set_status(chat: Chat, call: Call, content: object) -> Answer:
    """PUT participantStatus: accept an invitation, or come back after leaving."""
    order = expect(content, ParticipantSessionStatus)
    group, actor = chat.session(call)
    member = chat.participant(call, group)
    if member is not actor:
        raise refusals.forbidden("nobody accepts for another user")
    if order.status is not ParticipantStatus.CONNECTED:
        raise refusals.not_allowed_value("status", ParticipantStatus.CONNECTED)
    chat.rules.may_join(group, member)
    before = (member.status, member.services)
    cause = Cause.REJOINED if member.took_part else Cause.ACCEPTED
    chat.rules.join(group, member, order.supported_service)
    if (member.status, member.services) != before:
        chat.herald.change(group, cause, member)
    return Answer(status=204)


def remove(chat: Chat, call: Call, _content: object) -> Answer:
    """DELETE participant: decline or leave oneself; the originator takes back an invitation."""
    group, actor = chat.session(call)
    member = chat.participant(call, group)
    if member is not actor:
        chat.rules.may_take_back(group, actor, member)
        _take_back(chat, group, actor, member)
    elif member.status is ParticipantStatus.INVITED:
        chat.rules.decline(group, member)
        chat.herald.change(group, Cause.DECLINED, member)
    elif member.is_connected:
        _leave(chat, group, member)
    else:
        raise refusals.forbidden("you take no part in this chat")
    return Answer(status=204)


def _take_back(chat: Chat, group: Group, actor: Member, member: Member) -> None:
    event = EventType.SESSION_CANCELLED
    chat.herald.event(group, (member,), Cause.CANCELLED, event, actor=actor.address)
    member.status = ParticipantStatus.DISCONNECTED
    member.cancelled = True
    chat.herald.change(group, Cause.CANCELLED, member)


def _leave(chat: Chat, group: Group, member: Member) -> None:
    chat.rules.leave(group, member)
    if chat.rules.ends_after(group, member):
        close(chat, group, Ending.ENDED, actor=member.address)
    else:
        chat.herald.change(group, Cause.LEFT, member)
