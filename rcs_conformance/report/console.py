"""The terminal or CI log of a run: progress, then requirements and failures.

The tester chooses how much is printed (`Detail`).

Everything that came from the target is written inert (`text.inert`): it can neither steer the
terminal nor the CI system that reads the log.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rcs_conformance.errors import Cause
from rcs_conformance.model.results import TestRecord, Verdict
from rcs_conformance.report.detail import Detail
from rcs_conformance.report.findings import Finding, exchange_reference, findings
from rcs_conformance.report.progress import RunProgress, Traffic, Waits
from rcs_conformance.report.text import counted, inert, shortened
from rcs_conformance.verdict import MEANINGS, RequirementResult, Run

_STYLES = {
    Verdict.PASS: "green",
    Verdict.FAIL: "bold red",
    Verdict.ERROR: "bold magenta",
    Verdict.INCONCLUSIVE: "yellow",
    Verdict.NOT_TESTED: "yellow",
    Verdict.WAIVED: "cyan",
    Verdict.NOT_APPLICABLE: "dim",
}
_PLAIN_WIDTH = 120
_VALUE_LENGTH = 600
_CURL_LENGTH = 1_000
_REMARKS_SHOWN = 10
_TESTS_SHOWN = 3
_PLACES_SHOWN = 5


class RunConsole:
    """Shows the progress of a run and its findings.

    The controller calls `started` once, `finished` for each test, `summary` at the end, each of
    them while pytest does not capture output.

    Args:
        stream: Where to; standard output without it.
        terminal: Whether that is a terminal; found out without it.
        detail: How much is printed.
        traffic: How many requests and notifications there were so far.
        waits: What the tests wait for at present.
    """

    def __init__(
        self,
        stream: TextIO | None = None,
        *,
        terminal: bool | None = None,
        detail: Detail = Detail.USUAL,
        traffic: Traffic = lambda: (0, 0),
        waits: Waits = tuple,
    ) -> None:
        self._detail = detail
        self._console = Console(
            file=stream or sys.stdout,
            force_terminal=terminal,
            highlight=False,
            markup=False,
            emoji=False,
        )
        if not self._console.is_terminal:
            self._console.width = _PLAIN_WIDTH
        self._progress = RunProgress(
            stream or sys.stdout,
            terminal=self._console.is_terminal,
            traffic=traffic,
            waits=waits,
        )

    def note(self, text: str) -> None:
        """Show a line, unless as little as possible is to be shown."""
        if self._detail is not Detail.QUIET:
            self._line(text)

    def started(self, total: int) -> None:
        """Tests begin; `total` of them are to come."""
        if self._detail is Detail.QUIET:
            return
        if not self._console.is_terminal:
            self._line(counted(total, "test"))
        self._progress.start(total)

    def finished(self, record: TestRecord) -> None:
        """A test is over."""
        if self._detail is Detail.FULL:
            line = f"{record.verdict.value:<14} {record.id}  {record.seconds:.1f} s"
            with self._progress.paused():
                self._console.print(Text(line, style=_STYLES[record.verdict]), soft_wrap=True)
        self._progress.finished(record)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """No progress is shown meanwhile."""
        with self._progress.paused():
            yield

    def stopped(self) -> None:
        """No more tests come; takes the line of progress away. May be called more than once."""
        self._progress.stop()

    def problem(self, text: str, test: str = "") -> None:
        """Show an error in the test suite: in a test, or outside any."""
        place = f"{test}: " if test else ""
        line = f"error: {place}{shortened(inert(text), _VALUE_LENGTH)}"
        self._console.print(Text(line, style=_STYLES[Verdict.ERROR]), soft_wrap=True)

    def summary(self, run: Run, folder: Path | None = None, *, meaning: str = "") -> None:
        """The run is over: requirements, failures, errors, remarks, the verdict, the report last.

        Args:
            run: The run; requirements of which nothing was selected are left out.
            folder: Where the report will be; `None` for no report.
            meaning: Of the verdict; empty: that of the exit code.
        """
        self.stopped()
        if self._detail is Detail.QUIET:
            self._errors(run)
        else:
            self._results(run)
        self._verdict(run, meaning or MEANINGS[run.exit_code])
        if folder is not None:
            self._line(f"report: {inert(str(folder / 'report.html'))}")

    def _results(self, run: Run) -> None:
        self._line("")
        self._console.print(_requirement_table(_selected(run)))
        found = findings(run)
        in_full = self._detail is Detail.FULL
        self._findings([each for each in found if in_full or not each.waived])
        known = [] if in_full else [each for each in found if each.waived]
        if known:
            self._line("")
        for finding in known:
            self._known_failure(finding)
        self._errors(run)
        self._inconclusive(run)
        self._remarks(run)
        self._end(run)

    def _findings(self, found: Sequence[Finding]) -> None:
        """Print findings; of the same check at many places the first, and how many more there are.

        A server that answers in one format only breaks the same clause with every operation.
        """
        places: Counter[tuple[str, str]] = Counter()
        for finding in found:
            check = (finding.result.clause, finding.result.rule)
            places[check] += 1
            if self._detail is Detail.FULL or places[check] <= _PLACES_SHOWN:
                self._finding(finding)
        if self._detail is Detail.FULL:
            return
        for (clause, rule), count in places.items():
            if count > _PLACES_SHOWN:
                more = f"at {count - _PLACES_SHOWN} more places, see report.html"
                text = f"FAILED  {clause}  {inert(rule)}  {more}"
                self._line("")
                self._console.print(Text(text, style=_STYLES[Verdict.FAIL]), soft_wrap=True)

    def _known_failure(self, finding: Finding) -> None:
        """Print one line for a known failure; `Detail.FULL` prints it as any finding."""
        text = (
            f"waived  {finding.result.clause}  {inert(finding.result.rule)}  {_in_tests(finding)}:"
            f" {shortened(inert(finding.clause.reason), _VALUE_LENGTH)}"
        )
        self._console.print(Text(text, style=_STYLES[Verdict.WAIVED]), soft_wrap=True)

    def _finding(self, finding: Finding) -> None:
        result, count = finding.result, len(finding.tests)
        style = _STYLES[Verdict.WAIVED if finding.waived else Verdict.FAIL]
        word = "waived" if finding.waived else "FAILED"
        self._line("")
        self._console.print(
            Text(f"{word}  {result.clause}  {inert(result.rule)}", style=style),
            Text(f" {_in_tests(finding)}"),
        )
        if finding.follows:
            self._field("follows", f"perhaps from the failure of {finding.follows.clause.id} above")
        self._field("clause", finding.clause.text)
        if finding.waived:
            self._field("waived", finding.clause.reason)
        self._field("expected", result.expected)
        self._field("actual", result.actual)
        self._field("where", result.where)
        if finding.repeated:
            self._field("repeated", finding.repeated)
        self._history(result.history)
        shown = count if self._detail is Detail.FULL else _TESTS_SHOWN
        for test in finding.tests[:shown]:
            self._field("test", test, command=True)
        if count > shown:
            self._field("", f"and {count - shown} more, see report.html")
        if finding.record.evidence:
            self._field("evidence", exchange_reference(finding.record, result))
        self._field("reproduce", finding.rerun, command=True)
        if finding.curl:
            is_short = len(finding.curl) <= _CURL_LENGTH
            self._field("curl", finding.curl if is_short else "see report.html", command=True)

    def _history(self, history: str) -> None:
        """Print a drawn history line by line."""
        for number, line in enumerate(history.splitlines()):
            self._line(f"  {'' if number else 'history':<9} {inert(line)}")

    def _errors(self, run: Run) -> None:
        for text in run.information.problems:
            self.problem(text)
        for text in run.idle:
            self._line(f"waiver  {inert(text)}")
        for record in run.records:
            if record.verdict is Verdict.ERROR:
                self.problem(record.reason, record.id)

    def _inconclusive(self, run: Run) -> None:
        reasons = Counter(
            (record.cause.value if record.cause else "no cause", record.reason)
            for record in run.records
            if record.verdict is Verdict.INCONCLUSIVE
        )
        if reasons:
            self._line("")
        for (cause, reason), count in sorted(reasons.items()):
            text = shortened(inert(reason), _VALUE_LENGTH)
            line = f"inconclusive ({cause}), {counted(count, 'test')}: {text}"
            style = _STYLES[Verdict.INCONCLUSIVE]
            self._console.print(Text(line, style=style), soft_wrap=True)

    def _remarks(self, run: Run) -> None:
        remarks = sorted((result.clause, result.rule, result.actual) for _, result in run.remarks)
        if not remarks:
            return
        self._line("")
        grouped = [(key, sum(1 for _ in same)) for key, same in groupby(remarks)]
        shown = len(grouped) if self._detail is Detail.FULL else _REMARKS_SHOWN
        for (clause, rule, actual), count in grouped[:shown]:
            text = shortened(inert(actual), _VALUE_LENGTH)
            self._line(f"remark  {clause}  {inert(rule)}: {text} ({count}x)")
        if len(grouped) > shown:
            self._line(f"and {len(grouped) - shown} more remarks, see report.html")

    def _end(self, run: Run) -> None:
        self._line("")
        for name, verdicts in (
            ("clauses", Counter(clause.verdict for clause in run.clauses.values())),
            ("SCR items", Counter(item.verdict for item in run.items)),
            ("tests", Counter(record.verdict for record in run.records)),
        ):
            self._line(f"{name}: {_counted(verdicts) or 'none'}")
        if any(item.is_reconstructed for item in run.items):
            self._line(
                "ids of the SCR items of Chat and File Transfer are reconstructed: no table of"
                " theirs is public"
            )
        self._line(
            f"{counted(len(run.records), 'test')}, {counted(run.counters.checks, 'check')},"
            f" {counted(run.counters.exchanges, 'exchange')},"
            f" {counted(run.counters.notifications, 'notification')}"
            f" in {run.information.seconds:.1f} s"
        )
        if left_out := run.information.left_out:
            self._line(
                f"profile {run.information.profile}: {len(run.records)} tests ran,"
                f" {left_out} were left out, which declare the same clauses;"
                " --profile standard runs them all"
            )
        if waived := sum(each.verdict is Verdict.WAIVED for each in run.clauses.values()):
            self._line(f"{counted(waived, 'clause')} with known failures only")
        if excused := [each.id for each in run.clauses.values() if each.cause is Cause.UNAVAILABLE]:
            self._line(
                f"not tested, for reasons that follow from the target file, and not counted:"
                f" {', '.join(excused)}"
            )

    def _verdict(self, run: Run, meaning: str) -> None:
        if run.information.stopped:
            self._line(inert(run.information.stopped))
        if run.information.clean_up and run.information.clean_up.left:
            self._line(inert(str(run.information.clean_up)))
        line = Text("verdict: ")
        line.append(run.verdict.value, style=_STYLES[run.verdict])
        line.append(f" - exit code {run.exit_code}: {meaning}")
        self._console.print(line, soft_wrap=True)

    def _field(self, name: str, value: str, *, command: bool = False) -> None:
        """One named value; commands and test ids are ours and stay as they are."""
        shown = value if command else shortened(inert(value), _VALUE_LENGTH)
        self._console.print(Text(f"  {name:<9} {shown}"), soft_wrap=True)

    def _line(self, text: str) -> None:
        self._console.print(Text(text), soft_wrap=True)


def _in_tests(finding: Finding) -> str:
    return f"in {counted(len(finding.tests), 'test')}"


def _selected(run: Run) -> tuple[RequirementResult, ...]:
    """The requirements of which a clause was selected, or broken by the way."""
    return tuple(found for found in run.requirements if run.concerns(found))


def _requirement_table(requirements: Sequence[RequirementResult]) -> Table:
    """Requirements with their verdicts and how many clauses have which."""
    table = Table(box=None, pad_edge=False, show_edge=False)
    for heading in ("requirement", "verdict", "clauses", "title"):
        table.add_column(heading, overflow="fold")
    for found in requirements:
        counted = Counter(clause.verdict for clause in found.clauses)
        table.add_row(
            found.id,
            Text(found.verdict.value, style=_STYLES[found.verdict]),
            _counted(counted),
            inert(found.title),
        )
    return table


def _counted(verdicts: Counter[Verdict]) -> str:
    """`3 fail, 5 pass`, in the order in which verdicts are defined."""
    return ", ".join(
        f"{verdicts[verdict]} {verdict.value}" for verdict in Verdict if verdicts[verdict]
    )
