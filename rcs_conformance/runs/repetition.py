"""Findings seen again or not: which tests to repeat alone, and what repetitions say of a run.

A repetition changes no verdict. It says whether the server fails each time, or now and then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rcs_conformance.model.results import RepeatedFailure, Repetition, TestRecord, Verdict
from rcs_conformance.report.findings import Finding, findings
from rcs_conformance.verdict import Run

_DECIDED = frozenset({Verdict.PASS, Verdict.FAIL, Verdict.WAIVED})


def tests_to_repeat(run: Run) -> tuple[str, ...]:
    """One test of each block of findings, that of the largest block first.

    A block is a finding and those that may follow from it. Its test is the one that met the most
    of them. Known failures are left out.
    """
    blocks: list[list[Finding]] = []
    for finding in findings(run):
        if finding.waived:
            continue
        if finding.follows is None:
            blocks.append([])
        blocks[-1].append(finding)
    chosen = (max(block[0].tests, key=lambda test: _met(block, test)) for block in blocks)
    return tuple(dict.fromkeys(chosen))


def within(
    tests: Sequence[str], run: Run, times: int, budget: float, start: float
) -> Sequence[str]:
    """The tests whose repetitions fit into a time; one that is too long keeps no other back.

    Args:
        tests: In the order of their worth.
        run: Has the time that each took.
        times: How often each is repeated.
        budget: Seconds for all repetitions.
        start: Seconds before the first test of a repetition begins.
    """
    seconds = {record.id: record.seconds for record in run.records}
    left = budget - times * start
    fitting = []
    for test in tests:
        if (needed := times * seconds[test]) <= left:
            left -= needed
            fitting.append(test)
    return fitting


def with_repetitions(run: Run, repetitions: Sequence[Mapping[str, TestRecord]]) -> Run:
    """The run, with what repetitions say of its tests.

    Args:
        run: All verdicts stay as they are.
        repetitions: The records of the repeated tests, by id, each time that they were repeated.
            One without a verdict does not count.
    """
    return replace(
        run, records=tuple(_with_repetition(record, repetitions) for record in run.records)
    )


def _met(block: Sequence[Finding], test: str) -> int:
    return sum(test in finding.tests for finding in block)


def _with_repetition(
    record: TestRecord, repetitions: Sequence[Mapping[str, TestRecord]]
) -> TestRecord:
    found = [each[record.id] for each in repetitions if record.id in each]
    decided = [each for each in found if each.verdict in _DECIDED]
    if not decided:
        return record
    failures = tuple(
        RepeatedFailure(
            clause=clause,
            rule=rule,
            times=sum(
                any((one.clause, one.rule) == (clause, rule) for one in each.failures)
                for each in decided
            ),
        )
        for clause, rule in dict.fromkeys((one.clause, one.rule) for one in record.failures)
    )
    return replace(record, repeated=Repetition(times=len(decided), failures=failures))
