"""Operations on notification channels, and the long poll."""

from collections.abc import Callable, Mapping
from threading import Event

from rcs_conformance.model.channel import (
    ChannelData,
    ChannelType,
    ConnAck,
    ConnCheck,
    LongPollingData,
    NotificationChannel,
    NotificationChannelLifetime,
    NotificationChannelList,
    WebhooksData,
    WebSocketsData,
)
from rcs_conformance.model.formats import Format
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.channel import Channel, End
from rcs_conformance.reference.chat import Chat, created, expect
from rcs_conformance.reference.paths import CALLBACK, POLL
from rcs_conformance.reference.web_socket import ServerSocket

_COLLECTION = "channels"
_DATA: Mapping[ChannelType, type[ChannelData]] = {
    ChannelType.LONG_POLLING: LongPollingData,
    ChannelType.WEB_SOCKETS: WebSocketsData,
    ChannelType.WEBHOOKS: WebhooksData,
}
"""The types of channels that there are, with what each has for its data."""

_PATIENCE = 2.0
"""Seconds that a client has for its answer to a connCheck."""

_AWHILE = 1.0
"""Seconds after which a WebSocket is looked after, whatever comes."""

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
    if given.channel_type not in _DATA or given.channel_type not in chat.views.delivery.channels:
        raise chat.rules.unsupported_channel(given.channel_type)
    is_webhook = given.channel_type is ChannelType.WEBHOOKS
    if is_webhook and not (given.channel_data and given.channel_data.webhook_url):
        raise rejections.malformed("channelData/webhookURL")
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
    return Response(status=200, content=_view(chat, call, found(chat, call)))


def delete(chat: Chat, call: Call, _content: object) -> Response:
    """DELETE channel: what waits in it is dropped."""
    chat.rules.close_channel(chat.world.channels, found(chat, call))
    return Response(status=204)


def read_lifetime(chat: Chat, call: Call, _content: object) -> Response:
    """GET channelLifetime: what is left."""
    return _lifetime(found(chat, call))


def refresh(chat: Chat, call: Call, content: object) -> Response:
    """PUT channelLifetime: it begins anew."""
    given, channel = expect(content, NotificationChannelLifetime), found(chat, call)
    chat.rules.refresh(channel, given.channel_lifetime)
    return _lifetime(channel)


def _lifetime(channel: Channel) -> Response:
    left = NotificationChannelLifetime(channel_lifetime=channel.left)
    return Response(status=200, content=left)


def poll(chat: Chat, call: Call) -> Response:
    """POST channelURL: wait for notifications. The world must not be locked."""
    channel, rules = found(chat, call), chat.rules
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


class Conversation:
    """What is said through the WebSocket of a channel.

    Args:
        chat: Of the server.
        channel: That it belongs to.
        encode: Writes a structure, or a tuple of notifications, in a format.
        decode: Reads what a client sends, in either format; `None` for what cannot be read.
    """

    def __init__(
        self,
        chat: Chat,
        channel: Channel,
        encode: Callable[[object, Format], bytes],
        decode: Callable[[bytes], tuple[object, Format] | None],
    ) -> None:
        self._rules = chat.rules
        self._channel = channel
        self._encode = encode
        self._decode = decode
        self._taker = chat.rules.begin(channel)
        self._acknowledged = Event()
        self._socket: ServerSocket | None = None

    def hold(self, connection: ServerSocket) -> None:
        """Serve a WebSocket until it ends."""
        self._socket = connection
        connection.converse(self._bring, self._hear)

    def _bring(self, connection: ServerSocket) -> None:
        """Send what comes for the channel, until that is gone or another WebSocket has it."""
        for message in self._rules.greeting():
            connection.send(self._encode(message, Format.JSON))
        if self._rules.checks() and not self._checked(connection):
            return
        while connection.is_open:
            taken = self._channel.take(
                self._taker, _AWHILE, 0.0, self._rules.most, lambda: connection.is_open
            )
            if isinstance(taken, End):
                return
            for message in self._rules.messages(taken):
                contents = tuple(each.content for each in message)
                fmt = message[0].format
                connection.send(self._encode(contents if self._rules.lists() else contents[0], fmt))

    def _checked(self, connection: ServerSocket) -> bool:
        """Whether the client answers a connCheck."""
        connection.send(self._encode(ConnCheck(check_interval=int(_PATIENCE)), Format.JSON))
        return self._acknowledged.wait(_PATIENCE)

    def _hear(self, message: bytes) -> None:
        read = self._decode(message)
        if read is None or self._socket is None:
            return
        content, fmt = read
        if isinstance(content, ConnAck):
            self._acknowledged.set()
        elif isinstance(content, ConnCheck):
            self._rules.renew_by_check(self._channel, content.new_channel_lifetime)
            for answer in self._rules.acknowledged(self._channel.left):
                self._socket.send(self._encode(answer, fmt))


def _made(chat: Chat, call: Call, given: NotificationChannel) -> Channel:
    owner = chat.owner(call)
    channel_id = f"ch-{chat.world.number()}~{chat.rules.random.getrandbits(32):x}"
    callback_url = chat.views.url(call.root, CALLBACK, userId=owner, channelId=channel_id)
    if chat.views.delivery.opaque_callback:
        kind = "wh" if given.channel_type is ChannelType.WEBHOOKS else "ws"
        callback_url = f"{kind}-{channel_id}"
    return Channel(
        channel_id,
        owner=owner,
        given=given,
        lifetime=chat.rules.channel_lifetime(given.channel_lifetime),
        callback_url=callback_url,
    )


def _url(chat: Chat, call: Call, channel: Channel, key: str = "channel") -> str:
    return chat.views.url(call.root, key, userId=channel.owner, channelId=channel.id)


def _channel_url(chat: Chat, call: Call, channel: Channel) -> str | None:
    """Where the client fetches what comes; `None` where it is posted."""
    url = _url(chat, call, channel, POLL)
    match channel.given.channel_type:
        case ChannelType.WEBHOOKS:
            return None
        case ChannelType.WEB_SOCKETS:
            return f"ws{url.removeprefix('http')}"
    return url


def _view(chat: Chat, call: Call, channel: Channel) -> NotificationChannel:
    given = channel.given.channel_data or ChannelData()
    return NotificationChannel(
        client_correlator=channel.given.client_correlator,
        application_tag=channel.given.application_tag,
        channel_type=channel.given.channel_type,
        channel_data=_DATA[channel.given.channel_type](
            channel_url=_channel_url(chat, call, channel),
            webhook_url=given.webhook_url,
            max_notifications=given.max_notifications,
            max_wait_time=given.max_wait_time,
        ),
        channel_lifetime=channel.lifetime,
        callback_url=channel.callback_url,
        resource_url=chat.rules.resource_url(call.root, _url(chat, call, channel)),
    )


def found(chat: Chat, call: Call) -> Channel:
    """The channel in the URL; rejects with 404."""
    channel_id = call.variables["channelId"]
    channel = chat.world.channels.find(chat.owner(call), channel_id)
    if channel is None:
        raise rejections.not_found(channel_id)
    return channel
