"""A stream fills mailboxes with what a WebSocket brings, and bears a hostile server."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from queue import Empty, Queue

import pytest

from rcs_conformance.binding import load_binding
from rcs_conformance.checks.generic import every_event
from rcs_conformance.errors import ConnectionBroken, TargetError
from rcs_conformance.inbox import Inbox, Mailbox, Stream, stream
from rcs_conformance.model.channel import ConnCheck
from rcs_conformance.model.exchange import Notification
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatEventNotification, EventType
from rcs_conformance.model.results import Outcome
from rcs_conformance.wire import Codec
from rcs_conformance.wire.schema import violations

USER = "tel:+15550101"
PATIENCE = 5.0
END = TargetError("the WebSocket has ended")
BROKEN = ConnectionBroken("the WebSocket broke off")


class Socket:
    """A WebSocket that brings what a test says."""

    def __init__(self) -> None:
        self.messages: Queue[bytes | TargetError] = Queue()
        self.sent: Queue[bytes] = Queue()
        self.opened = 0

    def open(self) -> None:
        """One more connection."""
        self.opened += 1

    def receive(self, seconds: float) -> bytes | None:
        """What a test put; `None` where it put nothing in time."""
        try:
            message = self.messages.get(timeout=min(seconds, 0.05))
        except Empty:
            return None
        if isinstance(message, TargetError):
            raise message
        return message

    def send(self, message: bytes) -> None:
        """Keep what is sent."""
        self.sent.put(message)

    def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
def socket() -> Socket:
    """A WebSocket."""
    return Socket()


@pytest.fixture
def box(inbox: Inbox) -> Mailbox:
    """A mailbox of its channel."""
    return inbox.open_at(USER, Format.JSON, "ws-1")


@pytest.fixture
def open_stream(inbox: Inbox, socket: Socket, box: Mailbox) -> Iterator[Callable[[], Stream]]:
    """Opens a stream of that WebSocket; it ends whatever happened."""
    with ExitStack() as opened:

        def open_stream() -> Stream:
            made = Stream(
                connect=lambda: socket,
                user=USER,
                fmt=Format.JSON,
                reader=inbox.reader,
                mailboxes=(box,),
            )
            opened.callback(made.close, PATIENCE)
            return made

        yield open_stream


def event(box: Mailbox, name: str) -> ChatEventNotification:
    """An event of a session, for the subscription of a mailbox."""
    return ChatEventNotification(
        event_type=EventType.ACCEPTED, session_id=name, callback_data=box.callback_data
    )


def of_session(name: str) -> Callable[[Notification], bool]:
    """Matches the event of a session."""
    return lambda found: getattr(found.content, "session_id", None) == name


@pytest.mark.parametrize("fmt", list(Format))
def test_single_and_listed_notifications_arrive(
    open_stream: Callable[[], Stream], socket: Socket, inbox: Inbox, fmt: Format
) -> None:
    """In order; an empty list and an empty message say nothing and end nothing."""
    box, codec = inbox.open_at(USER, fmt, "ws-1"), Codec()
    open_stream().add(box)
    listed = [event(box, name) for name in ("2", "3")]
    for message in (
        codec.encode_list([], fmt),
        codec.encode(event(box, "1"), fmt),
        b" ",
        codec.encode_list(listed, fmt),
    ):
        socket.messages.put(message)

    found = box.wait(of_session("3"), PATIENCE)

    assert found is not None
    assert found.by_socket
    assert [getattr(each.content, "session_id", None) for each in box.arrived()] == ["1", "2", "3"]


@pytest.mark.parametrize("fmt", list(Format))
def test_conn_check_is_answered(
    open_stream: Callable[[], Stream], socket: Socket, fmt: Format
) -> None:
    """By a connAck, whatever the format of the notifications."""
    open_stream()
    socket.messages.put(Codec().encode(ConnCheck(check_interval=30), fmt))

    assert socket.sent.get(timeout=PATIENCE) == b'{"connAck":{}}'


def test_conn_check_of_null_is_answered(open_stream: Callable[[], Stream], socket: Socket) -> None:
    """Null stands for an empty structure, as in the parameters of a long poll."""
    open_stream()
    socket.messages.put(b'{"connCheck":null}')

    assert socket.sent.get(timeout=PATIENCE) == b'{"connAck":{}}'
    assert violations(b'{"connCheck":null}', Format.JSON, "connCheck") == ()


def test_conn_check_and_conn_ack_of_the_server_are_kept_as_evidence(
    inbox: Inbox, open_stream: Callable[[], Stream], socket: Socket
) -> None:
    """In order, each with its bytes; generic checks judge their schema and no callbackData."""
    made = open_stream()
    socket.messages.put(b'{"connCheck":{"checkInterval":5}}')
    socket.messages.put(b'{"connAck":{"channelLifetime":60}}')
    made.check(ConnCheck(), Format.JSON, PATIENCE)

    kept = [each for each in inbox.reader.log.events() if isinstance(each, Notification)]

    assert [each.root for each in kept] == ["connCheck", "connAck"]
    assert kept[1].body == b'{"connAck":{"channelLifetime":60}}'
    results = list(every_event(kept, load_binding("oma-v1")))
    assert {(each.rule, each.outcome) for each in results} == {
        ("notification.schema", Outcome.PASSED)
    }


def test_conn_check_without_an_answer_ends_in_nothing(
    open_stream: Callable[[], Stream], socket: Socket
) -> None:
    """After its deadline; an answer is found before that."""
    made = open_stream()
    assert made.check(ConnCheck(), Format.JSON, 0.05) is None
    socket.messages.put(b'{"connAck":{"channelLifetime":60}}')
    answer = made.check(ConnCheck(), Format.JSON, PATIENCE)
    assert answer is not None
    assert answer.channel_lifetime == 60


def test_what_cannot_be_read_is_shown(
    open_stream: Callable[[], Stream], socket: Socket, box: Mailbox
) -> None:
    """As a notification with a problem, for a check to speak of."""
    open_stream()
    socket.messages.put(b"no notification")

    found = box.wait(lambda each: bool(each.problem), PATIENCE)

    assert found is not None


def test_end_of_the_connection_is_borne_several_times(
    open_stream: Callable[[], Stream],
    socket: Socket,
    box: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A message begins the count anew; after the last end it is known why nothing comes."""
    monkeypatch.setattr(stream, "_PAUSE", 0.0)
    made = open_stream()
    for message in (END, END, Codec().encode(event(box, "1"), Format.JSON), END, END, END):
        socket.messages.put(message)

    assert box.wait(of_session("1"), PATIENCE) is not None
    made._thread.join(PATIENCE)

    assert (made.trouble, made.lost, socket.opened) == (str(END), 5, 5)


@pytest.mark.parametrize(("end", "loss"), [(END, ""), (BROKEN, str(BROKEN))])
def test_what_breaks_off_may_lose_something(
    open_stream: Callable[[], Stream],
    socket: Socket,
    box: Mailbox,
    end: TargetError,
    loss: str,
) -> None:
    """What is closed does not: what was sent before that has arrived."""
    made = open_stream()
    for message in (end, Codec().encode(event(box, "1"), Format.JSON)):
        socket.messages.put(message)

    assert box.wait(of_session("1"), PATIENCE) is not None
    assert made.loss.reason == loss


def test_flood_ends_in_a_reason(
    open_stream: Callable[[], Stream], socket: Socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many messages, or bytes, are no conversation; the next test counts anew."""
    monkeypatch.setattr(stream, "_MOST_MESSAGES", 10)
    made = open_stream()
    for _ in range(11):
        socket.messages.put(b" ")

    made._thread.join(PATIENCE)

    assert made.trouble.startswith("the WebSocket brought 11 messages")
