"""Checks of verbs, status codes, content negotiation and SCR items."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from rcs_conformance.checks.judging import (
    at,
    content_of,
    content_type,
    format_clause,
    member,
    status_of,
    succeeded,
)
from rcs_conformance.model.chat import GroupChatSessionInformation
from rcs_conformance.model.exchange import Exchange, header
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.created import location

FREE_VERBS = frozenset({"HEAD", "OPTIONS"})
"""Verbs that a server may support or not, with no verdict (binding, section 3)."""

_VERBS = "TS-CHAT-5.5"
_CODES = "TS-CHAT-5.6"


def not_allowed(
    exchange: Exchange, required: Iterable[str], row: Iterable[str]
) -> list[CheckResult]:
    """An unsupported verb is answered 405 with the verbs that are supported.

    Args:
        exchange: A request with a verb that is not in the resource's row.
        required: The verbs that the target must support, or claims to.
        row: All verbs that the resource may have.
    """
    allow = header(exchange.answer.headers, "allow")
    listed = {verb.strip().upper() for verb in (allow or "").split(",") if verb.strip()}
    needed, possible = frozenset(required), frozenset(row) | FREE_VERBS
    return [
        at(exchange).responds(
            _VERBS, "verb.status", "405", "for a verb that the resource does not support"
        ),
        at(exchange, "Allow").require(
            _VERBS,
            "verb.allow",
            holds=exchange.answer.status != 405 or needed <= listed <= possible,
            expected=f"Allow: {', '.join(sorted(needed))}",
            actual=f"Allow: {allow}" if allow else f"{status_of(exchange)}, Allow header absent",
        ),
    ]


def allow_with_405(exchange: Exchange) -> CheckResult:
    """A request with a verb that the resource has is not answered 405 without Allow."""
    allow = header(exchange.answer.headers, "allow")
    return at(exchange, "Allow").require(
        _VERBS,
        "verb.allow_present",
        holds=exchange.answer.status != 405 or allow is not None,
        expected="Allow header present, or status other than 405",
        actual=f"Allow: {allow}" if allow else f"{status_of(exchange)}, Allow header absent",
    )


def location_of_creation(exchange: Exchange) -> CheckResult:
    """Every 201 has a Location with the URL of the created resource.

    A dialect may answer a GET with 201, which creates nothing (binding, section 7).
    """
    url = location(exchange)
    creates = exchange.request.method != "GET" and exchange.request.root != "isComposing"
    return at(exchange, "Location").require(
        _CODES,
        "status.location",
        holds=exchange.answer.status != 201 or not creates or bool(url),
        expected="Location header present with status 201",
        actual=f"{status_of(exchange)}, "
        + (f"Location: {url}" if url else "Location header absent"),
    )


def negotiated(exchange: Exchange, clause: str, how: str) -> CheckResult:
    """The response is in the requested format.

    Args:
        exchange: A request.
        clause: Of the format.
        how: How the format was requested: `Accept`.
    """
    expected = exchange.request.format.media_type
    shown = (header(exchange.answer.headers, "content-type") or "").partition(";")[0].strip()
    return at(exchange, "Content-Type").require(
        clause,
        "format.negotiated",
        holds=shown.lower() == expected,
        expected=f"Content-Type: {expected}, as requested by {how}",
        actual=content_type(shown),
    )


def negotiable(exchange: Exchange, clause: str, how: str) -> CheckResult:
    """There is a response in the requested format: no 406, and no error of the server.

    That the request fails for another reason is for the clause about it.

    Args:
        exchange: A request.
        clause: Of the format.
        how: How the format was requested: `Accept`.
    """
    return at(exchange).require(
        clause,
        "format.negotiable",
        holds=exchange.answer.status != 406 and exchange.answer.status < 500,
        expected=f"status other than 406, and below 500, for a format that is requested by {how}",
        actual=status_of(exchange),
    )


def text_xml_taken(creation: Exchange) -> CheckResult:
    """A request in XML is taken as text/xml as well, and with 1 for true (binding, section 5)."""
    return at(creation).responds(
        "TS-CHAT-5.1", "xml.taken", "2xx", "for text/xml, with 1 and 0 as values of xsd:boolean"
    )


def text_xml_understood(read: Exchange, control: Exchange) -> CheckResult:
    """Such a request means the same as application/xml with true and false.

    Args:
        read: A GET of the group chat that it created.
        control: The same GET of one that the usual request created.
    """
    one, other = (content_of(each, GroupChatSessionInformation) for each in (read, control))
    return at(read, "groupChatSessionInformation/isClosed").require(
        "TS-CHAT-5.1",
        "xml.understood",
        holds=one.is_closed == other.is_closed,
        expected=f"{member('isClosed', other.is_closed)}, as after application/xml",
        actual=member("isClosed", one.is_closed),
    )


def status_is(exchange: Exchange, expected: int, what: str) -> CheckResult:
    """A resource answers with the status that its definition lists.

    Args:
        exchange: The request.
        expected: The status for it.
        what: The situation, as a phrase.
    """
    return at(exchange).responds(_CODES, "status.listed", str(expected), f"for {what}")


def supported(exchange: Exchange, item: str, *, by_policy: bool = False) -> CheckResult:
    """The operation of an SCR item is supported.

    Args:
        exchange: The operation.
        item: The item.
        by_policy: Whether the operator's policy may forbid it with 403.
    """
    result = at(exchange).responds(
        "TS-CHAT-5.13",
        "item.supported",
        "2xx or 403" if by_policy else "2xx",
        f"for the operation of {item}",
    )
    return replace(result, item=item)


def carried_out(
    exchange: Exchange, items: Iterable[str], *, by_policy: bool = False
) -> Iterator[CheckResult]:
    """An operation is supported, and its response has the right code, Location and format.

    Args:
        exchange: The operation.
        items: Its SCR items.
        by_policy: Whether the operator's policy may forbid it with 403.
    """
    for item in items:
        yield supported(exchange, item, by_policy=by_policy)
    yield location_of_creation(exchange)
    if succeeded(exchange) and exchange.answer.body:
        yield negotiated(exchange, format_clause(exchange.request.format), "Accept")
