"""The rule by which a run against the embedded server is accepted."""

import json
import sys
from pathlib import Path

import pytest

from rcs_conformance.kit import ROOT

from . import embedded_run
from .conftest import run

WHOLE_RUN = """
import sys
from pathlib import Path
from tests.project.embedded_run import main
sys.exit(main(["--profile", "quick"], Path(sys.argv[1])))
"""


def result(*verdicts: str) -> str:
    """A `result.json` with clauses of these verdicts."""
    clauses = {f"X-1.{number}": {"verdict": verdict} for number, verdict in enumerate(verdicts)}
    return json.dumps({"requirements": {"X-1": {"clauses": clauses}}})


@pytest.mark.parametrize(
    ("code", "verdicts", "expected"),
    [
        (5, ["pass", "not_tested", "not_applicable"], 0),
        (5, ["pass", "not_tested", "inconclusive"], 5),
        (5, ["pass", "waived"], 5),
        (1, ["fail"], 1),
        (3, ["pass"], 3),
        (0, ["pass"], 0),
    ],
)
def test_only_missing_tests_are_accepted(
    code: int,
    verdicts: list[str],
    expected: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Exit code 5 is accepted where clauses have no test; all else stays what it is."""
    called: list[list[str]] = []

    def command(words: list[str]) -> int:
        called.append(words)
        (tmp_path / "result.json").write_text(result(*verdicts), "utf-8")
        return code

    monkeypatch.setattr(embedded_run, "rcs_conformance", command)

    assert embedded_run.main(["--profile", "quick"], tmp_path) == expected
    assert called == [["run", "--out", str(tmp_path), "--profile", "quick"]]


def test_suites_accept_the_embedded_server(tmp_path: Path) -> None:
    """All of them, with little generated: every clause that has a test passes."""
    done = run([sys.executable, "-c", WHOLE_RUN, str(tmp_path / "out")], cwd=ROOT)

    assert done.returncode == 0, done.stdout + done.stderr
