"""Runs tasks in forked processes, some at a time, and reports how each ended.

A forked process has everything that this one has imported and built, and changes nothing for
others. This process must have one thread.
"""

import faulthandler
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from pathlib import Path
from typing import Generic, TypeVar

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.plugin.interruption import Interruption
from rcs_conformance.plugin.processor import keep_to_one_processor
from rcs_conformance.strength.records import Trouble

T = TypeVar("T")

_GRACE = 5.0
"""Seconds that a process has to end after it has sent its result."""
_LAST_LINES = 12
"""Lines of a process' output that are shown where it sent no result."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task(Generic[T]):
    """Work for a process of its own.

    Attributes:
        name: Of the task.
        work: What to do; the result is pickled.
        deadline: Seconds after which the process is killed.
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
        explanation: The trouble in words, with the last lines of the process' output.
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
        """Seconds until its deadline."""
        return self.begun + self.deadline - time.monotonic()

    def last_lines(self) -> str:
        """The end of its output."""
        text = (self.folder / "log").read_text("utf-8", "replace")
        return "\n".join(text.strip().splitlines()[-_LAST_LINES:])


def perform(tasks: Iterable[Task[T]], *, parallel: int) -> Generator[Done[T], None, None]:
    """Run tasks, and yield how each ended as soon as it has.

    Args:
        tasks: In the order in which they start.
        parallel: How many run at a time.

    Raises:
        ConfigurationError: This system has no fork.
        KeyboardInterrupt: A signal came, perhaps at the moment of a fork, which swallows it.
    """
    if not hasattr(os, "fork"):
        raise ConfigurationError("strength needs an operating system that can fork, such as Linux")
    places = deque(range(parallel))
    running: dict[Connection, _Child] = {}
    with (
        Interruption() as interruption,
        tempfile.TemporaryDirectory(prefix="rcs-conformance-strength-") as scratch,
    ):
        waiting = deque(tasks)
        try:
            while waiting or running:
                while waiting and places:
                    child = _started(waiting.popleft(), places.popleft(), Path(scratch))
                    running[child.reader] = child
                interruption.check()
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
    """The forked process: it does its work, with files and output of its own."""
    keep_to_one_processor(place)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is interrupted, and ends this process
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    tempfile.tempdir = str(folder)
    log = os.open(folder / "log", os.O_WRONLY | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.stdout = sys.stderr = os.fdopen(1, "w", buffering=1, encoding="utf-8", closefd=False)
    faulthandler.enable()
    writer.send(work())
    writer.close()


def _ready(running: Iterable[_Child]) -> list[_Child]:
    """Those that have sent a result, ended without one, or passed their deadline."""
    known = list(running)
    timeout = max(0.0, min(child.left for child in known))
    readable = wait([child.reader for child in known], timeout=timeout)
    return [child for child in known if child.reader in readable or child.left <= 0]


def _ended(child: _Child) -> Done[T]:
    result: T | None = None
    trouble, explanation = None, ""
    if not child.reader.poll():
        trouble = Trouble.HUNG
        explanation = f"no result after {child.deadline:g} s; its last lines:\n{child.last_lines()}"
    else:
        try:
            result = child.reader.recv()
        except EOFError:
            child.process.join(_GRACE)
            trouble = Trouble.CRASHED
            code = child.process.exitcode
            explanation = f"ended with {code} and no result; its last lines:\n{child.last_lines()}"
    _stop(child, grace=_GRACE if trouble is None else 0.0)
    return Done(
        name=child.name,
        result=result,
        seconds=time.monotonic() - child.begun,
        trouble=trouble,
        explanation=explanation,
    )


def _stop(child: _Child, *, grace: float = 0.0) -> None:
    """End a process that has not ended by itself after `grace` seconds; close its pipe."""
    child.process.join(grace)
    if child.process.is_alive():
        child.process.kill()
    child.process.join()
    child.process.close()
    child.reader.close()
