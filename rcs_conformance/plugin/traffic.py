"""How many requests and notifications all processes of a run have seen so far.

Each process keeps its numbers in a file of its own in the folder of the run, for xdist tells
nothing of a worker while a test runs.
"""

import os
import struct
from contextlib import suppress
from pathlib import Path

from rcs_conformance.model.exchange import Event, Notification

_PREFIX = ".traffic-"
_NUMBERS = struct.Struct("<QQ")


class TrafficCount:
    """The numbers of this process, and the sum of all that share a folder with it."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._requests = 0
        self._notifications = 0
        self._file: int | None = None

    def share(self, folder: Path | None) -> None:
        """Tell the numbers in a folder from now on; `None`: nobody else is to know."""
        self._folder = folder

    def note(self, event: Event) -> None:
        """Count an event."""
        if isinstance(event, Notification):
            self._notifications += 1
        else:
            self._requests += 1
        if self._folder is not None:
            with suppress(OSError):  # progress alone rests on it
                self._publish(self._folder)

    def total(self) -> tuple[int, int]:
        """Requests and notifications of all processes."""
        if self._folder is None:
            return self._requests, self._notifications
        found = []
        for file in self._folder.glob(f"{_PREFIX}*"):
            with suppress(OSError, struct.error):
                found.append(_NUMBERS.unpack(file.read_bytes()))
        return sum(requests for requests, _ in found), sum(heard for _, heard in found)

    def _publish(self, folder: Path) -> None:
        if self._file is None:
            place = folder / f"{_PREFIX}{os.getpid()}"
            self._file = os.open(place, os.O_WRONLY | os.O_CREAT, 0o600)
        os.pwrite(self._file, _NUMBERS.pack(self._requests, self._notifications), 0)

    def close(self) -> None:
        """Count no longer."""
        self._folder = None
        if self._file is not None:
            os.close(self._file)
            self._file = None
