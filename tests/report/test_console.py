"""The console tells progress, requirements and failures, each failure once."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from rcs_conformance.model.results import ClauseCount, CleanUp, TestRecord
from rcs_conformance.report.console import RunConsole
from rcs_conformance.report.detail import Detail
from rcs_conformance.report.findings import operation_of
from rcs_conformance.target import Ics
from rcs_conformance.verdict import Run
from rcs_conformance.verdict.waivers import Waiver
from tests.report.conftest import check


def told(
    run: Run,
    records: tuple[TestRecord, ...] = (),
    *,
    terminal: bool = False,
    detail: Detail = Detail.USUAL,
) -> str:
    """All that the console writes for a run."""
    stream = io.StringIO()
    console = RunConsole(stream, terminal=terminal, detail=detail)
    console.started(len(records))
    for record in records:
        console.finished(record)
    console.summary(run)
    console.stopped()
    return stream.getvalue()


def test_failure_is_told_once_for_all_its_tests(
    make_run: Callable[..., Run], make_record: Callable[..., TestRecord]
) -> None:
    """The same clause, rule, expectation and operation make one finding."""
    tests = [
        make_record(id=f"chat/test_a.py::test_{n}", evidence="evidence/a.json") for n in "abcd"
    ]
    text = told(make_run(*tests))
    assert text.count("FAILED") == 1
    assert "FAILED  UNI-CHT-002b.6  group.closed  in 4 tests" in text
    for line in (
        "expected  isClosed true",
        "where     #1 POST groups: groupChatSessionInformation/isClosed",
        "test      chat/test_a.py::test_a",
        "and 1 more",
        "evidence  evidence/a.json#1",
        "rcs-conformance run acme.toml --profile quick --seed 7 -- chat/test_a.py::test_a",
    ):
        assert line in text


def test_curl_line_stands_beside_the_command(
    make_run: Callable[..., Run], make_record: Callable[..., TestRecord]
) -> None:
    """A line that is too long for a terminal is in the page."""
    assert "\n  curl      curl -i http://t\n" in told(
        make_run(make_record(curl=("curl -i http://t",)))
    )
    assert "\n  curl      see report.html\n" in told(make_run(make_record(curl=("x" * 1_001,))))


def test_what_is_left_on_the_target_takes_one_line(
    make_run: Callable[..., Run], make_record: Callable[..., TestRecord]
) -> None:
    """With the reasons, and the command that tries again; nothing is said where nothing is left."""
    reasons = ("DELETE group returned 500 (2x)", "no response (1x)")
    left = make_run(make_record(), clean_up=CleanUp(removed=7, left=3, reasons=reasons))
    assert (
        "left on the target: 3 of 10 resources: DELETE group returned 500 (2x); no response (1x);"
        " rcs-conformance cleanup TARGET tries again\n"
    ) in told(left)
    clean = make_run(make_record(), clean_up=CleanUp(removed=7, left=0))
    assert "left on the target" not in told(clean)


def test_only_requirements_that_were_selected_have_a_row(
    make_run: Callable[..., Run], make_record: Callable[..., TestRecord]
) -> None:
    """A run of one requirement prints one row, not one for each of the catalogue."""
    run = make_run(make_record(failures=()), selection=("UNI-CHT-002b",))
    rows = [line.split()[0] for line in told(run).splitlines() if line[:4] in ("UNI-", "TS-C")]
    assert rows == ["UNI-CHT-002b"]


def test_known_failure_takes_one_line(
    make_run: Callable[..., Run], make_record: Callable[..., TestRecord]
) -> None:
    """What nobody has to look at stands below the rest, folded; in full where it is wanted."""
    waiver = Waiver(
        clause="UNI-CHT-002b.6", reason="known", owner="anna", expires=date(2999, 1, 1), place=""
    )
    failures = (check("UNI-CHT-002b.6"), check("UNI-CHT-001.1"))
    run = make_run(make_record(failures=failures), waivers=(waiver,))
    lines = told(run).splitlines()
    position = lines.index(
        "waived  UNI-CHT-002b.6  group.closed  in 1 test: known (anna, until 2999-01-01)"
    )
    assert (lines[position - 1], lines[position + 1]) == ("", "")
    assert [line for line in lines if line.startswith("FAILED")] == [
        "FAILED  UNI-CHT-001.1  group.closed  in 1 test"
    ]
    assert "  waived    known (anna" in told(run, detail=Detail.FULL)


def test_clauses_that_do_not_apply_give_no_row(
    make_run: Callable[..., Run], make_record: Callable[..., TestRecord]
) -> None:
    """Nor do those that were met by the way; what was broken by the way does."""
    seen = ClauseCount(clause="TS-CHAT-5.1", passed=1, failed=0)
    broken = check("UNI-CHT-001.1")
    record = make_record(failures=(broken,), counts=(seen,))
    claims = Ics(features=frozenset({"adhoc"}))
    run = make_run(record, claims=claims, selection=("UNI-CHT-002b",))
    rows = [line.split()[0] for line in told(run).splitlines() if line[:4] in ("UNI-", "TS-C")]
    assert rows == ["UNI-CHT-001", "UNI-CHT-002b"]


def test_last_line_says_where_the_report_is(make_run: Callable[..., Run], tmp_path: Path) -> None:
    """Whatever the verdict, the reader finds the report without searching."""
    stream = io.StringIO()
    RunConsole(stream).summary(make_run(), tmp_path)
    assert stream.getvalue().splitlines()[-1] == f"report: {tmp_path / 'report.html'}"


def test_other_operation_is_another_finding(
    make_run: Callable[..., Run], make_record: Callable[..., TestRecord]
) -> None:
    """What is wrong in two places is told twice, in the order of the clauses."""
    first = make_record()
    second = replace(first.failures[0], where="GET group", clause="UNI-CHT-001.1")
    text = told(make_run(make_record(failures=(first.failures[0], second))))
    assert text.index("FAILED  UNI-CHT-001.1") < text.index("FAILED  UNI-CHT-002b.6")


def test_the_same_at_many_places_is_told_of_the_first(
    make_run: Callable[..., Run], make_record: Callable[..., TestRecord]
) -> None:
    """The others are counted; with all details they are told, too."""
    (failure,) = make_record().failures
    places = tuple(replace(failure, where=f"GET place{letter}") for letter in "abcdefgh")
    run = make_run(make_record(failures=places))

    text = told(run)

    assert text.count("  where     GET place") == 5
    assert "FAILED  UNI-CHT-002b.6  group.closed  at 3 more places, see report.html" in text
    assert told(run, detail=Detail.FULL).count("  where     GET place") == 8


def test_operation_of_a_place() -> None:
    """Grouping looks at operation or notification, not at numbers and paths."""
    assert operation_of("#12 POST groups -> 201: a/b[3]") == "POST groups"
    assert operation_of("chatEventNotification to tel:+1: a") == "chatEventNotification"
    assert operation_of("elsewhere") == "elsewhere"


def test_last_line_is_the_verdict(
    make_run: Callable[..., Run], records: tuple[TestRecord, ...]
) -> None:
    """The verdict and what the exit code says come last."""
    last = told(make_run(*records)).splitlines()[-1]
    assert last == "verdict: fail - exit code 1: the target does not conform"


def test_items_with_ids_of_our_own_are_told(make_run: Callable[..., Run]) -> None:
    """The console says which ids of SCR items no published table has."""
    assert "SCR items of Chat and File Transfer are reconstructed" in told(make_run())


def test_quick_run_shows_no_progress(
    make_run: Callable[..., Run], make_record: Callable[..., TestRecord]
) -> None:
    """Without a terminal a line comes every ten seconds, and no control character ever."""
    text = told(make_run(), tuple(make_record(id=f"t{n}") for n in range(300)))
    assert text.splitlines()[0] == "300 tests"
    assert "/300" not in text
    assert "\x1b" not in text


def test_quiet_console_tells_errors_and_verdict(
    make_run: Callable[..., Run], records: tuple[TestRecord, ...], tmp_path: Path
) -> None:
    """What a script needs, and what is wrong with the suite itself."""
    stream = io.StringIO()
    console = RunConsole(stream, detail=Detail.QUIET)
    console.started(5)
    for record in records:
        console.finished(record)
    console.summary(make_run(*records, problems=("cannot import",)), tmp_path)
    assert [line.partition(":")[0] for line in stream.getvalue().splitlines()] == [
        "error",
        "error",
        "verdict",
        "report",
    ]


def test_verbose_console_tells_each_test_and_remark(
    make_run: Callable[..., Run], make_record: Callable[..., TestRecord]
) -> None:
    """Each test as it ends, all tests of a finding, and all remarks."""
    remark = make_record().remarks[0]
    remarks = tuple(replace(remark, rule=f"rule.{n:02}") for n in range(12))
    records = tuple(make_record(id=f"a.py::t{n}", remarks=remarks) for n in range(9))
    text = told(make_run(*records), records, detail=Detail.FULL)
    assert "\nfail           a.py::t8  0.5 s\n" in text
    assert "  test      a.py::t8\n" in text
    assert "rule.11" in text


def test_terminal_shows_a_line_of_progress(
    make_run: Callable[..., Run], records: tuple[TestRecord, ...]
) -> None:
    """A terminal gets one line that moves, and the same text afterwards."""
    text = told(make_run(*records), records, terminal=True)
    assert "\x1b[" in text
    assert "2 fail, 1 error, 1 inconclusive" in text
    assert "exit code 1" in text


def test_problems_waivers_and_many_remarks(
    make_run: Callable[..., Run], make_record: Callable[..., TestRecord]
) -> None:
    """Faults outside tests, known failures and remarks are told, the latter in short."""
    remark = make_record().remarks[0]
    remarks = tuple(replace(remark, rule=f"rule.{n:02}") for n in range(12))
    run = make_run(
        make_record(remarks=remarks),
        problems=("cannot import a suite",),
        waivers=(
            Waiver(
                clause="UNI-CHT-002b.6",
                reason="known",
                owner="anna",
                expires=date(2999, 1, 1),
                place="known.toml:1",
            ),
        ),
    )
    text = told(run)
    assert "error: cannot import a suite" in text
    assert "waived  UNI-CHT-002b.6" in text
    assert "known (anna, until 2999-01-01)" in text
    assert "rule.09" in text
    assert "and 2 more remarks" in text
