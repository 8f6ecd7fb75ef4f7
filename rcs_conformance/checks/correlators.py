"""Checks of client correlators: nothing is created twice (TS-CHAT-5.12)."""

from rcs_conformance.checks.judging import answered, content_of, judged, place, succeeded
from rcs_conformance.model.chat import ChatSubscriptionList
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult


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


def listed_once(listed: Exchange, correlator: str) -> CheckResult:
    """TS-CHAT-5.12: a repeated subscription stands in the list once."""
    entries = content_of(listed, ChatSubscriptionList).chat_notification_subscription
    count = sum(each.client_correlator == correlator for each in entries)
    return made_once(count, "subscription in the list")


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
