"""The matrix for people: one line a fault, then one a clause, then the goals."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rcs_conformance.report.text import inert, shortened
from rcs_conformance.strength.matrix import Column, FaultOutcome, Row
from rcs_conformance.strength.measurement import VOID, Measurement
from rcs_conformance.strength.plans import Scope

_OTHERS_SHOWN = 6
_LENGTH = 400
_OUTCOMES = {
    FaultOutcome.KILLED: "killed",
    FaultOutcome.KILLED_ELSEWHERE: "killed elsewhere",
    FaultOutcome.SURVIVED: "survived",
    FaultOutcome.ERROR: "error",
}


def as_text(measurement: Measurement) -> str:
    """All of it, lines without an end."""
    parts = (_faults, _clauses, _variations, _summary)
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part(measurement))))


def _faults(measurement: Measurement) -> Iterator[str]:
    rows = measurement.matrix.rows
    name_width = max((len(row.fault.name) for row in rows), default=0)
    clause_width = max((len(row.fault.clause) for row in rows), default=0)
    of = measurement.requirements
    for requirement, group in groupby(rows, key=lambda row: of.get(row.fault.clause, "")):
        yield f"{requirement}  {measurement.titles.get(requirement, '')}"
        for row in group:
            fault, outcome = row.fault, _OUTCOMES[row.outcome]
            start = f"  {fault.name:<{name_width}}  {fault.clause:<{clause_width}}  {outcome:<16}"
            yield f"{start} {row.observation.seconds:5.1f} s  {_others(row)}".rstrip()
            yield from _explanation(row)


def _others(row: Row) -> str:
    """The other clauses that failed; too many are counted."""
    names = [broken.clause for broken in row.others]
    return f"also fails: {_counted(names)}" if names else ""


def _explanation(row: Row) -> Iterator[str]:
    """Why a fault was not killed by its own clause."""
    if row.outcome in {FaultOutcome.SURVIVED, FaultOutcome.KILLED_ELSEWHERE}:
        yield f"      {row.fault.sentence}"
        for each in row.observation.undecided:
            if each.clause == row.fault.clause:
                yield f"      inconclusive: {_inert(each.reason)}"
    if row.observation.trouble is not None:
        yield f"      {row.observation.trouble.value}:"
        for line in row.observation.explanation.splitlines():
            yield f"        {_inert(line)}"


def _clauses(measurement: Measurement) -> Iterator[str]:
    columns = measurement.matrix.columns
    if measurement.matrix.rows:
        yield "Clauses, and the faults that break them:"
    width = max((len(column.clause) for column in columns), default=0)
    for column in columns:
        if column.faults:
            yield f"  {column.clause:<{width}}  {column.tests:3} tests  {_column(column)}"
    without = measurement.matrix.without_fault
    if without:
        yield f"Clauses that pass, and that no fault breaks: {len(without)}"
    for _, group in groupby(without, key=lambda clause: measurement.requirements.get(clause, "")):
        yield f"  {', '.join(group)}"
    idle = [column.clause for column in columns if column.faults and not column.passes]
    if idle:
        yield f"Clauses that have a fault, and do not pass without it: {', '.join(idle)}"


def _column(column: Column) -> str:
    own = ", ".join(
        name if name in column.killed else f"{name} (survived)" for name in column.faults
    )
    return f"{own}; also by {_counted(column.others)}" if column.others else own


def _counted(names: Sequence[str]) -> str:
    more = len(names) - _OTHERS_SHOWN
    return ", ".join(names[:_OTHERS_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _variations(measurement: Measurement) -> Iterator[str]:
    tried = measurement.matrix.variations
    width = max((len(one.variation.name) for one in tried), default=0)
    if tried:
        yield "Permitted variations, with which nothing must fail:"
    for one in tried:
        start = f"  {one.variation.name:<{width}}  {one.observation.seconds:5.1f} s"
        yield f"{start}  {'failures:' if one.findings else 'no failure'}"
        for finding in one.findings:
            yield f"      {_inert(finding)}"


def _summary(measurement: Measurement) -> Iterator[str]:
    matrix = measurement.matrix
    seconds, processor = measurement.seconds, measurement.processor_seconds
    more = f" and {len(matrix.variations)} variations" if matrix.variations else ""
    yield (
        f"{len(matrix.rows)} faults{more} in {seconds:.0f} s, {measurement.parallel} at a time,"
        f" {processor:.0f} s of processor time"
    )
    if measurement.scope is Scope.OWN:
        yield "only the tests of each fault's own clause were run, up to the first failure"
    again = [row.fault.name for row in matrix.rows if row.observation.tries > 1]
    if again:
        yield f"tried once more, with another sample of tests: {', '.join(again)}"
    for goal in matrix.goals:
        yield f"{'met' if goal.met else 'NOT MET':<8} {goal.text}: {goal.measured}"
    for finding in matrix.baseline_findings:
        yield f"VOID     a server without a fault: {_inert(finding)}"
    code = measurement.exit_code
    goals = "the goals are met" if matrix.met else "the goals are not met"
    yield f"exit code {code}: {'error in the test suite' if code == VOID else goals}"


def _inert(text: str) -> str:
    return shortened(inert(text), _LENGTH)
