"""HAR 1.2 in and out: as browsers and recording proxies write it, and as we do.

Two members are beside the published ones: `_notification` is true where the server sent the
request, to a listener of a client; `_webSocketMessages` is that of browsers.
"""

import base64
import binascii
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from rcs_conformance.traffic.entries import Entry, Frame, Lost, Traffic

SCHEMA = "har.schema.json"
LARGEST_HAR = 512 << 20
"""Bytes of the largest file that is read."""

NO_RESPONSE = "without a response"
NO_BODY = "saved without the body of the response"
NO_FIELDS = "saved without the header fields of the response"
CACHED = "answered by a cache of the client"
NO_TIME = "without a time"
NO_URL = "without a URL that can be read"
NO_TEXT = "with a body that is not in the encoding that it names"
NO_ENTRY = "not as HAR 1.2 has an entry, such as "

_RIGHT = "give a HAR 1.2 file, or the run.rcsrun of a run with --evidence all"
_DECLARED = re.compile(r"""^(<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"'>]*["']""")
_TEXT_FRAME = 1
_MESSAGE_LENGTH = 200
_VERSIONS = frozenset({"", "1.1", "1.2", "1.3"})
_LONGEST = 1e9
"""Milliseconds that an exchange may take."""
_UNKNOWN = 30.0
"""Seconds that an exchange may have taken where nothing says how many."""
_PARTS = ("blocked", "dns", "connect", "send", "wait", "receive")
"""Of the time of an entry; `ssl` is in `connect`."""
_NETWORK = (None, "", "network")

_ENTRIES = re.compile(r'"entries"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


def read_har(file: Path) -> Traffic:
    """The entries of a HAR file, of one that is cut off, or of one that a proxy did not finish.

    Raises:
        ConfigurationError: The file cannot be read, or nothing in it is of a HAR; one line that
            names the place.
    """
    forms, remarks, is_cut = _forms(file)
    unusable: Counter[str] = Counter()
    entries: list[Entry] = []
    lost = [Lost(started=None, may_change=False)] if is_cut else []
    broken = _broken(forms)
    if broken and len(broken) == len(forms):
        raise ConfigurationError(f"{file}: {next(iter(broken.values()))}; {_RIGHT}")
    if broken:
        place = next(iter(broken.values())).partition(":")[0]
        unusable[f"{NO_ENTRY}{place}"] = len(broken)
    for number, each in enumerate(forms, 1):
        if number - 1 in broken:
            lost.append(_lost(each))
            continue
        try:
            entries.append(entry_in(each, number))
        except _UnusableError as error:
            unusable[str(error)] += 1
            lost.append(_lost(each))
    return Traffic(
        entries=tuple(entries), unusable=unusable, lost=tuple(lost), remarks=tuple(remarks)
    )


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


def _forms(file: Path) -> tuple[Sequence[Any], list[str], bool]:
    """The entries of a file as JSON values, what there is to say of it, whether it is cut off."""
    content = _content_of(file)
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        document = None
    if document is None or (isinstance(document, dict) and {*document} >= {"request", "response"}):
        whole = _whole_entries(content.decode("utf-8-sig", "ignore"))
        if not whole:
            raise ConfigurationError(f"{file}: not JSON, or cut off; {_RIGHT}")
        return whole, [f"{file} is cut off: what is whole before that is used"], True
    schema = json.loads((TEMPLATES / SCHEMA).read_text("utf-8"))
    schema["properties"]["log"]["properties"]["entries"] = {"type": "array"}
    if mistake := _mistake(Draft202012Validator(schema), document):
        raise ConfigurationError(f"{file}: {mistake}; {_RIGHT}")
    log = document["log"]
    version = log.get("version", "")
    strange = [] if version in _VERSIONS else [f"{file} is HAR {version[:20]!r}, read as HAR 1.2"]
    return log["entries"], strange, False


def _content_of(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_HAR + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not the name of a file"
        raise ConfigurationError(f"{file}: cannot be read: {reason}; {_RIGHT}") from None
    if len(content) > LARGEST_HAR:
        raise ConfigurationError(f"{file}: larger than {LARGEST_HAR >> 20} MiB; {_RIGHT}")
    return content


def _whole_entries(text: str) -> list[Any]:
    """The entries before the place where a file is cut off; those of a proxy are a line each."""
    start = _ENTRIES.search(text)
    place = start.end() if start else 0
    decoder = json.JSONDecoder()
    found: list[Any] = []
    while text.startswith("{", place := _end_of(_BETWEEN, text, place)):
        try:
            form, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            break
        found.append(form)
    return found


def _end_of(pattern: "re.Pattern[str]", text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place


def _broken(forms: Sequence[Any]) -> Mapping[int, str]:
    """What is wrong with entries that are not as the schema has them, by their places."""
    schema = json.loads((TEMPLATES / SCHEMA).read_text("utf-8"))
    validator = Draft202012Validator({"$ref": "#/$defs/entry", "$defs": schema["$defs"]})
    mistakes = ((n, _mistake(validator, each, f"log/entries/{n}")) for n, each in enumerate(forms))
    return {number: mistake for number, mistake in mistakes if mistake}


def _mistake(validator: Draft202012Validator, form: object, above: str = "") -> str:
    """Where values do not fit a schema, and how; empty where they do."""
    mistake = best_match(validator.iter_errors(form))
    if mistake is None:
        return ""
    places = [above] if above else []
    place = "/".join([*places, *map(str, mistake.absolute_path)]) or "top level"
    rule = "/".join(map(str, list(mistake.schema_path)[-2:]))
    message = f"does not fit {rule} of {SCHEMA}"  # its values may be secrets
    if mistake.validator == "required":
        message = mistake.message[:_MESSAGE_LENGTH]
    return f"{place}: {message}"


def entry_in(form: Mapping[str, Any], number: int) -> Entry:
    """The entry that JSON values of a HAR file stand for.

    Args:
        form: The values, as `form_of` gives them; they fit the schema.
        number: The place of the entry.

    Raises:
        _UnusableError: Nothing can be said of it.
    """
    request, response = form["request"], form["response"]
    status = response["status"]
    if status <= 0:
        raise _UnusableError(NO_RESPONSE)
    if form.get("_fromCache") or form.get("_serviceWorkerResponseSource") not in _NETWORK:
        raise _UnusableError(CACHED)
    started = _time_of(form)
    if started is None:
        raise _UnusableError(NO_TIME)
    try:
        urlsplit(request["url"].encode("utf-8"))
    except ValueError:
        raise _UnusableError(NO_URL) from None
    if not response.get("headers") and (response.get("content") or {}).get("mimeType"):
        raise _UnusableError(NO_FIELDS)  # one of them gave the media type
    return Entry(
        number=number,
        method=request["method"].upper(),
        url=request["url"].partition("#")[0],
        request_headers=_fields(request.get("headers")),
        request_body=_posted(request.get("postData") or {}),
        status=status,
        headers=_fields(response.get("headers")),
        body=_content(response.get("content") or {}, request["method"]),
        started=started,
        seconds=_seconds(form),
        inbound=form.get("_notification", False),
        frames=tuple(_frames(form.get("_webSocketMessages") or ())),
    )


def _seconds(form: Mapping[str, Any]) -> float:
    """How long an entry took: as it says, as its parts say, or so long that nothing is guessed."""
    time = form.get("time")
    if time is None or not time >= 0:
        timings = form.get("timings") or {}
        parts = [each for each in map(timings.get, _PARTS) if isinstance(each, int | float)]
        if not any(each > 0 for each in parts):  # 0 in all: nothing was measured
            return _UNKNOWN
        time = sum(max(0.0, each) for each in parts)
    return min(float(time), _LONGEST) / 1000


def _frames(forms: Iterable[Mapping[str, Any]]) -> Iterator[Frame]:
    for each in forms:
        if each.get("opcode", _TEXT_FRAME) != _TEXT_FRAME:
            continue
        try:
            time = datetime.fromtimestamp(each["time"], UTC)
        except (OverflowError, ValueError, OSError):
            raise _UnusableError(NO_TIME) from None
        yield Frame(sent=each["type"] == "send", time=time, text=each["data"])


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
        return _of_base64(text or "")
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
        return _of_base64(text)
    return _in_utf8(text)


def _lost(form: Any) -> Lost:  # noqa: ANN401 - JSON, whether it fits the schema or not
    """What is known of a request whose entry is of no use."""
    request = form.get("request") if isinstance(form, dict) else None
    method, url = (
        str(request.get(name) or "") if isinstance(request, dict) else ""
        for name in ("method", "url")
    )
    started = _time_of(form) if isinstance(form, dict) else None
    return Lost(started=started, method=method.upper(), url=url)


def _of_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise _UnusableError(NO_TEXT) from None


def _in_utf8(text: str) -> bytes:
    """A body whose characters are known, so that what it declares of its encoding is past."""
    try:
        return _DECLARED.sub(r"\1", text, count=1).encode("utf-8")
    except UnicodeEncodeError:
        raise _UnusableError(NO_TEXT) from None


def _time_of(form: Mapping[str, Any]) -> datetime | None:
    """When an entry began, in UTC; `None` where it does not say so."""
    try:
        time = datetime.fromisoformat(form["startedDateTime"])
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


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
