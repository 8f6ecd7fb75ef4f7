"""The suites, collected once. Each process that is forked then runs some of their tests.

To collect them takes longer than most faults take to be killed.
"""

import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import pytest

from rcs_conformance.plugin.embedded import Embedded
from rcs_conformance.plugin.inventory import Collected, Notes
from rcs_conformance.plugin.invocation import CONFIGURATION, QUIET, SUITES, run_pytest
from rcs_conformance.plugin.options import Handover
from rcs_conformance.plugin.startup import START
from rcs_conformance.strength.first_failure import StopAtFirstFailure
from rcs_conformance.strength.plans import Plan
from rcs_conformance.strength.reach import RuleRecorder
from rcs_conformance.strength.records import Observation, Trouble
from rcs_conformance.strength.suite_run import Baseline, Excerpt, Subject, observation_of
from rcs_conformance.verdict import Run
from rcs_conformance.wire import schema

T = TypeVar("T")

_OPTIONS = (
    *("--capture=no", "--tb=no", "--profile", "standard"),
    *("-p", "no:faulthandler"),  # it would write to the terminal, not into the log of a process
    *("-p", "no:logging"),  # it cannot tear down a test that was not set up
)


class Ordering(Protocol):
    """A plugin that puts the tests in order, and may end them early."""

    def order(self, items: list[pytest.Item]) -> None:
        """Put them in order, in place."""


class CollectedSuites:
    """All tests of the suites, in a session of pytest that has not run them.

    Args:
        session: The session of pytest.
        tests: What it has collected.
        runs: Where it puts the run when it ends.

    Attributes:
        tests: All of them.
    """

    def __init__(
        self, session: pytest.Session, tests: Sequence[Collected], runs: Sequence[Run]
    ) -> None:
        self.tests = tests
        self._session = session
        self._runs = runs

    def run(
        self,
        subject: Subject,
        plan: Plan,
        unreached: Collection[str] = (),
        recorder: RuleRecorder | None = None,
        ordering: Ordering | None = None,
    ) -> Observation:
        """Run the tests of a plan against a server.

        Needs a process of its own: a session can run once, and the server ends with the process.

        Args:
            subject: The server.
            plan: The tests.
            unreached: Tests that were left out, since they would pass as without a fault.
            recorder: Notes the rules that the server calls.
            ordering: Puts the tests in order, where the subject names no clause.
        """
        begun, processor_begun = time.perf_counter(), time.process_time()
        try:
            self._open(subject, recorder)
            self._choose(subject, plan, recorder, ordering)
            self._finish()
            seen = observation_of(self._runs[0])
        except (Exception, pytest.exit.Exception) as error:
            text = f"pytest ended without a verdict: {type(error).__name__}: {error}"
            seen = Observation(trouble=Trouble.HARNESS, explanation=text)
        return replace(
            seen,
            unreached=len(unreached),
            seconds=time.perf_counter() - begun,
            processor_seconds=time.process_time() - processor_begun,
        )

    def run_baseline(self, subject: Subject, plan: Plan) -> Baseline:
        """Run the tests of a plan, and note which rules the server calls in each; as `run`."""
        recorder = RuleRecorder()
        observation = self.run(subject, plan, recorder=recorder)
        return Baseline(observation=observation, reach=recorder.reach, accepted=schema.accepted())

    def _open(self, subject: Subject, recorder: RuleRecorder | None) -> None:
        """Start the server, and have the session test it."""
        rules = () if recorder is None else (recorder.rules,)
        server = Embedded(faults=subject.faults, variations=subject.variations, rules=rules)
        if recorder is not None:
            recorder.quiesce = server.quiesce
        begun = self._session.config.stash[START]
        run = begun.session
        lock_file = Path(tempfile.gettempdir()) / run.settings.lock_file.name
        run.settings = replace(run.settings, seed=subject.seed, lock_file=lock_file)
        begun.open(self._session.config, server)
        notifications = replace(run.target.notifications, timeout=subject.timeout)
        run.target = replace(run.target, notifications=notifications, policy=subject.policy)

    def _choose(
        self,
        subject: Subject,
        plan: Plan,
        recorder: RuleRecorder | None,
        ordering: Ordering | None,
    ) -> None:
        """Leave the tests of the plan, in the order that suits the subject."""
        config, items = self._session.config, self._session.items
        excerpt = Excerpt(plan)
        excerpt.choose(items, config.stash[START].session)
        config.pluginmanager.register(excerpt)
        if subject.clause:
            ordering = StopAtFirstFailure(subject.clause, end=subject.own, likely=subject.likely)
        if ordering is not None:
            ordering.order(items)
            config.pluginmanager.register(ordering)
        if recorder is not None:
            config.pluginmanager.register(recorder)

    def _finish(self) -> None:
        """Run the tests that are left, as pytest does after a collection."""
        hook = self._session.config.hook
        hook.pytest_runtestloop(session=self._session)
        hook.pytest_sessionfinish(session=self._session, exitstatus=self._session.exitstatus)


def with_collected_suites(work: Callable[[CollectedSuites], T], suites: str = str(SUITES)) -> T:
    """Collect the suites, and do some work as long as they are collected.

    Args:
        work: Gets the suites. It may fork, but must start no thread before.
        suites: Where they are.

    Returns:
        What the work returns.

    Raises:
        HarnessError: The suites cannot be collected.
    """
    notes = Notes()
    host = _Host(work, notes)
    handover = Handover(collect=host.runs.append, opens=False)
    code = run_pytest([*CONFIGURATION, *QUIET, *_OPTIONS, suites], [handover, notes, host])
    if not host.outcome.done():
        notes.check(code, suites)
    return host.outcome.result(timeout=0)


class _Host(Generic[T]):
    """A plugin that does the work where pytest would run all tests."""

    def __init__(self, work: Callable[[CollectedSuites], T], notes: Notes) -> None:
        self._work = work
        self._notes = notes
        self.runs: list[Run] = []
        self.outcome: Future[T] = Future()

    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Do the work; a process that it has forked comes here again, and has pytest run tests."""
        if session.testsfailed or self.outcome.running():
            return None
        self.outcome.set_running_or_notify_cancel()
        try:
            self.outcome.set_result(
                self._work(CollectedSuites(session, self._notes.tests, self.runs))
            )
        except BaseException as error:
            self.outcome.set_exception(error)
        return True
