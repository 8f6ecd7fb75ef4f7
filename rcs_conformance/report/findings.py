"""Failures as people look at them: the same one once, however many tests met it."""

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rcs_conformance.model.results import CheckResult, TestRecord, Verdict
from rcs_conformance.verdict import ClauseResult, Run, RunInformation

_OPERATION = re.compile(r"\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \w+|\b\w*Notification\b")
_ID = re.compile(
    r"'[^']*'"
    r"|\b(?:https?|tel|sips?|acr):[^\s;,]*[^\s;,:]"
    r"|\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{6,}\b"
    r"|\b\d{4,}\b"
    r"|\b(?:JSON|XML)\b"
    r"|#\d+\b"
)
"""What differs between two sights of one defect: values, addresses, ids, formats, event numbers."""

_RACE = "race."
"""With what the names of rules about requests at the same moment begin."""

Key = tuple[str, str, str, str]
"""Clause, rule, expectation and place without ids: what makes two failures the same one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A failure and the tests in which it was seen.

    Attributes:
        clause: The clause that is broken.
        result: The failed check as the first test met it.
        operation: The operation or notification that it was seen on.
        tests: Ids of the tests that met it, sorted.
        formats: The representations in which those tests ran, sorted.
        record: The first of them.
        rerun: The command that reproduces it.
        curl: The request behind it as a curl command; empty where there is none.
        waived: Whether the failure is known and accepted.
        repeated: Whether it was there again when a test was repeated; empty where none was.
        follows: The finding that all of its tests met as well, and of which it may be a
            consequence; `None` for a finding of its own.
    """

    clause: ClauseResult
    result: CheckResult
    operation: str
    tests: tuple[str, ...]
    formats: tuple[str, ...]
    record: TestRecord
    rerun: str
    curl: str
    waived: bool
    repeated: str = ""
    follows: "Finding | None" = None


def findings(run: Run) -> tuple[Finding, ...]:
    """The failures of a run; those of clauses that do not apply are remarks.

    What most tests met comes first, and below each finding stand those that may follow from it.
    What requests at the same moment show comes after all that a single request shows: it takes
    longest to read, and is often a consequence. Waived ones come last, in the same order.
    """
    clauses = run.clauses
    met: dict[Key, list[tuple[TestRecord, CheckResult]]] = {}
    for record in run.records:
        for result in record.failures:
            met.setdefault(_key(result), []).append((record, result))
    found = [
        _finding(clauses[key[0]], seen, run.information)
        for key, seen in met.items()
        if key[0] in clauses and clauses[key[0]].verdict in (Verdict.FAIL, Verdict.WAIVED)
    ]
    order = {clause: position for position, clause in enumerate(clauses)}
    return (
        *_by_cause([each for each in found if not each.waived], order),
        *_by_cause([each for each in found if each.waived], order),
    )


def exchange_reference(record: TestRecord, result: CheckResult) -> str:
    """Where a result's exchange stands: file and number, as much of both as there is."""
    number = "" if result.event is None else f"#{result.event}"
    return f"{record.evidence}{number}"


def curl_of(record: TestRecord, result: CheckResult) -> str:
    """The request behind a failure of a test as a curl command; empty where there is none."""
    lines = dict(zip(record.failures, record.curl, strict=False))
    return lines.get(result, "")


def rerun_command(information: RunInformation, test_id: str) -> str:
    """The command that reproduces one test: same target, same data."""
    if information.command:
        return shlex.join(information.command)
    profile = ["--profile", information.profile] if information.profile else []
    seed = ["--seed", str(information.seed)]
    words = ["rcs-conformance", "run", *information.arguments, *profile, *seed, "--", test_id]
    return shlex.join(words)


def operation_of(where: str) -> str:
    """The operation or notification that a place names; the whole place where it names none."""
    return named_operation(where) or where


def named_operation(where: str) -> str:
    """The operation or notification that a place names; empty where it names none."""
    named = _OPERATION.search(where)
    return named[0] if named else ""


def _key(result: CheckResult) -> Key:
    expected = _ID.sub("...", result.expected)
    place = named_operation(result.where) or _ID.sub("...", result.where)
    return (result.clause, result.rule, expected, place)


def _by_cause(found: Sequence[Finding], order: Mapping[str, int]) -> Sequence[Finding]:
    """What most tests met first, of the same tests what they met first; then what may follow."""

    def rank(finding: Finding) -> tuple[object, ...]:
        event, is_race = finding.result.event, finding.result.rule.startswith(_RACE)
        clause = order[finding.clause.id]
        return (is_race, -len(finding.tests), finding.tests, event is None, event or 0, clause)

    blocks: list[tuple[frozenset[str], list[Finding]]] = []
    for finding in sorted(found, key=rank):
        tests = frozenset(finding.tests)
        block = next((block for all_tests, block in blocks if tests <= all_tests), None)
        if block is None:
            blocks.append((tests, [finding]))
        else:
            block.append(replace(finding, follows=block[0]))
    return [finding for _, block in blocks for finding in block]


def _repeated(seen: tuple[TestRecord, CheckResult]) -> str:
    record, result = seen
    return record.repeated.of(result) if record.repeated else ""


def _finding(
    clause: ClauseResult,
    seen: Sequence[tuple[TestRecord, CheckResult]],
    information: RunInformation,
) -> Finding:
    record, result = seen[0]
    return Finding(
        clause=clause,
        result=result,
        operation=operation_of(result.where),
        tests=tuple(sorted({met.id for met, _ in seen})),
        formats=tuple(sorted({met.format.value for met, _ in seen if met.format})),
        record=record,
        rerun=rerun_command(information, record.id),
        curl=curl_of(record, result),
        waived=clause.verdict is Verdict.WAIVED,
        repeated=next((each for each in map(_repeated, seen) if each), ""),
    )
