"""Requests and responses as the parts of the server hand them to each other."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference.negotiation import format_of, media_type, response_format
from rcs_conformance.reference.parts import Part, kind_of, part_of
from rcs_conformance.reference.paths import Paths
from rcs_conformance.reference.state import File
from rcs_conformance.serving import CONNECTED, Environ

BODY_LIMIT = 1 << 20
"""The largest body that is read, in bytes."""

_HOST = re.compile(r"[A-Za-z0-9._~\-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request, routed and negotiated.

    Attributes:
        method: The HTTP method, `HEAD` counting as `GET`, and what a dialect has for a verb of the
            default binding as that verb.
        path: As requested, percent-encoded.
        root: Server root of the request, such as `http://127.0.0.1:8080`; empty
            where the `Host` field is none.
        resource: Key of the resource in the binding; empty where there is none.
        verbs: The verbs of that resource in the dialect.
        is_served: Whether the method is one of these.
        variables: Of its path, decoded.
        headers: By lower-case name.
        body: At most `BODY_LIMIT` bytes.
        too_large: Whether the body was larger.
        format: The format of the response.
        acceptable: Whether the client accepts that format.
        is_connected: Whether the client still waits for the response.
    """

    method: str
    path: str
    root: str
    resource: str
    verbs: tuple[str, ...]
    variables: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    too_large: bool
    format: Format
    acceptable: bool
    is_served: bool = True
    is_connected: Callable[[], bool] = lambda: True

    @property
    def operation(self) -> str:
        """Verb and resource, such as `POST groups`."""
        return f"{self.method} {self.resource}"

    @property
    def kind(self) -> ChatKind | None:
        """The kind of chat that the resource belongs to, if it belongs to one."""
        return kind_of(self.resource, self.chat_id)

    @property
    def part(self) -> Part | None:
        """Which part of a chat the resource is, if it belongs to one."""
        return part_of(self.resource)

    def does(self, method: str, part: Part) -> bool:
        """Whether it is this verb on this part of a chat of any kind."""
        return self.method == method and self.part is part

    @property
    def is_multipart(self) -> bool:
        """Whether the body has parts, as a multimedia message has."""
        return media_type(self.content_type).startswith("multipart/")

    @property
    def chat_id(self) -> str:
        """The id of the chat in the path; empty where it names none."""
        return self.variables.get("sessionId") or self.variables.get("groupChatId", "")

    @property
    def content_type(self) -> str:
        """The `Content-Type` field; empty where there is none."""
        return self.headers.get("content-type", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A response before it is encoded.

    Attributes:
        status: The HTTP status.
        content: The structure of its body, a tuple of notifications for a list; `None` for none.
        file: What goes out in place of a structure.
        headers: Beside those about the body.
        format: Instead of the negotiated one.
        requested: The structure of the request's body, if there is one.
    """

    status: int
    content: object | None = None
    file: File | None = None
    headers: tuple[tuple[str, str], ...] = ()
    format: Format | None = None
    requested: object | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawResponse:
    """A response as it goes out.

    Attributes:
        status: The HTTP status.
        headers: All header fields but `Content-Length`.
        body: The encoded body.
        chunked: Whether the body goes out in pieces without its length.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    chunked: bool = False


def read_call(environ: Environ, paths: Paths) -> Call:
    """The call in a WSGI environment; it never rejects, the application does."""
    path, _, query = str(environ.get("REQUEST_URI", environ["PATH_INFO"])).partition("?")
    path = urlsplit(path).path if "://" in path else path
    headers = _headers(environ)
    route = paths.route(path)
    method = environ["REQUEST_METHOD"]
    sent = format_of(headers.get("content-type", ""))
    res_format = parse_qs(query).get("resFormat", [""])[0]
    usual = sent or paths.binding.default_format
    wanted = response_format(headers.get("accept", ""), res_format, usual)
    body = environ["wsgi.input"].read(BODY_LIMIT + 1)
    method = "GET" if method == "HEAD" and "GET" in route.verbs else method
    return Call(
        method=route.meant.get(method, method),
        is_served=method in route.verbs,
        path=path,
        root=_root(headers, environ.get("wsgi.url_scheme", "http")),
        resource=route.resource,
        verbs=route.verbs,
        variables=route.variables,
        headers=headers,
        body=body[:BODY_LIMIT],
        too_large=len(body) > BODY_LIMIT,
        format=wanted or usual,
        acceptable=wanted is not None,
        is_connected=environ.get(CONNECTED, lambda: True),
    )


def _headers(environ: Environ) -> dict[str, str]:
    headers = {
        name[5:].replace("_", "-").lower(): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    headers["content-type"] = str(environ.get("CONTENT_TYPE", ""))
    return headers


def _root(headers: Mapping[str, str], scheme: str) -> str:
    host = headers.get("host", "")
    return f"{scheme}://{host}" if _HOST.fullmatch(host) else ""
