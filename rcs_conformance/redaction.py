"""Takes secrets out of all that is recorded or shown, however a target spells them.

A target may send back what it was given, or what it set as a cookie, in a header, a URL, an error
text. It may write it with other small and capital letters, in base64 or hexadecimal, or escape some
or all of its characters as URLs, XML and JSON do, several times over; it may wrap lines of base64.
This is the one place that finds it.
"""

import base64
import html
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html.entities import codepoint2name
from threading import Lock
from urllib.parse import unquote_to_bytes

from rcs_conformance.model.exchange import REDACTED

_SHORTEST = 4
"""Characters of the shortest secret that is looked for: too much else would match."""

_SHORTEST_FOLDED = 6
"""Characters of the shortest one that is found in another letter case or coding."""

_SHORTEST_CODED = 7
"""Characters in base64 from which on they are no word by chance."""

_LAYERS = 4
"""How many times over escapes are undone."""

_ESCAPED = re.compile(rb"[%&\\]")
_JSON_ESCAPE = re.compile(rb"\\+(?:u([0-9a-f]{4})|x([0-9a-f]{2})|(?=[^a-z0-9]))")
_WRAPPED = tuple(re.compile(end + rb"[ \t]*[a-z0-9+/=_-]") for end in (rb"\n", rb"\\n"))
"""A line that may go on with base64, after either end of a line; two, for they are faster so."""

_BREAK = re.compile(rb"(?:\r?\n|(?:\\+r)?\\+n)[ \t]*")
"""The end of a line, as it is or as JSON has it, in data in small letters."""

_ANY_BREAK = rb"(?:[\r\n\t ]|\\+[rnt]|%(?:25)*0[ad]|&(?:amp;)*#0*(?:1[03]|x0*[ad]);?)*"
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


class Redaction:
    """The secrets of a process; safe from several threads.

    Args:
        secrets: Those that are known at the start.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._lock = Lock()
        self._known: frozenset[str] = frozenset()
        self._exact: tuple[bytes, ...] = ()
        self._folded: tuple[bytes, ...] = ()
        self._wide: tuple[tuple[bytes, re.Pattern[bytes]], ...] = ()
        self.learn(*secrets)

    def learn(self, *secrets: str) -> None:
        """Redact further texts from now on, such as tokens that were fetched meanwhile."""
        spelt = {form for each in secrets for form in (each, each.replace(" ", "+"))}
        new = {each for each in spelt if len(each) >= _SHORTEST} - self._known
        if not new:
            return
        with self._lock:
            self._known |= new
            wide = [each.lower() for each in new if not each.isascii()]
            coded = {form for each in new if len(each) >= _SHORTEST_FOLDED for form in _coded(each)}
            # Bound anew as wholes: `redacted` reads them in other threads without the lock.
            self._exact = _longest_first({*self._exact, *(each.encode() for each in new)})
            self._folded = _longest_first({*self._folded, *coded})
            self._wide += tuple((each.encode(), _any_case(each)) for each in wide)

    def redacted(self, data: bytes) -> bytes:
        """The data without the secrets, should any be in it."""
        folded = data.lower()
        layers = _plain(folded)
        if not self._are_in(data, folded, layers):
            return data
        for secret in self._exact:
            data = data.replace(secret, _MARK)
        for form in self._folded:
            data = _cut(data, re.compile(re.escape(form)))
        for _, pattern in self._wide:
            data = _cut(data, pattern)
        return self._unescaped(data) if layers else data

    def redacted_text(self, text: str) -> str:
        """The same of a text."""
        return self.redacted(text.encode(errors="surrogateescape")).decode(errors="surrogateescape")

    def _are_in(self, data: bytes, folded: bytes, layers: Sequence[bytes]) -> bool:
        """Whether there is anything to be taken out, which most often is not so."""
        return (
            any(secret in data for secret in self._exact)
            or any(form in folded for form in self._folded)
            or any(pattern.search(folded) for _, pattern in self._wide)
            or any(self._hidden_in(layers))
        )

    def _unescaped(self, data: bytes) -> bytes:
        """The data without secrets in which characters are escaped."""
        for form in self._hidden_in(_plain(data.lower())):
            data = _cut(data, _escaped_form(form))
        return _MARK if any(self._hidden_in(_plain(data.lower()))) else data

    def _hidden_in(self, layers: Sequence[bytes]) -> Iterator[bytes]:
        """The forms that appear once escapes are undone."""
        for plain in layers:
            for secret in self._exact:
                if (form := secret.lower()) in plain:
                    yield form
            for form in self._folded:
                if form in plain:
                    yield form
            for form, pattern in self._wide:
                if pattern.search(plain):
                    yield form


_MARK = REDACTED.encode()


def _longest_first(forms: Iterable[bytes]) -> tuple[bytes, ...]:
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def _coded(secret: str) -> Iterator[bytes]:
    """A secret in small letters, in hexadecimal, and in base64 wherever it begins within it."""
    yield secret.lower().encode()
    data = secret.encode()
    yield data.hex().encode()
    for before in range(3):
        whole = base64.b64encode(bytes(before) + data)
        core = whole[-(-before * 8 // 6) : (before + len(data)) * 8 // 6]
        if len(core) >= _SHORTEST_CODED:
            yield core.lower()
            yield core.translate(_URL_SAFE).lower()


def _cut(data: bytes, form: "re.Pattern[bytes]") -> bytes:
    """The data with a mark in place of each match in its small letters."""
    pieces: list[bytes] = []
    end = 0
    for found in form.finditer(data.lower()):
        pieces += (data[end : found.start()], _MARK)
        end = found.end()
    return b"".join((*pieces, data[end:]))


def _plain(data: bytes) -> list[bytes]:
    """What data in small letters says beneath its escapes and breaks of lines, if it has any."""
    layers = _layers(data) if _ESCAPED.search(data) else []
    wrapped = [each for each in (data, *layers) if any(end.search(each) for end in _WRAPPED)]
    return layers + [_BREAK.sub(b"", each) for each in wrapped]


def _layers(data: bytes) -> list[bytes]:
    """The data with its escapes undone once, twice and so on, until there are none."""
    found: list[bytes] = []
    for _ in range(_LAYERS):
        plain = unquote_to_bytes(data)
        if b"\\" in plain:
            plain = _JSON_ESCAPE.sub(_character, plain)
        if b"&" in plain:
            text = html.unescape(plain.decode(errors="replace"))
            plain = text.encode(errors="surrogatepass")
        plain = plain.lower()
        if plain == data:
            break
        found.append(plain)
        if not _ESCAPED.search(plain):
            break
        data = plain
    return found


def _character(found: "re.Match[bytes]") -> bytes:
    digits = found[1] or found[2]
    return chr(int(digits, 16)).encode(errors="surrogatepass") if digits else b""


@lru_cache(maxsize=512)
def _escaped_form(form: bytes) -> "re.Pattern[bytes]":
    """Matches a form with any of its characters escaped, in data in small letters."""
    return re.compile(_ANY_BREAK.join(map(_escaped_character, form.decode())))


def _any_case(secret: str) -> "re.Pattern[bytes]":
    """Matches a secret whose letters are no ASCII in any letter case, in data in small letters."""
    return re.compile(
        b"".join(
            b"(?:%b)" % b"|".join(re.escape(each.encode().lower()) for each in _cases(character))
            for character in secret
        )
    )


def _cases(character: str) -> list[str]:
    """The letter cases of a character; some have several characters."""
    found = {character, character.lower(), character.upper(), character.title()}
    return sorted({*found, *(each.upper() for each in found), character.casefold()})


def _escaped_character(character: str) -> bytes:
    """Matches a small character as it is, and as URLs, XML and JSON escape it or its capital."""
    cases = {character, character.upper()} if character.isascii() else {*_cases(character)}
    alternatives = [
        rb"\\*" + re.escape(form) for form in sorted({each.encode().lower() for each in cases})
    ]
    for each in sorted({each for each in cases if len(each) == 1}):
        point, octets = ord(each), each.encode()
        alternatives += [
            b"".join(rb"%%(?:25)*%02x" % octet for octet in octets),
            rb"&(?:amp;)*#0*%d;?" % point,
            rb"&(?:amp;)*#x0*%x;?" % point,
            rb"\\+(?:u%04x|x%02x)" % (point, point),
        ]
        if name := {**codepoint2name, 39: "apos"}.get(point):
            alternatives.append(rb"&(?:amp;)*%b;" % name.lower().encode())
    if character == " ":
        alternatives.append(rb"\+")
    return b"(?:%b)" % b"|".join(alternatives)
