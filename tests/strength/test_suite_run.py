"""An observation holds what a run showed, and what went wrong in it."""

from datetime import UTC, datetime

import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.model.results import CheckResult, ClauseCount, Outcome, TestRecord, Verdict
from rcs_conformance.strength.records import Broken, Trouble
from rcs_conformance.strength.suite_run import observation_of
from rcs_conformance.target import Ics
from rcs_conformance.verdict import Run, RunInformation, judge


def result(clause: str) -> CheckResult:
    """A failed check."""
    return CheckResult(
        clause=clause,
        rule="rule",
        outcome=Outcome.FAILED,
        expected="so",
        actual="otherwise",
        where="GET group",
    )


def record(name: str, verdict: Verdict, *failed: str, passed: str = "") -> TestRecord:
    """What became of a test."""
    counts = [ClauseCount(clause=clause, passed=0, failed=1) for clause in failed]
    counts += [ClauseCount(clause=passed, passed=1, failed=0)] if passed else []
    return TestRecord(
        id=name,
        title=name,
        clauses=(*failed, *([passed] if passed else ["UNI-CHT-007b.1"])),
        format=None,
        verdict=verdict,
        reason="no answer came",
        counts=tuple(counts),
        failures=tuple(result(clause) for clause in failed),
    )


def finished(*records: TestRecord, problems: tuple[str, ...] = ()) -> Run:
    """A run of these tests."""
    information = RunInformation(
        suite_version="1.0",
        target_name="t",
        target={},
        seed=0,
        started=datetime(2026, 1, 1, tzinfo=UTC),
        seconds=1.0,
        problems=problems,
    )
    return judge(load_catalogue(), Ics(), records, information)


def test_clauses_by_verdict() -> None:
    """Failed clauses have the tests in which they failed; others are undecided or passed."""
    seen = observation_of(
        finished(
            record("b", Verdict.FAIL, "UNI-CHT-002b.1", passed="UNI-CHT-002b.2"),
            record("a", Verdict.FAIL, "UNI-CHT-002b.1"),
            record("c", Verdict.INCONCLUSIVE),
        )
    )

    assert seen.broken == (
        Broken(clause="UNI-CHT-002b.1", tests=("a", "b"), says="rule: otherwise"),
    )
    assert [each.clause for each in seen.undecided] == ["UNI-CHT-007b.1"]
    assert seen.passed == {"UNI-CHT-002b.2"}
    assert (seen.tests, seen.trouble) == (3, None)


@pytest.mark.parametrize(
    ("run", "says"),
    [
        (finished(record("a", Verdict.ERROR)), "a: no answer came"),
        (finished(problems=("worker died",)), "worker died"),
    ],
)
def test_errors_of_the_harness(run: Run, says: str) -> None:
    """An error in a test or outside any is a trouble of the whole run."""
    seen = observation_of(run)

    assert seen.trouble is Trouble.HARNESS
    assert says in seen.explanation
