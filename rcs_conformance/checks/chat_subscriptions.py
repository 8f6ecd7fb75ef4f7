"""Checks of subscriptions to chat notifications."""

from rcs_conformance.checks.judging import (
    Place,
    at,
    content_of,
    member,
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
    """A subscription is created, and the response names its URL."""
    url = location(exchange) or resource_url(exchange)
    return at(exchange).require(
        CLAUSE,
        "subscription.created",
        holds=succeeded(exchange) and url is not None,
        expected="status 201 with Location or resourceURL",
        actual=f"{status_of(exchange)} with "
        + (member("URL", url) if url else "Location and resourceURL absent"),
    )


def as_requested(read: Exchange, requested: ChatNotificationSubscription) -> CheckResult:
    """The subscription is shown as requested; the server may shorten its duration."""
    shown, expected = _members(content_of(read, ChatNotificationSubscription)), _members(requested)
    return at(read, "chatNotificationSubscription").require(
        CLAUSE,
        "subscription.as_asked",
        holds=shown == expected,
        expected=_described(expected),
        actual=_described(shown),
    )


def listed(read: Exchange, subscription: Exchange) -> CheckResult:
    """The list holds a subscription that exists.

    Args:
        read: A GET of the list.
        subscription: The creation of the subscription.
    """
    url = _url(subscription)
    urls = _urls(read)
    return at(read, "chatSubscriptionList").require(
        CLAUSE,
        "subscription.listed",
        holds=any(same_resource(url, each) for each in urls),
        expected=f"subscription with {member('resourceURL', url)} in the list",
        actual=f"resourceURL of the subscriptions in the list: {', '.join(urls) or 'none'}",
    )


def not_listed(read: Exchange, subscription: Exchange, why: str) -> CheckResult:
    """The list does not hold a subscription that it must not.

    Args:
        read: A GET of the list.
        subscription: The creation of the subscription.
        why: Why the list must not hold it, as a clause: `it was deleted`.
    """
    url = _url(subscription)
    found = [each for each in _urls(read) if same_resource(url, each)]
    entry = f"subscription with {member('resourceURL', url)}"
    return at(read, "chatSubscriptionList").require(
        CLAUSE,
        "subscription.not_listed",
        holds=not found,
        expected=f"no {entry} in the list: {why}",
        actual=f"{entry} in the list" if found else f"no {entry} in the list",
    )


def deleted(exchange: Exchange) -> CheckResult:
    """A subscription can be deleted."""
    return at(exchange).responds(CLAUSE, "subscription.deleted", "2xx")


def gone(read: Exchange) -> CheckResult:
    """A deleted subscription is not found."""
    return at(read).responds(CLAUSE, "subscription.forgotten", "4xx", "for a deleted subscription")


def notified(awaited: Awaited[Content]) -> CheckResult:
    """Each subscription of a user is notified, in the format that it requested."""
    return at(awaited).arrives(
        CLAUSE, "subscription.served", f"each subscription of {awaited.user} is notified"
    )


def silent(arrived: tuple[Notification, ...], user: str) -> CheckResult:
    """A deleted subscription is not notified any more.

    Args:
        arrived: Its notifications, up to a later one of another subscription of the user.
        user: Address of the user.
    """
    number = arrived[0].number if arrived else None
    return Place("notifications after DELETE subscription", number).require(
        CLAUSE,
        "subscription.silent",
        holds=not arrived,
        expected=f"no notification for the deleted subscription of {user}",
        actual=", ".join(str(each) for each in arrived) or "no notification",
    )


def _url(subscription: Exchange) -> str:
    return location(subscription) or resource_url(subscription) or ""


def _urls(read: Exchange) -> list[str]:
    entries = content_of(read, ChatSubscriptionList).chat_notification_subscription
    return [each.resource_url for each in entries if each.resource_url]


def _members(subscription: ChatNotificationSubscription) -> dict[str, str | None]:
    callback = subscription.callback_reference
    return {
        "notifyURL": callback.notify_url,
        "callbackData": callback.callback_data,
        "notificationFormat": callback.notification_format,
        "clientCorrelator": subscription.client_correlator,
    }


def _described(members: dict[str, str | None]) -> str:
    return ", ".join(member(name, value) for name, value in members.items())
