"""HTTP to a hostile target: whatever it does, an answer or a `TargetError`, and in time."""

import gc
import gzip
import socket
import time
from itertools import repeat
from pathlib import Path

import pytest
import urllib3

from rcs_conformance.driver.transport import RawResponse, Transport
from rcs_conformance.errors import DeadlineExceeded, HarnessError, ResponseTooLarge, TargetError
from tests.driver.conftest import CAP, DEADLINE, PATIENCE, Connect, Serve
from tests.driver.raw_server import Connection, RawServer, Script, answer, dripping, saying

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
ENDLESS: dict[str, Script] = {
    "header bytes": dripping(b"HTTP/1.1 200 OK\r\nX: ", b"x"),
    "header lines": dripping(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
    "interim answers": dripping(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "other interim answers": dripping(b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
    "body bytes": dripping(answer(b"x", length=1000), b"x"),
    "body without length": dripping(b"HTTP/1.0 200 OK\r\n\r\n", b"x"),
    "chunks": dripping(CHUNKED, b"1\r\nx\r\n"),
    "chunk extension": dripping(CHUNKED + b"1;", b"x"),
    "trailers": dripping(CHUNKED + b"0\r\n", b"X: y\r\n"),
    "nothing": dripping(b"", b""),
}
NO_ANSWER: dict[str, bytes] = {
    "nothing": b"",
    "no HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
    "version of its own": b"HTTP/9.9.9 200 OK\r\n\r\n",
    "no status": b"HTTP/1.1 OK\r\n\r\n",
    "status of four digits": b"HTTP/1.1 2000 OK\r\n\r\n",
    "a thousand headers": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n",
    "a header line without end": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000,
    "less than Content-Length": answer(b"half", length=8),
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nhello",
    "zeros": b"\x00" * 64,
    "chunk size of words": CHUNKED + b"many\r\nx\r\n",
    "half a chunk": CHUNKED + b"8\r\nhalf",
    "no gzip": answer(b"plain", "Content-Encoding: gzip"),
    "six codings": answer(b"plain", f"Content-Encoding: {', '.join(['gzip'] * 6)}"),
}
BEYOND_CAP: dict[str, bytes] = {
    "plain": answer(b"x" * (CAP + 1)),
    "chunked": CHUNKED + (b"fff0\r\n" + b"x" * 0xFFF0 + b"\r\n") * 3 + b"0\r\n\r\n",
    "gzip": answer(gzip.compress(b"x" * 50_000_000), "Content-Encoding: gzip"),
    "gzip in gzip": answer(
        gzip.compress(gzip.compress(b"x" * 50_000_000)), "Content-Encoding: gzip, gzip"
    ),
    "of a redirection": answer(
        gzip.compress(b"x" * 50_000_000),
        "Content-Encoding: gzip",
        "Location: /elsewhere",
        status="302 Found",
    ),
}


def get(transport: Transport, server: RawServer, path: str = "/x") -> RawResponse:
    """Ask for a path of a server."""
    return transport.send("GET", server.root + path, {}, b"")


@pytest.mark.parametrize("script", ENDLESS.values(), ids=ENDLESS)
def test_deadline_is_that_of_the_whole_exchange(
    serve: Serve, connect: Connect, script: Script
) -> None:
    """However an answer is drawn out, it ends at the deadline."""
    server = serve(script)
    transport = connect(server.root, DEADLINE)
    started = time.monotonic()
    with pytest.raises(DeadlineExceeded, match=f"no complete response within {DEADLINE} s"):
        get(transport, server)
    assert DEADLINE <= time.monotonic() - started < PATIENCE


def test_request_that_nobody_reads_ends_at_the_deadline(serve: Serve, connect: Connect) -> None:
    """A target that does not take the request's body holds nobody up."""
    server = serve(lambda connection: connection.drip(repeat(b"")))
    transport = connect(server.root, DEADLINE)
    started = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        transport.send("POST", server.root, {}, b"x" * 50_000_000)
    assert time.monotonic() - started < PATIENCE


@pytest.mark.parametrize("data", NO_ANSWER.values(), ids=NO_ANSWER)
def test_what_is_no_answer_is_the_targets_error(
    serve: Serve, connect: Connect, data: bytes
) -> None:
    """It is told in one line, and leaves no socket open though the exception is kept."""

    def script(connection: Connection) -> None:
        connection.read()
        connection.say(data)

    server = serve(script)
    with pytest.raises(TargetError) as caught:
        get(connect(server.root), server)
    gc.collect()  # an open socket would be a ResourceWarning, which fails the test
    assert not isinstance(caught.value, DeadlineExceeded | ResponseTooLarge)
    assert str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize("data", BEYOND_CAP.values(), ids=BEYOND_CAP)
def test_cap_holds_for_the_decoded_body(serve: Serve, connect: Connect, data: bytes) -> None:
    """What is larger than the cap is not read to its end; the next answer is."""

    def script(connection: Connection) -> None:
        connection.read()
        connection.say(data if connection.number == 0 else answer(b"x" * CAP))

    server = serve(script)
    transport = connect(server.root)
    with pytest.raises(ResponseTooLarge, match=f"larger than {CAP} bytes"):
        get(transport, server)
    assert len(get(transport, server).body) == CAP


def test_deadline_holds_though_the_socket_came_late(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection that stands only after the deadline is of no use any more."""
    server = serve(dripping(b"HTTP/1.1 200 OK\r\nX: ", b"x"))
    transport = connect(server.root, DEADLINE)
    create = urllib3.util.connection.create_connection

    def create_late(*where: object, **how: object) -> socket.socket:
        connection: socket.socket = create(*where, **how)  # type: ignore[arg-type]
        connection.settimeout(DEADLINE + 0.1)
        with pytest.raises(TimeoutError):
            connection.recv(1)
        return connection

    monkeypatch.setattr(urllib3.util.connection, "create_connection", create_late)
    started = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        get(transport, server)
    assert time.monotonic() - started < PATIENCE


def test_reset_is_the_targets_error(serve: Serve, connect: Connect) -> None:
    """A connection that is reset is told as such."""

    def script(connection: Connection) -> None:
        connection.read()
        linger = (1).to_bytes(4, "little") + bytes(4)
        connection.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    server = serve(script)
    with pytest.raises(TargetError, match="reset"):
        get(connect(server.root), server)


def test_refused_connection_is_the_targets_error(serve: Serve, connect: Connect) -> None:
    """Nobody listens: the innermost reason is told, without the libraries' wrapping."""
    server = serve(saying(b""))
    server.close()
    with pytest.raises(TargetError) as caught:
        get(connect(server.root), server)
    assert "refused" in str(caught.value)
    assert "Max retries" not in str(caught.value)


def test_https_to_who_speaks_none_is_the_targets_error(serve: Serve, connect: Connect) -> None:
    """A handshake that fails or hangs is over at the deadline at the latest."""
    plain = serve(lambda connection: connection.say(b"HTTP/1.1 400 Bad Request\r\n\r\n"))
    root = plain.root.replace("http:", "https:")
    with pytest.raises(TargetError, match="SSL"):
        connect(root).send("GET", root, {}, b"")
    mute = serve(lambda connection: connection.drip(repeat(b"")))
    root = mute.root.replace("http:", "https:")
    with pytest.raises(DeadlineExceeded):
        connect(root, DEADLINE).send("GET", root, {}, b"")


@pytest.mark.parametrize("where", ["/there", "http://127.0.0.1:1/", "http://[", "//x@y:z"])
def test_redirection_is_an_answer_like_any_other(
    serve: Serve, connect: Connect, where: str
) -> None:
    """It is not followed, to no host, and is handed back with its body."""
    server = serve(saying(answer(b"moved", f"Location: {where}", status="307 Temporary Redirect")))
    found = get(connect(server.root), server)
    assert (found.status, found.body) == (307, b"moved")
    assert ("location", where) in found.headers
    assert len(server.requests) == 1


def test_cookies_are_not_kept(serve: Serve, connect: Connect) -> None:
    """What the target sets does not come back to it."""
    server = serve(saying(answer(b"", "Set-Cookie: id=1; Path=/")))
    transport = connect(server.root)
    for _ in range(2):
        get(transport, server)
    assert b"cookie" not in server.requests[1].lower()


def test_environment_plays_no_part(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither proxies nor credentials of the environment are used."""
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(netrc))
    server = serve(saying(answer(b"here")))
    assert get(connect(server.root), server).body == b"here"
    assert b"authorization" not in server.requests[0].lower()


def test_one_connection_serves_many_requests(serve: Serve, connect: Connect) -> None:
    """The connection is kept alive, whatever the answers are."""
    bodies = [b"one", b"", b"x" * 70_000]

    def script(connection: Connection) -> None:
        while connection.read():
            connection.say(answer(bodies[len(connection.requests) % 3]))

    server = serve(script)
    transport = connect(server.root)
    assert {get(transport, server).body for _ in range(30)} == set(bodies)
    assert (len(server.requests), server.connections) == (30, 1)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("rest", [b"", b"HTTP/1.1 500 Poison\r\n\r\n"], ids=["closed", "spoken on"])
def test_connection_that_went_stale_is_not_used(
    serve: Serve, connect: Connect, method: str, rest: bytes
) -> None:
    """The server closed it, or said more than was asked: the next request takes a new one."""

    def script(connection: Connection) -> None:
        connection.read()
        connection.say(answer(b"fresh") + rest)

    server = serve(script)
    transport = connect(server.root)
    for _ in range(3):
        server.closed.clear()
        assert transport.send(method, server.root, {}, b"").body == b"fresh"
        assert server.closed.wait(5)
    assert server.connections == 3


def closing_upon_the_second(connection: Connection, then: bytes = b"") -> None:
    """Answers a request, and closes instead of answering the next; later ones are answered."""
    connection.read()
    connection.say(then if connection.number and then else answer(b"%d" % connection.number))
    connection.read()


@pytest.mark.parametrize(
    ("method", "is_correlated"),
    [("GET", False), ("OPTIONS", False), ("PUT", False), ("DELETE", False), ("POST", True)],
)
def test_request_that_met_a_closing_connection_goes_out_again(
    serve: Serve, connect: Connect, method: str, is_correlated: bool
) -> None:
    """The server closed an idle connection without saying so, just when a request came."""
    done = answer(b"1", status="201 Created")
    server = serve(lambda connection: closing_upon_the_second(connection, done))
    transport = connect(server.root)
    get(transport, server)
    again = transport.send(method, server.root, {}, b"", is_correlated=is_correlated)
    assert (again.body, len(server.requests), server.connections) == (b"1", 3, 2)


@pytest.mark.parametrize(
    ("method", "status"),
    [
        ("PUT", "404 Not Found"),
        ("DELETE", "404 Not Found"),
        ("POST", "200 OK"),
        ("POST", "409 Conflict"),
    ],
)
def test_error_after_a_closing_connection_is_no_answer(
    serve: Serve, connect: Connect, method: str, status: str
) -> None:
    """The first request may have been carried out: nothing is there any more, or it is already."""
    again = answer(status=status)
    server = serve(lambda connection: closing_upon_the_second(connection, again))
    transport = connect(server.root)
    get(transport, server)
    with pytest.raises(TargetError, match="closed connection without response"):
        transport.send(method, server.root, {}, b"", is_correlated=method == "POST")


def test_request_on_a_new_connection_goes_out_once(serve: Serve, connect: Connect) -> None:
    """A server that closes instead of answering is told."""

    def script(connection: Connection) -> None:
        connection.read()

    server = serve(script)
    transport = connect(server.root)
    with pytest.raises(TargetError, match="closed connection without response"):
        get(transport, server)
    assert (len(server.requests), server.connections) == (1, 1)


def test_connection_closed_upon_the_request_is_a_clean_error(
    serve: Serve, connect: Connect
) -> None:
    """A server that closes instead of answering is told; what may create is not sent again."""
    server = serve(closing_upon_the_second)
    transport = connect(server.root)
    get(transport, server)
    with pytest.raises(TargetError, match="closed connection without response"):
        transport.send("POST", server.root, {}, b"")
    assert (len(server.requests), server.connections) == (2, 1)
    assert get(transport, server).status == 200
    server.closed.clear()
    transport.close()
    assert server.closed.wait(2), "closed, though the exception still refers to the pool"


@pytest.mark.parametrize(
    "interim",
    [
        b"HTTP/1.1 102 Processing\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\nContent-Length: 5\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\nX-A: b\r\n\r\n" * 3,
        b"HTTP/1.1 199 Own\r\n\r\n",
    ],
    ids=["102", "103", "several", "199"],
)
@pytest.mark.parametrize("is_apart", [False, True], ids=["at once", "in two pieces"])
def test_interim_responses_are_passed_over(
    serve: Serve, connect: Connect, interim: bytes, is_apart: bool
) -> None:
    """What comes before the final response is none; the connection serves on."""

    def script(connection: Connection) -> None:
        while connection.read():
            final = answer(b"final", "X-Final: yes")
            for piece in (interim, final) if is_apart else (interim + final,):
                connection.say(piece)

    server = serve(script)
    transport = connect(server.root)
    answers = [get(transport, server) for _ in range(2)]
    assert {(each.status, each.headers, each.body) for each in answers} == {
        (200, (("x-final", "yes"), ("content-length", "5")), b"final")
    }
    assert server.connections == 1


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "https://127.0.0.1:{port}/", "http://localhost:{port}/", "/x"]
)
def test_only_the_configured_origin_is_spoken_to(serve: Serve, connect: Connect, url: str) -> None:
    """Another scheme, host or port would be our own mistake."""
    server = serve(saying(answer()))
    with pytest.raises(HarnessError, match="not of the target's origin"):
        connect(server.root).send("GET", url.format(port=server.port), {}, b"")
    assert server.requests == []


@pytest.mark.parametrize(
    ("root", "url"),
    [("http://target", "http://TARGET:80/x"), ("https://target:443", "https://target/x")],
)
def test_default_port_is_the_same_origin(
    root: str, url: str, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A port that goes without saying may be said; there is just nobody there."""

    def unknown(*_where: object, **_how: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no such host")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(TargetError, match="no such host"):
        connect(root).send("GET", url, {}, b"")


def test_request_goes_out_as_it_is_told(serve: Serve, connect: Connect) -> None:
    """Method, encoded path, query, headers and body are those given."""
    server = serve(saying(answer()))
    url = f"{server.root}/chat/v1/tel%3A%2B1%2f/../a?resFormat=XML&b=%20"
    connect(server.root).send("PUT", url, {"Accept": "a/b"}, b"body")
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"PUT /chat/v1/tel%3A%2B1%2f/../a?resFormat=XML&b=%20 HTTP/1.1\r\n")
    assert b"\r\nAccept: a/b\r\n" in head
    assert b"\r\nAccept-Encoding: identity" in head
    assert body == b"body"


def test_coded_answer_is_decoded(serve: Serve, connect: Connect) -> None:
    """A content coding that was not asked for is undone all the same."""
    server = serve(saying(answer(gzip.compress(b"text"), "Content-Encoding: gzip", "X-Y: \xe9")))
    found = get(connect(server.root), server)
    assert found.body == b"text"
    assert ("x-y", "\xe9") in found.headers


def test_response_to_a_body_that_is_not_read(serve: Serve, connect: Connect) -> None:
    """The server rejects a large request by its head and closes; the response is read."""

    def script(connection: Connection) -> None:
        connection.socket.recv(100)
        connection.say(answer(b"too large", status="413 Content Too Large"))

    server = serve(script)
    found = connect(server.root).send("POST", server.root, {}, b"x" * 30_000_000)
    assert (found.status, found.body) == (413, b"too large")
