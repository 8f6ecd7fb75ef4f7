"""What an exchange or a notification shows of the static conformance requirements (SCR).

That an operation was once carried out shows that it is supported, in whichever test that was; that
it is not is found where it must succeed (`conventions.carried_out`).
"""

from collections.abc import Iterator
from dataclasses import replace

from rcs_conformance.checks.judging import remark, succeeded
from rcs_conformance.model.exchange import Event, Exchange, Notification, header
from rcs_conformance.model.formats import FORM_MEDIA_TYPE
from rcs_conformance.model.results import CheckResult

_MULTIPART = "multipart/form-data"
_ADHOC = "/adhoc/messages"


def operations(event: Event) -> Iterator[str]:
    """The operations of the SCR table that an event shows to be supported.

    Those that only the content of a request tells apart, such as `POST groups isClosed`, are not
    among them.
    """
    if isinstance(event, Notification):
        yield from _told(event)
    elif isinstance(event, Exchange) and succeeded(event) and not event.request.mutation:
        yield from _carried_out(event)


def _told(notification: Notification) -> Iterator[str]:
    """What a notification that can be read shows."""
    if notification.root and not notification.problem:
        yield f"NOTIFY {notification.root}"
        if event_type := getattr(notification.content, "event_type", None):
            yield f"NOTIFY {notification.root} {event_type}"


def _carried_out(exchange: Exchange) -> Iterator[str]:
    """What a request that succeeded shows."""
    request = exchange.request
    media_type = (header(request.headers, "content-type") or "").partition(";")[0].strip()
    if request.method != "POST":
        qualifier = ""
    elif media_type == FORM_MEDIA_TYPE:
        qualifier = "form"
    elif media_type == _MULTIPART:
        qualifier = "multipart"
    else:
        qualifier = "isComposing" if request.root == "isComposing" else ""
    yield f"{request.operation} {qualifier}".strip()
    if _ADHOC in request.url and request.operation == "POST oneToOneMessages":
        yield f"{request.operation} adhoc"


def unclaimed(item: str, operation: str, seen: str) -> CheckResult:
    """A remark (TS-CHAT-5.13): the target serves what it does not claim.

    Args:
        item: Of the SCR table.
        operation: Behind the item.
        seen: What shows that it is served.
    """
    result = remark(
        "TS-CHAT-5.13",
        "item.unclaimed",
        expected=f"{item} is claimed where it is supported",
        actual=f"it is served and not claimed: {seen}",
        where=operation,
        event=None,
    )
    return replace(result, item=item)
