"""What entries of a record have of exchanges and notifications (`reports/record.schema.json`)."""

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from rcs_conformance import errors
from rcs_conformance.errors import Cause, HarnessError, Inconclusive, RcsConformanceError
from rcs_conformance.model.exchange import (
    Answer,
    Event,
    Exchange,
    FailedExchange,
    Headers,
    Notification,
    Request,
)
from rcs_conformance.model.formats import Format

Form = Mapping[str, Any]


def request_form(request: Request) -> Form:
    """A request."""
    return {
        "user": request.user,
        "resource": request.resource,
        "method": request.method,
        "url": request.url,
        "headers": request.headers,
        "body": body_form(request.body),
        "format": request.format.value,
        "root": request.root,
        "mutation": request.mutation,
    }


def request_of(form: Form) -> Request:
    return Request(
        user=form["user"],
        resource=form["resource"],
        method=form["method"],
        url=form["url"],
        headers=_headers(form["headers"]),
        body=body_of(form["body"]),
        format=Format(form["format"]),
        root=form["root"],
        mutation=form["mutation"],
    )


def _request_like(asked: Request, form: Form) -> Request:
    """A request that differs from another one in what its form has alone."""
    changes: dict[str, Any] = {
        name: _READ[name](value) if name in _READ else value for name, value in form.items()
    }
    return replace(asked, **changes)


def event_form(event: Exchange | FailedExchange, asked: Request | None = None) -> Form:
    """What came of one attempt.

    Args:
        event: The exchange.
        asked: The request without what it is authenticated with: only what differs is written.
    """
    request: dict[str, Any] = dict(request_form(event.request))
    if asked is not None:
        known = request_form(asked)
        request = {name: value for name, value in request.items() if value != known[name]}
    common = {
        "number": event.number,
        "request": request,
        "started": event.started.isoformat(),
        "seconds": event.seconds,
    }
    if isinstance(event, FailedExchange):
        return {**common, "reason": event.reason}
    answer = event.answer
    return {
        **common,
        "status": answer.status,
        "headers": answer.headers,
        "body": body_form(answer.body),
        **({"charsets": answer.charsets} if answer.charsets else {}),
    }


def event_of(form: Form, asked: Request | None = None) -> Exchange | FailedExchange:
    """What `event_form` wrote; the body of an answer is not read yet."""
    given = form["request"]
    request = request_of(given) if asked is None else _request_like(asked, given)
    started = datetime.fromisoformat(form["started"])
    number, seconds = form["number"], form["seconds"]
    if "reason" in form:
        reason = form["reason"]
        return FailedExchange(
            number=number, request=request, reason=reason, started=started, seconds=seconds
        )
    answer = Answer(
        status=form["status"],
        headers=_headers(form["headers"]),
        body=body_of(form["body"]),
        charsets=form.get("charsets", ""),
    )
    return Exchange(number=number, request=request, answer=answer, started=started, seconds=seconds)


def notification_form(notification: Notification) -> Form:
    """A notification as it arrived."""
    poll = notification.poll
    return {
        "number": notification.number,
        "user": notification.user,
        "format": notification.format.value,
        "callbackData": notification.callback_data,
        "received": notification.received.isoformat(),
        "headers": notification.headers,
        "body": body_form(notification.body),
        **({"bySocket": True} if notification.by_socket else {}),
        **({} if poll is None else {"poll": poll_form(poll)}),
    }


def notification_of(form: Form) -> Notification:
    """What `notification_form` wrote; its body is not read yet."""
    return Notification(
        number=form["number"],
        user=form["user"],
        format=Format(form["format"]),
        callback_data=form["callbackData"],
        received=datetime.fromisoformat(form["received"]),
        headers=_headers(form["headers"]),
        body=body_of(form["body"]),
        root="",
        content=None,
        poll=poll_of(form["poll"]) if "poll" in form else None,
        by_socket=form.get("bySocket", False),
    )


def poll_form(poll: Exchange) -> Form:
    """A long poll, with what was read of its list."""
    answer = poll.answer
    return {**event_form(poll), "root": answer.root, "problem": answer.problem}


def poll_of(form: Form) -> Exchange:
    event = event_of(form)
    if isinstance(event, FailedExchange):
        raise HarnessError("a long poll of the record has no response")
    answer = replace(event.answer, root=form["root"], problem=form["problem"])
    return replace(event, answer=answer)


def events_of(entry: Form) -> Sequence[Event]:
    """The events of an entry, none of them read yet; none in most kinds of entries."""
    if entry["kind"] == "notification":
        return (notification_of(entry),)
    if entry["kind"] == "exchange":
        asked = request_of(entry["request"])
        return tuple(event_of(each, asked) for each in entry["events"])
    return ()


def error_form(error: RcsConformanceError) -> Form:
    """What was raised."""
    form = {"type": type(error).__name__, "text": str(error)}
    if isinstance(error, Inconclusive):
        return {**form, "cause": error.cause.value, "clause": error.clause}
    return form


def error_of(form: Form) -> RcsConformanceError:
    name, text = form["type"], form["text"]
    if name == Inconclusive.__name__:
        return Inconclusive(Cause(form["cause"]), text, form["clause"])
    kind = getattr(errors, name, None)
    if isinstance(kind, type) and issubclass(kind, RcsConformanceError):
        return kind(text)
    raise HarnessError(f"{name} is no error that a record can hold")


def body_form(body: bytes) -> Form:
    """A body as text where it is UTF-8, else in Base64."""
    try:
        return {"text": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(body).decode("ascii")}


def body_of(form: Form) -> bytes:
    if "text" in form:
        return str(form["text"]).encode("utf-8")
    return base64.b64decode(form["base64"])


def _headers(fields: Sequence[Sequence[str]]) -> Headers:
    return tuple((name, value) for name, value in fields)


_READ: Mapping[str, Callable[[Any], object]] = {
    "headers": _headers,
    "body": body_of,
    "format": Format,
}
"""How members of a request are read that are not as in its form."""
