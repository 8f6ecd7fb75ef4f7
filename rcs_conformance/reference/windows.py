"""Windows: moments in which a server with a fault lets another request in between.

A server that conforms carries out one request after another. A fault of overlapping requests gives
up its turn in the middle of one, until another request that belongs to the fault has come as far.
So it shows whenever two such requests overlap, and never by chance.
"""

from collections.abc import Hashable
from threading import Condition, get_ident

_PATIENCE = 0.3
"""Seconds that a request waits for another one; afterwards it goes on as if alone."""

_Side = tuple[Hashable, str]
"""What a request is about, with what it does to that."""


class Windows:
    """The windows of one fault; all methods are called by who holds the server's lock.

    Args:
        lock: The server's lock, which is given up while a request waits.
    """

    def __init__(self, lock: Condition) -> None:
        self._lock = lock
        self._waiting: set[_Side] = set()
        self._gone_on: dict[int, _Side] = {}
        self._ended: set[_Side] = set()

    def meet(self, about: Hashable, role: str, other: str, *, last: bool = False) -> bool:
        """Wait until another request about the same is here, too.

        Args:
            about: What both are about.
            role: What this request does.
            other: What the other one does.
            last: Whether this one goes on only when the other one has ended.

        Returns:
            Whether another one came.
        """
        mine, theirs = (about, role), (about, other)
        if theirs in self._waiting:
            self._ended.discard(theirs)
            self.release(about, other)
            if last:
                self._lock.wait_for(lambda: theirs in self._ended, _PATIENCE)
            return True
        self._waiting.add(mine)
        met = self._lock.wait_for(lambda: mine not in self._waiting, _PATIENCE)
        self._waiting.discard(mine)
        if met:
            self._gone_on[get_ident()] = mine
        return met

    def release(self, about: Hashable, role: str) -> None:
        """Let a request that waits go on when this one ends; nothing if there is none."""
        self._waiting.discard((about, role))
        self._lock.notify_all()

    def end(self) -> None:
        """The request of this thread ends."""
        if side := self._gone_on.pop(get_ident(), None):
            self._ended.add(side)
            self._lock.notify_all()
