"""A request leaves in one piece, whichever library makes it."""

import socket
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest
import urllib3

from rcs_conformance.sending import OnePiece


class ByUrllib3(OnePiece, urllib3.connection.HTTPConnection):
    """As the driver has it."""


class Recorder(socket.socket):
    """A socket that notes each piece that is sent through it."""

    def __init__(self, other: socket.socket) -> None:
        super().__init__(other.family, other.type, fileno=other.detach())
        self.pieces: list[bytes] = []

    def sendall(self, data: bytes, flags: int = 0, /) -> None:  # type: ignore[override]
        """Note it."""
        self.pieces.append(bytes(data))
        super().sendall(data, flags)


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    """One end of a connection."""
    near, far = socket.socketpair()
    with Recorder(near) as found, far:
        yield found


@pytest.mark.parametrize("kind", [OnePiece, ByUrllib3])
def test_head_and_body_leave_together(recorder: Recorder, kind: type[HTTPConnection]) -> None:
    """A body does not follow its head in another packet."""
    connection = kind("server.example")
    connection.sock = recorder
    connection.request("POST", "/groups", b"body", {"Content-Type": "text/plain"})
    (piece,) = recorder.pieces
    assert piece.startswith(b"POST /groups HTTP/1.1\r\n")
    assert piece.endswith(b"\r\n\r\nbody")


@pytest.mark.parametrize("kind", [OnePiece, ByUrllib3])
def test_request_that_cannot_be_made_sends_nothing(
    recorder: Recorder, kind: type[HTTPConnection]
) -> None:
    """Neither its head, which was whole when its body was not."""
    connection = kind("server.example")
    connection.sock = recorder
    with pytest.raises(TypeError):
        connection.request("POST", "/groups", 5, {"Content-Type": "text/plain"})  # type: ignore[arg-type]
    assert recorder.pieces == []
