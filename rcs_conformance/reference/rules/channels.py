"""Rules of notification channels: how long polls are held, and what they are answered with."""

from rcs_conformance.reference.calls import Response
from rcs_conformance.reference.channel import Channel, Channels
from rcs_conformance.reference.notices import Outgoing
from rcs_conformance.reference.rules.notification import NotificationRules

_LIFETIME = 7200
_HOLD = 10.0


class ChannelRules(NotificationRules):
    """What the server does with channels."""

    def channel_lifetime(self, requested: int | None) -> int:
        """Seconds that a channel lasts, from those that were requested."""
        return requested or _LIFETIME

    def hold(self) -> float:
        """Seconds that a poll is held while nothing waits."""
        return _HOLD

    def gather(self) -> float:
        """Seconds that a poll is held once something waits, for more to come."""
        return 0.0

    def most(self, waiting: int) -> int:
        """How many of the notifications that wait are handed over in one response."""
        return waiting

    def polled(self, taken: tuple[Outgoing, ...]) -> Response:
        """The response to a poll: what was taken, as a list; an empty one for nothing."""
        return Response(status=200, content=tuple(notice.content for notice in taken))

    def close_channel(self, channels: Channels, channel: Channel) -> None:
        """Let a channel exist no longer."""
        channels.remove(channel)
