"""Runs the suites against faults and variations, and against a server without any."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import TypeVar

from rcs_conformance.plugin.inventory import Collected
from rcs_conformance.reference import Fault, Variation
from rcs_conformance.strength.checkpoint import Checkpoint
from rcs_conformance.strength.collected_suites import CollectedSuites
from rcs_conformance.strength.grouping import Group, compatible, halves
from rcs_conformance.strength.matrix import findings
from rcs_conformance.strength.plans import (
    Plan,
    Scope,
    divided,
    everything,
    one_form_each,
    own,
    sample,
    stable_number,
    union,
)
from rcs_conformance.strength.processes import Done, Task, perform
from rcs_conformance.strength.reach import reachable
from rcs_conformance.strength.records import Observation
from rcs_conformance.strength.suite_run import (
    Baseline,
    Subject,
    joined,
)
from rcs_conformance.wire import schema

T = TypeVar("T")

BASELINE = ""
"""The name of the server without a fault among names of faults."""

_RELIABLE = 5.0
"""Seconds to wait for a notification from a server that loses none."""
_LONG = 4
"""How many times longer a run of everything may take than a sample."""


def default_parallel() -> int:
    """Three runs at a time for each processor, since most of a run is waiting."""
    return (os.cpu_count() or 1) * 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Measuring:
    """How the strength is measured.

    Attributes:
        parallel: Runs at a time.
        scope: Which tests are run.
        seed: Random seed of samples and generated data.
        timeout: Seconds to wait for a notification.
        deadline: Seconds after which a run of a sample is killed; one of everything has more.
        killers: For faults, by name, the test that killed it another time; it runs first.
    """

    parallel: int
    scope: Scope = Scope.SAMPLE
    seed: int = 0
    timeout: float = 1.0
    deadline: float = 240.0
    killers: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """The settings that change an observation."""
        return f"scope {self.scope}, seed {self.seed}, timeout {self.timeout}"


def measure(
    faults: Sequence[Fault],
    variations: Sequence[Variation],
    suites: CollectedSuites,
    how: Measuring,
    checkpoint: Checkpoint | None = None,
) -> Iterator[tuple[str, Observation]]:
    """What each fault and variation shows, by name, as soon as its run has ended.

    First comes `BASELINE`, then what is known already, then variations and faults. A group of
    variations is run against a test of every clause, since any clause may fail; a single variation
    against every test that it can reach, in one of its forms. A fault is run against those tests
    of its plan that it can reach; if its clause does not fail, it is run once more, with all tests
    of the clause, another sample of the others, and other data.

    Args:
        faults: The faults to run.
        variations: The variations to run.
        suites: The suites, after `prepare`.
        how: Settings.
        checkpoint: Holds the observations of an earlier measurement, which are not repeated, and
            takes the new ones.

    Raises:
        ConfigurationError: This system cannot fork.
    """
    clauses = {fault.name: fault.clause for fault in faults}
    names = {BASELINE, *clauses, *(one.name for one in variations)}
    known = checkpoint.read() if checkpoint else {}
    known = {name: seen for name, seen in known.items() if name in names}
    for name, seen in _measured(faults, variations, suites, how, known):
        if checkpoint and name not in known:
            checkpoint.add(name, clauses.get(name, ""), seen)
        yield name, seen


def _measured(
    faults: Sequence[Fault],
    variations: Sequence[Variation],
    suites: CollectedSuites,
    how: Measuring,
    known: Mapping[str, Observation],
) -> Iterator[tuple[str, Observation]]:
    plans = {fault.name: _plan(fault, suites.tests, how) for fault in faults}
    tried = [_forms(each.name, suites.tests, how) for each in variations]
    new_faults = [one for one in faults if one.name not in known]
    new_variations = [one for one in variations if one.name not in known]
    if BASELINE in known and not new_faults and not new_variations:
        yield from known.items()
        return
    needed = union([*plans.values(), *tried])
    baseline = _baseline(suites, _without_repetition(needed, suites.tests, how), how)
    schema.accept(baseline.accepted)
    yield BASELINE, baseline.observation
    yield from ((name, seen) for name, seen in known.items() if name != BASELINE)
    run = _Runs(suites=suites, plans=plans, baseline=baseline, how=how)
    single = [(one,) for one in new_variations]
    groups = compatible(new_variations) if how.scope is Scope.OWN else single
    yield from run.observations(new_faults, groups)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Runs:
    """Runs of one fault, or of one group of variations, each.

    Attributes:
        suites: All tests.
        plans: The tests for each fault, by its name.
        baseline: What a server without a fault showed.
        how: Settings.
    """

    suites: CollectedSuites
    plans: Mapping[str, Plan]
    baseline: Baseline
    how: Measuring

    def observations(
        self, faults: Sequence[Fault], groups: Sequence[Group], sample_of: Sequence[str] = ()
    ) -> Iterator[tuple[str, Observation]]:
        """Variations, which take longest, then faults; then those that survived once more.

        A group with findings is halved until one variation has them alone, in the same tests.
        Findings that no half shows come of two variations together. They are not reported.

        Args:
            faults: The faults to run.
            groups: The groups of variations to run.
            sample_of: For each group the name of the one whose tests it runs; empty: its own.
        """
        how, by_name = self.how, {fault.name: fault for fault in faults}
        named = {" ".join(one.name for one in group): group for group in groups}
        tests_of = dict(zip(named, sample_of or named, strict=True))
        tasks = chain(
            (self._of_group(name, group, tests_of[name]) for name, group in named.items()),
            (self._of_fault(each, self.plans[each.name]) for each in faults),
        )
        divided: list[tuple[Group, str]] = []
        survivors: list[Fault] = []
        for done in perform(tasks, parallel=how.parallel):
            seen = _observed(done)
            if group := named.get(done.name):
                if len(group) > 1 and findings(seen):
                    divided += [(half, tests_of[done.name]) for half in halves(group)]
                else:
                    yield from ((one.name, _share(seen, len(group))) for one in group)
            elif self._is_final(seen, by_name[done.name]):
                yield done.name, seen
            else:
                survivors.append(by_name[done.name])
        if divided:
            parts, of = zip(*divided, strict=True)
            yield from self.observations((), parts, of)
        again = replace(self, how=replace(how, seed=stable_number(f"{how.seed} again")))
        for done in perform(map(again._once_more, survivors), parallel=how.parallel):
            yield done.name, replace(_observed(done), tries=2)

    def _is_final(self, seen: Observation, fault: Fault) -> bool:
        """Whether another run would say no more."""
        in_full = self.how.scope is Scope.FULL
        return in_full or seen.trouble is not None or seen.fails(fault.clause)

    def _of_group(self, name: str, group: Group, sample_of: str) -> Task[Observation]:
        names = tuple(one.name for one in group)
        seed = stable_number(f"{self.how.seed} {sample_of}")
        subject = Subject(variations=names, timeout=_RELIABLE, seed=seed)
        plan = _forms(sample_of, self.suites.tests, self.how)
        tests = plan.tests
        if self.how.scope is Scope.SAMPLE:
            (alone,) = group
            reached = reachable(plan.tests, (), self.baseline.reach, alone.rules)
            tests = reached or plan.tests  # what the server calls as it starts, no test reaches
        work = partial(self.suites.run, subject, replace(plan, tests=tests), plan.tests - tests)
        return Task(name=name, work=work, deadline=self.how.deadline * _LONG)

    def _once_more(self, fault: Fault) -> Task[Observation]:
        return self._of_fault(fault, _plan(fault, self.suites.tests, self.how), again=True)

    def _of_fault(self, fault: Fault, plan: Plan, *, again: bool = False) -> Task[Observation]:
        how = self.how
        seed = stable_number(f"{how.seed} {fault.name}")
        subject = Subject(faults=(fault.name,), policy=fault.policy, timeout=how.timeout, seed=seed)
        if how.scope is Scope.FULL:
            work = partial(self.suites.run, subject, plan)
            return Task(name=fault.name, work=work, deadline=how.deadline * _LONG)
        subject = replace(
            subject,
            clause=fault.clause,
            own=how.scope is Scope.OWN,
            likely=how.killers.get(fault.name, ""),
        )
        kept = plan.in_full if again else frozenset[str]()
        tests = reachable(plan.tests, kept, self.baseline.reach, fault.rules)
        work = partial(self.suites.run, subject, replace(plan, tests=tests), plan.tests - tests)
        return Task(name=fault.name, work=work, deadline=how.deadline)


def _baseline(suites: CollectedSuites, plan: Plan, how: Measuring) -> Baseline:
    """A run against a server without a fault, divided among the runs at a time."""
    subject = Subject(timeout=_RELIABLE, seed=how.seed)
    tasks = (
        Task(
            name=BASELINE,
            work=partial(suites.run_baseline, subject, part),
            deadline=how.deadline * _LONG,
        )
        for part in divided(plan, how.parallel)
    )
    return joined(
        done.result or Baseline(observation=_failed(done))
        for done in perform(tasks, parallel=how.parallel)
    )


def _without_repetition(plan: Plan, collected: Sequence[Collected], how: Measuring) -> Plan:
    """What of a plan a server without a fault is to show.

    A sample needs to know what each test reaches. Otherwise one form of each test is enough, for a
    fault is killed by its first test, most often.
    """
    if how.scope is not Scope.OWN:
        return plan
    return one_form_each([test for test in collected if test.id in plan.tests], BASELINE)


def _share(seen: Observation, size: int) -> Observation:
    """What one variation of a group showed: the same, in its part of the time."""
    return replace(
        seen,
        seconds=seen.seconds / size,
        processor_seconds=seen.processor_seconds / size,
    )


def _plan(fault: Fault, collected: Sequence[Collected], how: Measuring) -> Plan:
    match how.scope:
        case Scope.OWN:
            return own(collected, fault.clause)
        case Scope.SAMPLE:
            return sample(collected, {fault.clause}, f"{how.seed} {fault.name}")
        case Scope.FULL:
            return everything(collected)


def _forms(name: str, collected: Sequence[Collected], how: Measuring) -> Plan:
    """The tests for variations."""
    key = f"{how.seed} {name}"
    match how.scope:
        case Scope.OWN:
            return sample(collected, (), key)
        case Scope.SAMPLE:
            return one_form_each(collected, key)
        case Scope.FULL:
            return everything(collected)


def _observed(done: Done[Observation]) -> Observation:
    """What a process sent; where it sent nothing, why."""
    return done.result or _failed(done)


def _failed(done: Done[T]) -> Observation:
    return Observation(seconds=done.seconds, trouble=done.trouble, explanation=done.explanation)
