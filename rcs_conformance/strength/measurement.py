"""A finished measurement: the matrix, and what it was measured with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rcs_conformance.strength.matrix import Matrix
from rcs_conformance.strength.records import Observation

MET, NOT_MET, VOID = 0, 1, 3
"""Exit codes: the goals are met, or not; or nothing is said, for the harness is at fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A finished measurement.

    Attributes:
        matrix: What was found.
        baseline: What the server without a fault showed.
        titles: Titles of requirements, by id, in the catalogue's order.
        requirements: The requirement of each clause.
        selection: Faults, requirements and clauses that it was limited to; empty for all.
        whole: Whether every test ran in full for every fault.
        parallel: Runs at a time.
        seed: Of samples, and of what was generated.
        started: When it began, with a time zone.
        seconds: How long it took.
        suite_version: Version of this package.
    """

    matrix: Matrix
    baseline: Observation
    titles: Mapping[str, str]
    requirements: Mapping[str, str]
    selection: tuple[str, ...]
    whole: bool
    parallel: int
    seed: int
    started: datetime
    seconds: float
    suite_version: str

    @property
    def exit_code(self) -> int:
        """What the command ends with."""
        if self.matrix.flaws:
            return VOID
        return MET if self.matrix.met else NOT_MET

    @property
    def processor_seconds(self) -> float:
        """How long the processors worked for it."""
        rows = sum(row.observation.processor_seconds for row in self.matrix.rows)
        return rows + self.baseline.processor_seconds
