"""A recording reverse proxy: it changes nothing but the origin.

Clients speak to the proxy as to the server. In what the server sends, its root is replaced by the
proxy's, so that clients go on through the proxy; in what clients send it is put back. A notifyURL
that a client gives is replaced by one of the proxy, which passes each notification on to it:
so notifications are recorded too. A server sees its own root everywhere, and a client the proxy's.
"""

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import quote, unquote, urlsplit

import urllib3

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.exchange import Headers
from rcs_conformance.serving import Environ, HttpService, StartResponse
from rcs_conformance.traffic.entries import Entry
from rcs_conformance.traffic.origins import Origins

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
_WEB_SOCKET = b"WebSockets do not pass this proxy: use long polls or callbacks\n"


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
        parts = urlsplit(server_root)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ConfigurationError(
                f"{server_root}: not the root of a server; give a URL such as https://host/api"
            )
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
            start_response("501 Not Implemented", [("Content-Type", "text/plain")])
            return [_WEB_SOCKET]
        if path.startswith(CALLBACK):
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
        started, clock = datetime.now(UTC), time.perf_counter()
        reply = self._sent(method, url, asked, inward)
        outward = replace(
            reply,
            headers=tuple(
                (name, self._unrouted(self._origins.outward_text(value).encode()).decode())
                for name, value in reply.headers
            ),
            body=self._unrouted(self._origins.outward(reply.body)),
        )
        self._keep(method, f"{self.root}{path}", headers, body, outward, started, clock)
        return outward

    def _notification(self, method: str, path: str, headers: Headers, body: bytes) -> _Reply:
        """Pass a notification of the server on to the client."""
        url = unquote(path.removeprefix(CALLBACK))
        if urlsplit(url).scheme not in ("http", "https"):
            return _Reply(404, "Not Found", (("content-type", "text/plain"),), b"no callback\n")
        outward = self._unrouted(self._origins.outward(body))
        started, clock = datetime.now(UTC), time.perf_counter()
        reply = self._sent(method, url, headers, outward)
        self._keep(method, url, headers, outward, reply, started, clock, inbound=True)
        return reply

    def _sent(self, method: str, url: str, headers: Headers, body: bytes) -> _Reply:
        passed = {n: v for n, v in headers if n not in _HOP_BY_HOP and n != "accept-encoding"}
        passed["accept-encoding"] = "identity"
        try:
            answer = self._pool.request(
                method, url, body=body or None, headers=passed, redirect=False
            )
        except urllib3.exceptions.HTTPError as error:
            reason = f"{type(error).__name__}: no response from {urlsplit(url).netloc}\n"
            plain = (("content-type", "text/plain"),)
            return _Reply(HTTPStatus.BAD_GATEWAY, "Bad Gateway", plain, reason.encode())
        fields = tuple((name.lower(), value) for name, value in answer.headers.items())
        kept = tuple(each for each in fields if each[0] != "content-encoding")
        return _Reply(answer.status, answer.reason or "", kept, answer.data)

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
        started: datetime,
        clock: float,
        *,
        inbound: bool = False,
    ) -> None:
        entry = Entry(
            number=0,
            method=method,
            url=url,
            request_headers=headers,
            request_body=body,
            status=reply.status,
            headers=reply.headers,
            body=reply.body,
            started=started,
            seconds=time.perf_counter() - clock,
            inbound=inbound,
        )
        self._take(entry)
