"""Every fault of the reference server is found, under the clause that it breaks."""

import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.reference import FAULTS
from tests.suites.conftest import RunSuites


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_fault_flips_its_clause(run_suites: RunSuites, name: str) -> None:
    """With the fault switched on, and only then, the tests of its clause fail."""
    clause = FAULTS[name].clause

    outcome = run_suites("--requirement", clause, "-p", "no:randomly", faults=(name,), timeout=1.0)

    assert outcome.clauses()[clause] == "fail", outcome.findings()
    assert outcome.exit_code == 1


def test_every_clause_that_is_tested_has_a_fault(run_suites: RunSuites) -> None:
    """No test of the suites is there that no fault could make fail."""
    outcome = run_suites("-p", "no:randomly")

    passed = set(outcome.with_verdict("pass"))

    assert passed <= {fault.clause for fault in FAULTS.values()}
    assert passed | {"TS-CHAT-5.11"} >= {fault.clause for fault in FAULTS.values()}


def test_faults_are_of_clauses_in_the_catalogue() -> None:
    """A fault names a clause that exists."""
    clauses = load_catalogue().clauses
    assert {fault.clause for fault in FAULTS.values()} <= clauses.keys()
