"""Locks of the accounts: for each user one process at a time starts chats that nothing tells apart.

A chat without a subject carries no marker, and two ad-hoc chats of the same users are one chat.
"""

import time
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock, Timeout

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.inbox import Turns
from rcs_conformance.record import Journal

_SECONDS = 900
"""Many tests may wait for a lock, each of them for as long as a slow target takes for a test."""


class ChatLock:
    """Held by the process whose example may start chats without a marker.

    Args:
        file: Shared by all processes that use the same server, of this run and of others; the lock
            of a user has its address in its name, too.
        journal: Of this process: without a target nobody else is waited for.
        turns: Of the examples that are under way together.
    """

    def __init__(self, file: Path, journal: Journal, turns: Turns | None = None) -> None:
        self._file = file
        self._journal = journal
        self._turns = turns
        self._held: dict[str, FileLock] = {}

    def acquire(self, addresses: Iterable[str]) -> None:
        """Keep other processes from starting such chats of these users until `release`.

        Locks are taken in one order by all, so that no two processes wait for each other: one that
        lacks an earlier lock than it has, and cannot have it at once, takes all of them anew.

        Args:
            addresses: Of the users.

        Raises:
            Inconclusive: Another process did not release a lock in time.
            Apart: Another example that is under way together with this one has such a chat.
        """
        if self._turns is not None:
            self._turns.stand_alone()
        wanted = tuple(addresses)
        self._journal.observed("lock of the accounts", lambda: self._acquire(wanted))

    def _acquire(self, addresses: Iterable[str]) -> None:
        lacking = sorted({*addresses} - self._held.keys())
        is_in_order = not lacking or not self._held or lacking[0] > max(self._held)
        try:
            self._take(lacking, _SECONDS if is_in_order else 0.0)
        except Timeout as late:
            wanted = sorted({*lacking, *self._held})
            self.release()
            if is_in_order:
                reason = f"another process that uses the same accounts held {late.lock_file}"
                raise Inconclusive(Cause.TIMEOUT, f"{reason} for {_SECONDS} s") from None
            self._take(wanted, _SECONDS)

    def _take(self, addresses: Iterable[str], seconds: float) -> None:
        """Take some locks one after the other.

        Raises:
            Timeout: One was not to be had in so many seconds.
        """
        deadline = time.monotonic() + seconds
        for address in addresses:
            file = self._file.with_suffix(f".{quote(address, safe='')}.lock")
            lock = FileLock(file, thread_local=False)
            lock.acquire(timeout=max(0.0, deadline - time.monotonic()))
            self._held[address] = lock

    def release(self) -> None:
        """Let other processes start such chats; without effect where no lock is held."""
        for lock in self._held.values():
            lock.release(force=True)
        self._held.clear()
