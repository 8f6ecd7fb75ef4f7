"""1-to-1 chats in the test bed: confirmed sessions, and ad-hoc chats without one."""

from dataclasses import dataclass
from typing import ClassVar

from rcs_conformance.binding import ErrorCase
from rcs_conformance.driver import Actor, Body
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import (
    ChatMessage,
    ComposingState,
    ExtensionParameters,
    IsComposing,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.exchange import Exchange, Notification
from rcs_conformance.model.kinds import ChatIdentity, ChatKind
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatSessionInvitationNotification,
)
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.mailboxes.deadlines import needing
from rcs_conformance.scenario.setup.preconditions import (
    require_arrival,
    require_model,
    require_success,
)
from rcs_conformance.scenario.setup.terms import ADHOC_ID
from rcs_conformance.wire.created import created_as, created_id
from rcs_conformance.wire.urls import identifiers

Invitation = Awaited[ChatSessionInvitationNotification]

_CONNECTED = ParticipantSessionStatus(status=ParticipantStatus.CONNECTED)


@dataclass(slots=True, kw_only=True)
class TwoUserChat(Chat):
    """A chat of two users.

    Attributes:
        spelled: How the originator names the other user; its address unless a test says so.
        found_by: How the URL that the server returned names it, where there is one.
    """

    spelled: str
    found_by: str = ""

    @property
    def recipient(self) -> Actor:
        """The user whom the originator talks to."""
        return self.invited[0]

    def other(self, who: Actor) -> Actor:
        """The other one of the two."""
        is_originator = who.address == self.originator.address
        return self.recipient if is_originator else self.originator

    def posts(self) -> list[Exchange]:
        """A message from either side, and a composing indication where the target claims those."""
        indication = IsComposing(state=ComposingState.ACTIVE)
        sent = [self.send(each, ChatMessage(text=self.text())) for each in self.everyone]
        if not self.environment.claims.operation(f"POST {self.terms.messages} isComposing"):
            return sent
        return [*sent, *(self.compose(each, indication) for each in self.everyone)]

    def variables(self, who: Actor) -> dict[str, str]:
        """The path variables by which a user addresses the chat."""
        named = self.found_by or self.spelled
        other = named if who.address == self.originator.address else self.originator.address
        return {"otherUserId": other, "sessionId": self.chat_id(who)}


@dataclass(slots=True, kw_only=True)
class OneToOneChat(TwoUserChat):
    """A confirmed 1-to-1 session that was requested; each user has a session id of its own.

    Attributes:
        subject: The subject that was sent, behind the marker; `None` without one.
        first: The text of the first message, behind a marker; `None` without one.
        invited_by: The invitation of the recipient, once it was waited for.
    """

    kind: ClassVar[ChatKind] = ChatKind.ONE_TO_ONE

    subject: str | None
    first: str | None = None
    invited_by: Invitation | None = None

    def _unknown(self, who: Actor) -> Inconclusive:
        reason = f"no session id is known for {who.address}"
        if who is self.originator:
            return Inconclusive(Cause.PRECONDITION, reason, "UNI-CHT-001.1")
        notified = self.invited_by is not None and self.invited_by.content is not None
        clause = "UNI-CHT-007a.6" if notified else "UNI-CHT-007a.1"
        return Inconclusive(Cause.PRECONDITION, reason, clause)

    # What a user can do ------------------------------------------------------------------------

    def accept(self, who: Actor) -> Exchange:
        """Accept the invitation."""
        return self.do(who, "PUT", "oneToOneStatus", _CONNECTED)

    def end(self, who: Actor) -> Exchange:
        """DELETE the session: cancel, decline or end it, whichever it is for this user now."""
        return self.do(who, "DELETE", "oneToOneSession")

    def read_by_recipient(self) -> Exchange | None:
        """A reading by the recipient under an id of its invitation; `None` where that has none."""
        return self.read(self.recipient) if self.recipient.address in self.ids else None

    def read_by_outsider(self, outsider: Actor, whose: Actor) -> Exchange:
        """Read the session as another user, under the ids by which one of the two knows it."""
        ids = self.variables(whose)
        return outsider.send("GET", "oneToOneSession", fmt=self.fmt, ids=ids)

    def start_again(self) -> Exchange:
        """Repeat the request that started the chat."""
        ids = {"otherUserId": self.spelled}
        return self.originator.send("POST", "oneToOneSessions", self.request, fmt=self.fmt, ids=ids)

    def extend(self, who: Actor, parameters: ExtensionParameters) -> Exchange:
        """Make a group chat of the session."""
        return self.do(who, "POST", "oneToOneExtend", parameters)

    def extend_long_lived(self, who: Actor, parameters: ExtensionParameters) -> Exchange:
        """Make a long-lived group chat of the session."""
        return self.do(who, "POST", "oneToOneExtendLongLived", parameters)

    def created_id(self, start: Exchange) -> str | None:
        """The session id in the response to the request that starts the chat."""
        return created_id(start, self.environment.path("oneToOneSession"), "sessionId")

    def learn(self) -> None:
        """Take the session's URL from the response to its start, if it has one."""
        found = created_as(self.creation, self.environment.path("oneToOneSession"))
        if found is not None:
            self.know(self.originator, found["sessionId"])
            self.found_by = found["otherUserId"]

    # What a user does on the way to something else: `Inconclusive` where it is refused -----------

    def await_invitations(self) -> None:
        """Wait for the invitation; a missing one is attributed to UNI-CHT-007a.1."""
        with needing("UNI-CHT-007a.1"):
            require_arrival(self.invitation(), "UNI-CHT-007a.1")

    def find(self, who: Actor) -> None:
        """Find the session; a failure is attributed to UNI-CHT-001.1 or UNI-CHT-007a.6."""
        clause = "UNI-CHT-001.1" if who is self.originator else "UNI-CHT-007a.6"
        require_success(self.read(who), clause)

    def join(self) -> None:
        """Accept by the recipient; a rejection is attributed to UNI-CHT-008a.1."""
        require_success(self.accept(self.recipient), "UNI-CHT-008a.1")

    def cancel(self) -> None:
        """Cancel by the originator; a rejection is attributed to UNI-CHT-003a.1."""
        require_success(self.end(self.originator), "UNI-CHT-003a.1")

    def decline(self) -> None:
        """Decline by the recipient; a rejection is attributed to UNI-CHT-009a.1."""
        require_success(self.end(self.recipient), "UNI-CHT-009a.1")

    def finish(self, who: Actor) -> None:
        """End by either side; a rejection is attributed to UNI-CHT-005.1 or UNI-CHT-010.1."""
        clause = "UNI-CHT-005.1" if who is self.originator else "UNI-CHT-010.1"
        require_success(self.end(who), clause)

    # What a user is told -----------------------------------------------------------------------

    def invitation(self) -> Invitation:
        """The invitation of the recipient, waited for once; its session id is remembered."""
        if self.invited_by is None:
            recognition, who = self.environment.recognition, self.recipient
            found = self.environment.mailboxes.awaited(
                who,
                self.fmt,
                ChatSessionInvitationNotification,
                lambda content: recognition.is_to(who, content, self._markers, self.fmt, bare=True),
                after=self.creation.number,
                since=self.creation.started if self.subject is None else None,
                otherwise=lambda content: recognition.is_to(who, content, self._markers, self.fmt),
            )
            self.invited_by = found
            if found.content is not None:
                session_id = recognition.usable(who, found.content, self.fmt)
                if session_id is not None:
                    self.know(who, session_id)
                    recognition.claim(who, session_id)
                    if self.subject is None:
                        self.tell_apart()
        return self.invited_by

    @property
    def _markers(self) -> tuple[str | None, ...]:
        """What it may be shown with: its marker; none where it has no subject."""
        own = (self.marker,) if self.subject is not None or self.first is not None else ()
        return (*own, None) if self.subject is None else own

    def is_here(self, who: Actor, content: object) -> bool:
        """Whether a notification is about this session: by its id, or by its link.

        An event without any id is taken for one of this session; TS-CHAT-4.1.10 covers that.
        """
        own, session_id = self.chat_id(who), self.chat_id_in(content)
        if session_id == own:
            return True
        if isinstance(content, ChatEventNotification) and session_id is None:
            return content.group_chat_id is None
        template = self.environment.path("oneToOneSession")
        found = (identifiers(link.href, template) for link in getattr(content, "link", ()))
        return any(each is not None and each["sessionId"] == own for each in found)


@dataclass(slots=True, kw_only=True)
class AdhocChat(TwoUserChat):
    """Two users who write to each other without a session (section 4.7.2)."""

    kind: ClassVar[ChatKind] = ChatKind.ADHOC

    def chat_id(self, who: Actor) -> str:
        """The session id of every ad-hoc chat; which one it is, the other user tells."""
        return ADHOC_ID

    def send(self, who: Actor, message: ChatMessage | Body) -> Exchange:
        """Send a message.

        Raises:
            Inconclusive: The target says that it does not serve ad-hoc chats, which it claims.
        """
        return self._served(TwoUserChat.send(self, who, message))

    def compose(self, who: Actor, indication: IsComposing | Body) -> Exchange:
        """Send a composing indication; as `send`."""
        return self._served(TwoUserChat.compose(self, who, indication))

    def _served(self, sent: Exchange) -> Exchange:
        binding = self.originator.binding
        require_model(sent, binding, ErrorCase.ADHOC_CHAT_UNSUPPORTED, "ad-hoc chats")
        return sent

    def identity(self, who: Actor) -> ChatIdentity:
        """By what a user knows the chat again: the other user is its chat id."""
        return ChatIdentity(kind=self.kind, id=ADHOC_ID, contact=self.other(who).address)

    def accept(self, who: Actor) -> Exchange:
        """Try to accept, though there is nothing to accept."""
        return self.do(who, "PUT", "oneToOneStatus", _CONNECTED)

    def decline(self, who: Actor) -> Exchange:
        """Try to decline, though there is nothing to decline."""
        return self.do(who, "DELETE", "oneToOneSession")

    def invitations(self, who: Actor, text: str) -> tuple[Notification, ...]:
        """The invitations so far of a user by the other one that a message may have caused.

        Those to chats of other tests carry a marker, or were waited for.
        """
        recognition, other = self.environment.recognition, self.other(who).address
        return tuple(
            each
            for each in self.environment.mailboxes.of(who, self.fmt).arrived()
            if isinstance(each.content, ChatSessionInvitationNotification)
            and each.content.originator_address in (None, other)
            and recognition.is_unasked(who, each.content, text)
        )

    def is_here(self, who: Actor, content: object) -> bool:
        """Whether a notification is about the chat with the other user."""
        sender = getattr(content, "sender_address", None)
        return self.chat_id_in(content) == ADHOC_ID and (
            sender is None or same_address(sender, self.other(who).address)
        )
