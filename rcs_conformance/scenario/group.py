"""A group chat on the stage: who takes part under which session id, and what they can do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from rcs_conformance.driver import Actor, Body, Negotiation
from rcs_conformance.errors import Cause, HarnessError, Inconclusive
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import (
    ChatMessage,
    IsComposing,
    MessageStatus,
    MessageStatusReport,
    ParticipantInformation,
    ParticipantList,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    GroupChatSessionInvitationNotification,
)
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario.markers import marker_in
from rcs_conformance.scenario.preconditions import require_arrival, require_success
from rcs_conformance.scenario.recognition import ids_in, usable
from rcs_conformance.wire.created import created_id
from rcs_conformance.wire.urls import identifiers

if TYPE_CHECKING:
    from rcs_conformance.scenario.stage import Stage

Content = TypeVar("Content")


def _always(_content: object) -> bool:
    return True


@dataclass(slots=True, kw_only=True)
class GroupChat:
    """A group chat that was asked for; each user knows it under a session id of its own.

    Attributes:
        stage: Where it takes place.
        fmt: The format in which everybody speaks.
        offer: What was asked for.
        subject: The subject that was sent: the offer's behind the marker; `None` without one.
        marker: What tells its texts from those of others.
        originator: Who started it.
        invited: Who was named in the request.
        request: The structure that asked for it; `None` for a chat that does not exist.
        asked: The exchange that asked for it; `None` for a chat that does not exist.
        ids: The session id by address of the user.
        invitations: The invitation by address of the user.
    """

    stage: "Stage"
    fmt: Format
    offer: GroupOffer
    subject: str | None
    marker: str
    originator: Actor
    invited: tuple[Actor, ...]
    request: object | None
    asked: Exchange | None
    ids: dict[str, str] = field(default_factory=dict)
    invitations: dict[str, Awaited[GroupChatSessionInvitationNotification]] = field(
        default_factory=dict
    )

    @property
    def services(self) -> tuple[str, ...]:
        """The services that the chat must have: those asked for that the target supports."""
        supported = self.stage.supported_services
        return tuple(service for service in self.offer.services if service in supported)

    @property
    def started(self) -> Exchange:
        """The exchange that asked for it."""
        if self.asked is None:
            raise HarnessError("nobody asked for this chat: it does not exist")
        return self.asked

    @property
    def everyone(self) -> tuple[Actor, ...]:
        """The originator and all who were invited at the start."""
        return (self.originator, *self.invited)

    def session_id(self, who: Actor) -> str:
        """The session id under which a user knows the chat.

        Raises:
            Inconclusive: The user has none, for it was not invited.
        """
        try:
            return self.ids[who.address]
        except KeyError:
            raise Inconclusive(
                Cause.PRECONDITION, f"{who.address} knows no session id", "UNI-CHT-007b.1"
            ) from None

    # What a user can do ------------------------------------------------------------------------

    def do(
        self, who: Actor, method: str, resource: str, content: object | None = None, **more: str
    ) -> Exchange:
        """Send a request about this chat as one of its users."""
        ids = {"sessionId": self.session_id(who), **more}
        return who.send(method, resource, content, fmt=self.fmt, ids=ids)

    def read(self, who: Actor, fmt: Format | None = None) -> Exchange:
        """Read the chat, in another format where one is given."""
        return self._get(who, "group", fmt)

    def read_as(self, who: Actor, negotiation: Negotiation) -> Exchange:
        """Read the chat, asking for the format in a certain way."""
        ids = {"sessionId": self.session_id(who)}
        return who.send("GET", "group", fmt=self.fmt, negotiation=negotiation, ids=ids)

    def read_with(self, who: Actor, credentials: "Actor | str") -> Exchange:
        """Read the chat with the token of somebody else, or one given as text."""
        ids = {"sessionId": self.session_id(who)}
        return who.send("GET", "group", fmt=self.fmt, credentials=credentials, ids=ids)

    def start_again(self) -> Exchange:
        """Repeat the request that asked for the chat."""
        return self.originator.send("POST", "groups", self.request, fmt=self.fmt)

    def read_participants(self, who: Actor, fmt: Format | None = None) -> Exchange:
        """Read the list of participants."""
        return self._get(who, "participants", fmt)

    def read_participant(self, who: Actor, whom: Actor, fmt: Format | None = None) -> Exchange:
        """Read one participant."""
        return self._get(who, "participant", fmt, participantId=whom.address)

    def _get(self, who: Actor, resource: str, fmt: Format | None, **more: str) -> Exchange:
        ids = {"sessionId": self.session_id(who), **more}
        return who.send("GET", resource, fmt=fmt or self.fmt, ids=ids)

    def accept(self, who: Actor, services: tuple[str, ...] = ()) -> Exchange:
        """Accept the invitation, or join again after leaving."""
        status = ParticipantSessionStatus(
            status=ParticipantStatus.CONNECTED, supported_service=services
        )
        return self.do(who, "PUT", "participantStatus", status, participantId=who.address)

    def leave(self, who: Actor) -> Exchange:
        """Decline the invitation, or leave after accepting it."""
        return self.remove(who, who)

    def remove(self, who: Actor, whom: Actor) -> Exchange:
        """Take a participant out: cancel its invitation, where that is allowed."""
        return self.do(who, "DELETE", "participant", participantId=whom.address)

    def end(self, who: Actor) -> Exchange:
        """Cancel the chat before anybody accepted, end it afterwards."""
        return self.do(who, "DELETE", "group")

    def add(self, who: Actor, *whom: Actor) -> Exchange:
        """Invite more users; their mailboxes are open before that."""
        for each in whom:
            self.stage.mail.box(each, self.fmt)
        added = tuple(ParticipantInformation(address=each.address) for each in whom)
        return self.do(who, "POST", "participants", ParticipantList(participant=added))

    def send(self, who: Actor, message: "ChatMessage | Body") -> Exchange:
        """Send a message."""
        return self.do(who, "POST", "groupMessages", message)

    def compose(self, who: Actor, indication: "IsComposing | Body") -> Exchange:
        """Send a composing indication."""
        return self.do(who, "POST", "groupMessages", indication)

    def report(self, who: Actor, message_id: str, status: MessageStatus) -> Exchange:
        """Report the status of a received message."""
        report = MessageStatusReport(status=status)
        return self.do(who, "PUT", "groupMessageStatus", report, messageId=message_id)

    def read_status(
        self, who: Actor, message_id: str | None, fmt: Format | None = None
    ) -> Exchange:
        """Read the status of a message; `nobody` stands for an id that was not told."""
        return self._get(who, "groupMessageStatus", fmt, messageId=message_id or "nobody")

    def created_id(self, start: Exchange) -> str | None:
        """The session id that the answer to a start tells."""
        return created_id(start, self.stage.path("group"), "sessionId")

    def message_id(self, sent: Exchange) -> str | None:
        """The id of a message that was sent, from its sender's view."""
        path = self.originator.binding.resources["groupMessages"].path
        return created_id(sent, f"{path}/{{messageId}}", "messageId")

    # What a user does on the way to something else: `Inconclusive` where it is refused -----------

    def gather(self) -> None:
        """Wait for the invitations of all; a missing one is the business of UNI-CHT-007b.1."""
        for each in self.invited:
            require_arrival(self.invitation(each), "UNI-CHT-007b.1")

    def cancel(self) -> None:
        """Cancel the chat; a refusal is the business of UNI-CHT-003b.1."""
        require_success(self.end(self.originator), "UNI-CHT-003b.1")

    def finish(self) -> None:
        """End the chat; a refusal is the business of TS-CHAT-4.1.6."""
        require_success(self.end(self.originator), "TS-CHAT-4.1.6")

    def join(self, who: Actor, services: tuple[str, ...] = ()) -> None:
        """Accept the invitation; a refusal is the business of UNI-CHT-008b.1."""
        require_success(self.accept(who, services), "UNI-CHT-008b.1")

    def decline(self, who: Actor) -> None:
        """Decline the invitation; a refusal is the business of UNI-CHT-009b.1."""
        require_success(self.leave(who), "UNI-CHT-009b.1")

    def depart(self, who: Actor) -> None:
        """Leave the chat; a refusal is the business of UNI-CHT-011.1."""
        require_success(self.leave(who), "UNI-CHT-011.1")

    def say(self, who: Actor, text: str = "hello") -> str:
        """Send a message behind a marker, and return its text; a refusal is for UNI-CHT-018.3."""
        marked = self.text(text)
        require_success(self.send(who, ChatMessage(text=marked)), "UNI-CHT-018.3")
        return marked

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
        return self.stage.mail.awaited(
            who, self.fmt, kind, lambda content: self._is_here(who, content) and where(content)
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
        return self.stage.mail.awaited(
            who,
            self.fmt,
            object,
            lambda content: self._is_here(who, content) and where(content),
            root,
        )

    def told(self, who: Actor, kind: type[Content]) -> tuple[Content, ...]:
        """What a user was told about this chat so far, in order."""
        contents = (each.content for each in self.stage.mail.box(who, self.fmt).arrived())
        return tuple(
            content
            for content in contents
            if isinstance(content, kind) and self._is_here(who, content)
        )

    def invitation(self, who: Actor) -> Awaited[GroupChatSessionInvitationNotification]:
        """The invitation of a user, waited for once; its session id is remembered."""
        recognition = self.stage.recognition
        marker = None if self.subject is None else self.marker
        if who.address not in self.invitations:
            found = self.stage.mail.awaited(
                who,
                self.fmt,
                GroupChatSessionInvitationNotification,
                lambda content: recognition.is_to(who, content, marker, self.fmt),
                after=self.started.number,
            )
            self.invitations[who.address] = found
            if found.content is not None:
                session_id = usable(who, ids_in(who, found.content), self.fmt)
                if session_id is not None:
                    self.ids[who.address] = session_id
                    recognition.claim(who, session_id)
        return self.invitations[who.address]

    def own_invitations(self, who: Actor) -> frozenset[str | None]:
        """The session ids of all invitations to this chat that a user got.

        They are known by the marker in the subject, or by the session id.
        """
        got = (each.content for each in self.stage.mail.box(who, self.fmt).arrived())
        return frozenset(
            content.session_id
            for content in got
            if isinstance(content, GroupChatSessionInvitationNotification)
            and (
                marker_in(content.subject) == self.marker
                or content.session_id == self.session_id(who)
            )
        )

    def text(self, text: str = "hello") -> str:
        """A text for a message, behind a marker of its own."""
        return f"{self.stage.markers.next()} {text}"

    def _is_here(self, who: Actor, content: object) -> bool:
        """Whether a notification is about this chat: by its session id, or by its link.

        An event without any id is taken for one of this chat: that it has none is the business of
        TS-CHAT-4.1.10 alone.
        """
        own, session_id = self.session_id(who), getattr(content, "session_id", None)
        if session_id == own:
            return True
        if isinstance(content, ChatEventNotification) and session_id is None:
            return content.group_chat_id is None
        template = self.stage.path("group")
        ids = (identifiers(link.href, template) for link in getattr(content, "link", ()))
        return any(found is not None and found["sessionId"] == own for found in ids)
