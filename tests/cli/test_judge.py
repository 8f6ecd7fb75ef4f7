"""`judge` and `har`: traffic of others, in one line where it cannot be used."""

import json
import re
from pathlib import Path

import pytest

from rcs_conformance.cli import main
from rcs_conformance.report.reading import read_run
from tests.attestation.recorded import recorded
from tests.traffic.hars import CANARIES, created, entry, secretive, written


def test_broken_clause_is_told_with_its_exchange(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1; the finding names the entry, and a line says what was left out."""
    other = entry(url="https://fonts.example/a.woff", status=200)
    file = written(tmp_path / "a.har", created(), created(shown="walk"), other)
    assert main(["judge", str(file)]) == 1
    printed = capsys.readouterr().out
    assert "left out: 1 exchange with other hosts (fonts.example 1)" in printed
    assert "UNI-CHT-002b.3" in printed
    assert "#2 POST" in printed
    assert f"rcs-conformance judge {file}" in printed


def test_conforming_traffic_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0; the last line says how many clauses the traffic decides."""
    file = written(tmp_path / "a.har", created())
    assert main(["judge", str(file)]) == 0
    last = capsys.readouterr().out.splitlines()[-1]
    assert re.search(
        r"exit code 0: this traffic decides \d+ of \d+ clauses: 0 fail, \d+ pass", last
    )


def test_reports_are_written(tmp_path: Path) -> None:
    """The same files as of a run, which are read like those."""
    file = written(tmp_path / "a.har", created(shown="walk"))
    assert main(["judge", str(file), "--quiet", "--out", str(tmp_path / "out")]) == 1
    run = read_run(tmp_path / "out" / "result.json")
    assert [each.clause for record in run.records for each in record.failures] == ["UNI-CHT-002b.3"]
    assert (tmp_path / "out" / "junit.xml").is_file()
    assert run.information.command[:2] == ("rcs-conformance", "judge")


def test_run_is_not_replaced_by_the_judgement_of_its_traffic(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its record would be lost."""
    run = recorded(tmp_path / "out")
    before = {each.name: each.read_bytes() for each in run.iterdir()}
    for traffic in (run, run / "run.rcsrun"):
        assert main(["judge", str(traffic), "--out", str(run)]) == 4
        assert "give another folder" in capsys.readouterr().err
    assert {each.name: each.read_bytes() for each in run.iterdir()} == before


def test_traffic_of_another_api_is_undecided(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 5, and what may help."""
    file = written(tmp_path / "a.har", entry(url="https://shop.example/cart"))
    assert main(["judge", str(file)]) == 5
    assert "nothing to judge" in capsys.readouterr().out


def test_bad_file_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 4."""
    file = tmp_path / "a.har"
    file.write_text("no")
    assert main(["judge", str(file)]) == 4
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_no_secret_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither printed, nor in reports, nor in the HAR that is written."""
    file = written(tmp_path / "a.har", secretive(), created())
    main(["judge", str(file), "--out", str(tmp_path / "out")])
    main(["har", str(file), "-o", str(tmp_path / "plain.har")])
    shown = capsys.readouterr().out + (tmp_path / "plain.har").read_text()
    shown += "".join(each.read_text() for each in (tmp_path / "out").glob("*.*"))
    assert [each for each in CANARIES if each in shown] == []
    assert json.loads((tmp_path / "plain.har").read_text())["log"]["version"] == "1.2"
