"""Failures as people look at them: the same one once, however many tests met it."""

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from rcs_conformance.model.results import CheckResult, TestRecord, Verdict
from rcs_conformance.verdict import ClauseResult, Run, RunInformation

_OPERATION = re.compile(r"\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \w+|\b\w*Notification\b")

Key = tuple[str, str, str, str]
"""Clause, rule, expectation and operation: what makes two failures the same one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A failure and the tests in which it was seen.

    Attributes:
        clause: The clause that is broken.
        result: The failed check as the first test met it.
        operation: The operation or notification that it was seen on.
        tests: Ids of the tests that met it, sorted.
        record: The first of them.
        rerun: The command that reproduces it.
        waived: Whether the failure is known and accepted.
    """

    clause: ClauseResult
    result: CheckResult
    operation: str
    tests: tuple[str, ...]
    record: TestRecord
    rerun: str
    waived: bool


def findings(run: Run) -> tuple[Finding, ...]:
    """The failures of a run, in the order of the clauses; those that do not apply are remarks."""
    clauses = run.clauses
    met: dict[Key, list[tuple[TestRecord, CheckResult]]] = {}
    for record in run.records:
        for result in record.failures:
            met.setdefault(_key(result), []).append((record, result))
    order = list(clauses)
    found = [
        _finding(clauses[key[0]], key, seen, run.information)
        for key, seen in met.items()
        if key[0] in clauses and clauses[key[0]].verdict in (Verdict.FAIL, Verdict.WAIVED)
    ]
    return tuple(sorted(found, key=lambda finding: order.index(finding.clause.id)))


def exchange_reference(record: TestRecord, result: CheckResult) -> str:
    """Where a result's exchange stands: file and number, as much of both as there is."""
    number = "" if result.event is None else f"#{result.event}"
    return f"{record.evidence}{number}"


def rerun_command(information: RunInformation, test_id: str) -> str:
    """The command that reproduces one test: same target, same data."""
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
    return (result.clause, result.rule, result.expected, operation_of(result.where))


def _finding(
    clause: ClauseResult,
    key: Key,
    seen: Sequence[tuple[TestRecord, CheckResult]],
    information: RunInformation,
) -> Finding:
    record, result = seen[0]
    return Finding(
        clause=clause,
        result=result,
        operation=key[3],
        tests=tuple(sorted({met.id for met, _ in seen})),
        record=record,
        rerun=rerun_command(information, record.id),
        waived=clause.verdict is Verdict.WAIVED,
    )
