"""`baseline` writes waivers for the failures of a result."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rcs_conformance.cli import main
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.results import CheckResult, Counters, Outcome, TestRecord, Verdict
from rcs_conformance.report.result import result_document
from rcs_conformance.verdict import ClauseResult, RequirementResult, Run, RunInformation
from rcs_conformance.verdict.waivers import Waiver, load_waivers

FAILURE = CheckResult(
    clause="A-001.1",
    rule="group.closed",
    outcome=Outcome.FAILED,
    expected="isClosed = true",
    actual="isClosed\nabsent \x1b[31m\u202e" + "x" * 200,
    where="POST groups: isClosed",
)
INFORMATION = RunInformation(
    suite_version="1",
    target_name="Acme\n[[waivers]]",
    target={},
    seed=0,
    started=datetime(2026, 6, 1, 12, tzinfo=UTC),
    seconds=1.0,
)


def clause(number: int, verdict: Verdict) -> ClauseResult:
    """A clause with this verdict."""
    return ClauseResult(id=f"A-001.{number}", level="shall", text="", when="", verdict=verdict)


def record(*failures: CheckResult) -> TestRecord:
    """A test with these failed checks."""
    return TestRecord(
        id="a.py::t", title="", clauses=(), format=None, verdict=Verdict.FAIL, failures=failures
    )


RUN = Run(
    information=INFORMATION,
    verdict=Verdict.FAIL,
    exit_code=1,
    complete=True,
    requirements=(
        RequirementResult(
            id="A-001",
            title="",
            section="",
            change="new",
            verdict=Verdict.FAIL,
            clauses=(
                clause(1, Verdict.FAIL),
                clause(2, Verdict.PASS),
                clause(3, Verdict.WAIVED),
            ),
        ),
    ),
    items=(),
    records=(record(FAILURE, replace(FAILURE, clause="A-001.2")), record(FAILURE)),
    counters=Counters(),
    remarks=(),
)
RESULT = result_document(RUN)


@pytest.fixture
def result(tmp_path: Path) -> Path:
    """A result with a failing clause."""
    path = tmp_path / "result.json"
    path.write_text(json.dumps(RESULT), "utf-8")
    return path


def loaded(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a file."""
    return load_waivers(
        path, clauses={"A-001.1"}, knows_test=lambda _test: False, today=date(2026, 6, 1)
    )


def test_waiver_file_names_failing_clauses_with_their_finding(
    result: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without control characters, which no TOML file may have."""
    assert main(["baseline", str(result)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("# Known failures of Acme?[[waivers]], from a run")
    assert lines[4:] == [
        "# expected: isClosed = true",
        f"# {('actual: isClosed?absent ?[31m?' + 'x' * 200)[:100]}...",
        "# and 1 more findings",
        "[[waivers]]",
        'clause = "A-001.1"',
        'rule = "group.closed"',
        'where = "POST groups: isClosed"',
        'reason = ""',
        'owner = ""',
        'expires = ""',
    ]


def test_waiver_file_can_be_used_once_it_is_filled_in(result: Path, tmp_path: Path) -> None:
    """Before, it is refused."""
    out = tmp_path / "waivers.toml"
    assert main(["baseline", str(result), "-o", str(out)]) == 0
    with pytest.raises(ConfigurationError, match=r"waivers\[0\]\.reason: must not be empty"):
        loaded(out)
    text = out.read_text("utf-8").replace('expires = ""', "expires = 2026-12-31")
    out.write_text(text.replace('""', '"known"'), "utf-8")
    assert [waiver.clause for waiver in loaded(out)] == ["A-001.1"]


def test_file_is_not_overwritten(
    result: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was filled in before stays."""
    out = tmp_path / "waivers.toml"
    out.write_text("mine")
    assert main(["baseline", str(result), "-o", str(out)]) == 4
    assert "waivers.toml: File exists; name a new file" in capsys.readouterr().err
    assert out.read_text() == "mine"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "not JSON, or cut off; give the result.json of a run"),
        (b"\xff", "not JSON, or cut off; give the result.json of a run"),
        (b"[]", "not a rcs-conformance-result/1; give the result.json of a run"),
        (b'{"format": "x"}', "not a rcs-conformance-result/1; give the result.json of a run"),
        (
            json.dumps({**RESULT, "complete": False}).encode(),
            "the run is incomplete: repeat it first",
        ),
        (
            json.dumps({**RESULT, "tests": [1]}).encode(),
            "tests/0: 1 is not of type 'object'; give the result.json of a run",
        ),
        (
            json.dumps({**RESULT, "requirements": {}}).encode(),
            "no clause fails: there is nothing to waive",
        ),
    ],
)
def test_other_file_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, message: str
) -> None:
    """With the file, and exit code 4."""
    path = tmp_path / "result.json"
    path.write_bytes(content)
    assert main(["baseline", str(path)]) == 4
    assert capsys.readouterr().err == f"rcs-conformance: {path}: {message}\n"


def test_missing_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the system's reason."""
    assert main(["baseline", str(tmp_path / "none.json")]) == 4
    assert "none.json: cannot be read: No such file" in capsys.readouterr().err
