"""Takes secrets out of traffic: what entries show of credentials, wherever it stands in them."""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import parse_qsl, unquote_to_bytes

from rcs_conformance.model.exchange import REDACTED, Headers
from rcs_conformance.redaction import Redaction
from rcs_conformance.traffic.entries import Entry

_SECRET_FIELDS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})
"""Header fields that have secrets; the names of keys for APIs in `_KEY`."""

_KEY = re.compile(
    r"(?:^|[-_])(?:api[-_]?key|token|secret|password|assertion|session(?:[-_]?id)?|auth"
    r"|authentication|jwt)$",
    re.I,
)
_PROTOCOL = "sec-websocket-protocol"
_BEARING = re.compile(r"bearer|token|auth", re.I)
"""Names of protocols of a WebSocket among which browsers, which can send nothing else, put one."""

_SCHEME = re.compile(r"\s*(?:bearer|basic|token|apikey)\s+(?![\w-]+=)(\S+)\s*", re.I)
_NAMES = (
    rb"access_token|refresh_token|id_token|token|api[-_]?key|client_secret|password|assertion"
    rb"|code|sig|signature"
)
"""Parameters whose values are secrets, wherever else they stand."""

_OTHER_NAMES = rb"key|auth|jwt|secret|passwd|pwd|pass|session|sid"
"""Parameters whose values may be secrets, or words: they are taken out where they stand alone."""

_PARAMETER = re.compile(rb"^(?:%b)$" % _NAMES, re.I)
_IN_URL = re.compile(
    rb"((?:[?&]|&amp;|\\u0026)(?:%b|%b)=)((?:[^&\"'<>\s\\#\x80-\xff]|\\/)+)"
    % (_NAMES, _OTHER_NAMES),
    re.I,
)
_IN_QUOTED_URL = re.compile(
    rb"(%%(?:3F|26)(?:%b|%b)%%3D)((?:(?!%%26|%%23)[^&\"'<>\s\x80-\xff])+)" % (_NAMES, _OTHER_NAMES),
    re.I,
)
"""The same in a URL that is a value of a form or of a query."""

_USERINFO = re.compile(rb"((?:https?|wss?):(?:\\?/){2})([^/\\@\s\"'<>?#]+)@", re.I)
_MEMBERS = (
    rb"(?:access|refresh|id|session|auth)[-_]?token|token|jwt|client[-_]?secret|secret|password"
    rb"|passwd|assertion|api[-_]?key"
)
_MEMBER = re.compile(rb'"(?:%b)"\s*:\s*"([^"\\]{8,})"' % _MEMBERS, re.I)
_ELEMENT = re.compile(rb"<(?:[\w.-]+:)?(?:%b)(?:\s[^<>]*)?>\s*([^<>\s]{8,})\s*</" % _MEMBERS, re.I)
_FORM_FIELD = re.compile(rb"(?:^|&)(?:%b)=([^&\s]{8,})" % _MEMBERS, re.I)
_PRESENTED = re.compile(
    rb"\b(?:bearer|basic)\s+(?![\w-]+=[\"'])(?=[\w.~+/-]*[0-9])([\w.~+/-]{8,}=*)", re.I
)
"""Credentials as of a header field, in a text; a word without a digit is a word."""

_COOKIE = re.compile(r'(?:^|[,;])\s*[^=;,\s]+=\s*"?([^;,"]+)')
_SET_COOKIE = re.compile(r'^\s*[^=;,\s]+=\s*"?([^;,"]+)')
_SHORTEST = 6
"""Characters of the shortest text that is looked for elsewhere: a shorter one is a word."""


class Secrecy:
    """Takes secrets out of entries, one after the other; for one thread at a time.

    In URLs a number tells one secret from another, so that callbacks of several users, which differ
    in nothing else, stay apart.

    Args:
        known: Secrets that are known at the start.
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._redaction = Redaction(known)
        self._known: set[str] = set()
        self._numbers: dict[bytes, int] = {}

    def learn(self, entry: Entry) -> bool:
        """Note the secrets that an entry shows; whether one of them is new."""
        new = {each for each in secrets_in(entry) if len(each) >= _SHORTEST} - self._known
        self._known |= new
        self._redaction.learn(*new)
        return bool(new)

    def redacted(self, entry: Entry) -> Entry:
        """An entry without the secrets that it shows, and without those that are known."""
        return replace(
            entry,
            url=self._text(entry.url),
            request_headers=self._fields(entry.request_headers),
            request_body=self._data(entry.request_body),
            headers=self._fields(entry.headers),
            body=self._data(entry.body),
            frames=tuple(replace(each, text=self._text(each.text)) for each in entry.frames),
        )

    def _data(self, data: bytes) -> bytes:
        """Data in which no URL shows a secret, however short, and nothing a known one."""
        if b"@" in data:
            data = _USERINFO.sub(rb"\1", data)
        if b"=" in data:
            data = _IN_URL.sub(self._marked, data)
        if b"%3" in data:
            data = _IN_QUOTED_URL.sub(self._marked, data)
        return self._redaction.redacted(data)

    def _text(self, text: str) -> str:
        return self._data(text.encode(errors="surrogateescape")).decode(errors="surrogateescape")

    def _marked(self, found: "re.Match[bytes]") -> bytes:
        """A parameter with a mark in place of its value."""
        secret = found[2].replace(b"\\/", b"/")
        if found[1].upper().endswith(b"%3D"):
            secret = unquote_to_bytes(secret)
        if secret.startswith(REDACTED.encode()):
            return found[0]
        number = self._numbers.setdefault(secret, len(self._numbers) + 1)
        return found[1] + f"{REDACTED}{number}".encode()

    def _fields(self, headers: Headers) -> Headers:
        return tuple((name, self._field(name, value)) for name, value in headers)

    def _field(self, name: str, value: str) -> str:
        if name in ("authorization", "proxy-authorization"):
            return f"{value.strip().partition(' ')[0]} {REDACTED}"
        if name in _SECRET_FIELDS or _KEY.search(name) or _bears(name, value):
            return REDACTED
        if _SCHEME.fullmatch(value):
            return f"{value.strip().partition(' ')[0]} {REDACTED}"
        return self._text(value)


def without_secrets(entries: Iterable[Entry], known: Iterable[str] = ()) -> tuple[Entry, ...]:
    """Entries in which `REDACTED` stands in the place of each secret.

    Args:
        entries: As they were on the wire.
        known: Secrets that are known otherwise, such as those of a target file.
    """
    seen = tuple(entries)
    secrecy = Secrecy(known)
    for each in seen:
        secrecy.learn(each)
    return tuple(secrecy.redacted(each) for each in seen)


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
            yield from _credentials(value)
        elif _bears(name, value):
            yield from (each.strip() for each in value.split(",") if not _BEARING.search(each))
        elif found := _SCHEME.fullmatch(value):
            yield found[1]
    for name, value in parse_qsl(entry.url.partition("?")[2].partition("#")[0]):
        if _PARAMETER.match(name.encode()):
            yield value
    for data in (entry.url.encode(errors="replace"), entry.request_body, entry.body):
        yield from _in_userinfo(data)
    yield from _in_bodies(entry)


def _in_userinfo(data: bytes) -> Iterator[str]:
    """The passwords, or tokens, in the URLs of data."""
    for _, found in _USERINFO.findall(data) if b"@" in data else ():
        name, colon, password = unquote_to_bytes(found).decode("utf-8", "replace").partition(":")
        yield password if colon else name


def _in_bodies(entry: Entry) -> Iterator[str]:
    """The secrets by which tokens are asked for, and the tokens."""
    spoken = (each.text.encode(errors="replace") for each in entry.frames)
    for data in (entry.request_body, entry.body, *spoken):
        for pattern in (_MEMBER, _ELEMENT, _PRESENTED):
            yield from (each.decode("utf-8", "replace") for each in pattern.findall(data))
    for found in _FORM_FIELD.findall(entry.request_body):
        yield unquote_to_bytes(found.replace(b"+", b" ")).decode("utf-8", "replace")


def _bears(name: str, value: str) -> bool:
    """Whether a field names a token among the protocols of a WebSocket."""
    return name == _PROTOCOL and _BEARING.search(value) is not None


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
