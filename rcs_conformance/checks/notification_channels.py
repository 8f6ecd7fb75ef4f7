"""Checks of notification channels (UNI-CHT-007a.1): who subscribes through one gets what it must.

The items of channels in the static conformance requirements name this clause.
"""

from rcs_conformance.checks.judging import client_error, judged, place_of, status_of, succeeded
from rcs_conformance.model.awaited import Awaited, Content
from rcs_conformance.model.channel import NotificationChannel
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult

CLAUSE = "UNI-CHT-007a.1"


def usable(created: Exchange, told: NotificationChannel | None) -> CheckResult:
    """A channel is made, and the client told where to poll and where to have notifications sent.

    Args:
        created: Its creation.
        told: What the target tells about it, there or when it is read.
    """
    data = told.channel_data if told else None
    urls = {
        "channelURL": data.channel_url if data else None,
        "callbackURL": told.callback_url if told else None,
    }
    missing = [name for name, url in urls.items() if not url]
    return judged(
        CLAUSE,
        "channel.usable",
        succeeded(created) and not missing,
        expected="a channel is created, with channelURL to poll and callbackURL to subscribe with",
        actual=f"{status_of(created)}, {' and '.join(missing) or 'nothing'} missing",
        where=place_of(created, "notificationChannel"),
        event=created.number,
    )


def notified(awaited: Awaited[Content], trouble: str) -> CheckResult:
    """The invited user is notified through the channel that its subscription names.

    Args:
        awaited: The invitation in the channel.
        trouble: Why the channel could be polled no longer; empty where it could.
    """
    came = awaited.content is not None
    return judged(
        CLAUSE,
        "channel.notified",
        came,
        expected=f"{awaited.user} is notified by a long poll of the channel it subscribed with",
        actual="notified" if came else trouble or awaited.absence,
        where=f"{awaited.where} by POST channelURL",
        event=awaited.event,
    )


def deleted(exchange: Exchange) -> CheckResult:
    """A channel can be deleted."""
    return judged(
        CLAUSE,
        "channel.deleted",
        succeeded(exchange),
        expected="the channel is deleted, status 204",
        actual=status_of(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )


def gone(again: Exchange) -> CheckResult:
    """A channel that was deleted is not found any more."""
    return judged(
        CLAUSE,
        "channel.forgotten",
        client_error(again),
        expected="a deleted channel is not found",
        actual=status_of(again),
        where=place_of(again),
        event=again.number,
    )
