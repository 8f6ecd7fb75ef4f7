"""How users become part of a chat."""

from collections.abc import Iterable

from rcs_conformance.model.chat import ParticipantInformation
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import rejections
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.chat import Chat
from rcs_conformance.reference.notices import Cause
from rcs_conformance.reference.state import Conversation, Member

_Entry = ParticipantInformation


def split(chat: Chat, owner: str, named: Iterable[_Entry]) -> tuple[_Entry, list[_Entry]]:
    """The entry of the requesting user and those of the others, each user once.

    Rejects with 400 an invalid address, an originator other than the requesting user, and a list
    without other users.
    """
    own: _Entry | None = None
    others: dict[str, _Entry] = {}
    for entry in named:
        if not chat.is_usable(entry.address):
            raise rejections.no_valid_address("participant/address")
        key = canonical(chat.world.accounts.address(entry.address))
        if key == canonical(owner):
            own = own or entry
        elif entry.is_originator:
            raise rejections.malformed("the originator is not the user in the URL")
        else:
            others.setdefault(key, entry)
    if not others:
        raise rejections.no_valid_address("participant")
    return own or _Entry(address=owner), list(others.values())


def set_up(
    chat: Chat, conversation: Conversation, cause: Cause, own: _Entry, others: Iterable[_Entry]
) -> Member:
    """Connect the originator of a chat and add the others; returns the originator's membership."""
    if conversation.kind is ChatKind.LONG_LIVED:
        conversation.group_chat_id = chat.rules.group_chat_id(chat.world.number(), conversation)
    originator = _member(chat, conversation, conversation.originator, own)
    chat.world.add_member(conversation, originator)
    chat.rules.join(conversation, originator, own.supported_service)
    added = add_members(chat, conversation, cause, originator, others)
    if conversation.kind is ChatKind.LONG_LIVED:
        chat.notifier.change(conversation, Cause.STARTED, *added)
    return originator


def add_members(
    chat: Chat,
    conversation: Conversation,
    cause: Cause,
    inviter: Member,
    entries: Iterable[_Entry],
) -> list[Member]:
    """Add users to a chat and notify them: as invited, or as connected to a long-lived one.

    A user that was a member before starts anew with the same session id.
    """
    added = []
    for entry in entries:
        member = _member(chat, conversation, inviter.address, entry)
        chat.world.add_member(conversation, member)
        if conversation.kind is ChatKind.LONG_LIVED:
            chat.rules.join(conversation, member, entry.supported_service)
        added.append(member)
    chat.notifier.invite(conversation, cause, inviter, added)
    return added


def _member(chat: Chat, conversation: Conversation, inviter: str, entry: _Entry) -> Member:
    address = chat.world.accounts.address(entry.address)
    return Member(
        address=address,
        session_id=_session_id(chat, conversation, address),
        name=entry.name,
        inviter=inviter,
        correlator=entry.client_correlator,
    )


def _session_id(chat: Chat, conversation: Conversation, address: str) -> str:
    if conversation.group_chat_id:
        return conversation.group_chat_id
    before = conversation.member(address)
    if before:
        return before.session_id
    return chat.rules.session_id(chat.world.number(), conversation, address)
