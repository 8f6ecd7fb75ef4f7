"""Progress goes on while a test runs, beside pytest's capturing, and says how long is left."""

import io
import os
import re
from collections.abc import Callable, Iterator
from threading import Event
from typing import TextIO

import pytest

from rcs_conformance.model.results import TestRecord, Verdict
from rcs_conformance.report.progress import RunProgress, Wait

PATIENCE = 10.0


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Heard(io.StringIO):
    """A stream that says when a line is there."""

    def __init__(self) -> None:
        super().__init__()
        self.has_line = Event()

    def flush(self) -> None:
        """A line is whole."""
        super().flush()
        self.has_line.set()


@pytest.fixture
def pipe() -> Iterator[tuple[TextIO, TextIO]]:
    """Both ends of a pipe: to read, and to write."""
    reading, writing = os.pipe()
    with os.fdopen(reading) as source, os.fdopen(writing, "w") as sink:
        yield source, sink


def test_line_with_estimate(make_record: Callable[..., TestRecord]) -> None:
    """Tests, elapsed time, an estimate after a tenth, traffic, and what somebody has to look at."""
    clock = Clock()
    progress = RunProgress(Heard(), terminal=False, traffic=lambda: (31, 7), clock=clock)
    progress.start(20)
    before = progress.line()
    progress.finished(make_record())
    clock.now += 90
    early = progress.line()
    progress.finished(make_record(verdict=Verdict.PASS))
    during = progress.line()
    progress.stop()
    assert before == "0/20 tests, 0 s; 31 requests, 7 notifications"
    assert early == "1/20 tests, 1 min 30 s; 31 requests, 7 notifications; 1 fail"
    assert during == (
        "2/20 tests, 1 min 30 s, about 13 min 30 s left; 31 requests, 7 notifications; 1 fail"
    )


def test_line_says_what_is_waited_for() -> None:
    """The most common structures by name; waits that have just begun are left out."""

    def waiting(root: str, *left: float, waited: float = 2.0) -> list[Wait]:
        return [Wait(root=root, waited=waited, left=each) for each in left]

    waits = [
        *waiting("chatEventNotification", 4.0, 9.0),
        *waiting("chatMessageNotification", 3.0, 3.0, 3.0),
        *waiting("fileTransferEventNotification", 1.0),
        *waiting("chatParticipantStatusNotification", 30.0, waited=0.2),
    ]
    progress = RunProgress(Heard(), terminal=False, waits=lambda: waits)
    line = progress.line()
    assert line.endswith(
        "; waiting for chatMessageNotification in 3 tests, chatEventNotification in 2 tests,"
        " others in 1 test, up to 9 s left"
    )


def test_lines_come_while_a_test_runs() -> None:
    """No test ends, and the reader still sees that something goes on."""
    stream = Heard()
    progress = RunProgress(stream, terminal=False, traffic=lambda: (1, 0), interval=0.01)
    progress.start(5)
    assert stream.has_line.wait(PATIENCE)
    progress.stop()
    assert stream.getvalue().startswith("0/5 tests, 0 s; 1 requests, 0 notifications\n")


def test_capturing_does_not_take_it(pipe: tuple[TextIO, TextIO]) -> None:
    """Pytest redirects the descriptor of a stream while a test runs."""
    source, sink = pipe
    progress = RunProgress(sink, terminal=False, interval=0.01)
    progress.start(5)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sink.fileno())
    os.close(nowhere)
    line = source.readline()
    progress.stop()
    assert line.startswith("0/5 tests")


def test_nobody_reads_it(pipe: tuple[TextIO, TextIO]) -> None:
    """A closed pipe ends nothing but the progress."""
    source, sink = pipe
    seen = Event()

    def traffic() -> tuple[int, int]:
        seen.set()
        return 0, 0

    progress = RunProgress(sink, terminal=False, traffic=traffic, interval=0.01)
    source.close()
    progress.start(5)
    assert seen.wait(PATIENCE)
    progress.stop()


def test_terminal_says_how_long_tests_wait(make_record: Callable[..., TestRecord]) -> None:
    """In the place of the traffic, for the line is short."""
    stream = io.StringIO()
    wait = Wait(root="chatEventNotification", waited=1.5, left=12.0)
    progress = RunProgress(
        stream, terminal=True, traffic=lambda: (3, 2), waits=lambda: (wait, wait)
    )
    progress.start(40)
    progress.finished(make_record())
    shown = stream.getvalue()
    progress.stop()
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    assert "1 fail, 2 tests waiting, up to 12 s" in plain
    assert "-:--:--" in plain


def test_terminal_shows_a_line_that_moves(make_record: Callable[..., TestRecord]) -> None:
    """With what was found, the traffic, the time and an estimate; nothing while it is paused."""
    stream = io.StringIO()
    progress = RunProgress(stream, terminal=True, traffic=lambda: (3, 2))
    progress.start(4)
    progress.finished(make_record())
    shown = stream.getvalue()
    with progress.paused():
        length = len(stream.getvalue())
        progress.finished(make_record())
        assert len(stream.getvalue()) == length
    progress.stop()
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown)
    assert re.search(r"1 fail, 3 requests, 2 notifications \S+ 1/4 0:00:0\d \S+ left", plain)


def test_stop_without_start() -> None:
    """A run that never began has no progress to take away."""
    stream = io.StringIO()
    RunProgress(stream, terminal=True).stop()
    assert stream.getvalue() == ""
