"""A recorder: the journal of a process whose tests meet a target, on disk as it is written."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock, local
from typing import Any

from rcs_conformance.errors import RcsConformanceError
from rcs_conformance.model.exchange import Event, Exchange, Notification, Request
from rcs_conformance.record.chain import FORMAT, ChainWriter
from rcs_conformance.record.forms import (
    error_form,
    event_form,
    notification_form,
    poll_form,
    request_form,
)
from rcs_conformance.record.journal import POLL, Arguments, Journal, Value


class Recorder(Journal):
    """Writes a chain; safe from several threads. Nothing is kept in memory.

    A disk that is full ends the record, and keeps no test from going on.

    Args:
        file: Made anew.
        head: What the process starts from, as JSON values.
        redact: Takes secrets out of a text.

    Raises:
        OSError: The file cannot be written.
    """

    def __init__(
        self, file: Path, head: Mapping[str, object], redact: Callable[[str], str]
    ) -> None:
        super().__init__()
        self._chain = ChainWriter(file)
        self._redact = redact
        self._lock = Lock()
        self._arrivals = 0
        self._threads = local()
        self._is_closed = False
        self._write("head", {"format": FORMAT, **head})

    def begin_test(self, test: str) -> None:
        self._write("test", {"test": test})

    def begin_example(self, arguments: Arguments | None = None) -> None:
        self._write("example", {} if arguments is None else {"arguments": arguments})

    def end_test(self, record: str) -> None:
        self._write("verdict", {"record": json.loads(record)}, flush=True)

    def exchanged(
        self,
        request: Request,
        send: Callable[[], Exchange],
        read: Callable[[Exchange], Exchange],
        add: Callable[[Event], None],
        connection: int = 0,
    ) -> Exchange:
        events: list[Event] = []
        self._threads.events = events
        entry: dict[str, object] = {"connection": connection, "request": request_form(request)}
        try:
            exchange = send()
        except RcsConformanceError as error:
            entry["error"] = error_form(error)
            raise
        else:
            entry["returned"] = _position(exchange, events)
        finally:
            self._threads.events = None
            if "error" in entry or "returned" in entry:  # else the run was interrupted
                forms = [
                    event_form(each, request)
                    for each in events
                    if not isinstance(each, Notification)
                ]
                self._write("exchange", {**entry, "events": forms})
        return exchange

    def polled(self, ask: Callable[[], Exchange | None]) -> Exchange | None:
        def form() -> object:
            exchange = ask()
            found.append(exchange)
            return None if exchange is None else poll_form(exchange)

        found: list[Exchange | None] = []
        self.observed(POLL, form)
        return found[0]

    def observed(self, what: str, look: Callable[[], Value]) -> Value:
        try:
            value = look()
        except RcsConformanceError as error:
            self._write("observed", {"what": what, "error": error_form(error)})
            raise
        self._write("observed", {"what": what, "value": value})
        return value

    def added(self, event: Event) -> None:
        events = getattr(self._threads, "events", None)
        if events is not None:
            events.append(event)

    def arrived(self, notification: Notification) -> int:
        with self._lock:
            self._arrivals += 1
            arrival = self._arrivals
        self._write("notification", {"arrival": arrival, **notification_form(notification)})
        return arrival

    def close(self) -> None:
        """Bring all to the disk."""
        if not self._is_closed:
            self._write("end", {}, flush=True)
        with self._lock:
            self._is_closed = True
            try:
                self._chain.close()
            except OSError as error:
                self.unwritten = self.unwritten or error

    def _write(self, kind: str, members: Mapping[str, Any], *, flush: bool = False) -> None:
        text = self._redact(json.dumps({"kind": kind, **members}, separators=(",", ":")))
        with self._lock:
            if self.unwritten is not None or self._is_closed:
                return
            try:
                self._chain.write(text.removeprefix("{"))
                if flush:
                    self._chain.flush()
            except OSError as error:
                self.unwritten = error


def _position(exchange: Exchange, events: list[Event]) -> int:
    """Where an exchange stands among the events that its request caused: the last like it."""
    return max(place for place, each in enumerate(events) if each == exchange)
