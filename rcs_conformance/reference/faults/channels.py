"""Faults in notification channels and long polls (UNI-CHT-007a.1, TS-CHAT-5.6, 5.14, 5.15)."""

from dataclasses import replace

from rcs_conformance.model.channel import ChannelData, NotificationChannel
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatSessionInvitationNotification
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.channel import Channel, Channels
from rcs_conformance.reference.notices import Outgoing
from rcs_conformance.reference.paths import POLL
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.seams import ANYWHERE, Deviation, Usual, operations

_SHOWN = operations("POST channels", "GET channels", "GET channel")

# Channels ----------------------------------------------------------------------------------------


@operations("POST channels").answered("UNI-CHT-007a.1")
def channel_refused(call: Call) -> Response:
    """The creation of a channel is rejected."""
    raise rejections.forbidden("no channels for you")


@_SHOWN.shown("UNI-CHT-007a.1")
def channel_without_callback(channel: NotificationChannel) -> NotificationChannel:
    """A channel is shown without callbackURL, so that no subscription can use it."""
    return replace(channel, callback_url=None)


@_SHOWN.shown("UNI-CHT-007a.1")
def channel_without_url(channel: NotificationChannel) -> NotificationChannel:
    """A channel is shown without channelURL, so that it cannot be polled."""
    return replace(channel, channel_data=ChannelData())


@ANYWHERE.rule(Rules.close_channel, "UNI-CHT-007a.1")
def channel_stays(usual: Usual[None], channels: Channels, channel: Channel) -> None:
    """A deleted channel still exists and can be polled."""


@ANYWHERE.rule(Rules.close_channel, "UNI-CHT-007a.1")
def channel_deletion_refused(usual: Usual[None], channels: Channels, channel: Channel) -> None:
    """The deletion of a channel is rejected."""
    raise rejections.forbidden("a channel lasts as long as was requested")


# Long polls --------------------------------------------------------------------------------------


@ANYWHERE.rule(Rules.polled, "UNI-CHT-007a.1")
def channel_loses_invitations(usual: Usual[Response], taken: tuple[Outgoing, ...]) -> Response:
    """Invitations to a session are not delivered through a channel."""
    invitation = ChatSessionInvitationNotification
    return usual(tuple(each for each in taken if not isinstance(each.content, invitation)))


@ANYWHERE.rule(Rules.polled, "UNI-CHT-007a.1")
def channel_keeps_first_only(usual: Usual[Response], taken: tuple[Outgoing, ...]) -> Response:
    """Only the first of several waiting notifications is delivered through a channel."""
    return usual(taken[:1])


@ANYWHERE.deviation("UNI-CHT-007a.1")
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


@ANYWHERE.rule(Rules.perform, "UNI-CHT-007a.1")
def polls_refused(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """A long poll is rejected."""
    if call.resource == POLL:
        raise rejections.forbidden("no polls for you")
    return usual(call, content, operate)


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
