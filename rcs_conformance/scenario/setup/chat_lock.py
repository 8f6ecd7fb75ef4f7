"""Locks of the accounts: one test at a time has a chat that nothing tells from others.

Two ad-hoc chats of the same two users are one chat, so each two have a lock. A chat without a
subject carries no marker: whoever has one keeps others from all chats of that kind of its users,
and from their ad-hoc chats; so it takes the locks of each user of its chat with any other. It gives
them back as soon as the invitations to that chat are known by its ids.
"""

import time
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock, Timeout

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.inbox import Turns
from rcs_conformance.record import Journal

_SECONDS = 900
"""Many tests may wait for a lock, each of them for as long as a slow target takes for a test."""


Pair = tuple[str, str]
"""The addresses of two users, in order."""


def pair_of(one: str, other: str) -> Pair:
    """The lock of two users."""
    return (min(one, other), max(one, other))


def pairs_with(users: Iterable[str], everyone: Iterable[str]) -> tuple[Pair, ...]:
    """The locks of each of some users with any other.

    Args:
        users: Addresses of those who take part in a chat.
        everyone: Those of all users, in order.
    """
    taking_part = {*users}
    return tuple(
        pair_of(*two) for two in combinations(everyone, 2) if not taking_part.isdisjoint(two)
    )


class ChatLock:
    """Held by the process whose example may start chats without a marker.

    Args:
        file: Shared by all processes that use the same server, of this run and of others; the lock
            of two users has their addresses in its name, too.
        journal: Of this process: without a target nobody else is waited for.
        turns: Of the examples that are under way together.
    """

    def __init__(self, file: Path, journal: Journal, turns: Turns | None = None) -> None:
        self._file = file
        self._journal = journal
        self._turns = turns
        self._held: dict[Pair, FileLock] = {}
        self._lasting: set[Pair] = set()
        self._unknown = 0

    def acquire(self, pairs: Iterable[Pair], *, until_known: bool = False) -> None:
        """Keep other tests from starting such chats of these users until `release`.

        Locks are taken in one order by all, so that no two processes wait for each other: one that
        lacks an earlier lock than it has, and cannot have it at once, takes all of them anew.

        Args:
            pairs: The locks, each of two users.
            until_known: Whether they are for one chat, and are given back by its `known`.

        Raises:
            Inconclusive: Another test did not release a lock in time.
            Apart: Another example that is under way together with this one has such a chat.
        """
        if self._turns is not None:
            self._turns.stand_alone()
        wanted = tuple(pairs)
        self._journal.observed("lock of the accounts", lambda: self._acquire(wanted))
        if until_known:
            self._unknown += 1
        else:
            self._lasting.update(wanted)

    def known(self) -> None:
        """One chat is known by its ids: what was kept for such chats alone is given back."""
        self._unknown -= 1
        if self._unknown == 0:
            for pair in self._held.keys() - self._lasting:
                self._held.pop(pair).release(force=True)

    def _acquire(self, pairs: Iterable[Pair]) -> None:
        lacking = sorted({*pairs} - self._held.keys())
        if self._held and lacking and lacking[0] <= max(self._held):
            try:
                self._take(lacking, 0.0)
            except Timeout:
                lacking = sorted({*lacking, *self._held})
                self._let_go()
            else:
                return
        try:
            self._take(lacking, _SECONDS)
        except Timeout as late:
            self._let_go()
            reason = f"another process that uses the same accounts held {late.lock_file}"
            raise Inconclusive(Cause.TIMEOUT, f"{reason} for {_SECONDS} s") from None

    def _take(self, pairs: Iterable[Pair], seconds: float) -> None:
        """Take some locks one after the other.

        Raises:
            Timeout: One was not to be had in so many seconds.
        """
        deadline = time.monotonic() + seconds
        for pair in pairs:
            name = quote(" ".join(pair), safe="")
            file = self._file.with_suffix(f".{name}.lock")
            lock = FileLock(file, thread_local=False)
            with self._journal.waiting():
                lock.acquire(timeout=max(0.0, deadline - time.monotonic()))
            self._held[pair] = lock

    def release(self) -> None:
        """Let other processes start such chats; without effect where no lock is held."""
        self._lasting.clear()
        self._unknown = 0
        self._let_go()

    def _let_go(self) -> None:
        for lock in self._held.values():
            lock.release(force=True)
        self._held.clear()
