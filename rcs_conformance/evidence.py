"""The evidence of the test that runs: what was exchanged and what arrived, in order.

One log serves a whole process; it is emptied at the start of each example of a test, so that what
it holds at the end is what the last example rests on. Exchanges are added by the driver's thread,
notifications by the thread that waits for them; numbers are handed out on arrival.
"""

import html
import json
import re
from collections.abc import Iterable
from threading import Lock
from urllib.parse import quote, quote_plus

from rcs_conformance.model.exchange import REDACTED, Event

_SHORTEST_SECRET = 4
_ESCAPED_OCTET = re.compile("%[0-9A-F]{2}")


class EvidenceLog:
    """Events of the present example, by number.

    Args:
        secrets: Texts that must not get into any record, should the target echo them. Those of
            fewer than four characters are left alone: too much else would match.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._lock = Lock()
        self._known: frozenset[str] = frozenset()
        self._secrets: tuple[bytes, ...] = ()
        self.learn(*secrets)
        self._events: dict[int, Event] = {}
        self._last = 0

    def learn(self, *secrets: str) -> None:
        """Redact further texts from now on, such as tokens that were fetched meanwhile."""
        new = {each for each in secrets if len(each) >= _SHORTEST_SECRET} - self._known
        if not new:
            return
        with self._lock:
            self._known |= new
            forms = {form.encode() for text in new for form in _written(text)}
            # Bound anew as a whole: `redacted` reads it in other threads without the lock.
            self._secrets = tuple(sorted({*self._secrets, *forms}, key=len, reverse=True))

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

    def redacted_text(self, text: str) -> str:
        """The text without the secrets; for headers and reasons as `redacted` for bodies."""
        return self.redacted(text.encode(errors="surrogateescape")).decode(errors="surrogateescape")

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


def _written(text: str) -> set[str]:
    """The forms in which a target may send a text back: as it is, in URLs, in XML, in JSON."""
    in_url, in_json = quote(text, safe=""), json.dumps(text)[1:-1]
    return {
        text,
        in_url,
        quote_plus(text),
        _ESCAPED_OCTET.sub(lambda found: found[0].lower(), in_url),
        html.escape(text, quote=False),
        html.escape(text),
        in_json,
        in_json.replace("/", "\\/"),
    }
