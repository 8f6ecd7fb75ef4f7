"""How long to wait for a notification.

The first waits have the time that the target file gives. A kind of notification that twice in a
row did not come within it is then waited for in a fraction of it, until one comes: a server that
loses them fails in minutes instead of hours.
"""

from collections import Counter

_FULL_WAITS = 2
_FRACTION = 0.2


class Deadlines:
    """The time to wait, by kind of notification.

    Args:
        seconds: The time that the target file gives.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._misses: Counter[object] = Counter()

    def seconds(self, kind: object) -> float:
        """How long to wait for a notification of a kind at most."""
        patient = self._misses[kind] < _FULL_WAITS
        return self._seconds if patient else self._seconds * _FRACTION

    def learn(self, kind: object, *, came: bool) -> None:
        """Remember whether one came."""
        if came:
            self._misses[kind] = 0
        else:
            self._misses[kind] += 1
