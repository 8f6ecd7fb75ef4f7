"""Operations on confirmed 1-to-1 chat sessions."""

from rcs_conformance.model.chat import (
    ChatMessage,
    ChatSessionInformation,
    ParticipantInformation,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import EventType
from rcs_conformance.reference import rejections
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.chat import Chat, created, expect
from rcs_conformance.reference.ending import close
from rcs_conformance.reference.membership import add_members, set_up
from rcs_conformance.reference.messages import record, remember
from rcs_conformance.reference.multipart import Upload, unpacked
from rcs_conformance.reference.notices import Cause
from rcs_conformance.reference.state import Conversation, Ending, Member

_Entry = ParticipantInformation


def start(chat: Chat, call: Call, content: object) -> Response:
    """POST oneToOneSessions: start a session and invite the other user, with a message if given."""
    sent, upload = unpacked(content)
    order = expect(sent, ChatSessionInformation)
    owner, other = chat.owner(call), chat.other(call)
    _refuse_others(chat, owner, other, order)
    if order.chat_message and upload is None:
        chat.rules.may_start_with_message()
    collection = f"sessions with {canonical(other)}"
    conversation = chat.repeated(call, collection, order.client_correlator, Conversation)
    if conversation is None or conversation.over:
        conversation = _started(chat, owner, other, order, upload)
        chat.world.remember(owner, collection, order.client_correlator, conversation)
    viewer = conversation.part_of(owner)
    return created(
        chat.views.session(call.root, conversation, viewer),
        chat.views.chat_url(call.root, conversation, viewer),
    )


def _refuse_others(chat: Chat, owner: str, other: str, order: ChatSessionInformation) -> None:
    named = chat.world.accounts.address(order.t_participant_address)
    usable = chat.is_usable(order.t_participant_address)
    if not usable or canonical(named) == canonical(owner):
        raise rejections.no_valid_address("tParticipantAddress")
    if canonical(named) != canonical(other):
        raise rejections.malformed("tParticipantAddress is not the other user in the URL")
    originator = chat.world.accounts.address(order.originator_address)
    if canonical(originator) != canonical(owner):
        raise rejections.malformed("originatorAddress is not the user in the URL")


def _started(
    chat: Chat, owner: str, other: str, order: ChatSessionInformation, upload: Upload | None
) -> Conversation:
    conversation = Conversation(
        kind=ChatKind.ONE_TO_ONE,
        number=chat.world.number(),
        originator=owner,
        subject=order.subject,
        closed=False,
        services=(),
        correlator=order.client_correlator,
    )
    originator = set_up(
        chat, conversation, Cause.STARTED, _Entry(address=owner, name=order.originator_name), ()
    )
    first = order.chat_message or (ChatMessage(text="") if upload else None)
    if first:
        invited = canonical(other)
        conversation.first = record(chat, conversation, originator, first, upload, [invited])
        remember(chat, conversation, conversation.first)
    entry = _Entry(address=other, name=order.t_participant_name)
    invited_members = add_members(chat, conversation, Cause.STARTED, originator, [entry])
    if conversation.first and upload and chat.rules.passes_first_message(conversation):
        chat.notifier.message(conversation, originator, conversation.first, invited_members)
    return conversation


def read(chat: Chat, call: Call, _content: object) -> Response:
    """GET oneToOneSession."""
    conversation, viewer = chat.session(call)
    chat.rules.may_read(conversation, viewer)
    return Response(status=200, content=chat.views.session(call.root, conversation, viewer))


def delete(chat: Chat, call: Call, _content: object) -> Response:
    """DELETE oneToOneSession: decline, cancel, or end once it is established."""
    conversation, actor = chat.session(call)
    declined = actor.status is ParticipantStatus.INVITED
    close(chat, conversation, _ending(chat, conversation, actor), actor=actor.address)
    if declined:
        chat.rules.decline(conversation, actor)
    return Response(status=204)


def _ending(chat: Chat, conversation: Conversation, actor: Member) -> Ending:
    if actor.status is ParticipantStatus.INVITED:
        return Ending.DECLINED
    is_mine = actor.address == conversation.originator
    return Ending.CANCELLED if is_mine and chat.rules.is_cancelled(conversation) else Ending.ENDED


def accept(chat: Chat, call: Call, content: object) -> Response:
    """PUT oneToOneStatus: the invited user accepts; the originator is notified."""
    order = expect(content, ParticipantSessionStatus)
    conversation, actor = chat.session(call)
    if actor.address == conversation.originator:
        raise rejections.forbidden("the originator does not accept its own invitation")
    if order.status is not ParticipantStatus.CONNECTED:
        raise rejections.not_allowed_value("status", ParticipantStatus.CONNECTED)
    chat.rules.may_join(conversation, actor)
    before = actor.status
    chat.rules.join(conversation, actor, order.supported_service)
    if actor.status is not before:
        originator = conversation.other(actor)
        chat.notifier.event(
            conversation,
            [originator],
            Cause.ACCEPTED,
            EventType.ACCEPTED,
            actor=actor.address,
        )
    return Response(status=204)
