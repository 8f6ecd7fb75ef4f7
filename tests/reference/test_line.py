"""A line to a listener: what it keeps, what it gives up, and what it does not follow."""

from http.client import HTTPException

import pytest

from rcs_conformance.reference.line import Line
from tests.driver.raw_server import Connection, RawServer, answer, saying


def once(connection: Connection) -> None:
    """Answer one request, then close the connection without a word."""
    connection.read()
    connection.say(answer())


@pytest.fixture
def line() -> Line:
    """A line that is not used yet."""
    return Line()


def post(line: Line, url: str) -> int:
    """Post something."""
    return line.post(url, "application/xml", b"<a/>")


def test_connection_is_kept(line: Line) -> None:
    """Posts to one listener go over one connection, whatever their path."""
    with RawServer(saying(answer(status="204 No Content"))) as server:
        assert [post(line, f"{server.root}{path}") for path in ("/a?b=c", "", "/d")] == [204] * 3
        line.close()
        assert server.connections == 1
        lines = [request.partition(b"\r\n")[0] for request in server.requests]
    assert lines == [b"POST /a?b=c HTTP/1.1", b"POST / HTTP/1.1", b"POST /d HTTP/1.1"]
    assert b"\r\nContent-Type: application/xml\r\n" in server.requests[0]
    assert server.requests[0].endswith(b"\r\n\r\n<a/>")


def test_closed_connection_is_replaced(line: Line) -> None:
    """A connection that the listener closed meanwhile costs no notification."""
    with RawServer(once) as server:
        for _ in range(3):
            assert post(line, server.root) == 200
            assert server.closed.wait(5)
            server.closed.clear()
        assert server.connections == 3
    line.close()


@pytest.mark.parametrize("field", ["Connection: close", "X-Long: 1"])
def test_connection_is_given_up(line: Line, field: str) -> None:
    """Where the listener asks for it, or its answer is too long to be read."""
    body = b"x" * 70_000 if field.startswith("X-Long") else b"x"
    with RawServer(saying(answer(body, field))) as server:
        assert [post(line, server.root) for _ in range(2)] == [200, 200]
        assert server.connections == 2
        line.close()


def test_another_listener_gets_another_connection(line: Line) -> None:
    """What is meant for one listener never goes to the other."""
    script = saying(answer())
    with RawServer(script) as first, RawServer(script) as second:
        for server in (first, second, first):
            assert post(line, server.root) == 200
        assert (len(first.requests), len(second.requests)) == (2, 1)
        line.close()


def test_redirection_is_not_followed(line: Line) -> None:
    """It is an answer like another."""
    with RawServer(saying(answer(b"", "Location: /b", status="307 Elsewhere"))) as server:
        assert post(line, f"{server.root}/a") == 307
        assert len(server.requests) == 1
        line.close()


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "nonsense", "http:///a", "http://[::1/"])
def test_other_urls_are_refused(line: Line, url: str) -> None:
    """Only a URL with http or https and a host can be posted to."""
    with pytest.raises(ValueError, match="URL"):
        post(line, url)


@pytest.mark.parametrize("said", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 2"])
def test_line_recovers(line: Line, said: bytes) -> None:
    """After an answer that is none, the next post goes over a new connection."""

    def script(connection: Connection) -> None:
        connection.read()
        connection.say(said if connection.number == 0 else answer())

    with RawServer(script) as server:
        with pytest.raises((HTTPException, OSError)):
            post(line, server.root)
        assert post(line, server.root) == 200
        line.close()


def test_listener_that_is_not_there(line: Line) -> None:
    """Nobody listens."""
    with pytest.raises(OSError, match="refused"):
        post(line, "http://127.0.0.1:9/")
