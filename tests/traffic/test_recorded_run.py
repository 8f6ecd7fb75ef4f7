"""The record of a whole run, taken for traffic of others, has no finding if the server conforms."""

from pathlib import Path

import pytest

from rcs_conformance.cli import main
from tests.report.whole_runs import run_suites_in_full

pytestmark = pytest.mark.exhaustive

LEAST = 80
"""Clauses that such traffic decides, at least."""


def test_nothing_is_found_in_the_record_of_a_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All that the suites do, by callback and by channels, with a server for each process."""
    words = ("--profile", "quick", "-n", "2", "--evidence", "all")
    run_suites_in_full(tmp_path / "out", *words)

    code = main(["judge", str(tmp_path / "out")])

    last = capsys.readouterr().out.splitlines()[-1]
    assert code == 0, last
    assert int(last.partition("decides ")[2].partition(" ")[0]) >= LEAST
