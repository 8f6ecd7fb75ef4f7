"""What a hostile target says, and the secrets it was given, across every output of a real run.

A small pytest session is run in a process of its own with JUnit and Allure writers on, as the
plugin runs them, and its outputs are searched.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from rcs_conformance.kit import ROOT
from rcs_conformance.model.exchange import Event
from rcs_conformance.model.results import TestRecord
from rcs_conformance.report.console import RunConsole
from rcs_conformance.report.evidence import write_evidence
from rcs_conformance.report.writing import write_reports
from rcs_conformance.verdict import Run

CANARY = "canary-7f3a9c"
CONFTEST = """
import pytest
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import TestRecord, Verdict
from rcs_conformance.report.allure_steps import attach
from rcs_conformance.report.evidence import read_evidence
from rcs_conformance.catalogue import load_catalogue
from pathlib import Path

@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        record = TestRecord(
            id=item.nodeid, title="A \\x1b[31mtitle", clauses=("UNI-CHT-002b.6", "TS-CHAT-5.1"),
            format=Format.JSON, verdict=Verdict.FAIL,
        )
        events = read_evidence(Path(EVIDENCE))
        catalogue = load_catalogue()
        active = item.config.pluginmanager.has_plugin("allure_listener")
        attach(record, events, catalogue, active=active)
    return report
"""


@pytest.fixture
def outputs(
    make_run: Callable[..., Run],
    records: tuple[TestRecord, ...],
    events: tuple[Event, ...],
    tmp_path: Path,
) -> Path:
    """The outputs of one run, the console's text as `console.txt` among them."""
    evidence = write_evidence(tmp_path, records[0].id, events)
    run = make_run(replace(records[0], evidence=evidence), *records[1:])
    write_reports(run, tmp_path)
    with (tmp_path / "console.txt").open("w", encoding="utf-8") as stream:
        RunConsole(stream).summary(run)
    return tmp_path


def session(out: Path, evidence: Path, message: str, *options: str) -> str:
    """Run a failing test with this message, and return what the console showed."""
    place = out / "session"
    place.mkdir()
    (place / "conftest.py").write_text(CONFTEST.replace("EVIDENCE", repr(str(evidence))))
    (place / "test_one.py").write_text(f"def test_one():\n    raise AssertionError({message!r})\n")
    (place / "pytest.ini").write_text("[pytest]\n")
    command = [sys.executable, "-m", "pytest", str(place), "-p", "no:terminalreporter", *options]
    return subprocess.run(  # noqa: S603 - pytest on a test of ours
        [*command, "-p", "no:cacheprovider"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=place,
        env={"PYTHONPATH": str(ROOT)},
    ).stdout


def test_console_neither_steers_terminal_nor_ci(outputs: Path) -> None:
    """No control character but the line feed; no line that a CI system takes for a command."""
    text = (outputs / "console.txt").read_text("utf-8")
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert not re.search(r"^\s*::|##\[|##vso|##teamcity", text, re.MULTILINE)
    assert "<script>" in text


def test_files_hold_no_active_characters(outputs: Path) -> None:
    """JSON is pure ASCII; the page has neither tags of the target nor control characters."""
    assert (outputs / "result.json").read_bytes().isascii()
    page = (outputs / "report.html").read_text("utf-8")
    assert page.count("<script") == 1
    assert "<img" not in page
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", page)
    junit = (outputs / "junit.xml").read_text("utf-8")
    assert not re.search("<script|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]|##\\[|##vso", junit)


@pytest.mark.parametrize("workers", [(), pytest.param(("-n", "1"), marks=pytest.mark.exhaustive)])
def test_junit_and_allure(outputs: Path, workers: tuple[str, ...]) -> None:
    """JUnit stays well-formed, Allure gets plain text, and the console stays quiet."""
    evidence = next((outputs / "evidence").iterdir())
    junit, allure = outputs / "tests.xml", outputs / "allure"
    options = (f"--junitxml={junit}", f"--alluredir={allure}", *workers)
    console = session(outputs, evidence, "\x1b[31m::error::\x00<b>\ufffe", *options)
    assert console == ""
    assert ET.parse(junit).find(".//failure") is not None  # noqa: S314 - written by pytest
    (result,) = (json.loads(file.read_text()) for file in allure.glob("*-result.json"))
    assert len(result["steps"]) == 4
    assert [step["status"] for step in result["steps"]][1] == "broken"
    parts = [part for step in result["steps"] for part in step["attachments"]]
    assert {part["type"] for part in parts} == {"text/plain"}
    assert not any("\x1b" in (allure / part["source"]).read_text() for part in parts)
    labels = {(label["name"], label["value"]) for label in result["labels"]}
    assert {("requirement", "UNI-CHT-002b"), ("clause", "TS-CHAT-5.1")} <= labels
    assert ("requirement", "TS-CHAT-5") in labels


def test_no_secret_in_any_output(outputs: Path) -> None:
    """Even a secret that the driver let through is in none of the files."""
    evidence = next((outputs / "evidence").iterdir())
    session(outputs, evidence, "x", f"--alluredir={outputs / 'allure'}")
    files = [file for file in outputs.rglob("*") if file.is_file()]
    assert len(files) > 8
    assert not [file.name for file in files if CANARY in file.read_text("utf-8", "replace")]
