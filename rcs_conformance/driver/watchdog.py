"""Deadlines over whole exchanges: one thread that ends what takes too long.

A socket's own timeout starts anew with every byte, so a target that drips its answer could hold a
test for ever. Here an action, such as shutting the socket down, is carried out once the deadline
of its guard has passed.
"""

import heapq
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition, Thread


@dataclass(order=True, slots=True)
class Guard:
    """A deadline and what happens when it passes.

    Attributes:
        deadline: On the monotonic clock, in seconds.
        action: What ends the work that is guarded.
        done: The work ended by itself.
        expired: The deadline passed first.
    """

    deadline: float
    action: Callable[[], None] = field(compare=False)
    done: bool = field(default=False, compare=False)
    expired: bool = field(default=False, compare=False)


class Watchdog:
    """Guards any number of pieces of work at once with one thread.

    The thread is woken only for a deadline before the one at which it looks anyway; so an exchange
    after the other, each with a deadline after the last, costs it nothing.
    """

    def __init__(self) -> None:
        self._condition = Condition()
        self._guards: list[Guard] = []
        self._thread: Thread | None = None
        self._looks_at = math.inf

    @contextmanager
    def guard(self, seconds: float, action: Callable[[], None]) -> Iterator[Guard]:
        """Guard the work in the `with` block; `action` runs, in another thread, if it is late."""
        guard = Guard(deadline=time.monotonic() + seconds, action=action)
        with self._condition:
            heapq.heappush(self._guards, guard)
            if self._thread is None:
                self._thread = Thread(target=self._watch, name="watchdog", daemon=True)
                self._thread.start()
            elif guard.deadline < self._looks_at:
                self._condition.notify()
        try:
            yield guard
        finally:
            with self._condition:
                guard.done = True
                while self._guards and self._guards[0].done:
                    heapq.heappop(self._guards)

    def _watch(self) -> None:
        while True:
            guard = self._next_expired()
            guard.action()

    def _next_expired(self) -> Guard:
        with self._condition:
            while True:
                first = self._guards[0] if self._guards else None
                now = time.monotonic()
                if first is not None and (first.done or first.deadline <= now):
                    heapq.heappop(self._guards)
                    if not first.done:
                        first.expired = True
                        return first
                else:
                    self._looks_at = math.inf if first is None else first.deadline
                    self._condition.wait(None if first is None else first.deadline - now)
