"""The run in Markdown, for the page of a pipeline: verdict, counts, what failed.

What comes from the target stands in code spans, where nothing in it is markup, link or mention.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from rcs_conformance.model.results import Verdict
from rcs_conformance.report.findings import Finding, findings
from rcs_conformance.report.text import inert, shortened
from rcs_conformance.report.trace.markdown import escaped
from rcs_conformance.verdict import MEANINGS, Run

LARGEST_SUMMARY = 1_000_000
"""Bytes; a pipeline's page of GitHub takes 1 MiB."""

_VALUE_LENGTH = 300
_UNDECIDED = (Verdict.ERROR, Verdict.INCONCLUSIVE, Verdict.NOT_TESTED)
_MARKS = {Verdict.PASS: "✅", Verdict.WAIVED: "⚠️"}


def as_markdown(run: Run, limit: int = LARGEST_SUMMARY) -> str:
    """The run in Markdown.

    Args:
        run: The run.
        limit: Bytes that it may have; what does not fit is counted in the last line.
    """
    head = "\n".join(_head(run)) + "\n"
    entries = [*_troubles(run), *_failing(run), *_waived(run), *_open(run)]
    room = limit - len(head.encode()) - len(_left_out(len(entries)).encode())
    shown = 0
    for entry in entries:
        room -= len(entry.encode()) + 1
        if room < 0:
            break
        shown += 1
    lines = "".join(f"{entry}\n" for entry in entries[:shown])
    return head + lines + (_left_out(len(entries) - shown) if shown < len(entries) else "")


def _left_out(count: int) -> str:
    return f"\n{count} more lines are left out; see result.json.\n"


def _head(run: Run) -> Iterator[str]:
    information = run.information
    mark = _MARKS.get(run.verdict, "❌") if run.exit_code == 0 and run.complete else "❌"
    yield f"## {mark} RCS conformance: {run.verdict.value}"
    yield ""
    name = code_span(information.target_name)
    yield f"{name}: exit code {run.exit_code}, {MEANINGS[run.exit_code]}."
    if not run.complete:
        yield ""
        yield "**The run is incomplete.**"
    if information.selection:
        yield ""
        yield f"Limited to {', '.join(map(code_span, information.selection))}."
    if run.excused:
        yield ""
        yield (
            f"{len(run.excused)} clauses and SCR items do not count for the verdict: not selected,"
            " or only an unavailable trigger could decide them."
        )
    yield ""
    yield f"| | {' | '.join(verdict.value for verdict in Verdict)} |"
    yield f"|{' --- |' * (len(Verdict) + 1)}"
    for name, verdicts in (
        ("clauses", Counter(clause.verdict for clause in run.clauses.values())),
        ("SCR items", Counter(item.verdict for item in run.items)),
        ("tests", Counter(record.verdict for record in run.records)),
    ):
        yield f"| {name} | {' | '.join(str(verdicts[verdict]) for verdict in Verdict)} |"


def _troubles(run: Run) -> Iterator[str]:
    errors = [f"{each.id}: {each.reason}" for each in run.records if each.verdict is Verdict.ERROR]
    stopped = [run.information.stopped] if run.information.stopped else []
    lines = [*stopped, *run.information.problems, *errors]
    yield from _section("Errors", [f"- {code_span(line)}" for line in lines])


def _failing(run: Run) -> Iterator[str]:
    """The clauses that failed, each with its first finding."""
    found = [one for one in findings(run) if not one.waived and one.clause.id not in run.excused]
    by_clause: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        by_clause[finding.clause.id].append(finding)
    lines = [_entry(same) for same in by_clause.values()]
    items = [
        f"- **{escaped(item.item)}** {escaped(item.function)}: {code_span(item.reason or 'failed')}"
        for item in run.items
        if item.verdict is Verdict.FAIL and item.item not in run.excused
    ]
    yield from _section("Failing clauses", lines)
    yield from _section(
        "Failing SCR items (ids of Chat and File Transfer are reconstructed)", items
    )


def _entry(same: Sequence[Finding]) -> str:
    result, tests = same[0].result, {test for one in same for test in one.tests}
    more = f"; {len(same) - 1} more findings" if same[1:] else ""
    values = "".join(
        f"\n  - {name} {code_span(value)}"
        for name, value in (
            ("expected", result.expected),
            ("actual", result.actual),
            ("where", result.where),
            ("repeated", same[0].repeated),
        )
        if value or name != "repeated"
    )
    return (
        f"- **{escaped(result.clause)}** {escaped(same[0].clause.text)}"
        f" ({code_span(result.rule)}, {len(tests)} test{'s' if len(tests) > 1 else ''}{more})"
        f"{values}"
    )


def _waived(run: Run) -> Iterator[str]:
    lines = [
        f"- **{escaped(clause.id)}** {code_span(clause.reason)}"
        for clause in run.clauses.values()
        if clause.verdict is Verdict.WAIVED
    ]
    yield from _section("Known failures", lines)


def _open(run: Run) -> Iterator[str]:
    lines = [
        f"- **{escaped(clause.id)}** {clause.verdict.value}"
        f"{f' ({clause.cause.value})' if clause.cause else ''}"
        f"{f': {code_span(clause.reason)}' if clause.reason else ''}"
        for clause in run.clauses.values()
        if clause.verdict in _UNDECIDED and clause.id not in run.excused
    ]
    yield from _section("Undecided clauses", lines)


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"\n### {title}\n"
        yield from lines


def code_span(text: str) -> str:
    """A code span with the text as it is; its fence is longer than any within."""
    shown = shortened(inert(text), _VALUE_LENGTH) or "(empty)"
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    pad = " " if shown.startswith(("`", " ")) or shown.endswith(("`", " ")) else ""
    return f"{fence}{pad}{shown}{pad}{fence}"
