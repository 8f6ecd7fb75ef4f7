"""Rules of notification channels: how long polls are held and what they return."""

from rcs_conformance.reference.calls import Response
from rcs_conformance.reference.channel import Channel, Channels
from rcs_conformance.reference.notices import Outgoing
from rcs_conformance.reference.rules.notification import NotificationRules

_LIFETIME = 7200
_HOLD = 10.0


class ChannelRules(NotificationRules):
    def channel_lifetime(self, requested: int | None) -> int:
        """The lifetime of a channel in seconds, from the requested one."""
        return requested or _LIFETIME

    def hold(self) -> float:
        """Seconds that a poll is held while no notification waits."""
        return _HOLD

    def gather(self) -> float:
        """Seconds that a poll is held for further notifications after the first one."""
        return 0.0

    def most(self, waiting: int) -> int:
        """How many of the waiting notifications one response contains."""
        return waiting

    def polled(self, taken: tuple[Outgoing, ...]) -> Response:
        """The response to a poll: a list of notifications, which may be empty."""
        return Response(status=200, content=tuple(notice.content for notice in taken))

    def close_channel(self, channels: Channels, channel: Channel) -> None:
        channels.remove(channel)
