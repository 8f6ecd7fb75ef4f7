"""Extending a 1-to-1 session: a group chat is made of its two users and others."""

from rcs_conformance.model.chat import (
    ExtensionParameters,
    GroupChatSessionInformation,
    LongLivedGroupChatInformation,
    ParticipantInformation,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.chat import Chat, expect
from rcs_conformance.reference.ending import close
from rcs_conformance.reference.groups import make as make_group
from rcs_conformance.reference.long_lived import make as make_long_lived
from rcs_conformance.reference.membership import split
from rcs_conformance.reference.notices import Cause
from rcs_conformance.reference.state import Conversation, Ending, Member

_Entry = ParticipantInformation


def extend(chat: Chat, call: Call, content: object) -> Response:
    """POST oneToOneExtend: start a group chat; all but the requesting user are invited."""
    order = expect(content, ExtensionParameters)
    conversation, actor = chat.session(call)
    chat.rules.may_extend(conversation, actor)
    group = GroupChatSessionInformation(
        subject=order.subject,
        participant=_everyone(chat, conversation, actor, order),
        is_closed=order.is_closed,
        supported_service=order.supported_service,
        client_correlator=order.client_correlator,
    )
    collection = f"extensions of {conversation.number}"
    response = make_group(chat, call, group, collection, Cause.EXTENDED)
    _end(chat, conversation, actor)
    return response


def extend_long_lived(chat: Chat, call: Call, content: object) -> Response:
    """POST oneToOneExtendLongLived: make a long-lived group chat, where policy allows it.

    Such a chat has a subject; where none is given it is that of the session.
    """
    order = expect(content, ExtensionParameters)
    conversation, actor = chat.session(call)
    chat.rules.may_extend(conversation, actor)
    chat.rules.may_extend_long_lived(conversation, actor)
    subject = conversation.subject if order.subject is None else order.subject
    group = LongLivedGroupChatInformation(
        subject=subject,
        participant=_everyone(chat, conversation, actor, order),
        is_closed=order.is_closed,
        supported_service=order.supported_service,
        client_correlator=order.client_correlator,
    )
    collection = f"long-lived extensions of {conversation.number}"
    response = make_long_lived(chat, call, group, collection, Cause.EXTENDED)
    _end(chat, conversation, actor)
    return response


def _everyone(
    chat: Chat, conversation: Conversation, actor: Member, order: ExtensionParameters
) -> tuple[_Entry, ...]:
    """The users of the session and the added ones; rejects with 400 if none is new."""
    other = conversation.other(actor)
    _, named = split(chat, actor.address, order.participant)
    new = [
        entry
        for entry in named
        if canonical(chat.world.accounts.address(entry.address)) != canonical(other.address)
    ]
    if not new:
        raise rejections.no_valid_address("participant")
    own = _Entry(address=actor.address, name=actor.name, is_originator=True)
    return (own, _Entry(address=other.address, name=other.name), *new)


def _end(chat: Chat, conversation: Conversation, actor: Member) -> None:
    if chat.rules.ends_on_extension(conversation):
        close(chat, conversation, Ending.ENDED, actor=actor.address)
