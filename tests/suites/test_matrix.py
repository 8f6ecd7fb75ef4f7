"""The whole matrix of clause by fault: also whether a fault makes other clauses fail.

And each permitted variation alone.
"""

import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.reference import FAULTS, VARIATIONS
from rcs_conformance.strength.matrix import FaultOutcome, Matrix, findings, form
from rcs_conformance.strength.runner import BASELINE
from tests.suites.conftest import RunSuites
from tests.suites.measurement import Observations
from tests.suites.test_strength import MOST

pytestmark = pytest.mark.exhaustive

UNSEEN = {"TS-CHAT-5.11"}
"""Clauses that a server without a fault gives no occasion to pass."""


@pytest.fixture
def matrix(sampled: Observations) -> Matrix:
    """The matrix of all faults and variations."""
    names = (*sampled.faults, *sampled.variations)
    return form(
        [FAULTS[name] for name in sampled.faults],
        sampled.of(BASELINE),
        {name: sampled.of(name) for name in names},
        tests={},
        clauses=tuple(load_catalogue().clauses),
        known=tuple(FAULTS.values()),
        variations=[VARIATIONS[name] for name in sampled.variations],
    )


@pytest.mark.parametrize("variation", sorted(VARIATIONS))
def test_variation_alone_fails_nothing(sampled: Observations, variation: str) -> None:
    """In the tests that reach it, a server gets no failure, and nothing stays undecided."""
    seen = sampled.of(variation)

    assert findings(seen) == ()
    assert seen.tests > 0


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_fault_among_all_clauses(sampled: Observations, fault: str) -> None:
    """With the fault its own clause fails, and no test ends in an error."""
    seen = sampled.of(fault)

    assert (seen.trouble, seen.explanation) == (None, "")
    assert seen.fails(FAULTS[fault].clause), FAULTS[fault].sentence


def test_goals_are_met(matrix: Matrix) -> None:
    """Faults make their own clause fail and, most of them, no other."""
    assert matrix.baseline_findings == ()
    assert [goal for goal in matrix.goals if not goal.met] == []


def test_every_clause_with_a_fault_passes_without_it(matrix: Matrix) -> None:
    """A clause that cannot pass is not tested by its faults."""
    assert {each.clause for each in matrix.columns if each.faults and not each.passes} <= UNSEEN


@pytest.mark.parametrize("name", ["acceptance-without-services", "subject-cut"])
def test_command_finds_the_same_fault(run_suites: RunSuites, matrix: Matrix, name: str) -> None:
    """A run of the suites by the command agrees with the matrix."""
    (row,) = (row for row in matrix.rows if row.fault.name == name)

    outcome = run_suites(
        "--requirement", row.fault.clause, "-p", "no:randomly", faults=(name,), timeout=1.0
    )

    assert row.outcome is FaultOutcome.KILLED
    assert outcome.with_verdict("fail") == [each.clause for each in row.observation.broken], (
        outcome.findings()
    )
    assert outcome.exit_code == 1


@pytest.mark.parametrize("name", ["chunked-answers"])
def test_command_finds_nothing_with_a_variation(run_suites: RunSuites, name: str) -> None:
    """A run of the suites by the command agrees with the matrix."""
    outcome = run_suites("-p", "no:randomly", "--profile", "quick", variations=(name,))

    assert outcome.with_verdict("fail", "inconclusive", "error") == [], outcome.findings()
    assert len(outcome.with_verdict("pass")) > MOST
