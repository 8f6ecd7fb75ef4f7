"""The WSGI application: from a request to its response, by way of the rules."""

import logging
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import parse_qs

from rcs_conformance.binding import Binding
from rcs_conformance.errors import WireError
from rcs_conformance.model.channel import ChannelType, ConnAck, ConnCheck
from rcs_conformance.model.formats import Format
from rcs_conformance.reference import channels as polling
from rcs_conformance.reference import control, participants, rejections
from rcs_conformance.reference.calls import Call, RawResponse, Response, read_call
from rcs_conformance.reference.channel import Channels
from rcs_conformance.reference.chat import Chat
from rcs_conformance.reference.dialects import Dialect
from rcs_conformance.reference.further import FURTHER_OPERATIONS
from rcs_conformance.reference.notification_views import NotificationViews
from rcs_conformance.reference.notifier import Notifier, Outlet
from rcs_conformance.reference.operations import OPERATIONS
from rcs_conformance.reference.paths import CONTROL, FILE, FT_FILE, POLL, Paths
from rcs_conformance.reference.presentation import (
    PresentingOutlet,
    presented,
    shown_addresses,
)
from rcs_conformance.reference.reading import read_body
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.state import Account
from rcs_conformance.reference.views import Views
from rcs_conformance.reference.web_socket import ServerSocket
from rcs_conformance.reference.world import World
from rcs_conformance.serving import HIJACK, Environ, StartResponse

_LOG = logging.getLogger(__name__)

_PIECE = 7
"""Bytes in one piece of a chunked response."""


class Application:
    """Answers requests.

    Attributes:
        latency: Seconds that every response is delayed.
        closing: Set once no request is served any more.
    """

    def __init__(self, chat: Chat, paths: Paths, dialect: Dialect, latency: float = 0.0) -> None:
        self.latency = latency
        self.closing = threading.Event()
        self._chat = chat
        self._paths = paths
        self._dialect = dialect
        self._shown = shown_addresses(chat.world.accounts.all)

    def grant(self, token: str, address: str, seconds: float) -> None:
        """Let a further access token serve for a user, until it expires."""
        self._chat.world.accounts.grant(token, address, seconds)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Response one request, as PEP 3333 has it."""
        call = read_call(environ, self._paths)
        if self.latency:
            self.closing.wait(self.latency)
        if call.resource == POLL and call.headers.get("upgrade", "").lower() == "websocket":
            call = self._with_token(call, environ)
            if conversation := self._conversation(call):
                return self._conversed(call, environ, conversation)
        raw = self._encode(call, self._answer(call))
        reason = HTTPStatus(raw.status).phrase
        headers = list(raw.headers)
        if raw.chunked:
            start_response(f"{raw.status} {reason}", headers)
            return _pieces(raw.body)
        if raw.status != 204:
            headers.append(("Content-Length", str(len(raw.body))))
        start_response(f"{raw.status} {reason}", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [raw.body]

    def _with_token(self, call: Call, environ: Environ) -> Call:
        """The request for a WebSocket with the access token where all others have it."""
        parameter = self._paths.binding.delivery.token_parameter
        token = parse_qs(environ["QUERY_STRING"]).get(parameter, [""])[0]
        if not token:
            return call
        return replace(call, headers={**call.headers, "authorization": f"Bearer {token}"})

    def _conversation(self, call: Call) -> polling.Conversation | None:
        """What is said through a WebSocket; `None` where the request is answered as others are."""
        chat = self._chat
        try:
            account = chat.rules.identify(call, chat.world.accounts)
            owner = chat.world.accounts.by_address(call.variables["userId"])
            chat.rules.authorise(call, account, owner)
            channel = polling.found(chat, call)
        except Rejection:
            return None
        if channel.given.channel_type is not ChannelType.WEB_SOCKETS:
            return None

        def encode(content: object, fmt: Format) -> bytes:
            written = self._dialect.written(content, call.root)
            if isinstance(content, ConnAck | ConnCheck):
                body = self._dialect.responses.encode(written, fmt)
            else:
                body = self._dialect.notification(written, fmt, channel.owner)
            return chat.rules.written(body, fmt)

        return polling.Conversation(chat, channel, encode, self._read_message)

    def _conversed(
        self, call: Call, environ: Environ, conversation: polling.Conversation
    ) -> Iterable[bytes]:
        """Hold a WebSocket, in place of the answer to the request for it."""
        connection = ServerSocket(environ[HIJACK](), self._paths.binding.delivery.subprotocol)
        if connection.open(environ["REQUEST_URI"], call.headers):
            conversation.hold(connection)
        return []

    def _read_message(self, message: bytes) -> tuple[object, Format] | None:
        """What a client says through a WebSocket, in either format."""
        fmt = Format.XML if message.lstrip().startswith(b"<") else Format.JSON
        try:
            return self._dialect.requests.decode(message, fmt).content, fmt
        except WireError:
            return None

    def _answer(self, call: Call) -> Response:
        rules = self._chat.rules
        try:
            response = self._served(call)
        except Rejection as rejection:
            response = rules.reject(call, rejection)
        except Exception:
            _LOG.exception("%s failed", call.operation)
            response = rules.reject(call, rejections.internal_error())
        response = rules.respond(call, response)
        if self._shown:
            response = replace(response, content=presented(response.content, self._shown))
        return self._dialect.given(call, response, self._chat.world.accounts)

    def _served(self, call: Call) -> Response:
        if self.closing.is_set():
            raise rejections.unavailable()
        if not call.root:
            raise rejections.malformed("the Host field names no host")
        world, rules = self._chat.world, self._chat.rules
        if call.resource == CONTROL:
            if not call.is_served:
                raise rejections.wrong_method(call.method, call.verbs)
            with world.lock:
                return control.trigger(self._chat, call)
        account = rules.identify(call, world.accounts)
        if not call.resource:
            raise rejections.not_found(call.path)
        if call.method == "OPTIONS":
            return Response(status=204, headers=(("Allow", ", ".join(call.verbs)),))
        is_further = call.method in self._paths.beyond(call.resource)
        if is_further and call.operation not in FURTHER_OPERATIONS:
            raise rejections.not_implemented(call.method)
        if not call.is_served and not is_further:
            raise rejections.wrong_method(call.method, call.verbs)
        rules.authorise(call, account, world.accounts.by_address(call.variables["userId"]))
        if not call.acceptable and call.resource not in (FILE, FT_FILE):
            raise rejections.not_acceptable(call.headers.get("accept", ""))
        return self._operated(call)

    def _operated(self, call: Call) -> Response:
        rules = self._chat.rules
        if call.resource == POLL:
            return rules.perform(call, None, lambda _: polling.poll(self._chat, call))
        content = None
        if call.method in ("POST", "PUT"):
            content = rules.read(call, lambda given: read_body(given, self._dialect))
            content = self._dialect.read(call, content)
        operation = OPERATIONS.get(call.operation) or FURTHER_OPERATIONS[call.operation]
        if self._dialect.returns(call, content, self._chat.world.accounts):
            operation = participants.come_back
        with self._chat.world.lock:
            response = rules.perform(
                call, content, lambda given: operation(self._chat, call, given)
            )
        return replace(response, requested=content)

    def _encode(self, call: Call, response: Response) -> RawResponse:
        headers = response.headers
        body = b""
        if response.content is not None:
            fmt = response.format or call.format
            body = self._chat.rules.written(self._written(call, response.content, fmt), fmt)
            headers = (*headers, ("Content-Type", fmt.media_type))
        elif response.file is not None:
            body = response.file.content
            headers = (*headers, ("Content-Type", response.file.media_type))
        return self._chat.rules.finished(
            call, RawResponse(status=response.status, headers=headers, body=body)
        )

    def _written(self, call: Call, content: object, fmt: Format) -> bytes:
        if isinstance(content, tuple):
            return self._dialect.notification(content, fmt, self._chat.owner(call))
        return self._dialect.responses.encode(content, fmt)


def assemble(
    accounts: Iterable[Account],
    rules: Rules,
    outlet: Outlet,
    *,
    channels: Channels | None = None,
    binding: Binding | None = None,
    latency: float = 0.0,
) -> Application:
    """An application with these users and rules; notices go to the outlet."""
    paths = Paths(binding)
    users = tuple(rules.account(each) for each in accounts)
    world, dialect = World(users, channels, rules.lock), Dialect(binding=paths.binding)
    views = Views(
        rules=rules, paths=paths, ids={each.address: each.id for each in users if each.id}
    )
    outlet = PresentingOutlet(
        outlet=outlet, shown=shown_addresses(users), dialect=dialect, accounts=world.accounts
    )
    notifier = Notifier(
        world=world, rules=rules, views=NotificationViews(views=views), outlet=outlet
    )
    chat = Chat(world=world, rules=rules, views=views, notifier=notifier)
    return Application(chat, paths, dialect, latency)


def _pieces(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), _PIECE):
        yield body[start : start + _PIECE]
