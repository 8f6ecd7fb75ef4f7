"""All outputs of a run tell the same: counts by verdict, and whether it passed."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from signal import SIGTERM
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from rcs_conformance.model.results import Verdict
from rcs_conformance.report.badge import badge
from rcs_conformance.report.ctrf import as_ctrf
from rcs_conformance.report.junit import as_junit
from rcs_conformance.report.reading import read_run
from rcs_conformance.report.sarif import as_sarif
from rcs_conformance.report.summary import as_markdown
from tests.plugin.servers import reference
from tests.report.whole_runs import WholeRun, full_target, run_suites, run_until_progress

FAULTS = ("subject-cut", "long-lived-subject-cut")
SELECTION = ("--requirement", "UNI-CHT-002b", "--requirement", "TS-CHAT-5.9")

Counts = dict[str, int]


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> WholeRun:
    """A run against a server without faults."""
    return run_suites(tmp_path_factory.mktemp("clean") / "out", *SELECTION)


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> WholeRun:
    """The same tests against a server with two faults."""
    return run_suites(tmp_path_factory.mktemp("failing") / "out", *SELECTION, faults=FAULTS)


@pytest.fixture(scope="module")
def interrupted(tmp_path_factory: pytest.TempPathFactory) -> WholeRun:
    """A run that a signal ends after its first tests."""
    out = tmp_path_factory.mktemp("interrupted") / "out"
    with reference(FAULTS) as server:
        return run_until_progress(
            out, str(full_target(out.parent, server.root)), act=lambda run: run.send_signal(SIGTERM)
        )


@pytest.fixture(scope="module")
def dead(tmp_path_factory: pytest.TempPathFactory) -> WholeRun:
    """A run whose target stops after the first tests."""
    out = tmp_path_factory.mktemp("dead") / "out"
    with reference(FAULTS) as server:
        return run_until_progress(
            out, str(full_target(out.parent, server.root)), act=lambda _: server.close()
        )


@pytest.fixture(
    params=[
        pytest.param("clean", marks=pytest.mark.exhaustive),
        "failing",
        pytest.param("interrupted", marks=pytest.mark.exhaustive),
        pytest.param("dead", marks=pytest.mark.exhaustive),
    ]
)
def done(request: pytest.FixtureRequest) -> WholeRun:
    """Each of them."""
    found: WholeRun = request.getfixturevalue(request.param)
    return found


def counted(verdicts: Iterable[str]) -> Counts:
    """How many of each."""
    return dict(Counter(verdicts))


def in_console(done: WholeRun, name: str) -> Counts:
    """The counts of a line of the console, such as `clauses: 2 fail, 7 pass`."""
    (line,) = re.findall(rf"^{name}: (.*)$", done.console, re.MULTILINE)
    return {verdict: int(count) for count, verdict in re.findall(r"(\d+) (\w+)", line)}


def in_page(done: WholeRun, name: str) -> Counts:
    """The counts of a tile of the page."""
    page = (done.out / "report.html").read_text("utf-8")
    (tile,) = re.findall(rf"<div><h2>{name}</h2><p>(.*?)</p>", page)
    found = re.findall(r'class="count (\w+)">(\d+) ', tile)
    return {verdict: int(count) for verdict, count in found}


def in_junit(done: WholeRun, *, items: bool) -> Counts:
    """The verdicts of the cases of clauses, or of those of items."""
    root = ET.parse(done.out / "junit.xml").getroot()  # noqa: S314 - our own file
    suites = [each for each in root if (each.get("name") == "SCR") == items]
    cases = [case for suite in suites if suite.get("name") != "run" for case in suite]
    return counted(_verdict(case) for case in cases if case.tag == "testcase")


def _verdict(case: ET.Element) -> str:
    """What a case says: `fail` where its failure is of a rule, else its type is the verdict."""
    if len(case) == 0:
        return "pass"
    (told,) = case
    undecided = told.tag != "failure" or told.get("type") == "not_tested"
    return told.get("type", "") if undecided else "fail"


def test_clauses_and_items(done: WholeRun) -> None:
    """Console, page, JSON and JUnit count the same verdicts of clauses and of items."""
    requirements = done.result["requirements"].values()
    clauses = counted(each["verdict"] for one in requirements for each in one["clauses"].values())
    items = counted(each["verdict"] for each in done.result["scr"].values())
    assert in_console(done, "clauses") == in_page(done, "Clauses") == clauses
    assert in_junit(done, items=False) == clauses
    assert in_console(done, "SCR items") == in_page(done, "SCR items") == items
    assert in_junit(done, items=True) == items


def test_formats_made_later(done: WholeRun) -> None:
    """What is made of `result.json` alone counts the same; it is green where the run is."""
    run = read_run(done.out / "result.json")
    requirements = done.result["requirements"].values()
    clauses = counted(each["verdict"] for one in requirements for each in one["clauses"].values())
    (row,) = re.findall(r"^\| clauses \| (.*) \|$", as_markdown(run), re.MULTILINE)
    shown = dict(zip([each.value for each in Verdict], map(int, row.split(" | ")), strict=True))
    cases = [case for suite in ET.fromstring(as_junit(run)) for case in suite.iter("testcase")]  # noqa: S314 - our own
    written = ET.parse(done.out / "junit.xml").getroot()  # noqa: S314 - our own file
    statuses = Counter(each["status"] for each in json.loads(as_ctrf(run))["results"]["tests"])
    results = json.loads(as_sarif(run, done.out / "result.json"))["runs"][0]["results"]
    assert {verdict: count for verdict, count in shown.items() if count} == clauses
    assert [_verdict(case) for case in cases] == [
        _verdict(case) for case in written.iter("testcase")
    ]
    assert statuses["failed"] == int(written.get("failures", "")) + int(written.get("errors", ""))
    assert {one["ruleId"] for one in results if one["kind"] == "fail"} - {"run"} == {
        clause.id
        for clause in run.clauses.values()
        if clause.verdict is Verdict.FAIL and clause.id not in run.excused
    }
    assert (badge(run).colour == "brightgreen") is (done.code == 0) is (statuses["failed"] == 0)


def test_tests(done: WholeRun) -> None:
    """Console, page, JSON and Allure count the same verdicts of tests; failed ones are red."""
    tests = counted(each["verdict"] for each in done.result["tests"])
    results = [json.loads(each.read_text()) for each in (done.out / "allure").glob("*-result.json")]
    labels = [label for each in results for label in each["labels"]]
    statuses = counted(each["status"] for each in results)
    assert in_console(done, "tests") == in_page(done, "Tests") == tests
    assert counted(each["value"] for each in labels if each["name"] == "verdict") == tests
    assert statuses.get("failed", 0) == tests.get("fail", 0)
    assert statuses.get("passed", 0) == tests.get("pass", 0)


def test_exit_codes(done: WholeRun, request: pytest.FixtureRequest) -> None:
    """Each kind of run is what it is meant to be; only one is complete but for its failures."""
    kind = request.node.callspec.params["done"]
    codes = {"clean": 0, "failing": 1, "interrupted": 2, "dead": 6}
    assert (done.code, done.result["exitCode"]) == (codes[kind], codes[kind])
    assert done.result["complete"] is (done.code < 2)
    assert len(done.result["tests"]) > 0


def test_nothing_is_green_where_the_run_is_not(failing: WholeRun) -> None:
    """The run fails, and so do cases of JUnit and tests of Allure, with a red step."""
    root = ET.parse(failing.out / "junit.xml").getroot()  # noqa: S314 - our own file
    files = (failing.out / "allure").glob("*-result.json")
    failed = [
        each for file in files if (each := json.loads(file.read_text()))["status"] == "failed"
    ]
    assert failing.code == 1
    assert int(root.get("failures", "")) > 0
    assert failed
    assert [
        each for each in failed if not any(s["status"] == "failed" for s in each["steps"])
    ] == []


def test_failure_of_any_clause_fails_the_test(failing: WholeRun) -> None:
    """No test that saw a failure of a clause that applies is a passed one."""
    passed = [each for each in failing.result["tests"] if each["verdict"] == "pass"]
    assert [each["id"] for each in passed if each["failures"]] == []


def test_allure_tells_tests_apart(clean: WholeRun, failing: WholeRun) -> None:
    """Two runs of the same tests have the same histories and places, and distinct names."""
    histories, names, places = [], [], []
    for done in (clean, failing):
        files = (done.out / "allure").glob("*-result.json")
        results = [json.loads(each.read_text()) for each in files]
        histories.append(sorted(each["historyId"] for each in results))
        names.append(sorted(each["name"] for each in results))
        places.append(sorted(place_in_tree(each) for each in results))
        assert "server_root=http://" in (done.out / "allure/environment.properties").read_text()
        assert " at 0x" not in json.dumps([each.get("parameters") for each in results])
    assert histories[0] == histories[1]
    assert places[0] == places[1]
    assert len(set(histories[0])) == len(histories[0]) > 0
    assert [name for name, same in groupby(names[0]) if len(list(same)) > 1] == []


def place_in_tree(result: dict[str, Any]) -> list[str]:
    """The name of a test of Allure, and its one section, requirement and clause."""
    (epic,), (feature,), (story,) = (
        [label["value"] for label in result["labels"] if label["name"] == name]
        for name in ("epic", "feature", "story")
    )
    return [result["name"], epic, feature, story]
