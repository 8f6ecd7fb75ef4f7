"""The terminal during a prompt: the streams that pytest captures otherwise."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import pytest

from rcs_conformance.report.console import RunConsole

CONSOLE = pytest.StashKey[RunConsole]()
"""Where the process that controls a run keeps its console."""


def terminal_streams(config: pytest.Config) -> Callable[[], AbstractContextManager[None]]:
    """A context in which standard input and output are those that the run was started with.

    Meanwhile no progress is shown.

    The fixtures of pytest give back standard output alone. For standard input there is only the
    plugin that captures, which debuggers suspend as well; `tests/plugin/test_prompt.py` fails
    where a version of pytest has it no longer.
    """
    capture: Any = config.pluginmanager.getplugin("capturemanager")
    console = config.stash.get(CONSOLE, None)

    @contextmanager
    def streams() -> Iterator[None]:
        with console.paused() if console is not None else nullcontext(), uncaptured():
            yield

    @contextmanager
    def uncaptured() -> Iterator[None]:
        if capture is None:
            yield
            return
        capture.suspend(in_=True)
        try:
            yield
        finally:
            capture.resume()

    return streams
