"""The server's side of a WebSocket: frames on a connection that began as an HTTP request.

The protocol is the library's; here are the socket and the two threads that use it. One reads and
answers, in the thread of the request; the other writes what the channel brings.
"""

import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Lock, Thread

from websockets.exceptions import InvalidHandshake
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.protocol import State
from websockets.server import ServerProtocol
from websockets.typing import Subprotocol

_READ = 1 << 16
_MESSAGE_LIMIT = 1 << 20
"""Bytes in a message of a client; a longer one ends the connection."""

_TEXT = (Opcode.TEXT, Opcode.BINARY, Opcode.CONT)


class ServerSocket:
    """A WebSocket of a client.

    Args:
        connection: Of the request, which nobody else reads or writes any more.
        subprotocol: That is chosen where the client offers it; empty for none.
    """

    def __init__(self, connection: socket.socket, subprotocol: str) -> None:
        self._connection = connection
        self._lock = Lock()
        ours = [Subprotocol(subprotocol)] if subprotocol else None
        self._protocol = ServerProtocol(
            subprotocols=ours,
            select_subprotocol=lambda _, offered: next(
                (each for each in ours or () if each in offered), None
            ),
            max_size=_MESSAGE_LIMIT,
        )

    def open(self, target: str, headers: Mapping[str, str]) -> bool:
        """Answer the request for the WebSocket; whether it is one now."""
        head = [f"GET {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        with self._lock:
            self._protocol.receive_data("\r\n".join((*head, "", "")).encode("latin-1"))
            request = next(iter(self._protocol.events_received()), None)
            if not isinstance(request, Request):
                return False
            with suppress(InvalidHandshake):
                self._protocol.send_response(self._protocol.accept(request))
            self._flush()
            return self._protocol.state is State.OPEN

    def converse(
        self, written: Callable[["ServerSocket"], None], received: Callable[[bytes], None]
    ) -> None:
        """Read until either side ends it.

        Args:
            written: Writes, in a thread of its own, until it returns.
            received: Called with each message.
        """
        writer = Thread(target=self._write, args=(written,), name="websocket", daemon=True)
        writer.start()
        message = bytearray()
        while data := self._read():
            with self._lock:
                self._protocol.receive_data(data)
                events = self._protocol.events_received()
                self._flush()
            for frame in events:
                if isinstance(frame, Frame) and frame.opcode in _TEXT:
                    message += frame.data
                    if frame.fin:
                        received(bytes(message))
                        message.clear()
            if self._protocol.close_expected():
                break

    def send(self, message: bytes) -> None:
        """Send a message; without effect where the connection has ended."""
        with self._lock:
            if self._protocol.state is State.OPEN:
                self._protocol.send_text(message)
                self._flush()

    def close(self) -> None:
        """Say that it ends."""
        with self._lock:
            if self._protocol.state is State.OPEN:
                self._protocol.send_close(1000)
                self._flush()

    @property
    def is_open(self) -> bool:
        return self._protocol.state is State.OPEN

    def _write(self, written: Callable[["ServerSocket"], None]) -> None:
        with suppress(OSError):
            written(self)
            self.close()
            self._connection.shutdown(socket.SHUT_RD)

    def _read(self) -> bytes:
        try:
            return self._connection.recv(_READ)
        except OSError:
            return b""

    def _flush(self) -> None:
        """Send what the protocol has to say; the lock must be held."""
        data = b"".join(self._protocol.data_to_send())
        if data:
            self._connection.sendall(data)
