"""Faults and what runs showed of them, for the tests of the matrix."""

from datetime import UTC, datetime

from rcs_conformance.reference import Fault
from rcs_conformance.reference.rules import Rules
from rcs_conformance.strength.matrix import Matrix
from rcs_conformance.strength.measurement import Measurement
from rcs_conformance.strength.plans import Scope
from rcs_conformance.strength.records import Broken, Observation

CLAUSES = ("A.1", "A.2", "B.1", "B.2")
"""The clauses of a small catalogue, in its order."""


def fault(name: str, clause: str) -> Fault:
    """A fault."""
    return Fault(name=name, clause=clause, sentence=f"It is {name}.", rules=Rules)


def seen(*clauses: str, **members: object) -> Observation:
    """A run in which these clauses failed."""
    broken = tuple(
        Broken(clause=clause, tests=(f"test_{clause}",), says="rule: otherwise")
        for clause in clauses
    )
    return Observation(broken=broken, tests=4, seconds=1.5, processor_seconds=0.5, **members)  # type: ignore[arg-type]  # whatever the test names


def measurement(matrix: Matrix, baseline: Observation | None = None) -> Measurement:
    """A measurement that found this."""
    return Measurement(
        matrix=matrix,
        baseline=baseline or seen(),
        titles={"A": "First things", "B": "Second things"},
        requirements={clause: clause[0] for clause in CLAUSES},
        selection=(),
        scope=Scope.SAMPLE,
        parallel=3,
        seed=0,
        started=datetime(2026, 1, 2, tzinfo=UTC),
        seconds=61.5,
        suite_version="1.0",
    )
