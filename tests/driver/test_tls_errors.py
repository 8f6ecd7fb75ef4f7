"""TLS: private CAs, client certificates, and what is told where a certificate does not do."""

import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from rcs_conformance.binding import load_binding
from rcs_conformance.driver import Actor, send_trigger_request
from rcs_conformance.driver.oauth_tokens import TokenSource
from rcs_conformance.driver.transport import RawResponse, Transport
from rcs_conformance.errors import (
    Cause,
    ConfigurationError,
    HandshakeError,
    Inconclusive,
    TargetError,
)
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.formats import Format
from rcs_conformance.target import Client, HttpTrigger, Limits, Secret, Target, Tls, User
from tests.driver.conftest import CAP, PATIENCE, Serve
from tests.driver.raw_server import Connection, answer
from tests.driver.tls_front import HOST, Authority, TlsFront
from tests.driver.token_endpoint import TokenEndpoint

Secure = Callable[[int, ssl.SSLContext], TlsFront]


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """A private CA."""
    return Authority(tmp_path)


@pytest.fixture
def secure() -> Iterator[Secure]:
    """Puts TLS before servers; closes it at the end."""
    with ExitStack() as opened:
        yield lambda port, context: opened.enter_context(TlsFront(port, context))


def talkative(connection: Connection) -> None:
    """Answers every request on a connection."""
    while connection.read():
        connection.say(answer(b"here"))


def get(root: str, tls: Tls, times: int = 1) -> list[RawResponse]:
    """Ask a few times over one transport."""
    transport = Transport(root, deadline=PATIENCE, max_bytes=CAP, tls=tls)
    try:
        return [transport.send("GET", f"{root}/x", {}, b"") for _ in range(times)]
    finally:
        transport.close()


def own(authority: Authority, client: str = "") -> Tls:
    """The CA, and the certificate of a client where one is named."""
    certificate, key = authority.issued(client) if client else ("", "")
    return Tls(ca=str(authority.file), certificate=str(certificate), key=str(key))


def test_private_ca_is_trusted(serve: Serve, secure: Secure, authority: Authority) -> None:
    """And one secured connection serves many requests."""
    front = secure(serve(talkative).port, authority.context())
    assert [each.body for each in get(front.root, own(authority), 5)] == [b"here"] * 5
    assert (front.handshakes, front.clients) == (1, [])


def test_client_certificate_is_shown(serve: Serve, secure: Secure, authority: Authority) -> None:
    """To a target that asks for it."""
    front = secure(serve(talkative).port, authority.context(asks=True))
    assert get(front.root, own(authority, "suite.example"))[0].status == 200
    assert front.clients == ["suite.example"]


def test_ca_that_is_unknown(serve: Serve, secure: Secure, authority: Authority) -> None:
    """The reason names the host, and the key that would name the CA."""
    front = secure(serve(talkative).port, authority.context())
    with pytest.raises(HandshakeError) as caught:
        get(front.root, Tls())
    message = str(caught.value)
    assert message.startswith(f"the certificate of {HOST} cannot be verified: ")
    assert message.endswith("for a private CA, set [tls] ca")
    assert "\n" not in message


def test_certificate_of_another_host(serve: Serve, secure: Secure, authority: Authority) -> None:
    """The CA would not help, and is not spoken of."""
    front = secure(serve(talkative).port, authority.context("other.example"))
    with pytest.raises(
        HandshakeError, match=f"{HOST} cannot be verified: IP address mismatch"
    ) as no:
        get(front.root, own(authority))
    assert "[tls]" not in str(no.value)


def test_client_without_certificate(serve: Serve, secure: Secure, authority: Authority) -> None:
    """The error says what would help."""
    front = secure(serve(talkative).port, authority.context(asks=True))
    with pytest.raises(HandshakeError) as caught:
        get(front.root, own(authority))
    assert str(caught.value) == (
        f"{HOST} requires a client certificate: set [tls] certificate and key"
    )


def test_client_of_another_ca(
    serve: Serve, secure: Secure, authority: Authority, tmp_path: Path
) -> None:
    """Its certificate is what is to be looked at."""
    context = authority.context(asks=True)
    front = secure(serve(talkative).port, context)
    certificate, key = Authority(tmp_path, "stranger").issued("stranger.example")
    tls = Tls(ca=str(authority.file), certificate=str(certificate), key=str(key))
    with pytest.raises(HandshakeError, match="the CA of the client certificate"):
        get(front.root, tls)


def test_alert_that_came_before_the_request(
    serve: Serve, secure: Secure, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection is closed already when the request is sent; the reason is read all the same.

    By TLS 1.3 a client has secured its side before the server has looked at the certificate.
    """
    front = secure(serve(talkative).port, authority.context(asks=True))
    secured = ssl.SSLSocket.do_handshake

    def late(connection: ssl.SSLSocket, block: bool = False) -> None:
        secured(connection, block)
        assert connection.server_side or front.rejected.wait(PATIENCE)

    monkeypatch.setattr(ssl.SSLSocket, "do_handshake", late)
    with pytest.raises(HandshakeError, match="requires a client certificate"):
        get(front.root, own(authority))


def test_connection_that_ends_while_it_is_secured(serve: Serve, authority: Authority) -> None:
    """The error is that of TLS, not one of a response that was never asked for."""
    server = serve(lambda connection: connection.say(b""))
    with pytest.raises(TargetError, match=r"EOF|reset"):
        get(server.root.replace("http", "https"), own(authority))


def test_token_endpoint_may_be_behind_it(secure: Secure, authority: Authority) -> None:
    """The tester named it, so it is shown the client certificate, too."""
    tls, log = own(authority, "suite.example"), EvidenceLog()
    with TokenEndpoint({"c": ("s", "tel:+1")}) as endpoint:
        front = secure(endpoint.port, authority.context(asks=True))
        client = Client(id="c", token_url=f"{front.root}/token")
        known = TokenSource(client, Secret("s"), tls, Limits(), log)
        assert known.token() == endpoint.tokens[0]
        with pytest.raises(ConfigurationError, match="cannot be verified: ") as caught:
            TokenSource(client, Secret("s"), Tls(), Limits(), log).token()
    assert str(caught.value).startswith(f"[auth] token_url {front.root}/token: the certificate of")
    assert front.clients == ["suite.example"]


def test_client_certificate_stays_at_home(
    serve: Serve, secure: Secure, authority: Authority
) -> None:
    """Foreign hosts get none, whether content or a trigger is there; the CA is trusted there."""
    home, abroad = (secure(serve(talkative).port, authority.context(asks=True)) for _ in range(2))
    away = secure(serve(talkative).port, authority.context())
    user = User(address="tel:+1", token=Secret("t"))
    tls, limits = own(authority, "suite.example"), Limits(deadline=PATIENCE)
    target = Target(name="t", server_root=home.root, users=(user,), tls=tls, limits=limits)
    actor = Actor(target, user, load_binding("oma-v1"), EvidenceLog())
    for front in (home, away):
        assert actor.download(f"{front.root}/x", Format.XML).answer.status == 200
        send_trigger_request(HttpTrigger(method="POST", url=f"{front.root}/x"), target)
    with pytest.raises(TargetError):
        actor.download(f"{abroad.root}/x", Format.XML)
    with pytest.raises(Inconclusive, match="no response") as caught:
        send_trigger_request(HttpTrigger(method="POST", url=f"{abroad.root}/x"), target)
    assert caught.value.cause is Cause.CONFIGURATION
    assert home.clients == ["suite.example"] * 2
    actor.close()
