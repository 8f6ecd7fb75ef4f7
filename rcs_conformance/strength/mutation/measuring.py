"""Runs the suites against each mutation of the server, up to the first failure."""

import logging
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

import pytest

from rcs_conformance import reference
from rcs_conformance.errors import HarnessError
from rcs_conformance.plugin import records
from rcs_conformance.plugin.collection import generates
from rcs_conformance.strength.collected_suites import CollectedSuites
from rcs_conformance.strength.mutation.implanting import implant
from rcs_conformance.strength.mutation.lines import LineRecorder, Lines, united
from rcs_conformance.strength.mutation.sites import Mutation
from rcs_conformance.strength.plans import Plan, divided, one_form_each, stable_number
from rcs_conformance.strength.processes import Done, Task, perform
from rcs_conformance.strength.reach import RuleRecorder
from rcs_conformance.strength.records import Observation
from rcs_conformance.strength.runner import Measuring
from rcs_conformance.strength.suite_run import Subject

_RELIABLE = 5.0
"""Seconds to wait for a notification from a server that loses none."""
_LONG = 4
"""How many times longer a run without a mutation may take."""


class Fate(StrEnum):
    """What became of a mutation."""

    KILLED = "killed"
    """A clause failed."""
    SURVIVED = "survived"
    """No clause failed in any test that executes it."""
    UNREACHED = "unreached"
    """No test executes it."""
    EQUIVALENT = "equivalent"
    """It survives, and a written reason says which freedom a server has there."""
    BROKEN = "broken"
    """The server cannot be built with it, hangs, or ends a request in an error of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What was seen of a mutation.

    Attributes:
        mutation: The mutation.
        fate: What became of it.
        clauses: Ids of the clauses that failed in the first test with a failure.
        test: Id of that test; empty without one.
        tests: How many tests ran.
        processor_seconds: What it took.
        reason: Why it is broken or equivalent; empty otherwise.
    """

    mutation: Mutation
    fate: Fate
    clauses: tuple[str, ...] = ()
    test: str = ""
    tests: int = 0
    processor_seconds: float = 0.0
    reason: str = ""


class StopAtAnyFailure:
    """A plugin that runs the tests that execute least first, and none after the first failure.

    Args:
        weights: How many lines of the server each test executes, by its id.
    """

    def __init__(self, weights: Mapping[str, int]) -> None:
        self._weights = weights
        self._failed = False

    def order(self, items: list[pytest.Item]) -> None:
        """Put them in order."""
        items.sort(
            key=lambda item: (
                generates(item),
                self._weights.get(item.nodeid, 0),
                stable_number(item.nodeid),
            )
        )

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> bool | None:
        """Treat a test as done once one has failed."""
        if not self._failed:
            return None
        item.ihook.pytest_runtest_teardown(item=item, nextitem=nextitem)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note whether a test failed."""
        text = getattr(report, records.ATTRIBUTE, None)
        if text is not None:
            self._failed |= bool(records.from_json(text).failures)


def measure(
    mutations: Sequence[Mutation],
    suites: CollectedSuites,
    how: Measuring,
    equivalents: Mapping[str, str],
) -> Iterator[Tried]:
    """What becomes of each mutation, as soon as it is known.

    Args:
        mutations: Those that are tried.
        suites: The suites, after `prepare`.
        how: Settings.
        equivalents: Why a mutation may survive, by its name.

    Raises:
        HarnessError: The suites end in an error without a mutation.
        ConfigurationError: This system cannot fork, or coverage.py is not there.
    """
    lines = _lines(suites, how)
    weights = lines.weights()
    forms = _forms(suites, how)
    plans = {one.name: _plan(lines.reaching(one), forms) for one in mutations}
    by_name = {one.name: one for one in mutations}
    for name, plan in plans.items():
        if not plan.tests:
            reason = equivalents.get(name, "")
            fate = Fate.EQUIVALENT if reason else Fate.UNREACHED
            yield Tried(mutation=by_name[name], fate=fate, reason=reason)
    tasks = (
        Task(
            name=name,
            work=partial(_try, suites, by_name[name], plan, weights, how),
            deadline=how.deadline,
        )
        for name, plan in plans.items()
        if plan.tests
    )
    for done in perform(tasks, parallel=how.parallel):
        yield _tried(done, by_name[done.name], equivalents)


def _forms(suites: CollectedSuites, how: Measuring) -> Plan:
    """One form of each test; other seeds take others."""
    return one_form_each(suites.tests, f"{how.seed}")


def _plan(reached: Collection[str], forms: Plan) -> Plan:
    """The tests that execute the mutation; all, if the start does."""
    everywhere = "" in reached
    tests = (test for test in forms.tests if everywhere or test in reached)
    return Plan(tests=frozenset(tests), in_full=frozenset())


def _lines(suites: CollectedSuites, how: Measuring) -> Lines:
    """Which test executes which lines of a server without a mutation."""
    tasks = (
        Task(name="", work=partial(_run_recorded, suites, part, how), deadline=how.deadline * _LONG)
        for part in divided(_forms(suites, how), how.parallel)
    )
    found = []
    for done in perform(tasks, parallel=how.parallel):
        if done.result is None:
            raise HarnessError(f"without a mutation: {done.explanation}")
        found.append(done.result)
    return united(found)


def _run_recorded(suites: CollectedSuites, plan: Plan, how: Measuring) -> Lines:
    lines = LineRecorder()
    subject = Subject(timeout=_RELIABLE, seed=how.seed)
    seen = suites.run(subject, plan, recorder=RuleRecorder(), ordering=lines)
    if seen.trouble or seen.broken:
        raise HarnessError(f"{seen.explanation} {seen.broken}")
    return lines.lines


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What a process saw of a mutation: a run, and errors of the server itself."""

    observation: Observation
    errors: tuple[str, ...]


def _try(
    suites: CollectedSuites,
    mutation: Mutation,
    plan: Plan,
    weights: Mapping[str, int],
    how: Measuring,
) -> _Seen:
    errors: list[str] = []
    _gather_errors(errors)
    try:
        implant(mutation)
    except (HarnessError, ValueError, SyntaxError) as error:
        return _Seen(observation=Observation(), errors=(str(error),))
    subject = Subject(timeout=how.timeout, seed=stable_number(f"{how.seed} {mutation.name}"))
    observation = suites.run(subject, plan, ordering=StopAtAnyFailure(weights))
    return _Seen(observation=observation, errors=tuple(errors))


def _gather_errors(errors: list[str]) -> None:
    """Note what the server did not mean to happen, in whichever thread."""

    class Gathering(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.exc_info:
                errors.append(f"{record.getMessage()}: {record.exc_info[1]!r}")

    logging.getLogger(reference.__name__).addHandler(Gathering())
    threading.excepthook = lambda problem: errors.append(repr(problem.exc_value))


def _tried(done: Done[_Seen], mutation: Mutation, equivalents: Mapping[str, str]) -> Tried:
    if done.result is None:
        return Tried(mutation=mutation, fate=Fate.BROKEN, reason=done.explanation)
    seen, errors = done.result.observation, done.result.errors
    reason, fate = "", Fate.SURVIVED
    if errors or seen.trouble:
        fate, reason = Fate.BROKEN, errors[0] if errors else seen.explanation
    elif seen.broken:
        fate = Fate.KILLED
    elif mutation.name in equivalents:
        fate, reason = Fate.EQUIVALENT, equivalents[mutation.name]
    return Tried(
        mutation=mutation,
        fate=fate,
        clauses=tuple(each.clause for each in seen.broken),
        test=seen.broken[0].tests[0] if seen.broken else "",
        tests=seen.tests,
        processor_seconds=seen.processor_seconds,
        reason=reason,
    )
