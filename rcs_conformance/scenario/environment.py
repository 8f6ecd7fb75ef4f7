"""What exists before the first chat; chats hold it, and nothing that stands above them."""

import random
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import ClassVar

from rcs_conformance.binding import Additions, Binding
from rcs_conformance.catalogue import Catalogue
from rcs_conformance.driver import Body, Ledger
from rcs_conformance.errors import NotApplicable
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.inbox import Inbox, Turns
from rcs_conformance.model.chat import ParticipantList
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import Service
from rcs_conformance.model.results import CheckResult
from rcs_conformance.scenario.mailboxes.deadlines import Deadlines, Experience
from rcs_conformance.scenario.mailboxes.mailboxes import Mailboxes
from rcs_conformance.scenario.mailboxes.transfer_mailboxes import TransferMailboxes
from rcs_conformance.scenario.setup.chat_lock import ChatLock
from rcs_conformance.scenario.setup.claims import Claims
from rcs_conformance.scenario.setup.markers import Markers
from rcs_conformance.scenario.setup.premises import Premises
from rcs_conformance.scenario.setup.recognition import Recognition
from rcs_conformance.scenario.setup.users import Users
from rcs_conformance.strategies.invalid_requests import Mutation
from rcs_conformance.strategies.invalid_requests.single_participant import single_participant
from rcs_conformance.target import Target
from rcs_conformance.wire import Codec


@dataclass(frozen=True, slots=True, kw_only=True)
class TestBedSettings:
    """What a test bed needs from the run, beside target and binding.

    Attributes:
        lock_file: Shared by all processes that use the same accounts; see `ChatLock`.
        catalogue: Requirements and SCR items.
        workers: The number of processes that share the target's rate limit.
        aside: Restores the standard streams of the process, so that an operator can be prompted.
        ledger: Where what the tests make on the target is noted; `None`: nowhere.
        host: A pipe to the process that holds the subscriptions of all; `None`: each has its own.
        hosts: Whether this is that process.
        experience: What the run knows about notifications that do not come; `None`: nothing.
        seed: Of the run; the order in which the requests of a race depart depends on it.
    """

    __test__: ClassVar[bool] = False

    lock_file: Path
    catalogue: Catalogue
    workers: int = 1
    aside: Callable[[], AbstractContextManager[None]] = nullcontext
    ledger: Ledger | None = None
    host: Connection | None = None
    hosts: bool = False
    experience: Experience | None = None
    seed: int = 0


class Environment(Users):
    """The users, what the target claims, the mailboxes, and what tells one test from another.

    Args:
        target: The implementation under test.
        binding: Its resources and the spelling of its bodies.
        log: The evidence of the current example.
        settings: What the run gives.

    Raises:
        ConfigurationError: The listener's address cannot be used.
    """

    def __init__(
        self, target: Target, binding: Binding, log: EvidenceLog, settings: TestBedSettings
    ) -> None:
        ledger = settings.ledger
        super().__init__(target, binding, log, workers=settings.workers, ledger=ledger)
        notifications = target.notifications
        self.markers = Markers(log.journal)
        self.premises = Premises(log.journal)
        self._seed = settings.seed
        self.departures = random.Random(settings.seed)  # noqa: S311 - no secret
        if ledger is not None:
            ledger.mark(self.markers.of_process)
        self.claims = Claims(settings.catalogue, target.ics)
        self.recognition = Recognition()
        self._inbox = Inbox(
            host=notifications.listen_host,
            port=notifications.listen_port,
            public_url=notifications.public_url,
            codec=Codec.of(binding.told, binding.parts, target.aliases),
            log=log,
            max_body_bytes=target.limits.max_body_bytes,
            listens=notifications.listens,
        )
        self.chat_lock = ChatLock(settings.lock_file, log.journal, self.turns)
        self.mailboxes = Mailboxes(
            self._inbox,
            log,
            Deadlines(notifications.timeout, settings.experience),
            notifications.modes,
            keeps=settings.hosts,
        )
        if settings.host is not None:
            self.mailboxes.share(settings.host, self.markers.of_process)
        refers = self.claims.operation("POST ftSessions groupChatURL")
        self.transfer_mailboxes = TransferMailboxes(self.mailboxes, refers=refers)

    def begin_races(self) -> None:
        """Let the order in which requests depart begin anew, so that each test has its own."""
        self.departures.seed(self._seed)

    @property
    def turns(self) -> Turns:
        """Says which of several examples acts that are under way together."""
        return self._inbox.reader.turns

    @property
    def supported_services(self) -> tuple[str, ...]:
        """The service tokens that the target supports in a chat; all unless its policy says."""
        declared = self.target.policy.services
        return self.binding.services if declared is None else declared

    @property
    def changing_services(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The services of a chat before and after a change; they differ as far as possible.

        Raises:
            NotApplicable: The target supports no services, so that none can change.
        """
        first, others = self.supported_services[:1], self.supported_services[1:2]
        if not first:
            raise NotApplicable("[policy] services of the target file is empty")
        return first, others

    def service_tokens(self, services: Iterable[Service | str]) -> tuple[str, ...]:
        """The tokens of services in the binding; a service that it has no token for is left out."""
        tokens = dict(zip(Service, self.binding.services, strict=False))
        known = (each for each in services if isinstance(each, str) or each in tokens)
        return tuple(each if isinstance(each, str) else tokens[each] for each in known)

    @property
    def unknown_address(self) -> str:
        """An address of the same kind as the users' that no user has."""
        return f"{self.alice.address}{self.markers.number()}"

    def path(self, resource: str) -> str:
        """The path template of a resource in the binding."""
        return self.binding.resources[resource].path or ""

    def mutated(self, content: object, mutation: Mutation, fmt: Format) -> Body:
        """A body that is valid but for one mutation."""
        invalid = mutation.apply_or_fail(content, fmt, self.alice.codec)
        data = invalid.data
        if isinstance(content, ParticipantList) and self.binding.additions is Additions.SINGLE:
            data = single_participant(data, fmt, self.binding.requests.names)
        return Body(data=data, media_type=invalid.media_type, mutation=invalid.mutation)

    def begin_example(self) -> None:
        """Forget the exchanges and notifications of earlier examples."""
        self._inbox.clear()
        self.log.clear()
        self.mailboxes.clear()

    def end_example(self) -> None:
        """Let other processes start chats without a subject."""
        self.chat_lock.release()

    def compared_notifications(self) -> Iterable[CheckResult]:
        """The notifications of the example on both ways, where the run uses both."""
        return self.mailboxes.arrivals.compared()

    def lost_notifications(self) -> str:
        """Why notifications of the example may have been lost; empty where none may."""
        return self.mailboxes.channels.loss()

    def close(self) -> None:
        """Delete the subscriptions; close the listener and the connections."""
        self.transfer_mailboxes.close()
        self.mailboxes.close()
        self._inbox.close()
        super().close()
