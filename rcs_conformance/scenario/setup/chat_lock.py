"""The lock of the accounts: one process at a time starts chats that nothing tells apart.

A chat without a subject carries no marker, and two ad-hoc chats of the same users are one chat.
"""

from pathlib import Path

from filelock import FileLock, Timeout

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.record import Journal

_SECONDS = 120


class ChatLock:
    """Held by the process whose example may start chats without a marker.

    Args:
        file: Shared by all processes that use the same accounts, of this run and of others.
        journal: Of this process: without a target nobody else is waited for.
    """

    def __init__(self, file: Path, journal: Journal) -> None:
        self._journal = journal
        self._lock = FileLock(file, timeout=_SECONDS, thread_local=False)

    def acquire(self) -> None:
        """Keep other processes from starting such chats until `release`.

        Raises:
            Inconclusive: Another process did not release the lock in time.
        """
        self._journal.observed("lock of the accounts", self._acquire)

    def _acquire(self) -> None:
        try:
            if not self._lock.is_locked:
                self._lock.acquire()
        except Timeout:
            held = f"held {self._lock.lock_file} for {_SECONDS} s"
            reason = f"another process that uses the same accounts {held}"
            raise Inconclusive(Cause.TIMEOUT, reason) from None

    def release(self) -> None:
        """Let other processes start such chats; without effect where the lock is not held."""
        self._lock.release(force=True)
