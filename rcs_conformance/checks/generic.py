"""Checks that run on every exchange and every notification of a test (TS-CHAT-5, 4.1.1).

They see what no test looks at, so a broken answer is found wherever it comes up, and is reported
where it belongs: under the clause about answers, not under each requirement that met it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from rcs_conformance.binding import Binding, ElementOrder
from rcs_conformance.checks import request_errors
from rcs_conformance.checks.dialects import in_dialect
from rcs_conformance.checks.judging import (
    format_clause,
    judged,
    place_of,
    remark,
    status_of,
    succeeded,
)
from rcs_conformance.checks.response_roots import LIST, OWNERS, POLL, expected_roots
from rcs_conformance.model.common import RequestError
from rcs_conformance.model.exchange import Event, Exchange, Notification, header
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.order import misplaced
from rcs_conformance.wire.schema import Violation, violations
from rcs_conformance.wire.tolerance import tolerated

ERROR_CODES = frozenset({400, 401, 403, 404, 405, 406, 409, 413, 415, 503})
"""The error codes of binding section 4."""

_PLACEHOLDER = re.compile(r"%([1-9])")
_SERVER_ERROR = 500


def every_event(events: Sequence[Event], binding: Binding) -> Iterator[CheckResult]:
    """The results about all that happened in a test.

    Args:
        events: The evidence of the test.
        binding: Of the target.
    """
    sent: set[tuple[str, str, bytes]] = set()
    arrived: set[tuple[str, Format, bytes]] = set()
    for event in events:
        if isinstance(event, Exchange):
            request = (event.request.method, event.request.url, event.request.body)
            yield from _exchange(event, binding, repeats=request in sent)
            sent.add(request)
        elif isinstance(event, Notification):
            delivery = (event.user, event.format, event.body)
            yield from _notification(event, binding, repeats=delivery in arrived)
            arrived.add(delivery)


def _exchange(exchange: Exchange, binding: Binding, *, repeats: bool) -> Iterator[CheckResult]:
    status = exchange.answer.status
    if exchange.request.resource not in binding.resources:
        return  # content that was fetched: no resource of the API
    if exchange.request.method not in binding.resources[exchange.request.resource].verbs:
        if status in ERROR_CODES:
            yield from _error(exchange, binding)
        return
    if succeeded(exchange):
        if exchange.request.mutation:
            return  # that it succeeded is the business of TS-CHAT-5.8, whichever way it did
        yield _success_code(exchange, binding, repeats=repeats)
        yield from _body(exchange, binding)
    elif status < _SERVER_ERROR or status in ERROR_CODES:
        yield _refusal_code(exchange)
        if status in ERROR_CODES:
            yield from _error(exchange, binding)


def _success_code(exchange: Exchange, binding: Binding, *, repeats: bool) -> CheckResult:
    """TS-CHAT-5.6: success is told by a code that the resource's row lists."""
    request = exchange.request
    listed = binding.resources[request.resource].success(request.method, request.root)
    codes = {*listed, 200} if repeats and request.method == "POST" else set(listed)
    return judged(
        "TS-CHAT-5.6",
        "status.success",
        exchange.answer.status in codes,
        expected=f"status {' or '.join(str(code) for code in sorted(codes))}",
        actual=status_of(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )


def _refusal_code(exchange: Exchange) -> CheckResult:
    """TS-CHAT-5.6: a refusal is told by a code that the definitions list."""
    return judged(
        "TS-CHAT-5.6",
        "status.refusal",
        exchange.answer.status in ERROR_CODES,
        expected="one of the listed codes, such as 400, 401, 403, 404",
        actual=status_of(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )


def _body(exchange: Exchange, binding: Binding) -> Iterator[CheckResult]:
    """TS-CHAT-5.1, 5.2: the answer is in the negotiated format and fits its schema."""
    fmt = exchange.request.format
    clause = format_clause(fmt)
    roots = expected_roots(exchange.request, binding)
    may_lack = exchange.answer.status == 204 or exchange.request.resource == POLL
    if not roots or (not exchange.answer.body and may_lack):
        return
    media_type = header(exchange.answer.headers, "content-type")
    yield judged(
        clause,
        "answer.media_type",
        (media_type or "").partition(";")[0].strip().lower() == fmt.media_type,
        expected=f"Content-Type {fmt.media_type}",
        actual=f"Content-Type {media_type}" if media_type else "no Content-Type",
        where=place_of(exchange, "Content-Type"),
        event=exchange.number,
    )
    root = exchange.answer.root if exchange.answer.root in roots else roots[0]
    found = violations(exchange.answer.body, fmt, root, binding.names)
    if root == LIST:
        found = tuple(each for each in found if not _is_owned(each, binding))
    spelt = binding.spelt(root)
    yield judged(
        clause,
        "answer.schema",
        not found,
        expected=f"a {spelt} that fits its schema",
        actual=str(found[0]) if found else "fits",
        where=place_of(exchange, found[0].path if found else spelt),
        event=exchange.number,
    )
    yield from _order(exchange.answer.body, fmt, root, binding, place_of(exchange), exchange.number)
    remarks = tolerated(exchange.answer.body, fmt, root, binding.names)
    yield from _tolerated(remarks, fmt, place_of(exchange), exchange.number)


def _is_owned(violation: Violation, binding: Binding) -> bool:
    """Whether what is wrong in a list is the business of a clause of its own."""
    return any(
        f"/{binding.spelt(root)}" in violation.path
        and any(binding.spelt(member) in str(violation) for member in members)
        for root, members in OWNERS.items()
    )


def _order(
    body: bytes, fmt: Format, root: str, binding: Binding, where: str, event: int
) -> Iterator[CheckResult]:
    """TS-CHAT-5.1: the elements stand in order, where the binding asks for that."""
    if binding.element_order is ElementOrder.ANY or fmt is not Format.XML:
        return
    found = misplaced(body, root, binding.names)
    yield judged(
        format_clause(fmt),
        "body.order",
        not found,
        expected="the elements in the order of the binding",
        actual=found[0] if found else "in order",
        where=where,
        event=event,
    )


def _tolerated(
    remarks: Iterable[str], fmt: Format, where: str, event: int
) -> Iterator[CheckResult]:
    """Remarks on what is read although it should be otherwise (binding, sections 2 and 5)."""
    for found in remarks:
        yield remark(
            format_clause(fmt),
            "body.tolerated",
            expected="booleans as true or false, repeatable members as arrays",
            actual=found,
            where=where,
            event=event,
        )


def _error(exchange: Exchange, binding: Binding) -> Iterator[CheckResult]:
    """TS-CHAT-5.7: a fault carries a request error that fits it, in the negotiated format."""
    fmt = exchange.request.format
    found = violations(exchange.answer.body, fmt, "requestError", binding.names)
    if found and (exchange.answer.status == 406 or _asks_for_nothing_known(exchange)):
        found = violations(exchange.answer.body, fmt.other, "requestError", binding.names)
    yield judged(
        "TS-CHAT-5.7",
        "error.body",
        not found,
        expected=f"a {binding.spelt('requestError')} in {fmt.name}",
        actual=str(found[0]) if found else "fits",
        where=place_of(exchange, f"(status {exchange.answer.status})"),
        event=exchange.number,
    )
    content = exchange.answer.content
    if isinstance(content, RequestError):
        yield in_dialect(_variables(exchange, content), binding)
        if request_errors.fitting_ids(exchange, binding.errors):
            yield in_dialect(request_errors.fits_status(exchange, binding.errors), binding)


def _asks_for_nothing_known(exchange: Exchange) -> bool:
    """Whether the request accepts neither format, so that an error may come in either."""
    accept = header(exchange.request.headers, "accept")
    known = ("*/*", "application/*", *(fmt.media_type for fmt in Format))
    return accept is not None and not any(each in accept for each in known)


def _variables(exchange: Exchange, error: RequestError) -> CheckResult:
    """TS-CHAT-5.7: the text of an exception comes with a variable for each placeholder."""
    exception = error.service_exception or error.policy_exception
    text = exception.text if exception else ""
    variables = exception.variables if exception else ()
    highest = max((int(number) for number in _PLACEHOLDER.findall(text)), default=0)
    return judged(
        "TS-CHAT-5.7",
        "error.variables",
        len(variables) >= highest,
        expected=f"a variable for each placeholder in {text!r}",
        actual=f"{len(variables)} variables",
        where=place_of(exchange, "requestError"),
        event=exchange.number,
    )


def _notification(
    notification: Notification, binding: Binding, *, repeats: bool
) -> Iterator[CheckResult]:
    if repeats:
        yield remark(
            "TS-CHAT-4.1.1",
            "notification.repeated",
            expected="each notification once",
            actual="the same notification again, as after a retry",
            where=str(notification),
            event=notification.number,
        )
        return
    clause = format_clause(notification.format)
    if not notification.root:
        yield judged(
            clause,
            "notification.readable",
            holds=False,
            expected=f"a notification in {notification.format.name}",
            actual=notification.problem,
            where=str(notification),
            event=notification.number,
        )
        return
    yield from _schema(notification, clause, binding)
    name = binding.spelt("callbackData")
    shown = getattr(notification.content, "callback_data", None)
    yield judged(
        "TS-CHAT-4.1.1",
        "notification.callback_data",
        shown == notification.callback_data,
        expected=f"{name} {notification.callback_data!r} as subscribed",
        actual=f"{name} {shown!r}" if shown else f"no {name}",
        where=f"{notification} {name}",
        event=notification.number,
    )


def _schema(notification: Notification, clause: str, binding: Binding) -> Iterator[CheckResult]:
    """The notification is labelled as what it is, and fits its schema.

    What is missing where a clause of its own asks for it counts for that clause.
    """
    media_type = header(notification.headers, "content-type")
    yield judged(
        clause,
        "notification.media_type",
        (media_type or "").partition(";")[0].strip().lower() == notification.format.media_type,
        expected=f"Content-Type {notification.format.media_type}",
        actual=f"Content-Type {media_type}" if media_type else "no Content-Type",
        where=f"{notification} Content-Type",
        event=notification.number,
    )
    owned = [binding.spelt(member) for member in OWNERS.get(notification.root, ())]
    found = [
        each
        for each in violations(
            notification.body, notification.format, notification.root, binding.names
        )
        if not any(member in str(each) for member in owned)
    ]
    yield judged(
        clause,
        "notification.schema",
        not found,
        expected=f"a {binding.spelt(notification.root)} that fits its schema",
        actual=str(found[0]) if found else "fits",
        where=f"{notification} {found[0].path if found else ''}".strip(),
        event=notification.number,
    )
    body, fmt, root = notification.body, notification.format, notification.root
    yield from _order(body, fmt, root, binding, str(notification), notification.number)
    remarks = tolerated(body, fmt, root, binding.names)
    yield from _tolerated(remarks, notification.format, str(notification), notification.number)
