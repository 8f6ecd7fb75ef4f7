"""Verdicts of clauses, requirements, items and the run, from what tests recorded."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcs_conformance.catalogue import Catalogue
from rcs_conformance.errors import Cause
from rcs_conformance.model.results import (
    CheckResult,
    ClauseCount,
    Counters,
    Outcome,
    TestRecord,
    Verdict,
)
from rcs_conformance.target import Ics
from rcs_conformance.verdict import Run, RunInformation, judge
from rcs_conformance.verdict.waivers import Waiver

Judged = Callable[..., Run]


def record(name: str, clause: str = "A-001.1", **members: object) -> TestRecord:
    """A test that declares one clause and passed without a check."""
    given: dict[str, object] = {
        "id": name,
        "title": name,
        "clauses": (clause,),
        "format": None,
        "verdict": Verdict.PASS,
    }
    return TestRecord(**{**given, **members})  # type: ignore[arg-type]


def counted(clause: str, passed: int = 0, failed: int = 0) -> tuple[ClauseCount, ...]:
    """Checks of one clause."""
    return (ClauseCount(clause=clause, passed=passed, failed=failed),)


def failure(clause: str) -> CheckResult:
    """A failed check."""
    return CheckResult(
        clause=clause, rule="r", outcome=Outcome.FAILED, expected="e", actual="a", where="w"
    )


def passing() -> list[TestRecord]:
    """Tests by which everything that always applies is passed."""
    return [record(f"t-{one}", one, counts=counted(one, 1)) for one in ("A-001.1", "A-003.1")]


def waiver(**about: str) -> Waiver:
    """A waiver of a clause or test."""
    until = date(2026, 12, 31)
    return Waiver(reason="ticket 7", owner="anna", expires=until, place="known.toml:1", **about)


@pytest.fixture
def judged(catalogue: Catalogue, information: Callable[..., RunInformation]) -> Judged:
    """Judges records for a target that claims nothing, or what is given."""

    def run(*records: TestRecord, claims: Ics = Ics(), **members: object) -> Run:  # noqa: B008
        return judge(catalogue, claims, records, information(**members))

    return run


def test_all_that_applies_passed_is_a_pass(judged: Judged) -> None:
    """Clauses that do not apply stand in nobody's way; void requirements are left out."""
    run = judged(*passing())
    assert (run.verdict, run.exit_code, run.complete) == (Verdict.PASS, 0, True)
    assert [found.id for found in run.requirements] == ["A-001", "A-003"]
    assert run.clauses["A-001.2"].verdict is Verdict.NOT_APPLICABLE
    assert run.clauses["A-001.2"].when == "adhoc"


def test_nothing_run_is_not_tested(judged: Judged) -> None:
    """Without tests nothing is passed; a written reason is told."""
    run = judged(untested={"A-001.1": "cannot be seen from outside"})
    assert (run.verdict, run.exit_code) == (Verdict.NOT_TESTED, 5)
    assert run.clauses["A-001.1"].reason == "cannot be seen from outside"


def test_a_failure_met_elsewhere_counts(judged: Judged) -> None:
    """A failed check of a clause that the test does not declare fails that clause alone."""
    other = record("other", counts=(*counted("A-001.1", 1), *counted("A-003.1", 0, 2)))
    run = judged(*passing(), other)
    assert run.clauses["A-003.1"].verdict is Verdict.FAIL
    assert run.clauses["A-003.1"].tests == ("other", "t-A-003.1")
    assert (run.clauses["A-003.1"].passed, run.clauses["A-003.1"].failed) == (1, 2)
    assert run.clauses["A-001.1"].verdict is Verdict.PASS
    assert (run.verdict, run.exit_code) == (Verdict.FAIL, 1)


@pytest.mark.parametrize("ended", [Verdict.PASS, Verdict.INCONCLUSIVE, Verdict.NOT_APPLICABLE])
def test_failure_met_elsewhere_leaves_the_declared_clauses(judged: Judged, ended: Verdict) -> None:
    """A test that is failed by a clause that it does not declare says the same of those it does."""
    counts = (*counted("A-003.1", 0, 1), *counted("A-001.1", int(ended is Verdict.PASS)))
    before = record("t", verdict=ended, counts=counts, reason="why")
    after = replace(before, verdict=Verdict.FAIL, apart=ended)
    assert judged(after).requirements == judged(before).requirements


def test_a_listed_failure_counts_without_a_count(judged: Judged) -> None:
    """A failure that no count speaks of is still one."""
    run = judged(record("t", counts=counted("A-001.1", 1), failures=(failure("A-001.1"),)))
    assert run.clauses["A-001.1"].verdict is Verdict.FAIL
    assert run.clauses["A-001.1"].failed == 1


def test_waived_failure_is_neither_pass_nor_failure(judged: Judged) -> None:
    """A waived clause is told with its reason; the run ends with 0, a strict one with 1."""
    failing = record("t", "A-003.1", verdict=Verdict.FAIL, counts=counted("A-003.1", 0, 1))
    run = judged(*passing(), failing, waivers=(waiver(clause="A-003.1"),))
    assert run.clauses["A-003.1"].reason == "ticket 7 (anna, until 2026-12-31)"
    assert (run.verdict, run.exit_code, run.idle) == (Verdict.WAIVED, 0, ())
    strict = judged(*passing(), failing, waivers=(waiver(clause="A-003.1"),), strict=True)
    assert strict.exit_code == 1


def test_selection_is_judged_alone(judged: Judged) -> None:
    """By `--requirement`, or by the clauses of the tests that were named."""
    first, second = passing()
    fails = replace(second, counts=counted("A-003.1", 0, 1), verdict=Verdict.FAIL)
    alone = judged(first, fails, selection=("A-001",))
    assert (alone.verdict, alone.exit_code) == (Verdict.PASS, 0)
    assert alone.clauses["A-003.1"].verdict is Verdict.FAIL
    named = judged(first, named_tests=True)
    assert (named.verdict, named.exit_code) == (Verdict.PASS, 0)
    assert judged(first).exit_code == 5


def test_unavailable_trigger_keeps_no_run_from_zero(judged: Judged) -> None:
    """Its clause stays not tested, with the reason; a strict run does not mind either."""
    first, second = passing()
    left_out = replace(
        second,
        counts=(),
        verdict=Verdict.NOT_TESTED,
        cause=Cause.UNAVAILABLE,
        reason="the target file declares the trigger end unavailable",
    )
    for strict in (False, True):
        run = judged(first, left_out, strict=strict)
        assert (run.verdict, run.exit_code) == (Verdict.PASS, 0)
        assert run.clauses["A-003.1"].verdict is Verdict.NOT_TESTED
        assert "declares the trigger end unavailable" in run.clauses["A-003.1"].reason
    missing = replace(left_out, cause=Cause.NO_TRIGGER)
    assert judged(first, missing).exit_code == 5


def test_target_that_stopped_answering(judged: Judged) -> None:
    """Its own exit code, before a failure; the run is incomplete."""
    run = judged(*passing(), stopped="the target stopped answering")
    assert (run.exit_code, run.complete) == (6, False)


def test_failure_that_no_waiver_covers_counts(judged: Judged) -> None:
    """A waiver of one test leaves the same failure in another one."""
    failing = [
        record(name, "A-003.1", verdict=Verdict.FAIL, counts=counted("A-003.1", 0, 1))
        for name in ("a", "b")
    ]
    half = judged(*passing(), *failing, waivers=(waiver(test="a"),))
    assert (half.verdict, half.exit_code) == (Verdict.FAIL, 1)
    both = judged(*passing(), *failing, waivers=(waiver(test="a"), waiver(test="b")))
    assert both.verdict is Verdict.WAIVED


@pytest.mark.parametrize(
    ("about", "verdict"),
    [
        ({"clause": "A-003.1"}, "pass"),
        ({"clause": "A-001.2"}, "not_applicable"),
        ({"test": "t-A-003.1"}, "pass"),
    ],
)
def test_waiver_that_is_no_longer_needed(
    judged: Judged, about: dict[str, str], verdict: str
) -> None:
    """The run says so; only a strict one fails for it."""
    run = judged(*passing(), waivers=(waiver(**about),))
    assert (run.verdict, run.exit_code) == (Verdict.PASS, 0)
    assert judged(*passing(), waivers=(waiver(**about),), strict=True).exit_code == 1
    assert run.idle == (
        f"known.toml:1: the waiver of {next(iter(about.values()))} is no longer needed: the"
        f" verdict is {verdict}; remove it",
    )


def _failing_by_rules(*rules: str, failed: int = 0) -> TestRecord:
    """A test whose clause fails by these rules."""
    failures = tuple(replace(failure("A-003.1"), rule=rule) for rule in rules)
    return record(
        "f",
        "A-003.1",
        verdict=Verdict.FAIL,
        counts=counted("A-003.1", 0, failed or len(rules)),
        failures=failures,
    )


@pytest.mark.parametrize(
    ("failing", "verdict"),
    [
        (_failing_by_rules("r"), Verdict.WAIVED),
        (_failing_by_rules("r", "s"), Verdict.FAIL),
        (_failing_by_rules("r", failed=2), Verdict.FAIL),
    ],
    ids=["the rule", "another rule beside it", "one that is only counted"],
)
def test_waiver_of_a_rule_covers_nothing_else(
    judged: Judged, failing: TestRecord, verdict: Verdict
) -> None:
    """A clause is waived only if each of its failures is."""
    narrow = waiver(clause="A-003.1", rule="r", where="w")
    run = judged(*passing(), failing, waivers=(narrow,))
    assert (run.clauses["A-003.1"].verdict, run.idle) == (verdict, ())


def test_waiver_of_a_rule_that_no_longer_fails(judged: Judged) -> None:
    """It is told though other rules of the clause still fail."""
    narrow = waiver(clause="A-003.1", rule="mended")
    run = judged(*passing(), _failing_by_rules("s"), waivers=(narrow,))
    assert run.idle == (
        "known.toml:1: the waiver of A-003.1 mended is no longer needed: nothing fails there;"
        " remove it",
    )


def test_waiver_of_what_was_not_selected_is_silent(judged: Judged) -> None:
    """Its clause may have been met in passing, but its own tests did not run."""
    run = judged(*passing(), selection=("A-001",), waivers=(waiver(clause="A-003.1"),))
    assert run.clauses["A-003.1"].verdict is Verdict.PASS
    assert (run.exit_code, run.idle) == (0, ())


def test_waiver_of_what_was_not_run_is_none(judged: Judged) -> None:
    """A run of a part tells nothing about the waivers of the rest."""
    run = judged(passing()[0], waivers=(waiver(clause="A-003.1"), waiver(test="other")))
    assert (run.exit_code, run.idle) == (5, ())


def test_inconclusive_before_any_check_hides_passes_of_other_tests(judged: Judged) -> None:
    """The cause that comes first is told, with what stands in the way."""
    late = record("a", verdict=Verdict.INCONCLUSIVE, cause=Cause.TIMEOUT, reason="late")
    blocked = record(
        "b",
        verdict=Verdict.INCONCLUSIVE,
        cause=Cause.PRECONDITION,
        reason="no chat",
        precondition="A-003.1",
    )
    clause = judged(*passing(), late, blocked).clauses["A-001.1"]
    assert clause.verdict is Verdict.INCONCLUSIVE
    assert (clause.cause, clause.reason) == (Cause.PRECONDITION, "no chat")
    assert clause.precondition == "A-003.1"


def test_inconclusive_after_a_passed_check_counts_as_passed(judged: Judged) -> None:
    """What the test found before it stopped holds."""
    stopped = record("a", verdict=Verdict.INCONCLUSIVE, counts=counted("A-001.1", 1))
    assert judged(stopped).clauses["A-001.1"].verdict is Verdict.PASS


def test_error_of_a_declaring_test(judged: Judged) -> None:
    """An error is told for the clause, and for the run even where no clause shows it."""
    run = judged(*passing(), record("e", verdict=Verdict.ERROR, reason="broken"))
    assert run.clauses["A-001.1"].verdict is Verdict.ERROR
    assert run.clauses["A-001.1"].reason == "broken"
    hidden = judged(*passing(), record("e", "A-001.2", verdict=Verdict.ERROR))
    assert (hidden.verdict, hidden.exit_code) == (Verdict.ERROR, 3)


def test_clause_behind_a_failure_is_inconclusive(judged: Judged) -> None:
    """A test that failed over another clause first leaves its own clause open, with that cause."""
    stopped = record(
        "t", verdict=Verdict.FAIL, counts=counted("A-003.1", 0, 1), failures=(failure("A-003.1"),)
    )
    clause = judged(stopped).clauses["A-001.1"]
    assert (clause.verdict, clause.cause) == (Verdict.INCONCLUSIVE, Cause.PRECONDITION)
    assert clause.precondition == "A-003.1"


def test_not_tested_tells_why(judged: Judged) -> None:
    """A test that was not run says why its clause was not tested."""
    skipped = record(
        "t", verdict=Verdict.NOT_TESTED, cause=Cause.NO_TRIGGER, reason="no way to disable"
    )
    clause = judged(skipped).clauses["A-001.1"]
    assert (clause.verdict, clause.cause) == (Verdict.NOT_TESTED, Cause.NO_TRIGGER)
    assert clause.reason == "no way to disable"


def test_test_that_finds_nothing_to_apply(judged: Judged) -> None:
    """Where tests find that a clause does not apply, it does not; unless one was left out."""
    excused = record("t", verdict=Verdict.NOT_APPLICABLE, reason="never sends a time")
    clause = judged(excused).clauses["A-001.1"]
    assert (clause.verdict, clause.reason) == (Verdict.NOT_APPLICABLE, "never sends a time")
    left_out = record("u", verdict=Verdict.NOT_TESTED, cause=Cause.NO_TRIGGER)
    assert judged(excused, left_out).clauses["A-001.1"].verdict is Verdict.NOT_TESTED


def test_failure_of_what_is_not_claimed_is_a_remark(judged: Judged) -> None:
    """An optional feature that is not claimed cannot fail; what was seen is told."""
    seen = failure("A-001.2")
    run = judged(*passing(), record("t", counts=counted("A-001.2", 0, 1), failures=(seen,)))
    assert run.clauses["A-001.2"].verdict is Verdict.NOT_APPLICABLE
    assert run.remarks == (("t", seen),)
    assert run.verdict is Verdict.PASS


def test_unknown_clause_is_a_fault_of_the_harness(judged: Judged) -> None:
    """Tests that speak of clauses that nobody knows cannot be judged in silence."""
    run = judged(*passing(), record("t", "A-009.1"))
    assert run.verdict is Verdict.ERROR
    assert "A-009.1" in run.information.problems[0]


def test_problems_outside_tests_are_an_error(judged: Judged) -> None:
    """A fault of the harness outside of tests keeps the run from passing."""
    assert judged(*passing(), problems=("cannot import a suite",)).exit_code == 3


def test_interrupted_run_is_incomplete(judged: Judged) -> None:
    """What was found is kept; the exit code tells that there could be more."""
    run = judged(*passing(), interrupted=True)
    assert (run.exit_code, run.complete) == (2, False)


def test_items_follow_clauses_and_claims(judged: Judged) -> None:
    """Groups follow their members; what is not claimed, or empty, is neither passed nor failed."""
    run = judged(*passing())
    assert {item.item: item.verdict for item in run.items} == {
        "REST-X-S-001-M": Verdict.PASS,
        "REST-X-S-002-M": Verdict.PASS,
        "REST-Y-S-001-O": Verdict.NOT_APPLICABLE,
        "REST-Y-S-002-O": Verdict.NOT_APPLICABLE,
        "REST-Z-S-001-O": Verdict.NOT_APPLICABLE,
    }
    assert [item.operation for item in run.items][:2] == ["", "GET groups"]
    claims = Ics(items=frozenset({"REST-Y-S-001-O", "REST-Z-S-001-O"}))
    verdicts = {item.item: item.verdict for item in judged(*passing(), claims=claims).items}
    assert verdicts["REST-Y-S-001-O"] is verdicts["REST-Y-S-002-O"] is Verdict.PASS
    assert verdicts["REST-Z-S-001-O"] is Verdict.NOT_TESTED


def test_item_says_why_it_is_not_applicable(judged: Judged) -> None:
    """What it requires is not claimed, it is not claimed itself, or its clauses say why."""
    excused = [
        record(f"t-{one}", one, verdict=Verdict.NOT_APPLICABLE, reason=f"no {one}")
        for one in ("A-001.1", "A-003.1")
    ]
    reasons = {item.item: item.reason for item in judged(*excused).items}
    assert reasons["REST-X-S-002-M"] == "no A-003.1"
    assert "not claim it" in reasons["REST-Y-S-001-O"]
    assert "requires REST-Y-S-001-O" in reasons["REST-Y-S-002-O"]
    assert not any(item.reason for item in judged(*passing()).items if item.verdict is Verdict.PASS)


def test_item_says_why_it_failed(judged: Judged) -> None:
    """The clauses behind it that failed, or the items that require it."""
    failing = record("t", "A-003.1", verdict=Verdict.FAIL, counts=counted("A-003.1", 0, 1))
    reasons = {item.item: item.reason for item in judged(*passing(), failing).items}
    assert reasons["REST-X-S-002-M"] == "failed: A-003.1"
    assert reasons["REST-X-S-001-M"] == "failed: REST-X-S-002-M"


def test_counters_are_summed(judged: Judged) -> None:
    """The run did what its tests did."""
    one = Counters(checks=3, exchanges=2, notifications=1)
    run = judged(record("a", counters=one), record("b", counters=one))
    assert run.counters == Counters(checks=6, exchanges=4, notifications=2)


CLAUSES = st.sampled_from(["A-001.1", "A-001.2", "A-003.1"])
RECORDS = st.builds(
    TestRecord,
    id=st.sampled_from(["a", "b", "c"]),
    title=st.just(""),
    clauses=st.lists(CLAUSES, max_size=2, unique=True).map(tuple),
    format=st.none(),
    verdict=st.sampled_from(Verdict),
    cause=st.none() | st.sampled_from(Cause),
    reason=st.sampled_from(["", "x", "y"]),
    counts=st.lists(
        st.builds(ClauseCount, clause=CLAUSES, passed=st.integers(0, 2), failed=st.integers(0, 1)),
        max_size=2,
        unique_by=lambda count: count.clause,
    ).map(tuple),
    failures=st.lists(CLAUSES.map(failure), max_size=2).map(tuple),
)


@given(data=st.data(), records=st.lists(RECORDS, max_size=5))
def test_order_of_records_plays_no_part(
    catalogue: Catalogue,
    information: Callable[..., RunInformation],
    data: st.DataObject,
    records: list[TestRecord],
) -> None:
    """Tests in any order, as from parallel workers, give the same run to the last detail."""
    shuffled = data.draw(st.permutations(records))
    assert judge(catalogue, Ics(), records, information()) == judge(
        catalogue, Ics(), shuffled, information()
    )
