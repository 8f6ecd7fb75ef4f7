"""Keeps to the rate of requests that the target file allows."""

import time
from threading import Event, Lock

LONGEST_HOLD = 30.0
"""Longest wait that a target may ask for at once, in seconds."""

ALL_HOLDS = 120.0
"""Longest wait that a target may ask for in a run, over all its requests; seconds."""

ALL_BUSY = 20.0
"""Longest wait in a run for requests of tests that get 503 each time; seconds."""


class RateLimit:
    """Spreads requests evenly over time; shared by all actors of a process.

    Args:
        per_second: The most requests per second; `None` lets each go at once.
        all_holds: Seconds that the target may ask for in all.
        includes_busy: Whether 503 with Retry-After is a limit in every response.
    """

    def __init__(
        self,
        per_second: float | None = None,
        all_holds: float = ALL_HOLDS,
        *,
        includes_busy: bool = False,
    ) -> None:
        self.includes_busy = includes_busy
        self._interval = 0.0 if per_second is None else 1.0 / per_second
        self._lock = Lock()
        self._next = 0.0
        self._holds_left = all_holds
        self._busy_left = ALL_BUSY

    def hold(self, seconds: float) -> bool:
        """Let no request go for some seconds, as the target asks for with 429.

        Returns:
            Whether it is done; not if it were longer than one such wait, or all of them, may be.
        """
        with self._lock:
            if seconds > min(LONGEST_HOLD, self._holds_left):
                return False
            self._holds_left -= seconds
            self._next = max(self._next, time.monotonic() + seconds)
        return True

    def hold_busy(self, seconds: float) -> bool:
        """Likewise, as the target asks for with 503 in a test of its own, which is judged if not.

        Returns:
            As `hold`. A target may have no other response to a request than 503: what is waited for
            such is less, and is given back by `served`.
        """
        with self._lock:
            if seconds > self._busy_left:
                return False
            self._busy_left -= seconds
            self._next = max(self._next, time.monotonic() + seconds)
        return True

    def served(self, seconds: float) -> None:
        """A request was served after so long a wait of `hold_busy`."""
        with self._lock:
            self._busy_left += seconds

    def wait(self) -> None:
        """Wait for the turn of one request."""
        with self._lock:
            now = time.monotonic()
            turn = max(now, self._next)
            self._next = turn + self._interval
        if turn > now:
            Event().wait(turn - now)
