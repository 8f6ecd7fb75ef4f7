"""A group chat in the test bed: who takes part under which session id, and what they can do."""

from dataclasses import dataclass, field
from typing import ClassVar

from rcs_conformance.binding import ErrorCase
from rcs_conformance.checks.group_clauses import START, Occasion
from rcs_conformance.checks.judging import client_error
from rcs_conformance.checks.request_errors import described, message_id
from rcs_conformance.driver import Actor, Negotiation
from rcs_conformance.errors import Cause, Inconclusive, NotApplicable
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    GroupChatSessionInvitationNotification,
)
from rcs_conformance.model.offers import Service
from rcs_conformance.scenario.chats.multi_user import MultiUserChat
from rcs_conformance.scenario.mailboxes.deadlines import needing
from rcs_conformance.scenario.setup.markers import marker_in
from rcs_conformance.scenario.setup.preconditions import (
    rejected_as,
    require_arrival,
    require_success,
)
from rcs_conformance.wire.created import created_id
from rcs_conformance.wire.urls import identifiers

Invitation = Awaited[GroupChatSessionInvitationNotification]


@dataclass(slots=True, kw_only=True)
class GroupChat(MultiUserChat):
    """A group chat that was requested; each user knows it under a session id of its own.

    Attributes:
        invitations: The invitation by address of the user.
    """

    kind: ClassVar[ChatKind] = ChatKind.GROUP
    occasion: ClassVar[Occasion] = START

    invitations: dict[str, Invitation] = field(default_factory=dict)

    def _unknown(self, who: Actor) -> Inconclusive:
        reason = f"no session id is known for {who.address}"
        return Inconclusive(Cause.PRECONDITION, reason, "UNI-CHT-007b.1")

    # What a user can do ------------------------------------------------------------------------

    def read_as(self, who: Actor, negotiation: Negotiation) -> Exchange:
        """Read the chat, asking for the format in a certain way."""
        return who.send(
            "GET", "group", fmt=self.fmt, negotiation=negotiation, ids=self.variables(who)
        )

    def read_with(self, who: Actor, credentials: "Actor | str") -> Exchange:
        """Read the chat with the token of another user, or one given as text."""
        return who.send(
            "GET", "group", fmt=self.fmt, credentials=credentials, ids=self.variables(who)
        )

    def start_again(self) -> Exchange:
        """Repeat the request that started the chat."""
        return self.originator.send("POST", "groups", self.request, fmt=self.fmt)

    def end(self, who: Actor) -> Exchange:
        """Cancel the chat before anybody accepted, end it afterwards.

        Raises:
            NotApplicable: The target does not claim this, or says that it does not support it.
        """
        self.environment.claims.require_operation("DELETE group")
        ended = self.do(who, "DELETE", "group")
        if rejected_as(ended, who.binding, ErrorCase.GROUP_NOT_ENDED):
            shown = described(message_id(ended))
            raise NotApplicable(f"the target does not end group chats: {ended} with {shown}")
        return ended

    def rejoin(self, who: Actor) -> Exchange:
        """Join again after leaving.

        Raises:
            NotApplicable: The target does not claim this.
        """
        self.environment.claims.require_operation("PUT participantStatus rejoin")
        return self.come_back(who)

    def created_id(self, start: Exchange) -> str | None:
        """The session id in the response to the request that starts the chat."""
        return created_id(start, self.environment.path("group"), "sessionId")

    # What a user does on the way to something else: `Inconclusive` where it is refused -----------

    def await_invitations(self, clause: str = "UNI-CHT-007b.1") -> None:
        """Wait for the invitations of all; a missing one is attributed to `clause`."""
        for each in self.invited:
            with needing(clause):
                require_arrival(self.invitation(each), clause)

    def cancel(self) -> None:
        """Cancel the chat; a rejection is attributed to UNI-CHT-003b.1."""
        require_success(self.end(self.originator), "UNI-CHT-003b.1")

    def withdraw(self, whom: Actor) -> None:
        """Cancel the invitation of one user after another user has accepted.

        Raises:
            NotApplicable: The target rejects that (binding, sections 1 and 3).
            Inconclusive: There is an error; attributed to UNI-CHT-003b.1.
        """
        cancelled = self.remove(self.originator, whom)
        if client_error(cancelled):
            raise NotApplicable(f"no invitation is cancelled after an acceptance: {cancelled}")
        require_success(cancelled, "UNI-CHT-003b.1")

    def finish(self) -> None:
        """End the chat; a rejection is attributed to TS-CHAT-4.1.6."""
        require_success(self.end(self.originator), "TS-CHAT-4.1.6")

    def join(self, who: Actor, services: tuple[Service | str, ...] = ()) -> None:
        """Accept the invitation.

        Raises:
            Inconclusive: That is rejected, or the user is shown as Invited still; attributed to
                UNI-CHT-008b.1 or, where services make the difference, to 008b.2.
        """
        clause = "UNI-CHT-008b.2" if services else "UNI-CHT-008b.1"
        require_success(self.accept(who, services), clause)
        premises = self.environment.premises
        premises.require("UNI-CHT-008b.1", self.fmt, lambda: self._still_invited(who))

    def _still_invited(self, who: Actor) -> str:
        """What shows that an acceptance had no effect; empty where nothing does."""
        if not self.environment.claims.operation("GET participants"):
            return ""
        reads = [self.read_participants(each) for each in (self.originator, who)]
        invited = all(
            any(
                same_address(each.address, who.address) and each.status is ParticipantStatus.INVITED
                for each in getattr(read.answer.content, "participant", ())
            )
            for read in reads
        )
        return f"{who.address}, who accepted, is shown as Invited: {reads[0]}" if invited else ""

    def decline(self, who: Actor) -> None:
        """Decline the invitation; a rejection is attributed to UNI-CHT-009b.1."""
        require_success(self.leave(who), "UNI-CHT-009b.1")

    def depart(self, who: Actor) -> None:
        """Leave the chat; a rejection is attributed to UNI-CHT-011.1."""
        require_success(self.leave(who), "UNI-CHT-011.1")

    # What a user is told -----------------------------------------------------------------------

    def invitation(self, who: Actor) -> Invitation:
        """The invitation of a user, waited for once; its session id is remembered."""
        recognition = self.environment.recognition
        marker = None if self.subject is None else self.marker
        if who.address not in self.invitations:
            found = self.environment.mailboxes.awaited(
                who,
                self.fmt,
                GroupChatSessionInvitationNotification,
                lambda content: recognition.is_to(who, content, (marker,), self.fmt, bare=True),
                after=self.creation.number,
                since=self.creation.started if self.subject is None else None,
                otherwise=lambda content: recognition.is_to(who, content, (marker,), self.fmt),
            )
            self.invitations[who.address] = found
            if found.content is not None:
                session_id = recognition.usable(who, found.content, self.fmt)
                if session_id is not None:
                    self.know(who, session_id)
                    recognition.claim(who, session_id)
                    known = all(each.address in self.ids for each in self.invited)
                    if self.subject is None and known:
                        self.tell_apart()
        return self.invitations[who.address]

    def _joined_by(self, who: Actor) -> object | None:
        found = self.invitations.get(who.address)
        return None if found is None else found.content

    def own_invitations(self, who: Actor) -> frozenset[str | None]:
        """The session ids of all invitations to this chat that a user got.

        They are known by the marker in the subject, or by the session id.
        """
        got = (each.content for each in self.environment.mailboxes.of(who, self.fmt).arrived())
        return frozenset(
            content.session_id
            for content in got
            if isinstance(content, GroupChatSessionInvitationNotification)
            and (
                marker_in(content.subject) == self.marker or content.session_id == self.chat_id(who)
            )
        )

    def is_here(self, who: Actor, content: object) -> bool:
        """Whether a notification is about this chat: by its session id, or by its link.

        An event without any id is taken for one of this chat; TS-CHAT-4.1.10 covers that.
        """
        own, session_id = self.chat_id(who), self.chat_id_in(content)
        if session_id == own:
            return True
        if isinstance(content, ChatEventNotification) and session_id is None:
            return content.group_chat_id is None
        template = self.environment.path("group")
        ids = (identifiers(link.href, template) for link in getattr(content, "link", ()))
        return any(found is not None and found["sessionId"] == own for found in ids)
