"""A service is on its socket from construction to close, and bears hostile clients."""

import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Barrier

import pytest
import requests

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.serving import Environ, HttpService, StartResponse

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
    assert not service._thread.is_alive()
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

    with HttpService(meet, host="127.0.0.1", port=0, threads=4) as service:
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
