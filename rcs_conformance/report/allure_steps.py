"""Labels and steps for Allure, whose own plugin writes the files."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import allure
import allure_commons

from rcs_conformance.catalogue import Catalogue
from rcs_conformance.errors import TargetError
from rcs_conformance.model.exchange import Event, FailedExchange
from rcs_conformance.model.results import CheckResult, TestRecord, Verdict
from rcs_conformance.report.shown import shown_event
from rcs_conformance.report.text import visible

TEST = "test"
"""Label with the id of a test."""

VERDICT = "verdict"
"""Label with the verdict of a test."""

TIMES = "times"
"""Label with the begin and end of a test whose results Allure gets later; left out of reports."""

_EVENTS = 50
_BODY_LENGTH = 20_000
_PARAMETER_LENGTH = 2_000


def attach(
    record: TestRecord, events: Sequence[Event], catalogue: Catalogue, *, active: bool
) -> None:
    """Add what is known of a test to its Allure result.

    To be called within the test's protocol, at best from `pytest_runtest_makereport`.

    Args:
        record: What became of the test.
        events: What was seen; one step each, red where a check of it failed. Of a test that passed,
            request and response are parameters of the step, as they came; of another, attachments
            with a line for each member, for files and lines are dear.
        catalogue: Has the sections and titles of the requirements.
        active: Whether Allure results are written; nothing is done where they are not.
    """
    if not active:
        return
    _place(record, catalogue)
    found: defaultdict[int | None, list[CheckResult]] = defaultdict(list)
    if record.verdict in (Verdict.FAIL, Verdict.WAIVED):
        for result in record.failures:
            found[result.event].append(result)
    ordered = sorted(events, key=lambda event: event.number)
    for number, event in enumerate(ordered, _EVENTS - len(ordered)):
        if number >= 0 or event.number in found:
            failures = found.pop(event.number, [])
            _step(event, failures, in_files=record.verdict is not Verdict.PASS)
    for failures in found.values():
        _absence(failures)


def note_times(began: float, ended: float) -> None:
    """Note when a test ran, where that was before its protocol; called as `attach`.

    Args:
        began: In seconds since the epoch, as `ended` is.
        ended: See there.
    """
    dynamic: Any = allure.dynamic  # it has no types
    dynamic.label(TIMES, f"{began * 1000:.0f} {ended * 1000:.0f}")


def _place(record: TestRecord, catalogue: Catalogue) -> None:
    """Name a test and give it its place: section, requirement and clause.

    Its place is that of the first clause that it declares, for Allure would combine each section
    with each requirement and each clause; the others are tags.
    """
    dynamic: Any = allure.dynamic  # it has no types
    dynamic.title(visible(shown_name(record)))
    for clause in record.clauses:
        dynamic.label("clause", clause)
        dynamic.tag(clause)
    for requirement in sorted({clause.rpartition(".")[0] or clause for clause in record.clauses}):
        dynamic.label("requirement", requirement)
    if record.format is not None:
        dynamic.label("format", record.format.value)
    dynamic.label(TEST, record.id)
    dynamic.label(VERDICT, record.verdict.value)
    first = catalogue.clauses.get(record.clauses[0]) if record.clauses else None
    if first is not None:
        behind = catalogue.requirements[first.requirement]
        dynamic.epic(f"Section {behind.section}")
        dynamic.feature(f"{behind.id} {behind.title}")
        dynamic.story(f"{first.id} {first.text}")


def shown_name(record: TestRecord) -> str:
    """The title of a test with its first clause and parameters: others may have the same title."""
    _, bracket, parameters = record.id.partition("[")
    words = [*record.clauses[:1], record.title or record.id]
    if record.title and bracket:
        words.append(f"[{parameters}")
    return " ".join(words)


def _told(failures: Sequence[CheckResult]) -> AssertionError | None:
    """The failures of a step as an exception, by which Allure knows that a step failed."""
    lines = (
        f"{each.clause} {each.rule}: expected {each.expected}, actual {each.actual} ({each.where})"
        for each in failures
    )
    return AssertionError(visible("\n".join(lines))) if failures else None


def _absence(failures: Sequence[CheckResult]) -> None:
    """A failed step without an event, for what did not come."""
    hook, step = allure_commons.plugin_manager.hook, uuid.uuid4().hex
    hook.start_step(uuid=step, title=visible(failures[0].where), params={})
    hook.stop_step(uuid=step, exc_type=AssertionError, exc_val=_told(failures), exc_tb=None)


def _step(event: Event, failures: Sequence[CheckResult], *, in_files: bool) -> None:
    """One step; failed where a check of it failed, broken where the exchange has no response."""
    limit = _BODY_LENGTH if in_files else _PARAMETER_LENGTH
    shown = shown_event(event, limit, indents=in_files)
    hook = allure_commons.plugin_manager.hook
    step = uuid.uuid4().hex
    parameters = {} if in_files else {part.name: part.text for part in shown.parts}
    hook.start_step(uuid=step, title=shown.title, params=parameters)
    for part in shown.parts if in_files else ():
        hook.attach_data(
            body=part.text,
            name=part.name,
            attachment_type=allure.attachment_type.TEXT,
            extension=None,
        )
    problem: Exception | None = _told(failures)
    if problem is None and isinstance(event, FailedExchange):
        problem = TargetError(visible(event.reason))
    hook.stop_step(uuid=step, exc_type=problem and type(problem), exc_val=problem, exc_tb=None)
