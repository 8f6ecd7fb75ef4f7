"""Access tokens by OAuth 2.0 client credentials (RFC 6749, section 4.4), renewed as they expire.

oauthlib forms the requests and reads the answers; they go out as all others do, with a deadline and
a cap, and without redirections or proxies of the environment.
"""

import base64
import json
import re
import time
from threading import Lock
from urllib.parse import quote_plus

from oauthlib.oauth2 import BackendApplicationClient, MissingTokenError

from rcs_conformance.driver.transport import RawResponse, Transport
from rcs_conformance.errors import ConfigurationError, TargetError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.exchange import header
from rcs_conformance.target import Client, ClientAuthentication, Limits, Secret, Tls

_TOKEN = re.compile(r"[\x21-\x7e]+")
_READ = ("access_token", "token_type")
_LEEWAY = 5.0
"""Seconds before its end at which a token is renewed, so that none ends on its way."""
_SHARE = 0.1
"""Part of its life at which a token is renewed, where that is less."""
_FRESH = 5.0
"""Seconds for which a fresh token that is refused as well is not renewed again."""
_LONGEST = 200
"""Characters of what the endpoint says that are told."""


class TokenSource:
    """The access tokens of one client; safe to use from several threads.

    Args:
        client: Whose tokens these are.
        secret: Of the client.
        tls: What a connection to the token endpoint rests on.
        limits: Deadline and cap of a request.
        log: Is told each token, so that none gets into a record.
    """

    def __init__(
        self, client: Client, secret: Secret, tls: Tls, limits: Limits, log: EvidenceLog
    ) -> None:
        self._client = client
        self._secret = secret
        self._tls = tls
        self._limits = limits
        self._log = log
        self._lock = Lock()
        self._token = ""
        self._fetched = self._renew_at = 0.0
        self._is_doubted = False
        pair = _basic(client.id, secret)
        log.learn(secret.reveal(), pair, pair.rstrip("="))

    @property
    def identity(self) -> object:
        """Equal for sources of the same client."""
        return self._client, self._secret

    def token(self) -> str:
        """The present token: the first one, or another once that has expired.

        Raises:
            ConfigurationError: The token endpoint gives none.
        """
        with self._lock:
            if not self._token or time.monotonic() >= self._renew_at:
                self._fetch()
            return self._token

    def replacement(self, refused: str) -> str:
        """The token to try once the target refused one; the same where there is no better one.

        It is renewed once, whoever else was refused. Where the target refuses a fresh token as
        well, the token is hardly what it minds, and is kept for a while.

        Raises:
            ConfigurationError: The token endpoint gives none.
        """
        with self._lock:
            waits = self._is_doubted and time.monotonic() < self._fetched + _FRESH
            if refused == self._token and not waits:
                self._fetch()
            return self._token

    def replacement_rejected(self, token: str) -> None:
        """The target refused a token that took the place of a refused one."""
        with self._lock:
            self._is_doubted = self._is_doubted or token == self._token

    def _fetch(self) -> None:
        limits = self._limits
        asked = time.monotonic()
        transport = Transport(
            self._client.token_url,
            deadline=limits.deadline,
            max_bytes=limits.max_body_bytes,
            tls=self._tls,
        )
        headers, body = self._request()
        try:
            answer = transport.send("POST", self._client.token_url, headers, body.encode())
        except TargetError as error:
            raise self._error(str(error)) from None
        finally:
            transport.close()
        self._token, seconds = self._parsed(answer)
        self._log.learn(self._token)
        self._fetched = asked
        self._renew_at = asked + seconds - min(_LEEWAY, seconds * _SHARE)
        self._is_doubted = False

    def _request(self) -> tuple[dict[str, str], str]:
        client = BackendApplicationClient(self._client.id)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        scope = self._client.scope or None
        if self._client.authentication is ClientAuthentication.BODY:
            secret = self._secret.reveal()
            return headers, client.prepare_request_body(
                scope=scope, include_client_id=True, client_secret=secret
            )
        headers["Authorization"] = f"Basic {_basic(self._client.id, self._secret)}"
        return headers, client.prepare_request_body(scope=scope)

    def _parsed(self, answer: RawResponse) -> tuple[str, float]:
        """The token in an answer, and for how many seconds it holds; for ever unless told."""
        content = self._object(answer)
        try:
            found = BackendApplicationClient(self._client.id).parse_request_body_response(
                json.dumps({key: content[key] for key in _READ if key in content})
            )
        except MissingTokenError:
            raise self._error("response 200 has no access_token") from None
        token = found.get("access_token")
        if not isinstance(token, str) or not _TOKEN.fullmatch(token):
            raise self._error("access_token must consist of visible ASCII characters")
        kind = str(found.get("token_type") or "Bearer")
        if kind.lower() != "bearer":
            raise self._error(f"token_type must be Bearer, not {kind[:_LONGEST]!r}")
        return token, _seconds(content.get("expires_in"))

    def _object(self, answer: RawResponse) -> dict[str, object]:
        """The JSON object in an answer, where it is none that refuses."""
        try:
            content = json.loads(answer.body)
        except ValueError:
            content = None
        refusal = content.get("error") if isinstance(content, dict) else None
        if answer.status != 200 or refusal:
            said = f", error {str(refusal)[:_LONGEST]}" if refusal else ""
            hint = "; check client_id and client_secret" if answer.status in (400, 401) else ""
            raise self._error(f"rejects the client: status {answer.status}{said}{hint}")
        if not isinstance(content, dict):
            media_type = header(answer.headers, "content-type") or "no media type"
            raise self._error(f"the response must be a JSON object, not {media_type[:_LONGEST]}")
        return content

    def _error(self, reason: str) -> ConfigurationError:
        told = self._log.redacted_text(f"[auth] token_url {self._client.token_url}: {reason}")
        return ConfigurationError(" ".join(told.split()))


def _basic(identifier: str, secret: Secret) -> str:
    """Client id and secret as RFC 6749, section 2.3.1 has them in a header."""
    pair = f"{quote_plus(identifier)}:{quote_plus(secret.reveal())}"
    return base64.b64encode(pair.encode()).decode()


def _seconds(expires_in: object) -> float:
    try:
        seconds = float(str(expires_in))
    except ValueError:
        return float("inf")
    return max(seconds, 0.0) if seconds == seconds else float("inf")  # noqa: PLR0124 - NaN
