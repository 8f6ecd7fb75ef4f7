"""The inbox takes what the target posts, tells mailboxes apart, and bears anything else."""

import gzip
import socket
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from urllib.parse import urlsplit

import pytest
import requests

from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.inbox import Inbox
from rcs_conformance.model.exchange import REDACTED, Notification, header
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatEventNotification, EventType
from rcs_conformance.wire import Codec
from tests.inbox.conftest import CANARY, CAP, OpenInbox

USER = "tel:+15550101"
PATIENCE = 5.0


def ended(session_id: str, fmt: Format = Format.XML) -> bytes:
    """The body of a notification that a session ended."""
    content = ChatEventNotification(event_type=EventType.SESSION_ENDED, session_id=session_id)
    return Codec().encode(content, fmt)


def of_session(session_id: str | None) -> "object":
    """Whether a notification is about a session."""
    return lambda found: getattr(found.content, "session_id", None) == session_id


def anything(_found: Notification) -> bool:
    """Whatever it is."""
    return True


def test_notification_gets_into_its_mailbox(inbox: Inbox, target: requests.Session) -> None:
    """It is answered 204 and read in the format of the subscription whose URL it came to."""
    mine, other = inbox.open(USER, Format.JSON), inbox.open(USER, Format.XML)
    taken = target.post(mine.url, ended("s", Format.JSON), headers={"Content-Type": "a/b"})
    assert (taken.status_code, taken.content) == (204, b"")
    (found,) = mine.arrived()
    assert (found.root, found.number, found.user) == ("chatEventNotification", 1, USER)
    assert found.content == ChatEventNotification(
        event_type=EventType.SESSION_ENDED, session_id="s"
    )
    assert (found.format, found.callback_data) == (Format.JSON, mine.callback_data)
    assert header(found.headers, "content-type") == "a/b"
    assert found.received.tzinfo is not None
    assert other.arrived() == ()
    assert mine.url != other.url
    assert mine.callback_data != other.callback_data


def test_unreadable_body_is_taken_with_its_problem(inbox: Inbox, target: requests.Session) -> None:
    """Whatever was posted is answered 204 and kept as it came."""
    mailbox = inbox.open(USER, Format.XML)
    for body in (b"\xff\x00", b"", b"<a/>", ended("s", Format.JSON)):
        assert target.post(mailbox.url, body).status_code == 204
    arrived = mailbox.arrived()
    assert [found.body for found in arrived[:3]] == [b"\xff\x00", b"", b"<a/>"]
    assert all(found.problem and not found.root and found.content is None for found in arrived)


def test_secrets_are_not_recorded(inbox: Inbox, target: requests.Session) -> None:
    """Neither the target's credentials nor what it echoes of ours."""
    mailbox = inbox.open(USER, Format.XML)
    headers = {"Authorization": "Basic dGFyZ2V0", "X-Token": f"Bearer {CANARY}"}
    target.post(mailbox.url, ended(f"s {CANARY}"), headers=headers)
    (found,) = mailbox.arrived()
    assert header(found.headers, "authorization") == REDACTED
    assert header(found.headers, "x-token") == f"Bearer {REDACTED}"
    assert CANARY not in repr(found)


def test_what_fits_no_mailbox_is_stray(inbox: Inbox, target: requests.Session) -> None:
    """An unknown path is not found, and a mailbox takes nothing but POST."""
    mailbox = inbox.open(USER, Format.XML)
    unknown = target.post(f"{mailbox.url}x", b"<a/>")
    removed = target.delete(mailbox.url)
    assert unknown.status_code == 404
    assert (removed.status_code, removed.headers["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert mailbox.arrived() == ()
    first, second = inbox.stray()
    assert first == f"POST {urlsplit(mailbox.url).path + 'x'!r}"
    assert second == "DELETE to a subscription's URL"


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_server_may_look_before_it_sends(
    inbox: Inbox, target: requests.Session, method: str
) -> None:
    """It finds that the URL is there; nothing is stray."""
    mailbox = inbox.open(USER, Format.XML)
    looked = target.request(method, mailbox.url)
    assert (looked.status_code, looked.content, inbox.stray()) == (200, b"", ())
    assert target.post(mailbox.url, ended("s")).status_code == 204


CODED = {
    "gzip": gzip.compress,
    "X-GZIP": gzip.compress,
    "deflate": zlib.compress,
    " deflate ": lambda body: zlib.compress(body, wbits=-15),
    "deflate, identity, gzip": lambda body: gzip.compress(zlib.compress(body)),
}


@pytest.mark.parametrize(("coding", "code"), CODED.items(), ids=CODED)
def test_content_codings_are_undone(
    inbox: Inbox, target: requests.Session, coding: str, code: Callable[[bytes], bytes]
) -> None:
    """A notification is read as it was before it was coded."""
    mailbox = inbox.open(USER, Format.XML)
    target.post(mailbox.url, code(ended("s")), headers={"Content-Encoding": coding.strip()})
    assert [each.body for each in mailbox.arrived()] == [ended("s")]


def test_coding_that_is_not_undone_is_refused(inbox: Inbox, target: requests.Session) -> None:
    """Unknown: 415 with those that are known; too much in it: 413; broken: taken as it came."""
    mailbox = inbox.open(USER, Format.XML)
    bomb = gzip.compress(b"x" * (CAP + 1))

    def post(body: bytes, coding: str) -> requests.Response:
        return target.post(mailbox.url, body, headers={"Content-Encoding": coding})

    unknown, large, broken = post(b"x", "br"), post(bomb, "gzip"), post(bomb[:20], "gzip")
    assert (unknown.status_code, unknown.headers["Accept-Encoding"]) == (415, "gzip, deflate")
    assert (large.status_code, broken.status_code) == (413, 204)
    assert [each.body for each in mailbox.arrived()] == [bomb[:20]]


def test_charset_of_a_notification_is_undone(inbox: Inbox, target: requests.Session) -> None:
    """That of Content-Type comes before that of the declaration."""
    mailbox = inbox.open(USER, Format.XML)
    body = ended("\u00e4").decode().encode("latin-1")  # its declaration says UTF-8
    target.post(mailbox.url, body, headers={"Content-Type": "application/xml; charset=latin1"})
    assert [getattr(each.content, "session_id", "") for each in mailbox.arrived()] == ["\u00e4"]


def test_too_large_body_is_refused(inbox: Inbox, target: requests.Session) -> None:
    """Beyond the cap 413; up to it all is taken."""
    mailbox = inbox.open(USER, Format.XML)
    assert target.post(mailbox.url, b"x" * CAP).status_code == 204
    where = urlsplit(mailbox.url)
    chunk = f"{CAP + 1:x}\r\n".encode() + b"x" * (CAP + 1)
    heads = {f"Content-Length: {CAP + 1}": b"", "Transfer-Encoding: chunked": chunk}
    for head, body in heads.items():
        with socket.create_connection((where.hostname, where.port), timeout=PATIENCE) as raw:
            raw.sendall(f"POST {where.path} HTTP/1.1\r\n{head}\r\n\r\n".encode() + body)
            assert raw.recv(100).startswith(b"HTTP/1.1 413 ")
    assert len(mailbox.arrived()) == 1


@pytest.mark.parametrize("strips", [True, False], ids=["prefix stripped", "prefix kept"])
@pytest.mark.parametrize("slash", ["", "/"])
def test_public_url_may_have_a_prefix(
    open_inbox: OpenInbox, target: requests.Session, slash: str, strips: bool
) -> None:
    """The target posts to a proxy, which passes on the path with its prefix or without."""
    inbox = open_inbox(f"https://proxy.example/to/us{slash}")
    mailbox = inbox.open(USER, Format.XML)
    prefix, _, own = urlsplit(mailbox.url).path.rpartition("/")
    assert mailbox.url.startswith("https://proxy.example/to/us/")
    assert prefix == "/to/us"
    path = f"/{own}" if strips else f"{prefix}/{own}"
    assert target.post(inbox.root + path, ended("s")).status_code == 204
    assert len(mailbox.arrived()) == 1


def test_listener_speaks_ipv6(open_inbox: OpenInbox, target: requests.Session) -> None:
    """Its URL has the address in brackets."""
    if not socket.has_dualstack_ipv6():
        pytest.skip("this machine has no IPv6")
    mailbox = open_inbox(host="::1").open(USER, Format.XML)
    assert mailbox.url.startswith("http://[::1]:")
    assert target.post(mailbox.url, ended("s")).status_code == 204


def test_what_is_there_is_not_waited_for(inbox: Inbox, target: requests.Session) -> None:
    """The first that matches is handed out, and it alone is kept as evidence."""
    mailbox = inbox.open(USER, Format.XML)
    for session_id in ("a", "b", "b"):
        target.post(mailbox.url, ended(session_id))
    found = mailbox.wait(of_session("b"), 0)  # type: ignore[arg-type]
    assert found is not None
    assert found.number == 2


def test_found_notification_is_evidence(
    inbox: Inbox, target: requests.Session, log: EvidenceLog
) -> None:
    """What was waited for stands in the evidence; what else arrived does not."""
    mailbox = inbox.open(USER, Format.XML)
    for session_id in ("a", "b"):
        target.post(mailbox.url, ended(session_id))
    found = mailbox.wait(of_session("b"), PATIENCE)  # type: ignore[arg-type]
    assert log.events() == (found,)


def test_waiting_ends_at_the_deadline(inbox: Inbox, target: requests.Session) -> None:
    """Where nothing that matches arrives; what does arrive prolongs nothing."""
    mailbox = inbox.open(USER, Format.XML)
    target.post(mailbox.url, ended("a"))
    started = time.monotonic()
    assert mailbox.wait(of_session("b"), 0.1) is None  # type: ignore[arg-type]
    assert 0.1 <= time.monotonic() - started < PATIENCE


def test_waiting_ends_at_arrival(inbox: Inbox, target: requests.Session) -> None:
    """Who waits is woken by what arrives; each notification is looked at once."""
    mailbox = inbox.open(USER, Format.XML)
    looked = [Event(), Event()]
    seen: list[int] = []

    def matches(found: Notification) -> bool:
        seen.append(found.number)
        looked[found.number > 1].set()
        return found.number == 3

    with ThreadPoolExecutor() as pool:
        waiting = pool.submit(mailbox.wait, matches, 60.0)
        target.post(mailbox.url, ended("a"))
        assert looked[0].wait(PATIENCE)
        target.post(mailbox.url, ended("b"))
        assert looked[1].wait(PATIENCE)
        target.post(mailbox.url, ended("c"))
        found = waiting.result(PATIENCE)
    assert found is not None
    assert seen == [1, 2, 3]


def test_several_wait_at_once(inbox: Inbox, target: requests.Session) -> None:
    """Each gets its own, on one mailbox or on several, whatever the order of arrival."""
    boxes = [inbox.open(USER, Format.XML), inbox.open("tel:+15550102", Format.JSON)]
    with ThreadPoolExecutor(8) as pool:
        waiting = {
            (box, name): pool.submit(box.wait, of_session(name), PATIENCE)  # type: ignore[arg-type]
            for box in boxes
            for name in ("a", "b", "c")
        }
        for name in ("c", "a", "b"):
            for box in boxes:
                target.post(box.url, ended(name, box.format))
        found = {key: future.result() for key, future in waiting.items()}
    for (box, name), notification in found.items():
        assert notification is not None
        assert notification.user == box.user
        assert getattr(notification.content, "session_id", None) == name


def test_matching_may_use_the_inbox(inbox: Inbox, target: requests.Session) -> None:
    """Nothing is locked while a match is decided: it may ask the target, which may post."""
    mailbox = inbox.open(USER, Format.XML)
    target.post(mailbox.url, ended("a"))

    def matches(found: Notification) -> bool:
        if found.number == 1:
            target.post(mailbox.url, ended("b"))
        return found.number == 2

    assert mailbox.wait(matches, PATIENCE) is not None


def test_clear_forgets_what_arrived(inbox: Inbox, target: requests.Session) -> None:
    """In all mailboxes; they go on working."""
    mailbox = inbox.open(USER, Format.XML)
    target.post(mailbox.url, ended("a"))
    assert len(mailbox.arrived()) == 1
    inbox.clear()
    assert mailbox.arrived() == ()
    target.post(mailbox.url, ended("b"))
    found = mailbox.wait(anything, PATIENCE)
    assert getattr(found and found.content, "session_id", None) == "b"


def test_junk_is_borne(inbox: Inbox, target: requests.Session) -> None:
    """Hundreds of stray requests leave the last few lines, each of them short."""
    mailbox = inbox.open(USER, Format.XML)
    root = inbox.root
    for number in range(300):
        target.post(f"{root}/{number}-{'x' * 2000}", b"junk")
    assert 0 < len(inbox.stray()) <= 50
    assert all(len(line) < 200 for line in inbox.stray())
    assert "/299-" in inbox.stray()[-1]
    for data in (b"\x16\x03\x01\x02", b"GET\r\n\r\n", b"POST / HTTP/1.1\r\nHost: \x00\r\n" * 50):
        where = (urlsplit(root).hostname, urlsplit(root).port)
        with (
            socket.create_connection(where, timeout=PATIENCE) as raw,
            suppress(ConnectionError),
        ):
            raw.sendall(data + b"\r\n\r\n")
            raw.recv(1000)
    assert target.post(mailbox.url, ended("s")).status_code == 204
