"""The items of the static conformance requirements (SCR) that the evidence shows to be supported.

An operation that succeeded in any test is supported. One that is not supported is found where it
must succeed (`conventions.carried_out`).
"""

from collections.abc import Iterator
from dataclasses import replace

from rcs_conformance.checks.judging import Place, succeeded
from rcs_conformance.model.channel import NotificationChannel
from rcs_conformance.model.exchange import Event, Exchange, Notification, header
from rcs_conformance.model.formats import FORM_MEDIA_TYPE
from rcs_conformance.model.results import CheckResult

_MULTIPART = "multipart/form-data"
_ADHOC = "/adhoc/messages"


def operations(event: Event) -> Iterator[str]:
    """The operations of the SCR table that an event shows to be supported.

    Those that differ in the content of a request alone, such as `POST groups isClosed`, are not
    among them.
    """
    if isinstance(event, Notification):
        yield from _notified(event)
    elif isinstance(event, Exchange) and succeeded(event) and not event.request.mutation:
        yield from _carried_out(event)


def _notified(notification: Notification) -> Iterator[str]:
    if notification.root and not notification.problem:
        yield f"NOTIFY {notification.root}"
        if notification.by_socket:
            yield "WEBSOCKET channelURL"
        if event_type := getattr(notification.content, "event_type", None):
            yield f"NOTIFY {notification.root} {event_type}"


def _carried_out(exchange: Exchange) -> Iterator[str]:
    request = exchange.request
    media_type = (header(request.headers, "content-type") or "").partition(";")[0].strip()
    if request.method != "POST":
        qualifier = ""
    elif media_type == FORM_MEDIA_TYPE:
        qualifier = "form"
    elif media_type == _MULTIPART:
        qualifier = "multipart"
    else:
        qualifier = "isComposing" if request.root == "isComposing" else _channel_type(exchange)
    yield f"{request.operation} {qualifier}".strip()
    if _ADHOC in request.url and request.operation == "POST oneToOneMessages":
        yield f"{request.operation} adhoc"


def _channel_type(exchange: Exchange) -> str:
    """The type of the channel that was created; empty where none was, or it is not shown."""
    content = exchange.answer.content
    return str(content.channel_type) if isinstance(content, NotificationChannel) else ""


def form_operation(event: Event) -> str:
    """The operation of the SCR table that a request in form fields is, whatever came of it.

    Empty for all other events.
    """
    if not isinstance(event, Exchange):
        return ""
    media_type = (header(event.request.headers, "content-type") or "").partition(";")[0].strip()
    return f"{event.request.operation} form" if media_type == FORM_MEDIA_TYPE else ""


def unclaimed(item: str, operation: str, seen: str) -> CheckResult:
    """A remark: the target supports an item that its ICS does not claim.

    Args:
        item: Of the SCR table.
        operation: Of the item.
        seen: The event that shows it.
    """
    result = Place(operation).remark(
        "TS-CHAT-5.13",
        "item.unclaimed",
        expected=f"ICS claim for {item}, which the target supports",
        actual=f"no ICS claim for {item}; supported: {seen}",
    )
    return replace(result, item=item)
