"""Tests that are under way together in one process have the verdicts of tests one by one."""

import json

import pytest

from rcs_conformance.plugin.forked_workers import last_shared
from rcs_conformance.plugin.session import SESSION
from rcs_conformance.plugin.tests_beside import TestsBeside, runs_beside
from tests.plugin.conftest import Finished, Run

pytest_plugins = ["pytester"]

SUITE = """
from threading import Event
from rcs_conformance.model.offers import GroupOffer

MET, PATIENCE, BEDS = Event(), 10.0, set()

@declares("UNI-CHT-002b.1")
def test_waits_for_another_one(bed, verify):
    BEDS.add(id(bed))
    with bed.log.journal.waiting():
        met = MET.wait(PATIENCE)
    verify(found("UNI-CHT-002b.1", holds=met))

@declares("UNI-CHT-002b.1")
@pytest.mark.parametrize("number", [1, 2])
def test_chats(bed, verify, number):
    BEDS.add(id(bed))
    MET.set()
    group = bed.groups.invited(GroupOffer(), Format.JSON)
    verify(found("UNI-CHT-002b.1", holds=len(bed.log.events()) < 9), [])
    verify(found("UNI-CHT-002b.1", holds=bool(group.ids) and number == 1, rule="one"))

@declares("UNI-CHT-002b.1")
def test_undecided(bed):
    raise Inconclusive(Cause.PRECONDITION, "no chat", "UNI-CHT-002b.2")

@declares("UNI-CHT-002b.1", when="no such feature")
def test_not_applicable(bed):
    raise AssertionError

@declares("UNI-CHT-002b.1")
def test_is_wrong(bed):
    raise ZeroDivisionError("a mistake")

@declares("UNI-CHT-002b.1")
@given(number=st.integers(0, 9))
def test_generates(bed, verify, number):
    verify(found("UNI-CHT-002b.1", holds=id(bed) not in BEDS))
"""


class Beside:
    """Has three tests under way together, as on a target that is slow."""

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Begin each test as soon as one of three is over; the one that cannot, last of all."""
        beside = TestsBeside(session.config, session.config.stash[SESSION], [None] * 3)
        apart = last_shared(session.items)
        left = [place for place, item in enumerate(session.items) if runs_beside(item)]
        while left or beside.are_under_way:
            while left and beside.take(session.items[left[0]], left[0]):
                del left[0]
            beside.give(apart)
        beside.close()
        alone = session.items[-1]
        assert not beside.take(alone, 0)
        alone.config.hook.pytest_runtest_protocol(item=alone, nextitem=None)
        return True


@pytest.fixture
def done(run: Run) -> Finished:
    """A run of the small suite."""
    return run(SUITE, "--alluredir=allure", plugins=(Beside(),))


def test_verdicts_are_those_of_tests_one_by_one(done: Finished) -> None:
    """One waits while another acts; each has a test bed, evidence and judgement of its own."""
    verdicts = {name: (each["verdict"], each["cause"]) for name, each in done.tests.items()}
    assert verdicts == {
        "test_waits_for_another_one": ("pass", None),
        "test_chats[1]": ("pass", None),
        "test_chats[2]": ("fail", None),
        "test_undecided": ("inconclusive", "precondition"),
        "test_not_applicable": ("not_applicable", None),
        "test_is_wrong": ("error", None),
        "test_generates": ("pass", None),
    }
    failed = done.tests["test_chats[2]"]
    assert (done.out / failed["evidence"]).is_file()
    assert "a mistake" in done.tests["test_is_wrong"]["reason"]

    told = {name: each["seconds"] for name, each in done.tests.items()}
    assert seconds(done) == pytest.approx(told, abs=0.01)


def seconds(done: Finished) -> dict[str, float]:
    """How long each test took by Allure's results, which its own hooks write later."""
    found = {}
    for file in done.out.parent.glob("allure/*-result.json"):
        result = json.loads(file.read_text())
        labels = {label["name"]: label["value"] for label in result["labels"]}
        name = labels["test"].partition("::")[2]
        found[name] = (result["stop"] - result["start"]) / 1000
        assert "times" not in labels
    return found
