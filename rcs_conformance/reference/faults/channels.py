"""Faults of notification channels and of what long polls are answered with."""

from dataclasses import replace
from typing import ClassVar

from rcs_conformance.model.channel import ChannelData, NotificationChannel
from rcs_conformance.model.notifications import ChatSessionInvitationNotification
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, RawResponse, Response
from rcs_conformance.reference.channel import Channel, Channels
from rcs_conformance.reference.edits import SomeOperations, edited
from rcs_conformance.reference.notices import Outgoing
from rcs_conformance.reference.paths import POLL
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import Operate, Rules

CHANNELS = Faults()


@CHANNELS.add(
    "channel-loses-invitations",
    "UNI-CHT-007a.1",
    "Invitations to a session that are to go through a channel are lost.",
)
class _LosesInvitations(Rules):
    def polled(self, taken: tuple[Outgoing, ...]) -> Response:
        invited = ChatSessionInvitationNotification
        return super().polled(
            tuple(each for each in taken if not isinstance(each.content, invited))
        )


@CHANNELS.add(
    "channel-keeps-first-only",
    "UNI-CHT-007a.1",
    "Of the notifications that wait in a channel only the first is handed over.",
)
class _KeepsFirstOnly(Rules):
    def polled(self, taken: tuple[Outgoing, ...]) -> Response:
        return super().polled(taken[:1])


@CHANNELS.add(
    "channel-forgets-before-poll",
    "UNI-CHT-007a.1",
    "What comes while no poll is held is lost.",
)
class _ForgetsBeforePoll(Rules):
    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._polled: set[str] = set()

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        response = super().perform(call, content, operate)
        if call.resource != POLL or response.status != 200 or call.path in self._polled:
            return response
        self._polled.add(call.path)
        return replace(response, content=())


class _Shown(SomeOperations):
    """Changes what a channel is shown as."""

    operations = frozenset({"POST channels", "GET channels", "GET channel"})

    def show(self, told: NotificationChannel) -> NotificationChannel:
        return told

    def respond(self, call: Call, response: Response) -> Response:
        return edited(super().respond(call, response), NotificationChannel, self.show)


@CHANNELS.add(
    "channel-without-callback",
    "UNI-CHT-007a.1",
    "A channel has no callbackURL, so that nobody can subscribe through it.",
)
class _WithoutCallback(_Shown):
    def show(self, told: NotificationChannel) -> NotificationChannel:
        return replace(told, callback_url=None)


@CHANNELS.add(
    "channel-without-url", "UNI-CHT-007a.1", "A channel has no channelURL, so that nobody can poll."
)
class _WithoutUrl(_Shown):
    def show(self, told: NotificationChannel) -> NotificationChannel:
        return replace(told, channel_data=ChannelData())


@CHANNELS.add(
    "channel-stays", "UNI-CHT-007a.1", "A channel that was deleted is there still, and is polled."
)
class _Stays(Rules):
    def close_channel(self, channels: Channels, channel: Channel) -> None:
        """Leave it."""


@CHANNELS.add(
    "channel-deletion-refused", "UNI-CHT-007a.1", "Channels cannot be deleted before they end."
)
class _DeletionRefused(Rules):
    def close_channel(self, channels: Channels, channel: Channel) -> None:
        raise rejections.forbidden("a channel lasts as long as was asked for")


@CHANNELS.add("channel-refused", "UNI-CHT-007a.1", "No channel is created.")
class _Refused(SomeOperations):
    operations = frozenset({"POST channels"})

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        raise rejections.forbidden("no channels for you")


@CHANNELS.add("polls-refused", "UNI-CHT-007a.1", "A long poll is rejected.")
class _PollsRefused(Rules):
    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if call.resource == POLL:
            raise rejections.forbidden("no polls for you")
        return super().perform(call, content, operate)


class _Lists(Rules):
    """Changes the lists that polls are answered with, once they are encoded.

    Attributes:
        media_type: Of the lists that are changed.
    """

    media_type: ClassVar[str]

    def change(self, body: bytes) -> bytes:
        return body

    def finished(self, call: Call, raw: RawResponse) -> RawResponse:
        raw = super().finished(call, raw)
        if call.resource != POLL or dict(raw.headers).get("Content-Type") != self.media_type:
            return raw
        return replace(raw, body=self.change(raw.body))


@CHANNELS.add("list-in-no-namespace", "TS-CHAT-5.1", "A notification list has no namespace.")
class _InNoNamespace(_Lists):
    media_type = "application/xml"

    def change(self, body: bytes) -> bytes:
        return body.replace(b"nc:notificationList xmlns:nc", b"notificationList xmlns:nc").replace(
            b"</nc:", b"</"
        )


@CHANNELS.add(
    "list-as-object",
    "TS-CHAT-5.2",
    "A notification list in JSON is one object with all notifications as its members.",
)
class _AsObject(_Lists):
    media_type = "application/json"

    def change(self, body: bytes) -> bytes:
        return body.replace(b'{"notificationList":[', b'{"notifications":[')


@CHANNELS.add(
    "poll-answered-201", "TS-CHAT-5.6", "A long poll that brings something is answered with 201."
)
class _PollAnswered201(Rules):
    def polled(self, taken: tuple[Outgoing, ...]) -> Response:
        return replace(super().polled(taken), status=201)
