"""1-to-1 chats in the test bed: known again, blamed where they should be, named in several ways."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.chat import ChatSessionInformation
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.scenario.situations import recipient_names
from rcs_conformance.scenario.situations.session_events import ALL, SessionEvent
from rcs_conformance.strategies import COMBINATIONS
from tests.scenario.conftest import OpenBed, OpenServer

SILENT = SessionOffer(subject=None)
BOTH = SessionOffer(first="good morning")


def sessions_of(bed: TestBed, offers: tuple[SessionOffer, ...], together: Barrier) -> list[str]:
    """Starts sessions beside another test bed; the ids under which they are known."""
    found = []
    for number, offer in enumerate(offers):
        together.wait(10)
        try:
            session = bed.sessions.established(offer, list(Format)[number % 2])
            for who in session.everyone:
                content = session.read(who).answer.content
                assert isinstance(content, ChatSessionInformation)
                assert content.subject == session.subject
                found.append(session.chat_id(who))
        finally:
            bed.end_example()
    return found


def test_stages_side_by_side_take_no_session_of_each_other(
    open_server: OpenServer, open_bed: OpenBed
) -> None:
    """On the same users at the same time, with and without subject and first message."""
    root = open_server()
    together = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        running = [
            pool.submit(sessions_of, open_bed(root), COMBINATIONS[::step], together)
            for step in (1, -1)
        ]
        first, second = (each.result(60) for each in running)
    assert len({*first, *second}) == len(first) + len(second)


@pytest.mark.parametrize(
    ("fault", "offer"),
    [
        ("session-invitation-without-subject", SessionOffer()),
        ("invitation-drops-subject-for-first-message", BOTH),
        ("invitation-puts-first-message-for-subject", replace(BOTH, subject=None)),
        ("session-invitation-subject-invented", SILENT),
    ],
)
def test_session_is_known_whatever_became_of_its_subject(
    open_server: OpenServer, open_bed: OpenBed, fault: str, offer: SessionOffer
) -> None:
    """By its first message, or by asking the session itself."""
    bed = open_bed(open_server(faults=(fault,)))
    session = bed.sessions.invited(offer, Format.JSON)
    assert session.chat_id(bed.bob)


@pytest.mark.parametrize(
    ("fault", "clause"),
    [
        ("session-refused", "UNI-CHT-001.1"),
        ("session-returns-no-id", "UNI-CHT-001.1"),
        ("session-invitation-lost", "UNI-CHT-007a.1"),
        ("session-accept-refused", "UNI-CHT-008a.1"),
    ],
)
def test_what_stands_in_the_way_is_named(
    open_server: OpenServer, open_bed: OpenBed, fault: str, clause: str
) -> None:
    """A session that cannot be had is inconclusive, with the clause that failed."""
    bed = open_bed(open_server(faults=(fault,)), timeout=1.0)
    with pytest.raises(Inconclusive) as caught:
        bed.sessions.established(SessionOffer(), Format.XML)
    assert (caught.value.cause, caught.value.clause) == (Cause.PRECONDITION, clause)


def test_ids_that_nobody_told_are_blamed_on_who_should_have_told_them(
    open_server: OpenServer, open_bed: OpenBed
) -> None:
    """The answer to the originator, the invitation that did not come, or one without an id."""
    root = open_server(faults=("session-invitation-without-id-and-link",))
    bed = open_bed(root, timeout=1.0)
    session = bed.sessions.started(SessionOffer(), Format.XML)
    for clause in ("UNI-CHT-007a.1", "UNI-CHT-007a.6"):
        with pytest.raises(Inconclusive, match="no session id is known") as caught:
            session.read(bed.bob)
        assert caught.value.clause == clause
        session.invitation()
    assert session.read_by_recipient() is None
    session.ids.clear()
    with pytest.raises(Inconclusive, match="no session id is known") as caught:
        session.read(bed.alice)
    assert caught.value.clause == "UNI-CHT-001.1"


@pytest.mark.parametrize("fault", ["sip-recipient-refused", "sip-recipient-not-told"])
def test_trial_fails_on_account_of_what_is_tried(
    open_server: OpenServer, open_bed: OpenBed, fault: str
) -> None:
    """An ordinary session fares better, so the trial is handed back to be judged."""
    bed = open_bed(open_server(faults=(fault,)), timeout=1.0)
    whom, spelled = recipient_names.by_sip(bed)
    session = bed.sessions.trial(SessionOffer(), Format.XML, to=whom, spelled=spelled)
    rejected = session.creation.answer.status == 400
    assert rejected or session.invitation().content is None


@pytest.mark.parametrize(
    ("fault", "clause"),
    [("session-refused", "UNI-CHT-001.1"), ("session-invitation-lost", "UNI-CHT-007a.1")],
)
def test_trial_is_inconclusive_where_nothing_fares_better(
    open_server: OpenServer, open_bed: OpenBed, fault: str, clause: str
) -> None:
    """Then it is not on account of what is tried."""
    bed = open_bed(open_server(faults=(fault,)), timeout=1.0)
    with pytest.raises(Inconclusive) as caught:
        bed.sessions.trial(SILENT, Format.XML)
    assert caught.value.clause == clause


def test_recipient_is_called_what_the_target_file_says(bed: TestBed) -> None:
    """By MSISDN, SIP URI and contact; all of them are names of the same user."""
    found = [
        recipient_names.by_msisdn(bed),
        recipient_names.by_sip(bed),
        recipient_names.by_contact(bed),
    ]
    assert {who for who, _ in found} == {bed.bob}
    assert tuple(spelled for _, spelled in found) == recipient_names.names_of(bed.bob)


def test_names_that_the_target_file_lacks_are_the_testers_business(bed: TestBed) -> None:
    """Without them the clause cannot be tested."""
    for actor in bed.actors:
        actor.user = replace(actor.user, address="mailto:x@example.com", sip=None, contact=None)
    for named in (recipient_names.by_msisdn, recipient_names.by_sip, recipient_names.by_contact):
        with pytest.raises(Inconclusive) as caught:
            named(bed)
        assert caught.value.cause is Cause.CONFIGURATION


@pytest.mark.parametrize("session_event", ALL, ids=lambda each: each.name)
def test_happenings_are_told(bed: TestBed, session_event: SessionEvent) -> None:
    """To the one of the two who did not bring them about."""
    session = session_event.before(bed, Format.JSON)
    session_event.act(session)
    assert session_event.notification(session).content is not None


def test_adhoc_messages_of_others_are_left_alone(bed: TestBed) -> None:
    """Those of another example are not among the texts that were sent in this one."""
    chat = bed.adhoc.between(Format.XML)
    other, own = chat.say(bed.alice), chat.say(bed.alice)
    assert [each.chat_message for each in message_waits.before(chat, bed.bob, own)] != []
    got = message_waits.texts(chat, bed.bob)
    assert other in got
    assert message_waits.of_those([own], got) == [own]
    assert chat.invitations(bed.bob, own) == ()
