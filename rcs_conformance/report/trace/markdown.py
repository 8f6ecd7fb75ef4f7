"""The trace as Markdown, for wikis and pull requests."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from rcs_conformance.catalogue.trace import Trace
from rcs_conformance.catalogue.work_items import OPTIONS
from rcs_conformance.report.text import visible
from rcs_conformance.report.trace.rows import Shown, became_of, left_out, selection_of, shown_rows

COLUMNS = (
    "clause",
    "level",
    "text",
    "when",
    "change",
    "what changes",
    "since",
    "source",
    "sentences",
    "tests",
    "faults",
    *(f"option {option.number}" for option in OPTIONS),
)
"""The heads of the columns of a requirement's table."""

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|~!$&])")


def as_markdown(trace: Trace) -> str:
    """A heading and a table for each requirement, between the counts and the work items."""
    lines = [f"# Trace of {escaped(trace.source)}", ""]
    if selection := selection_of(trace):
        lines += [f"Limited to {escaped(selection)}.", ""]
    lines += [f"{trace.tested} of {len(trace.clauses)} clauses have tests.", "", *_counts(trace)]
    for section, rows in groupby(shown_rows(trace), key=lambda row: row.section):
        lines += [f"## {escaped(_section(section))}", ""]
        for _, own in groupby(rows, key=lambda row: row.requirement):
            lines += [*_requirement(list(own)), ""]
    lines += _work_items(trace)
    lines += _sentences(trace)
    return "\n".join(lines).rstrip() + "\n"


def _section(name: str) -> str:
    if not name:
        return "Not in the source"
    return f"Section {name}" if name[:1].isdigit() else name


def _requirement(rows: list[Shown]) -> Iterator[str]:
    head = rows[0]
    change = f" ({head.requirement_change})" if head.requirement_change else ""
    yield f"### {escaped(head.requirement)} {escaped(head.title)}{change}"
    if head.requirement_note:
        yield from ("", f"Note: {escaped(head.requirement_note)}")
    clauses = [row for row in rows if row.clause]
    if clauses:
        yield ""
        yield from _table(COLUMNS, map(_cells, clauses))


def _cells(row: Shown) -> tuple[str, ...]:
    forms = f" ({row.forms} forms)" if row.forms else ""
    return (
        escaped(row.clause),
        row.level,
        escaped(row.text) + (f"<br>Note: {escaped(row.note)}" if row.note else ""),
        _code([row.when] if row.when else []),
        row.change,
        escaped(row.what),
        f"RCS {row.release}" if row.release else "",
        row.source + (f"<br>**Suspect: {escaped(row.suspect)}**" if row.suspect else ""),
        escaped("; ".join(row.statements)),
        (_code(row.tests) or "not tested") + forms,
        _code(row.faults) or "none",
        *row.places,
    )


def _counts(trace: Trace) -> Iterator[str]:
    counts: tuple[tuple[str, Mapping[str, int]], ...] = (
        ("change", trace.by_change),
        ("section", trace.by_section),
        ("release", trace.by_release),
    )
    for name, found in counts:
        rows = ((escaped(key), str(count)) for key, count in found.items())
        yield from (*_table((name, "clauses"), rows), "")
    yield f"Ids that the source skips: {', '.join(trace.not_in_source) or 'none'}."
    yield ""
    yield f"Clauses that it does not state: {', '.join(trace.derived) or 'none'}."
    yield ""


def _work_items(trace: Trace) -> Iterator[str]:
    yield from ("## Work items", "")
    rows = (
        (
            f"({division.option.number}) {division.option.title}",
            f"{len(division.existing)}: {' '.join(division.existing)}".rstrip(": "),
            f"{len(division.new)}: {' '.join(division.new)}".rstrip(": "),
        )
        for division in trace.divisions
    )
    yield from _table(("option", "existing work item", "new work item"), rows)


def _sentences(trace: Trace) -> Iterator[str]:
    if not trace.sentences.statements.statements:
        return
    yield from ("", "## Sentences of the source", "")
    yield from _table(
        ("became", "sentences"), ((name, str(count)) for name, count in became_of(trace))
    )
    yield ""
    yield from _table(("sentence", "became", "why"), (map(escaped, row) for row in left_out(trace)))
    if trace.sentences.compared:
        yield from ("", f"{len(trace.sentences.differences)} sentences differ from the documents.")
        yield from (f"- {escaped(str(each))}" for each in trace.sentences.differences)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = tuple(heads)
    yield f"| {' | '.join(names)} |"
    yield f"|{' --- |' * len(names)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _code(texts: Iterable[str]) -> str:
    """Texts as code, one a line within their cell."""
    return "<br>".join(f"`{visible(text)}`".replace("|", "\\|") for text in texts)


def escaped(text: str) -> str:
    """The text on one line, without effect on the document around it."""
    return _ACTIVE.sub(r"\\\1", visible(text).replace("\n", " "))
