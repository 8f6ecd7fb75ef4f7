"""Each request that may be made of form fields (TS-CHAT-5.3)."""

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.scenario.conversation import Conversation
from rcs_conformance.scenario.group import GroupChat
from rcs_conformance.scenario.one_to_one import OneToOneChat
from rcs_conformance.scenario.rounds.groups import claimed_offer
from rcs_conformance.scenario.stage import Stage
from rcs_conformance.scenario.subscription import Subscription

Chat = TypeVar("Chat", bound=Conversation)

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

    chat: Conversation
    text: str
    exchange: Exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class Started(Generic[Chat]):
    """A chat that was asked for by form fields, and one by the same request otherwise.

    Attributes:
        chat: The one by form fields.
        control: The other one.
    """

    chat: Chat
    control: Chat

    @property
    def words(self) -> tuple[str, str]:
        """What the texts of the two differ in."""
        return (self.chat.marker, self.control.marker)


def subscription(stage: Stage, fmt: Format) -> Subscription:
    """A subscription that is asked for by form fields, whatever comes of it."""
    stage.claims.require_operation("POST subscriptions form")
    return stage.mail.subscribe(stage.alice, fmt, written=stage.alice.form)


def session(stage: Stage, fmt: Format) -> Started[OneToOneChat]:
    """A 1-to-1 chat that is asked for by form fields, whatever comes of it."""
    stage.claims.require_operation("POST oneToOneSessions form")
    offer = SessionOffer(subject=TEXT)
    return Started(
        chat=stage.sessions.start(offer, fmt, as_form=True),
        control=stage.sessions.started(offer, fmt),
    )


def group(stage: Stage, fmt: Format) -> Started[GroupChat]:
    """A group chat that is asked for by form fields, whatever comes of it."""
    stage.claims.require_operation("POST groups form")
    offer = replace(claimed_offer(stage, closed=True), subject=TEXT)
    return Started(
        chat=stage.groups.start(offer, fmt, as_form=True),
        control=stage.groups.started(offer, fmt),
    )


def message(stage: Stage, kind: ChatKind, fmt: Format) -> Sent:
    """A message in a chat of a kind, whatever comes of it.

    That to a long-lived group has no SCR item of its own; it goes by the feature.
    """
    chat = stage.talk(kind, fmt)
    if kind is not ChatKind.LONG_LIVED:
        stage.claims.require_operation(f"POST {chat.terms.messages} form")
    text = chat.text(TEXT)
    exchange = chat.send(stage.alice, stage.alice.form(ChatMessage(text=text)))
    return Sent(chat=chat, text=text, exchange=exchange)
