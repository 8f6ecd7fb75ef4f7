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
    OMA_PUSH = "OMAPush"
    NATIVE_CHANNEL = "NativeChannel"
    WEBHOOKS = "Webhooks"
    """Not published: a way that a binding file may name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelData:
    """What a client needs to use a channel.

    Beside that: how long a server may gather notifications, in seconds; and where it posts them, if
    it does. In XML the type of what is sent is named (`xsi:type`): this one is abstract.
    """

    channel_url: str | None = None
    max_notifications: int | None = None
    max_wait_time: int | None = None
    webhook_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LongPollingData(ChannelData):
    """The data of a channel that is polled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSocketsData(ChannelData):
    """The data of a channel that is a WebSocket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhooksData(ChannelData):
    """The data of a channel that posts to a URL of the client."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationChannelLifetime:
    """What is left of the lifetime of a channel, or is to be, in seconds."""

    channel_lifetime: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnCheck:
    """Sent by either side of a WebSocket to see whether the other is there; seconds."""

    check_interval: int | None = None
    new_channel_lifetime: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnAck:
    """The answer to a `ConnCheck`; the server's has the lifetime of the channel, in seconds."""

    channel_lifetime: int | None = None
