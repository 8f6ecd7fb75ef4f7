"""Further tests of a clause are spared once it has failed, but none that is first to speak."""

import json
from collections.abc import Generator
from dataclasses import asdict

import pytest

from rcs_conformance.model.results import CheckResult, ClauseCount, Outcome, TestRecord, Verdict
from rcs_conformance.plugin import records
from rcs_conformance.strength.first_failure import StopAtFirstFailure

pytest_plugins = ["pytester"]

SUITE = """
import pytest

@pytest.mark.requirement("A.1")
@pytest.mark.parametrize("number", range(4))
def test_own(number): pass

@pytest.mark.requirement("A.1", "B.1")
def test_both(): pass

@pytest.mark.requirement("B.1")
def test_other(): pass
"""


OPTIONS = ("-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:logging")


class Recorder:
    """Gives each test a record in which its clauses failed or passed, and lists what ran."""

    def __init__(self, failing: str, stop: StopAtFirstFailure) -> None:
        self.failing = failing
        self.stop = stop
        self.ran: list[str] = []

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Have the tests in the order for a fault."""
        self.stop.order(items)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """A record as the plugin of the suites makes it."""
        report = yield
        if report.when == "call":
            self.ran.append(item.name)
            clauses = next(item.iter_markers("requirement")).args
            failures = [
                CheckResult(
                    clause=clause,
                    rule="r",
                    outcome=Outcome.FAILED,
                    expected="e",
                    actual="a",
                    where="w",
                )
                for clause in clauses
                if clause == self.failing
            ]
            record = TestRecord(
                id=item.nodeid,
                title="",
                clauses=clauses,
                format=None,
                verdict=Verdict.FAIL if failures else Verdict.PASS,
                counts=tuple(ClauseCount(clause=each, passed=1, failed=0) for each in clauses),
                failures=tuple(failures),
            )
            setattr(report, records.ATTRIBUTE, json.dumps(asdict(record)))
        return report


def ran(
    pytester: pytest.Pytester, failing: str, *, end: bool = False, likely: str = ""
) -> list[str]:
    """The names of the tests that ran while a clause failed."""
    pytester.makeini("[pytest]\nmarkers = requirement")
    pytester.makepyfile(test_first=SUITE, test_second=SUITE)
    stop = StopAtFirstFailure("A.1", end=end, likely=likely)
    recorder = Recorder(failing, stop)
    done = pytester.runpytest_inprocess(*OPTIONS, plugins=[recorder, stop])
    assert done.ret == 0
    return recorder.ran


@pytest.mark.parametrize(("failing", "own"), [("A.1", 1), ("B.1", 8), ("", 8)])
def test_own_tests_end_with_the_failure(pytester: pytest.Pytester, failing: str, own: int) -> None:
    """The clause's tests come first; those of other clauses, and what they alone tell, all run."""
    names = ran(pytester, failing)

    assert sum(name.startswith("test_own") for name in names) in {own, own - 1}
    assert {"test_both", "test_other"} <= set(names)
    assert names[-2:] == ["test_other", "test_other"]


def test_everything_ends_with_the_failure(pytester: pytest.Pytester) -> None:
    """Where only the clause counts, its first failure is the last test."""
    assert len(ran(pytester, "A.1", end=True)) == 1


@pytest.mark.parametrize("likely", ["test_first.py::test_both", "test_second.py::test_own[2]"])
def test_likely_test_runs_first(pytester: pytest.Pytester, likely: str) -> None:
    """The test that killed a fault another time; where it kills it again, no other one runs."""
    assert ran(pytester, "A.1", end=True, likely=likely) == [likely.partition("::")[2]]
