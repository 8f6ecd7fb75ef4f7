"""Notification channels: made for users, used, and replaced before they end.

A user has a channel for each format, since the list that a poll is answered with follows the
poll's `Accept` (binding, section 5), and for each way in which channels bring notifications; all
its subscriptions in that format and way go through it.
"""

import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from rcs_conformance.driver import Actor, LongPoll, WebSocket
from rcs_conformance.errors import Cause, Inconclusive, TargetError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.inbox import NO_LOSS, Feed, Hook, Inbox, Loss, Mailbox, Stream
from rcs_conformance.model.channel import (
    ChannelType,
    LongPollingData,
    NotificationChannel,
    NotificationChannelLifetime,
    WebhooksData,
    WebSocketsData,
)
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.scenario.setup.preconditions import require_success
from rcs_conformance.target import NotificationMode
from rcs_conformance.wire.created import created_id

CLAUSE = "TS-NC-1.1"
"""The clause behind the creation of a channel."""

SHOWN = "TS-NC-1.2"
"""The clause behind what its response says of a channel."""

BROUGHT: Mapping[NotificationMode, str] = {
    NotificationMode.LONG_POLL: "TS-NC-1.3",
    NotificationMode.WEBSOCKET: "TS-NC-1.7",
    NotificationMode.WEBHOOK: "UNI-CHT-007a.1",
}
"""The clause behind what a channel should bring, by the way in which it does."""

_LIFETIME = 7200
_MARGIN = 60.0
"""Seconds before its end, at most, from which on a channel is not used for a new example."""

_ENDING = 5.0
"""Seconds that the end of a feed is waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel that was requested.

    Attributes:
        who: Whose it is.
        fmt: In which it is spoken about, and polled.
        creation: The exchange that created it.
        read: A reading of it, where its creation was answered with less than all of it.
        made: When it was made, on the monotonic clock.
    """

    who: Actor
    fmt: Format
    creation: Exchange
    read: Exchange | None = None
    made: float

    @property
    def information(self) -> NotificationChannel | None:
        """What the target tells about it; `None` where it tells nothing."""
        notified = (self.read or self.creation).answer.content
        return notified if isinstance(notified, NotificationChannel) else None

    @property
    def shown(self) -> NotificationChannel:
        """As `information`.

        Raises:
            Inconclusive: The target tells nothing.
        """
        if self.information is None:
            reason = f"{self.creation}: the response does not show the channel"
            raise Inconclusive(Cause.PRECONDITION, reason, SHOWN)
        return self.information

    @property
    def callback_url(self) -> str | None:
        """Where subscriptions have their notifications sent to."""
        return self.information.callback_url if self.information else None

    @property
    def poll_url(self) -> str | None:
        data = self.information.channel_data if self.information else None
        return data.channel_url if data else None

    @property
    def id(self) -> str | None:
        """Its id; `None` where the response does not tell it."""
        template = self.who.binding.resources["channel"].path or ""
        return created_id(self.creation, template, "channelId")

    def is_about_to_end(self) -> bool:
        """Whether so little is left of its lifetime that it must be replaced."""
        lifetime = self.information.channel_lifetime if self.information else None
        lifetime = lifetime or _LIFETIME
        return time.monotonic() >= self.made + lifetime - min(_MARGIN, lifetime / 2)

    def polls(self) -> LongPoll:
        """Its polls.

        Raises:
            Inconclusive: The target does not tell where to poll.
        """
        return self.who.long_poll(self._used_at(), self.fmt)

    def socket(self) -> WebSocket:
        """Its WebSocket, not open yet; raises as `polls`."""
        return self.who.web_socket(self._used_at())

    def _used_at(self) -> str:
        if not self.poll_url or not self.callback_url:
            reason = f"{self.creation}: the response has no channelURL or no callbackURL"
            raise Inconclusive(Cause.PRECONDITION, reason, SHOWN)
        return self.poll_url

    def delete(self) -> Exchange:
        """End it.

        Raises:
            Inconclusive: Its id is not known.
        """
        return self._send("DELETE")

    def fetch(self) -> Exchange:
        """Read it; raises as `delete`."""
        return self._send("GET")

    def fetch_lifetime(self) -> Exchange:
        """Read what is left of its lifetime; raises as `delete`."""
        return self._send("GET", "channelLifetime")

    def refresh(self, seconds: int) -> Exchange:
        """Let its lifetime begin anew; raises as `delete`."""
        content = NotificationChannelLifetime(channel_lifetime=seconds)
        return self._send("PUT", "channelLifetime", content)

    def _send(
        self, method: str, resource: str = "channel", content: object | None = None
    ) -> Exchange:
        if self.id is None:
            reason = f"{self.creation}: the response does not identify the channel"
            raise Inconclusive(Cause.PRECONDITION, reason, CLAUSE)
        ids = {"channelId": self.id}
        return self.who.send(method, resource, content, fmt=self.fmt, ids=ids)


def request(correlator: str | None = None) -> NotificationChannel:
    """What requests a channel that is polled, with a correlator or without one."""
    return NotificationChannel(
        client_correlator=correlator,
        channel_type=ChannelType.LONG_POLLING,
        channel_data=LongPollingData(max_wait_time=0),
        channel_lifetime=_LIFETIME,
    )


def request_of_socket() -> NotificationChannel:
    """What requests a channel that is a WebSocket."""
    return NotificationChannel(
        channel_type=ChannelType.WEB_SOCKETS,
        channel_data=WebSocketsData(max_wait_time=0),
        channel_lifetime=_LIFETIME,
    )


def request_of_webhook(url: str) -> NotificationChannel:
    """What requests a channel that posts to a URL of ours."""
    return NotificationChannel(
        channel_type=ChannelType.WEBHOOKS,
        channel_data=WebhooksData(webhook_url=url),
        channel_lifetime=_LIFETIME,
    )


def created(who: Actor, fmt: Format, correlator: str | None = None) -> Channel:
    """Request a channel, whatever the response."""
    return created_as(who, fmt, request(correlator))


def created_as(who: Actor, fmt: Format, content: NotificationChannel) -> Channel:
    """Request a channel of any type, whatever the response."""
    made = time.monotonic()
    creation = who.send("POST", "channels", content, fmt=fmt)
    channel = Channel(who=who, fmt=fmt, creation=creation, made=made)
    if 200 <= creation.answer.status < 300 and channel.information is None and channel.id:
        channel = replace(channel, read=channel.fetch())
    return channel


@dataclass(frozen=True, slots=True, kw_only=True)
class _Polled:
    """A channel in use."""

    channel: Channel
    mode: NotificationMode
    polls: LongPoll | None = None
    feed: Feed | Stream | Hook


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """How the channel of a mailbox fares that another process has.

    Attributes:
        trouble: Why the mailbox gets no notifications any more; empty if it does.
        limit: Likewise where a limit of the target is the reason.
        clause: Behind what the channel should bring; empty where there is no channel.
        held_until: As of its `LongPoll`.
        loss: The last time that the channel may have lost notifications.
    """

    trouble: str = ""
    limit: str = ""
    clause: str = ""
    held_until: float = 0.0
    loss: Loss = NO_LOSS


class Channels:
    """The channels of all users that are polled.

    Args:
        inbox: Has the mailboxes.
        log: The evidence of the current example.
    """

    def __init__(self, inbox: Inbox, log: EvidenceLog) -> None:
        self._inbox = inbox
        self._log = log
        self._polled: dict[tuple[str, Format, NotificationMode], _Polled] = {}
        self._of_mailbox: dict[Mailbox, _Polled] = {}
        self._elsewhere: dict[Mailbox, Elsewhere] = {}
        self._since = 0.0

    def open(
        self, who: Actor, fmt: Format, mode: NotificationMode = NotificationMode.LONG_POLL
    ) -> Mailbox:
        """A new mailbox for a subscription of a user that goes through its channel.

        Raises:
            Inconclusive: The target makes no channel that could be used.
        """
        polled = self._ready(who, fmt, mode)
        url = polled.channel.callback_url or ""
        mailbox = self._inbox.open_at(who.address, fmt, url)
        polled.feed.add(mailbox)
        self._of_mailbox[mailbox] = polled
        return mailbox

    def note_elsewhere(self, mailbox: Mailbox, elsewhere: "Elsewhere") -> None:
        """The channel of a mailbox, if any, is in the hands of another process.

        What its last channel lost, another one does not bring.
        """
        known = self._elsewhere.get(mailbox, elsewhere).loss
        last = max(known, elsewhere.loss, key=lambda each: each.at)
        self._elsewhere[mailbox] = replace(elsewhere, loss=last)

    def note_replaced(self, mailbox: Mailbox, old: Mailbox) -> None:
        """A mailbox takes the place of one whose channel, in another process, broke."""
        loss = self._elsewhere[old].loss if old in self._elsewhere else NO_LOSS
        self._elsewhere[mailbox] = Elsewhere(loss=loss)

    def serves(self, mailbox: Mailbox) -> bool:
        """Whether the channel that fills a mailbox works, and goes on to; true for none."""
        polled = self._of_mailbox.get(mailbox)
        return polled is None or self._works(polled)

    def has_ended(self, mailbox: Mailbox) -> bool:
        """Whether the channel that filled a mailbox was ended; never for none."""
        polled = self._of_mailbox.get(mailbox)
        return polled is not None and not any(polled is each for each in self._polled.values())

    def trouble(self, mailbox: Mailbox) -> str:
        """Why a mailbox gets no notifications any more; empty if it does."""
        if mailbox in self._elsewhere:
            return self._elsewhere[mailbox].trouble
        polled = self._of_mailbox.get(mailbox)
        return "" if polled is None else polled.feed.trouble

    def limit(self, mailbox: Mailbox) -> str:
        """Likewise where a limit of the target is the reason, and no fault of it."""
        if mailbox in self._elsewhere:
            return self._elsewhere[mailbox].limit
        polled = self._of_mailbox.get(mailbox)
        return polled.feed.trouble if polled is not None and polled.feed.is_limited else ""

    def clause(self, mailbox: Mailbox) -> str:
        """The clause behind what the channel of a mailbox should bring."""
        if mailbox in self._elsewhere:
            return self._elsewhere[mailbox].clause
        return BROUGHT[self._of_mailbox[mailbox].mode]

    def left(self, mailbox: Mailbox, seconds: float) -> float:
        """Seconds to go on waiting because a limit of the target kept polls waiting; 0 for none.

        Args:
            mailbox: That the polls fill.
            seconds: How long something may take to arrive from the moment that polls go on.
        """
        if self.trouble(mailbox):
            return 0.0
        if mailbox in self._elsewhere:
            return _left(self._elsewhere[mailbox].held_until, seconds)
        polled = self._of_mailbox.get(mailbox)
        polls = None if polled is None else polled.polls
        if polls is None:
            return 0.0
        return self._log.journal.observed("held", lambda: _left(polls.held_until, seconds))

    def state(self, mailbox: Mailbox) -> "Elsewhere":
        """How a mailbox fares, for another process."""
        polled = self._of_mailbox.get(mailbox)
        polls = None if polled is None else polled.polls
        return Elsewhere(
            trouble=self.trouble(mailbox),
            limit=self.limit(mailbox),
            clause="" if polled is None else self.clause(mailbox),
            held_until=0.0 if polls is None else polls.held_until,
            loss=NO_LOSS if polled is None else polled.feed.loss,
        )

    def forget(self, mailbox: Mailbox) -> None:
        """Another process fills a mailbox no longer."""
        self._elsewhere.pop(mailbox, None)

    def lost(self, mailbox: Mailbox) -> int:
        """How many polls got no response, so that a notification for a mailbox may be lost."""
        polled = self._of_mailbox.get(mailbox)
        return 0 if polled is None else polled.feed.lost

    def begin_example(self) -> None:
        """What was lost before concerns no one any more."""
        self._since = time.monotonic()
        self.note_idle()

    def loss(self, *mailboxes: Mailbox) -> str:
        """Why notifications of the present example may have been lost; empty where none may.

        Args:
            mailboxes: That may lack them; without any, all.
        """
        found = {*mailboxes} or {*self._elsewhere, *self._of_mailbox}
        elsewhere = [self._elsewhere[each].loss for each in found & self._elsewhere.keys()]
        here = [self._of_mailbox[each] for each in found & self._of_mailbox.keys()]
        if not here:
            return self._present(elsewhere)
        return self._log.journal.observed(
            "loss", lambda: self._present([*elsewhere, *(each.feed.loss for each in here)])
        )

    def _present(self, losses: Iterable[Loss]) -> str:
        """The reason of the last of some losses; empty if that was before the present example."""
        last = max(losses, key=lambda each: each.at, default=NO_LOSS)
        return last.reason if last.at > self._since else ""

    def note_idle(self) -> None:
        """Keep in the evidence which polls brought nothing, those alike once in a run."""
        for polled in self._polled.values():
            for exchange in polled.feed.idle():
                self._log.add(replace(exchange, number=self._log.observed_number()))

    def end(self, who: Actor) -> None:
        """End the channels of a user."""
        for key in [key for key in self._polled if key[0] == who.address]:
            _end(self._polled.pop(key))

    def close(self) -> None:
        for polled in self._polled.values():
            polled.feed.stop()
        for polled in self._polled.values():
            _end(polled)

    def _ready(self, who: Actor, fmt: Format, mode: NotificationMode) -> _Polled:
        """The channel of a user, made on first use, and anew where it is of no more use."""
        key = (who.address, fmt, mode)
        if key in self._polled and not self._works(self._polled[key]):
            _end(self._polled.pop(key))
        if key not in self._polled:
            self._polled[key] = self._begun(who, fmt, mode)
        return self._polled[key]

    def _works(self, polled: _Polled) -> bool:
        ends = polled.channel.is_about_to_end
        return not polled.feed.trouble and not self._log.journal.observed("channel ends", ends)

    def _begun(self, who: Actor, fmt: Format, mode: NotificationMode) -> _Polled:
        match mode:
            case NotificationMode.WEBSOCKET:
                return self._streamed(who, fmt)
            case NotificationMode.WEBHOOK:
                return self._hooked(who, fmt)
        channel = created(who, fmt)
        require_success(channel.creation, CLAUSE)
        polls = channel.polls()
        feed = Feed(
            poll=polls.ask,
            interrupt=polls.interrupt,
            user=who.address,
            fmt=fmt,
            reader=self._inbox.reader,
        )
        return _Polled(channel=channel, mode=mode, polls=polls, feed=feed)

    def _streamed(self, who: Actor, fmt: Format) -> _Polled:
        channel = created_as(who, fmt, request_of_socket())
        require_success(channel.creation, CLAUSE)
        stream = Stream(
            connect=channel.socket, user=who.address, fmt=fmt, reader=self._inbox.reader
        )
        return _Polled(channel=channel, mode=NotificationMode.WEBSOCKET, feed=stream)

    def _hooked(self, who: Actor, fmt: Format) -> _Polled:
        url, distribution = self._inbox.hook(fmt)
        channel = created_as(who, fmt, request_of_webhook(url))
        require_success(channel.creation, CLAUSE)
        if not channel.callback_url:
            reason = f"{channel.creation}: the response has no callbackURL"
            raise Inconclusive(Cause.PRECONDITION, reason, SHOWN)
        hook = Hook(distribution)
        return _Polled(channel=channel, mode=NotificationMode.WEBHOOK, feed=hook)


def _end(polled: _Polled) -> None:
    """End a channel: first what is pending is dropped, so that the poll is not held any longer."""
    polled.feed.stop()
    with suppress(TargetError, Inconclusive):
        polled.channel.delete()
    polled.feed.close(_ENDING)
    if polled.polls is not None:
        polled.polls.close()


def _left(held_until: float, seconds: float) -> float:
    """Seconds to go on waiting after a limit that ends or ended at a time; 0 for no limit."""
    return max(0.0, held_until + seconds - time.monotonic()) if held_until else 0.0
