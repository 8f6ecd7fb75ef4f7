"""Waivers: what their file may say, what they cover, and which of them are of no use."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rcs_conformance import kit
from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.results import CheckResult, Outcome, TestRecord, Verdict
from rcs_conformance.verdict.waivers import Waiver, load_waivers, waived, with_met

TODAY = date(2026, 6, 1)
TEST = "chat/test_a.py::test_b[xml]"
WHOLE = """[[waivers]]
clause = "A-001.1"
reason = "ticket 7"
owner = "anna@example.com"
expires = 2026-12-31
"""
NARROW = WHOLE.replace("reason", 'rule = "group.closed"\nwhere = "GET group"\nreason')


def written(folder: Path, text: str) -> Path:
    """A waiver file."""
    path = folder / "known.toml"
    path.write_text(text, "utf-8")
    return path


def loaded(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a file, of two clauses and a test."""
    return load_waivers(
        path, clauses={"A-001.1", "A-003.1"}, knows_test=lambda test: test == TEST, today=TODAY
    )


def test_waivers_are_read(tmp_path: Path) -> None:
    """Clause or test, reason, owner, expiry, and the place for messages."""
    text = WHOLE + WHOLE.replace('clause = "A-001.1"', f'test = "{TEST}"')
    first, second = loaded(written(tmp_path, text))
    assert (first.clause, first.test, first.expires) == ("A-001.1", "", date(2026, 12, 31))
    assert str(first) == "ticket 7 (anna@example.com, until 2026-12-31)"
    assert (second.clause, second.test) == ("", TEST)
    assert second.place.endswith("known.toml:7")


def test_waivers_of_one_clause_may_name_rules_and_places(tmp_path: Path) -> None:
    """Each is a waiver of its own."""
    other = NARROW.replace("GET group", "POST groups")
    first, second, whole = loaded(written(tmp_path, NARROW + other + WHOLE))
    assert (first.rule, first.where, second.where) == ("group.closed", "GET group", "POST groups")
    assert first.about == "A-001.1 group.closed at GET group"
    assert (first.is_narrow, whole.is_narrow) == (True, False)


@pytest.mark.parametrize(
    ("about", "is_covered"),
    [
        ({}, True),
        ({"rule": "group.closed"}, True),
        ({"rule": "group.subject"}, False),
        ({"where": "GET group"}, True),
        ({"where": "GET group info/participant/status"}, True),
        ({"where": "GET group info/participant[1]"}, True),
        ({"where": "GET groups"}, False),
        ({"where": "GET gro"}, False),
        ({"where": "GET group info/subject"}, False),
        ({"rule": "group.closed", "where": "POST groups"}, False),
    ],
)
def test_waiver_covers_its_rule_at_its_place(about: dict[str, str], is_covered: bool) -> None:
    """The place, or what is below it; which of several entries does not count."""
    found = CheckResult(
        clause="A-001.1",
        rule="group.closed",
        outcome=Outcome.FAILED,
        expected="so",
        actual="otherwise",
        where="GET group info/participant[2]/status",
    )
    assert waiver(clause="A-001.1", **about).covers("A-001.1", "t", found) is is_covered


def test_place_of_a_notification_names_no_user() -> None:
    """A waiver holds for whichever user is notified."""
    told = replace(failed("A-001.1"), where="chatMessageNotification to tel:+15550101 sessionId")
    narrow = waiver(clause="A-001.1", where="chatMessageNotification to tel:+999 sessionId")
    assert narrow.covers("A-001.1", "t", told)
    assert not narrow.covers("A-001.1", "t", replace(told, where="chatMessageNotification to x"))


def test_failure_that_is_only_counted_is_not_covered_by_a_rule() -> None:
    """Nobody knows its rule; a waiver of the whole clause covers it."""
    assert not waiver(clause="A-001.1", rule="rule").covers("A-001.1", "t")
    assert waiver(clause="A-001.1").covers("A-001.1", "t")


def test_last_day_counts(tmp_path: Path) -> None:
    """A waiver holds on the day that it names."""
    assert loaded(written(tmp_path, WHOLE.replace("2026-12-31", "2026-06-01")))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "2026-12-31",
            "2026-05-31",
            r"known\.toml:5: .* has expired: .* anna@example\.com to extend",
        ),
        ("2026-12-31", '"soon"', r"known\.toml:5: .* must be a date such as 2027-01-31"),
        ("2026-12-31", "2026-12-31T00:00:00", "must be a date"),
        ('owner = "anna@example.com"\n', "", "owner: missing: this key is required"),
        ('reason = "ticket 7"', 'reason = " "', r"known\.toml:3: .*reason: must not be empty"),
        ("A-001.1", "A-001.9", r"known\.toml:2: .* no such clause; did you mean A-001\.1\?"),
        (
            'clause = "A-001.1"',
            'test = "chat/x.py::y"',
            "no such test: `rcs-conformance trace` lists",
        ),
        ('clause = "A-001.1"\n', "", "must name either a clause or a test"),
        ("reason", f'test = "{TEST}"\nreason', "must name either a clause or a test"),
        ("owner", "ower", "unknown key; did you mean owner"),
        (
            'clause = "A-001.1"',
            f'test = "{TEST}"\nrule = "r"',
            "rule: narrows a clause: name the clause in place of the test",
        ),
        (WHOLE, NARROW + NARROW, r"known\.toml:\d+: .*A-001\.1 is waived twice: remove one"),
        (WHOLE, WHOLE + WHOLE, r"known\.toml:7: .*A-001\.1 is waived twice: remove one"),
        ("[[waivers]]", "[[waiver]]", "unknown key; did you mean waivers"),
        ("[[waivers]]", "[[waivers", r"known\.toml:1: invalid TOML"),
    ],
)
def test_bad_waivers_are_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    """One line that says what is wrong, where, and what would be right."""
    with pytest.raises(ConfigurationError, match=message) as caught:
        loaded(written(tmp_path, WHOLE.replace(old, new)))
    assert "\n" not in str(caught.value)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    """A waiver file that is not there."""
    with pytest.raises(ConfigurationError, match="cannot read the waiver file: No such file"):
        loaded(tmp_path / "none.toml")


def waiver(**about: str) -> Waiver:
    """A waiver of a clause or test."""
    return Waiver(reason="known", owner="anna", expires=TODAY, place="known.toml:1", **about)


def failed(clause: str) -> CheckResult:
    """A failed check."""
    return CheckResult(
        clause=clause,
        rule="rule",
        outcome=Outcome.FAILED,
        expected="so",
        actual="otherwise",
        where="GET group",
    )


@pytest.mark.parametrize(
    ("waivers", "is_waived"),
    [
        ([waiver(clause="A-001.1"), waiver(clause="A-003.1")], True),
        ([waiver(clause="A-001.1"), waiver(test="t")], True),
        ([waiver(test="t")], True),
        ([waiver(clause="A-001.1")], False),
        ([waiver(test="another")], False),
        ([], False),
    ],
)
def test_test_is_waived_if_all_its_failures_are(waivers: list[Waiver], is_waived: bool) -> None:
    """A failure that nothing covers keeps a test failed."""
    record = TestRecord(
        id="t",
        title="",
        clauses=("A-001.1",),
        format=None,
        verdict=Verdict.FAIL,
        failures=(failed("A-001.1"), failed("A-003.1")),
    )
    assert (waived(record, waivers) is not None) is is_waived


def test_only_failures_are_waived() -> None:
    """What passed, or could not be decided, stays what it is."""
    record = TestRecord(id="t", title="", clauses=(), format=None, verdict=Verdict.INCONCLUSIVE)
    assert waived(record, [waiver(test="t")]) is None


@pytest.mark.parametrize(
    ("ended", "clause", "known", "verdict"),
    [
        ("pass", "A-003.1", [], "fail"),
        ("pass", "A-003.1", ["A-003.1"], "waived"),
        ("pass", "A-001.2", [], "pass"),
        ("inconclusive", "A-003.1", [], "fail"),
        ("inconclusive", "A-003.1", ["A-003.1"], "inconclusive"),
        ("not_applicable", "A-003.1", [], "fail"),
        ("error", "A-003.1", [], "error"),
        ("waived", "A-003.1", ["A-003.1"], "waived"),
    ],
)
def test_test_is_failed_by_any_clause(
    ended: str, clause: str, known: list[str], verdict: str
) -> None:
    """A failure of a clause that applies fails the test; its own verdict is kept apart."""
    record = TestRecord(
        id="t",
        title="",
        clauses=("A-001.1",),
        format=None,
        verdict=Verdict(ended),
        failures=(failed(clause),),
    )
    waivers = [waiver(clause=each) for each in known]
    found = with_met(record, lambda each: each != "A-001.2", waivers)
    assert (found.verdict.value, found.over_declared.value) == (verdict, ended)


def test_example_can_be_used() -> None:
    """The file that the README refers to holds a waiver of a clause that exists."""
    clauses = load_catalogue().clauses.keys()
    waivers = load_waivers(
        kit.TARGETS / "waivers.toml", clauses=clauses, knows_test=lambda _test: False, today=TODAY
    )
    assert [each.clause for each in waivers] == ["UNI-CHT-012b.1"]
