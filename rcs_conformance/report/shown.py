"""Exchanges and notifications as text for people: escapes instead of control characters."""

from dataclasses import dataclass

from rcs_conformance.model.exchange import Event, Exchange, FailedExchange, Headers, Notification
from rcs_conformance.report.evidence import redacted
from rcs_conformance.report.indentation import indented
from rcs_conformance.report.text import shortened, visible

_UTF8_MOST = 4
"""The most bytes of a character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """A message of an event: its name, such as `request`, and its text with head and body."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvent:
    """An event: number and one line, time, and its messages."""

    number: int
    title: str
    time: str
    parts: tuple[ShownPart, ...]


def shown_event(event: Event, limit: int, *, indents: bool = True) -> ShownEvent:
    """The event as text; bodies are cut after `limit` characters, and say so.

    Args:
        event: What was seen.
        limit: Characters of a body that are shown.
        indents: Whether JSON and XML get a line for each member.
    """
    if isinstance(event, Notification):
        head = f"notification to {event.user} ({event.format.value})"
        text = _message(head, event.headers, event.body, limit, indents)
        parts = [ShownPart(name="notification", text=text)]
        if event.problem:
            parts.append(ShownPart(name="problem", text=visible(event.problem)))
        return ShownEvent(
            number=event.number,
            title=visible(str(event)),
            time=event.received.isoformat(),
            parts=tuple(parts),
        )
    request = event.request
    head = f"{request.method} {request.url}"
    sent = ShownPart(
        name="request", text=_message(head, request.headers, request.body, limit, indents)
    )
    return ShownEvent(
        number=event.number,
        title=visible(_title(event)),
        time=f"{event.started.isoformat()}, {event.seconds * 1000:.0f} ms",
        parts=(sent, _reply(event, limit, indents)),
    )


def _title(event: Exchange | FailedExchange) -> str:
    request = event.request
    what = (
        f"{event}"
        if isinstance(event, Exchange)
        else (f"#{event.number} {request.operation} -> no response")
    )
    wrong = f", sent with {request.mutation}" if request.mutation else ""
    return f"{what} as {request.user}{wrong}"


def _reply(event: Exchange | FailedExchange, limit: int, indents: bool) -> ShownPart:
    if isinstance(event, FailedExchange):
        return ShownPart(name="no response", text=visible(event.reason))
    answer = event.answer
    text = _message(f"HTTP {answer.status}", answer.headers, answer.body, limit, indents)
    return ShownPart(name="response", text=text)


def _message(head: str, headers: Headers, body: bytes, limit: int, indents: bool) -> str:
    """Head, header fields and body, as they came but for escapes and indentation."""
    fields = [f"{name}: {value}" for name, value in redacted(headers)]
    lines = [visible(line.replace("\n", "\\n")) for line in (head, *fields)]
    return "\n".join([*lines, "", _body(body, limit, indents)]).rstrip("\n")


def _body(body: bytes, limit: int, indents: bool) -> str:
    """A body as text; JSON and XML are indented only where small enough to be shown whole."""
    if len(body) > _UTF8_MOST * limit:  # a file: there is no need to decode it all
        start = body[: _UTF8_MOST * limit].decode("utf-8", "backslashreplace")
        return visible(f"{start[:limit]} ... [{len(body)} bytes in all]")
    text = body.decode("utf-8", "backslashreplace")
    if len(text) > limit:
        return visible(shortened(text, limit))
    return visible(indented(text) if indents else text)
