"""The evidence of a test: its exchanges and notifications as one JSON file, written and read."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from rcs_conformance.model.exchange import (
    REDACTED,
    Answer,
    Event,
    Exchange,
    FailedExchange,
    Headers,
    Notification,
    Request,
)
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import CheckResult
from rcs_conformance.report.curl import curl_command, fits, request_behind
from rcs_conformance.report.output import EVIDENCE

FORMAT = "rcs-conformance-evidence/1"
"""Name and version of the form of these files."""

_SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})
_SLUG_LENGTH = 60


def write_evidence(out: Path, test_id: str, events: Sequence[Event]) -> str:
    """Write the evidence of one test; safe to call from parallel workers, each for its tests.

    The file's name comes from the test's id alone, never from what the target sent. Request bodies
    that do not fit into a command have files of their own beside it.

    Args:
        out: The output directory.
        test_id: Id of the test.
        events: What was seen; written in order of their numbers.

    Returns:
        The file's name, relative to `out`.
    """
    slug = re.sub(r"[^A-Za-z0-9]+", "-", test_id).strip("-")
    if len(slug) > _SLUG_LENGTH:
        slug = slug[-_SLUG_LENGTH:].partition("-")[2]
    digest = hashlib.sha256(test_id.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    name = f"{EVIDENCE}/{slug or 'test'}-{digest}.json"
    ordered = sorted(events, key=lambda event: event.number)
    document = {
        "format": FORMAT,
        "test": test_id,
        "events": [_event(event, name) for event in ordered],
    }
    (out / EVIDENCE).mkdir(parents=True, exist_ok=True)
    (out / name).write_text(json.dumps(document, indent=1) + "\n", "ascii")
    for event in ordered:
        if not isinstance(event, Notification) and not fits(event.request.body):
            (out / _body_file(event.request, name)).write_bytes(event.request.body)
    return name


def curl_line(result: CheckResult, events: Sequence[Event], evidence: str) -> str:
    """The request behind a result as a curl command; empty where there is none.

    Args:
        result: What was found.
        events: Of the test.
        evidence: The file that `write_evidence` wrote them to.
    """
    ordered = sorted(events, key=lambda event: event.number)
    request = request_behind(result, ordered)
    return "" if request is None else _curl(request, evidence)


def _curl(request: Request, evidence: str) -> str:
    shown = replace(request, headers=redacted(request.headers))
    return curl_command(shown, _body_file(request, evidence))


def _body_file(request: Request, evidence: str) -> str:
    """The file of a request's body, relative to the output directory, named after its content."""
    digest = hashlib.sha256(request.body).hexdigest()[:10]
    return f"{evidence.removesuffix('.json')}-{digest}.body"


def read_evidence(file: Path) -> tuple[Event, ...]:
    """Read the evidence of a test back.

    The contents of notifications are bytes here: `content` is `None`.

    Raises:
        ValueError: The file is not evidence of this form.
        OSError: The file cannot be read.
    """
    document = json.loads(file.read_text("ascii"))
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise ValueError(f"{file.name}: not a file of {FORMAT}")
    try:
        return tuple(_read_event(member) for member in document["events"])
    except (KeyError, TypeError) as problem:
        raise ValueError(f"{file.name}: not as {FORMAT} asks: {problem!r}") from None


def redacted(headers: Headers) -> Headers:
    """Headers as they may be shown: the driver has redacted them; this leaves nothing to chance."""
    return tuple(
        (name, REDACTED if name.lower() in _SECRET_HEADERS and REDACTED not in value else value)
        for name, value in headers
    )


def _event(event: Event, file: str) -> Mapping[str, object]:
    if isinstance(event, Notification):
        return {
            "kind": "notification",
            "number": event.number,
            "user": event.user,
            "format": event.format.value,
            "callbackData": event.callback_data,
            "received": event.received.isoformat(),
            "headers": redacted(event.headers),
            "body": _body(event.body),
            "root": event.root,
            **({"spelt": event.spelt} if event.spelt else {}),
            "problem": event.problem,
        }
    timing = {
        "number": event.number,
        "started": event.started.isoformat(),
        "seconds": event.seconds,
        "request": _request(event.request),
        "curl": _curl(event.request, file),
    }
    if isinstance(event, FailedExchange):
        return {"kind": "failed", **timing, "reason": event.reason}
    answer = {
        "status": event.answer.status,
        "headers": redacted(event.answer.headers),
        "body": _body(event.answer.body),
    }
    return {"kind": "exchange", **timing, "answer": answer}


def _request(request: Request) -> Mapping[str, object]:
    return {
        "user": request.user,
        "resource": request.resource,
        "method": request.method,
        "url": request.url,
        "headers": redacted(request.headers),
        "body": _body(request.body),
        "format": request.format.value,
        **({"deviation": request.mutation} if request.mutation else {}),
    }


def _body(body: bytes) -> Mapping[str, str]:
    """A body as text where it is UTF-8, else in Base64."""
    try:
        return {"text": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode("ascii")}


def _read_event(member: Mapping[str, Any]) -> Event:
    kind = member["kind"]
    if kind == "notification":
        return Notification(
            number=member["number"],
            user=member["user"],
            format=Format(member["format"]),
            callback_data=member["callbackData"],
            received=datetime.fromisoformat(member["received"]),
            headers=_read_headers(member["headers"]),
            body=_read_body(member["body"]),
            root=member["root"],
            content=None,
            problem=member["problem"],
            spelt=member.get("spelt", ""),
        )
    number, seconds = member["number"], member["seconds"]
    started = datetime.fromisoformat(member["started"])
    request = _read_request(member["request"])
    if kind == "failed":
        return FailedExchange(
            number=number,
            request=request,
            reason=member["reason"],
            started=started,
            seconds=seconds,
        )
    answer = Answer(
        status=member["answer"]["status"],
        headers=_read_headers(member["answer"]["headers"]),
        body=_read_body(member["answer"]["body"]),
    )
    return Exchange(number=number, request=request, answer=answer, started=started, seconds=seconds)


def _read_request(member: Mapping[str, Any]) -> Request:
    return Request(
        user=member["user"],
        resource=member["resource"],
        method=member["method"],
        url=member["url"],
        headers=_read_headers(member["headers"]),
        body=_read_body(member["body"]),
        format=Format(member["format"]),
        mutation=member.get("deviation", ""),
    )


def _read_headers(member: Sequence[Sequence[str]]) -> Headers:
    return tuple((name, value) for name, value in member)


def _read_body(member: Mapping[str, str]) -> bytes:
    if "text" in member:
        return member["text"].encode("utf-8")
    return base64.b64decode(member["base64"])
