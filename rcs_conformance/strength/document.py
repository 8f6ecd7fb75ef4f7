"""The matrix for programs, in the form of `reports/strength.schema.json`."""

import json
from collections.abc import Mapping
from pathlib import Path

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.strength.matrix import Column, FaultOutcome, Row
from rcs_conformance.strength.measurement import Measurement
from rcs_conformance.strength.plans import Scope
from rcs_conformance.strength.records import Observation

FORMAT = "rcs-conformance-strength/1"
"""Name and version of the form."""

FILE = "strength.json"
"""Name of the file in the output directory."""


def as_json(measurement: Measurement) -> str:
    """The document as text, ASCII only."""
    return json.dumps(document(measurement), indent=1)


def write(measurement: Measurement, out: Path) -> None:
    """Write the document into the output directory."""
    (out / FILE).write_text(as_json(measurement) + "\n", "ascii")


def clear(out: Path) -> None:
    """Make the output directory, and delete the document of an earlier measurement.

    Raises:
        ConfigurationError: It cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / FILE).unlink(missing_ok=True)
    except OSError as problem:
        raise ConfigurationError(
            f"--out {out}: cannot be used as output directory: {problem.strerror or problem}"
        ) from None


def document(measurement: Measurement) -> Mapping[str, object]:
    """The measurement as plain JSON values, as the schema describes them."""
    matrix = measurement.matrix
    return {
        "format": FORMAT,
        "suite": {"version": measurement.suite_version},
        "exitCode": measurement.exit_code,
        "met": matrix.met,
        "goals": [
            {"goal": goal.text, "measured": goal.measured, "met": goal.met} for goal in matrix.goals
        ],
        "selection": list(measurement.selection),
        "full": measurement.scope is Scope.FULL,
        "scope": measurement.scope.value,
        "seed": measurement.seed,
        "parallel": measurement.parallel,
        "started": measurement.started.isoformat(),
        "seconds": measurement.seconds,
        "processorSeconds": measurement.processor_seconds,
        "baseline": {"flaws": list(matrix.baseline_findings), **_shown(measurement.baseline)},
        "faults": {row.fault.name: _fault(row) for row in matrix.rows},
        "clauses": {column.clause: _clause(column) for column in matrix.columns},
        "clausesWithoutFault": list(matrix.without_fault),
        "variations": {
            one.variation.name: {
                "sentence": one.variation.sentence,
                "heldAgainst": list(one.findings),
                **_shown(one.observation),
            }
            for one in matrix.variations
        },
    }


def _fault(row: Row) -> Mapping[str, object]:
    return {
        "clause": row.fault.clause,
        "sentence": row.fault.sentence,
        "outcome": row.outcome.value,
        "caught": row.killed,
        "own": row.outcome is FaultOutcome.KILLED,
        **_shown(row.observation),
    }


def _shown(seen: Observation) -> Mapping[str, object]:
    return {
        "failing": [
            {"clause": each.clause, "tests": list(each.tests), "says": each.says}
            for each in seen.broken
        ],
        "inconclusive": [
            {"clause": each.clause, "reason": each.reason, "precondition": each.precondition}
            for each in seen.undecided
        ],
        "passed": len(seen.passed),
        "tests": seen.tests,
        "unreached": seen.unreached,
        "tries": seen.tries,
        "seconds": seen.seconds,
        "processorSeconds": seen.processor_seconds,
        "trouble": seen.trouble.value if seen.trouble else None,
        "explanation": seen.explanation,
    }


def _clause(column: Column) -> Mapping[str, object]:
    return {
        "tests": column.tests,
        "passes": column.passes,
        "faults": list(column.faults),
        "caught": list(column.killed),
        "alsoFailsWith": list(column.others),
    }
