"""From the end of a test to its record, and the record's way from a worker to the controller."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Literal

import pytest

from rcs_conformance.errors import Cause
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import (
    CheckResult,
    ClauseCount,
    Counters,
    ItemSign,
    Outcome,
    TestRecord,
    Verdict,
)
from rcs_conformance.plugin.collection import clauses_of, format_of, title_of
from rcs_conformance.plugin.ending import ending
from rcs_conformance.plugin.judgement import ConformanceFailure, Judgement
from rcs_conformance.report.text import visible

ATTRIBUTE = "rcs_record"
"""Attribute of pytest's reports in which a record travels, as JSON."""

_SUITES = "suites/"
_INTERNAL = re.compile(
    r"^(?:\s*(?:self|bed|verify|fmt)=|state(?: =|\.)|.*: <state machine>$).*$\n?", re.MULTILINE
)


def test_id(item: pytest.Item) -> str:
    """The stable id of a test."""
    return item.nodeid.removeprefix(_SUITES)


def record_of(
    item: pytest.Item, error: BaseException | None, judgement: Judgement, seconds: float
) -> TestRecord:
    """The record of a test that has ended."""
    end = ending(error, judgement)
    if end.cause is Cause.NONDETERMINISTIC:
        judgement.retract()
    return TestRecord(
        id=test_id(item),
        title=title_of(item),
        clauses=clauses_of(item),
        format=format_of(item),
        verdict=end.verdict,
        cause=end.cause,
        reason="" if end.verdict is Verdict.FAIL else end.reason,
        precondition=end.precondition,
        seconds=seconds,
        counts=judgement.counts(),
        failures=judgement.all_failures(),
        remarks=judgement.remarks(),
        counters=judgement.counters(),
        signs=judgement.signs(),
        forms=tuple(sorted(judgement.forms)),
        example=_example(error),
    )


def _example(error: BaseException | None) -> str:
    """The smallest failing example as hypothesis noted it, without what is always the same."""
    notes = "\n".join(getattr(error, "__notes__", ()))
    return _INTERNAL.sub("", notes).strip()


def outcome_of(record: TestRecord) -> Literal["passed", "failed", "skipped"]:
    """The outcome that pytest counts a verdict as."""
    if record.verdict is Verdict.PASS:
        return "passed"
    return "failed" if record.verdict in {Verdict.FAIL, Verdict.ERROR} else "skipped"


def failure_text(record: TestRecord) -> str:
    """What a failed test says: each failed check, and the smallest example that fails."""
    declared = [each for each in record.failures if each.clause in record.clauses]
    text = str(ConformanceFailure(declared or record.failures))
    return visible(f"{text}\n{record.example}" if record.example else text)


def last_line(report: pytest.CollectReport | pytest.TestReport) -> str:
    """The last line of what a report says."""
    return (report.longreprtext.strip().splitlines() or ["no reason given"])[-1]


def to_json(record: TestRecord) -> str:
    """A record for the way between processes."""
    return json.dumps(asdict(record))


def from_json(text: str) -> TestRecord:
    """The record that `to_json` wrote; of a test as it runs, which no repetition follows yet."""
    return from_plain(json.loads(text))


def from_plain(plain: Mapping[str, Any]) -> TestRecord:
    """The same of its JSON values."""
    return TestRecord(
        **{
            **plain,
            "clauses": tuple(plain["clauses"]),
            "format": plain["format"] and Format(plain["format"]),
            "verdict": Verdict(plain["verdict"]),
            "apart": plain["apart"] and Verdict(plain["apart"]),
            "cause": plain["cause"] and Cause(plain["cause"]),
            "counts": tuple(ClauseCount(**each) for each in plain["counts"]),
            "failures": tuple(_result(each) for each in plain["failures"]),
            "remarks": tuple(_result(each) for each in plain["remarks"]),
            "counters": Counters(**plain["counters"]),
            "forms": tuple(plain["forms"]),
            "curl": tuple(plain["curl"]),
            "signs": tuple(ItemSign(**each) for each in plain["signs"]),
            "repeated": None,
        }
    )


def _result(plain: dict[str, object]) -> CheckResult:
    outcome = Outcome(str(plain["outcome"]))
    return CheckResult(**{**plain, "outcome": outcome})  # type: ignore[arg-type]  # our own JSON
