"""Checks of client correlators: nothing is created twice (TS-CHAT-5.12)."""

from rcs_conformance.checks.group_clauses import participants_in
from rcs_conformance.checks.judging import content_of, judged, place_of, status_of, succeeded
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ChatSubscriptionList
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import ChatMessageNotification
from rcs_conformance.model.results import CheckResult


def repeated(
    first: Exchange,
    second: Exchange,
    ids: tuple[str | None, str | None],
    *,
    may_be_over: bool = False,
) -> CheckResult:
    """TS-CHAT-5.12: a repeated creation is answered with the same resource, or 409.

    Args:
        first: The creation.
        second: Its repetition with the same client correlator.
        ids: The id of the resource by each of the two.
        may_be_over: Whether the first one may have ended what the second is about.
    """
    same = succeeded(second) and ids[0] is not None and ids[0] == ids[1]
    over = may_be_over and second.answer.status in {403, 404}
    return judged(
        "TS-CHAT-5.12",
        "correlator.repeated",
        same or over or second.answer.status == 409,
        expected=f"the same resource again ({ids[0]!r}), or status 409",
        actual=f"{status_of(second)}, resource {ids[1]!r}",
        where=place_of(second, "clientCorrelator"),
        event=second.number,
    )


def created_once(count: int, what: str) -> CheckResult:
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


def listed_once(listed: Exchange, correlator: str) -> CheckResult:
    """TS-CHAT-5.12: a repeated subscription stands in the list once."""
    entries = content_of(listed, ChatSubscriptionList).chat_notification_subscription
    count = sum(each.client_correlator == correlator for each in entries)
    return created_once(count, "subscription in the list")


def correlator_shown(read: Exchange, expected: str | None) -> CheckResult:
    """TS-CHAT-5.12: the correlator is shown unchanged, and none is invented."""
    shown = getattr(content_of(read, object), "client_correlator", None)
    return judged(
        "TS-CHAT-5.12",
        "correlator.shown",
        shown == expected,
        expected=f"clientCorrelator {expected!r}" if expected else "no clientCorrelator",
        actual=f"clientCorrelator {shown!r}" if shown else "no clientCorrelator",
        where=place_of(read, "clientCorrelator"),
        event=read.number,
    )


def repeated_addition(second: Exchange) -> CheckResult:
    """TS-CHAT-5.12: a repeated addition is answered as the first one was, or with 409."""
    return judged(
        "TS-CHAT-5.12",
        "correlator.taken_again",
        succeeded(second) or second.answer.status == 409,
        expected="status 200, 201 or 409 for the same addition with the same clientCorrelator",
        actual=status_of(second),
        where=place_of(second, "clientCorrelator"),
        event=second.number,
    )


def added_once(read: Exchange, address: str) -> CheckResult:
    """TS-CHAT-5.12: who was added twice by the same request stands in the list once."""
    entries = participants_in(read)
    count = sum(same_address(each.address, address) for each in entries)
    return created_once(count, f"participant {address}")


def other_collection(received: Awaited[ChatMessageNotification]) -> CheckResult:
    """TS-CHAT-5.12: a correlator of another collection keeps nothing from being made."""
    return judged(
        "TS-CHAT-5.12",
        "correlator.of_collection",
        received.content is not None,
        expected="each user's message, though both have the same clientCorrelator",
        actual="arrived" if received.content is not None else received.absence,
        where=received.where,
        event=received.event,
    )
