"""The trace from requirement to clause to test, as pure functions for the command `trace`."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date

from rcs_conformance.catalogue.comparison import Difference
from rcs_conformance.catalogue.records import (
    Catalogue,
    Change,
    Clause,
    Level,
    Release,
    Requirement,
    is_later,
)
from rcs_conformance.catalogue.statements import Statement, Statements
from rcs_conformance.catalogue.work_items import Division, divisions


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFault:
    """A way in which the reference server can break a clause: its name, and what it does."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceRow:
    """A clause with what covers it; a void requirement has one row, without a clause.

    Attributes:
        requirement: That it belongs to.
        clause: `None` for a void requirement.
        tests: Ids of the tests that declare it, parameters included; sorted.
        faults: That break it; by name.
        statements: The sentences of the source that it comes from.
        suspect: Why it, its tests and its verdicts are suspect; empty where they are not.
        outcomes: What runs made of tests, by the id without parameters; empty without runs.
    """

    requirement: Requirement
    clause: Clause | None
    tests: tuple[str, ...] = ()
    faults: tuple[KnownFault, ...] = ()
    statements: tuple[Statement, ...] = ()
    suspect: tuple[str, ...] = ()
    outcomes: Mapping[str, str] = field(default_factory=dict)

    @property
    def functions(self) -> tuple[str, ...]:
        """The tests without their parameters; sorted."""
        return tuple(sorted({test.partition("[")[0] for test in self.tests}))

    def with_outcome(self, function: str) -> str:
        """A test without its parameters, and what became of it where runs are known."""
        outcome = self.outcomes.get(function, "not run") if self.outcomes else ""
        return f"{function} ({outcome})" if outcome else function

    @property
    def change(self) -> Change:
        """Of the clause; of the requirement where it has none."""
        return self.clause.change if self.clause else self.requirement.change

    @property
    def is_stated(self) -> bool:
        """Whether the source says it in so many words."""
        return self.clause is None or self.clause.level is not Level.DERIVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What of the trace is asked for; everything without any of these, else what has all of them.

    Attributes:
        ids: Of requirements and clauses, or ids that the source skips.
        changes: Changes of clauses; void for void requirements.
        release: What this release of RCS has; empty: the last.
        without_source: What the source does not state: derived clauses, and ids that it skips.
    """

    ids: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    release: str = ""
    without_source: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What the source documents say, and whether they still say it.

    Attributes:
        statements: All sentences, and what became of them.
        compared: Whether they were compared with the documents.
        differences: Between them.
        suspects: Why clauses are suspect, by their ids.
        outcomes: What runs made of tests, by the id without parameters.
    """

    statements: Statements = field(default_factory=Statements)
    compared: bool = False
    differences: tuple[Difference, ...] = ()
    suspects: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What every format of the trace shows.

    Attributes:
        source: The document that the requirements are from.
        releases: Of RCS, oldest first.
        revised: When the catalogue was last changed.
        selection: What was asked for.
        rows: In the order of the catalogue.
        not_in_source: Ids that the numbering of the source skips.
        sentences: What became of each sentence of the source, whatever was asked for.
    """

    source: str
    releases: tuple[Release, ...]
    revised: date
    selection: Selection
    rows: tuple[TraceRow, ...]
    not_in_source: tuple[str, ...]
    sentences: Source = Source()

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses of it."""
        return tuple(row.clause for row in self.rows if row.clause)

    @property
    def divisions(self) -> tuple[Division, ...]:
        """How the options of the source would divide the clauses."""
        return divisions(self.clauses)

    @property
    def tested(self) -> int:
        """How many clauses have tests."""
        return sum(1 for row in self.rows if row.tests)

    @property
    def derived(self) -> tuple[str, ...]:
        """Ids of the clauses that the source does not state."""
        return tuple(row.clause.id for row in self.rows if row.clause and not row.is_stated)

    def count(self, name: Callable[[TraceRow], str]) -> Mapping[str, int]:
        """How many clauses there are by some name of theirs, in the order in which they come."""
        return Counter(name(row) for row in self.rows if row.clause)

    @property
    def by_change(self) -> Mapping[str, int]:
        """How many clauses have each change, in the order of `Change`; those that occur."""
        found = self.count(lambda row: row.change.value)
        return {change.value: found[change.value] for change in Change if change.value in found}

    @property
    def by_section(self) -> Mapping[str, int]:
        """How many clauses each section of the source has."""
        return self.count(lambda row: row.requirement.section)

    @property
    def by_release(self) -> Mapping[str, int]:
        """How many clauses each release adds."""
        return self.count(lambda row: row.clause.since if row.clause else "")


def trace(
    catalogue: Catalogue,
    tests: Mapping[str, Sequence[str]],
    faults: Mapping[str, Sequence[KnownFault]],
    selection: Selection = Selection(),
    sentences: Source = Source(),
) -> Trace:
    """The trace of what is selected.

    Args:
        catalogue: What is to be tested.
        tests: Ids of the tests by clause id.
        faults: Known faults by clause id.
        selection: What of it.
        sentences: What became of each sentence of the source.

    Raises:
        ConfigurationError: The selection names an unknown requirement, clause or release.
    """
    skipped = [one for one in selection.ids if one in catalogue.not_in_source]
    known = [one for one in selection.ids if one not in skipped]
    chosen = {one.id for one in catalogue.select(known)}
    if selection.release:
        catalogue.check_release(selection.release)

    def is_selected(row: TraceRow) -> bool:
        clause = row.clause.id if row.clause else ""
        since = row.clause.since if row.clause else ""
        return (
            (not selection.ids or clause in chosen or row.requirement.id in selection.ids)
            and (not selection.changes or row.change in selection.changes)
            and not is_later(since, selection.release)
            and not (selection.without_source and row.is_stated)
        )

    absent = skipped if selection.ids else catalogue.not_in_source
    return Trace(
        source=catalogue.source,
        releases=catalogue.releases,
        revised=catalogue.revised,
        selection=selection,
        rows=tuple(
            row for row in trace_rows(catalogue, tests, faults, sentences) if is_selected(row)
        ),
        not_in_source=() if selection.changes else tuple(absent),
        sentences=sentences,
    )


def trace_rows(
    catalogue: Catalogue,
    tests: Mapping[str, Sequence[str]],
    faults: Mapping[str, Sequence[KnownFault]],
    sentences: Source = Source(),
) -> tuple[TraceRow, ...]:
    """A row for every clause and every void requirement, in the order of the catalogue.

    Args:
        catalogue: What is to be tested.
        tests: Ids of the tests by clause id; ids that the catalogue does not have are left out
            here and told by `unknown_clauses`.
        faults: Known faults by clause id.
        sentences: What became of each sentence of the source.
    """
    return tuple(_rows(catalogue, tests, faults, sentences))


def _rows(
    catalogue: Catalogue,
    tests: Mapping[str, Sequence[str]],
    faults: Mapping[str, Sequence[KnownFault]],
    sentences: Source,
) -> Iterator[TraceRow]:
    stated = sentences.statements.by_clause
    for requirement in catalogue.requirements.values():
        if requirement.change is Change.VOID:
            yield TraceRow(requirement=requirement, clause=None)
        for clause in requirement.clauses:
            yield TraceRow(
                requirement=requirement,
                clause=clause,
                tests=tuple(sorted(set(tests.get(clause.id, ())))),
                faults=tuple(sorted(faults.get(clause.id, ()), key=lambda fault: fault.name)),
                statements=stated.get(clause.id, ()),
                suspect=sentences.suspects.get(clause.id, ()),
                outcomes=sentences.outcomes,
            )


def unknown_clauses(
    catalogue: Catalogue, tests: Mapping[str, Sequence[str]]
) -> Mapping[str, tuple[str, ...]]:
    """What tests declare and the catalogue does not have, with those tests; sorted."""
    return {
        clause: tuple(sorted(set(tests[clause])))
        for clause in sorted(tests.keys() - catalogue.clauses)
    }


def untested_clauses(
    catalogue: Catalogue,
    tests: Mapping[str, Sequence[str]],
    excused: AbstractSet[str] = frozenset(),
) -> tuple[Clause, ...]:
    """The clauses without a test and without a written reason.

    Args:
        catalogue: What is to be tested.
        tests: Ids of the tests by clause id; an empty list is no test.
        excused: Ids of clauses with a written reason.
    """
    return tuple(
        clause
        for clause in catalogue.clauses.values()
        if not tests.get(clause.id) and clause.id not in excused
    )
