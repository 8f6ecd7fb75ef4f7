"""SARIF, CTRF, Markdown and badges: what they say of a run, never greener than it is."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from rcs_conformance.errors import Cause
from rcs_conformance.model.results import TestRecord, Verdict
from rcs_conformance.report.badge import as_badge_json, as_badge_svg, badge
from rcs_conformance.report.ctrf import as_ctrf
from rcs_conformance.report.junit import as_junit
from rcs_conformance.report.sarif import as_sarif
from rcs_conformance.report.summary import as_markdown
from rcs_conformance.verdict import Run
from tests.report.conftest import CANARY, HOSTILE, check

MakeRecord = Callable[..., TestRecord]
MakeRun = Callable[..., Run]
RESULT = Path("out/result.json")
ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]")


@pytest.fixture
def failing(make_run: MakeRun, records: tuple[TestRecord, ...]) -> Run:
    """A run with one test of each kind."""
    return make_run(*records)


def passing(run: Run, *, verdict: Verdict = Verdict.PASS) -> Run:
    """A run in which everything has a verdict."""
    requirements = tuple(
        replace(
            found,
            verdict=verdict,
            clauses=tuple(replace(clause, verdict=verdict) for clause in found.clauses),
        )
        for found in run.requirements
    )
    return replace(
        run,
        verdict=verdict,
        exit_code=0,
        complete=True,
        requirements=requirements,
        items=tuple(replace(item, verdict=Verdict.PASS) for item in run.items),
        records=tuple(replace(each, verdict=verdict) for each in run.records if not each.reason),
    )


RED: Mapping[str, Mapping[str, Any]] = {
    "failed": {"verdict": Verdict.FAIL, "exit_code": 1},
    "interrupted": {"exit_code": 2, "complete": False},
    "error": {"verdict": Verdict.ERROR, "exit_code": 3},
    "undecided": {"verdict": Verdict.INCONCLUSIVE, "exit_code": 5},
    "not tested": {"verdict": Verdict.NOT_TESTED, "exit_code": 5},
    "lost": {"exit_code": 6, "complete": False},
}


@pytest.mark.parametrize("row", RED)
def test_nothing_is_green_where_the_run_is_not(make_run: MakeRun, row: str) -> None:
    """Even where each clause passed and only the run itself tells what is wrong."""
    run = replace(passing(make_run()), **RED[row])
    sarif = json.loads(as_sarif(run, RESULT))["runs"][0]
    counts = json.loads(as_ctrf(run))["results"]["summary"]
    assert [one["ruleId"] for one in sarif["results"] if one["kind"] == "fail"] == ["run"]
    assert counts["failed"] >= 1
    assert as_markdown(run).startswith("## ❌ RCS conformance: ")
    assert badge(run).colour != "brightgreen"
    assert "passing" not in as_badge_svg(run)
    assert json.loads(as_badge_json(run))["isError"] is True
    root = ET.fromstring(as_junit(run))  # noqa: S314 - our own text
    assert counts["failed"] == int(root.get("failures", "")) + int(root.get("errors", ""))


def test_passing_run_is_green(make_run: MakeRun) -> None:
    """No result, no failed test, a green badge; a part of the clauses is said to be one."""
    run = passing(make_run())
    sarif = json.loads(as_sarif(run, RESULT))["runs"][0]
    assert sarif["results"] == sarif["tool"]["driver"]["rules"] == []
    assert sarif["invocations"][0]["executionSuccessful"] is True
    assert json.loads(as_ctrf(run))["results"]["summary"]["failed"] == 0
    assert as_markdown(run).startswith("## ✅ RCS conformance: pass\n")
    assert json.loads(as_badge_json(replace(run, excused={}))) == {
        "schemaVersion": 1,
        "label": "RCS conformance",
        "message": "passing",
        "color": "brightgreen",
        "isError": False,
    }
    assert badge(replace(run, excused={"UNI-CHT-001.1": "x"})).message == "passing (part)"


def test_known_failures_are_not_green(make_run: MakeRun, make_record: MakeRecord) -> None:
    """Their results are suppressed, the badge is yellow, and the summary names them."""
    run = passing(make_run(make_record()), verdict=Verdict.WAIVED)
    (result,) = json.loads(as_sarif(run, RESULT))["runs"][0]["results"]
    assert result["suppressions"][0]["kind"] == "external"
    assert (badge(run).colour, badge(run).message) == (
        "yellow",
        f"{len(run.clauses)} known failing",
    )
    assert "### Known failures" in as_markdown(run)
    assert not as_markdown(run).startswith("## ✅")
    strict = replace(run, exit_code=1)
    assert [one["ruleId"] for one in json.loads(as_sarif(strict, RESULT))["runs"][0]["results"]][
        -1
    ] == "run"


def test_sarif_has_what_the_standard_requires(failing: Run) -> None:
    """Required members, values that the standard lists, indices that lead to rules."""
    log = json.loads(as_sarif(failing, RESULT))
    (run,) = log["runs"]
    driver, results = run["tool"]["driver"], run["results"]
    rules = [rule["id"] for rule in driver["rules"]]
    assert log["version"] == "2.1.0"
    assert driver["name"] == "rcs-conformance"
    assert len(set(rules)) == len(rules) > 1
    assert {type(one["message"]["text"]) for one in results} == {str}
    assert {(one["kind"], one["level"]) for one in results} == {("fail", "error"), ("open", "none")}
    assert [rules[one["ruleIndex"]] for one in results] == [one["ruleId"] for one in results]
    places = [one["locations"][0]["physicalLocation"] for one in results]
    assert {place["artifactLocation"]["uri"] for place in places} == {"acme.toml"}
    (invocation,) = run["invocations"]
    assert (invocation["exitCode"], invocation["executionSuccessful"]) == (1, True)
    assert invocation["startTimeUtc"] == "2026-11-21T12:00:00Z"
    assert "KeyError" in invocation["toolExecutionNotifications"][0]["message"]["text"]


def test_sarif_results(failing: Run) -> None:
    """A failed check is one result with its tests; links and placeholders do nothing."""
    results = json.loads(as_sarif(failing, RESULT))["runs"][0]["results"]
    (result,) = [one for one in results if one["kind"] == "fail"]
    text = result["message"]["text"]
    assert result["ruleId"] == "UNI-CHT-002b.6"
    assert result["occurrenceCount"] == len(result["properties"]["tests"]) == 2
    assert result["properties"]["reproduce"].endswith(
        " -- '" + result["properties"]["tests"][0] + "'"
    )
    assert text.startswith("group.closed; expected isClosed true; actual <script>")
    assert not re.search(r"(?<!\\)\[", text)
    assert not ACTIVE.search(text)
    assert {one["ruleId"] for one in results if one["kind"] == "open"} >= {"UNI-CHT-001.2"}


def fingerprints(run: Run) -> list[Mapping[str, str]]:
    """Those of its findings."""
    results = json.loads(as_sarif(run, RESULT))["runs"][0]["results"]
    return [one["partialFingerprints"] for one in results if one["kind"] == "fail"]


def test_fingerprints_are_stable(make_run: MakeRun, make_record: MakeRecord) -> None:
    """Neither values, ids nor the seed are in them; clause, check and operation are."""
    place, later = "#1 POST groups: a-1", "#7 POST groups: b-2"
    failures = (
        (1, check("UNI-CHT-002b.6", actual="a-1", expected="m-1", where=place)),
        (2, check("UNI-CHT-002b.6", actual="b-2", expected="m-2", where=later)),
        (1, check("UNI-CHT-002b.6", rule="group.open", where=place)),
    )
    first, second, other = (
        fingerprints(make_run(make_record(failures=(failure,)), seed=seed))
        for seed, failure in failures
    )
    assert first == second
    assert first != other
    assert re.fullmatch(r"[0-9a-f]{16}:1", first[0]["primaryLocationLineHash"])


def test_findings_of_one_check_are_one_result(make_run: MakeRun, make_record: MakeRecord) -> None:
    """Two expectations of the same check at the same operation share their fingerprint."""
    failures = (check("UNI-CHT-002b.6"), check("UNI-CHT-002b.6", expected="isClosed false"))
    assert len(fingerprints(make_run(make_record(failures=failures)))) == 1


@pytest.mark.parametrize(
    ("arguments", "uri"),
    [
        (("my target.toml", "--out", "x"), "my%20target.toml"),
        (("http://target",), "out/result.json"),
        (("--out", "x"), "out/result.json"),
        (("/elsewhere/a.toml",), "file:///elsewhere/a.toml"),
        ((str(Path.cwd() / "a.toml"),), "a.toml"),
    ],
)
def test_sarif_location(
    make_run: MakeRun, make_record: MakeRecord, arguments: tuple[str, ...], uri: str
) -> None:
    """The target file; without one the result."""
    run = make_run(make_record(), arguments=arguments)
    (result, *_) = json.loads(as_sarif(run, RESULT))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_ctrf_counts_are_those_of_junit(failing: Run) -> None:
    """Each case is a test; the summary counts them."""
    results = json.loads(as_ctrf(failing))["results"]
    root = ET.fromstring(as_junit(failing))  # noqa: S314 - our own text
    statuses = Counter(test["status"] for test in results["tests"])
    summary = results["summary"]
    red = int(root.get("failures", "")) + int(root.get("errors", ""))
    assert statuses["failed"] == summary["failed"] == red
    assert statuses["skipped"] == summary["skipped"] == int(root.get("skipped", ""))
    assert summary["tests"] == int(root.get("tests", "")) == len(results["tests"])
    assert (summary["pending"], summary["other"]) == (0, 0)
    assert summary["stop"] - summary["start"] == 3250
    assert {type(test["duration"]) for test in results["tests"]} == {int}
    (case,) = [test for test in results["tests"] if test["name"] == "UNI-CHT-002b.6"]
    assert (case["rawStatus"], case["suite"]) == ("group.closed", ["UNI-CHT-002b"])
    assert "reproduce rcs-conformance run acme.toml" in case["trace"]
    assert not ACTIVE.search(as_ctrf(failing))


def test_markdown_tells_verdict_counts_and_findings(failing: Run) -> None:
    """The counts are those of the run; the failing clause has its first finding."""
    text = as_markdown(failing)
    verdicts = Counter(clause.verdict for clause in failing.clauses.values())
    counts = " | ".join(str(verdicts[verdict]) for verdict in Verdict)
    assert text.startswith("## ❌ RCS conformance: fail\n")
    assert f"| clauses | {counts} |" in text
    assert "- **UNI-CHT-002b.6** " in text
    assert "\n  - expected `isClosed true`\n" in text
    assert "### Errors" in text
    assert "### Undecided clauses" in text
    assert "inconclusive (timeout): `no notification" in text


def test_markdown_of_a_hostile_target(make_run: MakeRun, make_record: MakeRecord) -> None:
    """Outside of code spans there is nothing of what it says."""
    hostile = f"``` | @admin #1 [x](http://evil) `{HOSTILE}"
    run = make_run(
        make_record(failures=(check("UNI-CHT-002b.6", actual=hostile),)),
        stopped=hostile,
        selection=("UNI-CHT-002b",),
        interrupted=True,
    )
    text = as_markdown(run)
    outside = re.sub(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", "", text)
    assert "````" in text
    assert "**The run is incomplete.**" in text
    assert "Limited to `UNI-CHT-002b`." in text
    for word in ("evil", "@admin", "<script>", "\x1b", "owned"):
        assert word not in outside
    assert not ACTIVE.search(text)


def test_markdown_keeps_its_limit(failing: Run) -> None:
    """What is left out is counted."""
    whole, cut = as_markdown(failing), as_markdown(failing, limit=2_000)
    assert len(cut.encode()) <= 2_000 < len(whole.encode())
    (count,) = re.findall(r"\n(\d+) more lines are left out; see result\.json\.\n$", cut)
    assert int(count) > 0


def test_failing_items_are_named(make_run: MakeRun) -> None:
    """An SCR item may fail where no clause does."""
    run = make_run()
    items = (replace(run.items[0], verdict=Verdict.FAIL, reason="status 501"), *run.items[1:])
    text = as_markdown(replace(run, items=items, exit_code=1, verdict=Verdict.FAIL, excused={}))
    assert "### Failing SCR items" in text
    assert "`status 501`" in text
    in_junit = as_junit(replace(run, items=items, exit_code=1, verdict=Verdict.FAIL, excused={}))
    assert "the id of this item is reconstructed" in in_junit


def test_clauses_that_do_not_count_are_left_out(failing: Run) -> None:
    """A finding of a clause that was not selected is no result."""
    run = replace(failing, excused={"UNI-CHT-002b.6": "not selected"})
    assert [one["ruleId"] for one in json.loads(as_sarif(run, RESULT))["runs"][0]["results"]][
        -1
    ] == "run"
    assert "- **UNI-CHT-002b.6**" not in as_markdown(run)
    assert "\n1 clauses and SCR items do not count for the verdict: " in as_markdown(run)


@pytest.mark.parametrize("message", ["failing", "known"])
def test_picture_is_well_formed(make_run: MakeRun, message: str) -> None:
    """A title for readers who do not see it, and the same words in the picture."""
    run = make_run()
    run = (
        replace(run, exit_code=1) if message == "failing" else passing(run, verdict=Verdict.WAIVED)
    )
    root = ET.fromstring(as_badge_svg(run))  # noqa: S314 - our own text
    name = "{http://www.w3.org/2000/svg}"
    texts = [element.text for element in root.iter(f"{name}text")]
    title = root.findtext(f"{name}title")
    assert title == root.get("aria-label") == f"RCS conformance: {badge(run).message}"
    assert texts == ["RCS conformance", badge(run).message]
    assert message in badge(run).message


def test_no_secret(failing: Run) -> None:
    """What a run knows of tokens is in none of the formats."""
    texts = [as_sarif(failing, RESULT), as_ctrf(failing), as_markdown(failing), as_junit(failing)]
    assert [text for text in texts if CANARY in text] == []


def test_causes_are_told(make_run: MakeRun, make_record: MakeRecord) -> None:
    """An undecided clause has its cause in SARIF."""
    late = make_record(
        clauses=("UNI-CHT-001.1",),
        verdict=Verdict.INCONCLUSIVE,
        cause=Cause.TIMEOUT,
        reason="no notification",
        counts=(),
        failures=(),
        remarks=(),
    )
    results = json.loads(as_sarif(make_run(late), RESULT))["runs"][0]["results"]
    texts = [one["message"]["text"] for one in results if one["ruleId"] == "UNI-CHT-001.1"]
    assert texts == ["inconclusive (timeout): no notification"]
