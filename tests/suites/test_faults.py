"""Every fault of the reference server is found, under the clause that it breaks."""

from collections.abc import Mapping
from typing import Any

import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.reference import FAULTS
from tests.suites.conftest import RunSuites

UNSEEN = {"TS-CHAT-5.11"}
"""Clauses that a server without a fault gives no occasion to pass."""


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_fault_flips_its_clause(measured: Mapping[str, Any], name: str) -> None:
    """With the fault switched on, and only then, the tests of its clause fail."""
    found = measured["faults"][name]

    assert found["outcome"] == "caught", found


def test_faults_are_narrow(measured: Mapping[str, Any]) -> None:
    """Faults break their own clause and, most of them, no other."""
    assert measured["baseline"]["flaws"] == []
    assert [goal for goal in measured["goals"] if not goal["met"]] == []


def test_every_clause_that_is_tested_has_a_fault(measured: Mapping[str, Any]) -> None:
    """No test of the suites is there that no fault could make fail."""
    idle = {
        clause
        for clause, found in measured["clauses"].items()
        if found["faults"] and not found["passes"]
    }

    assert measured["clausesWithoutFault"] == []
    assert idle <= UNSEEN


@pytest.mark.parametrize("name", ["acceptance-without-services", "subject-cut"])
def test_command_finds_the_same(
    run_suites: RunSuites, measured: Mapping[str, Any], name: str
) -> None:
    """A run of the suites as a tester has it agrees with what was measured."""
    clause = FAULTS[name].clause

    outcome = run_suites("--requirement", clause, "-p", "no:randomly", faults=(name,), timeout=1.0)

    assert outcome.with_verdict("fail") == [
        broken["clause"] for broken in measured["faults"][name]["failing"]
    ], outcome.findings()
    assert outcome.exit_code == 1


def test_faults_are_of_clauses_in_the_catalogue() -> None:
    """A fault names a clause that exists."""
    clauses = load_catalogue().clauses
    assert {fault.clause for fault in FAULTS.values()} <= clauses.keys()
