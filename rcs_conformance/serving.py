"""Serves a WSGI application on a socket of ours: the listener and the reference server.

waitress does the HTTP: it caps bodies and headers, survives whatever is sent to it, and puts each
answer into one send with TCP_NODELAY set.
"""

import logging
import socket
from collections.abc import Callable, Iterable
from threading import Thread
from types import TracebackType
from typing import Any, Self, cast

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import WSGITask

from rcs_conformance.errors import ConfigurationError

_LAST_PORT = 65_535
_ONE_PIECE = 1 << 18
"""Bytes of an answer that leave in a single send."""

Environ = dict[str, Any]
"""A WSGI environment; its values are what the server library puts there."""

StartResponse = Callable[[str, list[tuple[str, str]]], object]
"""What a WSGI application calls with status line and headers."""

Application = Callable[[Environ, StartResponse], Iterable[bytes]]
"""A WSGI application."""


class _KeepingTask(WSGITask):
    """Keeps the connection after an answer without body.

    Such an answer needs no length, but waitress closes for want of one; each notification and
    each deletion would cost a connection.
    """

    def set_close_on_finish(self) -> None:
        headers = getattr(self.request, "headers", {})
        asked = headers.get("CONNECTION", "").lower() == "close"
        if self.has_body or self.version != "1.1" or asked:
            super().set_close_on_finish()


class _Channel(HTTPChannel):
    task_class = _KeepingTask


# A request that waits for a thread is worth no line in the report of a test.
logging.getLogger("waitress.queue").setLevel(logging.ERROR)


class HttpService:
    """An application on a socket, from construction to `close`.

    Args:
        application: What answers.
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.
        threads: How many requests are answered at once.
        max_body_bytes: Larger request bodies are answered 413.
        scheme: What the application is told; `https` where something before it speaks TLS.

    Raises:
        ConfigurationError: The address cannot be listened on.
    """

    def __init__(
        self,
        application: Application,
        *,
        host: str,
        port: int,
        threads: int = 4,
        max_body_bytes: int = 1024 * 1024,
        scheme: str = "http",
    ) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        if not 0 <= port <= _LAST_PORT:
            raise ConfigurationError(f"cannot listen on {host}:{port}: ports end at {_LAST_PORT}")
        try:
            listening = socket.create_server((host, port), family=family)
        except OSError as error:
            raise ConfigurationError(f"cannot listen on {host}:{port}: {error}") from error
        self.host = host
        self.port: int = listening.getsockname()[1]
        self._channels: dict[int, Any] = {}
        self._server = create_server(
            application,
            map=self._channels,
            sockets=[listening],
            threads=threads,
            max_request_body_size=max_body_bytes + 1,  # waitress refuses from this size on
            connection_limit=1000,
            channel_timeout=120,
            asyncore_use_poll=True,
            ident=None,
            url_scheme=scheme,
        )
        cast("Any", self._server).channel_class = _Channel
        # As an option it is deprecated; left at 1, header and body are sent apart.
        cast("Any", self._server).adj.send_bytes = _ONE_PIECE
        self._thread = Thread(target=self._server.run, name=f"http-{self.port}", daemon=True)
        self._thread.start()

    @property
    def root(self) -> str:
        """The URL of the service's root, without a slash at its end."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    def resize(self, threads: int) -> None:
        """Answer so many requests at once from now on."""
        self._server.task_dispatcher.set_thread_count(threads)

    def close(self) -> None:
        """Close all connections and end the thread."""
        trigger = cast("Any", self._server).trigger
        trigger.pull_trigger(lambda: wasyncore.close_all(self._channels, ignore_all=True))
        self._thread.join(timeout=5)
        self._server.task_dispatcher.shutdown(timeout=1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
