"""A connection to a listener: kept alive, for one subscription."""

import select
from collections.abc import Mapping
from http.client import HTTPSConnection
from urllib.parse import SplitResult, urlsplit

from rcs_conformance.sending import OnePiece

_CONNECTING = 1.0
_RESPONDING = 2.0
"""Seconds for connecting, and then for each part of the response."""

_RESPONSE_LIMIT = 1 << 16
"""Bytes of a response that are read; where there are more, the connection is given up."""


class _Secure(OnePiece, HTTPSConnection):
    """The same by TLS."""


_KINDS: Mapping[str, type[OnePiece]] = {"http": OnePiece, "https": _Secure}


class ListenerConnection:
    """Posts to a listener. Not for several threads."""

    def __init__(self) -> None:
        self._connection: OnePiece | None = None
        self._origin: tuple[str, str | None, int | None] | None = None

    def post(self, url: str, media_type: str, body: bytes) -> int:
        """Post a body and give the status of the response; a redirection is not followed.

        Raises:
            OSError: No connection, or it broke before the response; also `TimeoutError`.
            HTTPException: The response is not HTTP, or the URL cannot be requested.
            ValueError: The URL is neither `http` nor `https`.
        """
        parts = urlsplit(url)
        connection = self._ready(parts)
        try:
            connection.request("POST", _path(parts), body, {"Content-Type": media_type})
            with connection.getresponse() as response:
                response.read(_RESPONSE_LIMIT)
                is_whole = response.isclosed()
        except BaseException:
            self.close()
            raise
        if not is_whole:
            self.close()
        return response.status

    def close(self) -> None:
        """Close the connection; the next post opens another."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _ready(self, parts: SplitResult) -> OnePiece:
        """The present connection, unless the listener has closed it or the listener is another."""
        origin = parts.scheme, parts.hostname, parts.port
        if origin != self._origin or _is_stale(self._connection):
            self.close()
        if self._connection is None:
            self._connection = _connected(parts)
            self._origin = origin
        return self._connection


def _connected(parts: SplitResult) -> OnePiece:
    if parts.scheme not in _KINDS or not parts.hostname:
        raise ValueError("no URL of a listener")
    connection = _KINDS[parts.scheme](parts.hostname, parts.port, timeout=_CONNECTING)
    try:
        connection.connect()
        connection.sock.settimeout(_RESPONDING)
    except BaseException:
        connection.close()
        raise
    return connection


def _path(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _is_stale(connection: OnePiece | None) -> bool:
    """Whether there is something to read without a request: most likely the end."""
    if connection is None:
        return False
    if connection.sock is None:
        return True
    readable = select.poll()
    readable.register(connection.sock, select.POLLIN)
    return bool(readable.poll(0))
