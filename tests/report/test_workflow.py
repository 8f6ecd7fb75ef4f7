"""What a run leaves on the pages of GitHub Actions."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rcs_conformance.model.results import TestRecord, Verdict
from rcs_conformance.report.workflow import LARGEST_FILE, annotations, append_summary
from rcs_conformance.verdict import Run
from tests.report.conftest import check

MakeRecord = Callable[..., TestRecord]
MakeRun = Callable[..., Run]


def test_annotation_is_escaped(make_run: MakeRun, make_record: MakeRecord) -> None:
    """One line a finding, in the form of a workflow command, whatever the target says."""
    failure = check("UNI-CHT-002b.6", rule="a,b:c", actual="50% \r\n::error::owned")
    run = make_run(make_record(failures=(failure,)), arguments=("a,b.toml", "--out", "x"))
    (line,) = annotations(run)
    assert line.startswith("::error file=a%2Cb.toml,title=UNI-CHT-002b.6 a%2Cb%3Ac::")
    assert "%0Aactual 50%25 \\r\\n: :error: :owned%0Awhere " in line
    assert "\n" not in line


@pytest.mark.parametrize(("count", "last"), [(10, "rule-9"), (11, "2 more findings"), (40, "31 ")])
def test_ten_annotations(make_run: MakeRun, make_record: MakeRecord, count: int, last: str) -> None:
    """The last one says how many more findings there are."""
    failures = tuple(check("UNI-CHT-002b.6", rule=f"rule-{n}") for n in range(count))
    lines = annotations(make_run(make_record(failures=failures)))
    assert len(lines) == 10
    assert last in lines[-1]
    assert all(line.startswith("::error ") for line in lines)


def test_run_that_did_not_pass_is_annotated(make_run: MakeRun, make_record: MakeRecord) -> None:
    """Without a finding, or beside them, the exit code is; a passed run has none."""
    interrupted = make_run(make_record(), interrupted=True)
    lost = make_run(stopped="no response\nsince then")
    assert "exit code 2: the run was interrupted" in annotations(interrupted)[0]
    assert len(annotations(interrupted)) == 2
    assert annotations(lost)[0].endswith("%0Ano response\\nsince then")
    assert annotations(replace(lost, exit_code=0, verdict=Verdict.PASS)) == ()


def test_summary_is_appended(make_run: MakeRun, tmp_path: Path) -> None:
    """What other steps or commands wrote stays."""
    file = tmp_path / "summary.md"
    file.write_text("mine\n")
    append_summary(make_run(), file)
    assert file.read_text("utf-8").startswith("mine\n## ❌ RCS conformance: not_tested\n")


@pytest.mark.parametrize("used", [LARGEST_FILE - 3_000, LARGEST_FILE - 10, LARGEST_FILE + 5])
def test_summary_stays_below_its_limit(
    make_run: MakeRun, records: tuple[TestRecord, ...], tmp_path: Path, used: int
) -> None:
    """Where there is little room it is cut; where there is none it is left out."""
    file = tmp_path / "summary.md"
    file.write_bytes(b"x" * used)
    append_summary(make_run(*records), file)
    assert file.stat().st_size < max(LARGEST_FILE, used + 1)
    assert (file.stat().st_size > used) is (used == LARGEST_FILE - 3_000)
