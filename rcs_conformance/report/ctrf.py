"""CTRF, the Common Test Report Format: the cases of `junit.xml` as JSON.

An error is `failed` here: of the statuses, it alone keeps a pipeline from passing.
"""

import json
from collections.abc import Mapping
from datetime import timedelta

from rcs_conformance.report.cases import VALUE_LENGTH, Case, suites
from rcs_conformance.report.text import inert, shortened, visible
from rcs_conformance.verdict import Run

_STATUSES = {"failure": "failed", "error": "failed", "skipped": "skipped"}


def as_ctrf(run: Run) -> str:
    """The run as CTRF: a test for each clause and SCR item, and three for the run itself."""
    tests = [_test(case, suite.name) for suite in suites(run) for case in suite.cases]
    information = run.information
    end = information.started + timedelta(seconds=information.seconds)
    statuses = [test["status"] for test in tests]
    summary = {
        "tests": len(tests),
        **{
            status: statuses.count(status)
            for status in ("passed", "failed", "pending", "skipped", "other")
        },
        "start": round(information.started.timestamp() * 1000),
        "stop": round(end.timestamp() * 1000),
    }
    document = {
        "reportFormat": "CTRF",
        "specVersion": "0.0.0",
        "results": {
            "tool": {"name": "rcs-conformance", "version": information.suite_version},
            "summary": summary,
            "tests": tests,
            "environment": {"appName": inert(information.target_name)},
        },
        "extra": {
            "verdict": run.verdict.value,
            "exitCode": run.exit_code,
            "complete": run.complete,
        },
    }
    return json.dumps(document, indent=1) + "\n"


def _test(case: Case, suite: str) -> Mapping[str, object]:
    test: dict[str, object] = {
        "name": case.name,
        "status": "passed",
        "duration": round(case.seconds * 1000),
        "suite": [suite],
    }
    if case.outcome is not None:
        test["status"] = _STATUSES[case.outcome.tag]
        test["rawStatus"] = case.outcome.type
        test["message"] = shortened(inert(case.outcome.message), VALUE_LENGTH)
        if case.outcome.text:
            test["trace"] = visible(case.outcome.text)
    return test
