"""What is checked on every exchange and notification, whatever the test is about."""

from dataclasses import replace

import pytest

from rcs_conformance.binding import ElementOrder, load_binding
from rcs_conformance.checks.generic import every_event
from rcs_conformance.checks.response_roots import expected_roots
from rcs_conformance.model.chat import (
    ChatMessage,
    ParticipantSessionStatus,
)
from rcs_conformance.model.common import (
    PolicyException,
    RequestError,
    ResourceReference,
    ServiceException,
)
from rcs_conformance.model.exchange import Event, Exchange, FailedExchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatMessageNotification,
    EventType,
    GroupChatSessionInvitationNotification,
)
from rcs_conformance.model.results import Outcome
from tests.checks.records import AT, CODEC, CONNECTED, START, exchange, group, notification

BINDING = load_binding("oma-v1")
Found = set[tuple[str, str]]
GET, POST, PUT = "GET group", "POST groups", "PUT participantStatus"
REFERENCE = ResourceReference(resource_url=AT)
TEXT = ("content-type", "text/plain")


def failed(*events: Event) -> Found:
    """Clause and rule of all failed checks."""
    results = list(every_event(events, BINDING))
    return {(each.clause, each.rule) for each in results if each.outcome is Outcome.FAILED}


def error(
    status: int = 404, *, fmt: Format = Format.XML, fault: object = None, operation: str = GET
) -> Event:
    """An error answer with a service exception, or with this fault."""
    exception = ServiceException(message_id="SVC0004", text="no %1 in %2", variables=("a", "b"))
    content = fault or RequestError(service_exception=exception)
    return exchange(status, content, operation=operation, fmt=fmt)


FULL = group(resource_url=AT)
STATUS = ParticipantSessionStatus(status=CONNECTED)
UNFILLED = RequestError(service_exception=ServiceException(message_id="SVC0002", text="bad %1"))
POLICY = RequestError(policy_exception=PolicyException(message_id="POL1000", text="no"))
EXCHANGES: dict[str, tuple[Event, Found]] = {
    "reading": (exchange(200, FULL), set()),
    "reading in JSON": (exchange(200, FULL, fmt=Format.JSON), set()),
    "creation": (exchange(201, FULL, operation=POST, root="groupChatSessionInformation"), set()),
    "creation by reference": (exchange(201, REFERENCE, operation=POST), set()),
    "change": (exchange(204, operation=PUT), set()),
    "change with answer": (exchange(200, STATUS, operation=PUT), set()),
    "composing": (exchange(204, operation="POST groupMessages", root="isComposing"), set()),
    "other success": (exchange(203, FULL), {("TS-CHAT-5.6", "status.success")}),
    "empty creation": (
        exchange(204, operation=POST, root="groupChatSessionInformation"),
        {("TS-CHAT-5.6", "status.success")},
    ),
    "label": (
        exchange(200, None, TEXT, body=CODEC.encode(FULL, Format.XML)),
        {("TS-CHAT-5.1", "answer.media_type")},
    ),
    "no label": (
        exchange(200, None, body=CODEC.encode(FULL, Format.JSON), fmt=Format.JSON),
        {("TS-CHAT-5.2", "answer.media_type")},
    ),
    "schema": (
        exchange(200, None, ("content-type", "application/json"), body=b"{}", fmt=Format.JSON),
        {("TS-CHAT-5.2", "answer.schema")},
    ),
    "another root": (
        exchange(200, ChatMessage(text="x")),
        {("TS-CHAT-5.1", "answer.schema")},
    ),
    "refusal": (error(), set()),
    "refusal in JSON": (error(fmt=Format.JSON), set()),
    "policy": (error(403, fault=POLICY), set()),
    "refusal that is not listed": (error(410), {("TS-CHAT-5.6", "status.refusal")}),
    "redirection": (exchange(302), {("TS-CHAT-5.6", "status.refusal")}),
    "refusal without body": (exchange(404), {("TS-CHAT-5.7", "error.body")}),
    "variables": (error(400, fault=UNFILLED), {("TS-CHAT-5.7", "error.variables")}),
    "unavailable": (error(503), set()),
    "server error": (exchange(500), set()),
    "not acceptable": (
        exchange(406, None, body=CODEC.encode(POLICY, Format.JSON)),
        set(),
    ),
    "download": (exchange(200, body=b"<html>", operation="GET fileURL"), set()),
    "download that is refused": (exchange(410, operation="GET fileURL"), set()),
    "unsupported verb": (error(405, operation="PATCH group"), set()),
    "unsupported verb without body": (
        exchange(405, operation="PATCH group"),
        {("TS-CHAT-5.7", "error.body")},
    ),
    "unsupported verb that succeeds": (exchange(200, operation="PATCH group"), set()),
    "no answer": (
        FailedExchange(
            number=1,
            request=exchange().request,
            reason="reset",
            started=START,
            seconds=0.0,
        ),
        set(),
    ),
}


@pytest.mark.parametrize(("seen", "expected"), EXCHANGES.values(), ids=EXCHANGES)
def test_exchanges(seen: Event, expected: Found) -> None:
    """A deviation is reported once, under the clause where it belongs."""
    assert failed(seen) == expected


def test_repeated_creation_may_be_answered_200() -> None:
    """The second time, and only then."""
    once = exchange(200, FULL, operation=POST)
    again = exchange(201, FULL, operation=POST)
    assert failed(once) == {("TS-CHAT-5.6", "status.success")}
    assert failed(again, once) == set()


ENDED = ChatEventNotification(
    event_type=EventType.SESSION_ENDED, session_id="s1", callback_data="data"
)
NAMELESS = GroupChatSessionInvitationNotification(callback_data="data")
NOTIFICATIONS: dict[str, tuple[Event, Found]] = {
    "event": (notification(ENDED), set()),
    "event in JSON": (notification(ENDED, Format.JSON), set()),
    "callback data of another": (
        notification(ENDED, callback_data="other"),
        {("TS-CHAT-4.1.1", "notification.callback_data")},
    ),
    "unreadable": (
        notification(None, Format.JSON, body=b"<", problem="no JSON"),
        {("TS-CHAT-5.2", "notification.readable")},
    ),
    "label": (
        notification(ENDED, headers=(TEXT,)),
        {("TS-CHAT-5.1", "notification.media_type")},
    ),
    "no label": (
        notification(ENDED, headers=()),
        {("TS-CHAT-5.1", "notification.media_type")},
    ),
    "members that other clauses ask for": (notification(NAMELESS), set()),
    "schema": (
        notification(
            ChatMessageNotification(session_id="s", sender_address="tel:+1", callback_data="data")
        ),
        {("TS-CHAT-5.1", "notification.schema")},
    ),
}


@pytest.mark.parametrize(("seen", "expected"), NOTIFICATIONS.values(), ids=NOTIFICATIONS)
def test_notifications(seen: Event, expected: Found) -> None:
    """As for exchanges."""
    assert failed(seen) == expected


def test_missing_callback_data_is_told() -> None:
    """A notification without it does not fit its subscription."""
    without = ChatEventNotification(event_type=EventType.SESSION_ENDED, session_id="s1")
    assert failed(notification(without)) == {("TS-CHAT-4.1.1", "notification.callback_data")}


def test_repeated_notification_is_a_remark() -> None:
    """It is looked at once; to another user or in another format it is none."""
    first = notification(ENDED)
    results = list(every_event([first, notification(ENDED, number=8)], BINDING))
    remarks = [each for each in results if each.outcome is Outcome.REMARK]
    assert [(each.rule, each.event) for each in remarks] == [("notification.repeated", 8)]
    elsewhere = [first, notification(ENDED, user="tel:+9"), notification(ENDED, Format.JSON)]
    assert all(each.outcome is Outcome.PASSED for each in every_event(elsewhere, BINDING))


def test_every_reading_has_a_root() -> None:
    """What a resource answers is known wherever the suites go; elsewhere nothing is expected."""
    assert expected_roots(exchange().request, BINDING) == ("groupChatSessionInformation",)
    for operation in ("DELETE group", "PATCH group", "GET nowhere", "POST nowhere", "PUT group"):
        assert expected_roots(exchange(operation=operation).request, BINDING) == ()


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_success_of_what_is_wrong_is_no_business_of_codes(status: int) -> None:
    """A near miss that is taken breaks TS-CHAT-5.8 alone, whatever it is answered with."""
    taken = exchange(status, operation=POST)
    assert isinstance(taken, Exchange)
    wrong = replace(taken, request=replace(taken.request, mutation="no participant"))
    assert failed(wrong) == set()
    refused = replace(wrong, answer=replace(wrong.answer, status=400))
    assert failed(refused) == {("TS-CHAT-5.7", "error.body")}


def test_order_of_elements_is_judged_where_the_binding_asks_for_it() -> None:
    """By the schema's clause, and never where any order will do."""
    swapped = b"<subject>s</subject>"
    body = CODEC.encode(replace(FULL, subject="s"), Format.XML).replace(swapped, b"", 1)
    body = body.replace(b"</n:group", swapped + b"</n:group", 1)
    seen = exchange(200, FULL, body=body)
    strict = replace(BINDING, element_order=ElementOrder.STRICT)

    assert failed(seen) == set()
    found = [each for each in every_event([seen], strict) if each.outcome is Outcome.FAILED]
    assert [(each.clause, each.rule) for each in found] == [("TS-CHAT-5.1", "body.order")]
    assert "stands before subject" in found[0].actual
