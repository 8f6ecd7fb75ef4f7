"""Output that neither a closed pipe nor an encoding can stop.

`rcs-conformance run | head` still writes its report, and a name that the terminal's encoding lacks
is shown escaped.
"""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Pipe(io.BufferedIOBase):
    """The bytes of a stream, until nobody reads them any more; then they go nowhere.

    Args:
        stream: The stream of the process, which stays open.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    @property
    def name(self) -> str:
        return self._stream.name

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._stream.isatty()

    def fileno(self) -> int:
        return self._stream.fileno()

    def write(self, data: "ReadableBuffer") -> int:
        """Write, or drop what cannot be written."""
        with self._dropping():
            self._stream.write(data)
        return len(memoryview(data))

    def flush(self) -> None:
        """Flush, or drop what cannot be written."""
        with self._dropping():
            self._stream.flush()

    @contextmanager
    def _dropping(self) -> Iterator[None]:
        """After a broken pipe have the descriptor lead nowhere; the interpreter flushes it too."""
        try:
            yield
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)


@contextmanager
def steady_output() -> Iterator[None]:
    """Replace the standard streams of the process, where they are its own."""
    before = sys.stdout, sys.stderr
    if all(each is own for each, own in zip(before, (sys.__stdout__, sys.__stderr__), strict=True)):
        sys.stdout, sys.stderr = (_steady(each) for each in before)
    try:
        yield
    finally:
        for each in (sys.stdout, sys.stderr):
            each.flush()
        sys.stdout, sys.stderr = before


def _steady(stream: TextIO) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        _Pipe(stream.buffer),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=True,
        write_through=True,
    )
