"""A token endpoint for client credentials, on a socket of its own (RFC 6749, section 4.4)."""

import base64
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Self
from urllib.parse import parse_qs, unquote_plus

from rcs_conformance.serving import Environ, HttpService, StartResponse

OAuthToken = Callable[[str, str, float], None]
"""Is told a token, the user whom it is for, and its seconds."""


def _nobody(_token: str, _address: str, _seconds: float) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request for a token: who asked, in which way, and with which form."""

    client: str
    way: str
    form: Mapping[str, list[str]] = field(default_factory=dict)


class TokenEndpoint:
    """Gives tokens to clients, each of which stands for a user, until it is closed.

    Args:
        clients: Id of each client, with its secret and the address of its user.
        granted: Is told each token before it is given.
        seconds: How long a token serves.
        told: How long it is said to serve; as long as it does, unless told otherwise.

    Attributes:
        url: Of the endpoint.
        asked: The requests that were granted.
        tokens: The tokens that were given.
    """

    def __init__(
        self,
        clients: Mapping[str, tuple[str, str]],
        granted: OAuthToken = _nobody,
        *,
        seconds: float = 3600,
        told: float | None = None,
    ) -> None:
        self._clients = clients
        self._parsed = granted
        self.seconds = seconds
        self._told = told
        self._lock = Lock()
        self._closed = False
        self.asked: list[Asked] = []
        self.tokens: list[str] = []
        self._http = HttpService(self, host="127.0.0.1", port=0)
        self.url = f"{self._http.root}/token"

    @property
    def port(self) -> int:
        """The port of the endpoint."""
        return self._http.port

    def close(self) -> None:
        """Stop serving; a second call does nothing."""
        if not self._closed:
            self._closed = True
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        status, content = self._answer(environ)
        start_response(status, [("Content-Type", "application/json")])
        return [json.dumps(content).encode()]

    def _answer(self, environ: Environ) -> tuple[str, Mapping[str, object]]:
        form = parse_qs(environ["wsgi.input"].read().decode())
        client, secret, way = _client(environ, form)
        if form.get("grant_type") != ["client_credentials"]:
            return "400 Bad Request", {"error": "unsupported_grant_type"}
        if self._clients.get(client, ("", ""))[0] != secret:
            return "401 Unauthorized", {"error": "invalid_client", "echo": secret}
        with self._lock:
            token = f"granted/{client}&{len(self.tokens)}"
            self.tokens.append(token)
            self.asked.append(Asked(client=client, way=way, form=form))
            self._parsed(token, self._clients[client][1], self.seconds)
        told = self.seconds if self._told is None else self._told
        return "200 OK", {"access_token": token, "token_type": "bearer", "expires_in": told}


def _client(environ: Environ, form: Mapping[str, list[str]]) -> tuple[str, str, str]:
    """Id and secret of the client, and how it told them."""
    scheme, _, value = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme == "Basic":
        client, _, secret = base64.b64decode(value).decode().partition(":")
        return unquote_plus(client), unquote_plus(secret), "basic"
    return form.get("client_id", [""])[0], form.get("client_secret", [""])[0], "body"
