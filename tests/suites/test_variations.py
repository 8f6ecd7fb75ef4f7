"""What the binding leaves free changes no verdict: no false failure."""

import pytest

from rcs_conformance.reference import VARIATIONS
from tests.suites.conftest import RunSuites

SLOW = "notified-late"
"""The variation whose waits are worth overlapping."""


@pytest.mark.parametrize("name", sorted(VARIATIONS))
def test_variation_fails_nothing(run_suites: RunSuites, name: str) -> None:
    """A server that makes use of one freedom gets no failure, and nothing stays undecided."""
    words = ("-n", "8") if name == SLOW else ()
    outcome = run_suites("-p", "no:randomly", *words, variations=(name,))

    assert outcome.with_verdict("fail", "inconclusive", "error") == [], outcome.findings()
    assert len(outcome.with_verdict("pass")) > 60
