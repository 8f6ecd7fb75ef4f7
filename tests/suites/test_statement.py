"""Whole runs end in a statement: the overall verdict pass, and every clause and item decided."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from rcs_conformance import kit
from tests.project.conftest import COMMAND

_DEADLINE = 900
DECIDED = {"pass", "not_applicable"}

RUNS = {
    "by long poll": ("--notifications", "long-poll"),
    "in the dialect of the pilot": ("--binding", "gsma-pilot"),
    "in the dialect of kandy": ("--binding", "kandy"),
    "XML only": ("--format", "xml"),
    "JSON only": ("--format", "json"),
    "for RCS 5.0": ("--release", "5.0"),
}
"""What is asked for of the embedded server, by what it is; `tests/project` runs it as it is."""


@pytest.fixture
def stated(tmp_path: Path) -> Callable[..., dict[str, set[str]]]:
    """Runs the suites with words for `run`; the verdicts that there are, of run, clause, item."""

    def state(*words: str) -> dict[str, set[str]]:
        out = tmp_path / "out"
        done = subprocess.run(  # noqa: S603 - our own command
            [*COMMAND, "run", "--profile", "quick", "-n", "2", "--out", str(out), *words],
            cwd=kit.ROOT,
            capture_output=True,
            text=True,
            timeout=_DEADLINE,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        result = json.loads((out / "result.json").read_text("utf-8"))
        requirements = result["requirements"].values()
        clauses = (one for each in requirements for one in each["clauses"].values())
        return {
            "run": {result["verdict"]},
            "clauses": {one["verdict"] for one in clauses},
            "items": {one["verdict"] for one in result["scr"].values()},
        }

    return state


@pytest.mark.parametrize("words", RUNS.values(), ids=RUNS.keys())
def test_embedded_server_conforms(
    stated: Callable[..., dict[str, set[str]]], words: tuple[str, ...]
) -> None:
    """However notifications come, names are spelled, and for each format and release."""
    verdicts = stated(*words)

    assert verdicts["run"] == {"pass"}
    assert verdicts["clauses"] <= DECIDED
    assert verdicts["items"] <= DECIDED
