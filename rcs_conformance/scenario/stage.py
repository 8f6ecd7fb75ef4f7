"""The stage: the target's users, their mailboxes, and the chats that they start."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from rcs_conformance.binding import Binding
from rcs_conformance.catalogue import Catalogue
from rcs_conformance.driver import Actor, Body, Pace
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.inbox import Inbox
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import GroupChatSessionInformation, ParticipantInformation
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import CheckResult, Outcome
from rcs_conformance.scenario.claims import Claims
from rcs_conformance.scenario.group import GroupChat
from rcs_conformance.scenario.mail import Mail
from rcs_conformance.scenario.markers import Markers
from rcs_conformance.scenario.preconditions import refused, require_arrival, require_success
from rcs_conformance.scenario.recognition import Recognition
from rcs_conformance.scenario.triggering import Triggers
from rcs_conformance.strategies.near_miss import Deviation
from rcs_conformance.target import Target
from rcs_conformance.wire import Codec

Content = TypeVar("Content")

_PATIENCE = 120
"""Seconds that other processes may keep their chats without subject going."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSettings:
    """What a stage needs beside the target.

    Attributes:
        lock_file: Shared by all processes of a run; who holds it may start a chat without subject.
        catalogue: Requirements and SCR items.
        workers: How many processes of the run share the rate of requests that is allowed.
    """

    lock_file: Path
    catalogue: Catalogue
    workers: int = 1


class Stage:
    """Arranges what tests start from.

    Args:
        target: The implementation under test.
        binding: How it spells things.
        log: The evidence of the present example.
        settings: What the run gives.

    Raises:
        ConfigurationError: The listener's address cannot be used.
    """

    def __init__(
        self, target: Target, binding: Binding, log: EvidenceLog, settings: StageSettings
    ) -> None:
        self.target = target
        self.binding = binding
        self.log = log
        rate = target.limits.requests_per_second
        pace = Pace(None if rate is None else rate / settings.workers)
        self.actors = tuple(Actor(target, user, binding, log, pace) for user in target.users)
        self.markers = Markers()
        self.claims = Claims(settings.catalogue, target.ics)
        self.triggers = Triggers(target)
        notifications = target.notifications
        self._inbox = Inbox(
            host=notifications.listen_host,
            port=notifications.listen_port,
            public_url=notifications.public_url,
            codec=Codec(binding.names),
            log=log,
            max_body_bytes=target.limits.max_body_bytes,
        )
        self.mail = Mail(self._inbox, log, notifications.timeout)
        self._lock = FileLock(settings.lock_file, timeout=_PATIENCE, thread_local=False)
        self.recognition = Recognition()

    @property
    def alice(self) -> Actor:
        """The first user, who mostly begins."""
        return self.actors[0]

    @property
    def bob(self) -> Actor:
        """The second user."""
        return self.actors[1]

    @property
    def carol(self) -> Actor:
        """The third user."""
        return self.actors[2]

    @property
    def dave(self) -> Actor:
        """The fourth user, who is added later.

        Raises:
            Inconclusive: The target file names three users only.
        """
        if len(self.actors) < 4:
            raise Inconclusive(Cause.CONFIGURATION, "the target file must name a fourth user")
        return self.actors[3]

    @property
    def supported_services(self) -> tuple[str, ...]:
        """The service tokens that the target supports in a chat; all unless its policy says."""
        declared = self.target.policy.services
        return self.binding.services if declared is None else declared

    def path(self, resource: str) -> str:
        """The path template of a resource in the binding."""
        return self.binding.resources[resource].path or ""

    # Beginning and end of an example -----------------------------------------------------------

    def clear(self) -> None:
        """Begin a new example: forget what was exchanged and what arrived."""
        self._inbox.clear()
        self.log.clear()

    def settle(self) -> None:
        """End an example: let others start chats without subject."""
        self._lock.release(force=True)

    def close(self) -> None:
        """End the subscriptions, the listener and the connections."""
        self.mail.close()
        self._inbox.close()
        for actor in self.actors:
            actor.close()

    # Group chats -------------------------------------------------------------------------------

    def start(
        self,
        offer: GroupOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        invite: tuple[Actor, ...] | None = None,
        deviation: Deviation | None = None,
        as_form: bool = False,
        correlator: str | None = None,
    ) -> GroupChat:
        """Ask for a group chat, whatever comes of it.

        Args:
            offer: The parameters; the subject goes out behind a marker.
            fmt: The format of everything that follows.
            by: Who asks; alice unless given.
            invite: Who is invited; bob and carol unless given.
            deviation: What is wrong with the request.
            as_form: Whether it is sent as form fields.
            correlator: The client correlator, if any.
        """
        by = by or self.alice
        invite = (self.bob, self.carol) if invite is None else invite
        if offer.subject is None:
            self._keep_others_out()
        for each in (by, *invite):
            self.mail.box(each, fmt)
        marker = self.markers.next()
        subject = None if offer.subject is None else f"{marker} {offer.subject}".strip()
        request = replace(self.request(offer, subject, by, invite), client_correlator=correlator)
        content: object = request
        if deviation is not None:
            content = self.near_miss(content, deviation, fmt)
        elif as_form:
            content = by.form(content)
        exchange = by.send("POST", "groups", content, fmt=fmt)
        group = GroupChat(
            stage=self,
            fmt=fmt,
            offer=offer,
            subject=subject,
            marker=marker,
            originator=by,
            invited=invite,
            request=request,
            asked=exchange,
        )
        session_id = group.created_id(exchange)
        if session_id is not None:
            group.ids[by.address] = session_id
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
            Inconclusive: It could not be started, or has no session id.
        """
        group = self.start(offer, fmt, by=by, invite=invite, correlator=correlator)
        require_success(group.started, "UNI-CHT-002b.1")
        if group.originator.address not in group.ids:
            raise Inconclusive(
                Cause.PRECONDITION, "the chat's session id is not returned", "UNI-CHT-002b.2"
            )
        return group

    def group(
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
            Inconclusive: It could not be started, has no session id, or somebody got no invitation.
        """
        group = self.started(offer, fmt, by=by, invite=invite, correlator=correlator)
        group.gather()
        return group

    def trial(self, offer: GroupOffer, fmt: Format, control: GroupOffer) -> GroupChat:
        """A group chat whose parameters are on trial: granted, or refused on their account.

        Args:
            offer: The parameters.
            fmt: The format.
            control: Others; where the request is refused, one with these is made.

        Raises:
            Inconclusive: Both are refused, so it is not for the parameters.
        """
        group = self.start(offer, fmt)
        if refused(group.started):
            require_success(self.start(control, fmt).started, "UNI-CHT-002b.1")
        return group

    def cancelled(self, offer: GroupOffer, fmt: Format) -> GroupChat:
        """A group chat that its originator cancelled before anybody accepted.

        Raises:
            Inconclusive: It could not be started or cancelled.
        """
        group = self.group(offer, fmt)
        require_success(group.end(group.originator), "UNI-CHT-003b.1")
        return group

    def chat(
        self,
        offer: GroupOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        invite: tuple[Actor, ...] | None = None,
        services: tuple[str, ...] = (),
    ) -> GroupChat:
        """A group chat that everybody who was invited has accepted, each with `services`.

        Raises:
            Inconclusive: It could not be established.
        """
        group = self.group(offer, fmt, by=by, invite=invite)
        for each in group.invited:
            group.join(each, services)
        return group

    def near_miss(self, content: object, deviation: Deviation, fmt: Format) -> Body:
        """A body that deviates from a valid one in one thing."""
        miss = deviation.of(content, fmt, self.alice.codec)
        return Body(data=miss.data, media_type=fmt.media_type)

    @staticmethod
    def request(
        offer: GroupOffer, subject: str | None, by: Actor, invite: tuple[Actor, ...]
    ) -> GroupChatSessionInformation:
        """The structure that asks for a chat: its originator first, then those invited."""
        return GroupChatSessionInformation(
            subject=subject,
            participant=(
                ParticipantInformation(address=by.address, is_originator=True),
                *(ParticipantInformation(address=each.address) for each in invite),
            ),
            is_closed=offer.closed,
            supported_service=offer.services,
        )

    def _keep_others_out(self) -> None:
        """Let no other process of the run start a chat without subject in this example."""
        try:
            if not self._lock.is_locked:
                self._lock.acquire()
        except Timeout:
            reason = f"another process of the run kept {self._lock.lock_file} for {_PATIENCE} s"
            raise Inconclusive(Cause.TIMEOUT, reason) from None

    def nowhere(self, fmt: Format) -> GroupChat:
        """A group chat that does not exist, for requests about it."""
        marker = self.markers.next()
        return GroupChat(
            stage=self,
            fmt=fmt,
            offer=GroupOffer(),
            subject=None,
            marker=marker,
            originator=self.alice,
            invited=(self.bob, self.carol),
            request=None,
            asked=None,
            ids={each.address: f"no-such-chat-{marker}" for each in self.actors},
        )

    # Going on only if ----------------------------------------------------------------------------

    def require(self, awaited: Awaited[Content], clause: str) -> Content:
        """Go on only if a notification arrived, which is the business of `clause`.

        Raises:
            Inconclusive: It did not.
        """
        return require_arrival(awaited, clause)

    def require_success(self, exchange: Exchange, clause: str) -> None:
        """Go on only if a request succeeded, which is the business of `clause`.

        Raises:
            Inconclusive: It did not.
        """
        require_success(exchange, clause)

    def require_met(self, *results: CheckResult) -> None:
        """Go on only if what other clauses demand is so, where it would decide this one as well.

        Raises:
            Inconclusive: It is not.
        """
        for result in results:
            if result.outcome is Outcome.FAILED:
                reason = f"{result.where}: expected {result.expected}, got {result.actual}"
                raise Inconclusive(Cause.PRECONDITION, reason, result.clause)
