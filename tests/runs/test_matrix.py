"""`matrix` shows what each run found of each clause, whatever the catalogues have."""

import csv
import io
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import validate

from rcs_conformance.cli import main
from rcs_conformance.kit import TEMPLATES
from rcs_conformance.runs.matrix import Matrix, matrix
from rcs_conformance.runs.matrix_texts import FORMATS
from rcs_conformance.verdict import Run
from tests.attestation.recorded import recorded
from tests.report.conftest import START
from tests.report.layout import DARK, LIGHT, evaluated, flaws_of
from tests.report.test_page import CHROMIUM, FLAGS

Make = Callable[..., Any]
CLAUSE = "UNI-CHT-002b.6"


def older(run: Run) -> Run:
    """The run without one requirement, as an older catalogue has it."""
    return replace(run, requirements=tuple(x for x in run.requirements if x.id != "UNI-CHT-002b"))


@pytest.fixture
def runs(make_run: Make, make_record: Make, passing: Make) -> tuple[Run, ...]:
    """Two of one target, the later one first, and one of another with an older catalogue."""
    failed = make_run(make_record(), target_name="Acme", started=START + timedelta(days=1))
    passed = make_run(passing("a", CLAUSE), target_name="Acme")
    return failed, passed, older(make_run(make_record()))


@pytest.fixture
def compared(runs: tuple[Run, ...]) -> Matrix:
    """The matrix of those."""
    return matrix(runs)


def test_runs_of_a_target_stand_together(compared: Matrix) -> None:
    """The earlier one first; other targets follow."""
    assert compared.names[:2] == ("Acme", "Acme")
    assert [run.verdict.value for run in compared.runs][1] == "fail"


def test_cells(compared: Matrix) -> None:
    """Each run has its verdict and findings; none where its catalogue lacks the clause."""
    (row,) = (row for row in compared.rows if row.clause.id == CLAUSE)
    assert [cell.verdict for cell in row.cells] == ["pass", "fail", None]
    assert [len(cell.findings) for cell in row.cells] == [0, 1, 0]
    assert row.differs


def test_other_catalogues_are_one_line(compared: Matrix) -> None:
    """It says how many clauses are not in all of them."""
    assert len(compared.notes) == 1
    assert "Different catalogues" in compared.notes[0]


def test_csv(compared: Matrix) -> None:
    """A row for each clause, a column for each run, and nothing that a spreadsheet computes."""
    rows = list(csv.reader(io.StringIO(FORMATS["csv"](compared).removeprefix("\ufeff"))))
    assert {len(row) for row in rows} == {7}
    assert len(rows) == len(compared.rows) + 1
    (row,) = (row for row in rows if row[1] == CLAUSE)
    assert row[4:] == ["pass", "fail", "not in catalogue"]


def test_json_follows_its_schema(compared: Matrix) -> None:
    """The published schema describes what is written."""
    schema = json.loads((TEMPLATES / "matrix.schema.json").read_text("utf-8"))
    validate(json.loads(FORMATS["json"](compared)), schema)


@pytest.mark.parametrize("form", ["html", "markdown"])
def test_findings_stand_side_by_side(compared: Matrix, form: str) -> None:
    """Each clause with a finding has it in full, and no text of the target acts."""
    text = FORMATS[form](compared)
    assert "group.closed" in text
    assert "\x1b" not in text
    assert form == "markdown" or "<script>alert" not in text


def test_history(
    runs: tuple[Run, ...],
    written: Callable[[str, Run], Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A folder of runs is read as it is; a result that is cut off is named and left out."""
    for number, run in enumerate(runs):
        written(f"run-{number}", run)
    (tmp_path / "run-1" / "result.json").write_text("{")
    assert main(["matrix", str(tmp_path), "--format", "json"]) == 0
    shown = capsys.readouterr()
    assert len(json.loads(shown.out)["runs"]) == 2
    assert shown.err.count("\n") == 1


def test_run_is_shown_once_and_from_its_record_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may be named twice; the record, which is moved about, has its result."""
    run = recorded(tmp_path / "out")
    record = (run / "run.rcsrun").rename(tmp_path / "run.rcsrun")
    places = [str(run), f"{run}/", str(run / "result.json"), str(record)]
    assert main(["matrix", *places, "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["runs"]) == 2
    assert main(["diff", str(record), str(run)]) == 0


def test_folder_without_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is one line."""
    assert main(["matrix", str(tmp_path)]) == 4
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.exhaustive
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize(("width", "scheme"), [(390, LIGHT), (1200, DARK), (2000, LIGHT)])
@pytest.mark.parametrize("times", [1, 4])
def test_page_is_legible(
    runs: tuple[Run, ...], tmp_path: Path, width: int, scheme: str, times: int
) -> None:
    """Few runs or many: nothing leaves its card, texts have contrast, headings are in order."""
    page = FORMATS["html"](matrix(runs * times))
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}"]
    assert flaws_of(page, command, tmp_path, width=width, scheme=scheme) == []


@pytest.mark.exhaustive
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium on this machine")
def test_filter_and_head(compared: Matrix, tmp_path: Path) -> None:
    """Without the script only clauses that differ are shown, and the head stays in sight."""
    page = FORMATS["html"](compared).partition("<script>")[0]
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}"]
    script = """
        const choice = page.querySelector("#filter-differs");
        page.querySelector("#clauses").scrollIntoView();
        view.scrollBy(0, 2000);
        const head = page.querySelector("#clauses thead th").getBoundingClientRect().top;
        choice.value = "1";
        choice.options[1].selected = true;
        return [head, [...page.querySelectorAll("#clauses tbody tr")]
            .filter((row) => row.offsetParent !== null).length];
    """
    differing = sum(row.differs for row in compared.rows)
    assert evaluated(page, script, command, tmp_path) == [0, differing]
