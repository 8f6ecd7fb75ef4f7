"""Delivery of notifications: formats, order, dead and hanging listeners."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from rcs_conformance.model.formats import Format
from tests.reference.conftest import OpenStage
from tests.reference.stage import Listener, Stage


@pytest.fixture
def hole() -> Iterator[str]:
    """The URL of a listener that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"


def subscribe_to(stage: Stage, user: int, url: str, **members: object) -> None:
    """Subscribe a user to a URL, in XML."""
    body = {"callbackReference": {"notifyURL": url}, **members}
    post = {"chatNotificationSubscription": body}
    assert stage.ask(user, "POST", stage.url(user, "subscriptions"), post).status_code == 201


def test_notifications_are_xml_where_nothing_is_said(stage: Stage) -> None:
    """Without notificationFormat they come in XML, without callbackData where none was given."""
    subscribe_to(stage, 1, f"{stage.listener.root}/1")
    stage.start(1)
    assert stage.server.quiesce()
    ((_, kind, body),) = stage.listener.bodies
    assert kind == "application/xml"
    assert b"groupChatSessionInvitationNotification" in body
    assert b"callbackData" not in body


def test_every_subscription_is_served(stage: Stage) -> None:
    """A user with two subscriptions is told twice, each with its own data and format."""
    stage.subscribe(1)
    stage.subscribe(1, fmt="XML", path="other")
    stage.start(1)
    assert stage.server.quiesce()
    kinds = sorted((path, kind) for path, kind, _ in stage.listener.bodies)
    assert kinds == [("/1", "application/json"), ("/other", "application/xml")]


def test_dead_listener_holds_up_nobody(stage: Stage, hole: str) -> None:
    """Others are served while one listener hangs and another refuses."""
    subscribe_to(stage, 1, hole)
    subscribe_to(stage, 1, "http://127.0.0.1:9/")
    stage.subscribe(1)
    started = time.monotonic()
    for _ in range(3):
        stage.start(1)
    stage.listener.wait_for(1, "groupChatSessionInvitationNotification", 3)
    assert time.monotonic() - started < 1
    assert not stage.server.quiesce(timeout=0.01)


def test_refused_notification_is_tried_again(open_stage: OpenStage) -> None:
    """A listener that fails once gets the same notification again; after that all is well."""
    failures = [500]
    stage = open_stage(listener=Listener(lambda _path: failures.pop() if failures else 204))
    stage.subscribe(1)
    stage.start(1)
    assert len(stage.listener.wait_for(1, "groupChatSessionInvitationNotification", 2)) == 2
    assert stage.server.quiesce()
    assert stage.listener.bodies[0] == stage.listener.bodies[1]


def test_attempts_are_limited(open_stage: OpenStage) -> None:
    """Three attempts for the first notification, one for each that follows; then service again."""
    answers = iter([500] * 4 + [204] * 9)
    stage = open_stage(listener=Listener(lambda _path: next(answers)))
    stage.subscribe(1)
    for number in range(3):
        stage.start(1, subject=str(number))
    assert stage.server.quiesce()
    subjects = [members["subject"] for _, members in stage.listener.of(1)]
    assert subjects == ["0", "0", "0", "1", "2"]


def test_closing_does_not_wait_for_deliveries(open_stage: OpenStage, hole: str) -> None:
    """A server with undelivered notifications closes at once, and a second time without harm."""
    stage = open_stage()
    subscribe_to(stage, 1, hole)
    subscribe_to(stage, 1, "http://127.0.0.1:9/")
    for _ in range(5):
        stage.start(1)
    started = time.monotonic()
    stage.server.close()
    stage.server.close()
    assert time.monotonic() - started < 1


def test_delayed_notifications_keep_their_order(open_stage: OpenStage) -> None:
    """Notifications that arrive late arrive in order, and none is later than a second."""
    stage = open_stage(variations=("notified-late",), seed=3)
    stage.subscribe(1)
    started = time.monotonic()
    for number in range(20):
        stage.start(1, subject=str(number))
    told = stage.listener.wait_for(1, "groupChatSessionInvitationNotification", 20)
    assert 0.3 < time.monotonic() - started < 2.5
    assert [one["subject"] for one in told] == [str(number) for number in range(20)]


def test_reversed_messages(open_stage: OpenStage) -> None:
    """The fault that reverses messages does so."""
    stage = open_stage(faults=("messages-reversed",))
    stage.subscribe(1)
    chat = stage.start(1)
    stage.accept(1)
    for text in ("first", "second"):
        stage.send(0, chat, text)
    told = stage.listener.wait_for(1, "chatMessageNotification", 2)
    assert [one["chatMessage"]["text"] for one in told] == ["second", "first"]


def test_notification_that_cannot_be_made_is_dropped(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A notification that fails inside is logged; the next one is sent."""
    stage.subscribe(1)
    chat = stage.start(1)
    stage.accept(1)
    assert stage.server.quiesce()
    written = stage.server.rules.written

    def fail_once(body: bytes, fmt: Format) -> bytes:
        if b"Notification" in body and b"first" in body:
            raise RuntimeError("boom")
        return written(body, fmt)

    monkeypatch.setattr(stage.server.rules, "written", fail_once)
    for text in ("first", "second"):
        stage.send(0, chat, text)
    (told,) = stage.listener.wait_for(1, "chatMessageNotification")
    assert told["chatMessage"]["text"] == "second"
    assert "could not be made" in caplog.text


def test_long_answer_of_a_listener_is_not_read(open_stage: OpenStage) -> None:
    """A listener that answers with a large body is served on, over a new connection."""
    stage = open_stage(listener=Listener(content=b"x" * 300_000))
    stage.subscribe(1)
    for _ in range(3):
        stage.start(1)
    stage.listener.wait_for(1, "groupChatSessionInvitationNotification", 3)


def test_closed_dispatcher_takes_nothing(stage: Stage) -> None:
    """What happens after the end is told to nobody, and nothing is left waiting."""
    stage.subscribe(1)
    stage.server._dispatcher.close()
    stage.start(1)
    assert stage.server.quiesce(timeout=0)
    assert not stage.listener.bodies


def test_idle_threads_end(open_stage: OpenStage, monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread of a silent subscription ends; the next notification starts another."""
    monkeypatch.setattr("rcs_conformance.reference.delivery._IDLE", 0.05)
    stage = open_stage()
    stage.subscribe(1)
    for count in (1, 2):
        stage.start(1)
        stage.listener.wait_for(1, "groupChatSessionInvitationNotification", count)
        for thread in threading.enumerate():
            if thread.name.startswith("notifications-"):
                thread.join(timeout=5)
                assert not thread.is_alive()
