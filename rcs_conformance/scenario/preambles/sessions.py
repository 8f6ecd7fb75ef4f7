"""1-to-1 chats in the test bed: confirmed sessions in each state, and ad-hoc chats."""

from dataclasses import replace
from typing import ClassVar

from rcs_conformance.binding import ErrorCase
from rcs_conformance.checks.request_errors import described, message_id
from rcs_conformance.driver import Actor
from rcs_conformance.errors import Cause, Inconclusive, NotApplicable
from rcs_conformance.model.chat import ChatMessage, ChatSessionInformation
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.scenario.chats.one_to_one import AdhocChat, OneToOneChat
from rcs_conformance.scenario.preambles.preamble import Preamble, Writing, marked, unchanged
from rcs_conformance.scenario.setup.chat_lock import pair_of
from rcs_conformance.scenario.setup.preconditions import (
    rejected,
    rejected_as,
    require_model,
    require_success,
)
from rcs_conformance.strategies.invalid_requests import Mutation
from rcs_conformance.target import FirstMessage


class SessionPreamble(Preamble):
    """Starts confirmed 1-to-1 chats."""

    kind: ClassVar[ChatKind] = ChatKind.ONE_TO_ONE

    _first_message_refused: str | None = None
    """Why no session starts with a message; empty where some do, `None` until one was tried."""

    def start(
        self,
        offer: SessionOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        to: Actor | None = None,
        spelled: str = "",
        mutation: Mutation | None = None,
        written: Writing = unchanged,
        correlator: str | None = None,
    ) -> OneToOneChat:
        """Request a 1-to-1 chat as `request`, and go on only if there are such chats at all.

        Raises:
            Inconclusive: The target says that there are none, which it claims.
            NotApplicable: The target takes no first message by policy.
        """
        session = self.request(
            offer,
            fmt,
            by=by,
            to=to,
            spelled=spelled,
            mutation=mutation,
            written=written,
            correlator=correlator,
        )
        case = ErrorCase.CONFIRMED_CHAT_UNSUPPORTED
        require_model(session.creation, self._environment.binding, case, "confirmed chats")
        if offer.first is not None and offer.attachment is None and mutation is None:
            self._require_first_message(session.creation)
        return session

    def request(
        self,
        offer: SessionOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        to: Actor | None = None,
        spelled: str = "",
        mutation: Mutation | None = None,
        written: Writing = unchanged,
        correlator: str | None = None,
    ) -> OneToOneChat:
        """Request a 1-to-1 chat, whatever the response.

        Args:
            offer: The parameters; subject and first message go out behind the chat's marker.
            fmt: The format of everything that follows.
            by: Who asks; alice unless given.
            to: Who is invited; bob unless given.
            spelled: How the one who is invited is named; by its address unless given.
            mutation: What makes the request invalid, if anything.
            written: Makes the body of the request of the structure, such as form fields.
            correlator: The client correlator, if any; of a first message, too.
        """
        by, to = by or self._environment.alice, to or self._environment.bob
        recipient = spelled or to.address
        marker = self._open((by, to), fmt, is_marked=offer.subject is not None)
        subject, first = marked(marker, offer.subject), marked(marker, offer.first)
        request = replace(
            start_request(by.address, recipient, subject, first, correlator),
            originator_name=offer.name,
            client_correlator=correlator,
        )
        content = self._written(request, fmt, mutation, written)
        if offer.attachment is not None:
            content = by.multipart(request, offer.attachment, fmt)
        ids = {"otherUserId": recipient}
        session = OneToOneChat(
            environment=self._environment,
            fmt=fmt,
            marker=marker,
            originator=by,
            invited=(to,),
            spelled=recipient,
            subject=subject,
            first=first,
            request=request,
            created_by=by.send("POST", "oneToOneSessions", content, fmt=fmt, ids=ids),
        )
        session.learn()
        return session

    def takes_first_message(self, fmt: Format) -> bool:
        """Whether a session can be started with a message; one is started to find out, once.

        Raises:
            Inconclusive: It could not be started for another reason.
        """
        try:
            self.require_first_message(fmt)
        except NotApplicable:
            return False
        return True

    def require_first_message(self, fmt: Format) -> None:
        """Go on only if a session can be started with a message.

        Raises:
            NotApplicable: The target rejects that as its policy.
            Inconclusive: It could not be started for another reason.
        """
        if self._first_message_refused:
            raise NotApplicable(self._first_message_refused)
        if self._first_message_refused is None:
            self.started(SessionOffer(first="hello"), fmt)

    def _require_first_message(self, start: Exchange) -> None:
        """Note whether a start with a message is rejected as policy; then nothing can be said."""
        environment = self._environment
        if environment.target.policy.first_message_at_start is FirstMessage.TAKEN:
            self._first_message_refused = ""
        elif rejected_as(start, environment.binding, ErrorCase.FIRST_MESSAGE_REFUSED):
            self._first_message_refused = (
                f"the target rejects a message at the start of a session: {start}"
                f" with {described(message_id(start))}"
            )
            raise NotApplicable(self._first_message_refused)
        elif not rejected(start):
            self._first_message_refused = ""

    def started(
        self,
        offer: SessionOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        to: Actor | None = None,
        spelled: str = "",
        correlator: str | None = None,
    ) -> OneToOneChat:
        """A 1-to-1 chat that was started; the invitation is not waited for.

        Raises:
            Inconclusive: It could not be started, or has no session id.
        """
        session = self.start(offer, fmt, by=by, to=to, spelled=spelled, correlator=correlator)
        require_success(session.creation, "UNI-CHT-001.1")
        if session.originator.address not in session.ids:
            reason = "the response to the request for the chat has no session id"
            raise Inconclusive(Cause.PRECONDITION, reason, "UNI-CHT-001.1")
        return session

    def invited(
        self,
        offer: SessionOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        to: Actor | None = None,
        spelled: str = "",
        correlator: str | None = None,
    ) -> OneToOneChat:
        """A 1-to-1 chat that was started and whose invitation has arrived.

        Raises:
            Inconclusive: It could not be started, has no session id, or nobody was notified.
        """
        session = self.started(offer, fmt, by=by, to=to, spelled=spelled, correlator=correlator)
        session.await_invitations()
        return session

    def established(
        self,
        offer: SessionOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        to: Actor | None = None,
    ) -> OneToOneChat:
        """A 1-to-1 chat that was accepted.

        Raises:
            Inconclusive: It could not be established.
        """
        session = self.invited(offer, fmt, by=by, to=to)
        session.join()
        return session

    def trial(
        self,
        offer: SessionOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        to: Actor | None = None,
        spelled: str = "",
        otherwise: str = "",
    ) -> OneToOneChat:
        """A 1-to-1 chat of which something is on trial: its parameters, its users, their names.

        Where it is rejected, or nobody is invited, they must be the cause: an ordinary chat
        of alice and bob is started and must fare better.

        Args:
            offer: The parameters.
            fmt: The format.
            by: Who asks; alice unless given.
            to: Who is invited; bob unless given.
            spelled: How the one who is invited is named; by its address unless given.
            otherwise: How bob is named in the ordinary chat; by its address unless given.

        Raises:
            Inconclusive: The ordinary chat fares no better.
        """
        session = self.start(offer, fmt, by=by, to=to, spelled=spelled)
        if rejected(session.creation):
            self.started(SessionOffer(), fmt, spelled=otherwise)
        elif session.invitation().content is None:
            self.invited(SessionOffer(), fmt, spelled=otherwise)
        return session

    def nonexistent(self, fmt: Format) -> OneToOneChat:
        """A 1-to-1 chat that does not exist, for requests about it."""
        environment = self._environment
        marker = self._open((), fmt)
        return OneToOneChat(
            environment=environment,
            fmt=fmt,
            marker=marker,
            originator=environment.alice,
            invited=(environment.bob,),
            spelled=environment.bob.address,
            subject=None,
            ids={each.address: f"no-such-session-{marker}" for each in environment.actors},
        )


class AdhocPreamble(Preamble):
    """Lets two users write to each other without a session."""

    kind: ClassVar[ChatKind] = ChatKind.ADHOC

    def between(
        self, fmt: Format, *, by: Actor | None = None, to: Actor | None = None
    ) -> AdhocChat:
        """The ad-hoc chat of two users, alice and bob unless given.

        Nothing tells one ad-hoc chat of the same two from another, so no other example may use
        one meanwhile.
        """
        by, to = by or self._environment.alice, to or self._environment.bob
        self._environment.claims.require(self.kind)
        self._environment.chat_lock.acquire([pair_of(by.address, to.address)])
        marker = self._open((by, to), fmt)
        return AdhocChat(
            environment=self._environment,
            fmt=fmt,
            marker=marker,
            originator=by,
            invited=(to,),
            spelled=to.address,
        )

    def nonexistent(self, fmt: Format) -> AdhocChat:
        """An ad-hoc chat with a user who does not exist."""
        chat = self.between(fmt)
        chat.spelled = self._environment.unknown_address
        return chat


def start_request(
    originator: str,
    recipient: str,
    subject: str | None,
    first: str | None,
    correlator: str | None = None,
) -> ChatSessionInformation:
    """The structure that requests a 1-to-1 chat."""
    return ChatSessionInformation(
        subject=subject,
        originator_address=originator,
        t_participant_address=recipient,
        chat_message=None
        if first is None
        else ChatMessage(text=first, client_correlator=correlator),
    )
