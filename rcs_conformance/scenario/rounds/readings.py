"""What is read and told in both formats, with all parameters that are claimed (TS-CHAT-5.4)."""

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
from rcs_conformance.scenario.conversation import Conversation
from rcs_conformance.scenario.group import GroupChat
from rcs_conformance.scenario.markers import marker_in
from rcs_conformance.scenario.one_to_one import OneToOneChat
from rcs_conformance.scenario.rounds.done import any_of
from rcs_conformance.scenario.rounds.groups import claimed_offer
from rcs_conformance.scenario.rounds.requests import about_chat
from rcs_conformance.scenario.rounds.spots import NOBODY, Spot
from rcs_conformance.scenario.stage import Stage
from rcs_conformance.scenario.subscription import Subscription

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """The same thing in both formats.

    Attributes:
        xml: In XML.
        json: In JSON.
    """

    xml: Exchange
    json: Exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a user was told by its subscriptions in both formats.

    Attributes:
        xml: In XML.
        json: In JSON.
        clause: That demands that it is told.
    """

    xml: Awaited[object]
    json: Awaited[object]
    clause: str


def filled(stage: Stage, kind: ChatKind, fmt: Format) -> Spot:
    """An established chat with all parameters, and a message in it with all of its own.

    Raises:
        NotApplicable: The target does not claim this kind of chat.
        Inconclusive: It could not be established, or takes no message.
    """
    chat = _with_everything(stage, kind, fmt)
    message = ChatMessage(
        text=chat.text(),
        report_request=(MessageStatus.DELIVERED, MessageStatus.DISPLAYED),
        client_correlator=stage.markers.next(),
    )
    sent = chat.send(chat.originator, message)
    stage.require_success(sent, chat.terms.sending)
    ids = {
        "messageId": chat.message_id(sent) or NOBODY,
        "participantId": chat.invited[0].address,
    }
    return Spot(chat=chat, who=chat.originator, ids=ids)


def own_words(spot: Spot) -> tuple[str, ...]:
    """What the texts of a chat must differ in from those of another one: marker, correlator."""
    correlator = getattr(spot.chat.request, "client_correlator", None)
    return (spot.chat.marker, *([correlator] if correlator else []))


def _with_everything(stage: Stage, kind: ChatKind, fmt: Format) -> Conversation:
    offer = claimed_offer(stage, closed=True)
    correlator = stage.markers.next()
    match kind:
        case ChatKind.ADHOC:
            return stage.adhoc.between(fmt)
        case ChatKind.ONE_TO_ONE:
            session = stage.sessions.invited(
                SessionOffer(first="hello"), fmt, correlator=correlator
            )
            session.join()
            return session
        case ChatKind.GROUP:
            group = stage.groups.invited(offer, fmt, correlator=correlator)
            for each in group.invited:
                group.join(each, offer.services[:1])
            return group
        case ChatKind.LONG_LIVED:
            long_lived = stage.long_lived.started(offer, fmt, correlator=correlator)
            long_lived.gather()
            return long_lived


def subscription_with_everything(stage: Stage, fmt: Format) -> Subscription:
    """A subscription with all parameters.

    Raises:
        Inconclusive: It is refused.
    """
    offer = SubscriptionOffer(correlator=stage.markers.next(), confirmed_chat=True, adhoc_chat=True)
    return stage.mail.subscribed(stage.alice, fmt, offer)


def in_both(spot: Spot) -> Iterator[Twins]:
    """Each reading about a chat in both formats."""
    return any_of(_in_both(spot), "to read anything of such a chat")


def _in_both(spot: Spot) -> Iterator[Twins]:
    for asked in about_chat(spot.chat):
        if asked.method == "GET":
            xml, json = (spot.send(asked, fmt=fmt) for fmt in Format)
            yield Twins(xml=xml, json=json)


def read_in(spot: Spot, fmt: Format) -> Iterator[Exchange]:
    """Each reading about a chat in one format, but for the status of a message, which moves on."""
    for asked in about_chat(spot.chat):
        if asked.method == "GET" and asked.resource != spot.chat.terms.message_status:
            yield spot.send(asked, fmt=fmt)


def list_in_both(spot: Spot) -> tuple[Exchange, Exchange]:
    """The list that a long-lived group stands in, in XML and in JSON."""
    xml, json = (spot.who.send("GET", "longLivedGroups", fmt=fmt) for fmt in Format)
    return xml, json


Pairs = tuple[tuple[Exchange, Exchange], ...]
"""Readings in XML and in JSON."""


def subscription_in_both(stage: Stage, subscription: Subscription) -> tuple[Pairs, Pairs]:
    """A subscription alone, and the list that it stands in, where the target claims them."""
    alone: Pairs = ()
    listed: Pairs = ()
    if stage.claims.operation("GET subscription"):
        alone = ((subscription.read(Format.XML), subscription.read(Format.JSON)),)
    if stage.claims.operation("GET subscriptions"):
        xml, json = (stage.alice.send("GET", "subscriptions", fmt=fmt) for fmt in Format)
        listed = ((xml, json),)
    if not alone and not listed:
        raise NotApplicable("the target does not claim to read subscriptions")
    return alone, listed


def subscriptions_made(stage: Stage, fmt: Format) -> tuple[Exchange, Exchange, tuple[str, ...]]:
    """Two subscriptions created in XML and in JSON, read in a format, and their own words.

    Raises:
        NotApplicable: The target does not claim to read subscriptions.
        Inconclusive: One is refused.
    """
    if not stage.claims.operation("GET subscription"):
        raise NotApplicable("the target does not claim to read subscriptions")
    made = [subscription_with_everything(stage, each) for each in Format]
    xml, json = (each.read(fmt) for each in made)
    words: list[str] = []
    for each in made:
        each.delete()
        callback = each.asked.callback_reference
        named = (each.asked.client_correlator, callback.notify_url, callback.callback_data)
        words += [word for word in (*named, callback.notification_format) if word]
    return xml, json, tuple(words)


def told_in_both(stage: Stage, kind: ChatKind, fmt: Format) -> Iterator[Told]:
    """An invitation, a message and an end, each as two subscriptions of one user tell it."""
    for each in Format:
        stage.mail.box(stage.bob, each)
    chat = stage.talk(kind, fmt)
    marker = chat.marker

    def told(content: type[T], clause: str, text: str = "") -> Told:
        def fits(found: T) -> bool:
            message = getattr(found, "chat_message", None)
            if text:
                return message is not None and message.text == text
            return marker_in(getattr(found, "subject", None)) == marker

        xml, json = (stage.mail.awaited(stage.bob, each, content, fits) for each in Format)
        return Told(xml=xml, json=json, clause=clause)

    match kind:
        case ChatKind.ONE_TO_ONE:
            yield told(ChatSessionInvitationNotification, "UNI-CHT-007a.1")
        case ChatKind.GROUP:
            yield told(GroupChatSessionInvitationNotification, "UNI-CHT-007b.1")
        case ChatKind.LONG_LIVED:
            yield told(LongLivedGroupChatAddedNotification, "UNI-CHT-032.1")
    text = chat.say(stage.alice)
    yield told(ChatMessageNotification, chat.terms.receiving, text)
    if isinstance(chat, OneToOneChat) or (
        isinstance(chat, GroupChat) and stage.claims.operation("DELETE group")
    ):
        yield from _end(chat)


def _end(chat: OneToOneChat | GroupChat) -> Iterator[Told]:
    stage, bob = chat.stage, chat.stage.bob
    chat.finish(chat.originator) if isinstance(chat, OneToOneChat) else chat.finish()

    def ends(content: ChatEventNotification) -> bool:
        return content.event_type is EventType.SESSION_ENDED and chat.is_here(bob, content)

    xml, json = (stage.mail.awaited(bob, each, ChatEventNotification, ends) for each in Format)
    clause = "UNI-CHT-012a.1" if isinstance(chat, OneToOneChat) else "UNI-CHT-012b.1"
    yield Told(xml=xml, json=json, clause=clause)
