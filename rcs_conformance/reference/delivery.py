"""Delivery of notifications: in order for each subscription, none waiting for another.

What is for a channel stays there until its user polls.

Each subscription that has something to send has a thread of its own, which ends when it has had
nothing to do for a while; so a listener that hangs delays no other. Each thread has a
connection of its own.
"""

import logging
import threading
import time
from collections import deque
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPException

from rcs_conformance.model.channel import ChannelType
from rcs_conformance.reference.channel import Channels
from rcs_conformance.reference.dialects import Dialect
from rcs_conformance.reference.listener_connection import ListenerConnection
from rcs_conformance.reference.notices import Outgoing
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.verbs import default_binding

_LOG = logging.getLogger(__name__)
_PAUSES = (0.05, 0.25)
"""Seconds before the second and the third attempt."""
_IDLE = 2.0
"""Seconds after which the thread of a silent subscription ends."""


@dataclass(slots=True)
class _Lane:
    """What waits for one subscription, each with the time from which it may be sent.

    `healthy` says whether the last attempt succeeded.
    """

    identity: str
    wakeup: threading.Condition
    waiting: deque[tuple[float, Outgoing]] = field(default_factory=deque)
    healthy: bool = True


class Dispatcher:
    """Sends notices to the subscriptions they are for, in a dialect or the default binding.

    Args:
        rules: Of the server.
        channels: Take what is for a channel.
        dialect: The dialect that it speaks.
        delay: Seconds that every notice waits before it is sent.
    """

    def __init__(
        self,
        rules: Rules,
        channels: Channels | None = None,
        dialect: Dialect | None = None,
        delay: float = 0.0,
    ) -> None:
        self._delay = delay
        self._rules = rules
        self._channels = channels or Channels()
        self._dialect = dialect or Dialect(binding=default_binding())
        self._lock = threading.Lock()
        self._quiet = threading.Condition(self._lock)
        self._lanes: dict[str, _Lane] = {}
        self._unsent = 0
        self._closing = threading.Event()

    def put(self, notice: Outgoing) -> None:
        """Queue a notice behind those of the same subscription."""
        with self._lock:
            if self._closing.is_set():
                return
            identity = notice.subscription.id
            lane = self._lanes.get(identity)
            if lane is None:
                lane = self._lanes[identity] = _Lane(identity, threading.Condition(self._lock))
                name = f"notifications-{identity}"
                threading.Thread(target=self._run, args=(lane,), name=name, daemon=True).start()
            entry = (time.monotonic() + notice.hold + self._delay, notice)
            if notice.overtakes:
                lane.waiting.appendleft(entry)
            else:
                lane.waiting.append(entry)
            self._unsent += 1
            lane.wakeup.notify()

    def quiesce(self, timeout: float) -> bool:
        """Wait until everything queued is sent or given up; `False` after `timeout` seconds."""
        with self._quiet:
            return self._quiet.wait_for(lambda: self._unsent == 0, timeout)

    def close(self) -> None:
        """Drop what waits; threads end once their present attempt has."""
        with self._lock:
            self._closing.set()
            for lane in self._lanes.values():
                self._unsent -= len(lane.waiting)
                lane.waiting.clear()
                lane.wakeup.notify()
            self._quiet.notify_all()

    def _run(self, lane: _Lane) -> None:
        with closing(ListenerConnection()) as connection:
            while (notice := self._next(lane)) is not None:
                try:
                    lane.healthy = self._deliver(notice, connection, lane.healthy)
                except Exception:
                    _LOG.exception("a notification could not be made")
                with self._quiet:
                    self._unsent -= 1
                    self._quiet.notify_all()

    def _next(self, lane: _Lane) -> Outgoing | None:
        """The notice to send now; `None` if there was none for long, and the lane is gone."""
        with self._lock:
            lane.wakeup.wait_for(lambda: lane.waiting or self._closing.is_set(), _IDLE)
            hold = lane.waiting[0][0] - time.monotonic() if lane.waiting else 0.0
        if hold > 0:
            self._closing.wait(hold)
        with self._lock:
            if lane.waiting:
                return lane.waiting.popleft()[1]
            del self._lanes[lane.identity]
            return None

    def _deliver(self, notice: Outgoing, connection: ListenerConnection, healthy: bool) -> bool:
        """Send one notice; a listener that was dead before gets a single attempt."""
        channel, url = self._channels.behind(notice.url), notice.url
        if channel is not None:
            if channel.given.channel_type is not ChannelType.WEBHOOKS:
                channel.put(notice)
                return True
            data = channel.given.channel_data
            url = (data and data.webhook_url) or ""
        content = self._dialect.written(notice.content, notice.subscription.root)
        body = self._dialect.notification(content, notice.format, notice.subscription.owner)
        body = self._rules.written(body, notice.format)
        for pause in (0.0, *_PAUSES) if healthy else (0.0,):
            if pause and self._closing.wait(pause):
                break
            if _post(url, self._rules.notification_label(notice.format), body, connection):
                return True
        return False


def _post(url: str, label: str, body: bytes, connection: ListenerConnection) -> bool:
    try:
        return connection.post(url, label, body) < 500
    except (HTTPException, OSError, ValueError) as error:
        _LOG.debug("no response from %s: %s", url, error)
        return False
