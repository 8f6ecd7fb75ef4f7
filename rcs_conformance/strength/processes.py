"""Runs tasks in forked processes, some at a time; none of them is lost, however it ends.

A forked process has all that this one has imported and built, and nothing that it does to itself
is seen by another. It is forked while this process has one thread.
"""

import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Generic, TypeVar

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.plugin.processor import keep_to_one_processor
from rcs_conformance.strength.records import Trouble

T = TypeVar("T")

_GRACE = 5.0
"""Seconds that a process has for its end after it handed over its result."""
_LAST_LINES = 12
"""Lines of a process' output that explain why it came to no result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Generic[T]):
    """Something to do in a process of its own.

    Attributes:
        name: Tells it from others.
        work: What to do; the result is handed back by pickling.
        deadline: Seconds after which it is given up.
    """

    name: str
    work: Callable[[], T]
    deadline: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Generic[T]):
    """How a task ended.

    Attributes:
        name: Of the task.
        result: What its work returned; `None` with a trouble.
        seconds: How long its process ran.
        trouble: Why there is no result.
        explanation: The trouble in words, with the last lines that the process wrote.
    """

    name: str
    result: T | None
    seconds: float
    trouble: Trouble | None = None
    explanation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Child:
    name: str
    place: int
    process: ForkProcess
    reader: Connection
    folder: Path
    begun: float
    deadline: float

    @property
    def left(self) -> float:
        """Seconds until it is given up."""
        return self.begun + self.deadline - time.monotonic()

    def last_lines(self) -> str:
        """The end of what it wrote."""
        text = (self.folder / "log").read_text("utf-8", "replace")
        return "\n".join(text.strip().splitlines()[-_LAST_LINES:])


def perform(tasks: Iterable[Task[T]], *, parallel: int) -> Iterator[Done[T]]:
    """Do tasks, and tell how each ended as soon as it has.

    Args:
        tasks: What to do.
        parallel: How many at a time.

    Raises:
        ConfigurationError: This system has no fork.
    """
    if not hasattr(os, "fork"):
        raise ConfigurationError("this needs a system whose processes can fork")
    waiting = deque(tasks)
    places = deque(range(parallel))
    running: dict[Connection, _Child] = {}
    with tempfile.TemporaryDirectory(prefix="rcs-conformance-strength-") as scratch:
        try:
            while waiting or running:
                while waiting and places:
                    child = _started(waiting.popleft(), places.popleft(), Path(scratch))
                    running[child.reader] = child
                for child in _ready(running.values()):
                    del running[child.reader]
                    places.append(child.place)
                    yield _ended(child)
        finally:
            for child in running.values():
                _stop(child)


def _started(task: Task[T], place: int, scratch: Path) -> _Child:
    context = multiprocessing.get_context("fork")
    reader, writer = context.Pipe(duplex=False)
    folder = Path(tempfile.mkdtemp(dir=scratch))
    (folder / "log").touch()
    handed = (task.work, place, writer, folder)
    process = context.Process(target=_child, args=handed, name=task.name)
    process.start()
    writer.close()
    return _Child(
        name=task.name,
        place=place,
        process=process,
        reader=reader,
        folder=folder,
        begun=time.monotonic(),
        deadline=task.deadline,
    )


def _child(work: Callable[[], T], place: int, writer: Connection, folder: Path) -> None:
    """What a forked process does: its work, with files and output of its own."""
    keep_to_one_processor(place)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who is interrupted is the parent, who ends us
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    tempfile.tempdir = str(folder)
    log = os.open(folder / "log", os.O_WRONLY | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.stdout = sys.stderr = os.fdopen(1, "w", buffering=1, encoding="utf-8", closefd=False)
    writer.send(work())
    writer.close()


def _ready(running: Iterable[_Child]) -> list[_Child]:
    """Those that have a result, have ended without, or ran out of time."""
    known = list(running)
    patience = max(0.0, min(child.left for child in known))
    heard = wait([child.reader for child in known], timeout=patience)
    return [child for child in known if child.reader in heard or child.left <= 0]


def _ended(child: _Child) -> Done[T]:
    result: T | None = None
    trouble, explanation = None, ""
    if not child.reader.poll():
        trouble = Trouble.HUNG
        passed = f"no result after {child.deadline:g} s"
        explanation = f"{passed}; its last lines:\n{child.last_lines()}"
    else:
        try:
            result = child.reader.recv()
        except EOFError:
            child.process.join(_GRACE)
            trouble = Trouble.CRASHED
            code = child.process.exitcode
            explanation = f"ended with {code} and no result; its last lines:\n{child.last_lines()}"
    _stop(child, patiently=trouble is None)
    return Done(
        name=child.name,
        result=result,
        seconds=time.monotonic() - child.begun,
        trouble=trouble,
        explanation=explanation,
    )


def _stop(child: _Child, *, patiently: bool = False) -> None:
    """See that a process is no more, and close what was for it."""
    if patiently:
        child.process.join(_GRACE)
    if child.process.is_alive():
        child.process.kill()
    child.process.join()
    child.process.close()
    child.reader.close()
