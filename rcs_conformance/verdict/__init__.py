"""From test records to the verdicts of clauses, requirements, SCR items and the run.

Everything here is pure. The rules stand as tables in `reports/VERDICTS.md`, which the tests of
this package read; `truth` holds them as code.
"""

from rcs_conformance.verdict.judge import judge
from rcs_conformance.verdict.run import (
    ClauseResult,
    ItemResult,
    RequirementResult,
    Run,
    RunInformation,
)
from rcs_conformance.verdict.truth import EXIT_CODES, INTERRUPTED, MEANINGS, WORST_FIRST, worst

__all__ = [
    "EXIT_CODES",
    "INTERRUPTED",
    "MEANINGS",
    "WORST_FIRST",
    "ClauseResult",
    "ItemResult",
    "RequirementResult",
    "Run",
    "RunInformation",
    "judge",
    "worst",
]
