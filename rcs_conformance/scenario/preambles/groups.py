"""Group chats in the test bed: requested, begun, accepted by every user, cancelled."""

from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import ClassVar

from rcs_conformance.driver import Actor
from rcs_conformance.errors import Cause, Inconclusive, NotApplicable
from rcs_conformance.model.chat import (
    ExtensionParameters,
    GroupChatSessionInformation,
    ParticipantInformation,
)
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer, Service, SessionOffer
from rcs_conformance.scenario.chats.group import GroupChat
from rcs_conformance.scenario.chats.one_to_one import OneToOneChat
from rcs_conformance.scenario.environment import Environment
from rcs_conformance.scenario.preambles.preamble import Preamble, Writing, marked, unchanged
from rcs_conformance.scenario.preambles.sessions import SessionPreamble
from rcs_conformance.scenario.setup.preconditions import rejected, require_success
from rcs_conformance.strategies.invalid_requests import Mutation
from rcs_conformance.target import DeclaredServices


class GroupPreamble(Preamble):
    """Starts group chats.

    Args:
        environment: As of `Preamble`.
        sessions: Starts the sessions that become group chats.
    """

    kind: ClassVar[ChatKind] = ChatKind.GROUP

    def __init__(self, environment: Environment, sessions: SessionPreamble) -> None:
        super().__init__(environment)
        self._sessions = sessions
        self._shows_declarations: dict[Format, bool] = {}

    def start(
        self,
        offer: GroupOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        invite: tuple[Actor, ...] | None = None,
        mutation: Mutation | None = None,
        written: Writing = unchanged,
        correlator: str | None = None,
    ) -> GroupChat:
        """Request a group chat, whatever the response.

        Args:
            offer: The parameters; the subject goes out behind a marker.
            fmt: The format of everything that follows.
            by: Who asks; alice unless given.
            invite: Who is invited; bob and carol unless given.
            mutation: What makes the request invalid, if anything.
            written: Makes the body of the request of the structure, such as form fields.
            correlator: The client correlator, if any.
        """
        by = by or self._environment.alice
        invite = (self._environment.bob, self._environment.carol) if invite is None else invite
        marker = self._open((by, *invite), fmt, is_marked=offer.subject is not None)
        subject = marked(marker, offer.subject)
        services = self._environment.service_tokens(offer.services)
        request = replace(
            start_request(offer, services, subject, by, invite), client_correlator=correlator
        )
        content = self._written(request, fmt, mutation, written)
        group = GroupChat(
            environment=self._environment,
            fmt=fmt,
            requested_services=request.supported_service,
            subject=subject,
            marker=marker,
            originator=by,
            invited=invite,
            request=request,
            created_by=by.send("POST", "groups", content, fmt=fmt),
        )
        return self._known(group)

    def extend(
        self,
        session: OneToOneChat,
        offer: GroupOffer,
        *whom: Actor,
        correlator: str | None = None,
    ) -> GroupChat:
        """Request an established 1-to-1 session to become a group chat, whatever the response.

        Args:
            session: The session; its originator asks.
            offer: The parameters; the subject goes out behind a marker.
            *whom: Who is added.
            correlator: The client correlator, if any.

        Raises:
            NotApplicable: The target does not claim to extend sessions.
        """
        self._environment.claims.require_operation("POST oneToOneExtend")
        by, invited = session.originator, (session.recipient, *whom)
        marker = self._open((by, *invited), session.fmt, is_marked=offer.subject is not None)
        subject = marked(marker, offer.subject)
        services = self._environment.service_tokens(offer.services)
        request = replace(
            extension_request(offer, services, subject, whom), client_correlator=correlator
        )
        group = GroupChat(
            environment=self._environment,
            fmt=session.fmt,
            requested_services=request.supported_service,
            subject=subject,
            marker=marker,
            originator=by,
            invited=invited,
            request=request,
            created_by=session.extend(by, request),
        )
        return self._known(group)

    def promoted(self, offer: GroupOffer, fmt: Format, *whom: Actor) -> GroupChat:
        """A group chat that alice asked to make of an established session with bob; as `extend`."""
        session = self._sessions.established(SessionOffer(), fmt)
        return self.extend(session, offer, *whom)

    def promotion(self, offer: GroupOffer, fmt: Format, control: GroupOffer) -> GroupChat:
        """As `promoted` with carol, its parameters on trial: accepted, or rejected because of them.

        Args:
            offer: The parameters.
            fmt: The format.
            control: Other parameters; if the request is rejected, one with these is sent.

        Raises:
            Inconclusive: Both are rejected, so the parameters are not the cause.
        """
        group = self.promoted(offer, fmt, self._environment.carol)
        if rejected(group.creation):
            other = self.promoted(control, fmt, self._environment.carol)
            require_success(other.creation, "UNI-CHT-013.1")
        return group

    @staticmethod
    def _known(group: GroupChat) -> GroupChat:
        """The group with the session id that its originator was answered."""
        session_id = group.created_id(group.creation)
        if session_id is not None:
            group.know(group.originator, session_id)
        return group

    def started(
        self,
        offer: GroupOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        invite: tuple[Actor, ...] | None = None,
        correlator: str | None = None,
    ) -> GroupChat:
        """A group chat that was started; invitations are not waited for.

        Raises:
            Inconclusive: It could not be started, has no session id, or none that is found.
        """
        group = self.start(offer, fmt, by=by, invite=invite, correlator=correlator)
        require_success(group.creation, "UNI-CHT-002b.1")
        if group.originator.address not in group.ids:
            raise Inconclusive(
                Cause.PRECONDITION,
                "the response to the request for the chat has no session id",
                "UNI-CHT-002b.2",
            )
        self._environment.premises.require("UNI-CHT-002b.2", fmt, lambda: self._missing(group))
        return group

    def _missing(self, group: GroupChat) -> str:
        """What shows that a chat is not where the response to its creation says; empty: nothing."""
        claimed = self._environment.claims.operation
        if not (claimed("GET group") and claimed("GET participants")):
            return ""
        who = group.originator
        reads = (group.read(who), group.read_participants(who))
        missing = all(each.answer.status == HTTPStatus.NOT_FOUND for each in reads)
        return f"the chat that its originator created is not found: {reads[0]}" if missing else ""

    def invited(
        self,
        offer: GroupOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        invite: tuple[Actor, ...] | None = None,
        correlator: str | None = None,
    ) -> GroupChat:
        """A group chat that was started and whose invitations have arrived.

        Raises:
            Inconclusive: It could not be started, has no session id, or a user got no invitation.
        """
        group = self.started(offer, fmt, by=by, invite=invite, correlator=correlator)
        group.await_invitations()
        return group

    def established(
        self,
        offer: GroupOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        invite: tuple[Actor, ...] | None = None,
        services: tuple[Service | str, ...] = (),
    ) -> GroupChat:
        """A group chat that every user who was invited has accepted, each with `services`.

        Raises:
            Inconclusive: It could not be established.
        """
        group = self.invited(offer, fmt, by=by, invite=invite)
        for each in group.invited:
            group.join(each, services)
        return group

    def trial(self, offer: GroupOffer, fmt: Format, control: GroupOffer) -> GroupChat:
        """A group chat whose parameters are on trial: accepted, or rejected because of them.

        Args:
            offer: The parameters.
            fmt: The format.
            control: Other parameters; if the request is rejected, one with these is sent.

        Raises:
            Inconclusive: Both are rejected, so the parameters are not the cause.
        """
        group = self.start(offer, fmt)
        if rejected(group.creation):
            require_success(self.start(control, fmt).creation, "UNI-CHT-002b.1")
        return group

    def require_declarations_shown(self, fmt: Format, shown: Callable[[], bool]) -> None:
        """Go on only if services that users declare on acceptance are shown.

        Args:
            fmt: The format in which that is found out, once.
            shown: Finds it out.

        Raises:
            NotApplicable: They are shown nowhere, and the target file does not say that they are.
            Inconclusive: No chat could be started or accepted.
        """
        policy = self._environment.target.policy.declared_services
        if policy is DeclaredServices.SHOWN:
            return
        if fmt not in self._shows_declarations:
            self._shows_declarations[fmt] = shown()
        if not self._shows_declarations[fmt]:
            raise NotApplicable("services declared on acceptance are shown nowhere, by policy")

    def cancelled(self, offer: GroupOffer, fmt: Format) -> GroupChat:
        """A group chat that its originator cancelled before anybody accepted.

        Raises:
            Inconclusive: It could not be started or cancelled.
        """
        group = self.invited(offer, fmt)
        group.cancel()
        return group

    def nonexistent(self, fmt: Format) -> GroupChat:
        """A group chat that does not exist, for requests about it."""
        environment = self._environment
        marker = self._open((), fmt)
        return GroupChat(
            environment=environment,
            fmt=fmt,
            requested_services=(),
            subject=None,
            marker=marker,
            originator=environment.alice,
            invited=(environment.bob, environment.carol),
            ids={each.address: f"no-such-chat-{marker}" for each in environment.actors},
        )


def start_request(
    offer: GroupOffer,
    services: tuple[str, ...],
    subject: str | None,
    by: Actor,
    invite: tuple[Actor, ...],
) -> GroupChatSessionInformation:
    """The structure that requests a group chat: its originator first, then those invited."""
    return GroupChatSessionInformation(
        subject=subject,
        participant=(
            ParticipantInformation(address=by.address, name=offer.name, is_originator=True),
            *(ParticipantInformation(address=each.address) for each in invite),
        ),
        is_closed=offer.closed,
        supported_service=services,
    )


def extension_request(
    offer: GroupOffer, services: tuple[str, ...], subject: str | None, whom: tuple[Actor, ...]
) -> ExtensionParameters:
    """The structure that requests a session to become a group: those who are added."""
    return ExtensionParameters(
        participant=tuple(ParticipantInformation(address=each.address) for each in whom),
        subject=subject,
        is_closed=offer.closed,
        supported_service=services,
    )
