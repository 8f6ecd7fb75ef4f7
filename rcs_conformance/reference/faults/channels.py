"""Faults in notification channels and long polls (TS-NC-1, TS-CHAT-5.6, 5.14, 5.15)."""

import re
import threading
from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.channel import (
    ChannelData,
    ConnAck,
    NotificationChannel,
    NotificationChannelLifetime,
    NotificationChannelList,
)
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import (
    ChatMessageNotification,
    ChatSessionInvitationNotification,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.channel import Channel, Channels, End
from rcs_conformance.reference.edits import edited
from rcs_conformance.reference.notices import Outgoing
from rcs_conformance.reference.paths import POLL
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.seams import ANYWHERE, Deviation, Usual, operations

_SLEEP = 8.0
"""Seconds that a faulty poll is held in spite of what comes."""

_SHOWN = operations("POST channels", "GET channels", "GET channel")

# Channels ----------------------------------------------------------------------------------------


@operations("POST channels").answered("TS-NC-1.1")
def channel_refused(call: Call) -> Response:
    """The creation of a channel is rejected."""
    raise rejections.forbidden("no channels for you")


@_SHOWN.shown("TS-NC-1.2")
def channel_without_callback(channel: NotificationChannel) -> NotificationChannel:
    """A channel is shown without callbackURL, so that no subscription can use it."""
    return replace(channel, callback_url=None)


@_SHOWN.shown("TS-NC-1.2")
def channel_without_url(channel: NotificationChannel) -> NotificationChannel:
    """A channel is shown without channelURL, so that it cannot be polled."""
    return replace(channel, channel_data=ChannelData())


@ANYWHERE.rule(Rules.close_channel, "TS-NC-1.11")
def channel_stays(usual: Usual[None], channels: Channels, channel: Channel) -> None:
    """A deleted channel still exists and can be polled."""


@ANYWHERE.rule(Rules.close_channel, "TS-NC-1.11")
def channel_deletion_refused(usual: Usual[None], channels: Channels, channel: Channel) -> None:
    """The deletion of a channel is rejected."""
    raise rejections.forbidden("a channel lasts as long as was requested")


@_SHOWN.shown("TS-NC-1.2")
def channel_without_lifetime(channel: NotificationChannel) -> NotificationChannel:
    """A channel is shown without channelLifetime."""
    return replace(channel, channel_lifetime=None)


@ANYWHERE.rule(Rules.respond, "TS-NC-1.2")
def channel_lifetime_if_requested(
    usual: Usual[Response], call: Call, response: Response
) -> Response:
    """A channel that is requested without a lifetime is shown without one."""
    response, given = usual(call, response), response.requested
    if not isinstance(given, NotificationChannel) or given.channel_lifetime is not None:
        return response
    return edited(response, NotificationChannel, channel_without_lifetime)


@_SHOWN.encoded("TS-NC-1.2", Format.XML)
def channel_data_untyped(body: bytes) -> bytes:
    """In XML, the channelData of a channel has no xsi:type."""
    return re.sub(rb"<channelData [^>]*>", b"<channelData>", body)


@ANYWHERE.rule(Rules.unsupported_channel, "TS-NC-1.9")
def unsupported_channel_not_found(usual: Usual[Rejection], channel_type: str) -> Rejection:
    """A channel of a type that is not supported returns 404."""
    return rejections.not_found(channel_type)


@ANYWHERE.rule(Rules.unsupported_channel, "TS-NC-1.9")
def unsupported_channel_forbidden(usual: Usual[Rejection], channel_type: str) -> Rejection:
    """A channel of a type that is not supported returns 403 with the id of other policies."""
    return rejections.forbidden(f"no channels of type {channel_type}")


@operations("GET channel").answered("TS-NC-1.10")
def channel_unreadable(call: Call) -> Response:
    """A channel cannot be read."""
    raise rejections.forbidden("channels are not shown")


@operations("GET channels").shown("TS-NC-1.10")
def channel_unlisted(channels: NotificationChannelList) -> NotificationChannelList:
    """The last channel of a user is missing in the list."""
    return replace(channels, notification_channel=channels.notification_channel[:-1])


class _Kept(Deviation):
    """Lists of channels have more than there are: those for which `kept` says so."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._known: dict[str | None, tuple[str, NotificationChannel]] = {}

    def kept(self, owner: str, user: str) -> bool:
        """Whether the list of a user has a channel of an owner, whatever became of it."""
        return owner == user

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        content, user = response.content, call.variables.get("userId", "")
        if isinstance(content, NotificationChannel):
            self._known[content.resource_url] = (user, content)
        elif isinstance(content, NotificationChannelList):
            listed = {each.resource_url: each for each in content.notification_channel}
            more = {url: each for url, (by, each) in self._known.items() if self.kept(by, user)}
            every = tuple({**more, **listed}.values())
            return replace(response, content=replace(content, notification_channel=every))
        return response


@ANYWHERE.deviation("TS-NC-1.10")
class ChannelsOfAllListed(_Kept):
    """The list of a user's channels has those of other users, too."""

    def kept(self, owner: str, user: str) -> bool:
        return owner != user


@ANYWHERE.deviation("TS-NC-1.10")
class ChannelsListedAfterDeletion(_Kept):
    """A channel stays in the list of its user when it is deleted."""


# Lifetimes ---------------------------------------------------------------------------------------


@operations("PUT channelLifetime").answered("TS-NC-1.6")
def lifetime_refresh_refused(call: Call) -> Response:
    """The refresh of the lifetime of a channel is rejected."""
    raise rejections.forbidden("a channel lasts as long as was requested")


@operations("PUT channelLifetime").shown("TS-NC-1.6")
def lifetime_refresh_overstated(left: NotificationChannelLifetime) -> NotificationChannelLifetime:
    """The refresh of a channel says that it lasts twice as long as it does."""
    return replace(left, channel_lifetime=(left.channel_lifetime or 0) * 2)


@ANYWHERE.rule(Rules.refresh, "TS-NC-1.6")
def lifetime_refresh_ignored(usual: Usual[None], channel: Channel, requested: int | None) -> None:
    """The refresh of a channel returns 200, and its lifetime goes on as before."""


@operations("GET channelLifetime").shown("TS-NC-1.6")
def lifetime_left_doubled(left: NotificationChannelLifetime) -> NotificationChannelLifetime:
    """Twice what is left of the lifetime of a channel is shown."""
    return replace(left, channel_lifetime=(left.channel_lifetime or 0) * 2)


@ANYWHERE.rule(Rules.renew, "TS-NC-1.5")
def polls_reset_nothing(usual: Usual[None], channel: Channel) -> None:
    """The lifetime of a channel does not begin anew with a poll."""


# Long polls --------------------------------------------------------------------------------------


@ANYWHERE.rule(Rules.polled, "TS-NC-1.3")
def channel_loses_invitations(usual: Usual[Response], taken: tuple[Outgoing, ...]) -> Response:
    """Invitations to a session are not delivered through a channel."""
    invitation = ChatSessionInvitationNotification
    return usual(tuple(each for each in taken if not isinstance(each.content, invitation)))


@ANYWHERE.rule(Rules.polled, "TS-NC-1.3")
def channel_keeps_first_only(usual: Usual[Response], taken: tuple[Outgoing, ...]) -> Response:
    """Only the first of several waiting notifications is delivered through a channel."""
    return usual(taken[:1])


@ANYWHERE.rule(Rules.polled, "TS-NC-1.3")
def channel_newest_first(usual: Usual[Response], taken: tuple[Outgoing, ...]) -> Response:
    """Of several waiting notifications a channel delivers the newest first."""
    return usual(taken[::-1])


@ANYWHERE.deviation("TS-NC-1.3")
class ChannelForgetsBeforePoll(Deviation):
    """Notifications that come before the first poll of a channel are lost."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._polled: set[str] = set()

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        response = super().perform(call, content, operate)
        if call.resource != POLL or response.status != 200 or call.path in self._polled:
            return response
        self._polled.add(call.path)
        return replace(response, content=())


@ANYWHERE.deviation("TS-NC-1.3")
class HeldPollsSleep(Deviation):
    """A poll that is held goes on for seconds, whatever comes meanwhile."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._poll = threading.local()

    def begin(self, channel: Channel) -> int:
        self._poll.is_held = channel.is_empty
        return super().begin(channel)

    def gather(self) -> float:
        return _SLEEP if self._poll.is_held else super().gather()


@ANYWHERE.rule(Rules.perform, "TS-NC-1.3")
def polls_refused(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """A long poll is rejected."""
    if call.resource == POLL:
        raise rejections.forbidden("no polls for you")
    return usual(call, content, operate)


@ANYWHERE.rule(Rules.poll_ended, "TS-NC-1.4")
def second_poll_as_forbidden(usual: Usual[Rejection], channel: Channel, end: End) -> Rejection:
    """A poll that a second one ends returns 403."""
    if end is End.REPLACED:
        return rejections.forbidden("another poll has begun")
    return usual(channel, end)


@ANYWHERE.rule(Rules.poll_ended, "TS-NC-1.11")
def open_poll_forbidden_at_deletion(
    usual: Usual[Rejection], channel: Channel, end: End
) -> Rejection:
    """A poll that is open when its channel is deleted returns 403."""
    return rejections.forbidden("the channel is gone") if end is End.GONE else usual(channel, end)


@ANYWHERE.encoded("TS-CHAT-5.14", Format.XML, POLL)
def list_in_no_namespace(body: bytes) -> bytes:
    """In XML, a notificationList has no namespace."""
    plain = body.replace(b"nc:notificationList xmlns:nc", b"notificationList xmlns:nc")
    return plain.replace(b"</nc:", b"</")


@ANYWHERE.encoded("TS-CHAT-5.15", Format.JSON, POLL)
def list_as_object(body: bytes) -> bytes:
    """In JSON, the root member of a list of notifications is called notifications."""
    return body.replace(b'{"notificationList":[', b'{"notifications":[')


@ANYWHERE.rule(Rules.polled, "TS-CHAT-5.6")
def poll_answered_201(usual: Usual[Response], taken: tuple[Outgoing, ...]) -> Response:
    """A long poll that returns notifications returns 201."""
    return replace(usual(taken), status=201)


# WebSockets --------------------------------------------------------------------------------------


@ANYWHERE.rule(Rules.messages, "TS-NC-1.7")
def socket_loses_messages(
    usual: Usual[Iterable[tuple[Outgoing, ...]]], taken: tuple[Outgoing, ...]
) -> Iterable[tuple[Outgoing, ...]]:
    """Messages are not delivered through a WebSocket."""
    message = ChatMessageNotification
    return usual(tuple(each for each in taken if not isinstance(each.content, message)))


@ANYWHERE.rule(Rules.messages, "TS-NC-1.7")
def socket_newest_first(
    usual: Usual[Iterable[tuple[Outgoing, ...]]], taken: tuple[Outgoing, ...]
) -> Iterable[tuple[Outgoing, ...]]:
    """Of several waiting notifications a WebSocket brings the newest first."""
    return usual(taken[::-1])


@ANYWHERE.rule(Rules.acknowledged, "TS-NC-1.8")
def conn_check_unanswered(usual: Usual[tuple[object, ...]], left: int) -> tuple[object, ...]:
    """A connCheck has no response."""
    return ()


@ANYWHERE.rule(Rules.renew_by_check, "TS-NC-1.8")
def conn_check_resets_nothing(usual: Usual[None], channel: Channel, requested: int | None) -> None:
    """The lifetime of a channel does not begin anew with a connCheck."""


@ANYWHERE.rule(Rules.acknowledged, "TS-NC-1.8")
def conn_ack_without_lifetime(usual: Usual[tuple[object, ...]], left: int) -> tuple[object, ...]:
    """A connAck has no channelLifetime."""
    return (ConnAck(),)
