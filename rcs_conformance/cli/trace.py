"""`rcs-conformance trace`: requirement to clause to test, without a target."""

import argparse
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby

import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.catalogue.trace import TraceRow, trace_rows, unknown_clauses
from rcs_conformance.cli.session import CONFIGURATION, QUIET, SUITES
from rcs_conformance.errors import HarnessError

FORMAT = "rcs-conformance-trace/1"
"""Name and version of the JSON form."""

_NOTHING = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)


class Collected:
    """A plugin that notes which tests declare which clauses."""

    def __init__(self) -> None:
        self.tests: defaultdict[str, list[str]] = defaultdict(list)
        self.faults: list[str] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Note the marks of all tests."""
        for item in session.items:
            for mark in item.iter_markers("requirement"):
                for clause in mark.args:
                    self.tests[str(clause)].append(item.nodeid.removeprefix("suites/"))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note what could not be collected."""
        if report.failed:
            self.faults.append(report.nodeid)


def trace(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Print the trace.

    Raises:
        HarnessError: The suites cannot be collected.
    """
    rows = trace_rows(catalogue := load_catalogue(), tests := collected_tests())
    unknown = unknown_clauses(catalogue, tests)
    if unknown:
        raise HarnessError(f"tests declare clauses that nobody knows: {', '.join(unknown)}")
    print(as_json(rows) if arguments.form == "json" else as_text(rows))  # noqa: T201 - the answer
    return 0


def collected_tests(suites: str = str(SUITES)) -> Mapping[str, Sequence[str]]:
    """Clauses to ids of the tests that declare them, as pytest collects them.

    Raises:
        HarnessError: The suites cannot be collected.
    """
    collected = Collected()
    code = pytest.main([*CONFIGURATION, *QUIET, "--collect-only", suites], plugins=[collected])
    if collected.faults or code not in _NOTHING:
        places = ", ".join(collected.faults) or suites
        raise HarnessError(f"the suites cannot be collected (pytest exit code {code}): {places}")
    return collected.tests


def as_text(rows: Sequence[TraceRow]) -> str:
    """Requirements, clauses and tests, one line each; tests without their parameters."""
    lines: list[str] = []
    for requirement, group in groupby(rows, key=lambda row: row.requirement):
        lines.append(f"{requirement.id}  {requirement.title} ({requirement.change.value})")
        for row in group:
            if row.clause is not None:
                lines.append(f"  {row.clause.id}  {row.clause.level.value}  {row.clause.text}")
                names = sorted({test.partition("[")[0] for test in row.tests})
                lines += [f"      {name}" for name in names or ["not tested"]]
    tested = sum(1 for row in rows if row.tests)
    clauses = sum(1 for row in rows if row.clause is not None)
    return "\n".join([*lines, "", f"{tested} of {clauses} clauses have tests"])


def as_json(rows: Sequence[TraceRow]) -> str:
    """The same for machines, tests with their parameters."""
    requirements = [
        {
            "id": requirement.id,
            "title": requirement.title,
            "section": requirement.section,
            "change": requirement.change.value,
            "clauses": [
                {
                    "id": row.clause.id,
                    "level": row.clause.level.value,
                    "when": str(row.clause.when or ""),
                    "text": row.clause.text,
                    "tests": list(row.tests),
                }
                for row in group
                if row.clause is not None
            ],
        }
        for requirement, group in groupby(rows, key=lambda row: row.requirement)
    ]
    return json.dumps({"format": FORMAT, "requirements": requirements}, indent=1)
