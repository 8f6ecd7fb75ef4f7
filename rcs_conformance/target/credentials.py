"""Reads how users authenticate and what TLS rests on: `[[users]]`, `[auth]`, `[tls]`.

A user has one secret: an access token, a password (HTTP Basic), or that of a client which gets its
tokens by OAuth 2.0 client credentials. What a user does not give, `[auth]` gives for all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.target.authentication import Client, ClientAuthentication, Tls
from rcs_conformance.target.forms import url_fault
from rcs_conformance.target.reading import Section
from rcs_conformance.target.secret import Secret, Shape, Surroundings, secret_from

SECRETS: Mapping[str, Shape] = {
    "token": Shape.TOKEN,
    "password": Shape.PASSWORD,
    "client_secret": Shape.PASSWORD,
}
"""The keys that hold a secret, with what it is."""

USER_KEYS = (*SECRETS, "username", "client_id", "scope")
"""The keys of a user that are about its credentials."""

_AUTH_KEYS = (*SECRETS, "client_id", "scope", "token_url", "client_authentication")
_COMPANIONS = {
    "username": "password",
    "client_id": "client_secret",
    "scope": "client_secret",
    "token_url": "client_secret",
    "client_authentication": "client_secret",
}
_USERNAME = re.compile(r"[^:\x00-\x1f\x7f]+")
_VISIBLE = re.compile(r"[\x20-\x7e]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """How a user authenticates, with the fields of `User`."""

    token: Secret
    username: str | None = None
    client: Client | None = None


class Auth:
    """What the users of a target file authenticate with.

    Args:
        section: `[auth]`.
        around: Where secrets are looked up.

    Raises:
        ConfigurationError: `[auth]` is wrong; one line with file, line and key.
    """

    def __init__(self, section: Section, around: Surroundings) -> None:
        section.check_keys(_AUTH_KEYS)
        self._section = section
        self._around = around
        self._kind = _kind(section)
        for key, companion in _COMPANIONS.items():
            if key in section.entries and self._kind not in (None, companion):
                raise section.error(key, f"does not go with {self._kind}: give {companion}")
        self._shared = self._secret(section, self._kind) if self._kind else None
        self._token_url = self._read_token_url()
        self._authentication = (
            section.choice("client_authentication", ClientAuthentication)
            if "client_authentication" in section.entries
            else ClientAuthentication.BASIC
        )

    def of(self, user: Section, address: str) -> Credentials:
        """The credentials of a user: its own, or those that all share.

        Raises:
            ConfigurationError: There are none, or several.
        """
        own = _kind(user)
        kind = own or self._kind_for(user)
        if kind is None:
            raise user.error("token", "missing: a target file must give it, or [auth] for all")
        for key, companion in _COMPANIONS.items():
            if key in user.entries and kind != companion:
                raise user.error(key, f"does not go with {kind}: give {companion}")
        secret = self._secret(user, kind) if own else self._shared
        if secret is None:
            raise user.error(kind, "missing: give it here, or in [auth] for all")
        match kind:
            case "password":
                return Credentials(token=secret, username=_username(user, address))
            case "client_secret":
                return Credentials(token=secret, client=self._client(user))
        return Credentials(token=secret)

    def _kind_for(self, user: Section) -> str | None:
        """The kind of what all share, or what the user gives something for."""
        if self._kind:
            return self._kind
        return next((_COMPANIONS[key] for key in _COMPANIONS if key in user.entries), None)

    def _secret(self, section: Section, key: str) -> Secret:
        try:
            return secret_from(section.entries[key], self._around, SECRETS[key])
        except ConfigurationError as error:
            raise section.error(key, str(error)) from None

    def _client(self, user: Section) -> Client:
        if not self._token_url:
            raise self._section.error("token_url", "missing: clients get their tokens there")
        id_section = user if "client_id" in user.entries else self._section
        scope_section = user if "scope" in user.entries else self._section
        identifier = id_section.text("client_id")
        if not _VISIBLE.fullmatch(identifier):
            given = "client_id" in id_section.entries
            reason = "must be visible ASCII" if given else "missing: give it here, or in [auth]"
            raise (id_section if given else user).error("client_id", reason)
        return Client(
            id=identifier,
            token_url=self._token_url,
            scope=scope_section.text("scope"),
            authentication=self._authentication,
        )

    def _read_token_url(self) -> str:
        if "token_url" not in self._section.entries:
            return ""
        value = self._section.text("token_url")
        if fault := url_fault(value):
            raise self._section.error("token_url", fault)
        return value


def tls_of(section: Section, folder: Path) -> Tls:
    """What `[tls]` says; files are looked at, so that no test begins with one that is of no use.

    Args:
        section: The table.
        folder: Of the target file: paths are relative to it.

    Raises:
        ConfigurationError: A key is unknown, or a file cannot be used.
    """
    section.check_keys(("ca", "certificate", "key"))
    paths = {}
    for key in section.entries:
        if not (name := section.text(key)):
            raise section.error(key, "must be the path of a PEM file")
        paths[key] = str((folder / name).absolute())
    if "key" in paths and "certificate" not in paths:
        raise section.error("key", "belongs to a client certificate: give certificate, too")
    tls = Tls(**paths)
    try:
        tls.context()
    except ConfigurationError as error:
        key, _, reason = str(error).partition(": ")
        raise section.error(key, reason) from None
    return tls


def _kind(section: Section) -> str | None:
    """The key of the one secret that a section gives, if any."""
    given = [key for key in SECRETS if key in section.entries]
    if len(given) > 1:
        reason = f"gives secrets of two kinds, {' and '.join(given)}: one is right"
        raise section.error(given[1], reason)
    return given[0] if given else None


def _username(user: Section, address: str) -> str:
    """The user name for HTTP Basic; the address, unless the file says otherwise."""
    if "username" not in user.entries:
        return address
    value = user.text("username")
    if not _USERNAME.fullmatch(value):
        raise user.error("username", f"must hold no colon and no control character, not {value!r}")
    return value
