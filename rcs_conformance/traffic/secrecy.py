"""Takes secrets out of traffic: what entries show of credentials, wherever it stands in them."""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from rcs_conformance.model.exchange import REDACTED, Headers
from rcs_conformance.redaction import Redaction
from rcs_conformance.traffic.entries import Entry

_SECRET_FIELDS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})
"""Header fields that have secrets; the names of keys for APIs in `_KEY`."""

_KEY = re.compile(r"(?:^|[-_])(?:api[-_]?key|token|secret|password|assertion|session)$", re.I)
_PARAMETER = re.compile(
    r"^(?:access_token|refresh_token|id_token|token|api[-_]?key|client_secret|password|assertion"
    r"|code|sig|signature)$",
    re.I,
)
_COOKIE = re.compile(r'(?:^|[,;])\s*[^=;,\s]+=\s*"?([^;,"]+)')
_SET_COOKIE = re.compile(r'^\s*[^=;,\s]+=\s*"?([^;,"]+)')
_SHORTEST = 6
"""Characters of the shortest text that is looked for elsewhere: a shorter one is a word."""


def without_secrets(entries: Iterable[Entry], known: Iterable[str] = ()) -> tuple[Entry, ...]:
    """Entries in which `REDACTED` stands in the place of each secret.

    Args:
        entries: As they were on the wire.
        known: Secrets that are known otherwise, such as those of a target file.
    """
    seen = tuple(entries)
    found = {secret for each in seen for secret in long_secrets_in(each)}
    redaction = Redaction([*known, *found])
    return tuple(redacted(each, redaction) for each in seen)


def redacted(entry: Entry, redaction: Redaction) -> Entry:
    """An entry without the secrets that it shows, and without those that are known."""
    return replace(
        entry,
        url=_url(redaction.redacted_text(entry.url)),
        request_headers=_fields(entry.request_headers, redaction),
        request_body=redaction.redacted(entry.request_body),
        headers=_fields(entry.headers, redaction),
        body=redaction.redacted(entry.body),
        frames=tuple(
            replace(each, text=redaction.redacted_text(each.text)) for each in entry.frames
        ),
    )


def long_secrets_in(entry: Entry) -> Iterator[str]:
    """What an entry shows of credentials that is long enough to be looked for elsewhere."""
    return (each for each in secrets_in(entry) if len(each) >= _SHORTEST)


def secrets_in(entry: Entry) -> Iterator[str]:
    """What an entry shows of credentials: tokens, passwords, cookies, keys."""
    for name, value in (*entry.request_headers, *entry.headers):
        if name in ("authorization", "proxy-authorization"):
            yield from _credentials(value)
        elif name == "cookie":
            yield from _COOKIE.findall(value)
        elif name == "set-cookie":
            yield from _SET_COOKIE.findall(value)
        elif _KEY.search(name):
            yield value
    for name, value in parse_qsl(urlsplit(entry.url).query):
        if _PARAMETER.match(name):
            yield value


def _credentials(value: str) -> Iterator[str]:
    """The secret parts of an Authorization field."""
    scheme, _, rest = value.strip().partition(" ")
    rest = rest.strip()
    if scheme.lower() == "digest":
        yield from re.findall(r'response="?([0-9a-fA-F]+)', rest)
        return
    yield rest or scheme
    if scheme.lower() == "basic":
        try:
            plain = base64.b64decode(rest, validate=True).decode("utf-8", "replace")
        except (binascii.Error, ValueError):
            return
        yield plain.partition(":")[2]


def _fields(headers: Headers, redaction: Redaction) -> Headers:
    return tuple((name, _field(name, value, redaction)) for name, value in headers)


def _field(name: str, value: str, redaction: Redaction) -> str:
    if name in ("authorization", "proxy-authorization"):
        return f"{value.strip().partition(' ')[0]} {REDACTED}"
    if name in _SECRET_FIELDS or _KEY.search(name):
        return REDACTED
    return redaction.redacted_text(value)


def _url(url: str) -> str:
    """A URL whose parameters show no secret, however short."""
    before, mark, query = url.partition("?")
    if not mark:
        return url
    pieces = [piece.partition("=") for piece in query.split("&")]
    shown = [
        f"{name}={REDACTED}" if _PARAMETER.match(name) and value else f"{name}{equals}{value}"
        for name, equals, value in pieces
    ]
    return f"{before}?{'&'.join(shown)}"
