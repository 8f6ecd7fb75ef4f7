"""Operations on group chats as a whole."""

from collections.abc import Iterable

from rcs_conformance.model.chat import (
    GroupChatSessionInformation,
    ParticipantInformation,
    ParticipantStatus,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import EventType
from rcs_conformance.reference import refusals
from rcs_conformance.reference.addresses import canonical, is_usable
from rcs_conformance.reference.calls import Answer, Call
from rcs_conformance.reference.chat import Chat, created, expect
from rcs_conformance.reference.notices import Cause
from rcs_conformance.reference.state import Conversation, Ending, Member

_COLLECTION = "groups"


def start(chat: Chat, call: Call, content: object) -> Answer:
    """POST groups: start a chat and invite the others; the same again for a correlator."""
    order = expect(content, GroupChatSessionInformation)
    owner = chat.owner(call)
    own, others = split(chat, owner, order.participant)
    if not others:
        raise refusals.no_valid_address("participant")
    conversation = chat.repeated(call, _COLLECTION, order.client_correlator, Conversation)
    if conversation is None or conversation.over:
        conversation = Conversation(
            kind=ChatKind.GROUP,
            number=chat.world.number(),
            originator=owner,
            subject=order.subject,
            closed=bool(order.is_closed),
            services=chat.rules.chat_services(order.supported_service),
            correlator=order.client_correlator,
        )
        _connect_originator(chat, conversation, owner, own)
        invite(chat, conversation, Cause.STARTED, conversation.members[canonical(owner)], others)
        chat.world.remember(owner, _COLLECTION, order.client_correlator, conversation)
    viewer = conversation.members[canonical(owner)]
    return created(
        chat.views.group(call.root, conversation, viewer), chat.views.group_url(call.root, viewer)
    )


def read(chat: Chat, call: Call, _content: object) -> Answer:
    """GET group."""
    conversation, viewer = chat.session(call)
    chat.rules.may_look(conversation, viewer)
    return Answer(status=200, content=chat.views.group(call.root, conversation, viewer))


def delete(chat: Chat, call: Call, _content: object) -> Answer:
    """DELETE group: the originator cancels it before anyone accepted, ends it after."""
    conversation, actor = chat.session(call)
    if actor.address != conversation.originator:
        raise refusals.forbidden("only the originator ends the chat")
    cancelled = chat.rules.is_cancelled(conversation)
    close(chat, conversation, Ending.CANCELLED if cancelled else Ending.ENDED, actor=actor.address)
    return Answer(status=204)


def close(chat: Chat, conversation: Conversation, ending: Ending, *, actor: str = "") -> None:
    """Bring a chat to its end and tell those who are invited or connected."""
    event, cause = {
        Ending.CANCELLED: (EventType.SESSION_CANCELLED, Cause.CANCELLED),
        Ending.ENDED: (EventType.SESSION_ENDED, Cause.ENDED),
    }[ending]
    concerned = conversation.with_status(ParticipantStatus.CONNECTED, ParticipantStatus.INVITED)
    audience = [each for each in concerned if chat.rules.tells_actor() or each.address != actor]
    conversation.over = ending
    chat.herald.event(conversation, audience, cause, event, actor=actor)


def split(
    chat: Chat, owner: str, named: Iterable[ParticipantInformation]
) -> tuple[ParticipantInformation | None, list[ParticipantInformation]]:
    """The entry of the asking user and those of the others, each user once.

    Refuses 400 an address that reaches nobody and an originator who is not the asking user.
    """
    own: ParticipantInformation | None = None
    others: dict[str, ParticipantInformation] = {}
    for entry in named:
        if not is_usable(entry.address):
            raise refusals.no_valid_address("participant/address")
        key = canonical(chat.world.accounts.address(entry.address))
        if key == canonical(owner):
            own = own or entry
        elif entry.is_originator:
            raise refusals.malformed("the originator is not the user in the URL")
        else:
            others.setdefault(key, entry)
    return own, list(others.values())


def invite(
    chat: Chat,
    conversation: Conversation,
    cause: Cause,
    inviter: Member,
    entries: Iterable[ParticipantInformation],
) -> list[Member]:
    """Make users part of a chat as invited, and tell them.

    One who was part of it before starts anew, under the same session id.
    """
    invited = [_invited(chat, conversation, inviter, entry) for entry in entries]
    for member in invited:
        chat.world.add_member(conversation, member)
    chat.herald.invite(conversation, cause, inviter, invited)
    return invited


def _invited(
    chat: Chat, conversation: Conversation, inviter: Member, entry: ParticipantInformation
) -> Member:
    address = chat.world.accounts.address(entry.address)
    before = conversation.member(address)
    return Member(
        address=address,
        session_id=before.session_id
        if before
        else chat.rules.session_id(chat.world.number(), conversation),
        name=entry.name,
        inviter=inviter.address,
        correlator=entry.client_correlator,
    )


def _connect_originator(
    chat: Chat, conversation: Conversation, owner: str, entry: ParticipantInformation | None
) -> None:
    member = Member(
        address=owner,
        session_id=chat.rules.session_id(chat.world.number(), conversation),
        name=entry.name if entry else None,
        inviter=owner,
        correlator=entry.client_correlator if entry else None,
    )
    chat.world.add_member(conversation, member)
    chat.rules.join(conversation, member, entry.supported_service if entry else ())
