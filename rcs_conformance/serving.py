"""Serves a WSGI application on a socket of ours: the listener and the reference server.

The standard library does the HTTP, in one thread for each connection: a request that is held
keeps nobody else waiting. Each answer leaves in one send with TCP_NODELAY set.
"""

import io
import logging
import selectors
import socket
import sys
import time
from collections.abc import Callable, Iterable, Sized
from contextlib import suppress
from email.errors import FirstHeaderLineIsContinuationDefect, MissingHeaderBodySeparatorDefect
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer
from threading import Event, Lock, Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import unquote_to_bytes, urlsplit

from rcs_conformance.errors import ConfigurationError

_LOG = logging.getLogger(__name__)

_LAST_PORT = 65_535
_ONE_PIECE = 1 << 18
"""Bytes of an answer that leave in a single send."""

_CONNECTIONS = 1000
"""How many are served at once; what connects beyond that is closed."""

_IDLE = 120.0
"""Seconds that a client may keep silent."""

_ENDING = 5.0
"""Seconds that requests have to end in once their connections are closed."""

_LOOK = 0.5
"""Seconds after which who waits looks whether a signal has come."""


def wait_for(closing: Event) -> None:
    """Block until an event, or until a signal interrupts it.

    A signal that is sent to a stopped process (Ctrl-Z, then `kill %1`) may go to another thread of
    it, and wakes no thread that waits without end.
    """
    while not closing.wait(_LOOK):
        pass


_STOP_SEEN = 0.5
"""Seconds after which the accepting thread sees that it is to stop, unless it is woken before."""

_WAKING = 1.0
"""Seconds that a connection may take which wakes it."""

_SIZE_LINE = 1024
"""Bytes in the line that says how large a chunk is; and in a field behind the last chunk."""

_BROKEN = (FirstHeaderLineIsContinuationDefect, MissingHeaderBodySeparatorDefect)
"""What is wrong with a head whose lines are not all header fields."""

_BODILESS = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})

HIJACK = "rcs_conformance.connection"
"""Key in the environment of a function that hands the connection over: the service answers nothing,
and closes it when the application returns."""

CONNECTED = "rcs_conformance.is_connected"
"""Key in the environment of a function that says whether the client is there still."""

Environ = dict[str, Any]
"""A WSGI environment; its values are what PEP 3333 has, `CONNECTED` and `HIJACK`."""

StartResponse = Callable[[str, list[tuple[str, str]]], object]
"""What a WSGI application calls with status line and headers."""

Application = Callable[[Environ, StartResponse], Iterable[bytes]]
"""A WSGI application."""


class HttpService:
    """An application on a socket, from construction to `close`.

    Args:
        application: Called by several threads at once.
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.
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
        max_body_bytes: int = 1024 * 1024,
        scheme: str = "http",
    ) -> None:
        if not 0 <= port <= _LAST_PORT:
            raise ConfigurationError(f"cannot listen on {host}:{port}: ports end at {_LAST_PORT}")
        try:
            self._server = _Server(application, (host, port), max_body_bytes, scheme)
        except OSError as error:
            raise ConfigurationError(f"cannot listen on {host}:{port}: {error}") from error
        self.host = host
        self.port: int = self._server.server_address[1]
        self._thread = Thread(target=self._server.accept_all, name=f"http-{self.port}", daemon=True)
        self._thread.start()

    @property
    def root(self) -> str:
        """The URL of the service's root, without a slash at its end."""
        return f"http://{f'[{self.host}]' if ':' in self.host else self.host}:{self.port}"

    def close(self) -> None:
        """Close all connections and end all threads."""
        self._server.stop()
        self._thread.join(_ENDING)
        self._server.server_close()
        self._server.hang_up(_ENDING)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Server(TCPServer):
    """Accepts connections and gives each a thread."""

    allow_reuse_address = True
    request_queue_size = 128
    timeout = _STOP_SEEN

    def __init__(
        self, application: Application, address: tuple[str, int], max_body_bytes: int, scheme: str
    ) -> None:
        self.address_family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
        self.application = application
        self.max_body_bytes = max_body_bytes
        self.scheme = scheme
        self._lock = Lock()
        self._open: dict[Any, Thread] = {}
        self._is_over = False
        super().__init__(address, _Handler)

    def accept_all(self) -> None:
        """Accept connections until `stop`.

        The server's own loop would look fifty times a second whether it is to stop.
        """
        while not self._is_over:
            self.handle_request()

    def stop(self) -> None:
        """Accept no more connections, but for one that wakes the thread that does."""
        self._is_over = True
        with suppress(OSError):
            host, port = self.socket.getsockname()[:2]
            socket.create_connection((host, port), _WAKING).close()

    def verify_request(self, request: Any, client_address: Any) -> bool:  # noqa: ANN401
        """Whether one more connection is served."""
        return not self._is_over and len(self._open) < _CONNECTIONS

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Serve a connection in a thread of its own."""
        thread = Thread(target=self._serve, args=(request, client_address), daemon=True)
        with self._lock:
            self._open[request] = thread
        thread.start()

    def hang_up(self, seconds: float) -> None:
        """End all conversations, and wait so long for their threads."""
        deadline = time.monotonic() + seconds
        with self._lock:
            threads = list(self._open.values())
            for connection in self._open:
                with suppress(OSError):  # the client has gone
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _serve(self, connection: socket.socket, client_address: object) -> None:
        try:
            self.finish_request(connection, client_address)
        except OSError as error:  # the client has gone, or `hang_up` was called
            _LOG.debug("a connection broke: %s", error)
        except Exception:
            _LOG.exception("a connection failed")
        finally:
            with self._lock:
                del self._open[connection]
            self.shutdown_request(connection)


class _RefusedError(Exception):
    """A request that does not reach the application.

    Attributes:
        status: Of the answer.
    """

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    """The requests of one connection."""

    protocol_version = "HTTP/1.1"
    timeout = _IDLE
    wbufsize = _ONE_PIECE
    disable_nagle_algorithm = True
    is_hijacked = False
    server: _Server

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Any method is the application's to answer, not only those with a `do_` of their own."""
        if name.startswith("do_"):
            return self._respond
        raise AttributeError(name)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: standard error belongs to the run."""

    def handle_expect_100(self) -> bool:
        """Let the client send its body, unless it would be too large."""
        with suppress(_RefusedError):
            self._length()
            super().handle_expect_100()
            self.wfile.flush()
        return True

    def _respond(self) -> None:
        try:
            body = self._body()
        except _RefusedError as refused:
            self.close_connection = True
            self.send_error(refused.status)
        else:
            _Answer(self).give(self.server.application, self._environ(body))

    def _hijacked(self) -> socket.socket:
        """The connection, which is no longer one for HTTP."""
        self.is_hijacked = self.close_connection = True
        connection: socket.socket = self.connection
        connection.settimeout(None)
        return connection

    def _length(self) -> int | None:
        """What `Content-Length` says; `None` where the body comes in chunks."""
        lengths, coding = self.headers.get_all("Content-Length"), self.headers.get_all(_CODING)
        is_broken = any(isinstance(each, _BROKEN) for each in self.headers.defects)
        if is_broken or (lengths and coding):
            raise _RefusedError(HTTPStatus.BAD_REQUEST)
        if coding:
            if [each.strip().lower() for each in coding] != ["chunked"]:
                raise _RefusedError(HTTPStatus.NOT_IMPLEMENTED)
            return None
        length, *others = {each.strip() for each in lengths or ("0",)}
        if others or not (length.isascii() and length.isdigit()):
            raise _RefusedError(HTTPStatus.BAD_REQUEST)
        return self._within(int(length[:20]))

    def _within(self, size: int) -> int:
        if size > self.server.max_body_bytes:
            raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return size

    def _body(self) -> bytes:
        length = self._length()
        return self._chunks() if length is None else self._read(length)

    def _chunks(self) -> bytes:
        """A body in chunks; their extensions, and the fields behind them, say nothing."""
        body = bytearray()
        while size := self._size():
            self._within(len(body) + size)
            body += self._read(size)
            if self._read(2) != b"\r\n":
                raise _RefusedError(HTTPStatus.BAD_REQUEST)
        while self._line():
            pass
        return bytes(body)

    def _size(self) -> int:
        digits = self._line().partition(b";")[0].strip()
        if not 0 < len(digits) <= 16 or digits.strip(b"0123456789abcdefABCDEF"):
            raise _RefusedError(HTTPStatus.BAD_REQUEST)
        return int(digits, 16)

    def _line(self) -> bytes:
        line = self.rfile.readline(_SIZE_LINE)
        if not line.endswith(b"\n"):
            raise _RefusedError(HTTPStatus.BAD_REQUEST)
        return line.strip()

    def _read(self, size: int) -> bytes:
        data = self.rfile.read(size)
        if len(data) < size:
            raise _RefusedError(HTTPStatus.BAD_REQUEST)
        return data

    def _is_connected(self) -> bool:
        """Whether the client has closed neither the connection nor its half of it."""
        with selectors.DefaultSelector() as waiting:
            waiting.register(self.connection, selectors.EVENT_READ)
            if not waiting.select(0):
                return True
        try:
            return bool(self.connection.recv(1, socket.MSG_PEEK))
        except OSError:
            return False

    def _environ(self, body: bytes) -> Environ:
        path, _, query = self.path.partition("?")
        if "://" in path:
            path = urlsplit(path).path
        environ: Environ = {
            "REQUEST_METHOD": self.command,
            "REQUEST_URI": self.path,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path.encode("latin-1")).decode("latin-1"),
            "QUERY_STRING": query,
            "SERVER_NAME": self.server.server_address[0],
            "SERVER_PORT": str(self.server.server_address[1]),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": self.server.scheme,
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            CONNECTED: self._is_connected,
            HIJACK: self._hijacked,
        }
        for name, value in self.headers.items():
            if "_" not in name:  # else it could pass for the one with a hyphen
                _add(environ, name.upper().replace("-", "_"), " ".join(value.splitlines()).strip())
        return environ


_CODING = "Transfer-Encoding"


def _add(environ: Environ, name: str, value: str) -> None:
    key = name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{name}"
    environ[key] = f"{environ[key]}, {value}" if key in environ else value


class _Answer:
    """What the application answers to one request."""

    def __init__(self, handler: _Handler) -> None:
        self._handler = handler
        self._status = 0
        self._reason = ""
        self._headers: list[tuple[str, str]] = []

    def give(self, application: Application, environ: Environ) -> None:
        """Call the application and send what it answers."""
        try:
            parts = application(environ, self._start)
            is_whole = isinstance(parts, Sized) and len(parts) <= 1
            pieces = [part for part in parts if part]
        except Exception:
            _LOG.exception("a request failed")
            self._handler.close_connection = True
            if self._handler.is_hijacked:
                return
            self._handler.send_error(HTTPStatus.INTERNAL_SERVER_ERROR)
        else:
            if not self._handler.is_hijacked:
                self._send(pieces, is_whole=is_whole)

    def _start(self, status: str, headers: list[tuple[str, str]]) -> None:
        code, _, self._reason = status.partition(" ")
        self._status = int(code)
        if any("\r" in each or "\n" in each for field in headers for each in field):
            raise ValueError("a header field with a line break")
        self._headers = headers

    def _send(self, pieces: list[bytes], *, is_whole: bool) -> None:
        """Head and body in one piece: chunked where the application tells no length."""
        handler = self._handler
        given = {name.lower() for name, _ in self._headers}
        has_body = handler.command != "HEAD" and self._status not in _BODILESS
        is_told = not has_body or "content-length" in given
        is_chunked = not (is_told or is_whole) and handler.request_version == "HTTP/1.1"
        handler.send_response_only(self._status, self._reason)
        for name, value in self._headers:
            handler.send_header(name, value)
        if "date" not in given:
            handler.send_header("Date", handler.date_time_string())
        if is_chunked:
            handler.send_header(_CODING, "chunked")
        elif not is_told:
            handler.send_header("Content-Length", str(sum(map(len, pieces))))
        if handler.close_connection:
            handler.send_header("Connection", "close")
        elif handler.request_version == "HTTP/1.0":
            handler.send_header("Connection", "keep-alive")
        handler.end_headers()
        if has_body:
            handler.wfile.write(b"".join(_chunked(pieces) if is_chunked else pieces))


def _chunked(pieces: Iterable[bytes]) -> Iterable[bytes]:
    for piece in pieces:
        yield b"%x\r\n%b\r\n" % (len(piece), piece)
    yield b"0\r\n\r\n"
