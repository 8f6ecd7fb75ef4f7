"""The evidence of the test that runs: what was exchanged and what arrived, in order.

One log serves a whole process; it is emptied at the start of each example of a test, so that what
it holds at the end is what the last example rests on. Exchanges are added by the driver's thread,
notifications by the thread that waits for them; numbers are handed out on arrival.
"""

from collections.abc import Iterable
from threading import Lock
from urllib.parse import quote

from rcs_conformance.model.exchange import REDACTED, Event

_SHORTEST_SECRET = 4


class EvidenceLog:
    """Events of the present example, by number.

    Args:
        secrets: Texts that must not get into any record, should the target echo them. Those of
            fewer than four characters are left alone: too much else would match.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        long_enough = {text for text in secrets if len(text) >= _SHORTEST_SECRET}
        forms = long_enough | {quote(text, safe="") for text in long_enough}
        self._secrets = tuple(sorted((text.encode() for text in forms), key=len, reverse=True))
        self._lock = Lock()
        self._events: dict[int, Event] = {}
        self._last = 0

    def next_number(self) -> int:
        """The number of the event that is about to be recorded."""
        with self._lock:
            self._last += 1
            return self._last

    def redacted(self, data: bytes) -> bytes:
        """The data without the secrets, should any be in it."""
        for secret in self._secrets:
            if secret in data:
                data = data.replace(secret, REDACTED.encode())
        return data

    def add(self, event: Event) -> None:
        """Keep an event; one that is known already is kept once."""
        with self._lock:
            self._events[event.number] = event

    def events(self) -> tuple[Event, ...]:
        """What happened so far, in order of the numbers."""
        with self._lock:
            return tuple(self._events[number] for number in sorted(self._events))

    def clear(self) -> None:
        """Forget all; numbers begin anew."""
        with self._lock:
            self._events.clear()
            self._last = 0
