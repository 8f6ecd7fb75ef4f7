"""Operations that only dialects have: lists of chats and messages, and the end of messages.

A binding file names them beside the verbs of the table (`extra`) and as resources of their own
(`further`); the suites do not test them.
"""

from collections.abc import Iterator, Mapping

from rcs_conformance.model.chat import (
    ChatMessageList,
    ChatSessionInformationList,
    GroupChatSessionInformationList,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import rejections
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.chat import Chat, Operation
from rcs_conformance.reference.state import Conversation, Member, Message


def list_groups(chat: Chat, call: Call, _content: object) -> Response:
    """GET groups: those that the user is connected to."""
    owner = chat.owner(call)
    listed = tuple(
        chat.views.group(call.root, conversation, member)
        for conversation, member in chat.world.sessions(owner)
        if conversation.kind is ChatKind.GROUP and not conversation.over and member.is_connected
    )
    url = chat.views.url(call.root, "groups", userId=owner)
    return Response(
        status=200,
        content=GroupChatSessionInformationList(
            group_chat_session_information=listed,
            resource_url=chat.rules.resource_url(call.root, url),
        ),
    )


def list_sessions(chat: Chat, call: Call, _content: object) -> Response:
    """GET sessionSummaries: the ad-hoc chats in which the user has messages."""
    owner = chat.owner(call)
    listed = tuple(
        chat.views.adhoc(call.root, conversation, conversation.part_of(owner))
        for conversation in chat.world.adhoc_of(owner)
        if any(_own(conversation, conversation.part_of(owner)))
    )
    url = chat.views.url(call.root, "sessionSummaries", userId=owner)
    return Response(
        status=200,
        content=ChatSessionInformationList(
            chat_session_information=listed,
            resource_url=chat.rules.resource_url(call.root, url),
        ),
    )


def list_messages(chat: Chat, call: Call, _content: object) -> Response:
    """GET messages: those that the user sent or received, the oldest first."""
    conversation, viewer = _read(chat, call)
    listed = tuple(
        chat.views.message(call.root, conversation, viewer, each)
        for each in _own(conversation, viewer)
    )
    url = chat.rules.resource_url(call.root, call.root + call.path)
    return Response(status=200, content=ChatMessageList(chat_message=listed, resource_url=url))


def read_message(chat: Chat, call: Call, _content: object) -> Response:
    """GET message."""
    conversation, viewer = _read(chat, call)
    message = _found(call, conversation, viewer)
    content = chat.views.message(call.root, conversation, viewer, message)
    return Response(status=200, content=content)


def delete_messages(chat: Chat, call: Call, _content: object) -> Response:
    """DELETE messages: they are no longer shown to the user; the others keep them."""
    conversation, viewer = _read(chat, call)
    for each in _own(conversation, viewer):
        each.deleted_by.add(canonical(viewer.address))
    return Response(status=204)


def delete_message(chat: Chat, call: Call, _content: object) -> Response:
    """DELETE message; as `delete_messages`."""
    conversation, viewer = _read(chat, call)
    _found(call, conversation, viewer).deleted_by.add(canonical(viewer.address))
    return Response(status=204)


def _read(chat: Chat, call: Call) -> tuple[Conversation, Member]:
    conversation, viewer = chat.session(call)
    chat.rules.may_read(conversation, viewer)
    return conversation, viewer


def _own(conversation: Conversation, viewer: Member) -> Iterator[Message]:
    """The messages that a user sent or received and did not delete."""
    key = canonical(viewer.address)
    for each in conversation.messages.values():
        is_party = key == canonical(each.sender) or key in each.reports
        if is_party and key not in each.deleted_by:
            yield each


def _found(call: Call, conversation: Conversation, viewer: Member) -> Message:
    message_id = call.variables["messageId"]
    for each in _own(conversation, viewer):
        if each.id == message_id:
            return each
    raise rejections.not_found(message_id)


FURTHER_OPERATIONS: Mapping[str, Operation] = {
    "GET groups": list_groups,
    "GET sessionSummaries": list_sessions,
    "GET oneToOneMessages": list_messages,
    "DELETE oneToOneMessages": delete_messages,
    "GET oneToOneMessage": read_message,
    "DELETE oneToOneMessage": delete_message,
    "GET groupMessages": list_messages,
    "DELETE groupMessages": delete_messages,
    "GET groupMessage": read_message,
    "DELETE groupMessage": delete_message,
}
"""By verb and resource, as the shipped binding `kandy` names them."""
