"""Delivery of notifications: formats, order, dead and hanging listeners."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest

from rcs_conformance.model.formats import Format
from tests.reference.conftest import OpenBed
from tests.reference.testbed import WAIT, Bed, Listener


@pytest.fixture
def hole() -> Iterator[str]:
    """The URL of a listener that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"


def subscribe_to(bed: Bed, user: int, url: str, **members: object) -> None:
    """Subscribe a user to a URL, in XML."""
    body = {"callbackReference": {"notifyURL": url}, **members}
    post = {"chatNotificationSubscription": body}
    assert bed.ask(user, "POST", bed.url(user, "subscriptions"), post).status_code == 201


def test_notifications_are_xml_where_nothing_is_said(bed: Bed) -> None:
    """Without notificationFormat they come in XML, without callbackData where none was given."""
    subscribe_to(bed, 1, f"{bed.listener.root}/1")
    bed.start(1)
    assert bed.server.quiesce()
    ((_, kind, body),) = bed.listener.bodies
    assert kind == "application/xml"
    assert b"groupChatSessionInvitationNotification" in body
    assert b"callbackData" not in body


def test_every_subscription_is_served(bed: Bed) -> None:
    """A user with two subscriptions is notified twice, each with its own data and format."""
    bed.subscribe(1)
    bed.subscribe(1, fmt="XML", path="other")
    bed.start(1)
    assert bed.server.quiesce()
    kinds = sorted((path, kind) for path, kind, _ in bed.listener.bodies)
    assert kinds == [("/1", "application/json"), ("/other", "application/xml")]


def test_dead_listener_holds_up_nobody(bed: Bed, hole: str) -> None:
    """Others are served while one listener hangs and another rejects."""
    subscribe_to(bed, 1, hole)
    subscribe_to(bed, 1, "http://127.0.0.1:9/")
    bed.subscribe(1)
    for _ in range(3):
        bed.start(1)
    bed.listener.wait_for(1, "groupChatSessionInvitationNotification", 3)
    assert not bed.server.quiesce(timeout=0.01)


def test_refused_notification_is_tried_again(open_testbed: OpenBed) -> None:
    """A listener that fails once gets the same notification again; after that all is well."""
    failures = [500]
    bed = open_testbed(listener=Listener(lambda _path: failures.pop() if failures else 204))
    bed.subscribe(1)
    bed.start(1)
    assert len(bed.listener.wait_for(1, "groupChatSessionInvitationNotification", 2)) == 2
    assert bed.server.quiesce()
    assert bed.listener.bodies[0] == bed.listener.bodies[1]


def test_attempts_are_limited(open_testbed: OpenBed) -> None:
    """Three attempts for the first notification, one for each that follows; then service again."""
    responses = iter([500] * 4 + [204] * 9)
    bed = open_testbed(listener=Listener(lambda _path: next(responses)))
    bed.subscribe(1)
    for number in range(3):
        bed.start(1, subject=str(number))
    assert bed.server.quiesce()
    subjects = [members["subject"] for _, members in bed.listener.of(1)]
    assert subjects == ["0", "0", "0", "1", "2"]


def test_closing_does_not_wait_for_deliveries(open_testbed: OpenBed, hole: str) -> None:
    """A server with undelivered notifications closes at once, and a second time without harm."""
    bed = open_testbed()
    subscribe_to(bed, 1, hole)
    subscribe_to(bed, 1, "http://127.0.0.1:9/")
    for _ in range(5):
        bed.start(1)
    started = time.monotonic()
    bed.server.close()
    bed.server.close()
    assert time.monotonic() - started < WAIT


def test_delayed_notifications_keep_their_order(open_testbed: OpenBed) -> None:
    """Notifications that arrive late arrive in order."""
    bed = open_testbed(variations=("notified-late",), seed=3)
    bed.subscribe(1)
    started = time.monotonic()
    for number in range(20):
        bed.start(1, subject=str(number))
    told = bed.listener.wait_for(1, "groupChatSessionInvitationNotification", 20)
    assert time.monotonic() - started > 0.3
    assert [one["subject"] for one in told] == [str(number) for number in range(20)]


def test_reversed_messages(open_testbed: OpenBed) -> None:
    """The fault that reverses messages does so."""
    bed = open_testbed(faults=("messages-reversed",))
    bed.subscribe(1)
    chat = bed.start(1)
    bed.accept(1)
    for text in ("first", "second"):
        bed.send(0, chat, text)
    told = bed.listener.wait_for(1, "chatMessageNotification", 2)
    assert [one["chatMessage"]["text"] for one in told] == ["second", "first"]


def test_notification_that_cannot_be_made_is_dropped(
    bed: Bed, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A notification that fails inside is logged; the next one is sent."""
    bed.subscribe(1)
    chat = bed.start(1)
    bed.accept(1)
    assert bed.server.quiesce()
    written = bed.server.rules.written

    def fail_once(body: bytes, fmt: Format) -> bytes:
        if b"Notification" in body and b"first" in body:
            raise RuntimeError("boom")
        return written(body, fmt)

    monkeypatch.setattr(bed.server.rules, "written", fail_once)
    for text in ("first", "second"):
        bed.send(0, chat, text)
    (told,) = bed.listener.wait_for(1, "chatMessageNotification")
    assert told["chatMessage"]["text"] == "second"
    assert "could not be made" in caplog.text


def test_long_answer_of_a_listener_is_not_read(open_testbed: OpenBed) -> None:
    """A listener that answers with a large body is served on, over a new connection."""
    bed = open_testbed(listener=Listener(content=b"x" * 300_000))
    bed.subscribe(1)
    for _ in range(3):
        bed.start(1)
    bed.listener.wait_for(1, "groupChatSessionInvitationNotification", 3)


def test_closed_dispatcher_takes_nothing(bed: Bed) -> None:
    """Nothing is notified after the end, and nothing is left waiting."""
    bed.subscribe(1)
    bed.server._dispatcher.close()
    bed.start(1)
    assert bed.server.quiesce(timeout=0)
    assert not bed.listener.bodies


def test_idle_threads_end(open_testbed: OpenBed, monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread of a silent subscription ends; the next notification starts another."""
    monkeypatch.setattr("rcs_conformance.reference.delivery._IDLE", 0.05)
    bed = open_testbed()
    bed.subscribe(1)
    for count in (1, 2):
        bed.start(1)
        bed.listener.wait_for(1, "groupChatSessionInvitationNotification", count)
        for thread in threading.enumerate():
            if thread.name.startswith("notifications-"):
                thread.join(timeout=5)
                assert not thread.is_alive()
