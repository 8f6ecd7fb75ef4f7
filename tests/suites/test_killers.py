"""The file of killers is read from observations, and names tests that there are."""

import json

import pytest

from rcs_conformance.reference import FAULTS
from tests.suites import killers


def observed(name: str, *broken: tuple[str, str]) -> str:
    """A line of a file of observations: a fault, and clauses that failed in a test each."""
    failed = [{"clause": clause, "tests": [test], "says": ""} for clause, test in broken]
    return json.dumps([name, {"broken": failed}])


@pytest.mark.parametrize("name", ["subject-cut", "no-such-fault"])
def test_killer_is_of_the_own_clause(name: str) -> None:
    """What failed of other clauses does not count, nor what is no fault any more."""
    clause = FAULTS["subject-cut"].clause
    line = observed(name, ("TS-CHAT-5.9", "a.py::other"), (clause, "a.py::own"))

    found = killers.of([line])

    assert found == ({name: "a.py::own"} if name in FAULTS else {})


def test_most_faults_have_one() -> None:
    """Otherwise the file is old: `python -m tests.suites.killers` writes it anew."""
    known = killers.load()
    assert len(FAULTS.keys() & known) > 0.9 * len(FAULTS)
