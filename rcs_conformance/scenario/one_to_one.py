"""1-to-1 chats on the stage: confirmed sessions, and ad-hoc chats without one."""

from dataclasses import dataclass
from typing import ClassVar

from rcs_conformance.driver import Actor
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import (
    ExtensionParameters,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.kinds import ChatIdentity, ChatKind
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatSessionInvitationNotification,
)
from rcs_conformance.scenario.conversation import Conversation
from rcs_conformance.scenario.preconditions import require_arrival, require_success
from rcs_conformance.scenario.terms import ADHOC_ID
from rcs_conformance.wire.created import created_id
from rcs_conformance.wire.urls import identifiers

Invitation = Awaited[ChatSessionInvitationNotification]


@dataclass(slots=True, kw_only=True)
class Pair(Conversation):
    """A chat of two users.

    Attributes:
        spelled: How the originator names the other user; its address unless a test says so.
    """

    spelled: str

    @property
    def recipient(self) -> Actor:
        """The user whom the originator talks to."""
        return self.invited[0]

    def other(self, who: Actor) -> Actor:
        """The other one of the two."""
        return self.recipient if who is self.originator else self.originator

    def variables(self, who: Actor) -> dict[str, str]:
        """The path variables by which a user addresses the chat."""
        other = self.spelled if who is self.originator else self.originator.address
        return {"otherUserId": other, "sessionId": self.chat_id(who)}


@dataclass(slots=True, kw_only=True)
class OneToOneChat(Pair):
    """A confirmed 1-to-1 session that was asked for; each user has a session id of its own.

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
        reason = f"{who.address} knows no session id"
        return Inconclusive(Cause.PRECONDITION, reason, "UNI-CHT-007a.1")

    # What a user can do ------------------------------------------------------------------------

    def accept(self, who: Actor) -> Exchange:
        """Accept the invitation."""
        status = ParticipantSessionStatus(status=ParticipantStatus.CONNECTED)
        return self.do(who, "PUT", "oneToOneStatus", status)

    def end(self, who: Actor) -> Exchange:
        """DELETE the session: cancel, decline or end it, whichever it is for this user now."""
        return self.do(who, "DELETE", "oneToOneSession")

    def start_again(self) -> Exchange:
        """Repeat the request that asked for the chat."""
        ids = {"otherUserId": self.spelled}
        return self.originator.send("POST", "oneToOneSessions", self.request, fmt=self.fmt, ids=ids)

    def extend(self, who: Actor, parameters: ExtensionParameters) -> Exchange:
        """Make a group chat of the session."""
        return self.do(who, "POST", "oneToOneExtend", parameters)

    def extend_long_lived(self, who: Actor, parameters: ExtensionParameters) -> Exchange:
        """Make a long-lived group chat of the session."""
        return self.do(who, "POST", "oneToOneExtendLongLived", parameters)

    def created_id(self, start: Exchange) -> str | None:
        """The session id that the answer to a start tells."""
        return created_id(start, self.stage.path("oneToOneSession"), "sessionId")

    # What a user does on the way to something else: `Inconclusive` where it is refused -----------

    def gather(self) -> None:
        """Wait for the invitation; a missing one is the business of UNI-CHT-007a.1."""
        require_arrival(self.invitation(), "UNI-CHT-007a.1")

    def join(self) -> None:
        """Accept by the recipient; a refusal is the business of UNI-CHT-008a.1."""
        require_success(self.accept(self.recipient), "UNI-CHT-008a.1")

    def cancel(self) -> None:
        """Cancel by the originator; a refusal is the business of UNI-CHT-003a.1."""
        require_success(self.end(self.originator), "UNI-CHT-003a.1")

    def decline(self) -> None:
        """Decline by the recipient; a refusal is the business of UNI-CHT-009a.1."""
        require_success(self.end(self.recipient), "UNI-CHT-009a.1")

    def finish(self, who: Actor) -> None:
        """End by either side; a refusal is the business of UNI-CHT-005.1 or UNI-CHT-010.1."""
        clause = "UNI-CHT-005.1" if who is self.originator else "UNI-CHT-010.1"
        require_success(self.end(who), clause)

    # What a user is told -----------------------------------------------------------------------

    def invitation(self) -> Invitation:
        """The invitation of the recipient, waited for once; its session id is remembered."""
        if self.invited_by is None:
            recognition, who = self.stage.recognition, self.recipient
            marker = None if self.subject is None else self.marker
            found = self.stage.mail.awaited(
                who,
                self.fmt,
                ChatSessionInvitationNotification,
                lambda content: recognition.is_to(who, content, marker, self.fmt),
                after=self.started.number,
            )
            self.invited_by = found
            if found.content is not None:
                session_id = recognition.usable(who, found.content, self.fmt)
                if session_id is not None:
                    self.ids[who.address] = session_id
                    recognition.claim(who, session_id)
        return self.invited_by

    def is_here(self, who: Actor, content: object) -> bool:
        """Whether a notification is about this session: by its id, or by its link.

        An event without any id is taken for one of this session: that it has none is the business
        of TS-CHAT-4.1.10 alone.
        """
        own, session_id = self.chat_id(who), self.chat_id_in(content)
        if session_id == own:
            return True
        if isinstance(content, ChatEventNotification) and session_id is None:
            return content.group_chat_id is None
        template = self.stage.path("oneToOneSession")
        found = (identifiers(link.href, template) for link in getattr(content, "link", ()))
        return any(each is not None and each["sessionId"] == own for each in found)


@dataclass(slots=True, kw_only=True)
class AdhocChat(Pair):
    """Two users who write to each other without a session (section 4.7.2)."""

    kind: ClassVar[ChatKind] = ChatKind.ADHOC

    def chat_id(self, who: Actor) -> str:
        """The session id of every ad-hoc chat; which one it is, the other user tells."""
        return ADHOC_ID

    def identity(self, who: Actor) -> ChatIdentity:
        """By what a user knows the chat again: the other user is its chat id."""
        return ChatIdentity(kind=self.kind, id=ADHOC_ID, contact=self.other(who).address)

    def is_here(self, who: Actor, content: object) -> bool:
        """Whether a notification is about the chat with the other user."""
        sender = getattr(content, "sender_address", None)
        return self.chat_id_in(content) == ADHOC_ID and (
            sender is None or same_address(sender, self.other(who).address)
        )
