"""Checks of notification channels: a user that subscribes through one is notified by it.

The SCR items of channels name this clause.
"""

from rcs_conformance.checks.judging import arrival, at, status_of, succeeded
from rcs_conformance.model.awaited import Awaited, Content
from rcs_conformance.model.channel import NotificationChannel
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult

CLAUSE = "UNI-CHT-007a.1"


def usable(created: Exchange, channel: NotificationChannel | None) -> CheckResult:
    """A channel is created, with a URL to poll and a URL for subscriptions.

    Args:
        created: Its creation.
        channel: The channel in that response or in a GET of it.
    """
    data = channel.channel_data if channel else None
    urls = {
        "channelURL": data.channel_url if data else None,
        "callbackURL": channel.callback_url if channel else None,
    }
    missing = [name for name, url in urls.items() if not url]
    return at(created, "notificationChannel").require(
        CLAUSE,
        "channel.usable",
        holds=succeeded(created) and not missing,
        expected="status 201, channelURL and callbackURL present",
        actual=f"{status_of(created)}, "
        + (f"{' and '.join(missing)} absent" if missing else "channelURL and callbackURL present"),
    )


def notified(awaited: Awaited[Content], trouble: str) -> CheckResult:
    """The invited user is notified through the channel that its subscription names.

    Args:
        awaited: The invitation in the channel.
        trouble: Why the channel could no longer be polled; empty where it could.
    """
    arrived = awaited.content is not None
    return at(awaited, "by POST channelURL").require(
        CLAUSE,
        "channel.notified",
        holds=arrived,
        expected=f"{awaited.user} is notified by a long poll of the channel of its subscription",
        actual=arrival(awaited) if arrived else trouble or awaited.absence,
    )


def deleted(exchange: Exchange) -> CheckResult:
    """A channel can be deleted."""
    return at(exchange).responds(CLAUSE, "channel.deleted", "2xx")


def gone(again: Exchange) -> CheckResult:
    """A deleted channel is not found."""
    return at(again).responds(CLAUSE, "channel.forgotten", "4xx", "for a deleted channel")
