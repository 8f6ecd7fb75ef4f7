"""WebSockets to the URL of a notification channel (binding, section 3.1).

The protocol is the library's. As for all exchanges: the URL is the server's to choose, this user's
credentials go along only to the target's own origin, a message is no longer than a body may be, and
each wait has a deadline.
"""

import socket
from contextlib import ExitStack
from ssl import SSLContext
from threading import Event
from urllib.parse import quote, urlsplit

from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus, InvalidURI
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from rcs_conformance.binding import Delivery
from rcs_conformance.driver import download
from rcs_conformance.driver.credentials import Credentials, PresentedCredentials
from rcs_conformance.driver.rate_limit import LONGEST_HOLD
from rcs_conformance.driver.retry_after import limit, retry_after
from rcs_conformance.errors import ConfigurationError, ConnectionBroken, TargetError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.exchange import Answer
from rcs_conformance.target import Target

_BY_HTTP = {"ws": "http", "wss": "https"}
_SCHEMES = {http: socket for socket, http in _BY_HTTP.items()}
_CLOSING = 1.0
"""Seconds that the server has to say that the connection ends."""

_LIMITED = 2
"""How often a limit of the target is waited for; as for a request of a test."""

_QUEUED = 16
"""Frames that are read ahead; a server that sends more has to wait."""


class WebSocket:
    """The WebSocket of one channel; opened once, closed once.

    The token is presented in the handshake alone. A connection goes on with the token that it was
    opened with, as long as the server lets it; where the server ends it as the token expires, the
    next connection presents the token of that moment.

    Args:
        credentials: What the user authenticates with.
        target: The implementation under test.
        url: As the target told it: `ws:` or `wss:`, absolute or relative to the server root.
        delivery: How the binding has channels.
        log: Knows what must get into no record.

    Raises:
        TargetError: The URL is none.
    """

    def __init__(
        self,
        credentials: Credentials,
        target: Target,
        url: str,
        delivery: Delivery,
        log: EvidenceLog,
    ) -> None:
        self._credentials = credentials
        self._target = target
        self._delivery = delivery
        self._log = log
        self._located = _located(url, target)
        self._opened = ExitStack()
        self._over = Event()
        self._connection: ClientConnection | None = None

    def open(self) -> None:
        """Connect; again after the wait that a limit of the target asks for.

        Raises:
            TargetError: The server cannot be reached, or it rejects the connection.
        """
        for _ in range(_LIMITED):
            seconds = self._limited()
            if not seconds:
                return
            self._over.wait(seconds)
        if self._limited():
            raise self._failed("the WebSocket was rejected: the target limits the rate of requests")

    def _limited(self) -> float:
        """Connect; seconds that a limit of the target asks to wait instead, 0 for none.

        Raises:
            TargetError: As of `open`.
        """
        limits, delivery = self._target.limits, self._delivery
        try:
            url, headers = self._authenticated()
            self._connection = self._opened.enter_context(
                connect(
                    url,
                    sock=self._connected(),  # with a socket of ours no redirection is followed
                    ssl=self._tls() if url.startswith("wss:") else None,
                    subprotocols=[Subprotocol(delivery.subprotocol)]
                    if delivery.subprotocol
                    else None,
                    additional_headers=headers,
                    user_agent_header=None,
                    compression=None,
                    proxy=None,
                    open_timeout=limits.deadline,
                    close_timeout=_CLOSING,
                    ping_interval=None,
                    max_size=limits.max_body_bytes,
                    max_queue=_QUEUED,
                )
            )
        except (InvalidHandshake, InvalidURI, OSError, ValueError, ConfigurationError) as error:
            rejection = error if isinstance(error, InvalidStatus) else error.__context__
            if isinstance(rejection, InvalidStatus):
                status = rejection.response.status_code
                if seconds := _wait_of(rejection):
                    return seconds
                raise self._failed(f"the WebSocket was rejected: status {status}") from None
            raise self._failed(f"there is no WebSocket: {error}") from None
        return 0.0

    def receive(self, seconds: float) -> bytes | None:
        """The next message; `None` where none comes in so many seconds.

        Raises:
            TargetError: The connection has ended.
        """
        if self._connection is None:
            raise TargetError("the WebSocket is not open")
        try:
            message = self._connection.recv(seconds)
        except TimeoutError:
            return None
        except ConnectionClosed as error:
            raise self._ended(error) from None
        return message if isinstance(message, bytes) else message.encode()

    def send(self, message: bytes) -> None:
        """Send a message as text.

        Raises:
            TargetError: The connection has ended.
        """
        if self._connection is None:
            raise TargetError("the WebSocket is not open")
        try:
            self._connection.send(message.decode())
        except ConnectionClosed as error:
            raise self._ended(error) from None

    def close(self) -> None:
        """End the connection. Safe from another thread."""
        self._over.set()
        self._opened.close()

    def _authenticated(self) -> tuple[str, dict[str, str]]:
        """The URL and the header fields of the handshake."""
        url = f"{_SCHEMES[urlsplit(self._located).scheme]}{self._located[4:].removeprefix('s')}"
        if not download.is_own(self._located, self._target):
            return url, {}
        presented = PresentedCredentials(
            credentials=self._credentials, value=self._credentials.value()
        )
        if not self._delivery.token_parameter:
            given = presented.header("GET", self._located)
            return url, {"Authorization": given} if given else {}
        token = presented.value
        mark = "&" if urlsplit(url).query else "?"
        return f"{url}{mark}{self._delivery.token_parameter}={quote(token, safe='')}", {}

    def _connected(self) -> socket.socket:
        parts = urlsplit(self._located)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        connected = socket.create_connection(
            (parts.hostname or "", port), self._target.limits.deadline
        )
        connected.settimeout(None)  # the library has deadlines of its own
        return connected

    def _tls(self) -> SSLContext:
        tls = self._target.tls
        own = download.is_own(self._located, self._target)
        return (tls if own else tls.without_certificate()).context()

    def _ended(self, error: ConnectionClosed) -> TargetError:
        """The end of the connection, which the server should say by a close frame."""
        if error.rcvd is None and error.sent is None:
            return ConnectionBroken("the WebSocket broke off: no close frame was received")
        return self._failed(f"the WebSocket has ended: {error}")

    def _failed(self, text: str) -> TargetError:
        return TargetError(self._log.redacted_text(text))


def _wait_of(rejection: InvalidStatus) -> float:
    """Seconds that a limit of the target asks to wait for; 0 where it is none, or too long."""
    response = rejection.response
    headers = tuple((name.lower(), text) for name, text in response.headers.raw_items())
    answer = Answer(status=response.status_code, headers=headers, body=b"")
    seconds = retry_after(headers) if limit(answer) else 0.0
    return seconds if seconds <= LONGEST_HOLD else 0.0


def _located(url: str, target: Target) -> str:
    """The absolute URL that the target means, as one of HTTP."""
    scheme, mark, rest = url.partition(":")
    by_http = f"{_BY_HTTP[scheme.lower()]}:{rest}" if mark and scheme.lower() in _BY_HTTP else url
    return download.absolute_url(by_http, target.server_root)
