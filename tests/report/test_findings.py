"""Findings: one for each defect, what most tests met first, then what may follow from it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import ClauseCount, Outcome, TestRecord, Verdict
from rcs_conformance.report.findings import findings
from rcs_conformance.verdict import Run
from rcs_conformance.verdict.waivers import Waiver
from tests.report.conftest import check

MakeRecord = Callable[..., TestRecord]
MakeRun = Callable[..., Run]

CLOSED, SUBJECT = "UNI-CHT-002b.6", "UNI-CHT-002b.3"


def met(make_record: MakeRecord, name: str, *failures: tuple[str, str, int]) -> TestRecord:
    """A test that met failures, each a clause, a rule and the number of an event."""
    return make_record(
        id=f"chat/test_a.py::{name}",
        failures=tuple(check(clause, rule=rule, event=event) for clause, rule, event in failures),
        counts=tuple(ClauseCount(clause=clause, passed=0, failed=1) for clause, _, _ in failures),
        remarks=(),
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("text = 'rc1'", "text = 'rc2'"),
        ("tel:+15550100: status = Connected", "tel:+15550101: status = Connected"),
        ("status 2xx for http://a/group/1", "status 2xx for http://a/group/2"),
        ("subject with rc1f00d", "subject with rc2beef"),
        ("subject absent, as after XML", "subject absent, as after JSON"),
    ],
)
def test_ids_and_formats_do_not_part_findings(
    make_record: MakeRecord, make_run: MakeRun, one: str, other: str
) -> None:
    """The same rule at the same place is one finding, whatever ids the values hold."""
    record = make_record(failures=(check(CLOSED, expected=one),), id="t::a", format=Format.XML)
    second = replace(
        record, id="t::b", format=Format.JSON, failures=(check(CLOSED, expected=other),)
    )
    (finding,) = findings(make_run(record, second))
    assert finding.tests == ("t::a", "t::b")
    assert finding.formats == ("json", "xml")
    assert finding.result.expected == one


def test_event_numbers_do_not_part_findings(make_record: MakeRecord, make_run: MakeRun) -> None:
    """A notification that cannot be read names no structure, only its number."""
    records = [
        make_record(failures=(check(CLOSED, where=f"#{number} unreadable notification"),), id=name)
        for number, name in ((2, "t::a"), (13, "t::b"))
    ]
    assert [each.tests for each in findings(make_run(*records))] == [("t::a", "t::b")]


@pytest.mark.parametrize(
    "change",
    [{"rule": "group.open"}, {"expected": "isClosed false"}, {"where": "#2 GET group"}],
)
def test_other_defects_are_findings_of_their_own(
    make_record: MakeRecord, make_run: MakeRun, change: dict[str, object]
) -> None:
    """Another rule, value or operation is another finding."""
    other = check(CLOSED, Outcome.FAILED, **change)
    record = make_record(failures=(check(CLOSED), other))
    assert len(findings(make_run(record))) == 2


def test_most_shared_comes_first(make_record: MakeRecord, make_run: MakeRun) -> None:
    """What most tests met leads; below it stands what none but those met, last what is alone."""
    run = make_run(
        met(make_record, "test_a", (CLOSED, "r.lead", 2), (SUBJECT, "r.after", 3)),
        met(make_record, "test_b", (CLOSED, "r.lead", 2)),
        met(make_record, "test_c", (SUBJECT, "r.alone", 1)),
    )
    lead, after, alone = findings(run)
    assert [each.result.rule for each in (lead, after, alone)] == ["r.lead", "r.after", "r.alone"]
    assert (lead.follows, after.follows, alone.follows) == (None, lead, None)


def test_races_come_after_the_rest(make_record: MakeRecord, make_run: MakeRun) -> None:
    """What one request shows is read first, even if more races went wrong for the same reason."""
    run = make_run(
        met(make_record, "test_a", (CLOSED, "race.explained", 2)),
        met(make_record, "test_b", (CLOSED, "race.explained", 2)),
        met(make_record, "test_c", (SUBJECT, "r.plain", 1)),
    )
    assert [each.result.rule for each in findings(run)] == ["r.plain", "race.explained"]


def test_of_the_same_tests_the_earlier_leads(make_record: MakeRecord, make_run: MakeRun) -> None:
    """Where two findings have the same tests, the later one may follow from the earlier."""
    run = make_run(met(make_record, "test_a", (SUBJECT, "r.late", 5), (CLOSED, "r.early", 1)))
    early, late = findings(run)
    assert (early.result.rule, late.follows) == ("r.early", early)


def test_grouping_changes_no_verdict(make_record: MakeRecord, make_run: MakeRun) -> None:
    """A clause whose only finding follows from another still fails."""
    run = make_run(met(make_record, "test_a", (CLOSED, "r.a", 1), (SUBJECT, "r.b", 2)))
    assert {run.clauses[each.clause.id].verdict for each in findings(run)} == {Verdict.FAIL}
    assert {each.clause.id for each in findings(run)} == {CLOSED, SUBJECT}


def test_waived_come_last(make_record: MakeRecord, make_run: MakeRun) -> None:
    """A known failure stands apart, however many tests met it; nothing follows from it."""
    waiver = Waiver(
        clause=CLOSED, reason="old", owner="me", expires=date(2099, 1, 1), place="w.toml:1"
    )
    run = make_run(
        met(make_record, "test_a", (CLOSED, "r.known", 1), (SUBJECT, "r.new", 2)),
        met(make_record, "test_b", (CLOSED, "r.known", 1)),
        waivers=(waiver,),
    )
    new, known = findings(run)
    assert (new.result.rule, new.waived, new.follows) == ("r.new", False, None)
    assert (known.result.rule, known.waived) == ("r.known", True)
