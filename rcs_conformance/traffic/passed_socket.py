"""A WebSocket that passes the recording proxy, message by message.

The proxy speaks the protocol with both sides, since the origin stands in messages, too. So it
answers pings itself.
"""

import socket
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from threading import Lock
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from rcs_conformance.model.exchange import Headers
from rcs_conformance.reference.web_socket import ServerSocket
from rcs_conformance.traffic.entries import Frame

_OPENING = 10.0
"""Seconds that the server may take to open it."""

_LARGEST = 16 << 20
_KEPT = 500
"""Messages after which they are given away, so that few of them are in memory."""

_OFFERED = "sec-websocket-protocol"
_OURS = ("sec-websocket-", "connection", "upgrade", "host", "content-length", "keep-alive")
"""How the names of header fields begin that both connections have of their own."""


def opened(url: str, headers: Headers, until: ExitStack) -> ClientConnection:
    """A WebSocket of the server.

    Args:
        url: With the scheme of HTTP.
        headers: Of the client's request.
        until: Ends it.

    Raises:
        InvalidHandshake: The server answers the request in another way.
        OSError: The server cannot be reached.
    """
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    offered = [
        each.strip() for name, value in headers if name == _OFFERED for each in value.split(",")
    ]
    return until.enter_context(
        connect(
            f"ws{url.removeprefix('http')}",
            sock=socket.create_connection((parts.hostname or "", port), _OPENING),  # no redirection
            subprotocols=[Subprotocol(each) for each in offered] or None,
            additional_headers=[each for each in headers if not each[0].startswith(_OURS)],
            user_agent_header=None,
            compression=None,
            proxy=None,
            open_timeout=_OPENING,
            ping_interval=None,
            max_size=_LARGEST,
        )
    )


class PassedSocket:
    """Passes messages on between a client and a server, until one of them ends it.

    Args:
        client: The connection of the client, which nobody else reads or writes any more.
        server: The WebSocket of the server.
        inward: Maps what a client says.
        outward: Maps what the server says.
        keep: Gets messages, as the client saw them; it is called from two threads.
    """

    def __init__(
        self,
        client: socket.socket,
        server: ClientConnection,
        *,
        inward: Callable[[bytes], bytes],
        outward: Callable[[bytes], bytes],
        keep: Callable[[Sequence[Frame]], None],
    ) -> None:
        self._client = ServerSocket(client, server.subprotocol or "")
        self._server = server
        self._inward = inward
        self._outward = outward
        self._keep = keep
        self._lock = Lock()
        self._frames: list[Frame] = []

    def pass_on(self, target: str, headers: Headers) -> None:
        """Answer the client's request for it, and go on until it ends.

        Args:
            target: Of the request.
            headers: Of the request.
        """
        try:
            if self._client.open(target, dict(headers)):
                self._client.converse(self._bring, self.hear)
        finally:
            with suppress(OSError):
                self._server.close()
            self._give(all_of_them=True)

    def _bring(self, client: ServerSocket) -> None:
        """Pass on what the server says."""
        with suppress(ConnectionClosed):
            for message in self._server:
                said = message if isinstance(message, bytes) else message.encode()
                shown = self._outward(said)
                self._note(shown, sent=False)
                client.send(shown)

    def hear(self, message: bytes) -> None:
        """Pass on what the client says."""
        self._note(message, sent=True)
        with suppress(ConnectionClosed):
            self._server.send(self._inward(message).decode("utf-8", "replace"))

    def _note(self, message: bytes, *, sent: bool) -> None:
        text = message.decode("utf-8", "replace")
        with self._lock:
            self._frames.append(Frame(sent=sent, time=datetime.now(UTC), text=text))
        self._give()

    def _give(self, *, all_of_them: bool = False) -> None:
        with self._lock:
            if not all_of_them and len(self._frames) < _KEPT:
                return
            frames, self._frames = tuple(self._frames), []
        if frames or all_of_them:
            self._keep(frames)
