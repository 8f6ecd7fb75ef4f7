"""What one run of the suites showed of a server with a fault or a variation."""

from dataclasses import dataclass
from enum import StrEnum


class Trouble(StrEnum):
    """Why a run showed less than it should have."""

    CRASHED = "crashed"
    """Its process ended without a result."""
    HUNG = "hung"
    """Its process had not ended at the deadline."""
    HARNESS = "harness"
    """A test, or pytest around it, ended in an error of the test suite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A clause that failed.

    Attributes:
        clause: Its id.
        tests: The tests in which a check of it failed, sorted.
        says: Rule and actual value of the first of these checks.
    """

    clause: str
    tests: tuple[str, ...]
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """A clause that was tried without a result.

    Attributes:
        clause: Its id.
        reason: Why, in a sentence.
        precondition: The clause that stands in the way; empty without one.
    """

    clause: str
    reason: str
    precondition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What a run showed.

    Attributes:
        broken: The clauses that failed, in the catalogue's order.
        undecided: The clauses that stayed inconclusive, in the catalogue's order.
        passed: The clauses that passed.
        tests: How many tests ran.
        unreached: How many tests did not run, since the fault cannot change what they see.
        tries: How many samples of tests it took.
        seconds: How long it took.
        processor_seconds: Processor time.
        trouble: What went wrong in the run itself; `None`: nothing.
        explanation: The trouble in words, for a person.
    """

    broken: tuple[Broken, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    passed: frozenset[str] = frozenset()
    tests: int = 0
    unreached: int = 0
    tries: int = 1
    seconds: float = 0.0
    processor_seconds: float = 0.0
    trouble: Trouble | None = None
    explanation: str = ""

    def fails(self, clause: str) -> bool:
        """Whether a clause failed."""
        return any(each.clause == clause for each in self.broken)
