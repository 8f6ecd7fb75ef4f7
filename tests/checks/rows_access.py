"""Rows about requests without the right token."""

from rcs_conformance.checks import access, rejections
from rcs_conformance.model.channel import (
    ChannelType,
    NotificationChannel,
    NotificationChannelList,
)
from rcs_conformance.model.common import CallbackReference
from rcs_conformance.model.filetransfer import (
    FileTransferNotificationSubscription,
    FileTransferSubscriptionList,
)
from tests.checks.records import (
    AT,
    DONE,
    LOST,
    REFUSED,
    Row,
    asked,
    exchange,
    group,
    listing,
    read,
)

TRANSFER_SUBSCRIPTIONS = FileTransferSubscriptionList(
    file_transfer_notification_subscription=(
        FileTransferNotificationSubscription(
            callback_reference=CallbackReference(notify_url="http://us/b"),
            client_correlator="c",
            resource_url=AT,
        ),
    ),
    resource_url=AT,
)
CHANNELS = NotificationChannelList(
    notification_channel=(
        NotificationChannel(channel_type=ChannelType.LONG_POLLING, client_correlator="c"),
    ),
    resource_url=AT,
)

ACCESS: list[Row] = [
    (
        access.nothing_changed,
        [([read()], [read()], "x", "TS-CHAT-5.10")],
        [
            ([read()], [read(subject="new")], "x", "TS-CHAT-5.10"),
            ([read()], [LOST], "x", "TS-CHAT-5.10"),
        ],
    ),
    (
        access.nothing_sent,
        [([], "x", "TS-CHAT-5.10")],
        [(["b"], "x", "TS-CHAT-5.10")],
    ),
    (
        access.nothing_started,
        [
            (["s1"], "x", "TS-CHAT-5.10"),
            ([], "x", "TS-CHAT-5.10"),
            (["s1", "s1"], "x", "TS-CHAT-5.10"),
        ],
        [(["s1", "s2"], "x", "TS-CHAT-5.10")],
    ),
    (
        access.nothing_listed,
        [
            ([listing(asked(client_correlator="c"))], "d", "x", "TS-CHAT-5.10"),
            (
                [exchange(200, TRANSFER_SUBSCRIPTIONS), exchange(200, CHANNELS)],
                "d",
                "x",
                "TS-CHAT-5.10",
            ),
            ([read()], "c", "x", "TS-CHAT-5.10"),
        ],
        [
            ([listing(asked(client_correlator="c", resource_url=AT))], "c", "x", "TS-CHAT-5.10"),
            ([exchange(200, TRANSFER_SUBSCRIPTIONS)], "c", "x", "TS-CHAT-5.10"),
            ([exchange(200, CHANNELS)], "c", "x", "TS-CHAT-5.10"),
        ],
    ),
    (access.nothing_offered, [(0, "x", "TS-CHAT-5.10")], [(1, "x", "TS-CHAT-5.10")]),
    (access.still_usable, [(DONE, "x", "TS-CHAT-5.10")], [(LOST, "x", "TS-CHAT-5.10")]),
    (
        access.unauthorised,
        [(exchange(401, None, ("www-authenticate", "Bearer")), "no token")],
        [(exchange(401), "no token"), (REFUSED, "no token")],
    ),
    (access.out_of_scope, [(REFUSED,)], [(DONE,), (LOST,)]),
    (access.forbidden, [(REFUSED,), (LOST,)], [(DONE,), (exchange(401),)]),
    (
        rejections.unchanged,
        [(read(), read(participant=tuple(reversed(group().participant))), "TS-CHAT-5.10", "x")],
        [(read(), read(subject="new"), "TS-CHAT-5.10", "x")],
    ),
]
