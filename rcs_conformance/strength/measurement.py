"""A finished measurement: the matrix, and what it was measured with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rcs_conformance.strength.matrix import Matrix
from rcs_conformance.strength.plans import Scope
from rcs_conformance.strength.records import Observation

MET, NOT_MET, VOID = 0, 1, 3
"""Exit codes: the goals are met, they are not, or the suites fail a server without a fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A finished measurement.

    Attributes:
        matrix: What was found.
        baseline: What the server without a fault showed.
        titles: Titles of requirements, by id, in the catalogue's order.
        requirements: The requirement of each clause.
        selection: Faults, variations, requirements and clauses named for it; empty for all.
        scope: Which tests were run.
        parallel: Runs at a time.
        seed: Random seed of samples and generated data.
        started: When it began, with a time zone.
        seconds: How long it took.
        suite_version: Version of this package.
    """

    matrix: Matrix
    baseline: Observation
    titles: Mapping[str, str]
    requirements: Mapping[str, str]
    selection: tuple[str, ...]
    scope: Scope
    parallel: int
    seed: int
    started: datetime
    seconds: float
    suite_version: str

    @property
    def exit_code(self) -> int:
        """That of the command."""
        if self.matrix.baseline_findings:
            return VOID
        return MET if self.matrix.met else NOT_MET

    @property
    def processor_seconds(self) -> float:
        """Of all runs together."""
        rows = sum(row.observation.processor_seconds for row in self.matrix.rows)
        return rows + self.baseline.processor_seconds
