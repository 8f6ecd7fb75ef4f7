"""Subscriptions that one process holds for all: a host, and beds that ask it."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from multiprocessing import Pipe
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, cast

import pytest

from rcs_conformance.catalogue import Catalogue
from rcs_conformance.checks.judging import succeeded
from rcs_conformance.driver import LongPoll
from rcs_conformance.errors import Cause, HarnessError, Inconclusive, TargetError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.inbox import Mailbox
from rcs_conformance.model.chat import ChatSubscriptionList
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import GroupChatSessionInvitationNotification
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.plugin.options import embedded_target
from rcs_conformance.scenario import TestBed, TestBedSettings, subscription_host
from rcs_conformance.scenario.environment import Environment
from rcs_conformance.scenario.mailboxes.channels import Elsewhere
from rcs_conformance.scenario.mailboxes.shared import Api, Held, Wanted
from rcs_conformance.scenario.setup import chat_lock
from rcs_conformance.scenario.subscription_host import Guest, SubscriptionHost
from rcs_conformance.target import NotificationMode, Notifications
from rcs_conformance.wire.vocabulary import dialect
from tests.scenario.conftest import OpenServer

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Beds = tuple[TestBed, TestBed]
OpenBeds = Callable[..., Beds]


@pytest.fixture
def open_beds(open_server: OpenServer, tmp_path: Path, catalogue: Catalogue) -> Iterator[OpenBeds]:
    """Opens two beds, as of two processes, with one host between them."""
    with ExitStack() as opened:

        def open_beds(mode: NotificationMode = NotificationMode.CALLBACK, *faults: str) -> Beds:
            received = Notifications(modes=(mode,))
            target = replace(embedded_target(open_server(faults)), notifications=received)
            target = target.with_implied_claims()
            binding = dialect(target.binding)
            plain = TestBedSettings(lock_file=tmp_path / "lock", catalogue=catalogue)
            pipes = [Pipe(), Pipe()]
            environment = Environment(target, binding, EvidenceLog(), replace(plain, hosts=True))
            host = SubscriptionHost(environment, [each[0] for each in pipes])
            thread = Thread(target=host.run)
            thread.start()
            opened.callback(environment.close)
            opened.callback(thread.join)
            first, second = (
                TestBed(target, binding, EvidenceLog(), replace(plain, host=pipe))
                for _, pipe in pipes
            )
            opened.enter_context(closing(first))
            opened.enter_context(closing(second))
            return first, second

        yield open_beds


@pytest.mark.parametrize(
    "mode",
    [NotificationMode.CALLBACK, NotificationMode.LONG_POLL, NotificationMode.WEBSOCKET],
)
def test_one_subscription_serves_several_processes(
    open_beds: OpenBeds, mode: NotificationMode
) -> None:
    """Each is notified of its own chats, by texts and by ids."""
    beds = open_beds(mode)
    groups = [bed.groups.established(GroupOffer(), Format.JSON) for bed in beds]
    listed = beds[0].mailboxes.list_subscriptions(beds[0].bob, Format.JSON).answer.content
    assert isinstance(listed, ChatSubscriptionList)
    assert len(listed.chat_notification_subscription) == 1
    for bed, group in zip(beds, groups, strict=True):
        arrived = bed.mailboxes.of(bed.bob, Format.JSON).arrived()
        mine = [each for each in arrived if group.marker.encode() in each.body]
        assert mine
        others = [each.body for each in arrived if b"Invitation" in each.body]
        assert len(others) == len([each for each in mine if b"Invitation" in each.body])


def test_both_formats_are_kept(open_beds: OpenBeds) -> None:
    """Whichever is asked for in between."""
    bed, _ = open_beds()
    made = [bed.mailboxes.subscription(bed.bob, fmt).id for fmt in (*Format, *Format)]
    assert made[:2] == made[2:]


def test_transfers_are_shared_as_well(open_beds: OpenBeds) -> None:
    """Their subscriptions are to another API."""
    one, other = open_beds()
    urls = {bed.transfer_mailboxes.of(bed.bob, Format.XML).url for bed in (one, other)}
    assert len(urls) == 1


def _number_listed(bed: TestBed) -> int:
    listed = bed.mailboxes.list_subscriptions(bed.bob, Format.JSON).answer.content
    assert isinstance(listed, ChatSubscriptionList)
    return len(listed.chat_notification_subscription)


def _becomes(read: Callable[[], int], expected: int) -> bool:
    """Whether a number is as expected within ten seconds."""
    deadline = time.monotonic() + 10
    while read() != expected:
        if time.monotonic() > deadline:
            return False
    return True


def test_subscription_that_a_test_leaves_ends_with_its_example(open_beds: OpenBeds) -> None:
    """The one that lasts for the run stays."""
    bed, _ = open_beds()
    bed.mailboxes.of(bed.bob, Format.JSON)
    bed.mailboxes.subscribed(bed.bob, Format.JSON)
    assert _number_listed(bed) == 2
    bed.begin_example()
    assert _becomes(lambda: _number_listed(bed), 1)


def test_subscription_that_no_process_wants_ends_and_is_made_anew(
    open_beds: OpenBeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The target sends everything once, and not in the format that no test is about."""
    monkeypatch.setattr(subscription_host, "_UNWANTED", 0.0)
    bed, other = open_beds()
    for fmt in Format:
        bed.mailboxes.of(bed.bob, fmt)
    bed.begin_example()
    bed.mailboxes.of(bed.bob, Format.XML)
    bed.begin_example()
    bed.mailboxes.of(bed.bob, Format.XML)
    assert _becomes(lambda: _number_listed(bed), 1)
    group = other.groups.invited(GroupOffer(), Format.JSON)
    assert _number_listed(other) == 2
    assert group.invitation(other.bob).content is not None


def test_channel_that_broke_is_replaced_for_good(
    open_beds: OpenBeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How the old one fares concerns no one; what it may have lost stays lost in the example."""
    looks, broken = [0], [True]
    looked, polled = SubscriptionHost._look, LongPoll.ask

    def look(host: SubscriptionHost) -> None:
        looked(host)
        looks[0] += 1

    def ask(polls: LongPoll) -> Exchange:
        if broken:
            raise TargetError("reset")
        return polled(polls)

    monkeypatch.setattr(subscription_host, "_AWHILE", 0.02)
    monkeypatch.setattr(SubscriptionHost, "_look", look)
    monkeypatch.setattr(LongPoll, "ask", ask)
    bed, _ = open_beds(NotificationMode.LONG_POLL)
    channels = bed.mailboxes.channels
    old = bed.mailboxes.of(bed.bob, Format.JSON)
    assert _becomes(lambda: int(bool(channels.trouble(old))), 1)
    broken.clear()
    new = bed.mailboxes.of(bed.bob, Format.JSON)
    told: list[str] = []
    note = channels.note_elsewhere

    def noted(mailbox: Mailbox, state: Elsewhere) -> None:
        told.append(state.trouble)
        note(mailbox, state)

    monkeypatch.setattr(channels, "note_elsewhere", noted)
    seen = looks[0]
    assert _becomes(lambda: min(looks[0] - seen, 5), 5)

    assert not any(told)
    assert bed.mailboxes.of(bed.bob, Format.JSON) is new
    assert channels.loss(new) == "a long poll got no response: reset"
    bed.begin_example()
    assert not channels.loss(new)
    bed.groups.invited(GroupOffer(), Format.JSON, invite=(bed.bob,))


def test_rejected_subscription_is_told_to_who_asks(open_beds: OpenBeds) -> None:
    """As if the process had asked the target itself."""
    bed, _ = open_beds(NotificationMode.CALLBACK, "file-subscription-refused")
    with pytest.raises(Inconclusive) as caught:
        bed.transfer_mailboxes.of(bed.bob, Format.XML)
    assert (caught.value.cause, caught.value.clause) == (Cause.PRECONDITION, "UNI-FLT-005.1")


def test_end_of_the_host_is_an_error(open_beds: OpenBeds) -> None:
    """And no failure of the target."""
    bed, other = open_beds()
    bed.mailboxes.close()
    with pytest.raises(HarnessError, match="has ended"):
        bed.mailboxes.of(bed.bob, Format.XML)
    other.mailboxes.of(other.bob, Format.XML)


class Overtaken:
    """The end of a pipe at which something else is to be sent while the first message leaves."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.meanwhile = Thread()

    def send_bytes(self, message: bytes) -> None:
        """Begin the other one; it is in no hurry."""
        self.sent.append(bytes(message))
        if len(self.sent) == 1:
            self.meanwhile.start()


def test_no_notification_passes_by_who_was_just_admitted() -> None:
    """One that arrives while the process learns of its subscription is sent after that."""
    wanted = Wanted(Api.CHAT, "tel:+15550100", Format.JSON)
    held = Held(wanted=wanted, url="", callback_data="", creation=cast("Exchange", None))
    pipe = Overtaken()
    guest = Guest(cast("Connection", pipe))
    pipe.meanwhile = Thread(target=guest.deliver, args=(wanted, b"notification"))

    guest.admit(held)
    pipe.meanwhile.join()

    assert pipe.sent[1:] == [b"notification"]


def test_chats_that_no_text_tells_apart_follow_each_other_within_examples(
    open_beds: OpenBeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the first is known by its ids, another process starts the like; neither is mistaken."""
    monkeypatch.setattr(chat_lock, "_SECONDS", 5.0)
    offers = GroupOffer(subject=None), SessionOffer(subject=None)
    one, other = open_beds()
    found: list[str] = []
    for fmt in Format:
        for bed in (one, other):
            group = bed.groups.invited(offers[0], fmt)
            session = bed.sessions.invited(offers[1], fmt)
            found += [group.chat_id(who) for who in group.everyone]
            found += [session.chat_id(who) for who in session.everyone]
            assert all(succeeded(group.read(who)) for who in group.everyone)
            assert all(succeeded(session.read(who)) for who in session.everyone)
    assert len({*found}) == len(found)


def test_invitation_from_before_is_to_no_chat_that_a_text_does_not_tell(
    open_beds: OpenBeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The host may hand on to a process only now what came for another one before."""
    one, other = open_beds()
    came = one.groups.invited(GroupOffer(subject=None), Format.JSON).invitation(one.bob)
    assert came.notification is not None
    mailbox = other.mailboxes.of(other.bob, Format.JSON)
    group = other.groups.started(GroupOffer(subject=None), Format.JSON)
    mailbox.clear()
    mailbox.take(came.notification)
    deadlines = other.mailboxes.arrivals.deadlines
    monkeypatch.setattr(deadlines, "present", lambda: (0.0, True, ""))
    found = other.mailboxes.awaited(
        other.bob,
        Format.JSON,
        GroupChatSessionInvitationNotification,
        lambda _: True,
        after=group.creation.number,
        since=group.creation.started,
    )
    assert found.content != came.content
