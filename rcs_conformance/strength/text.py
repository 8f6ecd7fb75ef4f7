"""The matrix for people: one line a fault, then one a clause, then the goals."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rcs_conformance.report.text import inert, shortened
from rcs_conformance.strength.matrix import Catch, Column, Row
from rcs_conformance.strength.measurement import VOID, Measurement

_OTHERS_SHOWN = 6
_LENGTH = 400


def as_text(measurement: Measurement) -> str:
    """All of it, lines without an end."""
    parts = (_faults, _clauses, _freedoms, _summary)
    return "\n\n".join("\n".join(lines) for part in parts if (lines := list(part(measurement))))


def _faults(measurement: Measurement) -> Iterator[str]:
    rows = measurement.matrix.rows
    wide = max((len(row.fault.name) for row in rows), default=0)
    far = max((len(row.fault.clause) for row in rows), default=0)
    of = measurement.requirements
    for requirement, group in groupby(rows, key=lambda row: of.get(row.fault.clause, "")):
        yield f"{requirement}  {measurement.titles.get(requirement, '')}"
        for row in group:
            start = f"  {row.fault.name:<{wide}}  {row.fault.clause:<{far}}  {row.catch.value:<16}"
            yield f"{start} {row.observation.seconds:5.1f} s  {_others(row)}".rstrip()
            yield from _explanation(row)


def _others(row: Row) -> str:
    """The other clauses that failed; too many are counted."""
    names = [broken.clause for broken in row.others]
    more = len(names) - _OTHERS_SHOWN
    shown = ", ".join(names[:_OTHERS_SHOWN])
    return f"also fails: {shown}{f' and {more} more' if more > 0 else ''}" if names else ""


def _explanation(row: Row) -> Iterator[str]:
    """Why a fault was not caught as it should be."""
    if row.catch in {Catch.MISSED, Catch.ELSEWHERE}:
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
        yield "Clauses, and the faults that are to break them:"
    far = max((len(column.clause) for column in columns), default=0)
    for column in columns:
        if column.faults:
            yield f"  {column.clause:<{far}}  {column.tests:3} tests  {_column(column)}"
    bare = measurement.matrix.bare
    if bare:
        yield f"Clauses that pass, and that no fault breaks: {len(bare)}"
    for _, group in groupby(bare, key=lambda clause: measurement.requirements.get(clause, "")):
        yield f"  {', '.join(group)}"
    idle = [column.clause for column in columns if column.faults and not column.passes]
    if idle:
        yield f"Clauses that have a fault, and do not pass without: {', '.join(idle)}"


def _column(column: Column) -> str:
    own = ", ".join(
        name if name in column.caught else f"{name} (not seen)" for name in column.faults
    )
    return f"{own}; also by {_counted(column.also)}" if column.also else own


def _counted(names: Sequence[str]) -> str:
    more = len(names) - _OTHERS_SHOWN
    return ", ".join(names[:_OTHERS_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _freedoms(measurement: Measurement) -> Iterator[str]:
    freedoms = measurement.matrix.freedoms
    wide = max((len(freedom.variation.name) for freedom in freedoms), default=0)
    if freedoms:
        yield "Variations, which the suites must not hold against a server:"
    for freedom in freedoms:
        start = f"  {freedom.variation.name:<{wide}}  {freedom.observation.seconds:5.1f} s"
        yield f"{start}  {'held against it:' if freedom.faults else 'nothing'}"
        for fault in freedom.faults:
            yield f"      {_inert(fault)}"


def _summary(measurement: Measurement) -> Iterator[str]:
    matrix = measurement.matrix
    seconds, worked = measurement.seconds, measurement.processor_seconds
    more = f" and {len(matrix.freedoms)} variations" if matrix.freedoms else ""
    yield (
        f"{len(matrix.rows)} faults{more} in {seconds:.0f} s, {measurement.parallel} at a time,"
        f" {worked:.0f} s of processor time"
    )
    again = [row.fault.name for row in matrix.rows if row.observation.tries > 1]
    if again:
        yield f"tried once more, with another sample of tests: {', '.join(again)}"
    for goal in matrix.goals:
        yield f"{'met' if goal.met else 'NOT MET':<8} {goal.text}: {goal.measured}"
    for flaw in matrix.flaws:
        yield f"VOID     a server without a fault: {_inert(flaw)}"
    code = measurement.exit_code
    said = "the goals are met" if matrix.met else "the goals are not met"
    yield f"exit code {code}: {'the harness is at fault' if code == VOID else said}"


def _inert(text: str) -> str:
    return shortened(inert(text), _LENGTH)
