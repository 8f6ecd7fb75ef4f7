"""The cases of a run, for formats that know cases.

Each requirement is a suite, each clause a case; then come the SCR items and the run itself.

Names are ids of the catalogue, so they are the same from version to version. No case is green
where the run is not: whatever keeps the exit code from 0 is a failure or an error, each case has
one outcome at most, and its text holds all findings, for viewers show the first one only.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rcs_conformance.model.exchange import Event, Notification
from rcs_conformance.model.results import Verdict
from rcs_conformance.report.evidence import read_evidence
from rcs_conformance.report.findings import Finding, exchange_reference, findings
from rcs_conformance.report.text import inert, shortened
from rcs_conformance.verdict import MEANINGS, ClauseResult, ItemResult, Run

ITEMS = "SCR"
"""Name of the suite of the SCR items."""

RUN = "run"
"""Name of the suite about the run itself, with the cases `complete`, `harness` and `target`."""

VALUE_LENGTH = 4_000
"""Characters of a value, or of a message, that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Why a case did not pass."""

    tag: Literal["failure", "error", "skipped"]
    type: str
    message: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case; without an outcome it passed."""

    classname: str
    name: str
    seconds: float = 0.0
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    name: str
    cases: Sequence[Case]

    def count(self, tag: str) -> int:
        """How many cases have an outcome of this tag."""
        return sum(1 for case in self.cases if case.outcome and case.outcome.tag == tag)


def suites(run: Run, out: Path | None = None) -> Sequence[Suite]:
    """The suites of a run: its requirements, its SCR items, and the run itself.

    Args:
        run: The run.
        out: Its output folder, whose evidence has the request lines; `None` leaves them out.
    """
    found = [*_requirement_suites(run, out), _item_suite(run)]
    return [*found, _run_suite(run, is_red=any(map(_is_red, found)))]


def _requirement_suites(run: Run, out: Path | None) -> Iterable[Suite]:
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings(run):
        found[finding.clause.id].append(finding)
    seconds, requests = _seconds(run), _RequestLines(out)
    for requirement in run.requirements:
        classname = requirement.id.replace(".", "_")
        yield Suite(
            name=requirement.id,
            cases=[
                Case(
                    classname=classname,
                    name=clause.id,
                    seconds=seconds[clause.id],
                    outcome=_clause_outcome(run, clause, found[clause.id], requests),
                )
                for clause in requirement.clauses
            ],
        )


def _seconds(run: Run) -> Mapping[str, float]:
    """Each test's time in equal parts for its clauses: the cases together take its time once."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for record in run.records:
        for clause in record.clauses:
            seconds[clause] += record.seconds / len(record.clauses)
    return seconds


def _clause_outcome(
    run: Run, clause: ClauseResult, found: Sequence[Finding], requests: "_RequestLines"
) -> Outcome | None:
    if clause.verdict is Verdict.FAIL:
        first = found[0].result if found else None
        message = (
            f"{first.rule}: expected {first.expected}, actual {first.actual}"
            if first
            else f"{clause.failed} checks failed"
        )
        more = f" + {len(found) - 1} more" if len(found) > 1 else ""
        excuse = run.excused.get(clause.id, "")
        return Outcome(
            tag="skipped" if excuse else "failure",
            type=first.rule if first and not excuse else clause.verdict.value,
            message=f"excused: {excuse}"
            if excuse
            else f"{shortened(message, VALUE_LENGTH - len(more))}{more}",
            text="\n\n".join([clause.text, *(_described(each, requests) for each in found)]),
        )
    cause = f"{clause.cause.value}: " if clause.cause else ""
    behind = f" ({clause.precondition})" if clause.precondition else ""
    return _undecided(
        clause.verdict, f"{cause}{clause.reason}{behind}", run.excused.get(clause.id, "")
    )


def _undecided(verdict: Verdict, reason: str, excuse: str) -> Outcome | None:
    """The outcome of what neither passed nor failed.

    Args:
        verdict: Of the clause or item.
        reason: Why it has that verdict.
        excuse: Why it does not count for the run's verdict; empty where it does.
    """
    if verdict is Verdict.PASS:
        return None
    if verdict is Verdict.WAIVED:
        message = f"known failure: {reason}"
        return Outcome(tag="skipped", type=verdict.value, message=message)
    if verdict is Verdict.NOT_APPLICABLE:
        message = f"not applicable: {reason}"
        return Outcome(tag="skipped", type=verdict.value, message=message)
    if excuse and verdict is not Verdict.ERROR:
        return Outcome(tag="skipped", type=verdict.value, message=f"excused: {excuse}")
    tag: Literal["failure", "error"] = "failure" if verdict is Verdict.NOT_TESTED else "error"
    message = reason or verdict.value.replace("_", " ")
    return Outcome(tag=tag, type=verdict.value, message=message, text=inert(message))


def _described(finding: Finding, requests: "_RequestLines") -> str:
    """A finding as lines, each value in one."""
    result = finding.result
    values = {
        "rule": result.rule,
        "expected": result.expected,
        "actual": result.actual,
        "where": result.where,
        "repeated": finding.repeated,
        "request": requests.of(finding),
        "evidence": exchange_reference(finding.record, result) if finding.record.evidence else "",
        "tests": f"{len(finding.tests)}, the first is {finding.tests[0]}",
    }
    lines = [
        f"{name:<9} {shortened(inert(value), VALUE_LENGTH)}"
        for name, value in values.items()
        if value
    ]
    curl = [f"curl      {finding.curl}"] if finding.curl else []
    return "\n".join([*lines, f"reproduce {finding.rerun}", *curl])


class _RequestLines:
    """The request lines of exchanges, from the evidence of an output directory.

    Args:
        out: The output directory; `None` for no evidence.
    """

    def __init__(self, out: Path | None) -> None:
        self._out = out
        self._known: dict[str, Mapping[int, Event]] = {}

    def of(self, finding: Finding) -> str:
        """The request line of a finding's exchange; empty where there is none."""
        event = self._events(finding.record.evidence).get(finding.result.event or 0)
        if event is None:
            return ""
        if isinstance(event, Notification):
            return f"notification to {event.user}"
        return f"{event.request.method} {event.request.url}"

    def _events(self, file: str) -> Mapping[int, Event]:
        if file not in self._known:
            try:
                events = read_evidence(self._out / file) if self._out and file else ()
            except (OSError, ValueError):  # the page says so
                events = ()
            self._known[file] = {event.number: event for event in events}
        return self._known[file]


def _item_suite(run: Run) -> Suite:
    return Suite(
        name=ITEMS,
        cases=[
            Case(classname=ITEMS, name=item.item, outcome=_item_outcome(run, item))
            for item in run.items
        ],
    )


def _item_outcome(run: Run, item: ItemResult) -> Outcome | None:
    if item.verdict is Verdict.FAIL and item.item not in run.excused:
        message = item.reason or f"{item.function} failed"
        origin = "the id of this item is reconstructed" if item.is_reconstructed else ""
        lines = [item.function, *filter(None, (item.operation, item.reason, origin))]
        text = "\n".join(map(inert, lines))
        return Outcome(tag="failure", type=item.verdict.value, message=message, text=text)
    return _undecided(item.verdict, item.reason, run.excused.get(item.item, ""))


def _run_suite(run: Run, *, is_red: bool) -> Suite:
    """Whether the run came to its end, the suite worked, and the target could be judged.

    Args:
        run: The run.
        is_red: Whether a clause or an item tells already why the run did not pass.
    """
    meaning = f"exit code {run.exit_code}: {MEANINGS[run.exit_code]}"
    errors = [f"{each.id}: {each.reason}" for each in run.records if each.verdict is Verdict.ERROR]
    problems = [*run.information.problems, *errors, *(run.idle if run.exit_code else ())]
    complete = harness = target = None
    if not run.complete:
        complete = Outcome(tag="failure", type="incomplete", message=meaning, text=meaning)
    if problems:
        more = f" + {len(problems) - 1} more" if len(problems) > 1 else ""
        text = "\n".join(map(inert, problems))
        harness = Outcome(tag="error", type="error", message=f"{problems[0]}{more}", text=text)
    if run.exit_code and (run.exit_code in _TARGETS or not (is_red or complete or harness)):
        told = inert(run.information.stopped) or meaning
        target = Outcome(tag="failure", type="verdict", message=told, text=f"{meaning}\n{told}")
    outcomes = {"complete": complete, "harness": harness, "target": target}
    return Suite(
        name=RUN,
        cases=[
            Case(classname=RUN, name=name, outcome=outcome) for name, outcome in outcomes.items()
        ],
    )


_TARGETS = frozenset({6})
"""Exit codes that say that the target stopped answering."""


def _is_red(suite: Suite) -> bool:
    return bool(suite.count("failure") or suite.count("error"))
