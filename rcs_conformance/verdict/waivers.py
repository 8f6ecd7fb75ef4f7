"""Waivers: failures that are known and accepted for a while, and by whom.

A waiver file holds `[[waivers]]` tables with `clause` or `test`, `reason`, `owner` and `expires`.
Beside a clause, `rule` and `where` narrow it down to some of the findings. What it covers and fails
is reported as waived, never as passed.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rcs_conformance.configuration import Filled, Place, read, structured, suggestion
from rcs_conformance.model.results import CheckResult, TestRecord, Verdict
from rcs_conformance.verdict.places import is_within, stable_place
from rcs_conformance.verdict.truth import worst


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A failure that is known and accepted.

    Attributes:
        clause: The clause whose failure it is, in whichever test; empty where a test is named.
        test: Id of the test whose failures they are, as reports show it; empty with a clause.
        rule: The rule whose failures alone they are; empty for all rules of the clause.
        where: The place at which alone they are, or the beginning of it; empty for all places.
        reason: Why it is accepted.
        owner: Who answers for it.
        expires: The last day on which it holds.
        place: Where it stands, as file and line.
    """

    clause: str = ""
    test: str = ""
    rule: str = ""
    where: str = ""
    reason: str
    owner: str
    expires: date
    place: str

    @property
    def is_narrow(self) -> bool:
        """Whether it is of some findings of a clause only."""
        return bool(self.rule or self.where)

    @property
    def about(self) -> str:
        """What it is a waiver of, in words."""
        narrowed = f" at {self.where}" if self.where else ""
        return f"{self.clause or self.test}{self.rule and f' {self.rule}'}{narrowed}"

    def covers(self, clause: str, test: str, failure: CheckResult | None = None) -> bool:
        """Whether it accepts that a clause fails in a test.

        Args:
            clause: The clause.
            test: Id of the test.
            failure: The failed check; `None` where it is not known, which only a waiver without
                rule and place covers.
        """
        if self.test:
            return test == self.test
        if clause != self.clause or not self.is_narrow:
            return clause == self.clause
        if failure is None:
            return False
        has_rule = self.rule in ("", failure.rule)
        return has_rule and (not self.where or is_within(failure.where, self.where))

    def __str__(self) -> str:
        """What reports show of it."""
        return f"{self.reason} ({self.owner}, until {self.expires.isoformat()})"


@dataclass(frozen=True, slots=True, kw_only=True)
class _WaiverTable:
    """One of `[[waivers]]`."""

    clause: str = ""
    test: str = ""
    rule: str = ""
    where: str = ""
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
    waivers: dict[tuple[str, ...], Waiver] = {}
    for number, table in enumerate(structured(tables, _WaiverFile, place).waivers):
        here = place.at("waivers", number)
        _check(table, here, clauses, knows_test)
        key, name = ("test", table.test) if table.test else ("clause", table.clause)
        if table.expires < today:
            raise here.at("expires").error(
                f"the waiver of {name} has expired: fix the failure, or ask {table.owner} to extend"
                " the waiver"
            )
        same = (key, name, table.rule, stable_place(table.where))
        if same in waivers:
            raise here.at(key).error(f"{name} is waived twice: remove one of the two")
        waivers[same] = Waiver(
            clause=table.clause,
            test=table.test,
            rule=table.rule,
            where=table.where,
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
    for key, narrowed in (("rule", table.rule), ("where", table.where)):
        if table.test and narrowed:
            raise place.at(key).error("narrows a clause: name the clause in place of the test")
    if table.test and not knows_test(table.test):
        raise place.at("test").error("no such test: `rcs-conformance trace` lists all test ids")


def waived(record: TestRecord, waivers: Iterable[Waiver]) -> Waiver | None:
    """The waiver of a failed test: one, if every failure of it is covered by any; else `None`."""
    known = tuple(waivers)
    covering = [
        next((each for each in known if each.covers(failure.clause, record.id, failure)), None)
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
        next((each for each in known if each.covers(failure.clause, record.id, failure)), None)
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
