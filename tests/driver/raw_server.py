"""A server that says on a socket whatever a test wants, HTTP or not."""

import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import repeat
from threading import Event, Thread
from types import TracebackType
from typing import Self

_PATIENCE = 5.0


@dataclass(slots=True)
class Connection:
    """One accepted connection.

    Attributes:
        socket: Towards the client.
        number: 0 for the first connection to the server.
        over: Set when the server closes.
        requests: Where every request that is read is noted.
    """

    socket: socket.socket
    number: int
    over: Event
    requests: list[bytes] = field(default_factory=list)

    def read(self) -> bytes:
        """One whole request; empty where the client has closed."""
        data = b""
        while b"\r\n\r\n" not in data:
            part = self.socket.recv(65_536)
            if not part:
                return b""
            data += part
        head, _, body = data.partition(b"\r\n\r\n")
        length = next(
            (
                int(line[15:])
                for line in head.lower().split(b"\r\n")
                if line[:15] == b"content-length:"
            ),
            0,
        )
        while len(body) < length:
            body += self.socket.recv(65_536)
        self.requests.append(head + b"\r\n\r\n" + body)
        return self.requests[-1]

    def say(self, data: bytes) -> None:
        """Send all of it at once."""
        self.socket.sendall(data)

    def drip(self, pieces: Iterator[bytes], pause: float = 0.02) -> None:
        """Send piece after piece until the client or the server has gone."""
        for piece in pieces:
            if self.over.wait(pause):
                return
            self.say(piece)


Script = Callable[[Connection], None]
"""What the server does with a connection; the connection is closed after it."""


class RawServer:
    """Carries out a script on each connection, in a thread of its own.

    Attributes:
        root: Its URL.
        requests: All requests that were read, in order.
        connections: How many connections were accepted.
        closed: Set each time the server has closed a connection.
    """

    def __init__(self, script: Script) -> None:
        self._script = script
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._over = Event()
        self._threads = [Thread(target=self._accept, daemon=True)]
        self.port: int = self._listener.getsockname()[1]
        self.root = f"http://127.0.0.1:{self.port}"
        self.requests: list[bytes] = []
        self.connections = 0
        self.closed = Event()
        self._threads[0].start()

    def close(self) -> None:
        """End all connections and threads."""
        self._over.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(_PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                accepted, _ = self._listener.accept()
                accepted.settimeout(_PATIENCE)
                connection = Connection(accepted, self.connections, self._over, self.requests)
                self.connections += 1
                self._threads.append(Thread(target=self._serve, args=(connection,), daemon=True))
                self._threads[-1].start()

    def _serve(self, connection: Connection) -> None:
        with connection.socket, suppress(OSError):
            self._script(connection)
        self.closed.set()


def answer(body: bytes = b"", *headers: str, status: str = "200 OK", length: int = -1) -> bytes:
    """An answer; `length` stands in Content-Length in place of the body's own."""
    lines = [
        f"HTTP/1.1 {status}",
        *headers,
        f"Content-Length: {len(body) if length < 0 else length}",
    ]
    return "\r\n".join((*lines, "", "")).encode("latin-1") + body


def saying(data: bytes) -> Script:
    """Reads a request, sends the data, and goes on so until the client closes."""

    def script(connection: Connection) -> None:
        while connection.read():
            connection.say(data)

    return script


def dripping(beginning: bytes, piece: bytes) -> Script:
    """Reads a request, begins an answer, and goes on with one piece after the other for ever."""

    def script(connection: Connection) -> None:
        connection.read()
        connection.say(beginning)
        connection.drip(repeat(piece))

    return script
