"""What all processes of a run have seen so far, and what each waits for.

Each process keeps its numbers and its wait in a file of its own in the folder of the run, for
nothing else tells of a process while a test runs.
"""

import os
import struct
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from rcs_conformance.model.exchange import Event, Notification
from rcs_conformance.report.progress import Wait

_PREFIX = ".traffic-"
_NUMBERS = struct.Struct("<QQ")
_WAIT = struct.Struct("<dd64s")
"""When the wait began and when it ends, by the clock of the system, and for what, in UTF-8."""


class TrafficCount:
    """The numbers of this process, and the sum of all that share a folder with it.

    Args:
        name: Tells the counts of one process from each other, where it has several.
    """

    def __init__(self, name: str = "") -> None:
        self._name = name
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
                self._publish(self._folder, 0, _NUMBERS.pack(self._requests, self._notifications))

    def wait(self, root: str, seconds: float) -> None:
        """A test begins to wait for a notification, or ends it.

        Args:
            root: The structure of the notification; empty: nothing is waited for any more.
            seconds: How long it is waited for at most.
        """
        if self._folder is not None:
            now = time.time()
            packed = _WAIT.pack(now, now + seconds, root.encode()[: _WAIT.size - 16])
            with suppress(OSError):
                self._publish(self._folder, _NUMBERS.size, packed)

    def waits(self) -> tuple[Wait, ...]:
        """What the processes wait for at present."""
        now, found = time.time(), []
        for data in self._files():
            with suppress(struct.error):
                since, until, root = _WAIT.unpack_from(data, _NUMBERS.size)
                name = root.rstrip(b"\0").decode("utf-8", "replace")
                if name and now <= until:
                    found.append(Wait(root=name, waited=now - since, left=until - now))
        return tuple(found)

    def total(self) -> tuple[int, int]:
        """Requests and notifications of all processes."""
        if self._folder is None:
            return self._requests, self._notifications
        found = []
        for data in self._files():
            with suppress(struct.error):
                found.append(_NUMBERS.unpack_from(data))
        return sum(requests for requests, _ in found), sum(heard for _, heard in found)

    def _files(self) -> Iterator[bytes]:
        if self._folder is None:
            return
        for file in self._folder.glob(f"{_PREFIX}*"):
            with suppress(OSError):
                yield file.read_bytes()

    def _publish(self, folder: Path, offset: int, data: bytes) -> None:
        if self._file is None:
            place = folder / f"{_PREFIX}{os.getpid()}{self._name}"
            self._file = os.open(place, os.O_WRONLY | os.O_CREAT, 0o600)
        os.pwrite(self._file, data, offset)

    def close(self) -> None:
        """Count no longer."""
        self._folder = None
        if self._file is not None:
            os.close(self._file)
            self._file = None
