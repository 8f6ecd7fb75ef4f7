"""The progress of a measurement on standard error: a bar on a terminal, else a line a run."""

import sys
from types import TracebackType
from typing import IO, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from rcs_conformance.strength.records import Observation

_PLAIN_WIDTH = 120


class RunProgress:
    """The number of finished runs, and the result of each.

    Args:
        total: How many runs there will be.
        stream: Output stream (default: standard error).
        terminal: Whether that is a terminal (default: detected).
    """

    def __init__(
        self, total: int, stream: IO[str] | None = None, *, terminal: bool | None = None
    ) -> None:
        self._console = Console(
            file=stream or sys.stderr,
            force_terminal=terminal,
            highlight=False,
            markup=False,
            emoji=False,
        )
        self._total = total
        self._done = 0
        self._bar: Progress | None = None
        if self._console.is_terminal:
            self._bar = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=self._console,
                transient=True,
                auto_refresh=False,  # no thread: processes are forked meanwhile
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._bar.add_task("runs", total=total)
        else:
            self._console.width = _PLAIN_WIDTH

    def finished(self, name: str, seen: Observation, clause: str = "") -> None:
        """Show a run that has ended.

        Args:
            name: Fault or variation.
            seen: What the run showed.
            clause: The clause that should have failed; empty where none should have.
        """
        line = f"{name}: {_result(seen, clause)}  {seen.seconds:.1f} s"
        self.told(line, always=seen.trouble is not None)

    def told(self, line: str, *, always: bool = False) -> None:
        """Show in a line that one more has ended; with a bar only where it is always shown."""
        self._done += 1
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=self._done, refresh=True)
        if self._bar is None or always:
            self._console.print(Text(f"{self._done}/{self._total}  {line}"), soft_wrap=True)

    def __enter__(self) -> Self:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()


def _result(seen: Observation, clause: str) -> str:
    broken = [each.clause for each in seen.broken]
    if seen.trouble is not None:
        return seen.trouble.value
    if not broken:
        return "nothing failed"
    others = len(broken) - (clause in broken)
    first = clause if clause in broken else broken[0]
    return f"{first} failed{f', and {others} more' if clause in broken and others else ''}"
