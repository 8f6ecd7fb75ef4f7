"""What is shown of chats, messages and files that were requested with the least (TS-CHAT-5.20)."""

from collections.abc import Callable, Iterator

from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatParticipantStatusNotification,
    LongLivedGroupChatAddedNotification,
)
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.chats.group import GroupChat
from rcs_conformance.scenario.chats.long_lived import LongLivedChat
from rcs_conformance.scenario.chats.one_to_one import OneToOneChat
from rcs_conformance.scenario.operations.addressed_chat import AddressedChat
from rcs_conformance.scenario.operations.both_formats import read_in
from rcs_conformance.scenario.situations import own_channel

Shown = Exchange | Awaited[object]
"""A response or a notification."""

Requested = Callable[[TestBed, Format], Iterator[Shown]]
"""Requests something with the least, and says what is shown of it."""


def of_chat(bed: TestBed, kind: ChatKind, fmt: Format) -> Iterator[Shown]:
    """A chat that was started with its mandatory members alone, and a message of text alone.

    Responses and readings of its users, the invitation, the participants, the message. A long-lived
    group has a subject, since a server may demand one.

    Raises:
        NotApplicable: The target does not claim this kind of chat.
        Inconclusive: It could not be established, or takes no message.
    """
    bed.claims.require(kind)
    chat = _least(bed, kind, fmt)
    if kind is not ChatKind.ADHOC:
        yield chat.creation
        yield from _notified(chat, bed)
    for who in (bed.alice, bed.bob):
        yield from read_in(AddressedChat(chat=chat, who=who), fmt)
    message = ChatMessage(text=chat.text())
    sent = chat.send(bed.alice, message)
    bed.require_success(sent, chat.terms.sending)
    yield sent
    yield message_waits.message(chat, bed.bob, message.text)


def _least(bed: TestBed, kind: ChatKind, fmt: Format) -> Chat:
    match kind:
        case ChatKind.ONE_TO_ONE:
            return bed.sessions.established(SessionOffer(subject=None), fmt)
        case ChatKind.GROUP:
            return bed.groups.established(GroupOffer(subject=None), fmt, invite=(bed.bob,))
        case _:
            return bed.established_chat(kind, fmt)


def _notified(chat: Chat, bed: TestBed) -> Iterator[Awaited[object]]:
    match chat:
        case OneToOneChat():
            yield chat.invitation()
        case GroupChat():
            yield chat.invitation(bed.bob)
            yield chat.awaited(bed.bob, ChatParticipantStatusNotification)
        case LongLivedChat():
            yield chat.awaited(bed.bob, LongLivedGroupChatAddedNotification)


def of_transfer(bed: TestBed, fmt: Format) -> Iterator[Shown]:
    """A file that is offered outside of any chat, without description and correlator.

    Raises:
        NotApplicable: The target does not claim file transfer.
        Inconclusive: The file is not accepted.
    """
    bed.claims.require_operation("POST ftSessions")
    offered = bed.transfers.offered(bed.alice, (bed.bob,), fmt)
    yield offered.creation
    yield offered.invitation(bed.bob)
    for who in (bed.alice, bed.bob):
        yield from offered.readings(who)


def of_subscription(bed: TestBed, fmt: Format) -> Iterator[Shown]:
    """A subscription to chats without a correlator: its creation.

    Raises:
        Inconclusive: It is rejected.
    """
    subscription = bed.mailboxes.subscribed(bed.alice, fmt)
    subscription.delete()
    yield subscription.creation


def of_transfer_subscription(bed: TestBed, fmt: Format) -> Iterator[Shown]:
    """A subscription to file transfers without a correlator: its creation, and a reading.

    Raises:
        NotApplicable: The target does not claim file transfer.
        Inconclusive: It is rejected.
    """
    bed.claims.require_operation("POST ftSubscriptions")
    subscription = bed.transfer_mailboxes.subscribed(bed.bob, fmt)
    yield subscription.creation
    if bed.claims.operation("GET ftSubscription"):
        yield subscription.read()
    subscription.delete()


def of_channel(bed: TestBed, fmt: Format) -> Iterator[Shown]:
    """A channel without a correlator: its creation, and a reading.

    Raises:
        NotApplicable: The target claims no channels.
        Inconclusive: It is rejected.
    """
    channel = own_channel.any_channel(bed, bed.alice, fmt)
    yield channel.creation
    yield channel.fetch()
    channel.delete()
