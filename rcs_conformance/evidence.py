"""The evidence of the test that runs: what was exchanged and what arrived, in order.

One log serves a whole process; it is emptied at the start of each example of a test, so that what
it holds at the end is what the last example rests on. Exchanges are added by the driver's thread,
notifications by the thread that waits for them; numbers are handed out on arrival.
"""

from collections.abc import Callable, Iterable
from threading import Lock

from rcs_conformance.model.exchange import Event
from rcs_conformance.record import Journal
from rcs_conformance.redaction import Redaction


class EvidenceLog(Redaction):
    """Events of the present example, by number; and what must get into no record of them.

    Args:
        secrets: Texts that a target may send back and nothing may show.
        noted: Called with each event that is added.

    Attributes:
        journal: Of the process: what its tests learn passes through it.
    """

    def __init__(
        self, secrets: Iterable[str] = (), noted: Callable[[Event], None] | None = None
    ) -> None:
        super().__init__(secrets)
        self.journal = Journal()
        self._noted = noted
        self._events_lock = Lock()
        self._events: dict[int, Event] = {}
        self._considered: dict[int, Event] = {}
        self._last = 0

    def next_number(self) -> int:
        """The number of the event that is about to be recorded."""
        with self._events_lock:
            self._last += 1
            return self._last

    def observed_number(self) -> int:
        """The same for an event that a test records by itself."""
        return self.journal.observed("number", self.next_number)

    def add(self, event: Event) -> None:
        """Keep an event; one that is known already is kept once."""
        with self._events_lock:
            is_new = event.number not in self._events
            self.journal.added(event)
            self._events[event.number] = event
            if is_new and self._noted is not None:
                self._noted(event)

    def consider(self, event: Event) -> None:
        """Note an event that is looked at, and may turn out to be another test's.

        It is not judged by itself; a finding may rest on it, or on what is missing among them.
        """
        with self._events_lock:
            self._considered[event.number] = event

    def events(self) -> tuple[Event, ...]:
        """What happened so far, in order of the numbers."""
        with self._events_lock:
            return tuple(self._events[number] for number in sorted(self._events))

    def everything(self) -> tuple[Event, ...]:
        """What happened so far, and what was only looked at: what a finding may rest on."""
        with self._events_lock:
            known = {**self._considered, **self._events}
        return tuple(known[number] for number in sorted(known))

    def clear(self) -> None:
        """Forget all; numbers begin anew."""
        with self._events_lock:
            self._events.clear()
            self._considered.clear()
            self._last = 0
