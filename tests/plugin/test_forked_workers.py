"""Tests that run at once, in processes that are forked after collection."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from rcs_conformance.cli import main
from rcs_conformance.model.formats import Format
from rcs_conformance.plugin import forked_workers
from rcs_conformance.plugin.forked_workers import (
    Waiting,
    in_fork,
    in_order,
    last_shared,
    telling_first,
)
from tests.plugin.conftest import Run

pytest_plugins = ["pytester"]

SEVERAL = '''
import os

@pytest.mark.parametrize("number", range(6))
@declares("UNI-CHT-002b.1")
def test_many(verify, number):
    """One of several tests that need no target."""
    verify(found("UNI-CHT-002b.1", holds=number != 3, rule=f"process {os.getpid()}"))


@declares("UNI-CHT-002b.1")
def test_crash(verify):
    """A test whose process ends."""
    os.kill(os.getpid(), 9)
'''
"""Tests of which one fails, and one takes its process with it."""


def test_reports_of_all_processes_are_gathered(run: Run) -> None:
    """A test that crashes is an error of the suite; the others count as usual."""
    options = ("--at-once", "3", "--capture=no", "-p", "no:terminalreporter")
    finished = run(SEVERAL, *options, apart=True)
    verdicts = [finished.tests[f"test_many[{number}]"]["verdict"] for number in range(6)]
    assert verdicts == ["pass", "pass", "pass", "fail", "pass", "pass"]
    assert "test_crash: its process ended with exit code -9" in finished.text
    assert "test_crash" not in finished.tests
    assert "3 tests at once: -n" in finished.text


def test_forked_work_returns_its_result() -> None:
    """Or raises what it raises."""
    assert in_fork(lambda: 6 * 7) == 42
    with pytest.raises(ZeroDivisionError):
        in_fork(lambda: 1 // 0)


def test_next_test_told_shares_only_what_all_share() -> None:
    """So that all fixtures but those of the session end with each test."""
    session, one, other = object(), object(), object()
    chains = [(session, one, 1), (session, one, 2), (session, other, 3), (session, other, 4)]
    items: Any = [SimpleNamespace(listchain=lambda chain=chain: chain) for chain in chains]
    shared = [
        len({*map(id, items[place].listchain())} & {*map(id, far.listchain())})
        for place, far in enumerate(last_shared(items))
    ]
    assert shared == [1, 1, 1, 1]


def test_tests_of_one_format_begin_first() -> None:
    """Of a format those of many examples come first; tests of both come between the formats."""
    generated = SimpleNamespace(hypothesis=None)
    plain = SimpleNamespace()
    formats = {"json": Format.JSON, "xml": Format.XML, "both": None}
    items: Any = [
        SimpleNamespace(function=function, callspec=SimpleNamespace(params={"fmt": fmt}))
        for fmt in formats.values()
        for function in (plain, generated)
    ]
    named = [f"{name} {kind}" for name in formats for kind in ("short", "long")]
    assert [named[place] for place in in_order(items)] == [
        "xml long",
        "xml short",
        "both long",
        "both short",
        "json long",
        "json short",
    ]


def test_what_others_need_is_tested_first_where_nothing_is_notified() -> None:
    """Else they are in the order in which they were collected."""
    named = {"other": "UNI-CHT-002b.1", "invitation": "UNI-CHT-007b.1", "last": "UNI-CHT-002b.2"}
    marks = [SimpleNamespace(args=[clause], kwargs={}) for clause in named.values()]
    items: Any = [
        SimpleNamespace(iter_markers=lambda _, mark=mark: [mark], path=Path("suites/test_one.py"))
        for mark in marks
    ]
    assert [[*named][place] for place in telling_first(items)] == ["invitation", "other", "last"]


@pytest.mark.exhaustive
def test_one_test_alone(tmp_path: Path) -> None:
    """A run of one test meets the embedded server, too."""
    words = ("--requirement", "UNI-CHT-002b.3", "--format", "json", "--profile", "quick")
    assert main(["run", *words, "--out", str(tmp_path / "out"), "-q"]) == 0


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Waiting:
    """One test that runs for itself, of ad-hoc chats, and three that run beside others."""
    monkeypatch.setattr(forked_workers, "runs_beside", lambda item: item.path.name != "alone_adhoc")
    names = ("alone_adhoc", "one", "two", "three")
    return Waiting([_item(name) for name in names], 1)


def _item(name: str, *marks: str) -> Any:  # noqa: ANN401 - stands for a test
    found = [SimpleNamespace(name=each) for each in marks]
    return SimpleNamespace(
        path=Path("suites") / name,
        iter_markers=lambda name: (each for each in found if each.name == name),
    )


def test_process_ends_its_tests_before_one_that_runs_for_itself(waiting: Waiting) -> None:
    """Meanwhile others go on; once it is free, it gets that test, and then any other."""
    busy = [waiting.next(0, is_busy=True), waiting.next(1, is_busy=True)]
    free = [waiting.next(0), waiting.next(0, is_busy=True)]
    assert (busy, free) == ([None, 1], [0, 2])


def test_pair_of_users_has_one_test_of_ad_hoc_chats_at_a_time(waiting: Waiting) -> None:
    """The next one begins when that is over, and a process without a test waits for it."""
    items = [_item(name) for name in ("one_adhoc", "two_adhoc", "other")]
    waiting = Waiting(items, 1)
    begun = [waiting.next(each) for each in range(3)]
    are_left = waiting.are_left
    waiting.end(0)
    assert (begun, are_left, waiting.next(1), waiting.are_left) == ([0, 2, None], True, 1, False)


def test_chats_that_no_text_tells_apart_come_before_adhoc_chats(waiting: Waiting) -> None:
    """A few are under way at once: they take locks one after the other."""
    items = [_item("one_adhoc"), *(_item(f"{each}", "unmarked") for each in range(4))]
    waiting = Waiting(items, 2)
    begun = [waiting.next(each) for each in range(4)]
    waiting.end(1)
    begun.append(waiting.next(0))
    for each in (2, 3):
        waiting.end(each)
    before = waiting.next(0)
    waiting.end(4)
    assert (begun, before, waiting.next(0)) == ([1, 2, 3, None, 4], None, 0)


def test_some_processes_prefer_tests_that_run_for_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The others prefer those that run beside others; once there are none, each has any."""
    monkeypatch.setattr(forked_workers, "runs_beside", lambda item: "alone" not in item.path.name)
    items = [_item(name) for name in ("one", "alone_one", "two", "alone_two", "alone_adhoc")]
    waiting = Waiting(items, 6, soloists=1)
    begun = [waiting.next(each) for each in (1, 0, 1)]
    rest = [waiting.next(1, is_busy=True), waiting.next(1), waiting.next(1)]
    assert (begun, rest) == ([0, 4, 2], [None, 1, 3])


def test_few_tests_need_no_process_of_another_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are no more processes than tests, and the first ones prefer those for themselves."""
    monkeypatch.setattr(forked_workers, "runs_beside", lambda item: "alone" not in item.path.name)
    items = [_item("unmarked", "unmarked"), _item("one_alone"), _item("other"), _item("adhoc")]
    waiting = Waiting(items, 6, soloists=12)
    begun = [waiting.next(each) for each in range(4)]
    waiting.end(0)
    assert (begun, waiting.next(1)) == ([1, 0, 2, None], 3)
