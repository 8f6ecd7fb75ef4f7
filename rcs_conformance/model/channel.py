"""Structures of the Notification Channel API (binding, section 2); see `model.common`.

`notificationList` has no class here: it holds whole notifications, each under its own root, and
the codec reads it as such.
"""

from dataclasses import dataclass
from enum import StrEnum


class ChannelType(StrEnum):
    """How a channel hands over its notifications."""

    LONG_POLLING = "LongPolling"
    WEB_SOCKETS = "WebSockets"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelData:
    """What a client needs to use a channel."""

    channel_url: str | None = None
    max_notifications: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationChannel:
    """A channel that a client fetches its notifications from; lifetime in seconds."""

    client_correlator: str | None = None
    application_tag: str | None = None
    channel_type: ChannelType
    channel_data: ChannelData | None = None
    channel_lifetime: int | None = None
    callback_url: str | None = None
    resource_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationChannelList:
    """The notification channels of a user."""

    notification_channel: tuple[NotificationChannel, ...] = ()
    resource_url: str
