"""Rows about notification channels and the two modes of notification."""

from dataclasses import replace
from functools import partial

from rcs_conformance.checks import delivery_modes, notification_channels
from rcs_conformance.checks.delivery_modes import POLLED, POSTED
from rcs_conformance.model.channel import ChannelData, ChannelType, NotificationChannel
from rcs_conformance.model.notifications import ChatEventNotification, EventType
from tests.checks.records import (
    BOB,
    BROKEN,
    LOST,
    REFUSED,
    Row,
    exchange,
    invitation,
    missed,
    notification,
)

CHANNEL = NotificationChannel(
    channel_type=ChannelType.LONG_POLLING,
    channel_data=ChannelData(channel_url="http://host/poll/1"),
    callback_url="http://host/callback/1",
)
CREATED = exchange(201, operation="POST channels")
TROUBLE = "status 500"
EVENT = ChatEventNotification(event_type=EventType.ACCEPTED, session_id="s1", callback_data="a")
OTHER = replace(EVENT, session_id="s2", callback_data="b")
LONG = replace(EVENT, event_description="long " * 100)

CHANNELS: list[Row] = [
    (
        notification_channels.usable,
        [(CREATED, CHANNEL)],
        [
            (CREATED, replace(CHANNEL, callback_url=None)),
            (CREATED, replace(CHANNEL, channel_data=None, callback_url="")),
            (CREATED, None),
            (REFUSED, None),
        ],
    ),
    (
        notification_channels.notified,
        [(invitation(), "")],
        [(missed(invitation().content), ""), (missed(invitation().content), TROUBLE)],
    ),
    (notification_channels.deleted, [(exchange(204),)], [(LOST,)]),
    (notification_channels.gone, [(LOST,)], [(exchange(204),), (BROKEN,)]),
]

MODES: list[Row] = [
    (delivery_modes.same_on_both, [(2, BOB)], []),
    (
        partial(delivery_modes.only_one, seconds=5.0),
        [],
        [(notification(EVENT), POSTED), (notification(LONG), POLLED)],
    ),
    (
        delivery_modes.different,
        [],
        [(notification(EVENT), notification(OTHER, number=8))],
    ),
    (delivery_modes.broken, [], [(BOB, TROUBLE)]),
]
