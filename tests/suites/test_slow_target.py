"""Runs against a slow server have the same verdicts, whatever the order of the tests."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from rcs_conformance import kit
from tests.project.conftest import COMMAND
from tests.suites.test_shared_accounts import served

pytestmark = pytest.mark.exhaustive

_ORDERS = int(os.environ.get("SLOW_TARGET_ORDERS", "0"))
"""In how many orders all tests run; 0: those of the profile quick in two orders, in a minute."""

_LATENCY, _DELAY = os.environ.get("SLOW_TARGET_MS", "50 1000").split()
"""Milliseconds to a response, and to a notification."""

_DEADLINE = 1200


def verdicts(target: Path, out: Path, order: int) -> dict[str, str]:
    """The verdict of each test in a run of many tests at once, in a random order."""
    profile = "standard" if _ORDERS else "quick"
    words = ["run", str(target), "--out", str(out), "--seed", "1", "--profile", profile]
    done = subprocess.run(  # noqa: S603 - our own command
        [*COMMAND, *words, "--", "-p", "tests.suites.shuffling"],
        cwd=kit.ROOT,
        env={**os.environ, "PYTHONPATH": str(kit.ROOT), "SHUFFLING_SEED": str(order)},
        capture_output=True,
        text=True,
        timeout=_DEADLINE,
        check=False,
    )
    assert " tests at once in " in done.stdout, done.stdout + done.stderr
    result = json.loads((out / "result.json").read_text())
    return {each["id"]: each["verdict"] for each in result["tests"]}


def test_order_changes_no_verdict(tmp_path: Path) -> None:
    """All verdicts are pass, in each order."""
    with served(tmp_path, "--latency", _LATENCY, "--notification-delay", _DELAY) as target:
        runs = [verdicts(target, tmp_path / f"out{n}", n) for n in range(max(2, _ORDERS))]
    found = [[test for test, verdict in run.items() if verdict != "pass"] for run in runs]
    assert found == [[]] * len(runs)
    assert all(run.keys() == runs[0].keys() for run in runs)
