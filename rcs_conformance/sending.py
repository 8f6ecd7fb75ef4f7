"""Sends HTTP requests in one piece: the driver's to the target, and the reference server's.

The standard library, and urllib3 on top of it, send head and body apart: one more call, one more
packet, and a peer that wakes up twice for each request.
"""

from http.client import HTTPConnection
from typing import Any


class OnePiece(HTTPConnection):
    """Keeps what it is given to send until the request is whole."""

    _kept: list[bytes] | None = None

    def request(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - as each library has it
        """Send a request; as the class behind has it."""
        kept: list[bytes] = []
        self._kept = kept
        try:
            super().request(*arguments, **options)
        finally:
            self._kept = None
        super().send(b"".join(kept))

    def send(self, data: Any) -> None:  # noqa: ANN401 - as above
        """Keep a piece of a request."""
        if self._kept is None:
            super().send(data)
        else:
            self._kept.append(data)
