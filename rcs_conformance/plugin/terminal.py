"""Gives the streams back that pytest captures, for as long as somebody is to be asked."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from _pytest.capture import CaptureManager


def terminal_streams(config: pytest.Config) -> Callable[[], AbstractContextManager[None]]:
    """A context in which standard input and output are those that the run was started with."""
    capture = config.pluginmanager.getplugin("capturemanager")

    @contextmanager
    def streams() -> Iterator[None]:
        if not isinstance(capture, CaptureManager):
            yield
            return
        capture.suspend(in_=True)
        try:
            yield
        finally:
            capture.resume()

    return streams
