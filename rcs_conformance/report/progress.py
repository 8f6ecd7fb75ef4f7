"""The progress of a run: on a terminal a line that moves, elsewhere a line every ten seconds.

It goes on while a test runs, for one that waits for a slow target may take minutes. Pytest captures
the output of tests, so progress is written to a duplicate of the stream.
"""

import io
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event, RLock, Thread
from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from rcs_conformance.model.results import TestRecord, Verdict
from rcs_conformance.report.text import counted

INTERVAL = 10.0
"""Seconds between two lines without a terminal."""

_REFRESH = 0.5
"""Seconds between two pictures on a terminal."""

_BAR = 10
"""Characters of the bar; the whole line must fit into 80 columns."""

_ALARMING = (Verdict.FAIL, Verdict.ERROR, Verdict.INCONCLUSIVE)

Traffic = Callable[[], tuple[int, int]]
"""How many requests and notifications there were so far."""

_ESTIMATED_FROM = 0.1
"""The share of the tests after which the rest is estimated."""

_LONG = 1.0
"""Seconds after which a wait is shown: on a fast target none is."""

_ROOTS_SHOWN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """What a test waits for.

    Attributes:
        root: The structure of the notification.
        waited: Seconds so far.
        left: Seconds until the test gives up.
    """

    root: str
    waited: float
    left: float


Waits = Callable[[], Sequence[Wait]]
"""What the tests wait for at present."""


class RunProgress:
    """Shows how far a run is, from `start` to `stop`.

    Args:
        stream: Where to.
        terminal: Whether that is a terminal.
        traffic: What is counted beside tests.
        waits: What tests wait for.
        interval: Seconds between two lines without a terminal.
        clock: Seconds since some moment.
    """

    def __init__(
        self,
        stream: TextIO,
        *,
        terminal: bool,
        traffic: Traffic = lambda: (0, 0),
        waits: Waits = tuple,
        interval: float = INTERVAL,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._stream = stream
        self._is_terminal = terminal
        self._traffic = traffic
        self._waits = waits
        self._interval = interval
        self._clock = clock
        self._begun = 0.0
        self._total = 0
        self._verdicts: Counter[Verdict] = Counter()
        self._bar: Progress | None = None
        self._over = Event()
        self._lock = RLock()
        self._paused = False
        self._thread: Thread | None = None
        self._own: TextIO | None = None

    def start(self, total: int) -> None:
        """Tests begin; `total` of them are to come."""
        self._total, self._begun = total, self._clock()
        self._own = _beside_capture(self._stream)
        if self._is_terminal:
            self._bar = _bar(self._own or self._stream, total)
            self._bar.start()
        self._thread = Thread(target=self._run, name="progress", daemon=True)
        self._thread.start()

    def finished(self, record: TestRecord) -> None:
        """A test is over."""
        with self._lock:
            self._verdicts[record.verdict] += 1
            if self._bar is not None and not self._paused:
                self._show(self._bar)

    def line(self) -> str:
        """How far the run is, in words."""
        done, seconds = self._verdicts.total(), self._clock() - self._begun
        words = f"{done}/{self._total} tests, {_duration(seconds)}"
        if _ESTIMATED_FROM * self._total <= done < self._total and done:
            words += f", about {_duration(seconds / done * (self._total - done))} left"
        return "; ".join(filter(None, (words, self._seen(), self._tally(), self._awaited())))

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Nothing is shown meanwhile: somebody else writes to the terminal."""
        with self._lock:
            self._paused = True
            if self._bar is not None:
                self._bar.stop()
        try:
            yield
        finally:
            with self._lock:
                self._paused = False
                if self._bar is not None:
                    self._bar.start()

    def stop(self) -> None:
        """No more tests come. May be called more than once."""
        self._over.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
        if self._own is not None:
            with suppress(OSError):
                self._own.close()
            self._own = None

    def _run(self) -> None:
        pause = _REFRESH if self._is_terminal else self._interval
        while not self._over.wait(pause):
            with self._lock:
                if self._paused:
                    continue
                if self._bar is not None:
                    self._show(self._bar)
                else:
                    self._write(f"{self.line()}\n")

    def _show(self, bar: Progress) -> None:
        shown = (self._tally(), self._awaited_briefly() or self._seen())
        description = ", ".join(filter(None, shown)) or "tests"
        with suppress(OSError):
            bar.update(
                bar.task_ids[0],
                completed=self._verdicts.total(),
                description=description,
                refresh=True,
            )

    def _write(self, text: str) -> None:
        with suppress(OSError, ValueError):  # a closed pipe; the end of the run tells it
            stream = self._own or self._stream
            stream.write(text)
            stream.flush()

    def _seen(self) -> str:
        requests, notifications = self._traffic()
        if not requests + notifications:
            return ""
        return f"{requests} requests, {notifications} notifications"

    def _awaited(self) -> str:
        """What is waited for: the most common structures by name, and how long at most."""
        waits = [each for each in self._waits() if each.waited >= _LONG]
        if not waits:
            return ""
        common = Counter(each.root for each in waits).most_common(_ROOTS_SHOWN)
        named = [f"{root} in {_tests(number)}" for root, number in common]
        rest = len(waits) - sum(number for _, number in common)
        named += [f"others in {_tests(rest)}"] if rest else []
        left = max(each.left for each in waits)
        return f"waiting for {', '.join(named)}, up to {_duration(left)} left"

    def _awaited_briefly(self) -> str:
        waits = [each for each in self._waits() if each.waited >= _LONG]
        if not waits:
            return ""
        left = max(each.left for each in waits)
        return f"{_tests(len(waits))} waiting, up to {_duration(left)}"

    def _tally(self) -> str:
        return ", ".join(
            f"{self._verdicts[verdict]} {verdict.value}"
            for verdict in _ALARMING
            if self._verdicts[verdict]
        )


def _bar(stream: TextIO, total: int) -> Progress:
    """A line with the share that is done, the time it took, and an estimate of the rest."""
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=_BAR),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        _Estimate(),
        TextColumn("left"),
        console=Console(file=stream, force_terminal=True, highlight=False, emoji=False),
        transient=True,
        auto_refresh=False,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    bar.add_task("tests", total=total)
    return bar


class _Estimate(TimeRemainingColumn):
    """The estimate of the rest, once it rests on a share of the tests."""

    def render(self, task: Task) -> Text:
        if task.completed < _ESTIMATED_FROM * (task.total or 0):
            return Text("-:--:--", style="progress.remaining")
        return super().render(task)


def _tests(number: int) -> str:
    return counted(number, "test")


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _beside_capture(stream: TextIO) -> TextIO | None:
    """A stream to the same place that capturing leaves alone; `None` where there is no file."""
    try:
        copy = os.dup(stream.fileno())
    except (OSError, ValueError, AttributeError, io.UnsupportedOperation):
        return None
    return open(copy, "w", encoding=stream.encoding, errors="backslashreplace")  # noqa: PTH123 - closed by `stop`
