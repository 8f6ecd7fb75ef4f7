"""Requests about resources that do not exist, and rejections of each kind (TS-CHAT-5.7, 5.9)."""

from collections.abc import Iterator

from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.operations.addressed_chat import UNKNOWN_ID, AddressedChat, inhabited
from rcs_conformance.scenario.operations.requests import ChatRequest, about_chat, about_message
from rcs_conformance.scenario.operations.results import any_of
from rcs_conformance.strategies import PICTURE
from rcs_conformance.strategies.invalid_requests import without


def chats(bed: TestBed, kind: ChatKind, fmt: Format) -> Iterator[tuple[Exchange, ChatRequest]]:
    """Each request about a chat that does not exist."""
    chat = bed.nonexistent(kind, fmt)
    addressed = AddressedChat(chat=chat, who=chat.originator)
    return ((addressed.send(request), request) for request in about_chat(chat))


def forms(bed: TestBed, kind: ChatKind, fmt: Format) -> Exchange:
    """A message to a chat that does not exist, as form fields.

    Raises:
        NotApplicable: The target does not claim this kind of chat, or messages as form fields.
    """
    chat = bed.nonexistent(kind, fmt)
    if kind is ChatKind.LONG_LIVED:
        bed.claims.require_feature("form")
    else:
        bed.claims.require_operation(f"POST {chat.terms.messages} form")
    return chat.send(bed.alice, bed.alice.form(ChatMessage(text=chat.text())))


def multipart(bed: TestBed, kind: ChatKind, fmt: Format) -> Exchange:
    """A multimedia message to a chat that does not exist.

    Raises:
        NotApplicable: The target does not claim this kind of chat, or multimedia messages.
    """
    bed.claims.require_feature("multimedia")
    chat = bed.nonexistent(kind, fmt)
    return chat.upload(bed.alice, PICTURE, ChatMessage(text=chat.text()))


def messages(bed: TestBed, kind: ChatKind, fmt: Format) -> Iterator[Exchange]:
    """Each request about a message that does not exist, by a receiver in a chat that does.

    Raises:
        NotApplicable: The target claims no status of messages in this kind of chat.
    """
    chat = bed.established_chat(kind, fmt)
    addressed = AddressedChat(chat=chat, who=bed.bob, ids={"messageId": UNKNOWN_ID})
    return any_of(
        (addressed.send(each) for each in about_message(chat)),
        "the status of messages in such a chat",
    )


def participants(bed: TestBed, fmt: Format) -> Iterator[Exchange]:
    """Each request about a participant whom a group chat does not have, by its originator."""
    group = bed.groups.invited(GroupOffer(), fmt, invite=(bed.bob,))
    addressed = AddressedChat(chat=group, who=bed.alice, ids={"participantId": bed.unknown_address})
    request = (ChatRequest(method=method, resource="participant") for method in ("GET", "DELETE"))
    return (addressed.send(each) for each in request if bed.claims.operation(each.operation))


def subscriptions(bed: TestBed, fmt: Format) -> Iterator[Exchange]:
    """Each request about a subscription that was deleted."""
    subscription = bed.mailboxes.subscribe(bed.alice, fmt)
    bed.require_success(subscription.delete(), "TS-CHAT-4.1.1")
    if bed.claims.operation("GET subscription"):
        yield subscription.read()
    yield subscription.delete()


def refusals_of_subscriptions(bed: TestBed, fmt: Format) -> Iterator[tuple[Exchange, str]]:
    """A rejection of each sort about subscriptions, with the clause that demands it."""
    alice = bed.alice
    request = bed.mailboxes.request(bed.mailboxes.of(alice, fmt))
    miss = bed.mutated(request, without("notifyURL"), fmt)
    for content, credentials, clause in (
        (miss, None, "TS-CHAT-5.8"),
        (request, "", "TS-CHAT-5.10"),
        (request, bed.bob, "TS-CHAT-5.16"),
    ):
        exchange = alice.send("POST", "subscriptions", content, fmt=fmt, credentials=credentials)
        yield exchange, clause
    for exchange in subscriptions(bed, fmt):
        yield exchange, "TS-CHAT-5.9"


def refusals(bed: TestBed, kind: ChatKind, fmt: Format) -> Iterator[tuple[Exchange, str]]:
    """A rejection of each sort about a chat of a kind, with the clause that demands it."""
    addressed = inhabited(bed, kind, fmt)
    terms = addressed.chat.terms
    message = ChatMessage(text=addressed.chat.text())
    sending = ChatRequest(method="POST", resource=terms.messages)
    yield addressed.send(sending, bed.mutated(message, without("text"), fmt)), "TS-CHAT-5.8"
    yield addressed.send(sending, message, credentials=""), "TS-CHAT-5.10"
    yield addressed.send(sending, message, credentials=bed.carol), "TS-CHAT-5.16"
    if terms.chat:
        nonexistent = bed.nonexistent(kind, fmt)
        yield nonexistent.read(bed.alice), "TS-CHAT-5.9"
