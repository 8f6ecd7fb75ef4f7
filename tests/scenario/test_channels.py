"""Mailboxes that are filled by long polls: with replacement, refusal and comparison."""

from dataclasses import replace
from threading import enumerate as threads

import pytest

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatEventNotification
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Outcome
from rcs_conformance.scenario import TestBed
from rcs_conformance.target import NotificationMode
from tests.scenario.conftest import OpenBed, OpenServer

LONG_POLL, BOTH = "long-poll", "both"


def polling() -> list[str]:
    """The threads that poll."""
    names = ("polls of", "websocket of")
    return [each.name for each in threads() if each.name.startswith(names)]


@pytest.fixture
def stage_of_both(open_server: OpenServer, open_bed: OpenBed) -> TestBed:
    """A test bed whose users are told on both ways."""
    return open_bed(open_server(), mode=BOTH, timeout=1.0)


def mailbox_is_served(bed: TestBed, fmt: Format) -> None:
    """An invitation arrives; raises `Inconclusive` otherwise."""
    bed.groups.invited(GroupOffer(), fmt)


@pytest.mark.parametrize("fmt", list(Format))
@pytest.mark.parametrize("mode", [LONG_POLL, BOTH, "websocket", "callback,websocket"])
def test_notifications_arrive(
    open_server: OpenServer, open_bed: OpenBed, mode: str, fmt: Format
) -> None:
    """Without a listener, or beside one; the polls end with the test bed."""
    bed = open_bed(open_server(), mode=mode)
    mailbox_is_served(bed, fmt)
    assert len(polling()) == len(bed.actors) - 1
    assert bool(bed._inbox.root) is (mode not in (LONG_POLL, "websocket"))
    bed.close()
    assert polling() == []


@pytest.mark.parametrize(
    "name",
    [
        "polls-slow",
        "polls-single",
        "polls-empty-lists",
        "polls-empty-answers",
        "polls-no-content",
        "polls-null",
        "polls-need-parameters",
        "notifications-bare",
        "channels-short",
        "lists-unqualified",
        "lists-say-complete",
        "polls-empty-objects",
        "lists-of-one-bare",
        "resource-references",
        "relative-resource-urls",
        "chunked-answers",
    ],
)
@pytest.mark.parametrize("fmt", list(Format))
def test_freedoms_of_servers(
    open_server: OpenServer, open_bed: OpenBed, name: str, fmt: Format
) -> None:
    """However polls are held and answered, what is waited for arrives."""
    bed = open_bed(open_server(variations=(name,)), mode=LONG_POLL)
    for _ in range(2):
        group = bed.groups.established(GroupOffer(), fmt)
        group.finish()
        bed.begin_example()


@pytest.mark.parametrize(
    "name", ["sockets-check", "sockets-greet", "sockets-list", "second-sockets-beside"]
)
@pytest.mark.parametrize("fmt", list(Format))
def test_freedoms_of_sockets(
    open_server: OpenServer, open_bed: OpenBed, name: str, fmt: Format
) -> None:
    """Whatever a WebSocket brings beside notifications, what is waited for arrives."""
    bed = open_bed(open_server(variations=(name,)), mode="websocket")
    bed.groups.established(GroupOffer(), fmt).finish()


def test_channel_is_replaced_before_it_ends(open_server: OpenServer, open_bed: OpenBed) -> None:
    """A subscription whose channel will not last gives way to another one."""
    bed = open_bed(open_server(), mode=LONG_POLL)
    first = bed.mailboxes.subscription(bed.alice, Format.JSON)
    key = (bed.alice.address, Format.JSON, NotificationMode.LONG_POLL)
    polled = bed.mailboxes.channels._polled[key]
    ended = replace(polled.channel, made=polled.channel.made - 7200)
    again = replace(polled, channel=ended)
    bed.mailboxes.channels._polled[key] = again
    bed.mailboxes.channels._of_mailbox[first.mailbox] = again

    same = bed.mailboxes.subscription(bed.alice, Format.JSON)
    bed.begin_example()
    second = bed.mailboxes.subscription(bed.alice, Format.JSON)

    assert same is first
    assert second.mailbox.url != first.mailbox.url
    mailbox_is_served(bed, Format.JSON)


@pytest.mark.parametrize(
    ("name", "clause"),
    [
        ("channel-refused", "TS-NC-1.1"),
        ("channel-without-callback", "TS-NC-1.2"),
        ("polls-refused", "TS-NC-1.3"),
    ],
)
def test_useless_channel_is_blamed(
    open_server: OpenServer, open_bed: OpenBed, name: str, clause: str
) -> None:
    """Nothing that is missing is the fault of what should have been notified."""
    bed = open_bed(open_server(faults=(name,)), mode=LONG_POLL, timeout=1.0)
    with pytest.raises(Inconclusive) as caught:
        mailbox_is_served(bed, Format.JSON)
    assert caught.value.cause is Cause.PRECONDITION
    assert caught.value.clause == clause


def test_what_came_on_one_way_only_has_come(stage_of_both: TestBed) -> None:
    """A test finds it wherever it is; that it is nowhere else fails under a clause of its own."""
    bed, fmt = stage_of_both, Format.JSON
    group = bed.groups.established(GroupOffer(), fmt)
    assert all(each.outcome is Outcome.PASSED for each in bed.compared_notifications())
    lost = bed.mailboxes.of(bed.bob, fmt)
    lost.put = lambda *_arguments, **_options: None  # type: ignore[method-assign]

    group.finish()
    notified = group.awaited(bed.bob, ChatEventNotification)

    assert notified.content is not None
    failures = [each for each in bed.compared_notifications() if each.outcome is Outcome.FAILED]
    (failed,) = (each for each in failures if each.where.startswith("chatEventNotification"))
    assert failed.actual.startswith("delivered by long poll, not by POST")


def test_broken_channel_fails_the_comparison(open_server: OpenServer, open_bed: OpenBed) -> None:
    """Though everything comes on the other way."""
    bed = open_bed(open_server(faults=("polls-refused",)), mode=BOTH)
    bed.groups.established(GroupOffer(), Format.JSON)
    failed = [each for each in bed.compared_notifications() if each.outcome is Outcome.FAILED]
    assert {each.rule for each in failed} == {"ways.broken"}
    assert "a long poll was rejected" in failed[0].actual
