"""Operations on notification channels, and the long poll."""

from collections.abc import Mapping

from rcs_conformance.model.channel import (
    ChannelData,
    ChannelType,
    LongPollingData,
    NotificationChannel,
    NotificationChannelLifetime,
    NotificationChannelList,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.channel import Channel, End
from rcs_conformance.reference.chat import Chat, created, expect
from rcs_conformance.reference.paths import CALLBACK, POLL

_COLLECTION = "channels"
_DATA: Mapping[ChannelType, type[ChannelData]] = {ChannelType.LONG_POLLING: LongPollingData}
"""The types of channels that there are, with what each has for its data."""

_MOST_CHANNELS = 16
"""How many a user may have at once: each may hold a poll, and each of these a thread."""


def list_all(chat: Chat, call: Call, _content: object) -> Response:
    """GET channels: those of the user."""
    owner = chat.owner(call)
    url = chat.views.url(call.root, "channels", userId=owner)
    listed = tuple(_view(chat, call, each) for each in chat.world.channels.of(owner))
    return Response(
        status=200,
        content=NotificationChannelList(
            notification_channel=listed, resource_url=chat.rules.resource_url(call.root, url)
        ),
    )


def create(chat: Chat, call: Call, content: object) -> Response:
    """POST channels: create one; for a known correlator return the existing one."""
    given = expect(content, NotificationChannel)
    if given.channel_type not in _DATA:
        raise chat.rules.unsupported_channel(given.channel_type)
    owner, correlator = chat.owner(call), given.client_correlator
    made = chat.repeated(call, _COLLECTION, correlator, Channel)
    if made is None or chat.world.channels.find(owner, made.id) is None:
        if len(chat.world.channels.of(owner)) >= _MOST_CHANNELS:
            raise rejections.forbidden("too many notification channels")
        made = _made(chat, call, given)
        chat.world.channels.add(made)
        chat.world.remember(owner, _COLLECTION, correlator, made)
    return created(_view(chat, call, made), _url(chat, call, made))


def read(chat: Chat, call: Call, _content: object) -> Response:
    """GET channel."""
    return Response(status=200, content=_view(chat, call, _found(chat, call)))


def delete(chat: Chat, call: Call, _content: object) -> Response:
    """DELETE channel: what waits in it is dropped."""
    chat.rules.close_channel(chat.world.channels, _found(chat, call))
    return Response(status=204)


def read_lifetime(chat: Chat, call: Call, _content: object) -> Response:
    """GET channelLifetime: what is left."""
    return _lifetime(_found(chat, call))


def refresh(chat: Chat, call: Call, content: object) -> Response:
    """PUT channelLifetime: it begins anew."""
    given, channel = expect(content, NotificationChannelLifetime), _found(chat, call)
    chat.rules.refresh(channel, given.channel_lifetime)
    return _lifetime(channel)


def _lifetime(channel: Channel) -> Response:
    left = NotificationChannelLifetime(channel_lifetime=channel.left)
    return Response(status=200, content=left)


def poll(chat: Chat, call: Call) -> Response:
    """POST channelURL: wait for notifications. The world must not be locked."""
    channel, rules = _found(chat, call), chat.rules
    wanted = channel.given.channel_data and channel.given.channel_data.max_notifications
    rules.renew(channel)
    taken = channel.take(
        rules.begin(channel),
        rules.hold(),
        rules.gather(),
        lambda waiting: min(waiting, rules.most(waiting), wanted or waiting),
        call.is_connected,
    )
    if isinstance(taken, End):
        raise rules.poll_ended(channel, taken)
    return rules.polled(taken)


def _made(chat: Chat, call: Call, given: NotificationChannel) -> Channel:
    owner = chat.owner(call)
    channel_id = f"ch-{chat.world.number()}~{chat.rules.random.getrandbits(32):x}"
    return Channel(
        channel_id,
        owner=owner,
        given=given,
        lifetime=chat.rules.channel_lifetime(given.channel_lifetime),
        callback_url=chat.views.url(call.root, CALLBACK, userId=owner, channelId=channel_id),
    )


def _url(chat: Chat, call: Call, channel: Channel, key: str = "channel") -> str:
    return chat.views.url(call.root, key, userId=channel.owner, channelId=channel.id)


def _view(chat: Chat, call: Call, channel: Channel) -> NotificationChannel:
    given = channel.given.channel_data or ChannelData()
    return NotificationChannel(
        client_correlator=channel.given.client_correlator,
        application_tag=channel.given.application_tag,
        channel_type=channel.given.channel_type,
        channel_data=_DATA[channel.given.channel_type](
            channel_url=_url(chat, call, channel, POLL),
            max_notifications=given.max_notifications,
            max_wait_time=given.max_wait_time,
        ),
        channel_lifetime=channel.lifetime,
        callback_url=channel.callback_url,
        resource_url=chat.rules.resource_url(call.root, _url(chat, call, channel)),
    )


def _found(chat: Chat, call: Call) -> Channel:
    """The channel in the URL; rejects with 404."""
    channel_id = call.variables["channelId"]
    found = chat.world.channels.find(chat.owner(call), channel_id)
    if found is None:
        raise rejections.not_found(channel_id)
    return found
