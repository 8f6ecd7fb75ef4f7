"""A server that conforms explains every history of the race suites."""

from pathlib import Path

import pytest

from tests.scenario.race_strength import cases, failures, faults


def test_race_tests_are_found_with_their_clauses() -> None:
    """Each has a clause, and each clause of a fault has a test."""
    assert all(each.clauses for each in cases())
    assert len(faults()) >= 25


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", [11, 12])
def test_server_that_conforms_has_no_findings(seed: int, tmp_path: Path) -> None:
    """All race tests, in an order of the seed."""
    failed, passed = failures("", seed, folder=tmp_path)

    assert not failed
    assert passed
