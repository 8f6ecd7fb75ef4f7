"""A chat and a message in it, as one user addresses them, for requests of all kinds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rcs_conformance.driver import Actor, Negotiation
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.operations.requests import ChatRequest, about_chat, in_collections

UNKNOWN_ID = "nobody"
"""An id that nothing has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressedChat:
    """A chat and something in it.

    Attributes:
        chat: The chat.
        who: Whose resources are addressed.
        ids: Path variables beside those of the chat itself.
        texts: The messages that were sent in it.
    """

    chat: Chat
    who: Actor
    ids: Mapping[str, str] = field(default_factory=dict)
    texts: tuple[str, ...] = ()

    def send(
        self,
        request: ChatRequest,
        content: object | None = None,
        *,
        fmt: Format | None = None,
        negotiation: Negotiation | None = None,
        credentials: Actor | str | None = None,
    ) -> Exchange:
        """Make a request.

        Args:
            request: The request.
            content: Instead of its own structure.
            fmt: Instead of the chat's format.
            negotiation: How the format of the response is requested.
            credentials: Whose token is sent instead, or a token as text.
        """
        if content is None and request.content is not None:
            content = request.content(self.chat)
        others = {"participantId": self.who.address, "messageId": UNKNOWN_ID, **self.ids}
        return self.who.send(
            request.method,
            request.resource,
            content,
            fmt=fmt or self.chat.fmt,
            negotiation=negotiation,
            credentials=credentials,
            ids={**self.chat.variables(self.who), **others},
        )

    def every_request(self, credentials: Actor | str) -> tuple[Exchange, ...]:
        """Make each request there is about the chat with other credentials, deletions last."""
        request = (*in_collections(self.chat), *about_chat(self.chat))
        return tuple(self.send(each, credentials=credentials) for each in request)


def inhabited(bed: TestBed, kind: ChatKind, fmt: Format) -> AddressedChat:
    """An established chat with a message in it, as who began it addresses them.

    Raises:
        NotApplicable: The target does not claim this kind of chat.
        Inconclusive: It could not be established, or takes no message.
    """
    chat = bed.established_chat(kind, fmt)
    message = ChatMessage(text=chat.text())
    sent = chat.send(chat.originator, message)
    bed.require_success(sent, chat.terms.sending)
    ids = {"messageId": chat.message_id(sent) or UNKNOWN_ID}
    return AddressedChat(chat=chat, who=chat.originator, ids=ids, texts=(message.text,))
