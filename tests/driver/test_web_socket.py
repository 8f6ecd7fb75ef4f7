"""WebSockets of channels over real sockets: authenticated, capped, and within deadlines."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Condition, Thread

import pytest
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve

from rcs_conformance.binding import Delivery
from rcs_conformance.driver import CredentialStore, WebSocket
from rcs_conformance.driver.credentials import Credentials, StaticToken
from rcs_conformance.errors import ConnectionBroken, TargetError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.inbox import Mailbox, Reader, Stream, Turns
from rcs_conformance.model.formats import Format
from rcs_conformance.target import Limits, Secret, Target, User
from rcs_conformance.wire import Codec
from rcs_conformance.wire.vocabulary import dialect

TOKEN = "canary-7f3a9c"  # noqa: S105 - none of anybody's
USER = "tel:+15550100"
CAP = 1000
DEADLINE = 1.0
PATIENCE = 5.0

Serve = Callable[[Callable[[ServerConnection], None]], str]
Open = Callable[..., WebSocket]


@pytest.fixture
def serve_sockets() -> Iterator[Serve]:
    """Starts servers of WebSockets; gives their roots."""
    with ExitStack() as opened:

        def start(handler: Callable[[ServerConnection], None]) -> str:
            server = opened.enter_context(serve(handler, "127.0.0.1", 0, compression=None))
            Thread(target=server.serve_forever, daemon=True).start()
            return f"127.0.0.1:{server.socket.getsockname()[1]}"

        yield start


@pytest.fixture
def open_socket() -> Iterator[Open]:
    """Makes WebSockets to a channelURL of a target, and closes them."""
    with ExitStack() as opened:

        def open_socket(
            place: str,
            url: str = "",
            parameter: str = "",
            credentials: Credentials | None = None,
        ) -> WebSocket:
            user = User(address="tel:+15550100", token=Secret(TOKEN))
            target = Target(
                name="t",
                server_root=f"http://{place}",
                users=(user,),
                limits=Limits(max_body_bytes=CAP, deadline=DEADLINE),
            )
            log = EvidenceLog([TOKEN])
            store = CredentialStore(target, dialect("oma-v1"), log)
            made = WebSocket(
                credentials or store.of(user),
                target,
                url or f"ws://{place}/channel",
                Delivery(subprotocol="", token_parameter=parameter),
                log,
            )
            opened.callback(made.close)
            return made

        yield open_socket


def echo_request(connection: ServerConnection) -> None:
    """Say what the handshake was."""
    request = connection.request
    assert request is not None
    connection.send(f"{request.path} {request.headers.get('Authorization')}")


def test_token_is_in_the_header(serve_sockets: Serve, open_socket: Open) -> None:
    """Unless the binding names a parameter of the query."""
    made = open_socket(serve_sockets(echo_request))
    made.open()
    assert made.receive(PATIENCE) == f"/channel Bearer {TOKEN}".encode()


def test_token_is_in_the_query_where_the_binding_says_so(
    serve_sockets: Serve, open_socket: Open
) -> None:
    """And then not in the header; the URL may be relative to the server root."""
    made = open_socket(serve_sockets(echo_request), "/c?a=1", parameter="access_token")
    made.open()
    assert made.receive(PATIENCE) == f"/c?a=1&access_token={TOKEN} None".encode()


def test_token_is_for_the_own_origin_only(serve_sockets: Serve, open_socket: Open) -> None:
    """Another host gets none."""
    other = serve_sockets(echo_request)
    made = open_socket("127.0.0.1:9", f"ws://{other}/channel", parameter="access_token")
    made.open()
    assert made.receive(PATIENCE) == b"/channel None"


class RenewedToken(StaticToken):
    """A token in whose place another one comes while the first connection is open."""

    tokens = iter(("first", "second"))

    def value(self) -> str:
        """The token of the moment."""
        return next(self.tokens)


def test_connection_that_ends_with_its_token_is_opened_with_the_next(
    serve_sockets: Serve, open_socket: Open, log: EvidenceLog
) -> None:
    """The handshake alone has the token; once the server ends it, the new token is presented."""
    place = serve_sockets(echo_request)
    credentials = RenewedToken(Secret("unused"))
    condition = Condition()
    reader = Reader(codec=Codec(), log=log, condition=condition, turns=Turns(condition))
    mailbox = Mailbox(user=USER, fmt=Format.JSON, callback_data="", url="ws-1", reader=reader)
    stream = Stream(
        connect=lambda: open_socket(place, credentials=credentials),
        user=USER,
        fmt=Format.JSON,
        reader=reader,
        mailboxes=(mailbox,),
    )

    found = mailbox.wait(lambda each: b"second" in each.body, PATIENCE)

    stream.close(PATIENCE)
    assert found is not None
    assert [each.body for each in mailbox.arrived()] == [
        b"/channel Bearer first",
        b"/channel Bearer second",
    ]


def test_message_in_pieces_is_one(serve_sockets: Serve, open_socket: Open) -> None:
    """However a server splits it."""
    made = open_socket(serve_sockets(lambda each: each.send(iter(["a", "b", "c"]))))
    made.open()
    assert made.receive(PATIENCE) == b"abc"


@pytest.mark.parametrize("message", ["x" * (CAP + 1), ["x" * 100] * 11], ids=["whole", "split"])
def test_message_that_is_too_large_ends_the_connection(
    serve_sockets: Serve, open_socket: Open, message: str | list[str]
) -> None:
    """In one frame or in many."""
    sent = message if isinstance(message, str) else None
    made = open_socket(
        serve_sockets(lambda each: each.send(iter(message) if sent is None else sent))
    )
    made.open()
    with pytest.raises(TargetError, match="the WebSocket has ended"):
        made.receive(PATIENCE)


def test_rejection_is_told_with_its_status(open_socket: Open, serve_sockets: Serve) -> None:
    """No redirection is followed, and no token is shown."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = f"127.0.0.1:{server.getsockname()[1]}"

        def reject() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                head = f"HTTP/1.1 302 {TOKEN}\r\nLocation: http://{place}/x\r\nContent-Length: 0"
                connection.sendall(f"{head}\r\n\r\n".encode())

        Thread(target=reject, daemon=True).start()
        with pytest.raises(TargetError, match="status 302") as caught:
            open_socket(place).open()
    assert TOKEN not in str(caught.value)


def test_silent_server_costs_its_deadline(open_socket: Open) -> None:
    """It accepts the connection, and says nothing."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        pytest.raises(TargetError, match="there is no WebSocket"),
    ):
        open_socket(f"127.0.0.1:{server.getsockname()[1]}").open()


@pytest.mark.parametrize("is_closed", [False, True], ids=["broken", "closed"])
def test_connection_that_breaks_off_is_known(
    serve_sockets: Serve, open_socket: Open, is_closed: bool
) -> None:
    """A server that ends a connection says so; a network that breaks it off does not."""

    def end(connection: ServerConnection) -> None:
        if not is_closed:
            connection.socket.shutdown(socket.SHUT_RDWR)

    opened = open_socket(serve_sockets(end))
    opened.open()
    with pytest.raises(TargetError) as ended:
        opened.receive(PATIENCE)
    assert isinstance(ended.value, ConnectionBroken) is not is_closed


@contextmanager
def limiting(times: int, wait: str) -> Iterator[str]:
    """Where a gateway is busy so many times before it lets a WebSocket through."""
    left = [times]

    def limited(connection: ServerConnection, _: Request) -> Response | None:
        left[0] -= 1
        if left[0] < 0:
            return None
        busy = connection.respond(503, "busy")
        busy.headers["Retry-After"] = wait
        return busy

    with serve(lambda _: None, "127.0.0.1", 0, process_request=limited) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.socket.getsockname()[1]}"


def test_limit_is_waited_for(open_socket: Open) -> None:
    """A gateway that is busy for a moment is no rejection."""
    with limiting(2, "0") as place:
        open_socket(place).open()


@pytest.mark.parametrize(("times", "wait"), [(3, "0"), (1, "3600")])
def test_limit_is_not_waited_for_without_end(open_socket: Open, times: int, wait: str) -> None:
    """One that goes on, or for long, is a rejection."""
    with (
        limiting(times, wait) as place,
        pytest.raises(TargetError, match="the WebSocket was rejected"),
    ):
        open_socket(place).open()
