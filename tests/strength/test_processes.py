"""Tasks in forked processes: the end of each is reported, whatever it is."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.strength.processes import Done, Task, perform
from rcs_conformance.strength.records import Trouble

pytestmark = pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
"""pytest's workers have threads, which a fork warns of from Python 3.12 on."""


def done(*works: Callable[[], object], parallel: int = 2) -> list[Done[object]]:
    """What became of tasks, in their order; those that hang are soon given up."""
    tasks = [
        Task(name=str(number), work=work, deadline=3.0 if work is _hang else 60.0)
        for number, work in enumerate(works)
    ]
    return sorted(perform(tasks, parallel=parallel), key=lambda each: each.name)


def _crash() -> None:
    os.write(1, b"so far so good\n")
    os.kill(os.getpid(), signal.SIGKILL)


def _hang() -> None:
    os.write(1, b"waiting\n")
    time.sleep(60)


def _number(number: int) -> int:
    return number


def test_results_come_back() -> None:
    """More tasks than processes: all are done."""
    found = done(*(partial(_number, number) for number in range(5)))

    assert [each.result for each in found] == [0, 1, 2, 3, 4]
    assert {each.trouble for each in found} == {None}


def test_crash_is_reported_with_the_last_lines() -> None:
    """A process that dies takes no other with it."""
    crashed, well = done(_crash, partial(_number, 7))

    assert (crashed.trouble, crashed.result) == (Trouble.CRASHED, None)
    assert "-9" in crashed.explanation
    assert "so far so good" in crashed.explanation
    assert well.result == 7


def test_exception_is_a_crash() -> None:
    """An uncaught exception is shown."""
    (raised,) = done(partial(int, "x"))

    assert raised.trouble is Trouble.CRASHED
    assert "invalid literal" in raised.explanation


def test_exit_is_a_crash() -> None:
    """Neither can a process leave without a word."""
    (left,) = done(partial(sys.exit, 0))

    assert left.trouble is Trouble.CRASHED


def test_hanging_process_is_given_up() -> None:
    """A process without an end is ended at its deadline; the one that waited for it begins."""
    hung, well = done(_hang, partial(_number, 7), parallel=1)

    assert (hung.trouble, hung.result) == (Trouble.HUNG, None)
    assert "waiting" in hung.explanation
    assert (well.trouble, well.result) == (None, 7)


def _process(folder: Path) -> None:
    (folder / str(os.getpid())).touch()
    time.sleep(60)


def test_nothing_is_left_running(tmp_path: Path) -> None:
    """Closing the generator ends all processes."""
    tasks = [
        Task(name="slow", work=partial(_process, tmp_path), deadline=30),
        Task(name="fast", work=partial(_wait_for, tmp_path), deadline=30),
    ]
    running = perform(tasks, parallel=2)
    next(running)
    running.close()  # a generator

    (process,) = (int(file.name) for file in tmp_path.iterdir())
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def _wait_for(folder: Path) -> None:
    while not list(folder.iterdir()):
        time.sleep(0.01)


def test_system_without_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where processes cannot fork, that is said."""
    monkeypatch.delattr(os, "fork")
    with pytest.raises(ConfigurationError, match="fork"):
        done(_hang)


def test_signal_that_was_swallowed_ends_them() -> None:
    """As at the moment of a fork, where Python ignores what a signal raises."""

    def tasks() -> Iterator[Task[object]]:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        yield Task(name="slow", work=_hang, deadline=3.0)

    with pytest.raises(KeyboardInterrupt):
        list(perform(tasks(), parallel=1))
