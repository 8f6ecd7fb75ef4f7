"""Checks of what holds for every resource (TS-CHAT-5): verbs, errors, rights, equivalence."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from urllib.parse import unquote

from rcs_conformance.checks.judging import answered, content_of, judged, place, succeeded
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ChatSubscriptionList, GroupChatSessionInformation
from rcs_conformance.model.common import RequestError
from rcs_conformance.model.exchange import Exchange, header
from rcs_conformance.model.notifications import ChatMessageNotification
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.created import location

FREE_VERBS = frozenset({"HEAD", "OPTIONS"})
"""Verbs that a server may support or not, with no verdict (binding, section 3)."""


def not_allowed(
    exchange: Exchange, required: Iterable[str], row: Iterable[str]
) -> list[CheckResult]:
    """TS-CHAT-5.5: an unsupported verb is answered 405 with the verbs that are supported.

    Args:
        exchange: A request with a verb that is not in the resource's row.
        required: The verbs that the target must or claims to support.
        row: All verbs that the resource may have.
    """
    allow = header(exchange.answer.headers, "allow")
    listed = {verb.strip().upper() for verb in (allow or "").split(",") if verb.strip()}
    needed, possible = frozenset(required), frozenset(row) | FREE_VERBS
    return [
        judged(
            "TS-CHAT-5.5",
            "verb.status",
            exchange.answer.status == 405,
            expected="status 405 for a verb that the resource does not support",
            actual=answered(exchange),
            where=place(exchange),
            event=exchange.number,
        ),
        judged(
            "TS-CHAT-5.5",
            "verb.allow",
            exchange.answer.status != 405 or needed <= listed <= possible,
            expected=f"Allow: {', '.join(sorted(needed))}",
            actual=f"Allow: {allow}" if allow else "no Allow header",
            where=place(exchange, "Allow"),
            event=exchange.number,
        ),
    ]


def bad_request(exchange: Exchange, deviation: str) -> CheckResult:
    """TS-CHAT-5.8: a body that is malformed or does not fit its schema is refused with 400."""
    return judged(
        "TS-CHAT-5.8",
        "body.refused",
        exchange.answer.status == 400,
        expected=f"status 400 for a body with {deviation}",
        actual=answered(exchange),
        where=place(exchange),
        event=exchange.number,
    )


def not_found(exchange: Exchange) -> CheckResult:
    """TS-CHAT-5.9: a resource that does not exist is answered 404."""
    return judged(
        "TS-CHAT-5.9",
        "resource.not_found",
        exchange.answer.status == 404,
        expected="status 404 for a resource that does not exist",
        actual=answered(exchange),
        where=place(exchange),
        event=exchange.number,
    )


def unauthorised(exchange: Exchange, what: str) -> list[CheckResult]:
    """TS-CHAT-5.10: without a valid token 401, and how to authenticate.

    Args:
        exchange: A request without a valid token.
        what: How it lacked one, as a phrase.
    """
    challenge = header(exchange.answer.headers, "www-authenticate")
    return [
        judged(
            "TS-CHAT-5.10",
            "token.status",
            exchange.answer.status == 401,
            expected=f"status 401 with {what}",
            actual=answered(exchange),
            where=place(exchange),
            event=exchange.number,
        ),
        judged(
            "TS-CHAT-5.10",
            "token.challenge",
            exchange.answer.status != 401 or challenge is not None,
            expected="a WWW-Authenticate header with status 401",
            actual=challenge or "none",
            where=place(exchange, "WWW-Authenticate"),
            event=exchange.number,
        ),
    ]


def forbidden(exchange: Exchange) -> CheckResult:
    """TS-CHAT-5.10: with another user's token 403, or 404 where the resource is hidden."""
    return judged(
        "TS-CHAT-5.10",
        "token.foreign",
        exchange.answer.status in {403, 404},
        expected="status 403, or 404, with the token of another user",
        actual=answered(exchange),
        where=place(exchange),
        event=exchange.number,
    )


def unchanged(before: Exchange, after: Exchange, clause: str, what: str) -> CheckResult:
    """A request that was refused changed nothing.

    Args:
        before: A reading before the request.
        after: The same reading after it.
        clause: That demands it.
        what: The request, as a phrase.
    """
    first, second = content_of(before, object), content_of(after, object)
    same = comparable(first) == comparable(second)
    return judged(
        clause,
        "resource.unchanged",
        same,
        expected=f"{what} changes nothing",
        actual="unchanged" if same else "; ".join(_differences(first, second)),
        where=place(after),
        event=after.number,
    )


def equivalent(xml: Exchange, json: Exchange) -> CheckResult:
    """TS-CHAT-5.4: the XML and the JSON form of one resource say the same."""
    first, second = content_of(xml, object), content_of(json, object)
    same = comparable(first) == comparable(second)
    return judged(
        "TS-CHAT-5.4",
        "formats.equivalent",
        same,
        expected="the same content in XML and in JSON",
        actual="the same" if same else "; ".join(_differences(first, second)),
        where=place(json),
        event=json.number,
    )


def form_taken(exchange: Exchange) -> CheckResult:
    """TS-CHAT-5.3: a request as form fields is taken."""
    return judged(
        "TS-CHAT-5.3",
        "form.taken",
        succeeded(exchange),
        expected="a success status for application/x-www-form-urlencoded",
        actual=answered(exchange),
        where=place(exchange),
        event=exchange.number,
    )


def form_says(read: Exchange, member: str, expected: object) -> CheckResult:
    """TS-CHAT-5.3: what the fields of a form said is what the resource shows."""
    shown = getattr(content_of(read, object), member)
    return judged(
        "TS-CHAT-5.3",
        "form.understood",
        shown == expected,
        expected=f"{member} {expected!r}",
        actual=f"{member} {shown!r}",
        where=place(read, member),
        event=read.number,
    )


def form_invites(read: Exchange, expected: Sequence[str]) -> CheckResult:
    """TS-CHAT-5.3: who is named by the address fields of a form is invited."""
    shown = content_of(read, GroupChatSessionInformation).participant
    missing = [
        one for one in expected if not any(same_address(one, each.address) for each in shown)
    ]
    return judged(
        "TS-CHAT-5.3",
        "form.invites",
        not missing,
        expected=f"participants {', '.join(expected)}",
        actual=", ".join(each.address for each in shown) or "nobody",
        where=place(read, "participant"),
        event=read.number,
    )


def form_arrives(received: Awaited[ChatMessageNotification], expected: str) -> CheckResult:
    """TS-CHAT-5.3: a message sent as form fields arrives with its text."""
    message = received.content.chat_message if received.content else None
    return judged(
        "TS-CHAT-5.3",
        "form.arrives",
        message is not None and message.text == expected,
        expected=f"text {expected!r}",
        actual=f"text {message.text!r}" if message else received.absence,
        where=received.where,
        event=received.event,
    )


def location_of_creation(exchange: Exchange) -> CheckResult:
    """TS-CHAT-5.6: every 201 has a Location with the URL of what was created."""
    at = location(exchange)
    return judged(
        "TS-CHAT-5.6",
        "status.location",
        exchange.answer.status != 201 or exchange.request.root == "isComposing" or bool(at),
        expected="a Location header with status 201",
        actual=f"Location: {at}" if at else f"{answered(exchange)}, no Location header",
        where=place(exchange, "Location"),
        event=exchange.number,
    )


def nothing_started(subjects: Sequence[str | None], marker: str) -> CheckResult:
    """TS-CHAT-5.8: a refused request for a group chat started nothing.

    Args:
        subjects: Of the invitations that arrived up to the one of a later chat.
        marker: Of the refused request.
    """
    found = [text for text in subjects if text and marker in text.lower()]
    return judged(
        "TS-CHAT-5.8",
        "body.nothing_started",
        not found,
        expected="the refused request starts nothing: nobody is invited",
        actual=f"an invitation to {found[0]!r}" if found else "no invitation",
        where="POST groups",
    )


def listed_once(listed: Exchange, correlator: str) -> CheckResult:
    """TS-CHAT-5.12: a repeated subscription stands in the list once."""
    entries = content_of(listed, ChatSubscriptionList).chat_notification_subscription
    count = sum(each.client_correlator == correlator for each in entries)
    return made_once(count, "subscription in the list")


def repeated(first: Exchange, second: Exchange, ids: tuple[str | None, str | None]) -> CheckResult:
    """TS-CHAT-5.12: a repeated creation is answered with the same resource, or 409.

    Args:
        first: The creation.
        second: Its repetition with the same client correlator.
        ids: The id of the resource by each of the two.
    """
    same = succeeded(second) and ids[0] is not None and ids[0] == ids[1]
    return judged(
        "TS-CHAT-5.12",
        "correlator.repeated",
        same or second.answer.status == 409,
        expected=f"the same resource again ({ids[0]!r}), or status 409",
        actual=f"{answered(second)}, resource {ids[1]!r}",
        where=place(second, "clientCorrelator"),
        event=second.number,
    )


def made_once(count: int, what: str) -> CheckResult:
    """TS-CHAT-5.12: a repeated creation makes nothing twice.

    Args:
        count: How many there are after the repetition.
        what: What is counted, as a phrase.
    """
    return judged(
        "TS-CHAT-5.12",
        "correlator.once",
        count == 1,
        expected=f"one {what} after two requests with the same clientCorrelator",
        actual=str(count),
        where=what,
    )


def correlator_shown(read: Exchange, expected: str | None) -> CheckResult:
    """TS-CHAT-5.12: the correlator is shown unchanged, and none is invented."""
    shown = getattr(content_of(read, object), "client_correlator", None)
    return judged(
        "TS-CHAT-5.12",
        "correlator.shown",
        shown == expected,
        expected=f"clientCorrelator {expected!r}" if expected else "no clientCorrelator",
        actual=f"clientCorrelator {shown!r}" if shown else "no clientCorrelator",
        where=place(read, "clientCorrelator"),
        event=read.number,
    )


def negotiated(exchange: Exchange, clause: str, how: str) -> CheckResult:
    """The answer is in the format that was asked for (TS-CHAT-5.1, 5.2).

    Args:
        exchange: A request.
        clause: Of the format.
        how: How the format was asked for, as a phrase.
    """
    expected = exchange.request.format.media_type
    shown = (header(exchange.answer.headers, "content-type") or "").partition(";")[0].strip()
    return judged(
        clause,
        "format.negotiated",
        shown.lower() == expected,
        expected=f"Content-Type {expected}, asked for by {how}",
        actual=f"Content-Type {shown}" if shown else "no Content-Type",
        where=place(exchange, "Content-Type"),
        event=exchange.number,
    )


def answered_in_order(exchange: Exchange, clause: str) -> CheckResult:
    """An operation is answered at all, so that its answer can be judged as every answer is."""
    return judged(
        clause,
        "answer.any",
        exchange.answer.status < 500,
        expected="an answer, not a server error",
        actual=answered(exchange),
        where=place(exchange),
        event=exchange.number,
    )


def error_says(exchange: Exchange, ids: Iterable[str]) -> CheckResult:
    """TS-CHAT-5.7: the exception has an id that fits the fault.

    Args:
        exchange: A request that was refused.
        ids: The message ids that fit, or their beginnings.
    """
    error = exchange.answer.content
    exception = None
    if isinstance(error, RequestError):
        exception = error.service_exception or error.policy_exception
    shown = exception.message_id if exception else None
    fitting = tuple(ids)
    return judged(
        "TS-CHAT-5.7",
        "error.id",
        shown is not None and shown.startswith(fitting),
        expected=f"messageId {' or '.join(fitting)} with {answered(exchange)}",
        actual=f"messageId {shown}" if shown else "no exception",
        where=place(exchange, "requestError"),
        event=exchange.number,
    )


def status_is(exchange: Exchange, expected: int, what: str) -> CheckResult:
    """TS-CHAT-5.6: a resource answers with the status that its definition lists.

    Args:
        exchange: The request.
        expected: The status for it.
        what: The situation, as a phrase.
    """
    return judged(
        "TS-CHAT-5.6",
        "status.listed",
        exchange.answer.status == expected,
        expected=f"status {expected} for {what}",
        actual=answered(exchange),
        where=place(exchange),
        event=exchange.number,
    )


def supported(exchange: Exchange, item: str) -> CheckResult:
    """TS-CHAT-5.13: the operation behind an item of the static conformance requirements works."""
    return judged(
        "TS-CHAT-5.13",
        "item.supported",
        succeeded(exchange),
        expected=f"{item}: {exchange.request.operation} is supported",
        actual=answered(exchange),
        where=place(exchange),
        event=exchange.number,
    )


def comparable(content: object) -> object:
    """A structure in a form in which order does not count and URLs are percent-decoded."""
    if is_dataclass(content) and not isinstance(content, type):
        members = ((each.name, getattr(content, each.name)) for each in fields(content))
        return tuple((name, comparable(value)) for name, value in members)
    if isinstance(content, tuple):
        return tuple(sorted((comparable(each) for each in content), key=repr))
    return unquote(content) if isinstance(content, str) and "://" in content else content


def _differences(first: object, second: object) -> list[str]:
    if type(first) is not type(second) or not is_dataclass(first) or isinstance(first, type):
        return [f"{first!r} against {second!r}"]
    return [
        f"{each.name}: {one!r} against {other!r}"
        for each in fields(first)
        if comparable(one := getattr(first, each.name))
        != comparable(other := getattr(second, each.name))
    ]
