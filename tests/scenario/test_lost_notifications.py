"""A poll or a WebSocket that breaks off may lose a notification: no verdict on the target."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from rcs_conformance.checks import notification_channels
from rcs_conformance.driver import Actor
from rcs_conformance.driver.long_poll import LongPoll
from rcs_conformance.driver.web_socket import WebSocket
from rcs_conformance.errors import Cause, ConnectionBroken, Inconclusive, TargetError
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Outcome
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.setup.downloads import downloaded
from rcs_conformance.scenario.situations import own_channel, own_socket
from tests.checks.records import exchange
from tests.scenario.conftest import OpenBed, OpenServer

INVITATION, MESSAGE = b"chatSessionInvitationNotification", b"chatMessageNotification"
RESET = "ConnectionResetError: [Errno 104] Connection reset by peer"


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets the connection break off that brings the next message."""
    waiting: list[None] = []

    def lost(data: bytes | None) -> bool:
        return bool(data and MESSAGE in data and waiting and not waiting.pop())

    polled, received = LongPoll.ask, WebSocket.receive

    def ask(polls: LongPoll) -> Exchange:
        response = polled(polls)
        if lost(response.answer.body):
            raise TargetError(RESET)
        return response

    def receive(stream: WebSocket, seconds: float) -> bytes | None:
        message = received(stream, seconds)
        if lost(message):
            raise ConnectionBroken(RESET)
        return message

    monkeypatch.setattr(LongPoll, "ask", ask)
    monkeypatch.setattr(WebSocket, "receive", receive)
    return lambda: waiting.append(None)


def said(bed: TestBed, chat: Chat) -> None:
    """A message arrives.

    Raises:
        Inconclusive: It may have been lost.
    """
    bed.begin_example()
    text = bed.markers.next()
    chat.send(bed.alice, ChatMessage(text=text))
    assert message_waits.message(chat, bed.bob, text).content is not None


@pytest.mark.parametrize("mode", ["long-poll", "websocket"])
def test_message_that_was_lost(
    open_server: OpenServer, open_bed: OpenBed, cut: Callable[[], None], mode: str
) -> None:
    """The reason says which one did not come, and what broke off; the next example is sound."""
    bed = open_bed(open_server(), mode=mode, timeout=1.0)
    chat = bed.established_chat(ChatKind.ONE_TO_ONE, Format.JSON)
    said(bed, chat)
    cut()
    with pytest.raises(Inconclusive) as lost:
        said(bed, chat)
    assert lost.value.cause is Cause.NETWORK
    missing = f"chatMessageNotification to {bed.bob.address}: no notification within 1 s"
    assert str(lost.value).startswith(f"{missing}; it may have been lost: ")
    assert str(lost.value).endswith(RESET)
    assert bed.lost_notifications()
    said(bed, chat)
    assert not bed.lost_notifications()


@pytest.mark.parametrize("situation", [own_socket.streamed, own_socket.checked_later])
def test_socket_of_a_test_that_breaks_off(
    bed: TestBed,
    monkeypatch: pytest.MonkeyPatch,
    situation: Callable[[TestBed, Format], object],
) -> None:
    """Whatever it is about: that the network broke it off says nothing about the target."""

    def broken(*_: object) -> bytes | None:
        raise ConnectionBroken("the WebSocket broke off")

    monkeypatch.setattr(WebSocket, "receive", broken)
    with pytest.raises(Inconclusive, match="WEBSOCKET channelURL: the WebSocket broke") as found:
        situation(bed, Format.JSON)
    assert found.value.cause is Cause.NETWORK


def test_socket_that_is_rejected_fails_once(
    open_server: OpenServer, open_bed: OpenBed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a connection there is no connCheck that could have had a response."""

    def rejected(_: WebSocket) -> None:
        raise TargetError("the WebSocket was rejected: status 426")

    monkeypatch.setattr(WebSocket, "open", rejected)
    found = own_socket.streamed(open_bed(open_server(), timeout=0.2), Format.JSON)

    streamed = notification_channels.streamed(found.message, found.trouble)
    assert streamed.outcome is Outcome.FAILED
    acknowledged = notification_channels.acknowledged(
        found.creation, found.answer, found.seconds, found.trouble
    )
    assert list(acknowledged) == []


def test_invitation_that_a_poll_of_a_test_lost(
    bed: TestBed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The channel works, and its next poll has a response."""
    polled = LongPoll.ask
    left = [RESET]

    def ask(polls: LongPoll) -> Exchange:
        response = polled(polls)
        if left and INVITATION in response.answer.body:
            raise TargetError(left.pop())
        return response

    monkeypatch.setattr(LongPoll, "ask", ask)
    own = own_channel.channel(bed, bed.bob, Format.JSON)
    subscription = own_channel.subscribed(bed, own)
    with pytest.raises(
        Inconclusive, match="may have been lost: a long poll got no response"
    ) as found:
        own_channel.heard_meanwhile(bed, own, subscription, Format.JSON)
    assert found.value.cause is Cause.NETWORK


@pytest.mark.parametrize("is_for_good", [False, True])
def test_download_that_has_no_response(
    bed: TestBed, monkeypatch: pytest.MonkeyPatch, is_for_good: bool
) -> None:
    """Once is the network's fault, for good the target's."""
    answered = replace(exchange(200), number=1)
    responses: list[Exchange | None] = [None, None if is_for_good else answered]

    def download(*_: object) -> Exchange:
        response = responses.pop(0)
        if response is None:
            raise TargetError(RESET)
        return response

    monkeypatch.setattr(Actor, "download", download)
    if is_for_good:
        assert downloaded(bed.bob, "/f", Format.XML).reason == RESET
        return
    with pytest.raises(TargetError, match="reset"):
        downloaded(bed.bob, "/f", Format.XML)
    assert not responses
