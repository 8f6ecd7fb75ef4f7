"""A recording reverse proxy: it changes nothing but the origin.

Clients speak to the proxy as to the server. In what the server sends, its root is replaced by the
proxy's, so that clients go on through the proxy; in what clients send it is put back. A notifyURL
that a client gives is replaced by one of the proxy, which passes each notification on to it:
so notifications are recorded too. A server sees its own root everywhere, and a client the proxy's.
"""

import re
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from urllib.parse import quote, unquote, urlsplit

import urllib3
from websockets.exceptions import InvalidHandshake, InvalidStatus

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.exchange import Headers
from rcs_conformance.serving import HIJACK, Environ, HttpService, StartResponse
from rcs_conformance.traffic.entries import Entry, Frame
from rcs_conformance.traffic.origins import Origins
from rcs_conformance.traffic.passed_socket import PassedSocket, opened

CALLBACK = "/__callback/"
"""The path of the proxy below which notifications come in; behind it stands the client's URL."""

_HOP_BY_HOP = frozenset(
    {
        *("connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te"),
        *("trailer", "transfer-encoding", "upgrade", "content-length", "host"),
    }
)
_NOTIFY_URL = re.compile(
    rb"(notifyURL(?:\"\s*:\s*\"|>|=)|webhookURL(?:\"\s*:\s*\"|>|=))(https?:?[^\"<&\s]+)", re.I
)
_LONGEST = 600.0
"""Seconds that the server may hold a request, such as a long poll."""

_LARGEST = 16 << 20


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    reason: str
    headers: Headers
    body: bytes


class RecordingProxy:
    """Passes requests to a server, and notifications to clients, and gives both away as entries.

    Args:
        server_root: Of the server: scheme, host, port, and a path if there is one.
        keep: Gets each entry once its response has come, as the client saw it, with its secrets;
            it is called from several threads.
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.
        public_url: Where server and clients reach it, if that is not where it listens.

    Raises:
        ConfigurationError: The root is no URL, or the address cannot be listened on.
    """

    def __init__(
        self,
        server_root: str,
        keep: Callable[[Entry], None],
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        public_url: str = "",
    ) -> None:
        _check_root(server_root)
        self._server_root = server_root.rstrip("/")
        self._take = keep
        self._pool = urllib3.PoolManager(
            num_pools=20, maxsize=100, retries=False, timeout=urllib3.Timeout(None, 10, _LONGEST)
        )
        self._service = HttpService(self._answer, host=host, port=port, max_body_bytes=_LARGEST)
        self.root = (public_url or self._service.root).rstrip("/")
        self._origins = Origins(inner=self._server_root, outer=self.root)

    def close(self) -> None:
        """End all connections; what goes on is not recorded."""
        self._service.close()
        self._pool.clear()

    def _answer(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["REQUEST_URI"]
        headers = tuple(
            (name.removeprefix("HTTP_").replace("_", "-").lower(), str(value))
            for name, value in environ.items()
            if (name.startswith("HTTP_") or name == "CONTENT_TYPE") and value
        )
        body = environ["wsgi.input"].read()
        method = environ["REQUEST_METHOD"]
        if "websocket" in dict(headers).get("upgrade", "").lower():
            refused = self._web_socket(path, headers, environ[HIJACK])
            if refused is None:
                return []
            reply = refused
        elif path.startswith(CALLBACK):
            reply = self._notification(method, path, headers, body)
        else:
            reply = self._request(method, path, headers, body)
        start_response(
            f"{reply.status} {reply.reason}",
            [(name, value) for name, value in reply.headers if name not in _HOP_BY_HOP],
        )
        return [reply.body]

    def _request(self, method: str, path: str, headers: Headers, body: bytes) -> _Reply:
        """Pass a request of a client on; what is recorded is what the client saw."""
        url = f"{self._server_root}{path}"
        inward = _NOTIFY_URL.sub(self._routed, self._origins.inward(body))
        asked = tuple((name, self._origins.inward_text(value)) for name, value in headers)
        clock = time.perf_counter()
        reply = self._sent(method, url, asked, inward)
        outward = self._outward(reply)
        self._keep(method, f"{self.root}{path}", headers, body, outward, clock)
        return outward

    def _web_socket(
        self, path: str, headers: Headers, hand_over: Callable[[], socket.socket]
    ) -> _Reply | None:
        """Pass a WebSocket on until it ends; the response where the server opens none."""
        asked = tuple((name, self._origins.inward_text(value)) for name, value in headers)
        clock = time.perf_counter()
        url, until = f"{self.root}{path}", ExitStack()
        try:
            server = opened(f"{self._server_root}{path}", asked, until)
        except InvalidStatus as error:
            found = error.response
            fields = tuple((name.lower(), value) for name, value in found.headers.raw_items())
            refused = _Reply(
                found.status_code, found.reason_phrase, fields, bytes(found.body or b"")
            )
            self._keep("GET", url, headers, b"", self._outward(refused), clock)
            return self._outward(refused)
        except (InvalidHandshake, OSError, ValueError) as error:
            refused = _unreachable(error, self._server_root)
            self._keep("GET", url, headers, b"", refused, clock)
            return refused

        def keep(frames: Sequence[Frame]) -> None:
            switched = _Reply(HTTPStatus.SWITCHING_PROTOCOLS, "", (), b"")
            self._keep("GET", url, headers, b"", switched, clock, frames=frames)

        with until:
            PassedSocket(
                hand_over(),
                server,
                inward=self._origins.inward,
                outward=lambda said: self._unrouted(self._origins.outward(said)),
                keep=keep,
            ).pass_on(path, headers)
        return None

    def _notification(self, method: str, path: str, headers: Headers, body: bytes) -> _Reply:
        """Pass a notification of the server on to the client."""
        url = unquote(path.removeprefix(CALLBACK))
        if urlsplit(url).scheme not in ("http", "https"):
            return _Reply(404, "Not Found", (("content-type", "text/plain"),), b"no callback\n")
        outward = self._unrouted(self._origins.outward(body))
        clock = time.perf_counter()
        reply = self._sent(method, url, headers, outward)
        self._keep(method, url, headers, outward, reply, clock, inbound=True)
        return reply

    def _sent(self, method: str, url: str, headers: Headers, body: bytes) -> _Reply:
        passed = {n: v for n, v in headers if n not in _HOP_BY_HOP and n != "accept-encoding"}
        passed["accept-encoding"] = "identity"
        try:
            answer = self._pool.request(
                method, url, body=body or None, headers=passed, redirect=False
            )
        except urllib3.exceptions.HTTPError as error:
            return _unreachable(error, url)
        fields = tuple((name.lower(), value) for name, value in answer.headers.items())
        kept = tuple(each for each in fields if each[0] != "content-encoding")
        return _Reply(answer.status, answer.reason or "", kept, answer.data)

    def _outward(self, reply: _Reply) -> _Reply:
        """A response as the client sees it."""
        return replace(
            reply,
            headers=tuple(
                (name, self._unrouted(self._origins.outward_text(value).encode()).decode())
                for name, value in reply.headers
            ),
            body=self._unrouted(self._origins.outward(reply.body)),
        )

    def _routed(self, found: "re.Match[bytes]") -> bytes:
        """A notifyURL by way of the proxy, spelt as forms spell it where it stands in one."""
        given = found[2].replace(b"\\/", b"/").decode("latin-1")
        is_form = found[1].endswith(b"=")
        url = unquote(given) if is_form else given
        if not url.startswith(("http://", "https://")) or url.startswith(self._server_root):
            return found[0]  # no URL; or that of a channel, which the client polls
        routed = f"{self.root}{CALLBACK}{quote(url, safe='')}"
        return found[1] + (quote(routed, safe="") if is_form else routed).encode()

    def _unrouted(self, data: bytes) -> bytes:
        """Data in which the clients' own URLs stand again."""
        slashes = rb"(?:/|\\/)"
        start = slashes.join(re.escape(each.encode()) for each in self.root.split("/"))
        pattern = start + slashes + b"__callback" + slashes + rb"([A-Za-z0-9%._~-]+)"
        return re.sub(pattern, lambda found: unquote(found[1].decode()).encode(), data)

    def _keep(
        self,
        method: str,
        url: str,
        headers: Headers,
        body: bytes,
        reply: _Reply,
        clock: float,
        *,
        inbound: bool = False,
        frames: Sequence[Frame] = (),
    ) -> None:
        seconds = time.perf_counter() - clock
        entry = Entry(
            number=0,
            method=method,
            url=url,
            request_headers=headers,
            request_body=body,
            status=reply.status,
            headers=reply.headers,
            body=reply.body,
            started=datetime.now(UTC) - timedelta(seconds=seconds),
            seconds=seconds,
            inbound=inbound,
            frames=tuple(frames),
        )
        self._take(entry)


def _check_root(url: str) -> None:
    """Find out whether a URL is the root of a server.

    Raises:
        ConfigurationError: It is none, or has credentials, which clients send by themselves.
    """
    if "@" in url:
        raise ConfigurationError(
            "the root of the server has credentials before its host; leave them out: clients send"
            " their own"
        )
    try:
        parts = urlsplit(url)
        is_root = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_root = False
    if not is_root:
        raise ConfigurationError(
            f"{url}: not the root of a server; give a URL such as https://host/api"
        )


def _unreachable(error: Exception, url: str) -> _Reply:
    """What a client gets where the server gives no response."""
    reason = f"{type(error).__name__}: no response from {urlsplit(url).netloc.rpartition('@')[2]}\n"
    plain = (("content-type", "text/plain"),)
    return _Reply(HTTPStatus.BAD_GATEWAY, "Bad Gateway", plain, reason.encode())
