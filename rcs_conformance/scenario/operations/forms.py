"""Each request that may be made of form fields (TS-CHAT-5.3), or of other spellings of XML."""

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.chats.group import GroupChat
from rcs_conformance.scenario.chats.one_to_one import OneToOneChat
from rcs_conformance.scenario.mailboxes.subscription import Subscription
from rcs_conformance.scenario.operations.groups import claimed_offer

AnyChat = TypeVar("AnyChat", bound=Chat)

TEXT = "50 % + 1 & more"
"""A text whose characters mean something in forms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A message that was sent as form fields.

    Attributes:
        chat: Where.
        text: Its text.
        exchange: What was exchanged.
    """

    chat: Chat
    text: str
    exchange: Exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class Started(Generic[AnyChat]):
    """A chat that was requested as form fields or otherwise, and one by the same usual request.

    Attributes:
        chat: The one by form fields.
        control: The other one.
    """

    chat: AnyChat
    control: AnyChat

    @property
    def words(self) -> tuple[str, str]:
        """What the texts of the two differ in."""
        return (self.chat.marker, self.control.marker)


def subscription(bed: TestBed, fmt: Format) -> Subscription:
    """A subscription requested as form fields, whatever the response."""
    bed.claims.require_operation("POST subscriptions form")
    return bed.mailboxes.subscribe(bed.alice, fmt, written=bed.alice.form)


def session(bed: TestBed, fmt: Format) -> Started[OneToOneChat]:
    """A 1-to-1 chat requested as form fields, whatever the response."""
    bed.claims.require_operation("POST oneToOneSessions form")
    offer = SessionOffer(subject=TEXT)
    return Started(
        chat=bed.sessions.start(offer, fmt, written=bed.alice.form),
        control=bed.sessions.started(offer, fmt),
    )


def group(bed: TestBed, fmt: Format) -> Started[GroupChat]:
    """A group chat requested as form fields, whatever the response."""
    bed.claims.require_operation("POST groups form")
    offer = replace(claimed_offer(bed, closed=True), subject=TEXT)
    return Started(
        chat=bed.groups.start(offer, fmt, written=bed.alice.form),
        control=bed.groups.started(offer, fmt),
    )


def group_as_text_xml(bed: TestBed) -> Started[GroupChat]:
    """A closed group chat requested as text/xml with 1 for true, whatever the response."""
    offer = claimed_offer(bed, closed=True)
    return Started(
        chat=bed.groups.start(offer, Format.XML, written=bed.alice.text_xml),
        control=bed.groups.started(offer, Format.XML),
    )


def message(bed: TestBed, kind: ChatKind, fmt: Format) -> Sent:
    """A message in a chat of a kind, whatever the response.

    That to a long-lived group has no SCR item of its own; it goes by the feature.
    """
    chat = bed.established_chat(kind, fmt)
    if kind is not ChatKind.LONG_LIVED:
        bed.claims.require_operation(f"POST {chat.terms.messages} form")
    text = chat.text(TEXT)
    exchange = chat.send(bed.alice, bed.alice.form(ChatMessage(text=text)))
    return Sent(chat=chat, text=text, exchange=exchange)
