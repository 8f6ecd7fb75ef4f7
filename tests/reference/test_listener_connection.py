"""A connection to a listener: what it keeps, what it gives up, and what it does not follow."""

from http.client import HTTPException

import pytest

from rcs_conformance.reference.listener_connection import ListenerConnection
from tests.driver.raw_server import Connection, RawServer, answer, saying


def once(connection: Connection) -> None:
    """Response one request, then close the connection without a word."""
    connection.read()
    connection.say(answer())


@pytest.fixture
def connection() -> ListenerConnection:
    """A connection that is not used yet."""
    return ListenerConnection()


def post(connection: ListenerConnection, url: str) -> int:
    """Post something."""
    return connection.post(url, "application/xml", b"<a/>")


def test_connection_is_kept(connection: ListenerConnection) -> None:
    """Posts to one listener go over one connection, whatever their path."""
    with RawServer(saying(answer(status="204 No Content"))) as server:
        assert [post(connection, f"{server.root}{path}") for path in ("/a?b=c", "", "/d")] == [
            204
        ] * 3
        connection.close()
        assert server.connections == 1
        lines = [request.partition(b"\r\n")[0] for request in server.requests]
    assert lines == [b"POST /a?b=c HTTP/1.1", b"POST / HTTP/1.1", b"POST /d HTTP/1.1"]
    assert b"\r\nContent-Type: application/xml\r\n" in server.requests[0]
    assert server.requests[0].endswith(b"\r\n\r\n<a/>")


def test_closed_connection_is_replaced(connection: ListenerConnection) -> None:
    """A connection that the listener closed meanwhile costs no notification."""
    with RawServer(once) as server:
        for _ in range(3):
            assert post(connection, server.root) == 200
            assert server.closed.wait(5)
            server.closed.clear()
        assert server.connections == 3
    connection.close()


@pytest.mark.parametrize("field", ["Connection: close", "X-Long: 1"])
def test_connection_is_given_up(connection: ListenerConnection, field: str) -> None:
    """Where the listener asks for it, or its response is too long to be read."""
    body = b"x" * 70_000 if field.startswith("X-Long") else b"x"
    with RawServer(saying(answer(body, field))) as server:
        assert [post(connection, server.root) for _ in range(2)] == [200, 200]
        assert server.connections == 2
        connection.close()


def test_another_listener_gets_another_connection(connection: ListenerConnection) -> None:
    """What is meant for one listener never goes to the other."""
    script = saying(answer())
    with RawServer(script) as first, RawServer(script) as second:
        for server in (first, second, first):
            assert post(connection, server.root) == 200
        assert (len(first.requests), len(second.requests)) == (2, 1)
        connection.close()


def test_redirection_is_not_followed(connection: ListenerConnection) -> None:
    """It is a response like another."""
    with RawServer(saying(answer(b"", "Location: /b", status="307 Elsewhere"))) as server:
        assert post(connection, f"{server.root}/a") == 307
        assert len(server.requests) == 1
        connection.close()


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "nonsense", "http:///a", "http://[::1/"])
def test_other_urls_are_refused(connection: ListenerConnection, url: str) -> None:
    """Only a URL with http or https and a host can be posted to."""
    with pytest.raises(ValueError, match="URL"):
        post(connection, url)


@pytest.mark.parametrize("said", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 2"])
def test_connection_recovers(connection: ListenerConnection, said: bytes) -> None:
    """After a response that is none, the next post goes over a new connection."""

    def script(connection: Connection) -> None:
        connection.read()
        connection.say(said if connection.number == 0 else answer())

    with RawServer(script) as server:
        with pytest.raises((HTTPException, OSError)):
            post(connection, server.root)
        assert post(connection, server.root) == 200
        connection.close()


def test_listener_that_is_not_there(connection: ListenerConnection) -> None:
    """The connection is refused."""
    with pytest.raises(OSError, match="refused"):
        post(connection, "http://127.0.0.1:9/")
