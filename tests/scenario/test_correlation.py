"""Tests that run side by side on the same users know their own chats."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.chat import GroupChatSessionInformation
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.scenario.preambles.groups import start_request
from rcs_conformance.scenario.setup.markers import Markers, marker_in
from tests.scenario.conftest import OpenBed, OpenServer

ROUNDS = 4
SILENT = GroupOffer(subject=None)
BY_SUBJECT = "invitation-without-subject"
ODD = ("ids-shared", "ids-beyond-ascii", "ids-long", "ids-signed", "bare-addresses")


def chats_of(bed: TestBed, offer: GroupOffer, together: Barrier) -> list[tuple[str, ...]]:
    """Starts chats one after the other, beside another test bed; the ids under which they are."""
    found = []
    for number in range(ROUNDS):
        together.wait(10)
        try:
            group = bed.groups.invited(offer, list(Format)[number % 2])
            for who in group.everyone:
                content = group.read(who).answer.content
                assert isinstance(content, GroupChatSessionInformation)
                assert content.subject == group.subject
            found.append(tuple(group.chat_id(who) for who in group.everyone))
        finally:
            bed.end_example()
    return found


def ids_of(chats: list[tuple[str, ...]]) -> set[str]:
    """All ids under which chats are known."""
    return {session_id for chat in chats for session_id in chat}


@pytest.mark.parametrize("variations", [(), *((name,) for name in ODD)], ids=str)
@pytest.mark.parametrize(
    "offer",
    [pytest.param(GroupOffer(), id="subject"), pytest.param(SILENT, id="no subject")],
)
def test_stages_side_by_side_take_no_chat_of_each_other(
    open_server: OpenServer, open_bed: OpenBed, offer: GroupOffer, variations: tuple[str, ...]
) -> None:
    """On the same users at the same time, in both formats, whatever the ids are like."""
    root = open_server(variations=variations)
    together = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(chats_of, open_bed(root), offer, together) for _ in range(2)]
        first, second = (each.result(60) for each in running)
    ids = [id_ for chat in (*first, *second) for id_ in set(chat)]
    assert len(set(ids)) == len(ids)
    if variations == ("ids-shared",):
        assert all(len(set(chat)) == 1 for chat in first)


def test_chats_with_and_without_subject_side_by_side(
    open_server: OpenServer, open_bed: OpenBed
) -> None:
    """A chat that has no subject is not mistaken for one that has."""
    root = open_server()
    together = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        running = [
            pool.submit(chats_of, open_bed(root), each, together) for each in (GroupOffer(), SILENT)
        ]
        first, second = (ids_of(each.result(60)) for each in running)
    assert not first & second


def test_chat_is_known_though_its_invitation_lost_the_subject(
    open_server: OpenServer, open_bed: OpenBed
) -> None:
    """Then the chat itself is asked, so that the loss is a failure of its own clause alone."""
    root = open_server(faults=(BY_SUBJECT,))
    together = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(chats_of, open_bed(root), GroupOffer(), together) for _ in "ab"]
        first, second = (ids_of(each.result(60)) for each in running)
    assert not first & second


@pytest.mark.parametrize("fmt", Format)
def test_group_of_a_person_is_not_taken_for_one_without_subject(bed: TestBed, fmt: Format) -> None:
    """It has a subject, though no marker; its invitation is there first."""
    bed.mailboxes.of(bed.bob, fmt)
    lunch = start_request(SILENT, (), "lunch", bed.alice, (bed.bob, bed.carol))
    foreign = bed.alice.send("POST", "groups", lunch, fmt=fmt)
    group = bed.groups.start(SILENT, fmt)
    group.created_by = replace(group.creation, number=foreign.number)
    found = group.invitation(bed.bob).content
    assert found is not None
    assert not found.subject


def test_messages_are_known_by_their_texts(bed: TestBed) -> None:
    """In two chats of the same users each text arrives where it was sent."""
    chats = [bed.groups.established(GroupOffer(), Format.JSON) for _ in range(2)]
    texts = [chat.say(chat.originator) for chat in chats]
    for chat, text in zip(chats, texts, strict=True):
        received = message_waits.message(chat, bed.bob, text).content
        assert received is not None
        assert received.session_id == chat.chat_id(bed.bob)
        assert message_waits.texts(chat, bed.bob) == [text]


def test_user_who_was_not_invited_knows_no_id(bed: TestBed) -> None:
    """What needs one is inconclusive, the invitation being to blame."""
    group = bed.groups.invited(GroupOffer(), Format.XML)
    with pytest.raises(Inconclusive, match="no session id is known") as caught:
        group.read(bed.dave)
    assert caught.value.clause == "UNI-CHT-007b.1"


@pytest.mark.parametrize(
    ("fault", "clause"),
    [
        ("start-takes-one-recipient", "UNI-CHT-002b.1"),
        ("start-returns-no-id", "UNI-CHT-002b.2"),
        ("invitation-kept-from-last", "UNI-CHT-007b.1"),
    ],
)
def test_what_stands_in_the_way_is_named(
    open_server: OpenServer, open_bed: OpenBed, fault: str, clause: str
) -> None:
    """A chat that cannot be had is inconclusive, with the clause that failed."""
    bed = open_bed(open_server(faults=(fault,)), timeout=1.0)
    with pytest.raises(Inconclusive) as caught:
        bed.groups.invited(GroupOffer(), Format.XML)
    assert (caught.value.cause, caught.value.clause) == (Cause.PRECONDITION, clause)


def test_missing_fourth_user_is_the_testers_business(bed: TestBed) -> None:
    """Three users are enough for all but what needs a fourth."""
    bed.actors = bed.actors[:3]
    with pytest.raises(Inconclusive, match="fourth user") as caught:
        _ = bed.dave
    assert caught.value.cause is Cause.CONFIGURATION


def test_markers_are_found_whatever_became_of_them() -> None:
    """In any case, cut behind, with other text around; and each only once."""
    markers = Markers()
    one, other = markers.next(), markers.next()
    assert one != other
    assert marker_in(f"x {one.upper()} talk") == one
    assert marker_in(one) == one
    assert marker_in(None) is None
    assert marker_in("talk") is None
    assert Markers().next() != one
