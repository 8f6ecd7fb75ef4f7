"""The suites are collected once, whatever comes of the work that is done with them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from rcs_conformance.strength.collected_suites import CollectedSuites, with_collected_suites
from rcs_conformance.strength.plans import everything
from rcs_conformance.strength.processes import Done, Task, perform
from rcs_conformance.strength.records import Observation, Trouble
from rcs_conformance.strength.suite_run import Subject

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
"""pytest's workers have threads, which a fork warns of from Python 3.12 on."""

T = TypeVar("T")

SUITE = """
import pytest

@pytest.mark.requirement("UNI-CHT-002b.1")
@pytest.mark.parametrize("number", range(2))
def test_nothing(number): pass
"""

BROKEN = "def pytest_runtestloop_is_not_reached(:"


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A file with two tests that make no check."""
    file = tmp_path / "test_one.py"
    file.write_text(SUITE, "utf-8")
    return file


def apart(work: Callable[[CollectedSuites], T], suite: Path) -> Done[T]:
    """How some work ended, in a process of its own: a session of pytest changes settings."""
    whole = partial(with_collected_suites, work, str(suite))
    (done,) = perform([Task(name="", work=whole, deadline=60.0)], parallel=1)
    return done


def ids(suites: CollectedSuites) -> list[str]:
    """The names of all tests."""
    return [test.id.partition("::")[2] for test in suites.tests]


def runs(suites: CollectedSuites) -> list[Observation]:
    """What two runs showed, each in a process of its own."""
    subject = Subject(timeout=1.0, seed=0)
    work = partial(suites.run, subject, everything(suites.tests))
    tasks = [Task(name=str(number), work=work, deadline=60.0) for number in range(2)]
    return [done.result for done in perform(tasks, parallel=1) if done.result]


def fails(suites: CollectedSuites) -> None:
    """Work that goes wrong."""
    raise KeyError(len(suites.tests))


def test_work_knows_all_tests(suite: Path) -> None:
    """Every form of every test."""
    assert apart(ids, suite).result == ["test_nothing[0]", "test_nothing[1]"]


def test_each_process_runs_the_same_tests(suite: Path) -> None:
    """A run in a forked process leaves the suites as they were; its errors are told."""
    observations = apart(runs, suite).result or []

    assert [each.tests for each in observations] == [2, 2]
    assert {each.trouble for each in observations} == {Trouble.HARNESS}
    assert all("made no check of it" in each.explanation for each in observations)


def test_error_of_the_work_comes_out(suite: Path) -> None:
    """As if the work had been called directly."""
    assert "KeyError: 2" in apart(fails, suite).explanation


def test_suites_that_cannot_be_collected(suite: Path) -> None:
    """No work is done then; the file is named."""
    suite.write_text(BROKEN, "utf-8")

    assert "cannot be collected" in apart(ids, suite).explanation
