"""How long is waited, and what is told of what did not come."""

import time
from functools import partial

import pytest

from rcs_conformance.checks import long_lived_groups
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatParticipantStatusNotification,
)
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.mailboxes.deadlines import Deadlines, needing
from tests.scenario.conftest import OpenBed, OpenServer

FIRST, SECOND = "UNI-CHT-007a.1", "UNI-CHT-020.1"


def begun(*clauses: str) -> Deadlines:
    """Deadlines of a run in which a test of clauses begins."""
    deadlines = Deadlines(5.0)
    deadlines.experience.begin(clauses, Format.XML)
    return deadlines


def test_misses_alone_shorten_nothing() -> None:
    """Whoever could still fail has the whole time."""
    deadlines = begun(FIRST)
    deadlines.experience.miss()
    assert deadlines.seconds() == 5.0


def test_wait_is_short_once_all_clauses_of_the_test_have_failed() -> None:
    """Until then it has the whole time."""
    deadlines = begun(FIRST, SECOND)
    waits = []
    for clause in (FIRST, SECOND):
        deadlines.experience.fail(clause)
        waits.append(deadlines.seconds())
    assert waits == [5.0, 1.0]


def test_deadline_is_five_times_the_slowest_notification() -> None:
    """If that is more than the target file gives."""
    deadlines = begun(FIRST)
    for seconds in (1.5, 0.1):
        deadlines.experience.arrive(seconds)
    assert deadlines.seconds() == 7.5


def test_tests_without_a_verdict_make_the_like_short() -> None:
    """The same clauses in the same format, once the clause in the way has failed."""
    deadlines = begun(SECOND)
    experience = deadlines.experience
    experience.miss()
    experience.end(FIRST)
    waits = []
    for fmt in (Format.XML, Format.JSON):
        experience.begin([SECOND], fmt)
        waits.append(deadlines.seconds())
        experience.fail(FIRST)
    experience.begin([SECOND], Format.XML)
    assert (waits, deadlines.seconds(), experience.obstacle) == ([5.0, 5.0], 1.0, FIRST)


def test_wait_for_what_a_test_needs_is_short_once_its_clause_has_failed() -> None:
    """And the miss is attributed to that clause; other waits of the test have the whole time."""
    deadlines = begun(SECOND)
    with needing(FIRST):
        waits = [deadlines.present()]
    deadlines.experience.fail(FIRST)
    with needing(FIRST):
        waits.append(deadlines.present())
    waits.append(deadlines.present())
    assert waits == [(5.0, True, ""), (1.0, False, FIRST), (5.0, True, "")]


def test_further_examples_of_a_test_wait_no_more() -> None:
    """Once one had no verdict, since a notification did not come; the next test begins anew."""
    deadlines = begun(SECOND)
    deadlines.experience.miss()
    deadlines.experience.obstruct(FIRST)
    waits = [deadlines.seconds()]
    deadlines.experience.begin([SECOND], Format.XML)
    assert [*waits, deadlines.seconds()] == [0.0, 5.0]


def test_precondition_without_a_miss_shortens_nothing() -> None:
    """A request was rejected; no notification was waited for."""
    deadlines = begun(SECOND)
    deadlines.experience.fail(FIRST)
    deadlines.experience.end(FIRST)
    assert deadlines.seconds() == 5.0


def test_processes_learn_from_each_other() -> None:
    """What one has learned is told once, and counts in the other as its own."""
    one, other = begun(SECOND).experience, begun(SECOND)
    one.miss()
    one.end(FIRST)
    one.fail(FIRST)
    one.arrive(2.0)
    other.experience.absorb(one.news())
    assert not one.news()
    assert not other.experience.news()
    assert other.seconds() == pytest.approx(2.0)


def test_miss_after_a_known_obstacle_is_no_failure(
    open_server: OpenServer, open_bed: OpenBed
) -> None:
    """What was not waited for in full is attributed to the clause that has failed."""
    bed = open_bed(open_server(), timeout=0.3)
    group = bed.groups.invited(GroupOffer(), Format.XML)
    experience = bed.mailboxes.arrivals.deadlines.experience
    experience.begin([SECOND], Format.XML)
    assert group.awaited(bed.alice, ChatEventNotification).content is None
    experience.end(FIRST)
    experience.fail(FIRST)
    with pytest.raises(Inconclusive, match="stood in the way") as caught:
        group.awaited(bed.alice, ChatEventNotification)
    assert caught.value.clause == FIRST


def test_miss_is_told_with_its_deadline(open_server: OpenServer, open_bed: OpenBed) -> None:
    """In a test that can still fail."""
    bed = open_bed(open_server(), timeout=0.2)
    group = bed.groups.invited(GroupOffer(), Format.XML)
    missing = group.awaited(bed.alice, ChatEventNotification)
    assert missing.content is None
    assert f"no notification within {missing.waited:g} s" in missing.absence
    assert missing.waited >= 0.2


def test_wait_ends_at_arrival(open_server: OpenServer, open_bed: OpenBed) -> None:
    """What comes is handed out at once, and what else came is not told."""
    bed = open_bed(open_server(), timeout=60.0)
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
    assert time.monotonic() - started < 30
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


def test_unreadable_notifications_make_further_examples_short(
    open_server: OpenServer, open_bed: OpenBed
) -> None:
    """They are a miss like any other, or each example of a test would wait in full for the like."""
    bed = open_bed(open_server(), timeout=0.2)
    group = bed.groups.invited(GroupOffer(), Format.JSON)
    bed.mailboxes.of(bed.alice, Format.JSON).put((), b"?")
    with pytest.raises(Inconclusive) as caught:
        group.awaited(bed.alice, ChatEventNotification)
    deadlines = bed.mailboxes.arrivals.deadlines
    deadlines.experience.obstruct(caught.value.clause)
    assert deadlines.seconds() == 0.0


def test_new_example_begins_with_nothing(bed: TestBed) -> None:
    """Evidence and mail of the last one are forgotten; subscriptions stay."""
    bed.groups.invited(GroupOffer(), Format.XML)
    bed.begin_example()
    assert bed.log.events() == ()
    assert bed.mailboxes.of(bed.bob, Format.XML).arrived() == ()
    assert bed.log.events() == ()
    bed.groups.invited(GroupOffer(), Format.XML)
    assert all("POST subscriptions" not in str(each) for each in bed.log.events())


def test_additions_that_do_not_come_are_waited_for_once(
    open_server: OpenServer, open_bed: OpenBed
) -> None:
    """Where they could add nothing to a reading that shows what is checked."""
    bed = open_bed(open_server())
    group = bed.long_lived.started(GroupOffer(), Format.JSON)
    read = group.read(group.originator)
    subject = partial(long_lived_groups.subject, read)
    shown, missing = subject((), group.subject or ""), subject((), "another")
    found = [len(group.additions_beside(shown))]
    bed.mailboxes.arrivals.deadlines.experience.fail("UNI-CHT-032.1")
    found += [len(group.additions_beside(each)) for each in (shown, missing)]
    assert found == [2, 0, 2]
