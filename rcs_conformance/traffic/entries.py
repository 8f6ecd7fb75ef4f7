"""Entries: what was on the wire, one request and its response each."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rcs_conformance.model.exchange import Headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A text message of a WebSocket.

    Attributes:
        sent: Whether the client sent it.
        time: When.
        text: What it said.
    """

    sent: bool
    time: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A request and its response, as they were on the wire.

    Attributes:
        number: Its place in the traffic, from 1 on.
        method: The HTTP method.
        url: The absolute URL; of a notification the URL that it was posted to, where that is known.
        request_headers: As sent, names in lower case.
        request_body: As sent; empty where there was none.
        status: Of the response.
        headers: Of the response, names in lower case.
        body: Of the response, decoded from transfer and content codings.
        started: When the request was sent.
        seconds: From sending to the last byte of the response.
        inbound: Whether the server sent it, to a client that listens for notifications.
        frames: What went through the WebSocket that the response opened.
    """

    number: int
    method: str
    url: str
    request_headers: Headers = ()
    request_body: bytes = b""
    status: int
    headers: Headers = ()
    body: bytes = b""
    started: datetime
    seconds: float = 0.0
    inbound: bool = False
    frames: tuple[Frame, ...] = ()

    @property
    def ended(self) -> datetime:
        """When the last byte of the response came."""
        return self.started + timedelta(seconds=self.seconds)

    def __str__(self) -> str:
        """One line for messages: number, request line, status, time."""
        time = self.started.isoformat(timespec="milliseconds")
        return f"#{self.number} {self.method} {self.url} -> {self.status}, {time}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A request of which it is not known what came of it.

    Attributes:
        started: When it was sent; `None` where that is not known.
        method: Its method; empty where that is not known.
        url: Its URL.
        may_change: Whether it may have changed something.
    """

    started: datetime | None
    method: str = ""
    url: str = ""
    may_change: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What a file has of traffic.

    Attributes:
        entries: In the order of the file.
        unusable: Why entries were left out, with how many.
        lost: Requests of which the response is not known: long polls may have brought notifications
            by it, others may have changed something.
        remarks: What there is to say of the file, a line each.
    """

    entries: tuple[Entry, ...]
    unusable: Mapping[str, int] = field(default_factory=Counter)
    lost: tuple[Lost, ...] = ()
    remarks: tuple[str, ...] = ()
