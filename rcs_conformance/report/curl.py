"""A request as a curl command, to be pasted into a shell such as bash or zsh.

The credential is the variable TOKEN: what stands behind the scheme in the Authorization field, for
Basic and Digest the user name and password with a colon between them. The command is one line of
visible text that no CI system takes for a command of its own (`text.inert`).
"""

import re
import shlex
from collections.abc import Sequence

from rcs_conformance.model.exchange import (
    REDACTED,
    Event,
    Exchange,
    FailedExchange,
    Request,
    header,
)
from rcs_conformance.model.results import CheckResult
from rcs_conformance.report.text import inert

_LONGEST = 2_000
"""Bytes of a body that stands in the command."""

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_BASIC = f"Basic {REDACTED}"
_DIGEST = f"Digest {REDACTED}"
_VARIABLE = '"$TOKEN"'


def request_behind(result: CheckResult, events: Sequence[Event]) -> Request | None:
    """The request of the exchange that a result is about.

    Of a notification, or of what did not come, it is the last one before that changes something;
    else the last one.

    Args:
        result: What was found.
        events: The evidence, in order.
    """
    requests: dict[int, Request] = {
        event.number: event.request
        for event in events
        if isinstance(event, Exchange | FailedExchange)
        and (result.event is None or event.number <= result.event)
    }
    if result.event in requests:
        return requests[result.event]
    before = [each for each in requests.values() if each.method not in _READING]
    return next(reversed(before or [*requests.values()]), None)


def fits(body: bytes) -> bool:
    """Whether a body can stand in the command; another one is read from a file."""
    if len(body) > _LONGEST or b"\0" in body:
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def curl_command(request: Request, body_file: str) -> str:
    """The command that sends a request.

    Args:
        request: As it was recorded, without its credential.
        body_file: File with the body, for one that does not fit into the command.
    """
    words = ["curl", "-i"]
    if set("[]{}") & set(request.url):
        words.append("-g")
    if re.search(r"/\.{1,2}(?:/|$)", request.url.partition("?")[0]):
        words.append("--path-as-is")
    if request.method != "GET" or request.body:
        words += ["-I"] if request.method == "HEAD" else ["-X", _quoted(request.method)]
    for name, value in request.headers:
        if (name.lower(), value) == ("authorization", _BASIC):
            words += ["-u", _VARIABLE]
        elif (name.lower(), value) == ("authorization", _DIGEST):
            words += ["--digest", "-u", _VARIABLE]
        else:
            words += ["-H", _quoted(f"{name}: {value}" if value else f"{name};")]
    has_body = bool(request.body) or request.method in ("POST", "PUT", "PATCH")
    if has_body and header(request.headers, "content-type") is None:
        words += ["-H", "content-type:"]  # else curl takes the body for a form
    if has_body and fits(request.body):
        words += ["--data-raw", _quoted(request.body.decode("utf-8"))]
    elif has_body:
        words += ["--data-binary", _quoted(f"@{body_file}")]
    return " ".join([*words, _quoted(request.url)])


def _quoted(text: str) -> str:
    """A word of the command; the variable stands where a secret was."""
    pieces = [_literal(piece) if piece else "" for piece in text.split(REDACTED)]
    return _VARIABLE.join(pieces) or "''"


def _literal(text: str) -> str:
    """Text in quotes; with escapes for characters that act on a terminal or in a CI log."""
    if inert(text) == text:
        return shlex.quote(text)
    return "$'" + "".join(map(_escaped, text, f"{text[1:]} ")) + "'"


def _escaped(character: str, following: str) -> str:
    if character in "'\\":
        return f"\\{character}"
    if character == "\n":
        return "\\n"
    begins_command = character in ":#" and character == following
    return _bytes(character) if begins_command or inert(character) != character else character


def _bytes(character: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogatepass"))
