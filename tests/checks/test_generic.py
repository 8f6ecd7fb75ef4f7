"""What is checked on every exchange and notification, whatever the test is about."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rcs_conformance.binding import ElementOrder
from rcs_conformance.checks.generic import every_event
from rcs_conformance.checks.response_roots import expected_roots
from rcs_conformance.model.exchange import Event, Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    EventType,
)
from rcs_conformance.model.results import Outcome
from tests.checks.records import CODEC, exchange, notification
from tests.checks.rows_generic import (
    BINDING,
    ENDED,
    EXCHANGES,
    FULL,
    NOTIFICATIONS,
    POST,
    Found,
)


def failed(*events: Event) -> Found:
    """Clause and rule of all failed checks."""
    results = list(every_event(events, BINDING))
    return {(each.clause, each.rule) for each in results if each.outcome is Outcome.FAILED}


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


@pytest.mark.parametrize(
    ("later", "expected"), [(0.1, set()), (9.0, {("TS-CHAT-5.6", "status.success")})]
)
def test_either_of_two_creations_at_once_is_the_repeated_one(later: float, expected: Found) -> None:
    """One that left before the response to the other came may have been taken first."""
    once = exchange(200, FULL, operation=POST)
    again = exchange(201, FULL, operation=POST)
    again = replace(again, started=once.started + timedelta(seconds=once.seconds * later))

    assert failed(once, again) == expected


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
    assert [(each.clause, each.rule) for each in found] == [("TS-CHAT-5.14", "body.order")]
    assert "stands before subject" in found[0].actual
