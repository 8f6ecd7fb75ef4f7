"""The trace from requirement to clause to test, as pure functions for the command `trace`."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from rcs_conformance.catalogue.records import Catalogue, Change, Clause, Requirement

COLUMNS = ("requirement", "clause", "level", "change", "when", "text", "tests")
"""The heads of the columns of `TraceRow.cells`."""

NOT_TESTED = "not tested"
"""Stands in the place of tests for a clause that has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceRow:
    """A clause with its tests; a void requirement has one row, without a clause."""

    requirement: Requirement
    clause: Clause | None
    tests: tuple[str, ...]

    def cells(self) -> tuple[str, ...]:
        """The row as text, one cell for each of `COLUMNS`; tests are separated by line ends."""
        change = self.requirement.change
        if self.clause is None:
            return (self.requirement.id, "", "", change, "", self.requirement.title, "")
        when = str(self.clause.when) if self.clause.when else ""
        tests = "\n".join(self.tests) or NOT_TESTED
        clause = self.clause
        return (clause.requirement, clause.id, clause.level, change, when, clause.text, tests)


def trace_rows(catalogue: Catalogue, tests: Mapping[str, Sequence[str]]) -> tuple[TraceRow, ...]:
    """A row for every clause and every void requirement, in the order of the catalogue.

    Args:
        catalogue: What is to be tested.
        tests: Ids of the tests by clause id; ids that the catalogue does not have are left out
            here and told by `unknown_clauses`.
    """
    return tuple(_rows(catalogue, tests))


def _rows(catalogue: Catalogue, tests: Mapping[str, Sequence[str]]) -> Iterator[TraceRow]:
    for requirement in catalogue.requirements.values():
        if requirement.change is Change.VOID:
            yield TraceRow(requirement=requirement, clause=None, tests=())
        for clause in requirement.clauses:
            found = tuple(sorted(set(tests.get(clause.id, ()))))
            yield TraceRow(requirement=requirement, clause=clause, tests=found)


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
