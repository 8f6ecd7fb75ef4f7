"""What the binding leaves free changes no verdict: no false failure."""

from collections.abc import Mapping
from typing import Any

import pytest

from rcs_conformance.reference import VARIATIONS
from tests.suites.conftest import RunSuites


@pytest.mark.parametrize("name", sorted(VARIATIONS))
def test_variation_fails_nothing(measured: Mapping[str, Any], name: str) -> None:
    """A server that makes use of one freedom gets no failure, and nothing stays undecided."""
    found = measured["variations"][name]

    assert found["heldAgainst"] == []
    assert found["passed"] > 60


@pytest.mark.parametrize("name", ["chunked-answers"])
def test_command_finds_the_same(run_suites: RunSuites, name: str) -> None:
    """A run of the suites as a tester has it agrees with what was measured."""
    outcome = run_suites("-p", "no:randomly", variations=(name,))

    assert outcome.with_verdict("fail", "inconclusive", "error") == [], outcome.findings()
    assert len(outcome.with_verdict("pass")) > 60
