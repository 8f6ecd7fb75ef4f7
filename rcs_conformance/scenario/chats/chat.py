"""What all kinds of chat in the test bed have in common: users, messages, and what arrives."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar

from rcs_conformance.driver import Actor, Body
from rcs_conformance.errors import Cause, HarnessError, Inconclusive
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import (
    ChatMessage,
    IsComposing,
    MessageStatus,
    MessageStatusReport,
)
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatIdentity, ChatKind
from rcs_conformance.model.media import Attachment
from rcs_conformance.scenario.environment import Environment
from rcs_conformance.scenario.setup.markers import before
from rcs_conformance.scenario.setup.preconditions import require_success
from rcs_conformance.scenario.setup.terms import TERMS, Terms
from rcs_conformance.wire.created import created_id

Content = TypeVar("Content")


STATUS_FEATURE = "group_message_status"
"""The feature without which a target need not have the status of messages in groups."""


def _always(_content: object) -> bool:
    return True


@dataclass(slots=True, kw_only=True)
class Chat:
    """A chat of any kind; each of its users knows it under an id of its own.

    Attributes:
        environment: The users, their mailboxes, and what the target claims.
        fmt: The format of its requests.
        marker: What tells its texts from those of others.
        originator: Who started it.
        invited: The others, as they were named at the start.
        request: The structure of the request that created it; `None` for an ad-hoc chat.
        created_by: The exchange of that request; `None` likewise.
        ids: The id of the chat by address of the user.
        is_told_apart: Whether no other chat is taken for it, though no text tells it from others.
    """

    kind: ClassVar[ChatKind]

    environment: Environment
    fmt: Format
    marker: str
    originator: Actor
    invited: tuple[Actor, ...]
    request: object | None = None
    created_by: Exchange | None = None
    ids: dict[str, str] = field(default_factory=dict)
    is_told_apart: bool = False

    @property
    def terms(self) -> Terms:
        """What resources and clauses of this kind of chat are called."""
        return TERMS[self.kind]

    @property
    def creation(self) -> Exchange:
        if self.created_by is None:
            raise HarnessError("this chat was not started by a request")
        return self.created_by

    @property
    def everyone(self) -> tuple[Actor, ...]:
        """The originator and all who were named at the start."""
        return (self.originator, *self.invited)

    def others(self, who: Actor) -> tuple[Actor, ...]:
        return tuple(each for each in self.everyone if each is not who)

    def chat_id(self, who: Actor) -> str:
        """The id under which a user knows the chat: of its session, or of the group chat.

        Raises:
            Inconclusive: The user has none, since it was not notified of one.
        """
        try:
            return self.ids[who.address]
        except KeyError:
            raise self._unknown(who) from None

    def know(self, who: Actor, chat_id: str) -> None:
        """Remember the id of the chat from the view of a user."""
        self.ids[who.address] = chat_id
        self.environment.mailboxes.claim(who, chat_id)

    def tell_apart(self) -> None:
        """All users know a chat without a text by its ids: others may start the like.

        Where each process has subscriptions of its own, others may be notified of it only later.
        """
        if not self.is_told_apart and self.environment.mailboxes.shared is not None:
            self.is_told_apart = True
            self.environment.chat_lock.known()

    def identity(self, who: Actor) -> ChatIdentity:
        """By what a user knows the chat again in its notifications."""
        return ChatIdentity(kind=self.kind, id=self.chat_id(who))

    def _unknown(self, who: Actor) -> Inconclusive:
        """Why a user has no id of the chat: it was not notified of it."""
        reason = f"no chat id is known for {who.address}"
        return Inconclusive(Cause.PRECONDITION, reason, self.terms.established)

    def chat_id_in(self, content: object) -> str | None:
        """What a notification says which chat it is about."""
        found = getattr(content, "session_id", None)
        return found if isinstance(found, str) else None

    def variables(self, who: Actor) -> dict[str, str]:
        """The path variables by which a user addresses the chat."""
        return {"sessionId": self.chat_id(who)}

    @property
    def report_path(self) -> str:
        """Path of the status of messages; empty where the target need not have it."""
        is_long_lived = self.kind in (ChatKind.GROUP, ChatKind.LONG_LIVED)
        if is_long_lived and not self.environment.claims.feature(STATUS_FEATURE):
            return ""
        return self.environment.path(self.terms.message_status)

    # What a user can do ------------------------------------------------------------------------

    def do(
        self, who: Actor, method: str, resource: str, content: object | None = None, **more: str
    ) -> Exchange:
        """Send a request about this chat as one of its users."""
        ids = {**self.variables(who), **more}
        return who.send(method, resource, content, fmt=self.fmt, ids=ids)

    def get(self, who: Actor, resource: str, fmt: Format | None = None, **more: str) -> Exchange:
        """Read something of this chat, in another format where one is given."""
        ids = {**self.variables(who), **more}
        return who.send("GET", resource, fmt=fmt or self.fmt, ids=ids)

    def read(self, who: Actor, fmt: Format | None = None) -> Exchange:
        """Read the chat, in another format where one is given."""
        return self.get(who, self.terms.chat, fmt)

    def send(self, who: Actor, message: ChatMessage | Body) -> Exchange:
        """Send a message; as a `Body` also one that no structure can say."""
        return self.do(who, "POST", self.terms.messages, message)

    def upload(self, who: Actor, attachment: Attachment, message: ChatMessage) -> Exchange:
        """Send a multimedia message: content of other media, with a message beside it."""
        return self.send(who, who.multipart(message, attachment, self.fmt))

    def compose(self, who: Actor, indication: IsComposing | Body) -> Exchange:
        return self.do(who, "POST", self.terms.messages, indication)

    def report(self, who: Actor, message_id: str, status: MessageStatus) -> Exchange:
        report = MessageStatusReport(status=status)
        return self.do(who, "PUT", self.terms.message_status, report, messageId=message_id)

    def read_status(
        self, who: Actor, message_id: str | None, fmt: Format | None = None
    ) -> Exchange:
        """Read the status of a message; `nobody` stands for an unknown id."""
        return self.get(who, self.terms.message_status, fmt, messageId=message_id or "nobody")

    def message_id(self, sent: Exchange) -> str | None:
        """The id of a message that was sent, from its sender's view."""
        path = self.environment.path(self.terms.messages)
        return created_id(sent, f"{path}/{{messageId}}", "messageId")

    def say(self, who: Actor, text: str = "hello") -> str:
        """Send a message behind a marker, and return its text.

        Raises:
            Inconclusive: It is rejected; attributed to UNI-CHT-018.
        """
        marked = self.text(text)
        require_success(self.send(who, ChatMessage(text=marked)), self.terms.sending)
        return marked

    def show(self, who: Actor, attachment: Attachment) -> str:
        """Send a multimedia message beside a text of its own, and return the text.

        Raises:
            Inconclusive: It is rejected; attributed to UNI-CHT-026.
        """
        marked = self.text(attachment.name)
        sent = self.upload(who, attachment, ChatMessage(text=marked))
        require_success(sent, self.terms.uploading)
        return marked

    def text(self, text: str = "hello") -> str:
        """A text for a message, with a marker of its own behind the white space at its start."""
        return before(text, self.environment.markers.next())

    # What a user is told -----------------------------------------------------------------------

    def awaited(
        self,
        who: Actor,
        kind: type[Content],
        where: Callable[[Content], bool] = _always,
    ) -> Awaited[Content]:
        """Wait for a notification about this chat.

        Args:
            who: Whom it should reach.
            kind: Its structure.
            where: What else must hold for its content.
        """
        return self.environment.mailboxes.awaited(
            who, self.fmt, kind, lambda content: self.is_here(who, content) and where(content)
        )

    def awaited_any(
        self, who: Actor, root: str, where: Callable[[object], bool]
    ) -> Awaited[object]:
        """Wait for a notification about this chat that may be of several structures.

        Args:
            who: Whom it should reach.
            root: The structure that is named where nothing came.
            where: What must hold for its content.
        """
        return self.environment.mailboxes.awaited(
            who,
            self.fmt,
            object,
            lambda content: self.is_here(who, content) and where(content),
            root,
        )

    def received(self, who: Actor, kind: type[Content]) -> tuple[Content, ...]:
        """The notifications to a user about this chat so far, in order."""
        contents = (each.content for each in self.environment.mailboxes.of(who, self.fmt).arrived())
        return tuple(
            content
            for content in contents
            if isinstance(content, kind) and self.is_here(who, content)
        )

    def is_here(self, who: Actor, content: object) -> bool:
        """Whether a notification is about this chat."""
        return self.chat_id_in(content) == self.chat_id(who)
