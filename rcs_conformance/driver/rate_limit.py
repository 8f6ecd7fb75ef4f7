"""Keeps to the rate of requests that the target file allows."""

import time
from threading import Event, Lock


class RateLimit:
    """Spreads requests evenly over time; shared by all actors of a process.

    Args:
        per_second: The most requests per second; `None` lets each go at once.
    """

    def __init__(self, per_second: float | None = None) -> None:
        self._interval = 0.0 if per_second is None else 1.0 / per_second
        self._lock = Lock()
        self._next = 0.0

    def wait(self) -> None:
        """Wait for the turn of one request."""
        if not self._interval:
            return
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next)
            self._next = turn + self._interval
        if turn > now:
            Event().wait(turn - now)
