"""Notification channels: what waits in each until its user polls."""

from collections import deque
from collections.abc import Callable
from threading import Condition, Lock
from time import monotonic

from rcs_conformance.model.channel import NotificationChannel
from rcs_conformance.reference.notices import Outgoing


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
        self._polls = 0
        self._is_closed = False

    def is_over(self) -> bool:
        return monotonic() >= self._ends

    def put(self, notice: Outgoing) -> None:
        """Add a notice behind those that wait."""
        with self._changed:
            self._waiting.append(notice)
            self._changed.notify_all()

    def take(
        self,
        hold: float,
        gather: float,
        most: Callable[[int], int],
        is_connected: Callable[[], bool],
    ) -> tuple[Outgoing, ...] | None:
        """Wait for notices and take them; one poll at a time, a later one ends an earlier.

        Args:
            hold: Seconds to wait for the first notice at most.
            gather: Seconds to wait for more once there is one.
            most: How many of the waiting notices one poll returns.
            is_connected: Whether the client is there; else they wait for the next poll.

        Returns:
            The notices in order; none where none came in time; `None` where the channel is gone.
        """
        with self._changed:
            self._polls += 1
            mine = self._polls
            self._changed.notify_all()

            def is_idle() -> bool:
                return self._polls == mine and not self._is_closed

            self._changed.wait_for(lambda: self._waiting or not is_idle(), self._left(hold))
            if self._waiting and gather:
                self._changed.wait_for(lambda: not is_idle(), self._left(gather))
            if self._is_closed or (self.is_over() and not self._waiting):
                return None
            if self._polls != mine or (self._waiting and not is_connected()):
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
