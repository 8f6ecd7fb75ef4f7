"""What checks, tests and runs come to (design, section 3)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from rcs_conformance.errors import Cause
from rcs_conformance.model.formats import Format


class Outcome(StrEnum):
    """What one check found; a remark is worth reading and breaks no clause."""

    PASSED = "passed"
    FAILED = "failed"
    REMARK = "remark"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """What one check found about one clause.

    Attributes:
        clause: Id of the clause in the catalogue.
        rule: Short stable name of the check, such as `group.closed`.
        outcome: What it found.
        expected: What the clause asks for, as a phrase.
        actual: What was there, as a phrase.
        where: Operation or notification, and the path in the body.
        event: Number of the exchange or notification in the evidence; `None` for an absence.
        item: The SCR item that it is about, with whether that is supported; empty for none.
        history: What several users did at the same time, drawn line by line; empty for none.
    """

    clause: str
    rule: str
    outcome: Outcome
    expected: str
    actual: str
    where: str
    event: int | None = None
    item: str = ""
    history: str = ""


Verify: TypeAlias = Callable[..., None]
"""The judge that tests are given: takes results of checks, singly or in iterables, and ends the
test where a clause that it declares is broken."""


class Verdict(StrEnum):
    """The verdict of a test, clause, requirement, SCR item or run."""

    PASS = "pass"  # noqa: S105 - not a password
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"
    NOT_APPLICABLE = "not_applicable"
    NOT_TESTED = "not_tested"
    WAIVED = "waived"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseCount:
    """How many checks of a clause passed and failed within a test.

    Passed checks are counted over all examples; failed ones are those of the smallest failing
    example.
    """

    clause: str
    passed: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSign:
    """What a test showed of an item of the static conformance requirements.

    Attributes:
        item: Its name.
        supported: Whether the operation behind it was carried out.
        seen: The exchange or notification that shows it, and what was there.
    """

    item: str
    supported: bool
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counters:
    """How much was done."""

    checks: int = 0
    exchanges: int = 0
    notifications: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanUp:
    """What a run left on the target.

    Attributes:
        removed: How many resources and memberships it removed at its end.
        left: How many it could not remove.
        reasons: Why, each with its number.
    """

    removed: int
    left: int
    reasons: tuple[str, ...] = ()

    def __str__(self) -> str:
        return (
            f"left on the target: {self.left} of {self.left + self.removed} resources:"
            f" {'; '.join(self.reasons)}; rcs-conformance cleanup TARGET tries again"
        )


INTERMITTENT = "intermittent"
"""How the words about a failure begin that a repetition did not always show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedFailure:
    """How often a check failed when its test was repeated."""

    clause: str
    rule: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Repetition:
    """What became of a test that was repeated alone after the run.

    Attributes:
        times: How often it was repeated and came to a verdict.
        failures: Each check that failed in the run.
    """

    times: int
    failures: tuple[RepeatedFailure, ...] = ()

    def of(self, result: CheckResult) -> str:
        """Whether a failure is there each time; empty where it is not one of this test."""
        key = (result.clause, result.rule)
        for each in self.failures:
            if (each.clause, each.rule) == key:
                seen = f"failed again in {each.times} of {self.times} repetitions"
                return seen if each.times == self.times else f"{INTERMITTENT}: {seen}"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TestRecord:
    """What became of one test, told by the plugin and read by verdict and reports.

    Attributes:
        id: Stable id: pytest's node id, relative to the suites.
        title: First line of the test's docstring.
        clauses: The clauses it declares.
        format: The representation it ran in; `None` where it ran in both or needs none.
        verdict: Of the whole test: a failure of any clause that applies fails it.
        cause: Why there is no verdict, with `inconclusive` and `not_tested`.
        reason: The cause in a sentence; the exception's text with `error`.
        precondition: The clause that stands in the way, with cause `precondition`.
        seconds: How long it took.
        counts: Per clause met, declared or not.
        failures: The failed checks of the smallest failing example, and of foreign clauses.
        remarks: What is worth reading.
        counters: How much it did.
        example: The smallest failing example as hypothesis prints it; empty without one.
        evidence: File with exchanges and notifications, relative to the output directory.
        signs: What it showed of SCR items, each item once.
        forms: SCR items about form fields whose requests it sent.
        curl: For each failure the request behind it as a curl command; empty where there is none.
        apart: Its verdict over its declared clauses alone, if a failure of another clause gave it
            a worse `verdict`; else `None`.
        repeated: What repetitions say of its failures; `None` where it was not repeated.
    """

    __test__ = False  # pytest would take the name for a test class

    id: str
    title: str
    clauses: tuple[str, ...]
    format: Format | None
    verdict: Verdict
    cause: Cause | None = None
    reason: str = ""
    precondition: str = ""
    seconds: float = 0.0
    counts: tuple[ClauseCount, ...] = ()
    failures: tuple[CheckResult, ...] = ()
    remarks: tuple[CheckResult, ...] = ()
    counters: Counters = Counters()
    example: str = ""
    evidence: str = ""
    signs: tuple[ItemSign, ...] = ()
    forms: tuple[str, ...] = ()
    curl: tuple[str, ...] = ()
    apart: Verdict | None = None
    repeated: Repetition | None = None

    @property
    def over_declared(self) -> Verdict:
        """The verdict over its declared clauses alone: what verdicts of clauses are formed from."""
        return self.apart or self.verdict
