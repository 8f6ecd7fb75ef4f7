"""Rules of notification channels: how long polls are held and what they return."""

from collections.abc import Iterable

from rcs_conformance.model.channel import ConnAck
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Response
from rcs_conformance.reference.channel import Channel, Channels, End
from rcs_conformance.reference.notices import Outgoing
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules.notification import NotificationRules

_LIFETIME = 7200
_HOLD = 10.0


class ChannelRules(NotificationRules):
    def channel_lifetime(self, requested: int | None) -> int:
        """The lifetime of a channel in seconds, from the requested one."""
        return requested or _LIFETIME

    def unsupported_channel(self, channel_type: str) -> Rejection:
        """The rejection of a channel of another type than there are."""
        return rejections.unsupported_channel(channel_type)

    def refresh(self, channel: Channel, requested: int | None) -> None:
        """The lifetime of a channel begins anew; with the requested one, if there is one."""
        channel.renew(self.channel_lifetime(requested or channel.lifetime))

    def renew(self, channel: Channel) -> None:
        """A poll lets the lifetime of its channel begin anew."""
        channel.renew()

    def renew_by_check(self, channel: Channel, requested: int | None) -> None:
        """A connCheck lets the lifetime of its channel begin anew, too."""
        channel.renew(requested)

    def begin(self, channel: Channel) -> int:
        """The number of a poll that begins: the one that goes on ends."""
        return channel.begin()

    def poll_ended(self, channel: Channel, end: End) -> Rejection:
        """The rejection of a poll that is held no longer."""
        if end is End.REPLACED:
            return rejections.second_poll()
        return rejections.not_found(channel.id)

    def hold(self) -> float:
        """Seconds that a poll is held while no notification waits."""
        return _HOLD

    def gather(self) -> float:
        """Seconds that a poll is held for further notifications after the first one."""
        return 0.0

    def most(self, waiting: int) -> int:
        """How many of the waiting notifications one response contains."""
        return waiting

    def greeting(self) -> tuple[object, ...]:
        """What is sent first through a WebSocket."""
        return ()

    def checks(self) -> bool:
        """Whether a connCheck is sent through a WebSocket, which ends where it is not answered."""
        return False

    def lists(self) -> bool:
        """Whether a message of a WebSocket is a list of notifications."""
        return False

    def messages(self, taken: tuple[Outgoing, ...]) -> Iterable[tuple[Outgoing, ...]]:
        """The notices of each message of a WebSocket: one, or several of a format in a list."""
        return [(each,) for each in taken]

    def acknowledged(self, left: int) -> tuple[object, ...]:
        """The answer to a connCheck.

        Args:
            left: Of the lifetime of the channel, in seconds.
        """
        return (ConnAck(channel_lifetime=left),)

    def polled(self, taken: tuple[Outgoing, ...]) -> Response:
        """The response to a poll: a list of notifications, which may be empty."""
        return Response(status=200, content=tuple(notice.content for notice in taken))

    def close_channel(self, channels: Channels, channel: Channel) -> None:
        channels.remove(channel)
