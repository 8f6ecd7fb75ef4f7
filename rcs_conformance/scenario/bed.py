"""The test bed: where the cast has its mailboxes, and starts chats of each kind."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, TypeVar

from filelock import FileLock, Timeout

from rcs_conformance.binding import Additions, Binding
from rcs_conformance.catalogue import Catalogue
from rcs_conformance.driver import Actor, Body
from rcs_conformance.errors import Cause, Inconclusive, NotApplicable
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.inbox import Inbox
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ParticipantList
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.model.results import CheckResult, Outcome
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.chats.group import GroupChat
from rcs_conformance.scenario.chats.long_lived import LongLivedChat
from rcs_conformance.scenario.mailboxes.mailboxes import Mailboxes
from rcs_conformance.scenario.preambles.groups import GroupPreamble
from rcs_conformance.scenario.preambles.long_lived import LongLivedPreamble
from rcs_conformance.scenario.preambles.sessions import AdhocPreamble, SessionPreamble
from rcs_conformance.scenario.preambles.transfers import TransferPreamble
from rcs_conformance.scenario.preambles.triggers import Triggers
from rcs_conformance.scenario.setup.claims import Claims
from rcs_conformance.scenario.setup.markers import Markers
from rcs_conformance.scenario.setup.preconditions import require_arrival, require_success
from rcs_conformance.scenario.setup.recognition import Recognition
from rcs_conformance.scenario.setup.terms import TERMS
from rcs_conformance.scenario.setup.users import Users
from rcs_conformance.strategies.invalid_requests import Mutation
from rcs_conformance.strategies.invalid_requests.single_participant import single_participant
from rcs_conformance.target import NotificationMode, Target

Content = TypeVar("Content")

_LOCK_SECONDS = 120
"""Seconds that other processes may keep their chats without subject going."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestBedSettings:
    """What a test bed needs beside the target.

    Attributes:
        lock_file: Shared by all processes of a run; who holds it may start a chat without subject.
        catalogue: Requirements and SCR items.
        workers: How many processes of the run share the rate of requests that is allowed.
        aside: In which the streams of the process are those of its start, to ask an operator.
    """

    __test__: ClassVar[bool] = False

    lock_file: Path
    catalogue: Catalogue
    workers: int = 1
    aside: Callable[[], AbstractContextManager[None]] = nullcontext


class TestBed(Users):
    """Arranges what tests start from, with the cast that the target file names.

    Args:
        target: The implementation under test.
        binding: How it spells things.
        log: The evidence of the present example.
        settings: What the run gives.

    Raises:
        ConfigurationError: The listener's address cannot be used.
    """

    __test__: ClassVar[bool] = False

    def __init__(
        self, target: Target, binding: Binding, log: EvidenceLog, settings: TestBedSettings
    ) -> None:
        super().__init__(target, binding, log, workers=settings.workers)
        self.markers = Markers()
        self.claims = Claims(settings.catalogue, target.ics)
        self.triggers = Triggers(target, settings.aside)
        notifications = target.notifications
        self._inbox = Inbox(
            host=notifications.listen_host,
            port=notifications.listen_port,
            public_url=notifications.public_url,
            codec=self.alice.codec,
            log=log,
            max_body_bytes=target.limits.max_body_bytes,
            listens=notifications.mode is not NotificationMode.LONG_POLL,
        )
        self.mailboxes = Mailboxes(self._inbox, log, notifications.timeout, notifications.mode)
        self._lock = FileLock(settings.lock_file, timeout=_LOCK_SECONDS, thread_local=False)
        self.recognition = Recognition()
        self.groups = GroupPreamble(self)
        self.sessions = SessionPreamble(self)
        self.adhoc = AdhocPreamble(self)
        self.long_lived = LongLivedPreamble(self)
        self.transfers = TransferPreamble(self)

    @property
    def supported_services(self) -> tuple[str, ...]:
        """The service tokens that the target supports in a chat; all unless its policy says."""
        declared = self.target.policy.services
        return self.binding.services if declared is None else declared

    @property
    def changing_services(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The services of a chat before and after a change: as much as possible is another.

        Raises:
            NotApplicable: The target supports no services, so that none can change.
        """
        first, others = self.supported_services[:1], self.supported_services[1:2]
        if not first:
            raise NotApplicable("the target supports no services in a chat")
        return first, others

    @property
    def unknown_address(self) -> str:
        """An address of the same kind as the users' that none of them has."""
        return f"{self.alice.address}{self.markers.number()}"

    def path(self, resource: str) -> str:
        """The path template of a resource in the binding."""
        return self.binding.resources[resource].path or ""

    # Beginning and end of an example -----------------------------------------------------------

    def clear(self) -> None:
        """Begin a new example: forget what was exchanged and what arrived."""
        self._inbox.clear()
        self.log.clear()
        self.mailboxes.clear()

    def settle(self) -> None:
        """End an example: let others start chats without subject."""
        self._lock.release(force=True)

    def compared(self) -> Iterable[CheckResult]:
        """What came in the example on both ways, where notifications come on both."""
        return self.mailboxes.arrivals.compared()

    def close(self) -> None:
        """End the subscriptions, the listener and the connections."""
        self.transfers.close()
        self.mailboxes.close()
        self._inbox.close()
        super().close()

    # Chats -------------------------------------------------------------------------------------

    def established_chat(self, kind: ChatKind, fmt: Format, *, composing: bool = False) -> Chat:
        """An established chat of a kind: of alice and bob, and of carol where it takes several.

        Args:
            kind: The kind.
            fmt: The format of everything that follows.
            composing: Whether it is for composing indications, which are an item of their own.

        Raises:
            NotApplicable: The target does not claim this kind of chat, or what it is for.
            Inconclusive: It could not be established.
        """
        self.claims.require(kind)
        if composing:
            self.claims.require_operation(f"POST {TERMS[kind].messages} isComposing")
        match kind:
            case ChatKind.ADHOC:
                return self.adhoc.between(fmt)
            case ChatKind.ONE_TO_ONE:
                return self.sessions.established(SessionOffer(), fmt)
            case ChatKind.GROUP:
                return self.groups.established(GroupOffer(), fmt)
            case ChatKind.LONG_LIVED:
                return self.long_lived.established(GroupOffer(), fmt)

    def established_group(
        self, kind: ChatKind, offer: GroupOffer, fmt: Format, invite: tuple[Actor, ...]
    ) -> GroupChat | LongLivedChat:
        """An established group of either kind, with parameters and users of its own.

        Raises:
            NotApplicable: The target does not claim this kind of chat.
            Inconclusive: It could not be established.
        """
        if kind is ChatKind.LONG_LIVED:
            return self.long_lived.established(offer, fmt, invite=invite)
        return self.groups.established(offer, fmt, invite=invite)

    def any_established_chat(self, fmt: Format) -> Chat:
        """An established chat of whichever kind the target claims, for what all kinds share.

        Raises:
            Inconclusive: It could not be established.
        """
        return self.established_chat(self.claims.some_kind(), fmt)

    def nonexistent(self, kind: ChatKind, fmt: Format) -> Chat:
        """A chat of a kind that does not exist, for requests about it.

        Raises:
            NotApplicable: The target does not claim this kind of chat.
        """
        match kind:
            case ChatKind.ADHOC:
                return self.adhoc.nonexistent(fmt)
            case ChatKind.ONE_TO_ONE:
                return self.sessions.nonexistent(fmt)
            case ChatKind.GROUP:
                return self.groups.nonexistent(fmt)
            case ChatKind.LONG_LIVED:
                return self.long_lived.nonexistent(fmt)

    def near_miss(self, content: object, deviation: Mutation, fmt: Format) -> Body:
        """A body that deviates from a valid one in one thing."""
        miss = deviation.apply_or_fail(content, fmt, self.alice.codec)
        data = miss.data
        if isinstance(content, ParticipantList) and self.binding.additions is Additions.SINGLE:
            data = single_participant(data, fmt, self.binding.names)
        return Body(data=data, media_type=miss.media_type, mutation=miss.mutation)

    def keep_others_out(self) -> None:
        """Let no other process of the run start a chat without subject in this example."""
        try:
            if not self._lock.is_locked:
                self._lock.acquire()
        except Timeout:
            reason = f"another process of the run kept {self._lock.lock_file} for {_LOCK_SECONDS} s"
            raise Inconclusive(Cause.TIMEOUT, reason) from None

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

    def owned(
        self, results: Iterable[CheckResult], control: Callable[[], Iterable[CheckResult]]
    ) -> list[CheckResult]:
        """The results of a clause, where what failed would not have failed without it as well.

        Args:
            results: What was found.
            control: Looks for the same where another clause owns it; only asked if one failed.

        Raises:
            Inconclusive: There it fails as well.
        """
        found = list(results)
        if any(each.outcome is Outcome.FAILED for each in found):
            self.require_met(*control())
        return found

    def require_met(self, *results: CheckResult) -> None:
        """Go on only if what other clauses demand is so, where it would decide this one as well.

        Raises:
            Inconclusive: It is not.
        """
        for result in results:
            if result.outcome is Outcome.FAILED:
                reason = f"{result.where}: expected {result.expected}, got {result.actual}"
                raise Inconclusive(Cause.PRECONDITION, reason, result.clause)
