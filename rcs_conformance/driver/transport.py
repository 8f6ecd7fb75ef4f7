"""HTTP to the target: one keep-alive connection, a deadline over the whole exchange, size caps.

The target is not trusted (design, section 7): redirects are not followed, cookies not kept, the
environment's proxies and credentials not used, and only the configured origin is spoken to.
"""

import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from urllib.parse import urlsplit

import requests
import urllib3

from rcs_conformance.driver.tls_errors import tls_error
from rcs_conformance.driver.watchdog import Guard, Watchdog
from rcs_conformance.errors import (
    DeadlineExceeded,
    HandshakeError,
    HarnessError,
    ResponseTooLarge,
    TargetError,
)
from rcs_conformance.model.exchange import Headers
from rcs_conformance.sending import OnePiece
from rcs_conformance.target import Tls

_CHUNK = 65_536
_IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
"""Methods whose request may go out again by itself (RFC 9110, section 9.2.2)."""

_CHANGING = frozenset({"PUT", "DELETE"})
"""Those of them whose second answer may be an error because the first was carried out."""

_OF_A_REPETITION = frozenset({200, 202, 403, 404, 409})
"""Responses that a creation may have since the same one was carried out before."""

_WATCHDOG = Watchdog()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawResponse:
    """An answer as it came, its content coding undone."""

    status: int
    headers: Headers
    body: bytes


class _Opened:
    """Remembers the socket that a session speaks through, so that it can be shut from outside.

    Attributes:
        is_late: Whether the exchange was to end, by its deadline or from outside.
    """

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self.is_late = False

    def begin(self) -> None:
        """A new exchange begins."""
        self.is_late = False

    def keep(self, opened: socket.socket | None) -> None:
        """Remember a socket; one that was opened only after the deadline is shut at once."""
        self._socket = opened
        if self.is_late:
            self.shut()

    def shut(self) -> None:
        """End what goes on, now or as soon as there is a socket; safe from another thread."""
        self.is_late = True
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def discard(self) -> None:
        """Close the socket for good, whoever still refers to it."""
        if self._socket is not None and (descriptor := self._socket.detach()) >= 0:
            socket.socket(fileno=descriptor).close()
        self._socket = None


class _FinalResponse(HTTPResponse):
    """The final response to a request; interim ones are passed over (RFC 9110, section 15.2).

    The standard library passes over 100 alone. 101 is final for who asked for no other protocol.
    """

    def begin(self) -> None:
        super().begin()
        while 100 <= self.status < 200 and self.status != HTTPStatus.SWITCHING_PROTOCOLS:
            self.headers = self.msg = None  # type: ignore[assignment]  # nothing is read yet
            super().begin()


class _Noted(OnePiece):
    """A connection that tells of its socket."""

    response_class = _FinalResponse
    opened: _Opened

    def connect(self) -> None:
        super().connect()
        self.opened.keep(self.sock)


class _Plain(_Noted, urllib3.connection.HTTPConnection):
    """One without TLS."""


class _Secure(_Noted, urllib3.connection.HTTPSConnection):
    """One by TLS."""


def _connection(
    target: tuple[str, str, int | None], opened: _Opened, deadline: float, tls: Tls | None
) -> _Plain | _Secure:
    """A connection to an origin, opened by its first request.

    It is used without the pool and the session that the libraries have around it: of what these
    add to an exchange, such as cookies, redirections and repetitions, nothing is wanted here.

    Raises:
        ConfigurationError: A file that `tls` names cannot be used.
    """
    scheme, host, port = target
    made: _Plain | _Secure
    if scheme == "https":
        made = _Secure(host, port, timeout=deadline, ssl_context=(tls or Tls()).context())
    else:
        made = _Plain(host, port, timeout=deadline)
    made.opened = opened
    return made


class Transport:
    """One keep-alive connection to one origin.

    Args:
        server_root: Its scheme, host and port are the only origin that is spoken to.
        deadline: Seconds from the first byte sent to the last received.
        max_bytes: The largest answer body, decoded.
        tls: What a connection by TLS rests on; the public CAs alone without it.

    Raises:
        ConfigurationError: A file that `tls` names cannot be used.
    """

    def __init__(
        self, server_root: str, *, deadline: float, max_bytes: int, tls: Tls | None = None
    ) -> None:
        self._origin = origin(server_root)
        parts = urlsplit(server_root)
        self._own = f"{parts.scheme}://{parts.netloc}/"
        self._deadline = deadline
        self._max_bytes = max_bytes
        self._opened = _Opened()
        self._connection = _connection(self._origin, self._opened, deadline, tls)

    def send(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        body: bytes,
        *,
        is_correlated: bool = False,
    ) -> RawResponse:
        """Send a request and read the whole answer.

        A target may close an idle connection just when a request is on its way. Then the request
        goes out once more, over a new connection, where that does no harm.

        Args:
            method: The HTTP method.
            url: Where to.
            headers: All header fields but those about the body's length.
            body: Empty for none.
            is_correlated: Whether the request names itself, so that it is carried out once.

        Raises:
            TargetError: No connection, a broken one, or no HTTP; its subclasses where the
                deadline passed, the answer is too large, or a certificate is not trusted.
            HarnessError: The URL is not of the configured origin.
        """
        if not url.startswith(self._own) and origin(url) != self._origin:
            raise HarnessError(f"{url} is not of the target's origin {self._origin}")
        request = requests.PreparedRequest()
        request.prepare_method(method)
        request.url = url
        request.prepare_headers({**headers, "Accept-Encoding": "identity"})
        request.prepare_body(body or None, None)
        self._opened.begin()
        with _WATCHDOG.guard(self._deadline, self._opened.shut) as guard, self._blamed(guard):
            return self._exchange(request, may_repeat=is_correlated or method in _IDEMPOTENT)

    def interrupt(self) -> None:
        """End the exchange that goes on, if one does. Safe from another thread."""
        self._opened.shut()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
        self._opened.discard()

    def _exchange(self, request: requests.PreparedRequest, *, may_repeat: bool) -> RawResponse:
        is_reused = self._connection.is_connected
        if not is_reused:  # it may have been, and the target have closed it
            self._connection.close()
        try:
            answer = self._answered(request)
        except ConnectionError:
            if not (may_repeat and is_reused) or self._opened.is_late:
                raise
            self._connection.close()
            answer = self._answered(request)
            if _may_be_about_the_first(str(request.method), answer.status):
                raise
        return RawResponse(
            status=answer.status,
            headers=tuple((name.lower(), text) for name, text in answer.headers.items()),
            body=self._read(answer),
        )

    def _answered(self, request: requests.PreparedRequest) -> urllib3.BaseHTTPResponse:
        """Send a request; status and header of its answer.

        A target may answer, or reject the client certificate, before it has read all. Then the
        sending breaks off, and why can still be read.
        """
        if self._connection.is_closed:
            self._connection.connect()
        with suppress(BrokenPipeError, ConnectionResetError, ssl.SSLEOFError):
            self._connection.request(
                str(request.method),
                request.path_url,
                request.body,
                request.headers,
                preload_content=False,
            )
        return self._connection.getresponse()

    def _read(self, raw: urllib3.BaseHTTPResponse) -> bytes:
        parts: list[bytes] = []
        size = 0
        for part in raw.stream(_CHUNK, decode_content=True):
            size += len(part)
            if size > self._max_bytes:
                raise ResponseTooLarge(f"the response body is larger than {self._max_bytes} bytes")
            parts.append(part)
        return b"".join(parts)

    @contextmanager
    def _blamed(self, guard: Guard) -> Iterator[None]:
        """Turn what the libraries raise into whose fault it is."""
        started = time.monotonic()
        try:
            yield
        except ResponseTooLarge:
            self.close()  # though all may have been read: the connection is as good as closed
            raise
        except (
            requests.RequestException,
            urllib3.exceptions.HTTPError,
            HTTPException,
            OSError,
            ValueError,
        ) as error:
            self.close()
            if guard.expired or time.monotonic() - started >= self._deadline:
                raise DeadlineExceeded(f"no complete response within {self._deadline} s") from error
            if fault := tls_error(error, self._origin[1]):
                raise HandshakeError(fault) from error
            raise TargetError(_reason(error)) from error
        if guard.expired:
            raise DeadlineExceeded(f"no complete response within {self._deadline} s")


def _may_be_about_the_first(method: str, status: int) -> bool:
    """Whether a request may have its response because the same one was carried out before."""
    if method == "POST":
        return status in _OF_A_REPETITION
    return method in _CHANGING and status >= HTTPStatus.BAD_REQUEST


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of a URL, the default port made explicit."""
    parts = urlsplit(url)
    default = {"http": 80, "https": 443}.get(parts.scheme)
    return parts.scheme, parts.hostname or "", parts.port or default


def _reason(error: BaseException) -> str:
    """The innermost reason in one line, without the libraries' wrapping."""
    while True:
        inner = getattr(error, "reason", None) or error.__cause__ or error.__context__
        if not isinstance(inner, BaseException):
            break
        error = inner
    return f"{type(error).__name__}: {error}".splitlines()[0]
