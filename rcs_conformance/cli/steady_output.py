"""Output that neither a closed pipe, a full disk nor an encoding can stop.

`rcs-conformance run | head` still writes its report, as does a run whose log has no room left or
that has no standard output at all; a name that the terminal's encoding lacks is shown escaped.
"""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from rcs_conformance.errors import ConfigurationError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Pipe(io.BufferedIOBase):
    """The bytes of a stream, until nobody reads them any more; then they go nowhere.

    Args:
        stream: The stream of the process, which stays open.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.lost = ""
        """Why something could not be written; empty where all was, or nobody reads it any more."""

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
        """After an error have the descriptor lead nowhere; the interpreter flushes it too."""
        try:
            yield
        except OSError as error:
            if not isinstance(error, BrokenPipeError):
                self.lost = error.strerror or str(error)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._stream.fileno())
            os.close(nowhere)


@contextmanager
def steady_output() -> Iterator[None]:
    """Replace the standard streams of the process, where they are its own.

    Raises:
        ConfigurationError: In the end, if standard output could not be written: what a command
            prints may be all that it is for.
    """
    before = sys.stdout, sys.stderr
    pipe = None
    if all(each is own for each, own in zip(before, (sys.__stdout__, sys.__stderr__), strict=True)):
        pipe = _pipe(sys.stdout)
        sys.stdout, sys.stderr = _steady(pipe, before[0]), _steady(_pipe(before[1]), before[1])
    try:
        yield
    finally:
        for each in (sys.stdout, sys.stderr):
            each.flush()
        sys.stdout, sys.stderr = before
    if pipe is not None and pipe.lost:
        raise ConfigurationError(f"standard output cannot be written: {pipe.lost}")


def _pipe(stream: TextIO | None) -> _Pipe:
    """The bytes of a stream; of one that the process was started without, they go nowhere."""
    return _Pipe(stream.buffer if stream else Path(os.devnull).open("wb"))


def _steady(pipe: _Pipe, stream: TextIO | None) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        pipe,
        encoding=stream.encoding if stream else "utf-8",
        errors="backslashreplace",
        line_buffering=True,
        write_through=True,
    )
