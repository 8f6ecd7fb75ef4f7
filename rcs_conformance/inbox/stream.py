"""A stream: fills mailboxes with what comes through the WebSocket of a notification channel.

One thread receives, for as long as the connection lasts and nobody ends it. It answers each
connCheck of the server. A server that floods it, or that ends the connection several times in a
row, is no longer listened to: what is waited for then does not come, and the reason is known.
"""

import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from queue import Empty, Queue
from threading import Event, Thread
from typing import Protocol

from rcs_conformance.errors import ConnectionBroken, TargetError, WireError
from rcs_conformance.inbox.distribution import Distribution
from rcs_conformance.inbox.loss import NO_LOSS, Loss
from rcs_conformance.inbox.mailbox import Mailbox, Reader
from rcs_conformance.model.channel import ConnAck, ConnCheck
from rcs_conformance.model.exchange import Exchange, Notification
from rcs_conformance.model.formats import Format
from rcs_conformance.record.journal import Value
from rcs_conformance.wire.notification_list import listed

_ATTEMPTS = 3
"""How many connections in a row may end without a message before the channel counts as broken."""

_PAUSE = 0.25
"""Seconds before the next connection."""

_AWHILE = 1.0
"""Seconds after which the thread looks whether it is to end, whatever comes."""

_MOST_MESSAGES = 20_000
_MOST_BYTES = 64 << 20
"""How much may come within one example of a test; a server that sends more floods."""


_MOST_CONTROLS = 100
"""How many connChecks and connAcks are kept at most."""


class Connection(Protocol):
    """A WebSocket; all methods raise `TargetError` once it has ended."""

    def open(self) -> None:
        """Connect."""

    def receive(self, seconds: float) -> bytes | None:
        """The next message; `None` where none comes in so many seconds."""

    def send(self, message: bytes) -> None:
        """Send a message as text."""

    def close(self) -> None:
        """End it; safe from another thread."""


class Stream:
    """Receives from a channel and fills mailboxes.

    Args:
        connect: A new connection, not open yet.
        user: Address of the user whose channel it is.
        fmt: The format of the notifications.
        reader: Shared with all mailboxes.
        mailboxes: That are filled from the first message on.
        reconnects: Whether it connects again where the server ends the connection.

    Attributes:
        loss: The last connection that broke off, so that what was under way may be lost: what is
            sent before a close frame arrives before it.
    """

    is_limited = False
    """No limit of a target ends a stream; see `Feed`."""

    def __init__(
        self,
        *,
        connect: Callable[[], Connection],
        user: str,
        fmt: Format,
        reader: Reader,
        mailboxes: Iterable[Mailbox] = (),
        reconnects: bool = True,
    ) -> None:
        self._connect = connect
        self._user = user
        self._format = fmt
        self._reader = reader
        self._mailboxes = Distribution(mailboxes)
        self._acknowledged: Queue[None] = Queue()
        self._controls: list[list[str]] = []
        self._reconnects = reconnects
        self._trouble = ""
        self._broken = ""
        self._lost = self._failed = 0
        self.loss = NO_LOSS
        self._messages = self._bytes = 0
        self._closing, self._ready, self._ended = Event(), Event(), Event()
        self._connection = connect()
        name = f"websocket of {user} in {fmt.name}"
        self._thread = Thread(target=self._run, name=name, daemon=True)
        if reader.log.journal.is_live:
            self._thread.start()

    @property
    def trouble(self) -> str:
        """Why nothing is received any more; empty while it is."""
        return self._observed("trouble of a stream", lambda: self._trouble)

    @property
    def broken(self) -> str:
        """How the last connection broke off, which says nothing about the server; empty if not."""
        return self._observed("stream broke off", lambda: self._broken)

    @property
    def lost(self) -> int:
        """How many connections ended, so that what was under way may be lost."""
        return self._observed("connections that ended", lambda: self._lost)

    def add(self, mailbox: Mailbox) -> None:
        """Fill a mailbox as well."""
        self._mailboxes.add(mailbox)

    def idle(self) -> tuple[Exchange, ...]:
        """No exchange: see `Feed`. An example of a test begins; what came before is forgotten."""
        self._messages = self._bytes = 0
        return ()

    def ready(self, seconds: float) -> bool:
        """Wait until the connection is open, or is known not to be; whether it is."""

        def waited() -> bool:
            self._ready.wait(seconds)
            return self._ready.is_set() and not self._trouble

        return self._observed("stream is open", waited)

    def ended(self, seconds: float) -> bool:
        """Whether the server ends the connection in so many seconds."""
        return self._observed("stream has ended", lambda: self._ended.wait(seconds))

    def check(self, check: ConnCheck, fmt: Format, seconds: float) -> ConnAck | None:
        """Send a connCheck; its answer, or `None` where there is none in time.

        The answer, and what the server checked before it, become part of the evidence.

        Raises:
            TargetError: The connection has ended.
        """

        def heard() -> list[list[str]]:
            self._connection.send(self._reader.codec.encode(check, fmt))
            with suppress(Empty):
                self._acknowledged.get(timeout=seconds)
            found, self._controls = self._controls, []
            return found

        contents = [self._kept(*each) for each in self._observed("connCheck and connAck", heard)]
        return next((each for each in contents if isinstance(each, ConnAck)), None)

    def stop(self) -> None:
        """Let the next message be the last."""
        self._closing.set()

    def close(self, seconds: float) -> None:
        """End the connection, and wait for the thread so many seconds at most."""
        self.stop()
        self._connection.close()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _kept(self, message: str, received: str) -> object | None:
        """A connCheck or connAck of the server; it is kept in the evidence."""
        body, log = message.encode(), self._reader.log
        content = self._control(body)
        kept = Notification(
            number=log.observed_number(),
            user=self._user,
            format=_format_of(body),
            callback_data="",
            received=datetime.fromisoformat(received),
            headers=(),
            body=body,
            root="connAck" if isinstance(content, ConnAck) else "connCheck",
            content=content,
            by_socket=True,
        )
        log.add(kept)
        return content

    def _observed(self, what: str, look: Callable[[], Value]) -> Value:
        return self._reader.log.journal.observed(what, look)

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                self._connection.open()
                self._ready.set()
                self._receive()
            except TargetError as error:
                self._broken = str(error) if isinstance(error, ConnectionBroken) else ""
                self._ended.set()
                self._after_end(str(error))
            finally:
                self._connection.close()

    def _receive(self) -> None:
        while not self._closing.is_set():
            message = self._connection.receive(_AWHILE)
            if message is None:
                continue
            self._failed = 0
            self._messages, self._bytes = self._messages + 1, self._bytes + len(message)
            if self._messages > _MOST_MESSAGES or self._bytes > _MOST_BYTES:
                self._give_up(
                    f"the WebSocket brought {self._messages} messages of {self._bytes} bytes in all"
                    " in one test"
                )
                return
            self._take(message)

    def _after_end(self, reason: str) -> None:
        """Connect again, but for several ends in a row."""
        if self._closing.is_set():
            return
        self._lost += 1
        if self._broken:
            self.loss = Loss(time.monotonic(), reason)
        self._failed += 1
        if not self._reconnects or self._failed >= _ATTEMPTS:
            self._give_up(reason)
            return
        self._closing.wait(_PAUSE)
        self._connection = self._connect()

    def _give_up(self, reason: str) -> None:
        """Receive no more: nothing will come."""
        if not self._closing.is_set():
            self._trouble = reason
            self._closing.set()
        self._ready.set()

    def _take(self, message: bytes) -> None:
        """Hand over what a message brings, or answer it."""
        if not message.strip():
            return
        content = self._control(message)
        if content is None:
            self._hand_over(message)
            return
        if len(self._controls) < _MOST_CONTROLS:
            now = datetime.now(UTC).isoformat()
            shown = self._reader.log.redacted(message).decode("utf-8", "replace")
            self._controls.append([shown, now])
        if isinstance(content, ConnCheck):
            self._connection.send(self._reader.codec.encode(ConnAck(), self._format))
        else:
            self._acknowledged.put(None)

    def _control(self, message: bytes) -> object | None:
        """A connCheck or connAck, in either format; `None` for all else."""
        if b"connCheck" not in message and b"connAck" not in message:
            return None
        try:
            content = self._reader.codec.decode(message, _format_of(message)).content
        except WireError:
            return None
        return content if isinstance(content, ConnCheck | ConnAck) else None

    def _hand_over(self, message: bytes) -> None:
        names = self._reader.codec.names
        try:
            found = listed(message, _format_of(message), names)
        except WireError:
            self._mailboxes.put(None, (), message, by_socket=True)
            return
        for each in found:
            self._mailboxes.put(each, (), message, by_socket=True)


def _format_of(message: bytes) -> Format:
    return Format.XML if message.lstrip().startswith(b"<") else Format.JSON
