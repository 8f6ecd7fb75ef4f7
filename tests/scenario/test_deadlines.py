"""How long is waited, and what is told of what did not come."""

import time

import pytest

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatParticipantStatusNotification,
)
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.mailboxes.deadlines import Deadlines
from tests.scenario.conftest import OpenBed, OpenServer


def test_patience_ends_after_two_misses_and_comes_back() -> None:
    """Each kind has its own; one that came restores it."""
    deadlines = Deadlines(5.0)
    waits = []
    for _ in range(3):
        waits.append(deadlines.seconds("a"))
        deadlines.learn("a", came=False)
    assert waits == [5.0, 5.0, 1.0]
    assert deadlines.seconds("b") == 5.0
    deadlines.learn("a", came=True)
    assert deadlines.seconds("a") == 5.0


def test_what_never_comes_is_waited_for_less_and_less(
    open_server: OpenServer, open_bed: OpenBed
) -> None:
    """The third wait is short, and its absence says so."""
    bed = open_bed(open_server(), timeout=0.2)
    group = bed.groups.invited(GroupOffer(), Format.XML)
    started = time.monotonic()
    missing = [group.awaited(bed.alice, ChatEventNotification) for _ in range(4)]
    assert time.monotonic() - started < 1.5
    assert [each.waited for each in missing] == pytest.approx([0.2, 0.2, 0.04, 0.04])
    assert missing[0].content is None
    assert "no notification within 0.2 s" in missing[0].absence


def test_wait_ends_at_arrival(bed: TestBed) -> None:
    """What comes is handed out at once, and what else came is not told."""
    group = bed.groups.established(GroupOffer(), Format.JSON)
    started = time.monotonic()
    found = group.awaited(
        bed.alice,
        ChatParticipantStatusNotification,
        lambda content: any(
            each.status is ParticipantStatus.CONNECTED and each.address == bed.carol.address
            for each in content.participant
        ),
    )
    assert time.monotonic() - started < 4
    assert found.content is not None
    assert found.event is not None


@pytest.mark.parametrize("fmt", list(Format))
def test_unreadable_notifications_are_blamed(
    open_server: OpenServer, open_bed: OpenBed, fmt: Format
) -> None:
    """What cannot be read may be what was waited for: the format is to blame, not its clause."""
    bed = open_bed(open_server(), timeout=0.2)
    group = bed.groups.invited(GroupOffer(), fmt)
    mailbox = bed.mailboxes.of(bed.alice, fmt)
    mailbox.put((), b"?")
    with pytest.raises(Inconclusive) as caught:
        group.awaited(bed.alice, ChatEventNotification)
    clause = "TS-CHAT-5.14" if fmt is Format.XML else "TS-CHAT-5.15"
    assert (caught.value.cause, caught.value.clause) == (Cause.PRECONDITION, clause)


def test_new_example_begins_with_nothing(bed: TestBed) -> None:
    """Evidence and mail of the last one are forgotten; subscriptions stay."""
    bed.groups.invited(GroupOffer(), Format.XML)
    bed.begin_example()
    assert bed.log.events() == ()
    assert bed.mailboxes.of(bed.bob, Format.XML).arrived() == ()
    assert bed.log.events() == ()
    bed.groups.invited(GroupOffer(), Format.XML)
    assert all("POST subscriptions" not in str(each) for each in bed.log.events())
