"""A server that conforms explains every history of the race suites; one with a fault does not."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("server", "killed"), [("none", "0/2"), ("leave-lost", "2/2"), ("decline-lost", "2/2")]
)
def test_races_find_faults_and_nothing_else(server: str, killed: str) -> None:
    """With each of two seeds, in another order of the tests, only the fault's own clause fails."""
    command = [sys.executable, "-m", "tests.scenario.race_strength", "2", "1", server]

    told = subprocess.run(  # noqa: S603 - our own program
        command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300
    )

    assert f" {killed} {{}}" in told.stdout
