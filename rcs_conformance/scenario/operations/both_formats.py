"""What is read and notified in both formats, with all claimed parameters (TS-CHAT-5.4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from rcs_conformance.errors import NotApplicable
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ChatMessage, MessageStatus
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatMessageNotification,
    ChatSessionInvitationNotification,
    EventType,
    GroupChatSessionInvitationNotification,
    LongLivedGroupChatAddedNotification,
)
from rcs_conformance.model.offers import SessionOffer, SubscriptionOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.chats.group import GroupChat
from rcs_conformance.scenario.chats.one_to_one import OneToOneChat
from rcs_conformance.scenario.mailboxes.subscription import Subscription
from rcs_conformance.scenario.operations.addressed_chat import UNKNOWN_ID, AddressedChat
from rcs_conformance.scenario.operations.groups import claimed_offer
from rcs_conformance.scenario.operations.requests import about_chat
from rcs_conformance.scenario.operations.results import any_of
from rcs_conformance.scenario.setup.markers import marker_in

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class InBothFormats:
    """The same thing in both formats.

    Attributes:
        xml: In XML.
        json: In JSON.
    """

    xml: Exchange
    json: Exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifiedInBoth:
    """The same notification to a user by its subscriptions in both formats.

    Attributes:
        xml: In XML.
        json: In JSON.
        clause: That requires the notification.
    """

    xml: Awaited[object]
    json: Awaited[object]
    clause: str


def filled(bed: TestBed, kind: ChatKind, fmt: Format) -> AddressedChat:
    """An established chat with all parameters, and a message in it with all of its own.

    Raises:
        NotApplicable: The target does not claim this kind of chat.
        Inconclusive: It could not be established, or takes no message.
    """
    chat = _with_everything(bed, kind, fmt)
    message = ChatMessage(
        text=chat.text(),
        report_request=(MessageStatus.DELIVERED, MessageStatus.DISPLAYED),
        client_correlator=bed.markers.next(),
    )
    sent = chat.send(chat.originator, message)
    bed.require_success(sent, chat.terms.sending)
    ids = {
        "messageId": chat.message_id(sent) or UNKNOWN_ID,
        "participantId": chat.invited[0].address,
    }
    return AddressedChat(chat=chat, who=chat.originator, ids=ids)


def own_texts(addressed: AddressedChat) -> tuple[str, ...]:
    """What the texts of a chat must differ in from those of another one: marker, correlator."""
    correlator = getattr(addressed.chat.request, "client_correlator", None)
    return (addressed.chat.marker, *([correlator] if correlator else []))


def _with_everything(bed: TestBed, kind: ChatKind, fmt: Format) -> Chat:
    offer = claimed_offer(bed, closed=True)
    correlator = bed.markers.next()
    match kind:
        case ChatKind.ADHOC:
            return bed.adhoc.between(fmt)
        case ChatKind.ONE_TO_ONE:
            first = "hello" if bed.sessions.takes_first_message(fmt) else None
            session = bed.sessions.invited(SessionOffer(first=first), fmt, correlator=correlator)
            session.join()
            return session
        case ChatKind.GROUP:
            group = bed.groups.invited(offer, fmt, correlator=correlator)
            for each in group.invited:
                group.join(each, offer.services[:1])
            return group
        case ChatKind.LONG_LIVED:
            long_lived = bed.long_lived.started(offer, fmt, correlator=correlator)
            long_lived.await_invitations()
            return long_lived


def subscription_with_everything(bed: TestBed, fmt: Format) -> Subscription:
    """A subscription with all parameters.

    Raises:
        Inconclusive: It is rejected.
    """
    offer = SubscriptionOffer(correlator=bed.markers.next(), confirmed_chat=True, adhoc_chat=True)
    return bed.mailboxes.subscribed(bed.alice, fmt, offer)


def in_both(addressed: AddressedChat) -> Iterator[InBothFormats]:
    """Each reading about a chat in both formats."""
    return any_of(_in_both(addressed), "any GET about such a chat")


def _in_both(addressed: AddressedChat) -> Iterator[InBothFormats]:
    for request in about_chat(addressed.chat):
        if request.method == "GET":
            xml, json = (addressed.send(request, fmt=fmt) for fmt in Format)
            yield InBothFormats(xml=xml, json=json)


def read_in(addressed: AddressedChat, fmt: Format) -> Iterator[Exchange]:
    """Each reading about a chat in one format, but for the status of a message, which moves on."""
    for request in about_chat(addressed.chat):
        if request.method == "GET" and request.resource != addressed.chat.terms.message_status:
            yield addressed.send(request, fmt=fmt)


def list_in_both(addressed: AddressedChat) -> tuple[Exchange, Exchange]:
    """The list that a long-lived group stands in, in XML and in JSON."""
    xml, json = (addressed.who.send("GET", "longLivedGroups", fmt=fmt) for fmt in Format)
    return xml, json


Pairs = tuple[tuple[Exchange, Exchange], ...]
"""Readings in XML and in JSON."""


def subscription_in_both(bed: TestBed, subscription: Subscription) -> tuple[Pairs, Pairs]:
    """A subscription alone, and the list that it stands in, where the target claims them."""
    alone: Pairs = ()
    listed: Pairs = ()
    if bed.claims.operation("GET subscription"):
        alone = ((subscription.read(Format.XML), subscription.read(Format.JSON)),)
    if bed.claims.operation("GET subscriptions"):
        xml, json = (bed.alice.send("GET", "subscriptions", fmt=fmt) for fmt in Format)
        listed = ((xml, json),)
    if not alone and not listed:
        raise NotApplicable("the target claims neither GET subscription nor GET subscriptions")
    return alone, listed


def subscriptions_made(bed: TestBed, fmt: Format) -> tuple[Exchange, Exchange, tuple[str, ...]]:
    """Two subscriptions created in XML and in JSON, read in a format, and their own words.

    Raises:
        NotApplicable: The target does not claim to read subscriptions.
        Inconclusive: One is rejected.
    """
    if not bed.claims.operation("GET subscription"):
        raise NotApplicable("the target does not claim GET subscription")
    made = [subscription_with_everything(bed, each) for each in Format]
    xml, json = (each.read(fmt) for each in made)
    words: list[str] = []
    for each in made:
        each.delete()
        callback = each.request.callback_reference
        named = (each.request.client_correlator, callback.notify_url, callback.callback_data)
        words += [word for word in (*named, callback.notification_format) if word]
    return xml, json, tuple(words)


def notified_in_both(bed: TestBed, kind: ChatKind, fmt: Format) -> Iterator[NotifiedInBoth]:
    """An invitation, a message and an end, each as two subscriptions of one user tell it."""
    for each in Format:
        bed.mailboxes.of(bed.bob, each)
    chat = bed.established_chat(kind, fmt)
    marker = chat.marker

    def notified(content: type[T], clause: str, text: str = "") -> NotifiedInBoth:
        def fits(found: T) -> bool:
            message = getattr(found, "chat_message", None)
            if text:
                return message is not None and message.text == text
            return marker_in(getattr(found, "subject", None)) == marker

        xml, json = (bed.mailboxes.awaited(bed.bob, each, content, fits) for each in Format)
        return NotifiedInBoth(xml=xml, json=json, clause=clause)

    match kind:
        case ChatKind.ONE_TO_ONE:
            yield notified(ChatSessionInvitationNotification, "UNI-CHT-007a.1")
        case ChatKind.GROUP:
            yield notified(GroupChatSessionInvitationNotification, "UNI-CHT-007b.1")
        case ChatKind.LONG_LIVED:
            yield notified(LongLivedGroupChatAddedNotification, "UNI-CHT-032.1")
    text = chat.say(bed.alice)
    yield notified(ChatMessageNotification, chat.terms.receiving, text)
    if isinstance(chat, OneToOneChat) or (
        isinstance(chat, GroupChat) and bed.claims.operation("DELETE group")
    ):
        yield from _end(bed, chat)


def _end(bed: TestBed, chat: OneToOneChat | GroupChat) -> Iterator[NotifiedInBoth]:
    bob = bed.bob
    chat.finish(chat.originator) if isinstance(chat, OneToOneChat) else chat.finish()

    def ends(content: ChatEventNotification) -> bool:
        return content.event_type is EventType.SESSION_ENDED and chat.is_here(bob, content)

    xml, json = (bed.mailboxes.awaited(bob, each, ChatEventNotification, ends) for each in Format)
    clause = "UNI-CHT-012a.1" if isinstance(chat, OneToOneChat) else "UNI-CHT-012b.1"
    yield NotifiedInBoth(xml=xml, json=json, clause=clause)
