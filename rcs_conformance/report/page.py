"""`report.html`: the run for people, in one file that needs nothing else.

It is whole without script; the one script in it searches the text.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import CheckResult, TestRecord, Verdict
from rcs_conformance.report.evidence import read_evidence
from rcs_conformance.report.findings import Finding, findings
from rcs_conformance.report.output import PAGE
from rcs_conformance.report.shown import ShownEvent, ShownPart, shown_event
from rcs_conformance.report.template import rendered
from rcs_conformance.report.text import shortened, visible
from rcs_conformance.verdict import MEANINGS, WORST_FIRST, Run

_TEMPLATE = "report.html.j2"
_BODY_LENGTH = 3_000
_EVENTS = 12
_EVIDENCE_LENGTH = 24_000
_PAGE_LENGTH = 3_000_000
_SMALLEST = 200
_REMARKS = 300
_OPEN = "not met or open"
"""What the verdicts have in common that somebody has to look at."""

_DONE = frozenset({Verdict.PASS, Verdict.NOT_APPLICABLE, Verdict.WAIVED})

Filter = tuple[str, str, Sequence[str]]
"""Name, title and values of something that the page can be limited to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvidence:
    """What a failure shows of its evidence.

    Attributes:
        file: The whole of it, relative to the page; empty where there is none.
        events: Those that are shown.
        event: Number of the one that the failure is about.
        note: What was left out, and why; empty where nothing was.
    """

    file: str
    events: tuple[ShownEvent, ...]
    event: int | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFinding:
    """A failure with its evidence."""

    finding: Finding
    evidence: ShownEvidence


def write_page(run: Run, out: Path) -> None:
    """Write `report.html`.

    Evidence is read from the output directory; each failure shows as much of it as its share of
    the page allows and names the file with the rest.
    """
    found = _shown_findings(run, out)
    text = rendered(
        _TEMPLATE,
        run=run,
        information=run.information,
        meaning=MEANINGS[run.exit_code],
        requirement_counts=_counts(found.verdict for found in run.requirements),
        clause_counts=_counts(clause.verdict for clause in run.clauses.values()),
        item_counts=_counts(item.verdict for item in run.items),
        test_counts=_counts(record.verdict for record in run.records),
        counts_of={
            each.id: _counts(clause.verdict for clause in each.clauses) for each in run.requirements
        },
        selected=[each for each in run.requirements if run.concerns(each)],
        unselected=[each for each in run.requirements if not run.concerns(each)],
        filters=_filters(run),
        kinds={verdict: _kinds(verdict) for verdict in Verdict},
        formats=_formats(run),
        sections={clause.id: each.section for each in run.requirements for clause in each.clauses},
        findings=[each for each in found if not each.finding.waived],
        waived=[each for each in found if each.finding.waived],
        troubled=[
            record
            for record in run.records
            if record.verdict in (Verdict.ERROR, Verdict.INCONCLUSIVE)
        ],
        remarks=run.remarks[:_REMARKS],
        remarks_left_out=max(0, len(run.remarks) - _REMARKS),
        target=_flat(run.information.target),
    )
    (out / PAGE).write_text(text, "utf-8")


def _filters(run: Run) -> Sequence[Filter]:
    """What clauses and findings can be limited to; what has but one value is left out."""
    verdicts = [verdict for verdict, _ in _counts(each.verdict for each in run.clauses.values())]
    kinds = dict.fromkeys(kind for verdict in verdicts for kind in reversed(_kinds(verdict)))
    sections = dict.fromkeys(found.section for found in run.requirements)
    formats = sorted({record.format for record in run.records if record.format})
    filters = (
        ("verdict", "Verdict", tuple(kinds)),
        ("section", "Section", tuple(sections)),
        ("format", "Format", tuple(each.value for each in formats)),
    )
    return [each for each in filters if len(each[2]) > 1]


def _kinds(verdict: Verdict) -> Sequence[str]:
    """What a verdict is chosen by: its own words, and what it has in common with others."""
    words = verdict.value.replace("_", " ")
    return (words,) if verdict in _DONE else (words, _OPEN)


def _formats(run: Run) -> Mapping[str, Sequence[str]]:
    """The formats in which the tests of each clause ran; a test without one stands for all."""
    every = tuple(each.value for each in Format)
    own = {each.id: (each.format.value,) if each.format else every for each in run.records}
    return {
        clause.id: sorted({name for test in clause.tests for name in own.get(test, every)})
        for clause in run.clauses.values()
    }


def _shown_findings(run: Run, out: Path) -> Sequence[ShownFinding]:
    """The failures with their evidence, each within its share of what is left of the page."""
    found = findings(run)
    left = _PAGE_LENGTH
    shown = []
    for position, finding in enumerate(found):
        share = max(0, min(_EVIDENCE_LENGTH, left // (len(found) - position)))
        evidence = _shown_evidence(out, finding.record, finding.result, share)
        left -= sum(len(part.text) for event in evidence.events for part in event.parts)
        shown.append(ShownFinding(finding=finding, evidence=evidence))
    return shown


def _shown_evidence(
    out: Path, record: TestRecord, result: CheckResult, share: int
) -> ShownEvidence:
    """The event that a failure is about and those before it, newest kept, within `share`."""
    empty = ShownEvidence(file=record.evidence, events=(), event=result.event, note="")
    if not record.evidence:
        return replace(empty, note="No exchange or notification was kept for this test.")
    try:
        events = read_evidence(out / record.evidence)
    except (OSError, ValueError) as problem:
        return replace(empty, note=visible(f"The evidence cannot be read: {problem}"))
    last = result.event if result.event is not None else events[-1].number if events else 0
    upto = [event for event in events if event.number <= last]
    kept: list[ShownEvent] = []
    for event in reversed(upto[-_EVENTS:]):
        shown = _within(shown_event(event, _BODY_LENGTH), share)
        if shown is None:
            break
        share -= sum(len(part.text) for part in shown.parts)
        kept.insert(0, shown)
    left_out = len(events) - len(kept)
    note = f"{left_out} of {len(events)} are left out here." if left_out else ""
    return replace(empty, events=tuple(kept), note=note)


def _within(event: ShownEvent, share: int) -> ShownEvent | None:
    """The event where its messages fit, cut where only a part does, `None` where nothing does."""
    if sum(len(part.text) for part in event.parts) <= share:
        return event
    each = share // max(1, len(event.parts))
    if each < _SMALLEST:
        return None
    parts = tuple(
        ShownPart(name=part.name, text=shortened(part.text, each)) for part in event.parts
    )
    return replace(event, parts=parts)


def _counts(verdicts: Iterable[Verdict]) -> Sequence[tuple[Verdict, int]]:
    """How many of each verdict, worst first, those that are there."""
    counted = Counter(verdicts)
    return [(verdict, counted[verdict]) for verdict in WORST_FIRST if counted[verdict]]


def _flat(value: object, path: str = "") -> Sequence[tuple[str, str]]:
    """A structure of plain JSON values as paths and values, without what is not set."""
    if isinstance(value, Mapping):
        pairs = [(f"{path}.{key}" if path else str(key), member) for key, member in value.items()]
    elif isinstance(value, (list, tuple)) and any(isinstance(m, (Mapping, list)) for m in value):
        pairs = [(f"{path}[{index}]", member) for index, member in enumerate(value, 1)]
    elif isinstance(value, (list, tuple)):
        return [(path, ", ".join(map(str, value)))] if value else []
    else:
        return [] if value in (None, "") else [(path, str(value))]
    return [line for key, member in pairs for line in _flat(member, key)]
