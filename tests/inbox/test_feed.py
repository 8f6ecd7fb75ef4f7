"""A feed fills mailboxes with what polls bring, bears what they are answered with, and ends."""

import queue
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest

from rcs_conformance.errors import DeadlineExceeded, TargetError
from rcs_conformance.inbox import Feed, Inbox, Mailbox
from rcs_conformance.model.exchange import Answer, Exchange, Notification, Request
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatEventNotification, EventType
from rcs_conformance.wire import Codec

USER = "tel:+15550101"
PATIENCE = 5.0
EMPTY = b'{"notificationList":[]}'

Reply = tuple[int, bytes] | TargetError


class Channel:
    """A channel whose polls are answered as a test says, and held while it says nothing."""

    def __init__(self) -> None:
        self.replies: queue.Queue[Reply | None] = queue.Queue()
        self.polls = 0

    def ask(self) -> Exchange:
        """The next answer; `None` is that of a poll which was interrupted."""
        self.polls += 1
        reply = self.replies.get(timeout=PATIENCE)
        if reply is None:
            raise TargetError("interrupted")
        if isinstance(reply, TargetError):
            raise reply
        request = Request(
            user=USER,
            resource="channelURL",
            method="POST",
            url="http://host/poll",
            headers=(),
            body=b"",
            format=Format.JSON,
        )
        headers = (("content-type", "application/json"),)
        answer = Answer(status=reply[0], headers=headers, body=reply[1])
        return Exchange(
            number=0, request=request, answer=answer, started=datetime.now(UTC), seconds=0
        )

    def bring(self, *events: tuple[str, str | None], status: int = 200) -> None:
        """Answer with a list: session id and callback data of each event."""
        told = [
            ChatEventNotification(
                event_type=EventType.ACCEPTED, session_id=name, callback_data=data
            )
            for name, data in events
        ]
        self.replies.put((status, Codec().encode_list(told, Format.JSON)))


@pytest.fixture
def channel() -> Channel:
    """A channel."""
    return Channel()


@pytest.fixture
def boxes(inbox: Inbox) -> tuple[Mailbox, Mailbox]:
    """Two mailboxes of one channel."""
    first, second = (inbox.open_at(USER, Format.JSON, "http://host/callback") for _ in range(2))
    return first, second


@pytest.fixture
def feed(inbox: Inbox, channel: Channel, boxes: tuple[Mailbox, Mailbox]) -> Iterator[Feed]:
    """The feed of that channel; it ends whatever happened."""
    with ExitStack() as opened:
        feed = Feed(
            poll=channel.ask,
            interrupt=lambda: channel.replies.put(None),
            user=USER,
            fmt=Format.JSON,
            reader=inbox.reader,
            mailboxes=boxes,
        )
        opened.callback(feed.close, PATIENCE)
        yield feed
    assert not feed._thread.is_alive()


def of_session(name: str) -> Callable[[Notification], bool]:
    """Matches the event of a session."""
    return lambda found: getattr(found.content, "session_id", None) == name


def names(mailbox: Mailbox) -> list[str | None]:
    """The sessions that a mailbox was told of."""
    return [getattr(each.content, "session_id", None) for each in mailbox.arrived()]


def test_several_in_one_answer_get_into_their_mailboxes(
    feed: Feed, channel: Channel, boxes: tuple[Mailbox, Mailbox]
) -> None:
    """In order, by the data of the subscription; the poll stands before them in the evidence."""
    one, other = boxes
    a, b = one.callback_data, other.callback_data
    channel.bring(("1", a), ("2", b), ("3", a), ("end", b))

    found = other.wait(of_session("end"), PATIENCE)

    assert (names(one), names(other)) == (["1", "3"], ["2", "end"])
    assert found is not None
    assert found.poll is not None
    assert 0 < found.poll.number < found.number


def test_what_cannot_be_told_apart_goes_to_all(
    feed: Feed, channel: Channel, boxes: tuple[Mailbox, Mailbox]
) -> None:
    """That the data is missing or wrong is for a check to tell."""
    channel.bring(("1", None), ("2", "nobody's"))
    for mailbox in boxes:
        assert mailbox.wait(of_session("2"), PATIENCE)
        assert names(mailbox) == ["1", "2"]


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"\xff"])
def test_what_is_no_list_is_unreadable_for_all(
    feed: Feed, channel: Channel, boxes: tuple[Mailbox, Mailbox], body: bytes
) -> None:
    """It may have held anything; polling goes on."""
    channel.replies.put((200, body))
    channel.bring(("after", boxes[0].callback_data))

    assert boxes[0].wait(of_session("after"), PATIENCE)
    (unreadable,) = boxes[1].arrived()
    assert unreadable.problem
    assert unreadable.poll is not None
    assert unreadable.poll.answer.problem


def test_answers_without_anything_are_borne(
    feed: Feed, channel: Channel, boxes: tuple[Mailbox, Mailbox]
) -> None:
    """An empty list, no body, 204; those alike are told once."""
    for reply in ((200, EMPTY), (200, b""), (204, b""), (200, EMPTY)):
        channel.replies.put(reply)
    channel.bring(("after", boxes[0].callback_data))

    assert boxes[0].wait(of_session("after"), PATIENCE)
    assert [(each.answer.status, each.answer.body) for each in feed.idle()] == [
        (200, EMPTY),
        (200, b""),
        (204, b""),
    ]
    assert feed.idle() == ()
    assert not feed.trouble


@pytest.mark.parametrize("reply", [TargetError("reset"), DeadlineExceeded("late"), (503, b"")])
def test_lost_poll_is_followed_by_another(
    feed: Feed, channel: Channel, boxes: tuple[Mailbox, Mailbox], reply: Reply
) -> None:
    """What it held may be lost, and that is known; a busy server loses nothing."""
    channel.replies.put(reply)
    channel.bring(("after", boxes[0].callback_data))

    assert boxes[0].wait(of_session("after"), PATIENCE)
    assert feed.lost == (reply != (503, b""))
    assert not feed.trouble


@pytest.mark.parametrize(
    ("replies", "told"),
    [
        ([(404, b"")], "a long poll was rejected: POST channelURL -> 404"),
        ([(302, b"")], "a long poll was rejected: POST channelURL -> 302"),
        ([(503, b"")] * 3, "a long poll was rejected: POST channelURL -> 503"),
        ([TargetError("reset")] * 3, "a long poll got no response: reset"),
    ],
)
def test_broken_channel_is_polled_no_more(
    feed: Feed, channel: Channel, replies: list[Reply], told: str
) -> None:
    """One that is gone at once, one that may come back after a few attempts."""
    for reply in replies:
        channel.replies.put(reply)
    feed._thread.join(PATIENCE)

    assert feed.trouble == told
    assert channel.polls == len(replies)


def test_end_is_no_trouble(feed: Feed, channel: Channel) -> None:
    """A poll that is held when the run ends is interrupted, and nobody is told of it."""
    feed.close(PATIENCE)
    assert not feed._thread.is_alive()
    assert not feed.trouble
