"""What the tests of one process share: target, settings, catalogue, evidence, present judgement."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from rcs_conformance.binding import Binding
from rcs_conformance.catalogue import FORM, Catalogue
from rcs_conformance.checks.dialects import in_dialect
from rcs_conformance.checks.generic import every_event
from rcs_conformance.checks.scr_items import form_operation, operations
from rcs_conformance.driver import Ledger
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.inbox import Turns
from rcs_conformance.model.exchange import Event, Exchange
from rcs_conformance.model.results import CheckResult, Outcome
from rcs_conformance.plugin.availability import Availability
from rcs_conformance.plugin.judgement import Judgement, flat
from rcs_conformance.plugin.options import Settings
from rcs_conformance.plugin.traffic import TrafficCount
from rcs_conformance.record.journal import Arguments
from rcs_conformance.scenario.mailboxes.deadlines import Experience
from rcs_conformance.target import Target


def _nothing() -> None:
    """What is done at the start of an example before there is a test bed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a test ended that ran before pytest was given it.

    Attributes:
        error: What it raised; `None` where nothing was.
        began: When it began, in seconds since the epoch.
        seconds: How long it took.
    """

    error: BaseException | None
    began: float
    seconds: float


@dataclass(slots=True, kw_only=True)
class Session:
    """The session of one process, or of one of several tests that are under way together in it.

    Attributes:
        settings: What the run is asked to do.
        target: The implementation under test.
        binding: How it spells things.
        catalogue: Requirements and SCR items.
        log: Evidence of the present example.
        traffic: Counts the requests and notifications of all processes.
        judgement: Of the present test.
        on_example: Called at the start of each example.
        after_example: Called at the end of each example.
        found_at_end: Called at the end of an example that came to its end: what else was found.
        lost_notifications: Says why those of the example may have been lost; empty if none may.
        problems: What is wrong with the tests themselves, one line each.
        left_out: How many tests the profile leaves out.
        tests: How many tests all shards have together; 0 where the run is not divided.
        whole: Digest of their ids.
        availability: Looks whether the target still serves its users; `None`: nobody does.
        loss: Why it no longer does; empty as long as it does.
        unwritten: Why a file of the results cannot be written; empty as long as all can.
        ledger: Where what the tests make on the target is noted; `None`: nowhere.
        workers: How many tests at once share the target's rate limit.
        host: A pipe to the process that holds the subscriptions; `None`: each has its own.
        experience: What the run knows about notifications that do not come.
        joins: Whether the generated examples of a test are under way together.
        turns: Says which of them acts; `None`: they run one after the other.
        ended: How the present test ended; `None`: it is to run yet.
    """

    settings: Settings
    target: Target
    binding: Binding
    catalogue: Catalogue
    log: EvidenceLog
    traffic: TrafficCount = field(default_factory=TrafficCount)
    judgement: Judgement = field(default_factory=Judgement)
    on_example: Callable[[], None] = _nothing
    after_example: Callable[[], None] = _nothing
    found_at_end: Callable[[], Iterable[CheckResult]] = tuple
    lost_notifications: Callable[[], str] = str
    problems: list[str] = field(default_factory=list)
    left_out: int = 0
    tests: int = 0
    whole: str = ""
    availability: Availability | None = None
    loss: str = ""
    unwritten: str = ""
    ledger: Ledger | None = None
    workers: int = 1
    host: Connection | None = None
    experience: Experience = field(default_factory=Experience)
    joins: bool = False
    turns: Turns | None = None
    ended: Ended | None = None
    _unseen: dict[str, list[str]] = field(init=False)
    _forms: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._unseen = {}
        self._forms = {
            str(item.operation): item.item
            for item in self.catalogue.items.values()
            if item.operation and item.operation.qualifier == FORM
        }
        for item in self.catalogue.items.values():
            if item.operation:
                self._unseen.setdefault(str(item.operation), []).append(item.item)

    @property
    def lock_file(self) -> Path:
        """The locks of all processes that use the same server."""
        return self.settings.lock_file

    @contextmanager
    def example(self, arguments: Arguments | None = None) -> Iterator[None]:
        """One example of a test: judged at its end by what is checked on every event.

        Args:
            arguments: What was generated for it; `None` where nothing was.
        """
        self.log.clear()
        self.log.journal.begin_example(arguments)
        self.on_example()
        self.judgement.begin_example()
        try:
            yield
        except Exception as error:
            if isinstance(error, Inconclusive) and error.clause:
                self.experience.obstruct(error.clause)
            events = self.log.events()
            self._look(events)
            evidence = self.log.everything()
            self.judgement.keep(evidence)
            self.judgement.end_example(every_event(events, self.binding), events, evidence)
            raise
        except BaseException:  # an interruption, or generation stopping an example: no end to judge
            self.judgement.keep(self.log.everything())
            raise
        finally:
            if self.availability is not None:
                self.availability.note(self.log.events())
            self.after_example()
        found = [*self.found_at_end()]
        events = self.log.events()
        self._look(events)
        results = [*every_event(events, self.binding), *found]
        self.judgement.end_example(results, events, self.log.everything())

    def _look(self, events: Sequence[Event]) -> None:
        """Note which SCR items were shown to be supported, once in the session, and forms."""
        for event in events:
            if item := self._forms.get(form_operation(event)):
                self.judgement.forms.add(item)
            for operation in operations(event):
                for item in self._unseen.pop(operation, ()):
                    self.judgement.see(item, str(event))

    def note_unwritten(self, error: OSError) -> None:
        """A file of the results cannot be written, such as on a full disk: there is no report."""
        self.unwritten = self.unwritten or error.strerror or str(error)

    def verify(self, *results: CheckResult | Iterable[CheckResult]) -> None:
        """Take the results of checks for the present test, told in the names of the binding.

        Raises:
            ConformanceFailure: A check of a declared clause failed.
            Inconclusive: One failed for lack of notifications that may have been lost.
        """
        found = [in_dialect(each, self.binding) for each in flat(results)]
        doubtful = self._doubtful(found)
        loss = self.lost_notifications() if doubtful else ""
        if loss:
            found = [each for each in found if each not in doubtful]
        self.experience.fail(*(each.clause for each in found if each.outcome is Outcome.FAILED))
        self.judgement.verify(found)
        if loss:
            seen = f"{doubtful[0].where}: {doubtful[0].actual}"
            raise Inconclusive(Cause.NETWORK, f"{seen}; a notification may have been lost: {loss}")

    def _doubtful(self, found: Iterable[CheckResult]) -> list[CheckResult]:
        """The failures that a response alone does not show: lost notifications may cause them."""
        failed = [each for each in found if each.outcome is Outcome.FAILED]
        if not failed:
            return []
        events = self.log.events()
        responses = {each.number for each in events if isinstance(each, Exchange)}
        return [each for each in failed if each.history or each.event not in responses]


SESSION = pytest.StashKey[Session]()
"""Where the session of a process is kept in pytest's configuration."""
