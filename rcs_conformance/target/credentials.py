"""How users authenticate and what TLS rests on: `[[users]]`, `[auth]`, `[tls]`.

A user has one secret: an access token, a password (HTTP Basic), or that of a client which gets its
tokens by OAuth 2.0 client credentials. What a user does not give, `[auth]` gives for all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rcs_conformance.configuration import Place
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.target.authentication import Client, ClientAuthentication, Tls
from rcs_conformance.target.records import User
from rcs_conformance.target.secret import Secret, Shape, Surroundings, secret_from
from rcs_conformance.target.tables import AuthTable, CredentialsTable, TlsTable, UserTable

_SECRETS: Mapping[str, Shape] = {
    "token": Shape.TOKEN,
    "password": Shape.PASSWORD,
    "client_secret": Shape.PASSWORD,
}
_COMPANIONS = {
    "username": "password",
    "client_id": "client_secret",
    "scope": "client_secret",
    "token_url": "client_secret",
    "client_authentication": "client_secret",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """How a user authenticates, with the fields of `User`."""

    token: Secret
    username: str | None = None
    client: Client | None = None


class Auth:
    """What the users of a target file authenticate with.

    Args:
        table: `[auth]`.
        place: Where it stands.
        around: Where secrets are looked up.

    Raises:
        ConfigurationError: `[auth]` is wrong; one line with file, line and key.
    """

    def __init__(self, table: AuthTable, place: Place, around: Surroundings) -> None:
        self._table = table
        self._place = place
        self._around = around
        self._kind = _kind(table, place)
        if self._kind:
            _check_companions(table, self._kind, place)
        self._shared = self._secret(table, self._kind, place) if self._kind else None

    def of(self, user: UserTable, place: Place) -> Credentials:
        """The credentials of a user: its own, or those that all share.

        Raises:
            ConfigurationError: There are none, or several.
        """
        own = _kind(user, place)
        kind = own or self._kind_for(user)
        if kind is None:
            raise place.at("token").error("missing: give it here, or in [auth] for all users")
        _check_companions(user, kind, place)
        secret = self._secret(user, kind, place) if own else self._shared
        if secret is None:
            raise place.at(kind).error("missing: give it here, or in [auth] for all users")
        match kind:
            case "password":
                return Credentials(token=secret, username=_login(user, secret, place))
            case "client_secret":
                return Credentials(token=secret, client=self._client(user, place))
        return Credentials(token=secret)

    def without_scope(self, user: UserTable, place: Place) -> Secret | None:
        """The token of a user that lacks the scope of the API; `None` where it gives none.

        Raises:
            ConfigurationError: It cannot be read.
        """
        if user.token_without_scope is None:
            return None
        try:
            return secret_from(user.token_without_scope, self._around, Shape.TOKEN)
        except ConfigurationError as error:
            raise place.at("token_without_scope").error(str(error)) from None

    def _kind_for(self, user: UserTable) -> str | None:
        """The kind of what all share, or what the user gives something for."""
        if self._kind:
            return self._kind
        return next((_COMPANIONS[key] for key in _COMPANIONS if _gives(user, key)), None)

    def _secret(self, table: CredentialsTable, key: str, place: Place) -> Secret:
        try:
            return secret_from(getattr(table, key), self._around, _SECRETS[key])
        except ConfigurationError as error:
            raise place.at(key).error(str(error)) from None

    def _client(self, user: UserTable, place: Place) -> Client:
        auth = self._table
        if auth.token_url is None:
            raise self._place.at("token_url").error("missing: clients get their tokens there")
        identifier = user.client_id or auth.client_id
        if identifier is None:
            raise place.at("client_id").error("missing: give it here, or in [auth] for all users")
        return Client(
            id=identifier,
            token_url=auth.token_url,
            scope=(auth.scope or "") if user.scope is None else user.scope,
            authentication=auth.client_authentication or ClientAuthentication.BASIC,
        )


def tls_of(table: TlsTable, folder: Path, place: Place) -> Tls:
    """What `[tls]` says; its files are opened, so that an unusable one is found before any test.

    Args:
        table: The table.
        folder: Of the target file: paths are relative to it.
        place: Where the table stands.

    Raises:
        ConfigurationError: A file cannot be used.
    """
    if table.key and not table.certificate:
        raise place.at("key").error("belongs to a client certificate: give certificate, too")

    def located(name: str) -> str:
        return str((folder / name).absolute()) if name else ""

    tls = Tls(ca=located(table.ca), certificate=located(table.certificate), key=located(table.key))
    try:
        tls.context()
    except ConfigurationError as error:
        key, _, reason = str(error).partition(": ")
        raise place.at(key).error(reason) from None
    return tls


def _login(user: UserTable, secret: Secret, place: Place) -> str:
    """The user name of a user that authenticates with a password."""
    try:
        return User(address=user.address, token=secret, username=user.username).login
    except ConfigurationError as error:
        reason = str(error).partition(": username is ")[2]
        raise place.at("username").error(reason) from None


def _gives(table: CredentialsTable, key: str) -> bool:
    return getattr(table, key, None) is not None


def _kind(table: CredentialsTable, place: Place) -> str | None:
    """The key of the one secret that a table gives, if any."""
    given = [key for key in _SECRETS if _gives(table, key)]
    if len(given) > 1:
        raise place.at(given[1]).error(f"only one of {' and '.join(given)} may be given")
    return given[0] if given else None


def _check_companions(table: CredentialsTable, kind: str, place: Place) -> None:
    """Refuse a key that belongs to a secret of another kind."""
    for key, companion in _COMPANIONS.items():
        if _gives(table, key) and kind != companion:
            raise place.at(key).error(f"does not go with {kind}: give {companion}")
