"""Every fault is killed by the tests of its own clause; no permitted variation fails a clause."""

import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.reference import FAULTS, VARIATIONS
from rcs_conformance.strength.matrix import findings
from rcs_conformance.strength.runner import BASELINE
from tests.suites.measurement import Observations

MOST = 60
"""Clauses of which at least as many pass, whatever a variation makes inapplicable."""


def test_server_without_a_fault_fails_nothing(own: Observations) -> None:
    """Otherwise no failure below says anything."""
    assert findings(own.of(BASELINE)) == ()


@pytest.mark.parametrize("variation", sorted(VARIATIONS))
def test_variation_fails_nothing(own: Observations, variation: str) -> None:
    """In a group of variations, a server gets no failure, and nothing stays undecided."""
    seen = own.of(variation)

    assert findings(seen) == ()
    assert len(seen.passed) > MOST


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_fault_is_killed_by_its_clause(own: Observations, fault: str) -> None:
    """A test that declares the fault's clause fails."""
    seen = own.of(fault)

    assert (seen.trouble, seen.explanation) == (None, "")
    assert seen.fails(FAULTS[fault].clause), FAULTS[fault].sentence


def test_every_clause_that_passes_has_a_fault(own: Observations) -> None:
    """No test of the suites is there that no fault could make fail."""
    assert own.of(BASELINE).passed - {fault.clause for fault in FAULTS.values()} == set()


def test_faults_are_of_clauses_in_the_catalogue() -> None:
    """A fault names a clause that exists."""
    clauses = load_catalogue().clauses
    assert {fault.clause for fault in FAULTS.values()} <= clauses.keys()
