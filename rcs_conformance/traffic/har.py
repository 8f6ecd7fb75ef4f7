"""HAR 1.2 in and out: as browsers and recording proxies write it, and as we do.

Two members are beside the published ones: `_notification` is true where the server sent the
request, to a listener of a client; `_webSocketMessages` is that of browsers.
"""

import base64
import binascii
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import TEMPLATES
from rcs_conformance.model.exchange import Headers, header
from rcs_conformance.traffic.entries import Entry, Frame, Traffic

SCHEMA = "har.schema.json"
LARGEST_HAR = 512 << 20
"""Bytes of the largest file that is read."""

NO_RESPONSE = "without a response"
NO_BODY = "saved without the body of the response"
NO_TIME = "without a time"

_RIGHT = "give a HAR 1.2 file, or the run.rcsrun of a run with --evidence all"
_DECLARED = re.compile(r"""^(<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"'>]*["']""")
_TEXT_FRAME = 1
_MESSAGE_LENGTH = 200


def read_har(file: Path) -> Traffic:
    """The entries of a HAR file.

    Raises:
        ConfigurationError: The file cannot be read, or is no HAR; one line that names the place.
    """
    document = _document(file)
    unusable: Counter[str] = Counter()
    entries: list[Entry] = []
    gaps: list[datetime] = []
    for number, each in enumerate(document["log"]["entries"], 1):
        try:
            entries.append(entry_in(each, number))
        except _UnusableError as error:
            unusable[str(error)] += 1
            if each["request"]["method"].upper() == "POST":
                gaps.append(_time(each["startedDateTime"]))
        except (binascii.Error, ValueError):
            raise ConfigurationError(
                f"{file}: log/entries/{number - 1}: a body is not in the encoding that it names;"
                f" {_RIGHT}"
            ) from None
    return Traffic(entries=tuple(entries), unusable=unusable, gaps=tuple(gaps))


def har_document(entries: Iterable[Entry], version: str) -> Mapping[str, object]:
    """Entries as the JSON values of a HAR file.

    Args:
        entries: Without secrets.
        version: Of this package.
    """
    head = head_of(version)
    return {"log": {**head["log"], "entries": [form_of(each) for each in entries]}}


def head_of(version: str) -> Mapping[str, Mapping[str, object]]:
    """A HAR without entries.

    Args:
        version: Of this package.
    """
    creator = {"name": "rcs-conformance", "version": version}
    return {"log": {"version": "1.2", "creator": creator, "entries": []}}


class _UnusableError(Exception):
    """An entry that nothing can be said of; its text says why."""


def _document(file: Path) -> Any:  # noqa: ANN401 - JSON that fits the schema
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_HAR + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not the name of a file"
        raise ConfigurationError(f"{file}: cannot be read: {reason}; {_RIGHT}") from None
    if len(content) > LARGEST_HAR:
        raise ConfigurationError(f"{file}: larger than {LARGEST_HAR >> 20} MiB; {_RIGHT}")
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise ConfigurationError(f"{file}: not JSON, or cut off; {_RIGHT}") from None
    schema = json.loads((TEMPLATES / SCHEMA).read_text("utf-8"))
    mistake = best_match(Draft202012Validator(schema).iter_errors(document))
    if mistake is not None:
        place = "/".join(map(str, mistake.absolute_path)) or "top level"
        rule = "/".join(map(str, list(mistake.schema_path)[-2:]))
        message = f"does not fit {rule} of {SCHEMA}"  # its values may be secrets
        if mistake.validator == "required":
            message = mistake.message[:_MESSAGE_LENGTH]
        raise ConfigurationError(f"{file}: {place}: {message}; {_RIGHT}")
    return document


def entry_in(form: Mapping[str, Any], number: int) -> Entry:
    """The entry that JSON values of a HAR file stand for.

    Args:
        form: The values, as `form_of` gives them; they fit the schema.
        number: The place of the entry.
    """
    request, response = form["request"], form["response"]
    status = response["status"]
    if status <= 0:
        raise _UnusableError(NO_RESPONSE)
    headers = _fields(response.get("headers"))
    asked = _fields(request.get("headers"))
    return Entry(
        number=number,
        method=request["method"].upper(),
        url=request["url"].partition("#")[0],
        request_headers=asked,
        request_body=_posted(request.get("postData") or {}),
        status=status,
        headers=headers,
        body=_content(response.get("content") or {}, request["method"]),
        started=_time(form["startedDateTime"]),
        seconds=max(0.0, (form.get("time") or 0.0) / 1000),
        inbound=form.get("_notification", False),
        frames=tuple(
            Frame(
                sent=each["type"] == "send",
                time=datetime.fromtimestamp(each["time"], UTC),
                text=each["data"],
            )
            for each in form.get("_webSocketMessages") or ()
            if each.get("opcode", _TEXT_FRAME) == _TEXT_FRAME
        ),
    )


def _fields(fields: Iterable[Mapping[str, str]] | None) -> Headers:
    """Header fields; the pseudo fields of HTTP/2 and 3 are none."""
    return tuple(
        (each["name"].lower(), each["value"])
        for each in fields or ()
        if not each["name"].startswith(":")
    )


def _posted(form: Mapping[str, Any]) -> bytes:
    text = form.get("text")
    if "base64" in (form.get("encoding"), form.get("_encoding")):
        return base64.b64decode(text or "", validate=True)
    if text:
        return _in_utf8(text)
    fields = [(each["name"], each.get("value") or "") for each in form.get("params") or ()]
    return urlencode(fields).encode()


def _content(form: Mapping[str, Any], method: str) -> bytes:
    text = form.get("text")
    if text is None:
        if (form.get("size") or 0) > 0 and method.upper() != "HEAD":
            raise _UnusableError(NO_BODY)
        return b""
    if form.get("encoding") == "base64":
        return base64.b64decode(text, validate=True)
    return _in_utf8(text)


def _in_utf8(text: str) -> bytes:
    """A body whose characters are known, so that what it declares of its encoding is past."""
    return _DECLARED.sub(r"\1", text, count=1).encode("utf-8", "surrogatepass")


def _time(text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise _UnusableError(NO_TIME) from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def form_of(entry: Entry) -> Mapping[str, object]:
    """An entry without secrets as JSON values of a HAR file."""
    milliseconds = entry.seconds * 1000
    request: dict[str, object] = {
        "method": entry.method,
        "url": entry.url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _named(entry.request_headers),
        "queryString": _named(parse_qsl(urlsplit(entry.url).query, keep_blank_values=True)),
        "headersSize": -1,
        "bodySize": len(entry.request_body),
    }
    if entry.request_body:
        media_type = header(entry.request_headers, "content-type") or ""
        request["postData"] = {"mimeType": media_type, **_body(entry.request_body, "_encoding")}
    response = {
        "status": entry.status,
        "statusText": _phrase(entry.status),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _named(entry.headers),
        "content": {
            "size": len(entry.body),
            "mimeType": header(entry.headers, "content-type") or "",
            **_body(entry.body, "encoding"),
        },
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": len(entry.body),
    }
    return {
        "startedDateTime": entry.started.isoformat(),
        "time": milliseconds,
        "request": request,
        "response": response,
        "cache": {},
        "timings": {"send": 0, "wait": milliseconds, "receive": 0},
        **({"_notification": True} if entry.inbound else {}),
        **({"_webSocketMessages": [*map(_frame, entry.frames)]} if entry.frames else {}),
    }


def _frame(frame: Frame) -> Mapping[str, object]:
    return {
        "type": "send" if frame.sent else "receive",
        "time": frame.time.timestamp(),
        "opcode": _TEXT_FRAME,
        "data": frame.text,
    }


def _named(fields: Iterable[tuple[str, str]]) -> list[Mapping[str, str]]:
    return [{"name": name, "value": value} for name, value in fields]


def _body(body: bytes, encoding: str) -> Mapping[str, str]:
    """A body as text where it is UTF-8, else in Base64, with the member that says so."""
    try:
        return {"text": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"text": base64.b64encode(body).decode("ascii"), encoding: "base64"}


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
