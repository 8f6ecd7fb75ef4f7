"""A result is read back as the run that was written; any other file is one line."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.results import CleanUp, TestRecord
from rcs_conformance.report.findings import findings
from rcs_conformance.report.reading import read_run
from rcs_conformance.report.result import result_document, write_result
from rcs_conformance.verdict import Run
from rcs_conformance.verdict.waivers import Waiver

MakeRun = Callable[..., Run]
WAIVER = Waiver(
    clause="UNI-CHT-001.1", reason="known", owner="ann", expires=date(2027, 1, 31), place=""
)


@pytest.fixture
def file(make_run: MakeRun, records: tuple[TestRecord, ...], tmp_path: Path) -> Path:
    """The result of a run with failures."""
    write_result(make_run(*records), tmp_path)
    return tmp_path / "result.json"


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"interrupted": True, "selection": ("UNI-CHT-002b",)},
        {"waivers": (WAIVER, replace(WAIVER, clause="", test="a.py::t"))},
        {"clean_up": CleanUp(removed=3, left=1, reasons=("DELETE group returned 500 (1x)",))},
        {"stopped": "no response", "profile": "", "problems": ("bad",), "strict": True},
    ],
)
def test_what_was_written_is_read(
    make_run: MakeRun,
    make_record: Callable[..., TestRecord],
    tmp_path: Path,
    members: Mapping[str, object],
) -> None:
    """Written again, the run gives the same document; its findings are the same."""
    run = make_run(make_record(evidence="evidence/a.json", curl=("curl -i http://t",)), **members)
    write_result(run, tmp_path)
    read = read_run(tmp_path / "result.json")
    assert result_document(read) == json.loads((tmp_path / "result.json").read_text())
    assert [each.rerun for each in findings(read)] == [each.rerun for each in findings(run)]
    assert read.records[0].failures == run.records[0].failures
    assert read.records[0].curl == ("curl -i http://t",)


def test_run_without_tests_has_no_arguments(make_run: MakeRun, tmp_path: Path) -> None:
    """They are known from the commands of tests alone."""
    write_result(make_run(), tmp_path)
    assert read_run(tmp_path / "result.json").information.arguments == ()


def changed(file: Path, **members: object) -> str:
    """The result with other members."""
    return json.dumps({**json.loads(file.read_text()), **members})


ROWS: Mapping[str, tuple[Callable[[Path], str | bytes], str]] = {
    "no JSON": (lambda _: "{", "not JSON, or cut off"),
    "cut off": (lambda file: file.read_text()[:-3], "not JSON, or cut off"),
    "bytes": (lambda _: b"\xff\xfe\x00", "not JSON, or cut off"),
    "deep": (lambda _: "[" * 100_000, "not JSON, or cut off"),
    "infinite": (lambda file: changed(file, seconds=float("inf")), "not JSON, or cut off"),
    "a list": (lambda _: "[]", "not a rcs-conformance-result/1"),
    "another": (lambda file: changed(file, format="x"), "not a rcs-conformance-result/1"),
    "missing": (
        lambda _: '{"format": "rcs-conformance-result/1"}',
        "top level: 'complete' is a required property",
    ),
    "wrong": (lambda file: changed(file, tests=[1]), "tests/0: 1 is not of type 'object'"),
    "verdict": (lambda file: changed(file, verdict="green"), "verdict: 'green' is not one of"),
    "time": (lambda file: changed(file, started="now"), "Invalid isoformat string: 'now'"),
    "green": (
        lambda file: changed(file, exitCode=0),
        "exitCode 0 contradicts the verdict fail of a run that is complete",
    ),
    "incomplete": (
        lambda file: changed(file, exitCode=0, verdict="pass", complete=False),
        "exitCode 0 contradicts the verdict pass of a run that is incomplete",
    ),
}


@pytest.mark.parametrize("row", ROWS)
def test_other_file_is_one_line(file: Path, row: str) -> None:
    """It names the file, what is wrong, and what would be right."""
    content, message = ROWS[row]
    text = content(file)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigurationError) as caught:
        read_run(file)
    line = str(caught.value)
    assert line.startswith(f"{file}: {message}")
    assert line.endswith("; give the result.json of a run")
    assert "\n" not in line


@pytest.mark.parametrize("rerun", ["rm -rf /", "rcs-conformance run 'x", "rcs-conformance run x"])
def test_command_that_is_none(file: Path, rerun: str) -> None:
    """Arguments are taken from a command of ours only."""
    document: dict[str, Any] = json.loads(file.read_text())
    document["tests"][0]["rerun"] = rerun
    file.write_text(json.dumps(document))
    with pytest.raises(ConfigurationError, match="give the result"):
        read_run(file)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    """With the system's reason."""
    with pytest.raises(ConfigurationError, match="Is a directory"):
        read_run(tmp_path)
    with pytest.raises(ConfigurationError, match="No such file"):
        read_run(tmp_path / "none.json")
    with pytest.raises(ConfigurationError, match="not the name of a file"):
        read_run(Path("a\0b"))


def test_file_without_end(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more is read than a result can have."""
    monkeypatch.setattr("rcs_conformance.report.reading.LARGEST_RESULT", 10)
    with pytest.raises(ConfigurationError, match="larger than"):
        read_run(file)
