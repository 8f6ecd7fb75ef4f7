"""`report.html` shows the run in a real browser, stays small, and runs nothing but its search."""

import base64
import hashlib
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rcs_conformance.model.exchange import Event, Exchange
from rcs_conformance.model.results import TestRecord
from rcs_conformance.report.evidence import write_evidence
from rcs_conformance.report.page import write_page
from rcs_conformance.verdict import Run
from rcs_conformance.verdict.waivers import Waiver
from tests.report.layout import DARK, LIGHT, evaluated, flaws_of
from tests.report.printed import printed

CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--enable-logging=stderr",
    "--dump-dom",
)
ACTIVE = ("<script src", "<script>alert", "<img", 'http-equiv="refresh', "url(")


def written(run: Run, out: Path) -> str:
    """The page's text."""
    write_page(run, out)
    return (out / "report.html").read_text("utf-8")


def with_evidence(out: Path, record: TestRecord, events: tuple[Event, ...]) -> TestRecord:
    """The record, its evidence written."""
    return replace(record, evidence=write_evidence(out, record.id, events))


@pytest.mark.exhaustive
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_page_in_a_browser(
    make_run: Callable[..., Run],
    records: tuple[TestRecord, ...],
    events: tuple[Event, ...],
    tmp_path: Path,
) -> None:
    """From file:// the failure is visible, the search alone runs, and the console has no error."""
    written(make_run(with_evidence(tmp_path, records[0], events), *records[1:]), tmp_path)
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}"]
    page = (tmp_path / "report.html").as_uri()
    shown = subprocess.run(  # noqa: S603 - the browser on a page of ours
        [*command, page], capture_output=True, text=True, timeout=60, check=True
    )
    assert ":CONSOLE" not in shown.stderr
    assert 'id="failure-1"' in shown.stdout
    assert "group.closed" in shown.stdout
    assert "isClosed true" in shown.stdout
    assert "&lt;script&gt;alert(1)" in shown.stdout
    assert shown.stdout.count("<script") == 1
    assert 'class="search" data-rows=' in shown.stdout
    assert 'hidden="">Text' not in shown.stdout


@pytest.mark.exhaustive
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("scheme", [LIGHT, DARK])
@pytest.mark.parametrize("width", [390, 1200, 2000])
def test_page_is_legible(
    make_run: Callable[..., Run],
    records: tuple[TestRecord, ...],
    events: tuple[Event, ...],
    tmp_path: Path,
    width: int,
    scheme: str,
) -> None:
    """At each width nothing leaves its card, texts have contrast, and headings are in order."""
    limits = ("UNI-CHT-002b", "UNI-CHT-001.1")
    record = replace(with_evidence(tmp_path, records[0], events), curl=("curl -i " + "x" * 900,))
    run = make_run(record, *records[1:], selection=limits)
    page = written(run, tmp_path)
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}"]
    assert flaws_of(page, command, tmp_path, width=width, scheme=scheme) == []


@pytest.mark.exhaustive
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_search_in_a_browser(
    make_run: Callable[..., Run], records: tuple[TestRecord, ...], tmp_path: Path
) -> None:
    """A search opens what holds all of its words and hides all else."""
    page = written(make_run(*records), tmp_path)
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={tmp_path / 'profile'}"]
    script = """
        page.querySelector("#search").value = "closed UNI-CHT-002b.6";
        page.querySelector("#search").dispatchEvent(new Event("input"));
        return [...page.querySelectorAll("#requirements tbody tr, .failure, .requirement")]
            .filter((each) => each.offsetParent !== null).map((each) => each.id);
    """
    found = evaluated(page, script, command, tmp_path)
    assert found == ["requirement-UNI-CHT-002b", "clause-UNI-CHT-002b.6", "failure-1"]


@pytest.mark.exhaustive
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_print(
    make_run: Callable[..., Run],
    make_record: Callable[..., TestRecord],
    events: tuple[Event, ...],
    tmp_path: Path,
) -> None:
    """No page is blank, each clause of a selected requirement is there, no finding is torn."""
    failure = make_record().failures[0]
    failures = [replace(failure, rule=f"rule.number{n}") for n in range(12)]
    records = [
        with_evidence(tmp_path, make_record(id=f"a.py::t{n}", failures=(each,)), events)
        for n, each in enumerate(failures)
    ]
    run = make_run(*records, selection=("UNI-CHT-002b", "TS-CHAT-5"))
    written(run, tmp_path)
    command = [str(CHROMIUM), *FLAGS[:-1], f"--user-data-dir={tmp_path / 'profile'}"]
    pages = printed(tmp_path / "report.html", command, tmp_path)
    text = "".join(pages)
    selected = [each for each in run.requirements if run.concerns(each)]
    heads = [f"UNI-CHT-002b.6{each.rule}fail" for each in failures]
    torn = [
        head
        for head in heads
        if not any("reproducercs-conformance" in page.partition(head)[2][:2_000] for page in pages)
    ]
    assert min(map(len, pages)) > 100
    assert [
        clause.id
        for found in selected
        for clause in found.clauses
        if "".join(clause.text.split()) not in text
    ] == []
    assert f"Notselected:{len(run.requirements) - 2}requirements" in text
    assert torn == []


def test_requirements_that_were_not_selected_are_folded(
    make_run: Callable[..., Run], records: tuple[TestRecord, ...], tmp_path: Path
) -> None:
    """The page says how many they are; single clauses that do not count say so."""
    limited = written(make_run(*records, selection=("UNI-CHT-002b", "UNI-CHT-001.1")), tmp_path)
    folded = limited.partition('<details id="unselected"')[2].partition('id="failures"')[0]
    row = limited.partition('<tr id="clause-UNI-CHT-001.3"')[2].partition("</tr>")[0]
    assert '<section id="requirements">\n<h2>Requirements <span class="number">2<' in limited
    assert "requirements, which do not count for the verdict" in folded
    assert 'id="requirement-UNI-CHT-030"' in folded
    assert 'id="requirement-UNI-CHT-001"' not in folded
    assert "does not count: not selected" in row
    assert 'id="unselected"' not in written(make_run(*records), tmp_path)


def test_words_are_explained(
    make_run: Callable[..., Run], records: tuple[TestRecord, ...], tmp_path: Path
) -> None:
    """The title is the target's name; SCR, ICS and binding are explained; unset keys are left out.

    The requirements come right after the summary, and no text is in a hover title.
    """
    page = written(make_run(*records, target={"binding": "kandy", "ca": None, "x": []}), tmp_path)
    assert "<title>Acme " in page
    for words in ("SCR items are", "(ICS)", "<em>binding</em> is", "A remark is", "kandy"):
        assert words in page
    assert "<dt>ca</dt>" not in page
    assert "<dt>x</dt>" not in page
    assert " title=" not in page
    assert page.index('id="requirements"') < page.index('id="failures"') < page.index('id="scr"')


def test_findings_that_follow_and_waived_ones_stand_apart(
    make_run: Callable[..., Run], make_record: Callable[..., TestRecord], tmp_path: Path
) -> None:
    """What may follow stands below its finding and says so; known failures are folded."""
    first = make_record().failures[0]
    failures = (
        first,
        replace(first, rule="group.after", event=2),
        replace(first, clause="UNI-CHT-002b.3", rule="group.known"),
    )
    waiver = Waiver(
        clause="UNI-CHT-002b.3", reason="old", owner="me", expires=date(2099, 1, 1), place="w:1"
    )
    page = written(make_run(make_record(failures=failures), waivers=(waiver,)), tmp_path)
    apart = page[page.index('<details id="waived"') : page.index('id="troubles"')]
    assert 'class="failure follows" id="failure-2"' in page
    assert page.count("May follow from the finding on UNI-CHT-002b.6 above") == 1
    assert "group.known" in apart
    assert "group.after" not in apart


def test_page_needs_nothing_else(
    make_run: Callable[..., Run], records: tuple[TestRecord, ...], tmp_path: Path
) -> None:
    """One script, no picture, no address outside; the policy forbids all others."""
    page = written(make_run(*records), tmp_path)
    script = page.partition("<script>")[2].partition("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    assert f"script-src 'sha256-{digest}';" in page
    assert page.count("<script") == 1
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert not [mark for mark in ACTIVE if mark in page]


def test_evidence_ends_with_the_event_of_the_failure(
    make_run: Callable[..., Run],
    make_record: Callable[..., TestRecord],
    events: tuple[Event, ...],
    tmp_path: Path,
) -> None:
    """The exchange that a failure is about is marked; later ones are left out and counted."""
    page = written(make_run(with_evidence(tmp_path, make_record(), events)), tmp_path)
    assert page.count('class="event about"') == 1
    assert "3 of 4 are left out here." in page
    assert "notification to tel:+15550101" not in page


def test_failure_by_absence_shows_all_events(
    make_run: Callable[..., Run],
    make_record: Callable[..., TestRecord],
    events: tuple[Event, ...],
    tmp_path: Path,
) -> None:
    """Where something did not come, all that came is shown."""
    absent = replace(make_record().failures[0], event=None)
    record = with_evidence(tmp_path, make_record(failures=(absent,)), events)
    page = written(make_run(record), tmp_path)
    assert page.count('class="event"') == 4
    assert "no response" in page
    assert r"\xff\xfe\x00" in page


@pytest.mark.parametrize(
    ("evidence", "note"),
    [("", "No exchange or notification was kept"), ("evidence/gone.json", "cannot be read")],
)
def test_missing_evidence_is_told(
    make_run: Callable[..., Run],
    make_record: Callable[..., TestRecord],
    tmp_path: Path,
    evidence: str,
    note: str,
) -> None:
    """A report is written whatever became of the evidence."""
    assert note in written(make_run(make_record(evidence=evidence)), tmp_path)


def test_empty_evidence(
    make_run: Callable[..., Run], make_record: Callable[..., TestRecord], tmp_path: Path
) -> None:
    """A failure without any event is shown without one."""
    absent = replace(make_record().failures[0], event=None)
    record = with_evidence(tmp_path, make_record(failures=(absent,)), ())
    assert 'class="event' not in written(make_run(record), tmp_path)


@pytest.mark.exhaustive
def test_large_runs_give_small_pages(
    make_run: Callable[..., Run],
    make_record: Callable[..., TestRecord],
    events: tuple[Event, ...],
    tmp_path: Path,
) -> None:
    """300 failing tests with large bodies stay below 5 MB, and it is said what was cut."""
    exchange = events[0]
    assert isinstance(exchange, Exchange)
    large = replace(exchange, answer=replace(exchange.answer, body=b"x" * 20_000))
    many = tuple(replace(large, number=number) for number in range(1, 31))
    failure = replace(make_record().failures[0], event=30)
    evidence = write_evidence(tmp_path, "t", many)
    records = [
        make_record(
            id=f"chat/test_a.py::test_{number}",
            failures=(replace(failure, rule=f"rule.{number}"),),
            evidence=evidence,
        )
        for number in range(300)
    ]
    page = written(make_run(*records), tmp_path)
    assert len(page.encode()) < 5_000_000
    assert "more characters]" in page
    assert "of 30 are left out here." in page


def test_many_remarks_are_cut(
    make_run: Callable[..., Run], make_record: Callable[..., TestRecord], tmp_path: Path
) -> None:
    """The page shows some remarks and counts the rest; interrupted and limited runs say so."""
    record = make_record(remarks=make_record().remarks * 301)
    run = make_run(record, interrupted=True, selection=("UNI-CHT-001",), problems=("bad",))
    page = written(run, tmp_path)
    assert "1 more are in result.json." in page
    assert "Run incomplete" in page
    assert "Limited to UNI-CHT-001." in page


def test_quiet_run(make_run: Callable[..., Run], tmp_path: Path) -> None:
    """Without failures, errors and remarks each section says so."""
    assert written(make_run(), tmp_path).count("<p>None.</p>") == 3
