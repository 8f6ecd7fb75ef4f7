"""Requests about what does not exist, and refusals of each sort (TS-CHAT-5.7, 5.9)."""

from collections.abc import Iterator

from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario.rounds.done import any_of
from rcs_conformance.scenario.rounds.requests import Asked, about_chat, about_message
from rcs_conformance.scenario.rounds.spots import NOBODY, Spot, inhabited
from rcs_conformance.scenario.stage import Stage
from rcs_conformance.strategies.invalid_requests import without


def chats(stage: Stage, kind: ChatKind, fmt: Format) -> Iterator[tuple[Exchange, Asked]]:
    """Each request about a chat that does not exist."""
    chat = stage.nowhere(kind, fmt)
    spot = Spot(chat=chat, who=chat.originator)
    return ((spot.send(asked), asked) for asked in about_chat(chat))


def messages(stage: Stage, kind: ChatKind, fmt: Format) -> Iterator[Exchange]:
    """Each request about a message that does not exist, by a receiver in a chat that does.

    Raises:
        NotApplicable: The target claims no status of messages in this kind of chat.
    """
    chat = stage.talk(kind, fmt)
    spot = Spot(chat=chat, who=stage.bob, ids={"messageId": NOBODY})
    return any_of(
        (spot.send(each) for each in about_message(chat)), "the status of messages in such a chat"
    )


def participants(stage: Stage, fmt: Format) -> Iterator[Exchange]:
    """Each request about a participant whom a group chat does not have, by its originator."""
    group = stage.groups.invited(GroupOffer(), fmt, invite=(stage.bob,))
    spot = Spot(chat=group, who=stage.alice, ids={"participantId": stage.unknown_address})
    asked = (Asked(method=method, resource="participant") for method in ("GET", "DELETE"))
    return (spot.send(each) for each in asked if stage.claims.operation(each.operation))


def subscriptions(stage: Stage, fmt: Format) -> Iterator[Exchange]:
    """Each request about a subscription that was deleted."""
    subscription = stage.mail.subscribe(stage.alice, fmt)
    stage.require_success(subscription.delete(), "TS-CHAT-4.1.1")
    if stage.claims.operation("GET subscription"):
        yield subscription.read()
    yield subscription.delete()


def refusals_of_subscriptions(stage: Stage, fmt: Format) -> Iterator[tuple[Exchange, str]]:
    """A refusal of each sort about subscriptions, with the clause that demands it."""
    alice = stage.alice
    asked = stage.mail.request(stage.mail.box(alice, fmt))
    miss = stage.near_miss(asked, without("notifyURL"), fmt)
    for content, credentials, clause in (
        (miss, None, "TS-CHAT-5.8"),
        (asked, "", "TS-CHAT-5.10"),
        (asked, stage.bob, "TS-CHAT-5.10"),
    ):
        exchange = alice.send("POST", "subscriptions", content, fmt=fmt, credentials=credentials)
        yield exchange, clause
    for exchange in subscriptions(stage, fmt):
        yield exchange, "TS-CHAT-5.9"


def refusals(stage: Stage, kind: ChatKind, fmt: Format) -> Iterator[tuple[Exchange, str]]:
    """A refusal of each sort about a chat of a kind, with the clause that demands it."""
    spot = inhabited(stage, kind, fmt)
    terms = spot.chat.terms
    message = ChatMessage(text=spot.chat.text())
    sending = Asked(method="POST", resource=terms.messages)
    yield spot.send(sending, stage.near_miss(message, without("text"), fmt)), "TS-CHAT-5.8"
    yield spot.send(sending, message, credentials=""), "TS-CHAT-5.10"
    yield spot.send(sending, message, credentials=stage.carol), "TS-CHAT-5.10"
    if terms.chat:
        nowhere = stage.nowhere(kind, fmt)
        yield nowhere.read(stage.alice), "TS-CHAT-5.9"
