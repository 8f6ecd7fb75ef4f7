"""Repetitions say beside a finding whether it is there each time, and change no verdict."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rcs_conformance.cli import main
from rcs_conformance.model.results import RepeatedFailure, Repetition, Verdict
from rcs_conformance.report.ctrf import as_ctrf
from rcs_conformance.report.findings import findings
from rcs_conformance.report.junit import as_junit
from rcs_conformance.report.page import write_page
from rcs_conformance.report.reading import read_run
from rcs_conformance.report.sarif import as_sarif
from rcs_conformance.report.summary import as_markdown
from rcs_conformance.runs import repetition
from rcs_conformance.runs.difference_texts import FORMATS as DIFF_FORMATS
from rcs_conformance.runs.differences import difference
from rcs_conformance.runs.matrix import matrix
from rcs_conformance.runs.matrix_texts import FORMATS as MATRIX_FORMATS
from rcs_conformance.runs.repetition import with_repetitions, within
from rcs_conformance.verdict import Run
from tests.plugin.servers import reference
from tests.report.whole_runs import full_target

Make = Callable[..., Any]
A, B = "chat/test_a.py::test_a", "chat/test_b.py::test_b"


@pytest.fixture
def two_blocks(make_run: Make, make_record: Make) -> Run:
    """Test A meets two failures, of which the second may follow from the first; B another one."""
    first = make_record(id=A)
    second = replace(first.failures[0], rule="group.subject")
    other = replace(first.failures[0], rule="group.originator")
    run: Run = make_run(
        replace(first, failures=(*first.failures, second)),
        make_record(id=B, failures=(other,)),
    )
    return run


@pytest.fixture
def intermittent(make_run: Make, make_record: Make) -> Run:
    """A run whose finding was there again in one of two repetitions."""
    failed = make_record()
    passed = replace(failed, failures=(), verdict=Verdict.PASS)
    return with_repetitions(make_run(failed), [{failed.id: failed}, {failed.id: passed}])


def test_one_test_of_each_block(two_blocks: Run) -> None:
    """Findings that may follow from others need no test of their own."""
    assert repetition.tests_to_repeat(two_blocks) == (A, B)


def test_known_failures_are_not_repeated(two_blocks: Run) -> None:
    """A waiver says that the failure is known."""
    waived = tuple(
        replace(each, clauses=tuple(replace(one, verdict=Verdict.WAIVED) for one in each.clauses))
        for each in two_blocks.requirements
    )
    assert repetition.tests_to_repeat(replace(two_blocks, requirements=waived)) == ()


@pytest.mark.parametrize(("budget", "fitting"), [(0.9, []), (3.1, [A]), (9.0, [A, B])])
def test_time_of_repetitions(two_blocks: Run, budget: float, fitting: list[str]) -> None:
    """Only as many tests as fit, with the start of each repetition."""
    assert within((A, B), two_blocks, times=3, budget=budget, start=0.5) == fitting


def test_long_test_keeps_no_other_back(two_blocks: Run) -> None:
    """As one that waits for what never comes."""
    records = tuple(
        replace(each, seconds=60.0 if each.id == A else 0.1) for each in two_blocks.records
    )
    run = replace(two_blocks, records=records)
    assert within((A, B), run, times=3, budget=9.0, start=0.5) == [B]


def test_each_time(make_run: Make, make_record: Make) -> None:
    """A failure that is always there is k of k."""
    record = make_record()
    run = with_repetitions(make_run(record), [{record.id: record}] * 3)
    (found,) = findings(run)
    assert found.repeated == "failed again in 3 of 3 repetitions"


def test_now_and_then(intermittent: Run) -> None:
    """A failure that is not always there is intermittent, and no verdict changes."""
    (found,) = findings(intermittent)
    assert found.repeated == "intermittent: failed again in 1 of 2 repetitions"
    assert intermittent.verdict is Verdict.FAIL
    assert intermittent.exit_code == 1


def test_repetition_without_a_verdict(make_run: Make, make_record: Make) -> None:
    """What a repetition did not decide does not count."""
    record = make_record()
    undecided = replace(record, verdict=Verdict.INCONCLUSIVE, failures=())
    run = with_repetitions(make_run(record), [{record.id: undecided}, {}])
    assert findings(run)[0].repeated == ""


def test_result_keeps_it(intermittent: Run, written: Callable[[str, Run], Path]) -> None:
    """It is read back as it was written."""
    (read,) = read_run(written("run", intermittent) / "result.json").records
    failure = RepeatedFailure(clause="UNI-CHT-002b.6", rule="group.closed", times=1)
    assert read.repeated == Repetition(times=2, failures=(failure,))


def test_all_outputs_show_it(intermittent: Run, tmp_path: Path) -> None:
    """Page, JUnit, CTRF, SARIF, Markdown, difference and matrix."""
    write_page(intermittent, tmp_path)
    compared = difference(intermittent, intermittent)
    texts = [
        (tmp_path / "report.html").read_text("utf-8"),
        *(write(intermittent) for write in (as_junit, as_ctrf, as_markdown)),
        as_sarif(intermittent, tmp_path / "result.json"),
        *(DIFF_FORMATS[form](compared) for form in DIFF_FORMATS),
        *(MATRIX_FORMATS[form](matrix([intermittent])) for form in ("html", "markdown", "json")),
    ]
    words = "failed again in 1 of 2"
    assert [number for number, text in enumerate(texts) if words not in text] == []


@pytest.mark.parametrize("word", ["-1", "101", "x"])
def test_what_is_no_number_of_repetitions(word: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is one line."""
    assert main(["run", f"--repeat={word}"]) == 4
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.exhaustive
def test_run_repeats_its_findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault that is always there fails again each time; the run has its reports."""
    monkeypatch.setattr("rcs_conformance.cli.repetition.SHARE", 100.0)
    out = tmp_path / "out"
    with reference(("subject-cut",)) as server:
        target = str(full_target(tmp_path, server.root))
        words = ["--requirement", "UNI-CHT-002b.3", "--profile", "quick", "--repeat", "2", "-q"]
        code = main(["run", target, *words, "--out", str(out)])
    document = json.loads((out / "result.json").read_text("ascii"))
    (failed,) = (test for test in document["tests"] if test["failures"])
    assert code == document["exitCode"] == 1
    assert failed["repeated"]["times"] == 2
    assert {each["times"] for each in failed["repeated"]["failures"]} == {2}
    assert (out / "report.html").is_file()
