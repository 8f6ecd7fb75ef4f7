"""The matrix of runs as a page, as Markdown, as CSV and as JSON."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from rcs_conformance.model.results import Verdict
from rcs_conformance.report.findings import Finding
from rcs_conformance.report.summary import code_span
from rcs_conformance.report.template import rendered
from rcs_conformance.report.trace.markdown import escaped
from rcs_conformance.report.trace.table import inert_cell
from rcs_conformance.runs.matrix import Cell, Matrix, Row
from rcs_conformance.verdict import Run

FORMAT = "rcs-conformance-matrix/1"
_TEMPLATE = "matrix.html.j2"
_MARK = "\ufeff"
_FINDINGS_SHOWN = 5
_WIDE = 8
_SIGNS = {
    Verdict.PASS: "✓",
    Verdict.FAIL: "✗",
    Verdict.ERROR: "!",
    Verdict.INCONCLUSIVE: "?",
    Verdict.NOT_TESTED: "○",
    Verdict.WAIVED: "~",
    Verdict.NOT_APPLICABLE: "·",
}
_ABSENT = "not in catalogue"


def as_page(found: Matrix) -> str:
    """One page that needs nothing else: the table, and a section for each clause."""
    return rendered(
        _TEMPLATE,
        matrix=found,
        filters=_filters(found),
        kinds=_kinds,
        signs=_SIGNS,
        is_narrow=len(found.runs) > _WIDE,
        findings_shown=_FINDINGS_SHOWN,
        counts=[_counts(run) for run in found.runs],
    )


def as_markdown(found: Matrix) -> str:
    """A table of clauses by runs, and the findings below it."""
    return "".join(f"{line}\n" for line in _markdown(found))


def as_csv(found: Matrix) -> str:
    """A row for each clause, a column for each run; no cell is one that a spreadsheet computes."""
    text = io.StringIO(_MARK, newline="")
    text.seek(len(_MARK))
    writer = csv.writer(text)
    writer.writerow([*("requirement", "clause", "level", "text"), *map(inert_cell, _heads(found))])
    for row in found.rows:
        words = (row.requirement.id, row.clause.id, row.clause.level, row.clause.text)
        writer.writerow([*map(inert_cell, words), *map(_word, row.cells)])
    return text.getvalue()


def as_json(found: Matrix) -> str:
    """Runs and clauses, in the form of `reports/matrix.schema.json`."""
    document = {
        "format": FORMAT,
        "runs": [_run(name, run) for name, run in zip(found.names, found.runs, strict=True)],
        "clauses": [_row(row) for row in found.rows],
        "notes": list(found.notes),
    }
    return json.dumps(document, indent=1) + "\n"


FORMATS: Mapping[str, Callable[[Matrix], str]] = {
    "html": as_page,
    "markdown": as_markdown,
    "csv": as_csv,
    "json": as_json,
}
"""Formats to what writes them."""


def _filters(found: Matrix) -> Sequence[tuple[str, str, Sequence[str]]]:
    """What rows can be limited to; what has but one value is left out."""
    kinds = dict.fromkeys(kind for row in found.rows for kind in _kinds(row))
    sections = dict.fromkeys(row.requirement.section for row in found.rows)
    filters = (
        ("verdict", "A verdict of a run", sorted(kinds.keys() - {*_COMPARED})),
        ("differs", "Runs", [each for each in _COMPARED if each in kinds]),
        ("section", "Section", tuple(sections)),
    )
    return [each for each in filters if len(each[2]) > 1]


_COMPARED = ("different verdicts", "one verdict")


def _kinds(row: Row) -> Sequence[str]:
    """What a row is chosen by: the verdicts of its runs, and whether they differ."""
    return (*dict.fromkeys(map(_word, row.cells)), _COMPARED[0 if row.differs else 1])


def _word(cell: Cell) -> str:
    return cell.verdict.value.replace("_", " ") if cell.verdict else _ABSENT


def _heads(found: Matrix) -> Iterator[str]:
    for name, run in zip(found.names, found.runs, strict=True):
        yield f"{name}, {run.information.started.isoformat(timespec='minutes')}"


def _counts(run: Run) -> Mapping[Verdict, int]:
    verdicts = [clause.verdict for clause in run.clauses.values()]
    return {each: verdicts.count(each) for each in Verdict if each in verdicts}


def _markdown(found: Matrix) -> Iterator[str]:
    yield "# Clauses by target"
    yield ""
    yield from (f"- {escaped(note)}" for note in found.notes)
    for number, head in enumerate(_heads(found), 1):
        run = found.runs[number - 1]
        counts = ", ".join(
            f"{n} {each.value.replace('_', ' ')}" for each, n in _counts(run).items()
        )
        yield f"- run {number}: {code_span(head)}: {run.verdict.value} ({counts})"
    yield ""
    yield f"| clause | {' | '.join(f'run {n + 1}' for n in range(len(found.runs)))} | text |"
    yield f"|{' --- |' * (len(found.runs) + 2)}"
    for row in found.rows:
        verdicts = " | ".join(
            f"**{_word(cell)}**" if cell.verdict is Verdict.FAIL else _word(cell)
            for cell in row.cells
        )
        yield f"| {escaped(row.clause.id)} | {verdicts} | {escaped(row.clause.text)} |"
    for row in found.rows:
        if any(cell.findings for cell in row.cells):
            yield f"\n## {escaped(row.clause.id)}\n"
            yield escaped(row.clause.text)
            yield ""
        for number, cell in enumerate(row.cells, 1):
            for each in cell.findings[:_FINDINGS_SHOWN]:
                result = each.result
                words = f"expected {result.expected}; actual {result.actual}; {result.where}"
                words += f"; {each.repeated}" if each.repeated else ""
                yield f"- run {number}: {code_span(result.rule)} {code_span(words)}"
            if cell.findings[_FINDINGS_SHOWN:]:
                yield f"- run {number}: {len(cell.findings) - _FINDINGS_SHOWN} more findings"


def _run(name: str, run: Run) -> Mapping[str, object]:
    information = run.information
    return {
        "name": name,
        "target": information.target_name,
        "binding": str(information.target.get("binding") or ""),
        "release": information.release,
        "suite": information.suite_version,
        "started": information.started.isoformat(),
        "verdict": run.verdict.value,
        "exitCode": run.exit_code,
        "complete": run.complete,
    }


def _row(row: Row) -> Mapping[str, object]:
    return {
        "id": row.clause.id,
        "requirement": row.requirement.id,
        "level": row.clause.level,
        "text": row.clause.text,
        "runs": [
            {
                "verdict": cell.verdict.value if cell.verdict else None,
                "findings": [_finding(each) for each in cell.findings],
            }
            for cell in row.cells
        ],
    }


def _finding(each: Finding) -> Mapping[str, object]:
    return {
        "rule": each.result.rule,
        "expected": each.result.expected,
        "actual": each.result.actual,
        "where": each.result.where,
        "tests": list(each.tests),
        "reproduce": each.rerun,
        "repeated": each.repeated,
    }
