"""Waivers: failures that are known and accepted for a while, and by whom.

A waiver file holds `[[waivers]]` tables with `clause` or `test`, `reason`, `owner` and `expires`.
What it covers and fails is reported as waived, never as passed.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rcs_conformance.configuration import Filled, Place, read, structured, suggestion
from rcs_conformance.model.results import TestRecord, Verdict
from rcs_conformance.verdict.truth import worst


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A failure that is known and accepted.

    Attributes:
        clause: The clause whose failure it is, in whichever test; empty where a test is named.
        test: Id of the test whose failures they are, as reports show it; empty with a clause.
        reason: Why it is accepted.
        owner: Who answers for it.
        expires: The last day on which it holds.
        place: Where it stands, as file and line.
    """

    clause: str = ""
    test: str = ""
    reason: str
    owner: str
    expires: date
    place: str

    def covers(self, clause: str, test: str) -> bool:
        """Whether it accepts that a clause fails in a test."""
        return test == self.test if self.test else clause == self.clause

    def __str__(self) -> str:
        """What reports show of it."""
        return f"{self.reason} ({self.owner}, until {self.expires.isoformat()})"


@dataclass(frozen=True, slots=True, kw_only=True)
class _WaiverTable:
    """One of `[[waivers]]`."""

    clause: str = ""
    test: str = ""
    reason: Filled
    owner: Filled
    expires: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _WaiverFile:
    waivers: tuple[_WaiverTable, ...] = ()


def load_waivers(
    path: Path,
    *,
    clauses: Collection[str],
    knows_test: Callable[[str], bool],
    today: date,
) -> tuple[Waiver, ...]:
    """The waivers of a file, in their order.

    Args:
        path: The file.
        clauses: All clauses of the catalogue.
        knows_test: Whether there is a test of an id.
        today: Waivers of earlier days have expired.

    Raises:
        ConfigurationError: The file cannot be read, or a waiver is incomplete, doubled, expired,
            or about a clause or test that does not exist; the message names the line.
    """
    place, tables = read(path, "waiver file")
    waivers: dict[tuple[str, str], Waiver] = {}
    for number, table in enumerate(structured(tables, _WaiverFile, place).waivers):
        here = place.at("waivers", number)
        _check(table, here, clauses, knows_test)
        key, name = ("test", table.test) if table.test else ("clause", table.clause)
        if table.expires < today:
            raise here.at("expires").error(
                f"the waiver of {name} has expired: fix the failure, or ask {table.owner} to extend"
                " the waiver"
            )
        if (key, name) in waivers:
            raise here.at(key).error(f"{name} is waived twice: remove one of the two")
        waivers[key, name] = Waiver(
            clause=table.clause,
            test=table.test,
            reason=table.reason,
            owner=table.owner,
            expires=table.expires,
            place=str(here.at(key)),
        )
    return tuple(waivers.values())


def _check(
    table: _WaiverTable,
    place: Place,
    clauses: Collection[str],
    knows_test: Callable[[str], bool],
) -> None:
    """Refuse a waiver of nothing, of two things, or of what does not exist."""
    if bool(table.clause) == bool(table.test):
        raise place.error("must name either a clause or a test")
    if table.clause and table.clause not in clauses:
        raise place.at("clause").error(f"no such clause; {suggestion(table.clause, clauses)}")
    if table.test and not knows_test(table.test):
        raise place.at("test").error("no such test: `rcs-conformance trace` lists all test ids")


def waived(record: TestRecord, waivers: Iterable[Waiver]) -> Waiver | None:
    """The waiver of a failed test: one, if every failure of it is covered by any; else `None`."""
    known = tuple(waivers)
    covering = [
        next((each for each in known if each.covers(failure.clause, record.id)), None)
        for failure in record.failures
    ]
    is_failure = record.verdict is Verdict.FAIL and covering
    return covering[0] if is_failure and all(covering) else None


def with_met(
    record: TestRecord, applies: Callable[[str], bool], waivers: Iterable[Waiver]
) -> TestRecord:
    """The record of a test, failed by failures of any clause that applies, declared or not.

    Its verdict over its declared clauses is kept apart. Failures that are all waived make a passed
    test a waived one.

    Args:
        record: With the verdict over its declared clauses.
        applies: Whether a clause applies to the target; a failure of another one is a remark.
        waivers: Failures that are known and accepted.
    """
    known = tuple(waivers)
    covering = [
        next((each for each in known if each.covers(failure.clause, record.id)), None)
        for failure in record.failures
        if applies(failure.clause)
    ]
    if not covering:
        return record
    first = covering[0] if all(covering) else None
    verdict = worst([record.verdict, Verdict.WAIVED if first else Verdict.FAIL])
    if verdict is record.verdict or record.verdict is Verdict.ERROR:
        return record
    is_explained = first is None or record.verdict is not Verdict.PASS
    return replace(
        record,
        verdict=verdict,
        apart=record.verdict,
        reason=record.reason if is_explained else str(first),
    )
