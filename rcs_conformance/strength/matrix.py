"""The matrix of clause by fault, and the goals that the suites are held to. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from rcs_conformance.reference import Fault, Variation
from rcs_conformance.strength.records import Broken, Observation, Trouble

OWN_SHARE = 0.95
"""How many faults of all must be killed by their own clause."""

_NOT_RUN = Observation(trouble=Trouble.CRASHED, explanation="was not run")


class FaultOutcome(StrEnum):
    """Whether the suites killed a fault; the values are those of `strength.json`."""

    KILLED = "caught"
    """Its own clause failed."""
    KILLED_ELSEWHERE = "caught elsewhere"
    """Only other clauses failed."""
    SURVIVED = "not caught"
    """Nothing failed."""
    ERROR = "error"
    """The run crashed, hung, or ended in an error of the test suite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the suites found of one fault.

    Attributes:
        fault: The fault.
        outcome: Whether it was killed.
        own: How its own clause failed; `None`: it did not fail.
        others: The other clauses that failed.
        observation: All that the run showed.
    """

    fault: Fault
    outcome: FaultOutcome
    own: Broken | None
    others: tuple[Broken, ...]
    observation: Observation

    @property
    def killed(self) -> bool:
        """Whether any clause failed, in a run without trouble."""
        return self.outcome in {FaultOutcome.KILLED, FaultOutcome.KILLED_ELSEWHERE}


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedVariation:
    """What the suites found of a server with a permitted variation.

    Attributes:
        variation: The variation.
        findings: What failed or stayed undecided; anything is an error in the suites.
        observation: All that the run showed.
    """

    variation: Variation
    findings: tuple[str, ...]
    observation: Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Which faults make a clause fail.

    Attributes:
        clause: Its id.
        tests: How many tests declare it.
        passes: Whether it passes without a fault.
        faults: The faults that break it, of those that were run.
        killed: Those of them with which it failed.
        others: Faults of other clauses with which it failed.
    """

    clause: str
    tests: int
    passes: bool
    faults: tuple[str, ...]
    killed: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What the suites are held to.

    Attributes:
        text: The goal.
        measured: The figure that was measured, for a person.
        met: Whether that is enough.
    """

    text: str
    measured: str
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Clause by fault.

    Attributes:
        rows: One for each fault, in the catalogue's order of their clauses.
        columns: One for each clause that has a test or a fault, in the catalogue's order.
        without_fault: Clauses that pass, and that no fault breaks.
        variations: One for each variation that was run, by name.
        goals: The goals.
        baseline_findings: What a server without a fault failed; any makes the measurement void.
    """

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    without_fault: tuple[str, ...]
    variations: tuple[TriedVariation, ...]
    goals: tuple[Goal, ...]
    baseline_findings: tuple[str, ...]

    @property
    def met(self) -> bool:
        """Whether all goals are met."""
        return all(goal.met for goal in self.goals)


def form(
    faults: Iterable[Fault],
    baseline: Observation,
    observations: Mapping[str, Observation],
    *,
    tests: Mapping[str, int],
    clauses: Sequence[str],
    known: Collection[Fault],
    variations: Iterable[Variation] = (),
) -> Matrix:
    """The matrix of a measurement.

    Args:
        faults: Those that were run.
        baseline: What a server without a fault showed; a clause that failed there kills no fault.
        observations: What each fault and variation showed, by its name; one that is missing is
            an error.
        tests: How many tests declare a clause.
        clauses: All clauses, in the catalogue's order.
        known: All faults that exist.
        variations: Those that were run.
    """
    order = {clause: place for place, clause in enumerate(clauses)}
    failing_anyway = {each.clause for each in baseline.broken}
    rows = tuple(
        _row(fault, observations.get(fault.name, _NOT_RUN), failing_anyway)
        for fault in sorted(faults, key=lambda each: (order.get(each.clause, -1), each.name))
    )
    tried = tuple(
        TriedVariation(variation=one, findings=findings(seen), observation=seen)
        for one in sorted(variations, key=lambda each: each.name)
        for seen in [observations.get(one.name, _NOT_RUN)]
    )
    breakable = {fault.clause for fault in known}
    return Matrix(
        rows=rows,
        columns=_columns(rows, tests, clauses, baseline.passed),
        without_fault=tuple(
            each for each in clauses if each in baseline.passed and each not in breakable
        ),
        variations=tried,
        goals=(*_goals(rows), *_goal_of_variations(tried)),
        baseline_findings=findings(baseline),
    )


def findings(seen: Observation) -> tuple[str, ...]:
    """What is wrong with a run against a server that conforms; empty: nothing."""
    return (
        *((f"{seen.trouble}: {seen.explanation}",) if seen.trouble else ()),
        *(f"{each.clause} fails: {each.says}" for each in seen.broken),
        *(f"{each.clause} is inconclusive: {each.reason}" for each in seen.undecided),
    )


def _row(fault: Fault, observation: Observation, failing_anyway: Collection[str]) -> Row:
    broken = [each for each in observation.broken if each.clause not in failing_anyway]
    own = next((each for each in broken if each.clause == fault.clause), None)
    others = tuple(each for each in broken if each.clause != fault.clause)
    return Row(
        fault=fault,
        outcome=_outcome(observation, own, others),
        own=own,
        others=others,
        observation=observation,
    )


def _outcome(
    observation: Observation, own: Broken | None, others: Sequence[Broken]
) -> FaultOutcome:
    if observation.trouble is not None:
        return FaultOutcome.ERROR
    if own is not None:
        return FaultOutcome.KILLED
    return FaultOutcome.KILLED_ELSEWHERE if others else FaultOutcome.SURVIVED


def _columns(
    rows: Sequence[Row],
    tests: Mapping[str, int],
    clauses: Sequence[str],
    passed: Collection[str],
) -> tuple[Column, ...]:
    columns = (
        Column(
            clause=clause,
            tests=tests.get(clause, 0),
            passes=clause in passed,
            faults=tuple(row.fault.name for row in rows if row.fault.clause == clause),
            killed=tuple(row.fault.name for row in rows if row.fault.clause == clause and row.own),
            others=tuple(
                row.fault.name for row in rows if clause in {broken.clause for broken in row.others}
            ),
        )
        for clause in clauses
    )
    return tuple(column for column in columns if column.tests or column.faults or column.others)


def _goals(rows: Sequence[Row]) -> tuple[Goal, ...]:
    killed = sum(row.killed for row in rows)
    own = sum(row.outcome is FaultOutcome.KILLED for row in rows)
    others = median([len(row.others) for row in rows] or [0])
    share = own / len(rows) if rows else 1.0
    return (
        Goal(
            text="every fault is killed",
            measured=f"{killed} of {len(rows)}",
            met=killed == len(rows),
        ),
        Goal(
            text=f"at least {OWN_SHARE:.0%} are killed by their own clause",
            measured=f"{own} of {len(rows)}, {share:.1%}",
            met=share >= OWN_SHARE,
        ),
        Goal(
            text="the median number of other clauses that fail is 0",
            measured=f"{others:g}",
            met=others == 0,
        ),
    )


def _goal_of_variations(tried: Sequence[TriedVariation]) -> tuple[Goal, ...]:
    passed = sum(not one.findings for one in tried)
    text = "no permitted variation fails a clause or leaves one undecided"
    goal = Goal(text=text, measured=f"{passed} of {len(tried)}", met=passed == len(tried))
    return (goal,) if tried else ()
