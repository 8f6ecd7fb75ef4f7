"""A run of the suites against a server with faults or variations: its tests, and what it showed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import pytest
from hypothesis import Phase

from rcs_conformance.model.results import TestRecord, Verdict
from rcs_conformance.plugin.collection import prepare
from rcs_conformance.plugin.session import SESSION, Session
from rcs_conformance.strength.plans import Plan
from rcs_conformance.strength.reach import Reach
from rcs_conformance.strength.records import Broken, Observation, Trouble, Undecided
from rcs_conformance.target import Policy
from rcs_conformance.verdict import Run

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
        policy: What the target file says of it.
        timeout: Seconds to wait for a notification.
        seed: Random seed of generated data.
        clause: No more tests of it run once it has failed; empty: all tests run.
        own: Whether no other test runs then either.
        likely: Id of the test that is likely to make it fail, and runs first; empty: not known.
    """

    faults: tuple[str, ...] = ()
    variations: tuple[str, ...] = ()
    policy: Policy = Policy()  # noqa: RUF009 - frozen
    timeout: float
    seed: int
    clause: str = ""
    own: bool = False
    likely: str = ""


class Excerpt:
    """A plugin that runs the tests of a plan, and prints the id of each as it begins."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._in_full = {_name(test) for test in plan.in_full}

    def choose(self, items: list[pytest.Item], session: Session) -> None:
        """Leave the tests of the plan; a failing example is not shrunk, since it is not shown.

        Args:
            items: All tests.
            session: Of which each of their examples is to be one.
        """
        items[:] = [item for item in items if item.nodeid in self._plan.tests]
        for item in items:
            prepare(item, session)
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
