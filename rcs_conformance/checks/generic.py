"""Checks that run on every exchange and every notification of a test.

They see what no test looks at, so an invalid response is found wherever it occurs. It breaks the
clause about responses, and not each requirement that met it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from rcs_conformance.binding import Binding, ElementOrder, Wording
from rcs_conformance.checks import request_errors
from rcs_conformance.checks.dialects import in_dialect
from rcs_conformance.checks.judging import (
    Place,
    at,
    content_type,
    format_clause,
    status_of,
    succeeded,
    validity_clause,
)
from rcs_conformance.checks.response_roots import LIST, POLL, SEPARATE, expected_roots
from rcs_conformance.errors import WireError
from rcs_conformance.model.channel import ConnAck, ConnCheck
from rcs_conformance.model.common import RequestError
from rcs_conformance.model.exchange import Event, Exchange, Notification, header
from rcs_conformance.model.formats import TEXT_XML, Format
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.notification_list import listed, unqualified
from rcs_conformance.wire.order import misplaced
from rcs_conformance.wire.schema import Violation, violations
from rcs_conformance.wire.tolerance import tolerated

ERROR_CODES = frozenset({400, 401, 403, 404, 405, 406, 409, 413, 415, 503})
"""The error codes of binding section 4."""

_CODES = "TS-CHAT-5.6"
_ERRORS = "TS-CHAT-5.7"
_NOTIFICATIONS = "TS-CHAT-4.1.1"
_VALID = "valid"

_PLACEHOLDER = re.compile(r"%([1-9])")
_SERVER_ERROR = 500


def every_event(events: Sequence[Event], binding: Binding) -> Iterator[CheckResult]:
    """The results about all events of a test.

    Args:
        events: The evidence of the test.
        binding: Of the target.
    """
    begun: dict[tuple[str, str, bytes], list[Exchange]] = {}
    for event in events:
        if isinstance(event, Exchange):
            begun.setdefault(_asked(event), []).append(event)
    arrived: set[tuple[str, Format, bytes]] = set()
    for event in events:
        if isinstance(event, Exchange):
            alike = begun[_asked(event)]
            repeats = any(other is not event and _precedes(other, event) for other in alike)
            yield from _exchange(event, binding, repeats=repeats)
        elif isinstance(event, Notification):
            delivery = (event.user, event.format, event.body)
            yield from _notification(event, binding, repeats=delivery in arrived)
            arrived.add(delivery)


def _asked(exchange: Exchange) -> tuple[str, str, bytes]:
    request = exchange.request
    return request.method, request.url, request.body


def _precedes(other: Exchange, exchange: Exchange) -> bool:
    """Whether a server may have taken the other request first: it left before the response came."""
    return other.started <= exchange.started + timedelta(seconds=exchange.seconds)


def _exchange(exchange: Exchange, binding: Binding, *, repeats: bool) -> Iterator[CheckResult]:
    status = exchange.answer.status
    if exchange.request.resource not in binding.resources:
        return  # a download: no resource of the API
    if exchange.request.method not in binding.resources[exchange.request.resource].verbs:
        if status in ERROR_CODES:
            yield from _error(exchange, binding)
        return
    if succeeded(exchange):
        if exchange.request.mutation:
            return  # an invalid request that is accepted breaks the clause about it alone
        yield _success_code(exchange, binding, repeats=repeats)
        yield from _body(exchange, binding)
    elif status < _SERVER_ERROR or status in ERROR_CODES:
        yield _error_code(exchange)
        if status in ERROR_CODES:
            yield from _error(exchange, binding)


def _success_code(exchange: Exchange, binding: Binding, *, repeats: bool) -> CheckResult:
    """A success code is one that the resource's row lists."""
    request = exchange.request
    listed = binding.resources[request.resource].success(request.method, request.root)
    codes = {*listed, 200} if repeats and request.method == "POST" else set(listed)
    return at(exchange).responds(_CODES, "status.success", " or ".join(map(str, sorted(codes))))


def _error_code(exchange: Exchange) -> CheckResult:
    """An error code is one that the definitions list."""
    return at(exchange).responds(
        _CODES, "status.refusal", " or ".join(map(str, sorted(ERROR_CODES)))
    )


def _body(exchange: Exchange, binding: Binding) -> Iterator[CheckResult]:
    """The response has the negotiated format, and matches the schema of the one that it has."""
    fmt, negotiated = exchange.body_format, exchange.request.format
    roots = expected_roots(exchange.request, binding)
    may_lack = exchange.answer.status == 204 or exchange.request.resource == POLL
    if not roots or (not exchange.answer.body and may_lack):
        return
    yield at(exchange, "Content-Type").require(
        format_clause(negotiated),
        "answer.media_type",
        holds=_is_labelled(exchange.answer.headers, negotiated),
        expected=content_type(negotiated.media_type),
        actual=content_type(header(exchange.answer.headers, "content-type")),
    )
    if exchange.request.resource == POLL and _is_alone(exchange, binding):
        return
    root = exchange.answer.root if exchange.answer.root in roots else roots[0]
    wording = binding.told if exchange.request.resource == POLL else binding.responses
    found = _violations(exchange.answer.body, fmt, root, wording)
    if root == LIST:
        yield from _unqualified(exchange, binding)
        found = tuple(each for each in found if not _is_separate(each, binding))
    spelt = binding.spelt(root)
    yield at(exchange, found[0].path if found else spelt).require(
        validity_clause(fmt),
        "answer.schema",
        holds=not found,
        expected=_valid(spelt),
        actual=str(found[0]) if found else _VALID,
    )
    if exchange.answer.charsets:
        yield at(exchange, "Content-Type").remark(
            validity_clause(fmt),
            "answer.charset",
            expected="byte order mark, charset of Content-Type and XML declaration agree",
            actual=exchange.answer.charsets,
        )
    yield from _order(exchange.answer.body, fmt, root, binding, wording.names, at(exchange))
    yield from _tolerated(_remarks(exchange.answer.body, fmt, root, wording), fmt, at(exchange))


def _violations(body: bytes, fmt: Format, root: str, wording: Wording) -> tuple[Violation, ...]:
    return violations(body, fmt, root, wording.names, wording.forms)


def _remarks(body: bytes, fmt: Format, root: str, wording: Wording) -> tuple[str, ...]:
    return tolerated(body, fmt, root, wording.names, wording.forms)


def _unqualified(exchange: Exchange, binding: Binding) -> Iterator[CheckResult]:
    """A remark on notifications in an XML list that stand in no namespace."""
    fmt = exchange.body_format
    try:
        bare = unqualified(exchange.answer.body, binding.told.names) if fmt is Format.XML else ()
    except WireError:
        return  # a failure of the representation
    if bare:
        yield at(exchange, binding.spelt(LIST)).remark(
            format_clause(fmt),
            "list.unqualified",
            expected="each notification in the namespace of its API",
            actual=f"no namespace: {', '.join(bare)}",
        )


def _is_alone(exchange: Exchange, binding: Binding) -> bool:
    """Whether a poll brought a notification without a list, which is judged as any notification."""
    try:
        brought = listed(exchange.answer.body, exchange.body_format, binding.told.names)
    except WireError:
        return False
    return any(each.root for each in brought)


def _is_labelled(headers: tuple[tuple[str, str], ...], fmt: Format) -> bool:
    return _media_type(header(headers, "content-type")) == fmt.media_type


def _media_type(label: str | None) -> str:
    """What a Content-Type says without its parameters, in lower case."""
    return (label or "").partition(";")[0].strip().lower()


def _valid(spelt: str) -> str:
    return f"{spelt} valid against its schema"


def _is_separate(violation: Violation, binding: Binding) -> bool:
    """Whether the missing member of a list breaks a clause of its own."""
    return any(
        f"/{binding.spelt(root)}" in violation.path
        and any(binding.spelt(each) in str(violation) for each in members)
        for root, members in SEPARATE.items()
    )


def _order(
    body: bytes,
    fmt: Format,
    root: str,
    binding: Binding,
    names: Mapping[str, str],
    place: Place,
) -> Iterator[CheckResult]:
    """The elements are in order, where the binding requires that."""
    if binding.element_order is ElementOrder.ANY or fmt is not Format.XML:
        return
    found = misplaced(body, root, names)
    yield place.require(
        validity_clause(fmt),
        "body.order",
        holds=not found,
        expected="elements in the order of the binding",
        actual=found[0] if found else "elements in order",
    )


def _tolerated(remarks: Iterable[str], fmt: Format, place: Place) -> Iterator[CheckResult]:
    """Remarks on invalid values whose meaning is clear (binding, sections 2 and 5)."""
    for found in remarks:
        yield place.remark(
            validity_clause(fmt),
            "body.tolerated",
            expected="booleans as true or false, repeatable members as arrays, listed event types,"
            " composing indications in the namespace of the binding",
            actual=found,
        )


def _error(exchange: Exchange, binding: Binding) -> Iterator[CheckResult]:
    """An error response has a valid requestError that fits it, in the negotiated format."""
    fmt, negotiated = exchange.body_format, exchange.request.format
    found = _violations(exchange.answer.body, fmt, "requestError", binding.responses)
    if exchange.answer.status == 406 or _accepts_no_known_format(exchange):
        if found:
            found = _violations(exchange.answer.body, fmt.other, "requestError", binding.responses)
    else:
        yield at(exchange, f"({status_of(exchange)})").require(
            format_clause(negotiated),
            "error.format",
            holds=fmt is negotiated,
            expected=f"requestError in {negotiated.name}, as requested",
            actual=f"requestError in {fmt.name}",
        )
    yield at(exchange, f"({status_of(exchange)})").require(
        _ERRORS,
        "error.body",
        holds=not found,
        expected=_valid(binding.spelt("requestError")),
        actual=str(found[0]) if found else _VALID,
    )
    content = exchange.answer.content
    if isinstance(content, RequestError):
        yield in_dialect(_variables(exchange, content), binding)
        if request_errors.fitting_ids(exchange, binding.errors):
            yield in_dialect(request_errors.fits_status(exchange, binding.errors), binding)


def _accepts_no_known_format(exchange: Exchange) -> bool:
    """Whether the request accepts neither format, so that an error may have either."""
    accept = header(exchange.request.headers, "accept")
    known = ("*/*", "application/*", *(fmt.media_type for fmt in Format))
    return accept is not None and not any(each in accept for each in known)


def _variables(exchange: Exchange, error: RequestError) -> CheckResult:
    """An exception has a variable for each placeholder in its text."""
    exception = error.service_exception or error.policy_exception
    text = exception.text if exception else ""
    variables = exception.variables if exception else ()
    highest = max((int(number) for number in _PLACEHOLDER.findall(text)), default=0)
    return at(exchange, "requestError").require(
        _ERRORS,
        "error.variables",
        holds=len(variables) >= highest,
        expected=f"at least {highest} variables, for the placeholders in {text!r}",
        actual=f"{len(variables)} variables",
    )


def _notification(
    notification: Notification, binding: Binding, *, repeats: bool
) -> Iterator[CheckResult]:
    is_control = isinstance(notification.content, ConnAck | ConnCheck)
    if repeats and not is_control:
        yield at(notification).remark(
            _NOTIFICATIONS,
            "notification.repeated",
            expected="each notification delivered once",
            actual="the same notification delivered again, as after a retry",
        )
        return
    if not notification.root:
        yield at(notification).require(
            validity_clause(notification.format),
            "notification.readable",
            holds=False,
            expected=f"a notification in {notification.format.name}",
            actual=notification.problem,
        )
        return
    yield from _schema(notification, binding)
    if is_control:
        return  # said of the connection, not to a subscription
    name = binding.spelt("callbackData")
    shown = getattr(notification.content, "callback_data", None)
    yield at(notification, name).equals(
        _NOTIFICATIONS,
        "notification.callback_data",
        shown,
        notification.callback_data,
        note="as in the subscription",
    )


def _label(notification: Notification) -> CheckResult:
    """The notification is labelled with its format.

    `text/xml` is XML as well (RFC 7303), and no Accept asked for the other label.
    """
    fmt, label = notification.format, header(notification.headers, "content-type")
    rule, place = "notification.media_type", at(notification, "Content-Type")
    expected, actual = content_type(fmt.media_type), content_type(label)
    if fmt is Format.XML and _media_type(label) == TEXT_XML:
        return place.remark(format_clause(fmt), rule, expected=expected, actual=actual)
    holds = _is_labelled(notification.headers, fmt)
    return place.require(format_clause(fmt), rule, holds=holds, expected=expected, actual=actual)


def _schema(notification: Notification, binding: Binding) -> Iterator[CheckResult]:
    """The notification is labelled with its format, and matches its schema.

    A missing member that a clause of its own requires breaks that clause alone.
    """
    body, fmt, root = notification.body, notification.body_format, notification.root
    if not notification.by_socket:
        yield _label(notification)
    separate = [binding.spelt(each) for each in SEPARATE.get(root, ())]
    found = [
        each
        for each in _violations(body, fmt, root, binding.told)
        if not any(name in str(each) for name in separate)
    ]
    yield at(notification, found[0].path if found else "").require(
        validity_clause(fmt),
        "notification.schema",
        holds=not found,
        expected=_valid(binding.spelt(root)),
        actual=str(found[0]) if found else _VALID,
    )
    yield from _order(body, fmt, root, binding, binding.told.names, at(notification))
    yield from _tolerated(_remarks(body, fmt, root, binding.told), fmt, at(notification))
