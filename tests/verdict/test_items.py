"""SCR items by what was seen of them: served or not, claimed or not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from rcs_conformance.catalogue import Catalogue, load_catalogue
from rcs_conformance.model.results import ClauseCount, ItemSign, TestRecord, Verdict
from rcs_conformance.target import Ics
from rcs_conformance.verdict import Run, RunInformation, judge
from rcs_conformance.verdict.run import ItemResult
from rcs_conformance.verdict.waivers import Waiver

Judged = Callable[..., Run]
MUST, MAY = "REST-X-S-002-M", "REST-Y-S-001-O"


def record(name: str, *signs: ItemSign, clause: str = "A-003.1") -> TestRecord:
    """A test that passed its clause and saw something of items."""
    return TestRecord(
        id=name,
        title=name,
        clauses=(clause,),
        format=None,
        verdict=Verdict.PASS,
        counts=(ClauseCount(clause=clause, passed=1, failed=0),),
        signs=signs,
    )


def seen(item: str, *, supported: bool) -> ItemSign:
    """What a test saw."""
    status = 200 if supported else 501
    return ItemSign(item=item, supported=supported, seen=f"#3 GET groups -> {status}")


@pytest.fixture
def judged(catalogue: Catalogue, information: Callable[..., RunInformation]) -> Judged:
    """Judges records."""

    def run(*records: TestRecord, claims: Ics = Ics(), **members: object) -> Run:  # noqa: B008
        return judge(catalogue, claims, records, information(**members))

    return run


def item(run: Run, name: str) -> ItemResult:
    """One item of a run."""
    return next(each for each in run.items if each.item == name)


def test_mandatory_item_that_is_not_served_fails(judged: Judged) -> None:
    """Whatever its clauses say, and another test saw; the exchange is told."""
    run = judged(record("a", seen(MUST, supported=True)), record("b", seen(MUST, supported=False)))
    found = item(run, MUST)
    assert (found.verdict, found.supported) == (Verdict.FAIL, False)
    assert found.seen == "#3 GET groups -> 501 (b)"
    assert found.reason == f"it is not served: {found.seen}"
    assert item(run, "REST-X-S-001-M").verdict is Verdict.FAIL
    assert run.verdict is Verdict.FAIL


def test_item_that_is_served_says_by_what(judged: Judged) -> None:
    """And one of which nothing was seen says that."""
    run = judged(record("a", seen(MUST, supported=True)))
    found = item(run, MUST)
    assert (found.verdict, found.supported) == (Verdict.PASS, True)
    assert found.seen == "#3 GET groups -> 200 (a)"
    assert item(run, MAY).supported is None
    assert item(run, "REST-X-S-001-M").supported is True


def test_item_that_is_served_and_not_claimed_is_a_remark(judged: Judged) -> None:
    """It is no failure, and the item stays not applicable."""
    run = judged(record("a", seen(MUST, supported=True), seen(MAY, supported=True)))
    assert item(run, MAY).verdict is Verdict.NOT_APPLICABLE
    assert item(run, MAY).supported is True
    ((test, remark),) = run.remarks
    assert (test, remark.item, remark.clause) == ("a", MAY, "TS-CHAT-5.13")
    assert "not claimed: #3 GET groups -> 200" in remark.actual


def test_claimed_item_is_no_remark(judged: Judged) -> None:
    """It is what the target says."""
    claims = Ics(items=frozenset({MAY}))
    assert not judged(record("a", seen(MAY, supported=True)), claims=claims).remarks


@pytest.mark.parametrize("about", [{"clause": "TS-CHAT-5.13"}, {"test": "b"}])
def test_known_lack_is_waived(judged: Judged, about: dict[str, str]) -> None:
    """As the failure of the clause is; one that no waiver covers outweighs it."""
    waiver = Waiver(reason="r", owner="o", expires=date(2099, 1, 1), place="w:1", **about)
    lack = record("b", seen(MUST, supported=False))
    assert item(judged(lack, waivers=(waiver,)), MUST).verdict is Verdict.WAIVED
    other = record("a", seen(MUST, supported=False))
    run = judged(lack, other, waivers=(waiver,))
    assert item(run, MUST).verdict is (Verdict.FAIL if "test" in about else Verdict.WAIVED)


FORMS = {
    "group": "REST-CHAT-GRP-S-003-O",
    "session": "REST-CHAT-1-1-SESS-S-003-O",
    "subscription": "REST-CHAT-SUBSCR-S-004-O",
}
ALL_FORMS = "REST-CHAT-SUPPORT-S-004-O"


@pytest.mark.parametrize(("waived", "verdict"), [(False, Verdict.FAIL), (True, Verdict.WAIVED)])
def test_form_of_another_item_fails_none(
    information: Callable[..., RunInformation], waived: bool, verdict: Verdict
) -> None:
    """One clause is about all form fields; an item about those of one resource rests on its own.

    The item about form fields as such rests on all of them.
    """
    broken = replace(
        record("a", clause="TS-CHAT-5.3"),
        verdict=Verdict.FAIL,
        counts=(ClauseCount(clause="TS-CHAT-5.3", passed=1, failed=1),),
        forms=(FORMS["group"],),
    )
    met = replace(record("b", clause="TS-CHAT-5.3"), forms=(FORMS["session"],))
    chats = {"REST-CHAT-1-1-SESS-S-001-O", "REST-CHAT-GRP-S-001-O"}
    claims = Ics(features=frozenset({"form"}), items=frozenset({*FORMS.values(), *chats}))
    waiver = Waiver(clause="TS-CHAT-5.3", reason="r", owner="o", expires=date(2099, 1, 1), place="")
    given = information(waivers=(waiver,) if waived else ())
    same = record("c", clause="TS-CHAT-5.18")
    run = judge(load_catalogue(), claims, (broken, met, same), given)
    assert item(run, FORMS["group"]).verdict is verdict
    assert item(run, FORMS["session"]).verdict is Verdict.PASS
    assert item(run, FORMS["subscription"]).verdict is Verdict.NOT_TESTED
    assert item(run, ALL_FORMS).verdict is verdict
    reasons = {each.reason for each in run.items if each.verdict is verdict}
    assert reasons == {f"{'waived' if waived else 'failed'}: TS-CHAT-5.3"}
