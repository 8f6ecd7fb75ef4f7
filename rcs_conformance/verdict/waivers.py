"""Waivers: failures that are known and accepted for a while, and by whom.

A waiver file holds `[[waivers]]` tables with `clause` or `test`, `reason`, `owner` and `expires`.
What it covers and fails is told as waived, never as passed.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rcs_conformance.model.results import TestRecord, Verdict
from rcs_conformance.target.reading import Section, read, suggestion

_KEYS = ("clause", "test", "reason", "owner", "expires")
_NEEDED = ("reason", "owner", "expires")


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
    top = read(path, "waiver file")
    top.check_keys(["waivers"])
    waivers: dict[tuple[str, str], Waiver] = {}
    for table in top.sections("waivers"):
        waiver = _waiver(table, clauses, knows_test)
        key = "test" if waiver.test else "clause"
        if waiver.expires < today:
            raise table.error(
                "expires",
                f"the waiver of {waiver.test or waiver.clause} has expired: mend what it waives,"
                f" or have {waiver.owner} decide anew",
            )
        if (waiver.clause, waiver.test) in waivers:
            raise table.error(key, f"{waiver.test or waiver.clause} is waived twice; once is right")
        waivers[waiver.clause, waiver.test] = waiver
    return tuple(waivers.values())


def _waiver(table: Section, clauses: Collection[str], knows_test: Callable[[str], bool]) -> Waiver:
    table.check_keys(_KEYS, _NEEDED)
    clause, test = table.text("clause"), table.text("test")
    if bool(clause) == bool(test):
        raise table.error("", "must name either a clause or a test")
    if clause and clause not in clauses:
        raise table.error("clause", f"no such clause; {suggestion(clause, clauses)}")
    if test and not knows_test(test):
        raise table.error("test", f"no such test; ids are those of `trace`, not {test!r}")
    for key in ("reason", "owner"):
        if not table.text(key).strip():
            raise table.error(key, "must not be empty")
    expires = table.entries["expires"]
    if type(expires) is not date:
        raise table.error("expires", f"must be a date such as 2027-01-31, not {expires!r}")
    return Waiver(
        clause=clause,
        test=test,
        reason=table.text("reason"),
        owner=table.text("owner"),
        expires=expires,
        place=table.place("clause" if clause else "test"),
    )


def waived(record: TestRecord, waivers: Iterable[Waiver]) -> Waiver | None:
    """The waiver of a failed test: one, if every failure of it is covered by any; else `None`."""
    known = tuple(waivers)
    covering = [
        next((each for each in known if each.covers(failure.clause, record.id)), None)
        for failure in record.failures
    ]
    is_failure = record.verdict is Verdict.FAIL and covering
    return covering[0] if is_failure and all(covering) else None
