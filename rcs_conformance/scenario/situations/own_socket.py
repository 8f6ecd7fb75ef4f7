"""A channel with a WebSocket of its own, whichever way the run has its notifications."""

from contextlib import suppress
from dataclasses import dataclass

from rcs_conformance.errors import Inconclusive, TargetError
from rcs_conformance.inbox import Stream
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.channel import ConnAck, ConnCheck
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatMessageNotification
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.mailboxes.channels import (
    CLAUSE,
    Channel,
    created_as,
    request_of_socket,
)
from rcs_conformance.scenario.setup.preconditions import require_several, require_success
from rcs_conformance.scenario.situations import own_channel

_ENDING = 5.0
_REPLACED = 2.0
"""Seconds that the end of a WebSocket is waited for, when there is a second one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Streamed:
    """What came of a WebSocket.

    Attributes:
        creation: Of the channel.
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
        Inconclusive: There is no such channel, subscription or chat.
    """
    bed.claims.require_operation("WEBSOCKET channelURL")
    who = bed.bob
    require_several(who)
    own = created_as(who, fmt, request_of_socket())
    require_success(own.creation, CLAUSE)
    subscription = own_channel.subscribed(bed, own)
    chat = bed.any_established_chat(fmt)
    seconds = bed.target.notifications.timeout
    streams: list[Stream] = []

    def opened() -> Stream:
        stream = Stream(
            connect=own.socket,
            user=who.address,
            fmt=fmt,
            reader=bed.mailboxes.reader,
            mailboxes=(subscription.mailbox,),
            reconnects=False,
        )
        streams.append(stream)
        stream.ready(bed.target.limits.deadline)
        return stream

    def notified() -> Awaited[ChatMessageNotification]:
        text = bed.markers.next()
        chat.send(bed.alice, ChatMessage(text=text))
        return bed.mailboxes.arrivals.awaited(
            subscription.mailbox,
            ChatMessageNotification,
            lambda each: each.chat_message is not None and text in each.chat_message.text,
        )

    try:
        first = opened()
        message, trouble = notified(), first.trouble
        answer = _checked(first, fmt, seconds)
        second = opened()
        is_replaced = first.ended(_REPLACED)
        again = notified()
        return Streamed(
            creation=own.creation,
            message=message,
            trouble=trouble,
            answer=answer,
            is_replaced=is_replaced,
            again=again,
            second_trouble=second.trouble,
            seconds=seconds,
        )
    finally:
        _end(own, streams)
        with suppress(TargetError, Inconclusive):
            subscription.delete()


def _checked(stream: Stream, fmt: Format, seconds: float) -> ConnAck | None:
    try:
        return stream.check(ConnCheck(), fmt, seconds)
    except TargetError:
        return None


def _end(own: Channel, streams: list[Stream]) -> None:
    for each in streams:
        each.close(_ENDING)
    with suppress(TargetError, Inconclusive):
        own.delete()
