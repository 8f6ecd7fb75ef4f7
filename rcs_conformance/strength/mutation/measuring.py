"""Runs the suites against each mutation of the server, up to the first failure."""

import gc
import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import islice
from pathlib import Path

import pytest

from rcs_conformance import reference
from rcs_conformance.errors import HarnessError
from rcs_conformance.plugin import records
from rcs_conformance.plugin.collection import generates
from rcs_conformance.strength.checkpoint import key
from rcs_conformance.strength.collected_suites import CollectedSuites
from rcs_conformance.strength.mutation.implanting import implant
from rcs_conformance.strength.mutation.lines import LineRecorder, Lines, keep, kept, united
from rcs_conformance.strength.mutation.neighbours import Neighbours
from rcs_conformance.strength.mutation.sites import Mutation
from rcs_conformance.strength.plans import (
    Plan,
    divided,
    everything,
    one_format_each,
    stable_number,
)
from rcs_conformance.strength.processes import Done, Task, perform
from rcs_conformance.strength.reach import RuleRecorder
from rcs_conformance.strength.records import Observation
from rcs_conformance.strength.runner import Measuring
from rcs_conformance.strength.suite_run import Subject

_RELIABLE = 5.0
"""Seconds to wait for a notification from a server that loses none."""
_PATIENT = 3.0
"""Seconds to wait for one from a mutated server: on a busy machine, none is to seem lost."""
_LONG = 5
"""How many times longer all tests in one format may take than a sample of them."""
_ALL_FORMS = 3
"""How many times longer all forms of them may take than that."""
_FEW = 20
"""Most tests that execute a mutation, for each of them to meet it alone."""

LINES = "lines.json"
"""Name of the file that keeps which tests execute which lines."""


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
    """A plugin that runs the likeliest tests before all others, and none after a failure.

    Of the others the fastest come first, and those that generate data last.

    Args:
        likely: Ranks of the tests that come first, by their ids.
        seconds: How long each test takes, by its id.
    """

    def __init__(self, likely: Mapping[str, int], seconds: Mapping[str, float]) -> None:
        self._likely = likely
        self._seconds = seconds
        self._failed = False

    def order(self, items: list[pytest.Item]) -> None:
        """Put them in order."""
        items.sort(
            key=lambda item: (
                self._likely.get(item.nodeid, len(self._likely)),
                generates(item),
                self._seconds.get(item.nodeid, 0.0),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What all mutations are tried with.

    Attributes:
        suites: The suites, after `prepare`.
        how: Settings.
        lines: Which tests execute which lines.
        forms: Each test in one format, for all kinds of chat.
        neighbours: Which tests killed which mutations so far.
    """

    suites: CollectedSuites
    how: Measuring
    lines: Lines
    forms: frozenset[str]
    neighbours: Neighbours = field(default_factory=Neighbours)

    def all_of(self, reached: frozenset[str]) -> frozenset[str]:
        """Tests that execute something; all, if the start does."""
        tests = frozenset(each.id for each in self.suites.tests)
        return tests if "" in reached else tests & reached

    def first(self, mutation: Mutation) -> Plan:
        """The tests that execute a mutation in one format, and those that killed its neighbours."""
        reached = self.all_of(self.lines.reaching(mutation))
        likely = frozenset(self.neighbours.likely(mutation, reached))
        return Plan(tests=(self.forms & reached or reached) | likely, in_full=frozenset())

    def rest(self, mutation: Mutation) -> Plan:
        """Those that execute its function, in all forms with all the fixed examples."""
        tests = self.all_of(self.lines.around(mutation))
        return Plan(tests=tests, in_full=tests)

    def alone(self, mutation: Mutation) -> tuple[str, ...]:
        """Those that execute it where they are few: what shows only to a test that comes first."""
        tests = self.all_of(self.lines.reaching(mutation))
        return tuple(sorted(tests)) if len(tests) <= _FEW else ()

    def order(self, mutation: Mutation, plan: Plan) -> "StopAtAnyFailure":
        """The fastest first; in all forms another order, since tests leave things to each other."""
        likely = self.neighbours.likely(mutation, plan.tests)
        return StopAtAnyFailure(likely, {} if plan.in_full else self.lines.seconds)


def measure(
    mutations: Sequence[Mutation],
    suites: CollectedSuites,
    how: Measuring,
    equivalents: Mapping[str, str],
    folder: Path | None = None,
) -> Iterator[Tried]:
    """What becomes of each mutation, as soon as it is known.

    All meet each test that executes them in one format, those with a written reason last: for them
    it is enough to notice that the reason is wrong. The others that survive then meet all forms,
    and what becomes of them is yielded a second time. Where few tests execute one, each of them
    meets it on a server of its own at last: what the oldest entry of a list shows, only the first
    test sees. One that is killed so is yielded a third time.

    Args:
        mutations: Those that are tried.
        suites: The suites, after `prepare`.
        how: Settings.
        equivalents: Why a mutation may survive, by its name.
        folder: Where it is kept which tests execute which lines, for the next time.

    Raises:
        HarnessError: The suites end in an error without a mutation.
        ConfigurationError: This system cannot fork, or coverage.py is not there.
    """
    known = _Known(
        suites=suites,
        how=how,
        lines=_lines(suites, how, folder),
        forms=one_format_each(suites.tests, f"{how.seed}"),
    )
    gc.freeze()  # what the processes share is not looked through, and copied, in each of them
    open_ = []
    ordered = sorted(mutations, key=lambda one: one.name in equivalents)
    for tried in _each(known, ordered, _Known.first, equivalents):
        yield tried
        if tried.fate is Fate.SURVIVED:
            open_.append(tried.mutation)
    still = []
    for tried in _each(known, open_, _Known.rest, equivalents):
        yield tried
        if tried.fate is Fate.SURVIVED:
            still.append(tried.mutation)
    for mutation in still:
        yield from _killed_alone(known, mutation)


def _each(
    known: _Known,
    mutations: Sequence[Mutation],
    plan: Callable[[_Known, Mutation], Plan],
    equivalents: Mapping[str, str],
) -> Iterator[Tried]:
    """What becomes of each mutation in the tests of its plan, which is made when it begins."""
    by_name = {one.name: one for one in mutations}
    reached = [one for one in mutations if plan(known, one).tests]
    for one in mutations:
        if one not in reached:
            reason = equivalents.get(one.name, "")
            fate = Fate.EQUIVALENT if reason else Fate.UNREACHED
            yield Tried(mutation=one, fate=fate, reason=reason)
    deadline = known.how.deadline * _LONG * (_ALL_FORMS if plan is _Known.rest else 1)
    tasks = (
        Task(name=one.name, work=partial(_try, known, one, plan), deadline=deadline)
        for one in reached
    )
    for done in perform(tasks, parallel=known.how.parallel):
        tried = _tried(done, by_name[done.name], equivalents)
        if tried.fate is Fate.KILLED:
            known.neighbours.note(tried.mutation, tried.test)
        yield tried


def _killed_alone(known: _Known, mutation: Mutation) -> Iterator[Tried]:
    """What becomes of a mutation if one of few tests kills it on a server of its own."""

    def task(test: str) -> Task[_Seen]:
        plan = Plan(tests=frozenset({test}), in_full=frozenset({test}))
        work = partial(_try, known, mutation, lambda *_: plan)
        return Task(name=test, work=work, deadline=known.how.deadline)

    tasks = [task(test) for test in known.alone(mutation)]
    with closing(perform(tasks, parallel=known.how.parallel)) as all_done:
        all_tried = (_tried(done, mutation, {}) for done in all_done)
        killed = (each for each in all_tried if each.fate is Fate.KILLED)
        yield from islice(killed, 1)


def _lines(suites: CollectedSuites, how: Measuring, folder: Path | None) -> Lines:
    """Which test executes which lines of a server without a mutation."""
    sources = key(f"seed {how.seed}", apart=Path(__file__).parents[1])
    file = None if folder is None else folder / LINES
    known = None if file is None else kept(file, sources)
    if known is not None:
        return known
    tasks = (
        Task(name="", work=partial(_run_recorded, suites, part, how), deadline=how.deadline * _LONG)
        for part in divided(everything(suites.tests, in_full=False), how.parallel)
    )
    parts = []
    for done in perform(tasks, parallel=how.parallel):
        if done.result is None:
            raise HarnessError(f"without a mutation: {done.explanation}")
        parts.append(done.result)
    found = united(parts)
    if file is not None:
        keep(file, sources, found)
    return found


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


def _try(known: _Known, mutation: Mutation, plan: Callable[[_Known, Mutation], Plan]) -> _Seen:
    errors: list[str] = []
    _gather_errors(errors)
    try:
        implant(mutation)
    except (HarnessError, ValueError, SyntaxError) as error:
        return _Seen(observation=Observation(), errors=(str(error),))
    seed = stable_number(f"{known.how.seed} {mutation.name}")
    subject = Subject(timeout=_PATIENT, seed=seed)
    tests = plan(known, mutation)
    observation = known.suites.run(subject, tests, ordering=known.order(mutation, tests))
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
