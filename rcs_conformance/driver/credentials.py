"""How users authenticate: what stands in the `Authorization` header, and when it is renewed."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from rcs_conformance.binding import Authentication, Binding
from rcs_conformance.driver.digest import DigestLogin
from rcs_conformance.driver.oauth_tokens import TokenSource
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.exchange import REDACTED, Exchange, Request, header
from rcs_conformance.target import Client, Secret, Target, User

_EXPIRED = "an access token that is no longer valid"
_UNCHALLENGED = "no credentials before the challenge of HTTP Digest"


class Credentials(Protocol):
    """What one user authenticates with."""

    @property
    def scheme(self) -> Authentication:
        """The scheme of the header."""
        ...

    @property
    def identity(self) -> object:
        """Equal for users whom the target cannot tell apart."""
        ...

    def value(self) -> str:
        """What stands behind the scheme.

        Raises:
            ConfigurationError: It cannot be had.
        """
        ...

    def replacement(self, refused: str) -> str:
        """What to try once the target refused a value; the same where there is nothing else."""
        ...

    def replacement_rejected(self, value: str) -> None:
        """The target refused what took the place of a refused value."""
        ...

    def of(self, secret: str) -> str:
        """What would stand there with another secret: that of nobody."""
        ...

    def header(self, value: str, method: str, url: str) -> str:
        """The `Authorization` field of a request; empty where it needs a challenge first."""
        ...

    def takes(self, challenge: str, value: str, method: str, url: str) -> bool:
        """Whether a challenge makes another header of the same value."""
        ...


class _Unchallenged:
    """Its header is the same for every request."""

    scheme: Authentication

    def header(self, value: str, method: str, url: str) -> str:
        """Scheme and value."""
        return f"{self.scheme} {value}"

    def takes(self, challenge: str, value: str, method: str, url: str) -> bool:
        """No: nothing else can be said."""
        return False


class _Fixed:
    """Nothing that is renewed."""

    def replacement(self, refused: str) -> str:
        """The same: there is no other."""
        return refused

    def replacement_rejected(self, value: str) -> None:
        """Nothing follows from it."""


class StaticToken(_Fixed, _Unchallenged):
    """An access token that the target file gives."""

    scheme = Authentication.BEARER

    def __init__(self, token: Secret) -> None:
        self._token = token

    @property
    def identity(self) -> object:
        """The token."""
        return self._token

    def value(self) -> str:
        """The token."""
        return self._token.reveal()

    def of(self, secret: str) -> str:
        """The other token."""
        return secret


class BasicPassword(_Fixed, _Unchallenged):
    """User name and password by HTTP Basic (RFC 7617)."""

    scheme = Authentication.BASIC

    def __init__(self, username: str, password: Secret, log: EvidenceLog) -> None:
        self._username = username
        self._value = self.of(password.reveal())
        log.learn(password.reveal(), self._value, self._value.rstrip("="))

    @property
    def identity(self) -> object:
        """User name and password."""
        return Secret(self._value)

    def value(self) -> str:
        """Both, in Base64."""
        return self._value

    def of(self, secret: str) -> str:
        """The same user name with another password."""
        return base64.b64encode(f"{self._username}:{secret}".encode()).decode()


class DigestPassword(_Fixed):
    """User name and password by HTTP Digest (RFC 7616)."""

    scheme = Authentication.DIGEST

    def __init__(self, username: str, password: Secret, log: EvidenceLog) -> None:
        self._username = username
        self._password = password
        self._logins: dict[str, DigestLogin] = {}
        log.learn(password.reveal())

    @property
    def identity(self) -> object:
        """User name and password."""
        return (self._username, self._password)

    def value(self) -> str:
        """The password."""
        return self._password.reveal()

    def of(self, secret: str) -> str:
        """The other password."""
        return secret

    def header(self, value: str, method: str, url: str) -> str:
        """The answer to the last challenge."""
        return self._login(value).header(method, url)

    def takes(self, challenge: str, value: str, method: str, url: str) -> bool:
        """Whether the challenge can be answered."""
        return self._login(value).take(challenge, method, url)

    def _login(self, password: str) -> DigestLogin:
        return self._logins.setdefault(password, DigestLogin(self._username, password))


class OAuthToken(_Unchallenged):
    """An access token that a client gets, and gets anew."""

    scheme = Authentication.BEARER

    def __init__(self, source: TokenSource) -> None:
        self._source = source

    @property
    def identity(self) -> object:
        """The client."""
        return self._source.identity

    def value(self) -> str:
        """The present token."""
        return self._source.token()

    def replacement(self, refused: str) -> str:
        """A fresh one, unless a fresh one was refused, too."""
        return self._source.replacement(refused)

    def replacement_rejected(self, value: str) -> None:
        """It is not the token that the target minds."""
        self._source.replacement_rejected(value)

    def of(self, secret: str) -> str:
        """Another token."""
        return secret


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentedCredentials:
    """What one request is authenticated with.

    Attributes:
        credentials: Where it comes from.
        value: What stands behind the scheme; it must get into no record.
        is_valid: Whether it is meant to be taken, and not one that nobody has.
    """

    credentials: Credentials
    value: str = field(repr=False)
    is_valid: bool = True

    def header(self, method: str, url: str) -> str:
        """The value of the `Authorization` field of a request; empty before a challenge."""
        return self.credentials.header(self.value, method, url)

    def on(self, request: Request, headers: Mapping[str, str]) -> tuple[Request, Mapping[str, str]]:
        """A request with this on it: as it may be recorded, and its headers as they are sent."""
        given = self.header(request.method, request.url)
        if not given:
            return request, headers
        shown = ("authorization", f"{self.credentials.scheme} {REDACTED}")
        recorded = replace(request, headers=(*request.headers, shown))
        return recorded, {**headers, "Authorization": given}

    def challenged(self, exchange: Exchange) -> bool:
        """Whether a refusal says how to present the same once more, as it could not be before."""
        challenge = header(exchange.answer.headers, "www-authenticate") or ""
        request = exchange.request
        is_new = header(request.headers, "authorization") is None or "stale=true" in challenge
        return is_new and self.credentials.takes(challenge, self.value, request.method, request.url)

    def replaced(self) -> "PresentedCredentials | None":
        """What to present in its place after it was refused, if there is anything."""
        better = self.credentials.replacement(self.value) if self.is_valid else self.value
        return None if better == self.value else replace(self, value=better)


def send_renewing_token(
    presented: PresentedCredentials,
    attempt: Callable[[PresentedCredentials], Exchange],
    note: Callable[[Exchange], None] | None = None,
) -> Exchange:
    """The exchange that came of a request, the second one where a token had to be renewed.

    Or where a challenge had to be answered. Both stay in the evidence, the first with the remark
    that its token was none any more, or that there was no answer yet.

    Args:
        presented: What the request is authenticated with.
        attempt: Sends it, and records the exchange.
        note: Replaces the record of the first exchange, where it has one.

    Raises:
        TargetError: There was no answer that can be judged.
        ConfigurationError: No new token is to be had.
    """
    exchange = attempt(presented)
    if exchange.answer.status != 401:
        return exchange
    is_challenge = presented.challenged(exchange)
    renewed = presented if is_challenge else presented.replaced()
    if renewed is None:
        return exchange
    why = _UNCHALLENGED if is_challenge else _EXPIRED
    stale = " and ".join(filter(None, (exchange.request.mutation, why)))
    if note is not None:
        note(replace(exchange, request=replace(exchange.request, mutation=stale)))
    again = attempt(renewed)
    if again.answer.status == 401 and not is_challenge:
        renewed.credentials.replacement_rejected(renewed.value)
    return again


class CredentialStore:
    """The credentials of all users of a target; users of one client share its tokens.

    Args:
        target: The implementation under test.
        binding: Whose scheme a secret is for that the target file gives without a user name.
        log: Is told all secrets, so that none gets into a record.
    """

    def __init__(self, target: Target, binding: Binding, log: EvidenceLog) -> None:
        self._target = target
        self._binding = binding
        self._log = log
        self._sources: dict[tuple[Client, Secret], TokenSource] = {}

    def of(self, user: User) -> Credentials:
        """What a user authenticates with."""
        if user.token_without_scope is not None:
            self._log.learn(user.token_without_scope.reveal())
        if user.client is not None:
            return OAuthToken(self._source(user.client, user.token))
        if self._binding.authentication is Authentication.DIGEST:
            return DigestPassword(user.login, user.token, self._log)
        if user.username is not None or self._binding.authentication is Authentication.BASIC:
            return BasicPassword(user.login, user.token, self._log)
        self._log.learn(user.token.reveal())
        return StaticToken(user.token)

    def _source(self, client: Client, secret: Secret) -> TokenSource:
        if (client, secret) not in self._sources:
            self._sources[client, secret] = TokenSource(
                client, secret, self._target.tls, self._target.limits, self._log
            )
        return self._sources[client, secret]
