"""The trace as plain lines, for a terminal."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from rcs_conformance.catalogue.trace import Trace
from rcs_conformance.report.text import visible
from rcs_conformance.report.trace.rows import (
    Shown,
    became_of,
    left_out,
    selection_of,
    shown_rows,
)

NOT_TESTED = "not tested"
"""Stands in the place of tests for a clause that has none."""


def as_console(trace: Trace) -> str:
    """Requirements, clauses, tests and faults, one line each; the counts at the end."""
    lines = [*_head(trace), *_requirements(trace), *_counts(trace), *_work_items(trace)]
    lines += _sentences(trace)
    lines += ["", f"{trace.tested} of {len(trace.clauses)} clauses have tests"]
    return "\n".join(map(visible, lines)) + "\n"


def _head(trace: Trace) -> Iterator[str]:
    yield trace.source
    if selection := selection_of(trace):
        yield f"Limited to {selection}"


def _requirements(trace: Trace) -> Iterator[str]:
    for _, rows in groupby(shown_rows(trace), key=lambda row: row.requirement):
        for number, row in enumerate(rows):
            if number == 0:
                section = f"section {row.section}" if row.section else ""
                about = ", ".join(part for part in (row.requirement_change, section) if part)
                yield ""
                yield f"{row.requirement}  {row.title}" + (f" ({about})" if about else "")
                if row.requirement_note:
                    yield f"  note: {row.requirement_note}"
            if row.clause:
                yield from _clause(row)


def _clause(row: Shown) -> Iterator[str]:
    yield f"  {row.clause}  {row.level}  {row.text}"
    yield from (f"      {test}" for test in row.tests or [NOT_TESTED])
    forms = f"{row.forms} forms of tests; " if row.forms else ""
    yield f"      {forms}faults: {', '.join(row.faults) or 'none'}"
    when = f"; when {row.when}" if row.when else ""
    yield f"      RCS {row.release}, {row.change}, {row.source}{when}"
    if row.statements:
        yield f"      sentences: {'; '.join(row.statements)}"
    if row.suspect:
        yield f"      SUSPECT: {row.suspect}"
    if row.note:
        yield f"      note: {row.note}"
    if row.what:
        places = "; ".join(f"option {n}: {place}" for n, place in enumerate(row.places, 1) if place)
        yield f"      change: {row.what} ({places} work item)"


def _counts(trace: Trace) -> Iterator[str]:
    yield from _table("Clauses by change", trace.by_change)
    yield from _table("Clauses by section", trace.by_section)
    yield from _table("Clauses by the release that adds them", trace.by_release)
    yield ""
    yield "Without a source"
    yield f"  ids that it skips: {' '.join(trace.not_in_source) or 'none'}"
    yield f"  derived clauses: {' '.join(trace.derived) or 'none'}"


def _table(title: str, counts: Mapping[str, int]) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"  {count:4}  {name}" for name, count in counts.items())


def _sentences(trace: Trace) -> Iterator[str]:
    if not trace.sentences.statements.statements:
        return
    yield from _table("Sentences of the source", dict(became_of(trace)))
    yield from (f"  {place}: {became}: {why}" for place, became, why in left_out(trace))
    if trace.sentences.compared:
        yield ""
        yield "Compared with the documents"
        yield from (f"  {each}" for each in trace.sentences.differences)
        yield f"  {len(trace.sentences.differences)} sentences differ"


def _work_items(trace: Trace) -> Iterator[str]:
    yield ""
    yield "Work items"
    for division in trace.divisions:
        yield f"  ({division.option.number}) {division.option.title}"
        for name, ids in (("existing", division.existing), ("new", division.new)):
            yield f"    {name}: {len(ids)} clauses {' '.join(ids)}".rstrip()
