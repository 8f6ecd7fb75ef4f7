"""A channel with a WebSocket of its own, whichever way the run has its notifications."""

import time
from contextlib import suppress
from dataclasses import dataclass, field

from rcs_conformance.errors import Cause, Inconclusive, NotApplicable, TargetError
from rcs_conformance.inbox import Mailbox, Stream
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.channel import ConnAck, ConnCheck
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.exchange import Exchange, Notification
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatMessageNotification
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.mailboxes.channels import (
    CLAUSE,
    Channel,
    created_as,
    request_of_socket,
)
from rcs_conformance.scenario.setup.preconditions import require_several, require_success
from rcs_conformance.scenario.situations import own_channel

_ENDING = 5.0
_SEVERAL = 3
"""Messages that are sent before the first WebSocket: what waits may come in another order."""
_REPLACED = 2.0
"""Seconds that the end of a WebSocket is waited for, when there is a second one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Streamed:
    """What came of a WebSocket.

    Attributes:
        creation: Of the channel.
        waited: What arrived of messages sent before it was open, in the order of sending.
        message: Through it.
        trouble: Why it could not be used; empty where it could.
        answer: To a connCheck; `None`: there was none.
        is_replaced: Whether a second WebSocket ended it.
        again: A message through the second one.
        second_trouble: As `trouble`, of the second one.
        seconds: How long an answer was waited for.
        replacing: How long the end of the first one was waited for, in seconds.
    """

    creation: Exchange
    waited: tuple[Notification, ...]
    message: Awaited[ChatMessageNotification]
    trouble: str
    answer: ConnAck | None
    is_replaced: bool
    again: Awaited[ChatMessageNotification]
    second_trouble: str
    seconds: float
    replacing: float = _REPLACED


def streamed(bed: TestBed, fmt: Format) -> Streamed:
    """Be notified through a WebSocket, check it, and be notified through a second one.

    Raises:
        NotApplicable: The target claims no WebSockets.
        Inconclusive: There is no such channel, subscription or chat, or the connection broke off.
    """
    own = _channel(bed, fmt)
    subscription = own_channel.subscribed(bed, own)
    sockets = _Sockets(
        bed=bed, own=own, mailbox=subscription.mailbox, chat=bed.any_established_chat(fmt)
    )
    try:
        return _replaced(sockets)
    finally:
        sockets.end()
        with suppress(TargetError, Inconclusive):
            subscription.delete()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What came of a connCheck some time after a channel was created.

    Attributes:
        own: The channel.
        answer: The connAck; `None`: there was none.
        before: Seconds from the response to its creation to the connCheck.
        after: Seconds from the connCheck to the connAck.
        seconds: How long that was waited for.
    """

    own: Channel
    answer: ConnAck | None
    before: float
    after: float
    seconds: float


def checked_later(bed: TestBed, fmt: Format) -> Checked:
    """Check a WebSocket some time after its channel was created.

    Raises:
        NotApplicable: The target claims no WebSockets, or ends one through which nothing comes.
        Inconclusive: There is no such channel, or the connection broke off.
    """
    own = _channel(bed, fmt)
    begun, seconds = time.monotonic(), bed.target.notifications.timeout
    stream = _opened(bed, own)
    try:
        with bed.log.journal.waiting():
            has_ended = stream.ended(own_channel.LATER)
        if has_ended:
            _require_whole(stream)
            raise NotApplicable(f"the WebSocket ended before it was checked: {stream.trouble}")
        before, checked = own_channel.since(bed, begun), time.monotonic()
        answer = _checked(stream, fmt, seconds)
        _require_whole(stream)
        after = own_channel.since(bed, checked)
    finally:
        stream.close(_ENDING)
        with suppress(TargetError, Inconclusive):
            own.delete()
    return Checked(own=own, answer=answer, before=before, after=after, seconds=seconds)


def _channel(bed: TestBed, fmt: Format) -> Channel:
    bed.claims.require_operation("WEBSOCKET channelURL")
    require_several(bed.bob)
    own = created_as(bed.bob, fmt, request_of_socket())
    require_success(own.creation, CLAUSE)
    return own


def _opened(bed: TestBed, own: Channel, *mailboxes: Mailbox) -> Stream:
    """A WebSocket of a channel, which fills mailboxes."""
    stream = Stream(
        connect=own.socket,
        user=own.who.address,
        fmt=own.fmt,
        reader=bed.mailboxes.reader,
        mailboxes=mailboxes,
        reconnects=False,
    )
    stream.ready(bed.target.limits.deadline)
    return stream


def _replaced(sockets: "_Sockets") -> Streamed:
    """Open one, and then another, with a message through each."""
    seconds = sockets.bed.target.notifications.timeout
    texts = [sockets.said() for _ in range(_SEVERAL)]
    first = sockets.opened()
    message, trouble = sockets.notified(), first.trouble
    waited = tuple(each for text in texts for each in sockets.arrived(text))
    answer = _checked(first, sockets.own.fmt, seconds)
    _require_whole(first)
    second = sockets.opened()
    is_replaced, again = first.ended(_REPLACED), sockets.notified()
    _require_whole(second)
    return Streamed(
        creation=sockets.own.creation,
        waited=waited,
        message=message,
        trouble=trouble,
        answer=answer,
        is_replaced=is_replaced,
        again=again,
        second_trouble=second.trouble,
        seconds=seconds,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sockets:
    """The WebSockets of a channel, of which each new one replaces the one before."""

    bed: TestBed
    own: Channel
    mailbox: Mailbox
    chat: Chat
    streams: list[Stream] = field(default_factory=list)

    def opened(self) -> Stream:
        """One more of them."""
        stream = _opened(self.bed, self.own, self.mailbox)
        self.streams.append(stream)
        return stream

    def said(self) -> str:
        """The text of a message that is sent now."""
        text = self.bed.markers.next()
        self.chat.send(self.bed.alice, ChatMessage(text=text))
        return text

    def arrived(self, text: str) -> tuple[Notification, ...]:
        """The first notification of a message, if one has arrived."""
        return message_waits.with_text(self.mailbox, text)[:1]

    def notified(self) -> Awaited[ChatMessageNotification]:
        """A message that is sent now."""
        text = self.said()
        return self.bed.mailboxes.arrivals.awaited(
            self.mailbox,
            ChatMessageNotification,
            lambda each: each.chat_message is not None and text in each.chat_message.text,
        )

    def end(self) -> None:
        """End them, and the channel."""
        for each in self.streams:
            each.close(_ENDING)
        with suppress(TargetError, Inconclusive):
            self.own.delete()


def _require_whole(stream: Stream) -> None:
    """Go on only if a WebSocket did not break off.

    Raises:
        Inconclusive: It did, as on a bad network.
    """
    if broken := stream.broken:
        raise Inconclusive(Cause.NETWORK, f"WEBSOCKET channelURL: {broken}")


def _checked(stream: Stream, fmt: Format, seconds: float) -> ConnAck | None:
    try:
        return stream.check(ConnCheck(), fmt, seconds)
    except TargetError:
        return None
