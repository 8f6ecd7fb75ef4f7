"""What a finished run is: its verdicts, and all that reports tell about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rcs_conformance.errors import Cause
from rcs_conformance.model.results import CheckResult, CleanUp, Counters, TestRecord, Verdict
from rcs_conformance.record.chain import ChainEnd
from rcs_conformance.verdict.waivers import Waiver

UNSELECTED = "not selected"
"""Why a clause or an SCR item does not count that the run was not to test."""

_NOT_MET = frozenset({Verdict.FAIL, Verdict.WAIVED, Verdict.INCONCLUSIVE, Verdict.ERROR})


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInformation:
    """What is known about a run beside its tests.

    Attributes:
        suite_version: Version of this package.
        target_name: The name that the target file gives.
        target: The target without its secrets, as plain JSON values (`Target.redacted`).
        seed: What generated data was derived from.
        started: When the run began, with a time zone.
        seconds: How long it took.
        profile: How much was generated; empty where that was not chosen.
        arguments: What `rcs-conformance run` needs to run against the same target again, without
            secrets: the target file, or the URL and its users.
        selection: Requirements and clauses that the run was limited to; empty for all.
        release: The release of RCS that the target was tested for; empty where that is not known.
        versions: Names and versions of what the run used, such as `("pytest", "9.2.0")`.
        interrupted: Whether the session was stopped before its end.
        problems: Errors in the test suite outside any test: audits, collection, internal errors.
        waivers: Failures that are known and accepted.
        untested: Clause to the reason why no test is written for it.
        left_out: How many tests the profile left out.
        named_tests: Whether the run was limited to some tests, by their ids or an expression.
        strict: Whether known failures and undecided clauses count as failures.
        stopped: Why the target no longer served its users; empty if it did to the end.
        clean_up: What is left on the target; `None` if it ends with the run, or nobody looked.
        chains: Where the chains of its record end; none where it has no record.
        command: What finds the same again, where no test does: traffic that the suites did not
            make was judged.
    """

    suite_version: str
    target_name: str
    target: Mapping[str, object]
    seed: int
    started: datetime
    seconds: float
    profile: str = ""
    arguments: tuple[str, ...] = ()
    selection: tuple[str, ...] = ()
    release: str = ""
    versions: tuple[tuple[str, str], ...] = ()
    interrupted: bool = False
    problems: tuple[str, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    untested: Mapping[str, str] = field(default_factory=dict)
    left_out: int = 0
    named_tests: bool = False
    strict: bool = False
    stopped: str = ""
    clean_up: CleanUp | None = None
    chains: tuple[ChainEnd, ...] = ()
    command: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseResult:
    """What became of one clause.

    Attributes:
        id: Id in the catalogue.
        level: The clause's level: shall, optional, policy or derived.
        text: What it requires.
        when: The condition under which it applies; empty for always.
        verdict: Its verdict.
        cause: Why there is none, with `inconclusive` and sometimes `not_tested`.
        reason: The cause in a sentence, the waiver's reason, or why no test is written.
        precondition: The clause whose failure stands in the way, with cause `precondition`.
        passed: Checks that passed, over all tests.
        failed: Checks that failed, over all tests.
        tests: Ids of the tests that declare it or met it, sorted.
    """

    id: str
    level: str
    text: str
    when: str
    verdict: Verdict
    cause: Cause | None = None
    reason: str = ""
    precondition: str = ""
    passed: int = 0
    failed: int = 0
    tests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementResult:
    """What became of one requirement: the worst of its clauses."""

    id: str
    title: str
    section: str
    change: str
    verdict: Verdict
    clauses: tuple[ClauseResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """What became of one item of the static conformance requirements.

    Attributes:
        item: Its name.
        function: What it stands for.
        mandatory: Whether it must be supported when it applies.
        claimed: Whether the target claims it, by itself or by a feature.
        applies: Whether what it requires is claimed.
        operation: Verb and resource that show it; empty where it has none.
        requirements: Requirements and clauses behind it.
        verdict: Its verdict.
        reason: Why it is not applicable, failed, waived or undecided: what its operation came to,
            or the clauses or items behind it with that verdict; empty where it passed or was not
            tested.
        supported: Whether it was seen to be supported; `None` where nothing was seen of it.
        seen: What shows it: test, exchange or notification, and what was there.
        reference: Section of the published text that has it; `reconstructed` where its id and block
            are this catalogue's, since no table of that text is public.
    """

    item: str
    function: str
    mandatory: bool
    claimed: bool
    applies: bool
    operation: str
    requirements: tuple[str, ...]
    verdict: Verdict
    reason: str = ""
    supported: bool | None = None
    seen: str = ""
    reference: str = ""

    @property
    def is_reconstructed(self) -> bool:
        """Whether its id and block are this catalogue's own."""
        return self.reference == "reconstructed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A finished run; reports are functions of it and add no verdict.

    Attributes:
        information: What is known beside the tests.
        verdict: The overall verdict.
        exit_code: What the process ends with (`truth.EXIT_CODES`).
        complete: Whether all selected tests ran.
        requirements: In the catalogue's order, void ones left out.
        items: In the catalogue's order.
        records: All tests, sorted by id.
        counters: Summed over all tests.
        remarks: Test id and remark; among them failed checks of clauses that do not apply.
        idle: Waivers that are no longer needed, a line each.
        excused: Clauses and SCR items that do not count for the verdict, with the reason.
    """

    information: RunInformation
    verdict: Verdict
    exit_code: int
    complete: bool
    requirements: tuple[RequirementResult, ...]
    items: tuple[ItemResult, ...]
    records: tuple[TestRecord, ...]
    counters: Counters
    remarks: tuple[tuple[str, CheckResult], ...]
    idle: tuple[str, ...] = ()
    excused: Mapping[str, str] = field(default_factory=dict)

    def concerns(self, requirement: RequirementResult) -> bool:
        """Whether a clause of a requirement was selected, or shown not to be met by the way."""
        return any(
            self.excused.get(clause.id) != UNSELECTED or clause.verdict in _NOT_MET
            for clause in requirement.clauses
        )

    @property
    def clauses(self) -> Mapping[str, ClauseResult]:
        """All clauses by id, in the catalogue's order."""
        return {clause.id: clause for found in self.requirements for clause in found.clauses}
