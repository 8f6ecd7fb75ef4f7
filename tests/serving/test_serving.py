"""A service is on its socket from construction to close, and bears hostile clients."""

import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from queue import SimpleQueue
from threading import Barrier, Event, Semaphore, Thread, get_ident
from types import FrameType
from typing import Any

import pytest
import requests

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.serving import CONNECTED, Environ, HttpService, StartResponse, wait_for

PATIENCE = 5.0


def echo(environ: Environ, start_response: StartResponse) -> list[bytes]:
    """Answers with the body of the request."""
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


@pytest.fixture
def service() -> Iterator[HttpService]:
    """A service that echoes, with a low cap."""
    with HttpService(echo, host="127.0.0.1", port=0, max_body_bytes=1000) as service:
        yield service


def test_service_answers_until_it_is_closed() -> None:
    """The root is right as soon as it is there; after close nobody listens, nobody is served."""
    with HttpService(echo, host="127.0.0.1", port=0) as service, requests.Session() as client:
        assert client.post(f"{service.root}/x", b"body", timeout=PATIENCE).content == b"body"
        idle = socket.create_connection((service.host, service.port), timeout=PATIENCE)
        idle.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert idle.recv(1000).endswith(b"\r\n\r\n")
    with idle:
        assert idle.recv(1) == b""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((service.host, service.port), timeout=PATIENCE)


def test_port_in_use_is_refused(service: HttpService) -> None:
    """The message says which, in one line."""
    with pytest.raises(ConfigurationError, match=f"cannot listen on 127.0.0.1:{service.port}"):
        HttpService(echo, host="127.0.0.1", port=service.port)


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 0), ("127.0.0.1", 70_000), ("::g", 0)])
def test_address_of_nobody_is_refused(host: str, port: int) -> None:
    """An address of another machine, a port that is none, a host that is none."""
    with pytest.raises(ConfigurationError, match="cannot listen on") as caught:
        HttpService(echo, host=host, port=port)
    assert "\n" not in str(caught.value)


def test_root_of_ipv6_has_brackets() -> None:
    """A URL needs them."""
    if not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    with HttpService(echo, host="::1", port=0) as service:
        assert service.root == f"http://[::1]:{service.port}"
        assert requests.post(service.root, b"x", timeout=PATIENCE).content == b"x"


def test_too_large_body_is_refused(service: HttpService) -> None:
    """Beyond the cap 413; other clients are served on."""
    with socket.create_connection((service.host, service.port), timeout=PATIENCE) as client:
        client.sendall(b"POST / HTTP/1.1\r\nContent-Length: 1001\r\n\r\n")
        assert client.recv(100).startswith(b"HTTP/1.1 413 ")
    assert requests.post(service.root, b"x" * 1000, timeout=PATIENCE).status_code == 200


def test_connection_is_kept_alive(service: HttpService) -> None:
    """Many requests over one connection, each answered in a single piece."""
    request = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"
    with socket.create_connection((service.host, service.port), timeout=PATIENCE) as client:
        for _ in range(20):
            client.sendall(request)
            assert client.recv(10_000).endswith(b"\r\n\r\nhi")


def test_requests_are_answered_at_once() -> None:
    """As many as there are threads: each of these waits for the others."""
    together = Barrier(4)

    def meet(_environ: Environ, start_response: StartResponse) -> list[bytes]:
        together.wait(PATIENCE)
        start_response("200 OK", [("Content-Length", "0")])
        return []

    with HttpService(meet, host="127.0.0.1", port=0) as service:
        clients = [
            socket.create_connection((service.host, service.port), timeout=PATIENCE)
            for _ in range(4)
        ]
        for client in clients:
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert all(client.recv(100).startswith(b"HTTP/1.1 200") for client in clients)
        for client in clients:
            client.close()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x16\x03\x01",
        b"GET",
        b"POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf",
        b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: " + b"x" * 1_000_000,
    ],
    ids=["nothing", "TLS", "half a line", "half a body", "length", "chunk", "endless header"],
)
def test_hostile_client_does_no_harm(service: HttpService, data: bytes) -> None:
    """Whatever one client sends and then goes, the next is answered."""
    with (
        socket.create_connection((service.host, service.port), timeout=PATIENCE) as client,
        suppress(ConnectionError),
    ):
        client.sendall(data)
    assert requests.post(service.root, b"fine", timeout=PATIENCE).content == b"fine"


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"Content-Length: 1\r\nContent-Length: 2", b"400"),
        (b"Content-Length: 1\r\nTransfer-Encoding: chunked", b"400"),
        (b"Transfer-Encoding: gzip, chunked", b"501"),
        (b"Content-Length: +1", b"400"),
        (b"no field at all", b"400"),
        (b"Expect: 100-continue\r\nContent-Length: 1001", b"413"),
    ],
)
def test_ambiguous_head_is_refused(service: HttpService, head: bytes, status: bytes) -> None:
    """Where a body ends must be beyond doubt; the connection ends with the answer."""
    with socket.create_connection((service.host, service.port), timeout=PATIENCE) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n")
        answer = b"".join(iter(partial(client.recv, 10_000), b""))
    assert answer.startswith(b"HTTP/1.1 " + status)


def test_application_sees_whether_the_client_is_there() -> None:
    """It is there until it has closed the connection."""
    begun, closed, found = Event(), Event(), SimpleQueue[bool]()

    def look(environ: Environ, start_response: StartResponse) -> list[bytes]:
        found.put(environ[CONNECTED]())
        begun.set()
        closed.wait(PATIENCE)
        found.put(environ[CONNECTED]())
        start_response("200 OK", [])
        return []

    with HttpService(look, host="127.0.0.1", port=0) as service:
        with socket.create_connection((service.host, service.port), timeout=PATIENCE) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert begun.wait(PATIENCE)
        closed.set()
        assert [found.get(timeout=PATIENCE) for _ in range(2)] == [True, False]


def test_client_may_wait_for_the_go_ahead(service: HttpService) -> None:
    """A body that would be taken is asked for before it is sent."""
    head = b"PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
    with socket.create_connection((service.host, service.port), timeout=PATIENCE) as client:
        client.sendall(head)
        assert client.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"hi")
        assert client.recv(1000).endswith(b"\r\n\r\nhi")


def test_body_in_chunks_is_read(service: HttpService) -> None:
    """Extensions and fields behind the last chunk say nothing; what comes next is a request."""
    head = b"BREW / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection((service.host, service.port), timeout=PATIENCE) as client:
        for _ in range(2):
            client.sendall(head + b"2;a=b\r\nhi\r\nA\r\n0123456789\r\n0\r\nX: y\r\n\r\n")
            assert client.recv(1000).endswith(b"\r\n\r\nhi0123456789")


def test_answer_without_a_length_is_chunked() -> None:
    """One of several pieces, whose application does not say how long they are together."""

    def count(_environ: Environ, start_response: StartResponse) -> Iterator[bytes]:
        start_response("200 OK", [("X-cAsE", "kept")])
        return iter((b"one", b"", b"two"))

    with (
        HttpService(count, host="127.0.0.1", port=0) as service,
        socket.create_connection((service.host, service.port), timeout=PATIENCE) as client,
    ):
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        head, _, body = client.recv(1000).partition(b"\r\n\r\n")
    assert b"\r\nX-cAsE: kept\r\n" in head
    assert body == b"3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"


def test_failing_application_answers_500() -> None:
    """The connection ends, the service goes on."""

    def fail(_environ: Environ, _start_response: StartResponse) -> list[bytes]:
        raise RuntimeError("x")

    with HttpService(fail, host="127.0.0.1", port=0) as service:
        statuses = [requests.get(service.root, timeout=PATIENCE).status_code for _ in range(2)]
    assert statuses == [500, 500]


def test_held_requests_keep_nobody_waiting() -> None:
    """However many are held, one more is answered; closing ends them all."""
    released = Event()
    held = Semaphore(0)

    def hold(environ: Environ, start_response: StartResponse) -> list[bytes]:
        if environ["PATH_INFO"] == "/held":
            held.release()
            released.wait(PATIENCE)
        start_response("200 OK", [("Content-Length", "0")])
        return []

    with ExitStack() as opened:
        service = opened.enter_context(HttpService(hold, host="127.0.0.1", port=0))
        opened.callback(released.set)
        for _ in range(50):
            client = socket.create_connection((service.host, service.port), timeout=PATIENCE)
            opened.enter_context(client).sendall(b"GET /held HTTP/1.1\r\nHost: x\r\n\r\n")
            assert held.acquire(timeout=PATIENCE)
        assert requests.get(service.root, timeout=PATIENCE).status_code == 200


def test_request_at_work_may_outlast_its_connection(caplog: pytest.LogCaptureFixture) -> None:
    """Its answer reaches nobody, and nothing is logged about that."""
    begun, released = Event(), Event()

    def work(_environ: Environ, start_response: StartResponse) -> list[bytes]:
        begun.set()
        released.wait(PATIENCE)
        start_response("200 OK", [("Content-Length", "2")])
        return [b"hi"]

    service = HttpService(work, host="127.0.0.1", port=0)
    with socket.create_connection((service.host, service.port), timeout=PATIENCE) as client:
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert begun.wait(PATIENCE)
        closing = Thread(target=service.close)
        closing.start()
        assert client.recv(1) == b""
        released.set()
        closing.join(PATIENCE)
    assert (closing.is_alive(), caplog.record_tuples) == (False, [])


@pytest.mark.exhaustive
def test_closing_under_load_is_silent(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Clients ask without a pause while their service is closed: nothing is said about it."""
    for _ in range(10):
        _close_under_load(HttpService(echo, host="127.0.0.1", port=0))
    assert (capfd.readouterr().err, caplog.record_tuples) == ("", [])


def _close_under_load(service: HttpService, clients: int = 6) -> None:
    """Close a service once each of its clients has had answers and goes on asking."""
    request = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"
    busy = Barrier(clients + 1)

    def ask() -> None:
        with socket.create_connection((service.host, service.port), timeout=PATIENCE) as client:
            client.sendall(request)
            client.recv(1000)
            busy.wait(PATIENCE)
            with suppress(ConnectionError):
                client.sendall(request)
                while client.recv(1000):
                    client.sendall(request)

    threads = [Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    busy.wait(PATIENCE)
    with _slow_motion():
        service.close()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)


@contextmanager
def _slow_motion() -> Iterator[None]:
    """Lets all other threads go on before each line of this one."""
    traced, pause = sys.gettrace(), Event()

    def trace(_frame: FrameType, _event: str, _value: object) -> Any:  # noqa: ANN401 - a function of its own type
        pause.wait(0.001)
        return trace

    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(traced)


class Awaited(Event):
    """An event that tells when somebody waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self.is_awaited = Event()

    def wait(self, timeout: float | None = None) -> bool:
        self.is_awaited.set()
        return super().wait(timeout)


def test_signal_to_another_thread_ends_the_wait() -> None:
    """A stopped process is given its signals by whichever thread runs first."""
    closing, over = Awaited(), Event()

    def interrupt() -> None:
        closing.is_awaited.wait(PATIENCE)
        signal.pthread_kill(get_ident(), signal.SIGUSR1)
        over.wait(PATIENCE)
        closing.set()

    before = signal.signal(signal.SIGUSR1, signal.default_int_handler)
    interrupting = Thread(target=interrupt)
    interrupting.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            wait_for(closing)
        assert not closing.is_set()
    finally:
        over.set()
        interrupting.join(PATIENCE)
        signal.signal(signal.SIGUSR1, before)
