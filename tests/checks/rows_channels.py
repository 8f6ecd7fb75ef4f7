"""Rows about notification channels and the two modes of notification."""

from dataclasses import replace
from functools import partial

from rcs_conformance.checks import delivery_modes, notification_channels
from rcs_conformance.checks.delivery_modes import LABELS
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.channel import (
    ChannelData,
    ChannelType,
    ConnAck,
    NotificationChannel,
    NotificationChannelLifetime,
    NotificationChannelList,
)
from rcs_conformance.model.common import PolicyException, RequestError, ServiceException
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatEventNotification, EventType
from rcs_conformance.target import NotificationMode
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
    channel_lifetime=60,
)
OTHER_TYPE = replace(CHANNEL, channel_type=ChannelType.OMA_PUSH)
TYPED = (
    "<channelData xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:type='n:LongPollingData'/>"
)
LISTED = exchange(
    200,
    operation="GET channels",
    content=NotificationChannelList(notification_channel=(CHANNEL,), resource_url="http://host/c"),
)
CREATED = exchange(201, operation="POST channels", content=CHANNEL)
POLICY = RequestError(policy_exception=PolicyException(message_id="POL1023", text="no"))
OTHER_POLICY = RequestError(policy_exception=PolicyException(message_id="POL0001", text="no"))
SECOND = RequestError(service_exception=ServiceException(message_id="SVC1012", text="no"))
LEFT = "GET channelLifetime"


def lifetime(left: int | None, status: int = 200) -> Exchange:
    """What is left of a lifetime, as it is read."""
    content = NotificationChannelLifetime(channel_lifetime=left)
    return exchange(status, operation=LEFT, content=content)


def ended(status: int, error: RequestError) -> Exchange:
    """A poll that is rejected."""
    return exchange(status, operation="POST channelURL", content=error)


def numbered(event: int) -> Awaited[object]:
    """An invitation that arrived as a certain event."""
    arrived = invitation()
    return replace(arrived, notification=notification(arrived.content, number=event))


def in_xml(data: str) -> Exchange:
    """A channel in XML."""
    body = f"<n:notificationChannel xmlns:n='u'>{data}</n:notificationChannel>".encode()
    return exchange(201, operation="POST channels", content=CHANNEL, body=body, fmt=Format.XML)


TROUBLE = "status 500"
POSTED = LABELS[NotificationMode.CALLBACK]
POLLED = LABELS[NotificationMode.LONG_POLL]
STREAMED = LABELS[NotificationMode.WEBSOCKET]
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
            (CREATED, replace(CHANNEL, channel_lifetime=None)),
        ],
    ),
    (notification_channels.created, [(CREATED,)], [(REFUSED,)]),
    (
        notification_channels.of_type,
        [(CREATED, CHANNEL, CHANNEL)],
        [(CREATED, CHANNEL, OTHER_TYPE), (CREATED, None, CHANNEL)],
    ),
    (
        notification_channels.typed,
        [(in_xml(TYPED),)],
        [(in_xml("<channelData/>"),)],
    ),
    (
        partial(notification_channels.second_ends_first, seconds=5.0),
        [(ended(409, SECOND), CREATED)],
        [(ended(409, POLICY), CREATED), (ended(403, SECOND), CREATED), (None, CREATED)],
    ),
    (
        partial(notification_channels.open_poll_ended, seconds=5.0),
        [(ended(404, SECOND), CREATED)],
        [(ended(403, POLICY), CREATED), (None, CREATED)],
    ),
    (
        notification_channels.unsupported,
        [(ended(403, POLICY), CHANNEL), (ended(400, OTHER_POLICY), CHANNEL), (CREATED, CHANNEL)],
        [(ended(403, OTHER_POLICY), CHANNEL), (LOST, CHANNEL), (CREATED, OTHER_TYPE)],
    ),
    (
        notification_channels.lifetime_left,
        [(lifetime(60), 60), (lifetime(1), 60)],
        [(lifetime(61), 60), (lifetime(0), 60), (lifetime(None), 60), (LOST, 60)],
    ),
    (
        notification_channels.refreshed,
        [(lifetime(60),)],
        [(lifetime(None),), (lifetime(0),), (LOST,)],
    ),
    (
        partial(notification_channels.lasts, seconds=2.0),
        [(lifetime(60), lifetime(60)), (lifetime(57), lifetime(60))],
        [(lifetime(56), lifetime(60)), (lifetime(62), lifetime(60))],
    ),
    (
        notification_channels.begins_anew,
        [(lifetime(57), lifetime(60), 60), (lifetime(57), lifetime(30), 60)],
        [(lifetime(57), lifetime(57), 60), (lifetime(58), lifetime(57), 60)],
    ),
    (
        partial(notification_channels.reset, seconds=0.5),
        [(lifetime(60), 60), (lifetime(59), 60)],
        [(lifetime(58), 60), (LOST, 60)],
    ),
    (
        notification_channels.read_again,
        [(CREATED, CHANNEL)],
        [(CREATED, replace(CHANNEL, callback_url="http://host/callback/2"))],
    ),
    (
        notification_channels.listed,
        [(LISTED, CHANNEL)],
        [(LISTED, replace(CHANNEL, callback_url="http://host/callback/2"))],
    ),
    (
        notification_channels.not_listed,
        [(LISTED, replace(CHANNEL, callback_url="http://host/callback/2"), "x")],
        [(LISTED, CHANNEL, "x")],
    ),
    (
        notification_channels.notified,
        [(invitation(), "")],
        [(missed(invitation().content), ""), (missed(invitation().content), TROUBLE)],
    ),
    (
        notification_channels.in_order,
        [
            ([numbered(3), numbered(4)],),
            ([numbered(3), missed(invitation().content), numbered(9)],),
        ],
        [([numbered(4), numbered(3)],), ([numbered(3), numbered(9), numbered(5)],)],
    ),
    (
        notification_channels.streamed,
        [(invitation(), "")],
        [(missed(invitation().content), ""), (missed(invitation().content), TROUBLE)],
    ),
    (
        notification_channels.streamed_in_order,
        [([notification(EVENT, number=3), notification(OTHER, number=5)],)],
        [([notification(EVENT, number=5), notification(OTHER, number=3)],)],
    ),
    (
        partial(notification_channels.acknowledged, seconds=5.0),
        [(CREATED, ConnAck(channel_lifetime=60))],
        [(CREATED, ConnAck()), (CREATED, None)],
    ),
    (
        partial(notification_channels.checked_anew, CREATED, before=2.6, after=0.2),
        [
            (ConnAck(channel_lifetime=60), 60),
            (ConnAck(channel_lifetime=59), 60),
            (ConnAck(channel_lifetime=30), 60),
        ],
        [(ConnAck(channel_lifetime=58), 60), (ConnAck(channel_lifetime=57), 60)],
    ),
    (notification_channels.deleted, [(exchange(204),)], [(LOST,)]),
    (notification_channels.gone, [(LOST,)], [(exchange(204),), (BROKEN,)]),
]

MODES: list[Row] = [
    (delivery_modes.same_on_both, [(2, BOB, (POSTED, POLLED))], []),
    (
        partial(delivery_modes.only_one, seconds=5.0),
        [],
        [(notification(EVENT), POSTED, POLLED), (notification(LONG), POLLED, STREAMED)],
    ),
    (
        delivery_modes.different,
        [],
        [(notification(EVENT), notification(OTHER, number=8), (POSTED, POLLED))],
    ),
    (delivery_modes.broken, [], [(BOB, TROUBLE, POLLED)]),
]
