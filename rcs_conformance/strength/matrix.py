"""The matrix of clause by fault, and the goals that the suites are held to. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from rcs_conformance.reference import Fault, Variation
from rcs_conformance.strength.records import Broken, Observation, Trouble

OWN_SHARE = 0.95
"""How many faults of all must fail under their own clause."""

_UNSEEN = Observation(trouble=Trouble.CRASHED, explanation="was not run")


class Catch(StrEnum):
    """What became of a fault."""

    OWN = "caught"
    """Its own clause failed."""
    ELSEWHERE = "caught elsewhere"
    """Only other clauses failed."""
    MISSED = "not caught"
    """Nothing failed."""
    ERROR = "error"
    """The run crashed, hung, or ended in an error of the harness."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What the suites made of one fault.

    Attributes:
        fault: The fault.
        catch: What became of it.
        own: How its own clause failed; `None`: it did not.
        others: The other clauses that failed.
        observation: All that the run showed.
    """

    fault: Fault
    catch: Catch
    own: Broken | None
    others: tuple[Broken, ...]
    observation: Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class Freedom:
    """What the suites made of a server that makes use of a freedom.

    Attributes:
        variation: The freedom.
        faults: What they hold against it; empty, as it should be: nothing.
        observation: All that the run showed.
    """

    variation: Variation
    faults: tuple[str, ...]
    observation: Observation


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """By which faults a clause is seen to fail.

    Attributes:
        clause: Its id.
        tests: How many tests declare it.
        passes: Whether it passes without a fault.
        faults: The faults that are to break it, of those that were run.
        caught: Those of them under which it failed.
        also: Faults of other clauses under which it failed.
    """

    clause: str
    tests: int
    passes: bool
    faults: tuple[str, ...]
    caught: tuple[str, ...]
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What the suites are held to.

    Attributes:
        text: The goal.
        measured: What was reached, for a person.
        met: Whether that is enough.
    """

    text: str
    measured: str
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """All of it.

    Attributes:
        rows: One for each fault, in the catalogue's order of their clauses.
        columns: One for each clause that has a test or a fault, in the catalogue's order.
        bare: Clauses that pass, and that no fault at all breaks.
        freedoms: One for each variation that was run, by name.
        goals: The goals.
        flaws: Why the run says nothing: what a server without a fault failed.
    """

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    bare: tuple[str, ...]
    freedoms: tuple[Freedom, ...]
    goals: tuple[Goal, ...]
    flaws: tuple[str, ...]

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
    """The matrix of a run.

    Args:
        faults: Those that were run.
        baseline: What a server without a fault showed; what it failed does not count anywhere.
        observations: What each fault and variation showed, by its name; one that is missing is
            an error.
        tests: How many tests declare a clause.
        clauses: All clauses, in the catalogue's order.
        known: All faults that there are.
        variations: Those that were run.
    """
    order = {clause: place for place, clause in enumerate(clauses)}
    flawed = {each.clause for each in baseline.broken}
    rows = tuple(
        _row(fault, observations.get(fault.name, _UNSEEN), flawed)
        for fault in sorted(faults, key=lambda each: (order.get(each.clause, -1), each.name))
    )
    freedoms = tuple(
        Freedom(variation=one, faults=_held_against(seen), observation=seen)
        for one in sorted(variations, key=lambda each: each.name)
        for seen in [observations.get(one.name, _UNSEEN)]
    )
    broken = {fault.clause for fault in known}
    return Matrix(
        rows=rows,
        columns=_columns(rows, tests, clauses, baseline.passed),
        bare=tuple(each for each in clauses if each in baseline.passed and each not in broken),
        freedoms=freedoms,
        goals=(*_goals(rows), *_goal_of_freedoms(freedoms)),
        flaws=_held_against(baseline),
    )


def _held_against(seen: Observation) -> tuple[str, ...]:
    """What is wrong with a run against a server that conforms; empty: it is as it should be."""
    return (
        *((f"{seen.trouble}: {seen.explanation}",) if seen.trouble else ()),
        *(f"{each.clause} fails: {each.says}" for each in seen.broken),
        *(f"{each.clause} is inconclusive: {each.reason}" for each in seen.undecided),
    )


def _row(fault: Fault, observation: Observation, flawed: Collection[str]) -> Row:
    broken = [each for each in observation.broken if each.clause not in flawed]
    own = next((each for each in broken if each.clause == fault.clause), None)
    others = tuple(each for each in broken if each.clause != fault.clause)
    return Row(
        fault=fault,
        catch=_catch(observation, own, others),
        own=own,
        others=others,
        observation=observation,
    )


def _catch(observation: Observation, own: Broken | None, others: Sequence[Broken]) -> Catch:
    if observation.trouble is not None:
        return Catch.ERROR
    if own is not None:
        return Catch.OWN
    return Catch.ELSEWHERE if others else Catch.MISSED


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
            caught=tuple(row.fault.name for row in rows if row.fault.clause == clause and row.own),
            also=tuple(
                row.fault.name for row in rows if clause in {broken.clause for broken in row.others}
            ),
        )
        for clause in clauses
    )
    return tuple(column for column in columns if column.tests or column.faults or column.also)


def _goals(rows: Sequence[Row]) -> tuple[Goal, ...]:
    caught = sum(row.catch in {Catch.OWN, Catch.ELSEWHERE} for row in rows)
    own = sum(row.catch is Catch.OWN for row in rows)
    others = median([len(row.others) for row in rows] or [0])
    share = own / len(rows) if rows else 1.0
    return (
        Goal(
            text="every fault is caught",
            measured=f"{caught} of {len(rows)}",
            met=caught == len(rows),
        ),
        Goal(
            text=f"at least {OWN_SHARE:.0%} fail under their own clause",
            measured=f"{own} of {len(rows)}, {share:.1%}",
            met=share >= OWN_SHARE,
        ),
        Goal(
            text="the median number of other clauses that fail is 0",
            measured=f"{others:g}",
            met=others == 0,
        ),
    )


def _goal_of_freedoms(freedoms: Sequence[Freedom]) -> tuple[Goal, ...]:
    held = sum(not freedom.faults for freedom in freedoms)
    text = "no freedom of a server is held against it"
    goal = Goal(text=text, measured=f"{held} of {len(freedoms)}", met=held == len(freedoms))
    return (goal,) if freedoms else ()
