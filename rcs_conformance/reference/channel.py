"""Notification channels: what waits in each until its user polls, or a WebSocket takes it."""

from collections import deque
from collections.abc import Callable
from enum import Enum, auto
from math import ceil
from threading import Condition, Lock
from time import monotonic

from rcs_conformance.model.channel import NotificationChannel
from rcs_conformance.reference.notices import Outgoing


class End(Enum):
    """Why a poll, or a WebSocket, gets no notifications any more."""

    GONE = auto()
    """The channel is."""
    REPLACED = auto()
    """By a later one."""


class Channel:
    """A channel of a user.

    Args:
        channel_id: Its id.
        owner: Main address of its user.
        given: The request that created it.
        lifetime: Seconds after which it is gone.
        callback_url: Where subscriptions send what is to go through it.
    """

    def __init__(
        self,
        channel_id: str,
        *,
        owner: str,
        given: NotificationChannel,
        lifetime: int,
        callback_url: str,
    ) -> None:
        self.id = channel_id
        self.owner = owner
        self.given = given
        self.lifetime = lifetime
        self.callback_url = callback_url
        self._ends = monotonic() + lifetime
        self._changed = Condition()
        self._waiting: deque[Outgoing] = deque()
        self._takers = 0
        self._is_closed = False

    def is_over(self) -> bool:
        return monotonic() >= self._ends

    @property
    def left(self) -> int:
        """What is left of its lifetime, in whole seconds."""
        return max(0, ceil(self._ends - monotonic()))

    def renew(self, lifetime: int | None = None) -> None:
        """Let its lifetime begin anew; with another one where one is given."""
        self.lifetime = self.lifetime if lifetime is None else lifetime
        self._ends = monotonic() + self.lifetime

    def put(self, notice: Outgoing) -> None:
        """Add a notice behind those that wait."""
        with self._changed:
            self._waiting.append(notice)
            self._changed.notify_all()

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self._waiting

    def begin(self) -> int:
        """The number of a poll or a WebSocket that begins; one that goes on ends."""
        with self._changed:
            self._takers += 1
            self._changed.notify_all()
            return self._takers

    def begin_beside(self) -> int:
        """As `begin`, but what goes on does not end; either may get what comes."""
        with self._changed:
            return self._takers

    def take(
        self,
        taker: int,
        hold: float,
        gather: float,
        most: Callable[[int], int],
        is_connected: Callable[[], bool],
    ) -> tuple[Outgoing, ...] | End:
        """Wait for notices and take them.

        Args:
            taker: Number of the poll or WebSocket, from `begin`.
            hold: Seconds to wait for the first notice at most.
            gather: Seconds to wait for more once there is one.
            most: How many of the waiting notices are returned.
            is_connected: Whether the client is there; else they wait for the next poll.

        Returns:
            The notices in order; none where none came in time.
        """
        with self._changed:

            def is_idle() -> bool:
                return self._takers == taker and not self._is_closed

            self._changed.wait_for(lambda: self._waiting or not is_idle(), self._left(hold))
            if self._waiting and gather:
                self._changed.wait_for(lambda: not is_idle(), self._left(gather))
            if self._is_closed or (self.is_over() and not self._waiting):
                return End.GONE
            if self._takers != taker:
                return End.REPLACED
            if self._waiting and not is_connected():
                return ()
            return tuple(self._waiting.popleft() for _ in range(most(len(self._waiting))))

    def close(self) -> None:
        """Drop what waits, and end the held poll."""
        with self._changed:
            self._is_closed = True
            self._waiting.clear()
            self._changed.notify_all()

    def _left(self, seconds: float) -> float:
        return max(0.0, min(seconds, self._ends - monotonic()))


class Channels:
    """All channels of a server; safe for several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._by_id: dict[tuple[str, str], Channel] = {}
        self._by_callback: dict[str, Channel] = {}

    def add(self, channel: Channel) -> None:
        with self._lock:
            self._drop_those_over()
            self._by_id[channel.owner, channel.id] = channel
            self._by_callback[channel.callback_url] = channel

    def remove(self, channel: Channel) -> None:
        with self._lock:
            self._forget(channel)

    def of(self, owner: str) -> list[Channel]:
        """The channels of a user, the oldest first."""
        with self._lock:
            self._drop_those_over()
            return [each for each in self._by_id.values() if each.owner == owner]

    def find(self, owner: str, channel_id: str) -> Channel | None:
        with self._lock:
            self._drop_those_over()
            return self._by_id.get((owner, channel_id))

    def behind(self, url: str) -> Channel | None:
        """The channel that a subscription's URL leads to; `None` where it leads elsewhere."""
        return self._by_callback.get(url)

    def close(self) -> None:
        """End all held polls."""
        with self._lock:
            for channel in self._by_id.values():
                channel.close()

    def _drop_those_over(self) -> None:
        for channel in [each for each in self._by_id.values() if each.is_over()]:
            self._forget(channel)

    def _forget(self, channel: Channel) -> None:
        channel.close()
        self._by_id.pop((channel.owner, channel.id), None)
        self._by_callback.pop(channel.callback_url, None)
