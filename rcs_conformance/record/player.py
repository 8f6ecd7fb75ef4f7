"""A player: the journal of a process whose tests meet the record of a target."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from rcs_conformance.errors import HarnessError
from rcs_conformance.model.exchange import REDACTED, Event, Exchange, Notification, Request
from rcs_conformance.record.chain import Entry
from rcs_conformance.record.forms import (
    error_of,
    event_of,
    notification_of,
    poll_of,
    request_form,
    request_of,
)
from rcs_conformance.record.journal import POLL, Arguments, Journal, Value

_TESTS_HELD = 20
"""Of so many tests the notifications are at hand: a way that is compared may lag behind."""


class Parting(HarnessError):  # noqa: N818 - no error of ours: what is played is another thing
    """A test does something else than the record says it did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedTest:
    """A test of a record.

    Attributes:
        id: Its id.
        entries: What it exchanged and saw, in order, notifications left out.
        verdict: Its record, as JSON values; `None`: it came to no end.
    """

    id: str
    entries: tuple[Entry, ...]
    verdict: Entry | None


class Player(Journal):
    """Plays the tests of a chain in their order.

    Args:
        entries: Of the chain, after its head.
        lends: Whether a test is given what an earlier one did not ask for: by other rules, another
            test may be the first to subscribe a user.

    Attributes:
        partings: By test, where it first left the record.
    """

    is_live = False

    def __init__(self, entries: Iterator[Entry], *, lends: bool = False) -> None:
        super().__init__()
        self._chain = entries
        self._lock = Lock()
        self._next: Entry | None = None
        self._test = ""
        self._is_over = False
        self._left: deque[Entry] = deque()
        self._lent: deque[Entry] | None = deque() if lends else None
        self._notifications: deque[dict[int, Entry]] = deque(maxlen=_TESTS_HELD)
        self.partings: dict[str, str] = {}

    def begin_test(self, test: str) -> None:
        """Go on with a test: what comes until the next one begins is its own.

        Raises:
            Parting: The record goes on with another.
        """
        recorded = self.next_test()
        self._test, self._is_over = test, False
        if recorded is None or recorded.id != test:
            found = "ends" if recorded is None else f"goes on with {recorded.id}"
            raise self._parting(f"the record {found}")
        if self._lent is not None:
            self._lent += (each for each in self._left if each["kind"] != "example")
        self._left = deque(recorded.entries)

    def end_test(self, record: str) -> None:
        """What comes until the next one begins is no part of it.

        The last one of an interrupted run is cleaned up after when nothing is recorded any more.
        """
        self._is_over = True

    def next_test(self) -> RecordedTest | None:
        """The next test of the chain; `None` at its end."""
        while self._next is None or self._next["kind"] != "test":
            self._next = next(self._chain, None)
            if self._next is None:
                return None
        name, self._next = str(self._next["test"]), None
        entries: list[Entry] = []
        notifications: dict[int, Entry] = {}
        verdict: Entry | None = None
        for entry in self._chain:
            if entry["kind"] == "test":
                self._next = entry
                break
            if entry["kind"] == "notification":
                notifications[entry["arrival"]] = entry
            elif entry["kind"] == "verdict":
                verdict = entry["record"]
            else:
                entries.append(entry)
        self._notifications.append(notifications)
        return RecordedTest(id=name, entries=tuple(entries), verdict=verdict)

    def begin_example(self, arguments: Arguments | None = None) -> None:
        while self._left and self._left[0]["kind"] != "example":
            passed = self._left.popleft()  # what came after the last example
            if self._lent is not None:
                self._lent.append(passed)
        if not self._left:
            raise self._parting("it makes an example more than the record has")
        recorded = self._left.popleft().get("arguments")
        if arguments is not None and recorded != arguments:
            raise self._parting("it generates other arguments than the record has")

    def examples(self) -> Sequence[Arguments | None]:
        return tuple(each.get("arguments") for each in self._left if each["kind"] == "example")

    def exchanged(
        self,
        request: Request,
        send: Callable[[], Exchange],
        read: Callable[[Exchange], Exchange],
        add: Callable[[Event], None],
        connection: int = 0,
    ) -> Exchange:
        entry = self._taken(request, connection)
        asked = request_of(entry["request"])
        events: list[Event] = []
        for form in entry["events"]:
            event = event_of(form, asked)
            events.append(read(event) if isinstance(event, Exchange) else event)
            add(events[-1])
        if "error" in entry:
            raise error_of(entry["error"])
        returned = events[entry["returned"]]
        if not isinstance(returned, Exchange):
            raise self._parting("the record returns a request without a response")
        return returned

    def polled(self, ask: Callable[[], Exchange | None]) -> Exchange | None:
        form = self._observed(POLL)
        return None if form is None else poll_of(form)

    def observed(self, what: str, look: Callable[[], Value]) -> Value:
        value: Value = self._observed(what)
        return value

    def notification(self, arrival: int) -> Notification:
        for test in reversed(self._notifications):
            if arrival in test:
                return notification_of(test[arrival])
        raise self._parting(f"the record has no notification {arrival}")

    def _taken(self, request: Request, connection: int) -> Entry:
        """The next exchange of the present example with a request like this one."""
        with self._lock:
            first: Request | None = None
            for place, entry in enumerate(self._left):
                if entry["kind"] == "example":
                    break
                if entry["kind"] == "exchange":
                    if entry["connection"] == connection and _same(entry["request"], request):
                        del self._left[place]
                        return entry
                    first = first or request_of(entry["request"])
            for entry in self._lent or ():
                if entry["kind"] == "exchange" and _same(entry["request"], request):
                    (self._lent or deque()).remove(entry)
                    return entry
        was = "no further request" if first is None else f"{first.operation} ({first.url})"
        if first is not None and (first.operation, first.url) == (request.operation, request.url):
            one, other = request_form(first), request_form(request)
            members = [name for name in other if not _alike(one[name], other[name])]
            was = f"it with another {', '.join(members) or 'connection'}"
        raise self._parting(f"it sends {request.operation} ({request.url}); the record has {was}")

    def _observed(self, what: str) -> Any:  # noqa: ANN401 - a JSON value
        """What was seen next under a name."""
        with self._lock:
            for place, entry in enumerate(self._left):
                if entry["kind"] == "example":
                    break
                if entry["kind"] == "observed":
                    if entry["what"] != what:
                        return self._lent_observation(what, repr(entry["what"]))
                    del self._left[place]
                    return _seen(entry)
            return self._lent_observation(what, "nothing more")

    def _lent_observation(self, what: str, instead: str) -> Any:  # noqa: ANN401 - as above
        """What an earlier test would have seen under a name."""
        for entry in self._lent or ():
            if entry["kind"] == "observed" and entry["what"] == what:
                (self._lent or deque()).remove(entry)
                return _seen(entry)
        raise self._parting(f"it looks at {what!r}; the record has {instead}")

    def _parting(self, what: str) -> Parting:
        if not self._is_over:
            self.partings.setdefault(self._test, what)
        return Parting(f"{self._test} leaves the record: {what}")


def _seen(entry: Entry) -> Any:  # noqa: ANN401 - a JSON value
    """What was seen; raised if it was an error."""
    if "error" in entry:
        raise error_of(entry["error"])
    return entry["value"]


def _same(recorded: Entry, request: Request) -> bool:
    """Whether a request is the recorded one, in which secrets may be redacted."""
    now = request_form(request)
    return all(_alike(recorded[name], value) for name, value in now.items())


def _alike(recorded: object, now: object) -> bool:
    if recorded == now:
        return True
    if isinstance(recorded, str) and isinstance(now, str) and REDACTED in recorded:
        return _fits(recorded.split(REDACTED), now)
    if isinstance(recorded, dict) and isinstance(now, dict):
        return recorded.keys() == now.keys() and all(
            _alike(value, now[name]) for name, value in recorded.items()
        )
    if isinstance(recorded, list) and isinstance(now, list | tuple):
        return len(recorded) == len(now) and all(map(_alike, recorded, now))
    return False


def _fits(parts: list[str], text: str) -> bool:
    """Whether a text consists of parts, with anything between them."""
    first, *middle, last = parts
    if len(text) < len(first) + len(last) or not (text.startswith(first) and text.endswith(last)):
        return False
    at, end = len(first), len(text) - len(last)
    for part in middle:
        found = text.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return True
