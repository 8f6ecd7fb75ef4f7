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


class Recorder:
    """Gives each test a record in which its clauses failed or passed, and lists what ran."""

    def __init__(self, failing: str) -> None:
        self.failing = failing
        self.ran: list[str] = []

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


@pytest.mark.parametrize(("failing", "own"), [("A.1", 1), ("B.1", 4), ("", 4)])
def test_own_tests_end_with_the_failure(pytester: pytest.Pytester, failing: str, own: int) -> None:
    """The clause's tests come first; those of other clauses, and what they alone tell, all run."""
    pytester.makeini("[pytest]\nmarkers = requirement")
    pytester.makepyfile(SUITE)
    recorder = Recorder(failing)
    done = pytester.runpytest_inprocess(
        "-p", "no:randomly", "-p", "no:cacheprovider", plugins=[recorder, StopAtFirstFailure("A.1")]
    )
    assert done.ret == 0
    assert sum(name.startswith("test_own") for name in recorder.ran) in {own, own - 1}
    assert {"test_both", "test_other"} <= set(recorder.ran)
    assert recorder.ran[-1] == "test_other"


def test_everything_ends_with_the_failure(pytester: pytest.Pytester) -> None:
    """Where only the clause counts, its first failure is the last test."""
    pytester.makeini("[pytest]\nmarkers = requirement")
    pytester.makepyfile(SUITE)
    recorder = Recorder("A.1")
    options = ("-p", "no:randomly", "-p", "no:cacheprovider")
    plugins = [recorder, StopAtFirstFailure("A.1", end=True)]

    done = pytester.runpytest_inprocess(*options, plugins=plugins)

    assert done.ret == 0
    assert len(recorder.ran) == 1
