"""Operations on group chats as a whole."""

from rcs_conformance.model.chat import GroupChatSessionInformation
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.chat import Chat, created, expect
from rcs_conformance.reference.ending import close
from rcs_conformance.reference.membership import set_up, split
from rcs_conformance.reference.notices import Cause
from rcs_conformance.reference.state import Conversation, Ending


def start(chat: Chat, call: Call, content: object) -> Response:
    """POST groups: start a chat and invite the others; for a known correlator return the chat."""
    order = expect(content, GroupChatSessionInformation)
    return make(chat, call, order, "groups", Cause.STARTED)


def make(
    chat: Chat, call: Call, order: GroupChatSessionInformation, collection: str, cause: Cause
) -> Response:
    """Create a group chat; for a known correlator of this collection return the existing one."""
    owner = chat.owner(call)
    own, others = split(chat, owner, order.participant)
    conversation = chat.repeated(call, collection, order.client_correlator, Conversation)
    if conversation is None or conversation.over:
        conversation = Conversation(
            kind=ChatKind.GROUP,
            number=chat.world.number(),
            originator=owner,
            subject=order.subject,
            closed=bool(order.is_closed),
            services=chat.rules.chat_services(ChatKind.GROUP, order.supported_service),
            correlator=order.client_correlator,
        )
        set_up(chat, conversation, cause, own, others)
        chat.world.remember(owner, collection, order.client_correlator, conversation)
    viewer = conversation.part_of(owner)
    return created(
        chat.views.group(call.root, conversation, viewer),
        chat.views.chat_url(call.root, conversation, viewer),
    )


def read(chat: Chat, call: Call, _content: object) -> Response:
    """GET group."""
    conversation, viewer = chat.session(call)
    chat.rules.may_read(conversation, viewer)
    return Response(status=200, content=chat.views.group(call.root, conversation, viewer))


def delete(chat: Chat, call: Call, _content: object) -> Response:
    """DELETE group: the originator cancels it before anyone accepted, ends it after."""
    conversation, actor = chat.session(call)
    if actor.address != conversation.originator:
        raise rejections.forbidden("only the originator ends the chat")
    chat.rules.may_end_group(conversation)
    cancelled = chat.rules.is_cancelled(conversation)
    close(chat, conversation, Ending.CANCELLED if cancelled else Ending.ENDED, actor=actor.address)
    return Response(status=204)
