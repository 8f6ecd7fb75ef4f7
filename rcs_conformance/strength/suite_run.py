"""Runs the suites in this process, against a server with faults or variations."""

import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import hypothesis
import pytest
from hypothesis import Phase

from rcs_conformance.model.results import TestRecord, Verdict
from rcs_conformance.plugin.embedded import Embedded
from rcs_conformance.plugin.invocation import CONFIGURATION, QUIET, SUITES
from rcs_conformance.plugin.options import Handover
from rcs_conformance.plugin.session import SESSION
from rcs_conformance.strength.first_failure import StopAtFirstFailure
from rcs_conformance.strength.plans import Plan
from rcs_conformance.strength.reach import Reach, RuleRecorder
from rcs_conformance.strength.records import Broken, Observation, Trouble, Undecided
from rcs_conformance.verdict import Run
from rcs_conformance.wire import schema

_OPTIONS = ("--capture=no", "--tb=no", "--profile", "standard")
_PROFILE = "rcs-conformance-strength"
_UNSHRUNK = (Phase.explicit, Phase.generate)
_EXAMPLES = 2
"""Most examples of a generated test that runs in full, beside the fixed corners."""

_FEW = 2
"""Examples of a generated test that does not run in full: the simplest, and a random one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A server that the suites are run against.

    Attributes:
        faults: Names of its faults.
        variations: Names of its variations.
        timeout: Seconds to wait for a notification.
        seed: Random seed of generated data.
        clause: No more tests of it run once it has failed; empty: all tests run.
        own: Whether no other test runs then either.
    """

    faults: tuple[str, ...] = ()
    variations: tuple[str, ...] = ()
    timeout: float
    seed: int
    clause: str = ""
    own: bool = False


class Excerpt:
    """A plugin that runs the tests of a plan, and prints the id of each as it begins."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._names = {_name(test) for test in plan.tests}
        self._in_full = {_name(test) for test in plan.in_full}

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makeitem(self, collector: pytest.Collector, name: str) -> object:
        """Leave out early what is not in the plan: collecting it takes longer than a test."""
        left_out = name.startswith("test") and f"{collector.nodeid}::{name}" not in self._names
        return [] if left_out else None

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the tests of the plan; a failing example is not shrunk, since it is not shown."""
        items[:] = [item for item in items if item.nodeid in self._plan.tests]
        usual = hypothesis.settings()
        hypothesis.settings.register_profile(
            _PROFILE, usual, phases=_UNSHRUNK, max_examples=_EXAMPLES
        )
        hypothesis.settings.load_profile(_PROFILE)
        few = hypothesis.settings(phases=(Phase.generate,), max_examples=_FEW)
        # A generated test has taken its settings at import, before that profile existed.
        shortened = {_function(item): self._is_short(item) for item in items if _generates(item)}
        for function, is_short in shortened.items():
            (few if is_short else hypothesis.settings())(function)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Show the last test of a process that crashes or hangs."""
        print(nodeid, flush=True)  # noqa: T201 - into the log of the process

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """A few examples need not reach every clause that the test declares."""
        if self._is_short(item):
            item.config.stash[SESSION].judgement.accept_partial()

    def _is_short(self, item: pytest.Item) -> bool:
        """Whether the test generates examples, and no form of it runs in full."""
        return _generates(item) and _name(item.nodeid) not in self._in_full


def _name(test: str) -> str:
    """The id of a test without its parameters."""
    return test.partition("[")[0]


def _generates(item: pytest.Item) -> bool:
    return hasattr(_function(item), "hypothesis")


def _function(item: pytest.Item) -> Any:  # noqa: ANN401 - whatever was decorated
    return getattr(item, "function", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """A run against a server without a fault.

    Attributes:
        observation: As of any other run.
        reach: The rules that the server called in each test.
        accepted: What the schemas accepted (`wire.schema.accepted`).
    """

    observation: Observation
    reach: Reach = field(default_factory=Reach)
    accepted: frozenset[object] = frozenset()


def joined(parts: Iterable[Baseline]) -> Baseline:
    """One run of its parts; a clause that failed in one of them has failed."""
    known = list(parts)
    seen = [each.observation for each in known]
    broken = tuple(one for each in seen for one in each.broken)
    undecided = tuple(one for each in seen for one in each.undecided)
    amiss = {one.clause for one in broken} | {one.clause for one in undecided}
    return Baseline(
        observation=Observation(
            broken=broken,
            undecided=undecided,
            passed=frozenset[str]().union(*(each.passed for each in seen)) - amiss,
            tests=sum(each.tests for each in seen),
            seconds=max((each.seconds for each in seen), default=0.0),
            processor_seconds=sum(each.processor_seconds for each in seen),
            trouble=next((each.trouble for each in seen if each.trouble), None),
            explanation="\n".join(each.explanation for each in seen if each.explanation),
        ),
        reach=sum((each.reach for each in known), start=Reach()),
        accepted=frozenset[object]().union(*(each.accepted for each in known)),
    )


def run_baseline(subject: Subject, plan: Plan) -> Baseline:
    """Run the tests of a plan against a server, and note which rules it calls in each."""
    recorder = RuleRecorder()
    observation = run_suites(subject, plan, recorder=recorder)
    return Baseline(observation=observation, reach=recorder.reach, accepted=schema.accepted())


def run_suites(
    subject: Subject,
    plan: Plan,
    unreached: Collection[str] = (),
    recorder: RuleRecorder | None = None,
) -> Observation:
    """Run the tests of a plan against a server.

    Needs a process of its own: it can run the suites once, and the server ends with it.

    Args:
        subject: The server.
        plan: The tests.
        unreached: Tests that were left out, since they would pass as without a fault.
        recorder: Notes the rules that the server calls.
    """
    begun, processor_begun = time.perf_counter(), time.process_time()
    rules = () if recorder is None else (recorder.rules,)
    server = Embedded(faults=subject.faults, variations=subject.variations, rules=rules)
    target = server.target
    target = replace(target, notifications=replace(target.notifications, timeout=subject.timeout))
    plugins: list[object] = [Excerpt(plan)]
    if subject.clause:
        plugins.append(StopAtFirstFailure(subject.clause, end=subject.own))
    if recorder is not None:
        recorder.quiesce = server.quiesce
        plugins.append(recorder)
    runs: list[Run] = []
    code = pytest.main(
        [*_words(subject.seed), str(SUITES)],
        plugins=[Handover(target=target, collect=runs.append), *plugins],
    )
    if runs:
        seen = observation_of(runs[0])
    else:
        text = f"pytest ended without a verdict, exit code {int(code)}"
        seen = Observation(trouble=Trouble.HARNESS, explanation=text)
    return replace(
        seen,
        unreached=len(unreached),
        seconds=time.perf_counter() - begun,
        processor_seconds=time.process_time() - processor_begun,
    )


def observation_of(run: Run) -> Observation:
    """What a finished run showed."""
    clauses = run.clauses.values()
    problems = [
        *run.information.problems,
        *(f"{each.id}: {each.reason}" for each in run.records if each.verdict is Verdict.ERROR),
    ]
    return Observation(
        broken=tuple(
            _broken(each.id, run.records) for each in clauses if each.verdict is Verdict.FAIL
        ),
        undecided=tuple(
            Undecided(clause=each.id, reason=each.reason, precondition=each.precondition)
            for each in clauses
            if each.verdict is Verdict.INCONCLUSIVE
        ),
        passed=frozenset(each.id for each in clauses if each.verdict is Verdict.PASS),
        tests=len(run.records),
        trouble=Trouble.HARNESS if problems else None,
        explanation="\n".join(problems),
    )


def _broken(clause: str, records: Iterable[TestRecord]) -> Broken:
    failures = [
        (record.id, failure)
        for record in records
        for failure in record.failures
        if failure.clause == clause
    ]
    says = next((f"{found.rule}: {found.actual}" for _, found in failures), "")
    return Broken(clause=clause, tests=tuple(sorted({test for test, _ in failures})), says=says)


def _words(seed: int) -> tuple[str, ...]:
    return (*CONFIGURATION, *QUIET, *_OPTIONS, "--rcs-seed", str(seed))
