"""Long-lived group chats in the test bed: requested, created, and known to all members."""

from dataclasses import replace
from typing import ClassVar

from rcs_conformance.checks.long_lived_groups import ids_agree
from rcs_conformance.checks.policies import rejected_by_policy
from rcs_conformance.driver import Actor
from rcs_conformance.errors import Cause, Inconclusive, NotApplicable
from rcs_conformance.model.chat import LongLivedGroupChatInformation, ParticipantInformation
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.scenario.chats.long_lived import LongLivedChat
from rcs_conformance.scenario.chats.one_to_one import OneToOneChat
from rcs_conformance.scenario.environment import Environment
from rcs_conformance.scenario.preambles.groups import extension_request
from rcs_conformance.scenario.preambles.preamble import Preamble, marked, unchanged
from rcs_conformance.scenario.preambles.sessions import SessionPreamble
from rcs_conformance.scenario.setup.preconditions import rejected, require_met, require_success
from rcs_conformance.strategies.invalid_requests import Mutation
from rcs_conformance.target import Permission


class LongLivedPreamble(Preamble):
    """Creates long-lived groups; they always have a subject.

    Args:
        environment: As of `Preamble`.
        sessions: Starts the sessions that become long-lived groups.
    """

    kind: ClassVar[ChatKind] = ChatKind.LONG_LIVED

    def __init__(self, environment: Environment, sessions: SessionPreamble) -> None:
        super().__init__(environment)
        self._sessions = sessions

    def start(
        self,
        offer: GroupOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        invite: tuple[Actor, ...] | None = None,
        mutation: Mutation | None = None,
        correlator: str | None = None,
    ) -> LongLivedChat:
        """Request a long-lived group, whatever the response.

        Args:
            offer: The parameters; the subject goes out behind a marker.
            fmt: The format of everything that follows.
            by: Who asks; alice unless given.
            invite: Who becomes a member; bob and carol unless given.
            mutation: What makes the request invalid, if anything.
            correlator: The client correlator, if any.
        """
        by = by or self._environment.alice
        invite = (self._environment.bob, self._environment.carol) if invite is None else invite
        marker = self._open((by, *invite), fmt)
        subject = marked(marker, offer.subject or "")
        services = self._environment.service_tokens(offer.services)
        request = replace(
            start_request(offer, services, subject or "", by, invite), client_correlator=correlator
        )
        content = self._written(request, fmt, mutation, unchanged)
        group = LongLivedChat(
            environment=self._environment,
            fmt=fmt,
            requested_services=request.supported_service,
            subject=subject,
            marker=marker,
            originator=by,
            invited=invite,
            request=request,
            created_by=by.send("POST", "longLivedGroups", content, fmt=fmt),
        )
        return self._known(group)

    def extend(
        self,
        session: OneToOneChat,
        offer: GroupOffer,
        *whom: Actor,
        correlator: str | None = None,
    ) -> LongLivedChat:
        """Request an established 1-to-1 session to become such a group, whatever the response.

        Args:
            session: The session; its originator asks.
            offer: The parameters; the subject goes out behind a marker.
            *whom: Who is added.
            correlator: The client correlator, if any.

        Raises:
            NotApplicable: The target does not claim to extend sessions so.
        """
        self._environment.claims.require_operation("POST oneToOneExtendLongLived")
        by, invited = session.originator, (session.recipient, *whom)
        marker = self._open((by, *invited), session.fmt)
        subject = marked(marker, offer.subject or "")
        services = self._environment.service_tokens(offer.services)
        request = replace(
            extension_request(offer, services, subject, whom), client_correlator=correlator
        )
        group = LongLivedChat(
            environment=self._environment,
            fmt=session.fmt,
            requested_services=request.supported_service,
            subject=subject,
            marker=marker,
            originator=by,
            invited=invited,
            request=request,
            created_by=session.extend_long_lived(by, request),
        )
        return self._known(group)

    def promotion(self, offer: GroupOffer, fmt: Format, control: GroupOffer) -> LongLivedChat:
        """A long-lived group made of a session of alice and bob, with carol; on trial as `trial`.

        Raises:
            NotApplicable: The operator's policy refuses all such requests.
            Inconclusive: All are rejected for another reason.
        """
        session = self._sessions.established(SessionOffer(), fmt)
        group = self.extend(session, offer, self._environment.carol)
        if rejected(group.creation):
            other = self.extend(session, control, self._environment.carol).creation
            allowed = self._environment.target.policy.long_lived_extension is Permission.ALLOWED
            if rejected_by_policy(other) and not allowed:
                raise NotApplicable(
                    "the operator's policy does not extend 1-to-1 chats to long-lived groups"
                )
            require_success(other, "UNI-CHT-039.1")
        return group

    @staticmethod
    def _known(group: LongLivedChat) -> LongLivedChat:
        """The group with the id that its creator was answered."""
        group_chat_id = group.created_id(group.creation)
        if group_chat_id is not None:
            group.know(group.originator, group_chat_id)
        return group

    def started(
        self,
        offer: GroupOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        invite: tuple[Actor, ...] | None = None,
        correlator: str | None = None,
    ) -> LongLivedChat:
        """A long-lived group that was created; its members need not know yet.

        Raises:
            Inconclusive: It could not be created, or has no id, or two.
        """
        group = self.start(offer, fmt, by=by, invite=invite, correlator=correlator)
        require_success(group.creation, "UNI-CHT-030.1")
        if group.originator.address not in group.ids:
            reason = "the response to the request for the group has no group chat id"
            raise Inconclusive(Cause.PRECONDITION, reason, "UNI-CHT-030.2")
        require_met(ids_agree(group.creation, self._environment.path("longLivedGroup")))
        return group

    def established(
        self,
        offer: GroupOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        invite: tuple[Actor, ...] | None = None,
    ) -> LongLivedChat:
        """A long-lived group that all members were notified of.

        Raises:
            Inconclusive: It could not be created, has no id, or a user was not notified.
        """
        group = self.started(offer, fmt, by=by, invite=invite)
        group.await_invitations()
        return group

    def trial(self, offer: GroupOffer, fmt: Format, control: GroupOffer) -> LongLivedChat:
        """A long-lived group whose parameters are on trial: accepted, or rejected because of them.

        Args:
            offer: The parameters.
            fmt: The format.
            control: Other parameters; if the request is rejected, one with these is sent.

        Raises:
            Inconclusive: Both are rejected, so the parameters are not the cause.
        """
        group = self.start(offer, fmt)
        if rejected(group.creation):
            require_success(self.start(control, fmt).creation, "UNI-CHT-030.1")
        return group

    def nonexistent(self, fmt: Format) -> LongLivedChat:
        """A long-lived group that does not exist, for requests about it."""
        environment = self._environment
        marker = self._open((), fmt)
        return LongLivedChat(
            environment=environment,
            fmt=fmt,
            requested_services=(),
            subject=None,
            marker=marker,
            originator=environment.alice,
            invited=(environment.bob, environment.carol),
            ids={each.address: f"no-such-group-{marker}" for each in environment.actors},
        )


def start_request(
    offer: GroupOffer, services: tuple[str, ...], subject: str, by: Actor, invite: tuple[Actor, ...]
) -> LongLivedGroupChatInformation:
    """The structure that requests a long-lived group: its creator first, then the others."""
    return LongLivedGroupChatInformation(
        subject=subject,
        participant=(
            ParticipantInformation(address=by.address, is_originator=True),
            *(ParticipantInformation(address=each.address) for each in invite),
        ),
        is_closed=offer.closed,
        supported_service=services,
    )
