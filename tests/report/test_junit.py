"""`junit.xml`: a suite for each requirement, a case for each clause, never greener than the run."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from rcs_conformance.errors import Cause
from rcs_conformance.model.exchange import Event
from rcs_conformance.model.results import ClauseCount, TestRecord, Verdict
from rcs_conformance.report.evidence import write_evidence
from rcs_conformance.report.junit import write_junit
from rcs_conformance.verdict import Run
from tests.report.conftest import check

FOREIGN = "UNI-CHT-001.1"
MakeRecord = Callable[..., TestRecord]
MakeRun = Callable[..., Run]


def written(run: Run, out: Path) -> ET.Element:
    """The document of a run, read back."""
    write_junit(run, out)
    return ET.parse(out / "junit.xml").getroot()  # noqa: S314 - our own file


def case(root: ET.Element, name: str) -> ET.Element:
    """The only case of a name."""
    (found,) = root.findall(f".//testcase[@name='{name}']")
    return found


def outcome(root: ET.Element, name: str) -> tuple[str, str, str]:
    """Tag, type and message of the only element of a case."""
    (found,) = case(root, name)
    return found.tag, found.get("type", ""), found.get("message", "")


def met(make_record: MakeRecord) -> TestRecord:
    """A test that passed, and met a failure of a clause that it does not declare."""
    counts = (
        ClauseCount(clause="UNI-CHT-002b.6", passed=1, failed=0),
        ClauseCount(clause=FOREIGN, passed=0, failed=1),
    )
    return make_record(verdict=Verdict.PASS, counts=counts, failures=(check(FOREIGN),), remarks=())


def test_failure_of_a_clause_that_no_test_declares_is_red(
    make_record: MakeRecord, make_run: MakeRun, tmp_path: Path
) -> None:
    """The clause that was met fails, the clause of the test passes."""
    root = written(make_run(met(make_record)), tmp_path)
    assert outcome(root, FOREIGN)[:2] == ("failure", "group.closed")
    assert len(case(root, "UNI-CHT-002b.6")) == 0


def test_failure_that_does_not_count_is_skipped(
    make_record: MakeRecord, make_run: MakeRun, tmp_path: Path
) -> None:
    """A failure of a clause that was not selected keeps no run from 0; its findings are told."""
    run = replace(make_run(met(make_record)), excused={FOREIGN: "not selected"})
    root = written(run, tmp_path)
    assert outcome(root, FOREIGN) == ("skipped", "fail", "excused: not selected")
    assert "group.closed" in (case(root, FOREIGN)[0].text or "")


def test_suites_and_names(make_record: MakeRecord, make_run: MakeRun, tmp_path: Path) -> None:
    """Every clause and item is a case under its id alone, with a time; the run is a suite."""
    run = make_run(make_record())
    root = written(run, tmp_path)
    assert [suite.get("name") for suite in root] == [
        *(found.id for found in run.requirements),
        "SCR",
        "run",
    ]
    names = [each.get("name") for each in root.iter("testcase")]
    assert names == [
        *run.clauses,
        *(item.item for item in run.items),
        *("complete", "harness", "target"),
    ]
    assert case(root, "UNI-CHT-002b.6").get("classname") == "UNI-CHT-002b"
    assert {each.get("time") is not None for each in root.iter("testcase")} == {True}
    assert not [each for each in root.iter("testcase") if "." in each.get("classname", "")]


def test_text_holds_all_findings(
    make_record: MakeRecord, make_run: MakeRun, events: tuple[Event, ...], tmp_path: Path
) -> None:
    """The message tells the first and how many more; the text has what each rests on."""
    record = make_record(
        failures=(check("UNI-CHT-002b.6"), check("UNI-CHT-002b.6", rule="group.open")),
    )
    evidence = write_evidence(tmp_path, record.id, events)
    root = written(make_run(replace(record, evidence=evidence)), tmp_path)
    _, _, message = outcome(root, "UNI-CHT-002b.6")
    text = case(root, "UNI-CHT-002b.6")[0].text or ""
    assert message.startswith("group.closed: expected isClosed true, actual ")
    assert message.endswith(" + 1 more")
    for line in (
        "rule      group.open",
        "expected  isClosed true",
        "where     #1 POST groups",
        "request   POST http://target/chat/v1/tel%3A%2B15550100/group",
        f"evidence  {evidence}#1",
        "reproduce rcs-conformance run acme.toml --profile quick --seed 7 -- ",
    ):
        assert f"\n{line}" in text


def test_undecided_clauses(make_record: MakeRecord, make_run: MakeRun, tmp_path: Path) -> None:
    """Inconclusive is an error, not tested a failure of that type, an excuse and others skipped."""
    nothing: dict[str, object] = {"counts": (), "failures": (), "remarks": ()}
    late = make_record(
        clauses=(FOREIGN,),
        verdict=Verdict.INCONCLUSIVE,
        cause=Cause.TIMEOUT,
        reason="no notification",
        **nothing,
    )
    run = replace(make_run(late), excused={"UNI-CHT-001.2": "no trigger"})
    root = written(run, tmp_path)
    assert outcome(root, FOREIGN) == ("error", "inconclusive", "timeout: no notification")
    assert outcome(root, "UNI-CHT-001.5")[:2] == ("failure", "not_tested")
    assert outcome(root, "UNI-CHT-001.2") == ("skipped", "not_tested", "excused: no trigger")
    skipped = [each.get("message", "") for each in root.iter("skipped")]
    words = ("known failure", "not applicable", "excused")
    assert [message for message in skipped if not message.startswith(words)] == []


@pytest.mark.parametrize(
    ("members", "name", "tag"),
    [
        ({"interrupted": True}, "complete", "failure"),
        ({"stopped": "no answer since request 7"}, "target", "failure"),
        ({"problems": ("cannot import a suite",)}, "harness", "error"),
    ],
)
def test_the_run_itself(
    make_run: MakeRun, tmp_path: Path, members: dict[str, object], name: str, tag: str
) -> None:
    """An interruption and an error in the suite each have a case."""
    assert outcome(written(make_run(**members), tmp_path), name)[0] == tag


def test_no_run_that_fails_is_green(make_run: MakeRun, tmp_path: Path) -> None:
    """Where no clause and no item tells why the exit code is not 0, the case `target` does."""
    run = replace(make_run(), requirements=(), items=())
    root = written(run, tmp_path)
    assert outcome(root, "target")[0] == "failure"
    assert root.get("failures") == "1"


def test_properties_of_the_run(make_run: MakeRun, tmp_path: Path) -> None:
    """Each suite says which target, suite, seed and profile it is about."""
    run = make_run(release="5.1", target={"binding": "oma-v1", "api_version": "v1"})
    for suite in written(run, tmp_path):
        found = {each.get("name"): each.get("value", "") for each in suite.iter("property")}
        assert found.pop("target", "").startswith("Acme ")
        assert found == {
            "target_api_version": "v1",
            "suite_version": "1.0",
            "seed": "7",
            "release": "5.1",
            "binding": "oma-v1",
            "profile": "quick",
        }
