"""`rcs-conformance trace`: requirement to clause to test, without a target."""

import argparse
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.catalogue.trace import TraceRow, trace_rows, unknown_clauses
from rcs_conformance.errors import HarnessError
from rcs_conformance.plugin.inventory import collect
from rcs_conformance.plugin.invocation import SUITES

FORMAT = "rcs-conformance-trace/1"
"""Name and version of the JSON form."""


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
    tests: defaultdict[str, list[str]] = defaultdict(list)
    for test in collect(suites):
        for clause in test.clauses:
            tests[clause].append(test.id.removeprefix("suites/"))
    return tests


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
