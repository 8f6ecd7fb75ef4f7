"""Checks of subscriptions to chat notifications (TS-CHAT-4.1.1)."""

from rcs_conformance.checks.judging import (
    client_error,
    content_of,
    judged,
    place_of,
    status_of,
    succeeded,
)
from rcs_conformance.model.awaited import Awaited, Content
from rcs_conformance.model.chat import ChatNotificationSubscription, ChatSubscriptionList
from rcs_conformance.model.exchange import Exchange, Notification
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.created import location, resource_url
from rcs_conformance.wire.urls import same_resource

CLAUSE = "TS-CHAT-4.1.1"


def created(exchange: Exchange) -> CheckResult:
    """A subscription is created and its URL returned."""
    at = location(exchange) or resource_url(exchange)
    return judged(
        CLAUSE,
        "subscription.created",
        succeeded(exchange) and at is not None,
        expected="the subscription is created, and the answer tells its URL",
        actual=f"{status_of(exchange)}, URL {at or 'missing'}",
        where=place_of(exchange),
        event=exchange.number,
    )


def as_requested(read: Exchange, asked: ChatNotificationSubscription) -> CheckResult:
    """Reading it shows what was asked for; the server may shorten its duration."""
    shown = content_of(read, ChatNotificationSubscription)
    return judged(
        CLAUSE,
        "subscription.as_asked",
        _parts(shown) == _parts(asked),
        expected=f"{_parts(asked)}",
        actual=f"{_parts(shown)}",
        where=place_of(read, "chatNotificationSubscription"),
        event=read.number,
    )


def listed(read: Exchange, subscription: Exchange) -> CheckResult:
    """The list of subscriptions holds one that exists."""
    url = location(subscription) or resource_url(subscription) or ""
    entries = content_of(read, ChatSubscriptionList).chat_notification_subscription
    urls = [each.resource_url or "" for each in entries]
    return judged(
        CLAUSE,
        "subscription.listed",
        any(same_resource(url, each) for each in urls if each),
        expected=f"a subscription with resourceURL {url}",
        actual=f"{len(urls)} subscriptions, not that one",
        where=place_of(read, "chatSubscriptionList"),
        event=read.number,
    )


def not_listed(read: Exchange, subscription: Exchange, why: str) -> CheckResult:
    """A list does not hold a subscription that it must not.

    Args:
        read: A reading of the list.
        subscription: The creation of the subscription.
        why: Why the list must not hold it, as a phrase.
    """
    url = location(subscription) or resource_url(subscription) or ""
    entries = content_of(read, ChatSubscriptionList).chat_notification_subscription
    urls = [each.resource_url for each in entries if each.resource_url]
    found = [each for each in urls if same_resource(url, each)]
    return judged(
        CLAUSE,
        "subscription.not_listed",
        not found,
        expected=f"no subscription with resourceURL {url}, for {why}",
        actual=found[0] if found else "not listed",
        where=place_of(read, "chatSubscriptionList"),
        event=read.number,
    )


def deleted(exchange: Exchange) -> CheckResult:
    """A subscription can be deleted."""
    return judged(
        CLAUSE,
        "subscription.deleted",
        succeeded(exchange),
        expected="the subscription is deleted, status 204",
        actual=status_of(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )


def gone(read: Exchange) -> CheckResult:
    """A subscription that was deleted is not found any more."""
    return judged(
        CLAUSE,
        "subscription.forgotten",
        client_error(read),
        expected="a deleted subscription is not found",
        actual=status_of(read),
        where=place_of(read),
        event=read.number,
    )


def notified(awaited: Awaited[Content]) -> CheckResult:
    """Each subscription of a user gets the notifications, in the format that it asked for."""
    return judged(
        CLAUSE,
        "subscription.served",
        awaited.content is not None,
        expected=f"each subscription of {awaited.user} gets the notification",
        actual="arrived" if awaited.content is not None else awaited.absence,
        where=awaited.where,
        event=awaited.event,
    )


def silent(arrived: tuple[Notification, ...], user: str) -> CheckResult:
    """A subscription that was deleted gets no more notifications.

    Args:
        arrived: What came for it, up to something that another subscription of the user got.
        user: Address of the user.
    """
    return judged(
        CLAUSE,
        "subscription.silent",
        not arrived,
        expected=f"nothing more for the deleted subscription of {user}",
        actual=", ".join(str(each) for each in arrived) or "nothing",
        where="notifications after DELETE subscription",
        event=arrived[0].number if arrived else None,
    )


def _parts(subscription: ChatNotificationSubscription) -> dict[str, str | None]:
    callback = subscription.callback_reference
    return {
        "notifyURL": callback.notify_url,
        "callbackData": callback.callback_data,
        "notificationFormat": callback.notification_format,
        "clientCorrelator": subscription.client_correlator,
    }
