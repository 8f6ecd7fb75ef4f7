"""Labels and steps for Allure, whose own plugin writes the files."""

import uuid
from collections.abc import Sequence

import allure
import allure_commons

from rcs_conformance.errors import TargetError
from rcs_conformance.model.exchange import Event, FailedExchange
from rcs_conformance.model.results import TestRecord, Verdict
from rcs_conformance.report.shown import shown_event
from rcs_conformance.report.text import visible

_EVENTS = 50
_BODY_LENGTH = 20_000
_PARAMETER_LENGTH = 2_000


def attach(record: TestRecord, events: Sequence[Event], *, active: bool) -> None:
    """Add what is known of a test to its Allure result.

    To be called within the test's protocol, at best from `pytest_runtest_makereport`.

    Args:
        record: What became of the test; its clauses and their requirements become labels.
        events: What was seen; one step each. Of a test that passed, request and response are
            parameters of the step, as they came; of another, attachments with a line for each
            member, for files and lines are dear.
        active: Whether Allure results are written; nothing is done where they are not.
    """
    if not active:
        return
    labels = [("clause", clause) for clause in record.clauses]
    labels += [("tag", clause) for clause in record.clauses]
    for requirement in sorted({clause.rpartition(".")[0] or clause for clause in record.clauses}):
        labels += [("feature", requirement), ("requirement", requirement)]
    if record.format is not None:
        labels.append(("format", record.format.value))
    hook = allure_commons.plugin_manager.hook
    hook.add_title(test_title=visible(record.title or record.id))
    for kind, value in labels:
        hook.add_label(label_type=kind, labels=(value,))
    for event in sorted(events, key=lambda event: event.number)[-_EVENTS:]:
        _step(event, in_files=record.verdict is not Verdict.PASS)


def _step(event: Event, *, in_files: bool) -> None:
    """One step; broken where the exchange has no response."""
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
    problem = TargetError(visible(event.reason)) if isinstance(event, FailedExchange) else None
    hook.stop_step(uuid=step, exc_type=problem and TargetError, exc_val=problem, exc_tb=None)
