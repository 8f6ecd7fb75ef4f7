"""`report` writes a result in another format; `run` leaves one for a workflow."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.cli import main
from rcs_conformance.cli.arguments.results import REPORT_FORMATS
from rcs_conformance.cli.report import FORMATS
from rcs_conformance.report.result import write_result
from rcs_conformance.target import Ics
from rcs_conformance.verdict import RunInformation, judge
from tests.report.conftest import START


@pytest.fixture
def result(tmp_path: Path) -> Path:
    """The result of a run without tests."""
    information = RunInformation(
        suite_version="1", target_name="Acme", target={}, seed=0, started=START, seconds=1.0
    )
    write_result(judge(load_catalogue(), Ics(), (), information), tmp_path)
    return tmp_path / "result.json"


def test_formats_are_those_of_the_command() -> None:
    """What can be named can be written."""
    assert tuple(FORMATS) == REPORT_FORMATS


@pytest.mark.parametrize("form", FORMATS)
def test_file_and_stdout_are_the_same(
    result: Path, form: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """In UTF-8; the exit code is 0 whatever the verdict is."""
    out = result.with_name("written")
    assert main(["report", str(result), "--format", form]) == 0
    assert main(["report", str(result), "--format", form, "-o", str(out)]) == 0
    assert capfdbinary.readouterr().out == out.read_bytes() != b""
    if form in ("sarif", "ctrf", "badge-json"):
        assert json.loads(out.read_bytes())


def test_wrong_result_and_wrong_file_are_one_line(
    result: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With exit code 4."""
    assert main(["report", str(result.parent), "--format", "sarif"]) == 4
    assert main(["report", str(result), "--format", "sarif", "-o", str(result.parent)]) == 4
    assert main(["report", str(result), "--format", "pdf"]) == 4
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert "Is a directory; give the result.json of a run" in lines[0]


@pytest.fixture
def finished(result: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Has `run` leave that result instead of testing anything; the output folder."""

    def pretend(_words: object, plugins: list[SimpleNamespace]) -> int:
        folder: Path = plugins[0].output.unfinished
        (folder / "result.json").write_bytes(result.read_bytes())
        return 5

    monkeypatch.setattr("rcs_conformance.cli.run.run_pytest", pretend)
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    return result.parent / "out"


def test_run_in_a_workflow(
    finished: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Summary and annotations are those of the result."""
    summary = finished.with_name("summary.md")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    assert main(["run", "--out", str(finished)]) == 5
    assert capsys.readouterr().out.startswith("::error title=rcs-conformance::exit code 5: ")
    assert summary.read_text("utf-8").startswith("## ❌ RCS conformance: not_tested\n")


def test_run_elsewhere(finished: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is printed for a workflow that there is not."""
    assert main(["run", "--out", str(finished)]) == 5
    assert capsys.readouterr().out == ""


def test_summary_that_cannot_be_written_is_one_line(
    finished: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code stays that of the run."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(finished.parent))
    assert main(["run", "--out", str(finished)]) == 5
    assert "cannot be written: Is a directory" in capsys.readouterr().err


def test_result_that_cannot_be_read_is_one_line(
    finished: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The exit code stays that of the run."""
    finished.with_name("result.json").write_text("{")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main(["run", "--out", str(finished)]) == 5
    assert "not JSON, or cut off" in capsys.readouterr().err
