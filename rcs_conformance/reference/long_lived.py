"""Operations on long-lived group chats as a whole."""

from rcs_conformance.model.chat import LongLivedGroupChatInformation
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.chat import Chat, created, expect
from rcs_conformance.reference.membership import set_up, split
from rcs_conformance.reference.notices import Cause
from rcs_conformance.reference.state import Conversation


def start(chat: Chat, call: Call, content: object) -> Response:
    """POST longLivedGroups: create a chat; for a known correlator return the existing one."""
    order = expect(content, LongLivedGroupChatInformation)
    return make(chat, call, order, "long-lived groups", Cause.STARTED)


def make(
    chat: Chat, call: Call, order: LongLivedGroupChatInformation, collection: str, cause: Cause
) -> Response:
    """Create a long-lived group chat; for a known correlator return the existing one."""
    owner = chat.owner(call)
    own, others = split(chat, owner, order.participant)
    conversation = chat.repeated(call, collection, order.client_correlator, Conversation)
    if conversation is None or conversation.over:
        conversation = Conversation(
            kind=ChatKind.LONG_LIVED,
            number=chat.world.number(),
            originator=owner,
            subject=order.subject,
            closed=bool(order.is_closed),
            services=chat.rules.chat_services(ChatKind.LONG_LIVED, order.supported_service),
            correlator=order.client_correlator,
        )
        set_up(chat, conversation, cause, own, others)
        chat.world.remember(owner, collection, order.client_correlator, conversation)
    viewer = conversation.part_of(owner)
    return created(
        chat.views.long_lived(call.root, conversation, viewer),
        chat.views.chat_url(call.root, conversation, viewer),
    )


def list_all(chat: Chat, call: Call, _content: object) -> Response:
    """GET longLivedGroups: those that the user has not left."""
    owner = chat.owner(call)
    listed = [
        (conversation, member)
        for conversation, member in chat.world.sessions(owner)
        if conversation.kind is ChatKind.LONG_LIVED and chat.rules.is_listed(conversation, member)
    ]
    return Response(status=200, content=chat.views.long_lived_list(call.root, owner, listed))


def read(chat: Chat, call: Call, _content: object) -> Response:
    """GET longLivedGroup."""
    conversation, viewer = chat.session(call)
    chat.rules.may_read(conversation, viewer)
    return Response(status=200, content=chat.views.long_lived(call.root, conversation, viewer))
