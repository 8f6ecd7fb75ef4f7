"""The evidence: events in order, and no secret in any form."""

from datetime import UTC, datetime
from threading import Thread

import pytest

from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.exchange import REDACTED, Notification
from rcs_conformance.model.formats import Format


def notification(number: int, body: bytes = b"") -> Notification:
    """What arrived as the event of a number."""
    return Notification(
        number=number,
        user="tel:+1",
        format=Format.XML,
        callback_data="",
        received=datetime(2026, 1, 1, tzinfo=UTC),
        headers=(),
        body=body,
        root="",
        content=None,
    )


def test_events_stand_in_order_of_their_numbers() -> None:
    """Numbers are handed out on arrival; events may be added later and in any order."""
    log = EvidenceLog()
    numbers = [log.next_number() for _ in range(3)]
    for number in reversed(numbers):
        log.add(notification(number))
    assert [event.number for event in log.events()] == numbers == [1, 2, 3]


def test_known_event_is_kept_once() -> None:
    """The later record of a number replaces the earlier."""
    log = EvidenceLog()
    log.add(notification(1, b"a"))
    log.add(notification(1, b"b"))
    assert log.events() == (notification(1, b"b"),)


def test_clear_forgets_all() -> None:
    """A new example has no events, and its numbers begin anew."""
    log = EvidenceLog()
    log.add(notification(log.next_number()))
    log.clear()
    assert log.events() == ()
    assert log.next_number() == 1


def test_numbers_are_handed_out_once() -> None:
    """However many threads ask."""
    log = EvidenceLog()
    found: list[int] = []
    threads = [
        Thread(target=lambda: found.extend([log.next_number() for _ in range(200)]))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == list(range(1, 1601))


@pytest.mark.parametrize(
    ("secrets", "data", "expected"),
    [
        (["secret"], b"a secret, secretly", b"a ***, ***ly"),
        (["abcd", "abcdef"], b"abcdef abcd", b"*** ***"),
        (["a/b&c d"], b"a%2Fb%26c%20d a%2fb%26c%20d a/b&amp;c d a\\/b&c d", b"*** *** *** ***"),
        (['a"bc'], b'a&quot;bc a\\"bc', b"*** ***"),
        (["abc", ""], b"abc", b"abc"),
        (["\xe9\xe9\xe9\xe9"], "\xe9\xe9\xe9\xe9".encode(), b"***"),
        (["secret"], b"\xff\xfe", b"\xff\xfe"),
    ],
)
def test_secrets_are_redacted(secrets: list[str], data: bytes, expected: bytes) -> None:
    """In all forms a target may send them back in; the longest first; the shortest not at all."""
    log = EvidenceLog(secrets)
    assert log.redacted(data) == expected
    text = data.decode(errors="surrogateescape")
    assert log.redacted_text(text).encode(errors="surrogateescape") == expected
    assert REDACTED == "***"


def test_secrets_may_be_learned_later() -> None:
    """A token that was fetched meanwhile is redacted like the others, the longest first."""
    log = EvidenceLog(["abcd"])
    assert log.redacted(b"abcdef abcd") == b"***ef ***"
    log.learn("abcdef", "x y/z", "abc")
    assert log.redacted(b"abcdef abcd abc x+y%2Fz x%20y%2Fz") == b"*** *** abc *** ***"


def test_what_was_looked_at_is_no_event_until_a_finding_needs_it() -> None:
    """It is in everything, in order, but is not judged by itself; `clear` forgets it, too."""
    log = EvidenceLog()
    log.consider(notification(1))
    log.add(notification(2))
    assert log.events() == (notification(2),)
    assert log.everything() == (notification(1), notification(2))
    log.clear()
    assert log.everything() == ()
