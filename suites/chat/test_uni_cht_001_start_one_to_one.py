"""UNI-CHT-001: start a 1-to-1 chat with one recipient, with a subject or without."""

import pytest
from hypothesis import given

from rcs_conformance.checks import (
    creations,
    group_creation,
    invitations,
    one_to_one_sessions,
    participation,
    received_messages,
)
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.scenario.situations import recipient_names
from rcs_conformance.strategies import session_offers, with_session_subject_corners


@pytest.mark.requirement("UNI-CHT-001.1")
def test_session_is_created_and_identified(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A 1-to-1 chat is created; the response identifies its session, which is found there.

    Stimulus: POST with one recipient, then GET of the returned URL.
    """
    session = bed.sessions.start(SessionOffer(), fmt)

    clause = "UNI-CHT-001.1"
    verify(one_to_one_sessions.started(session.creation))
    verify(creations.identified(session.creation, bed.path("oneToOneSession"), clause))
    verify(creations.found(session.read(bed.alice), clause))


@pytest.mark.requirement("UNI-CHT-001.2")
def test_recipient_is_an_msisdn(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A recipient given as a tel: URI is shown as such and is invited.

    Stimulus: POST with a tel: URI as the recipient.
    """
    whom, spelled = recipient_names.by_msisdn(bed)
    otherwise = bed.bob.user.sip or ""
    session = bed.sessions.trial(SessionOffer(), fmt, to=whom, spelled=spelled, otherwise=otherwise)

    clause, names = "UNI-CHT-001.2", recipient_names.names_of(whom)
    verify(one_to_one_sessions.started(session.creation, clause, "with a tel: URI"))
    verify(
        invitations.arrived(session.invitation(), clause),
        one_to_one_sessions.recipient(session.read(bed.alice), names, clause),
    )


@pytest.mark.requirement("UNI-CHT-001.3")
def test_recipient_is_a_sip_uri(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A recipient given as a SIP URI is invited.

    Stimulus: POST with the SIP URI of a user as the recipient.
    """
    whom, spelled = recipient_names.by_sip(bed)
    session = bed.sessions.trial(SessionOffer(), fmt, to=whom, spelled=spelled)

    clause = "UNI-CHT-001.3"
    verify(one_to_one_sessions.started(session.creation, clause, "with a SIP URI"))
    verify(invitations.arrived(session.invitation(), clause))


@pytest.mark.requirement("UNI-CHT-001.4")
def test_recipient_is_a_contact(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A recipient given as an address-book reference is invited.

    Stimulus: POST with the address-book reference of a user as the recipient.
    """
    whom, spelled = recipient_names.by_contact(bed)
    session = bed.sessions.trial(SessionOffer(), fmt, to=whom, spelled=spelled)

    clause = "UNI-CHT-001.4"
    verify(one_to_one_sessions.started(session.creation, clause, "with an address-book reference"))
    verify(invitations.arrived(session.invitation(), clause))


@pytest.mark.requirement("UNI-CHT-001.5")
@pytest.mark.unmarked
def test_subject_may_be_left_out(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A chat is created without a subject and shows none to either user.

    Stimulus: POST without subject.
    """
    session = bed.sessions.trial(SessionOffer(subject=None), fmt)

    clause = "UNI-CHT-001.5"
    verify(one_to_one_sessions.started(session.creation, clause, "without a subject"))
    session.await_invitations()
    verify(one_to_one_sessions.subject(session.read(each), None) for each in session.everyone)


@pytest.mark.requirement("UNI-CHT-001.6")
@with_session_subject_corners
@given(offer=session_offers())
def test_subject_is_shown_unchanged(
    bed: TestBed, verify: Verify, fmt: Format, offer: SessionOffer
) -> None:
    """Both users are shown the subject unchanged.

    Stimulus: POST with a subject of any characters that fit on a line.
    """
    session = bed.sessions.invited(offer, fmt)

    verify(
        one_to_one_sessions.subject(session.read(each), session.subject)
        for each in session.everyone
    )


@pytest.mark.requirement("UNI-CHT-001.7")
def test_chats_are_sessions_of_their_own(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Chats between the same two users have session ids and subjects of their own.

    Stimulus: two chats that alice starts with bob, and one that bob starts with alice.
    """
    clause, chats = "UNI-CHT-001.7", [bed.sessions.invited(SessionOffer(), fmt)]

    for by, to in ((bed.alice, bed.bob), (bed.bob, bed.alice)):
        chats.append(bed.sessions.start(SessionOffer(), fmt, by=by, to=to))
        verify(one_to_one_sessions.started(chats[-1].creation, clause, "beside another"))
        verify(one_to_one_sessions.distinct([chat.chat_id(by) for chat in chats], by.address))
        verify(invitations.arrived(chats[-1].invitation(), clause))

    subjects = [chat.subject for chat in chats]
    for each in (bed.alice, bed.bob):
        verify(one_to_one_sessions.distinct([chat.chat_id(each) for chat in chats], each.address))
        verify(
            one_to_one_sessions.unmixed(chat.read(each), chat.subject, subjects) for chat in chats
        )


@pytest.mark.requirement("UNI-CHT-001.7")
def test_chats_run_side_by_side(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Messages of two chats between the same users stay apart; ending one chat keeps the other.

    Stimulus: messages in both chats, DELETE of the first, a message in the second.
    """
    one, clause = bed.sessions.established(SessionOffer(), fmt), "UNI-CHT-001.7"
    bed.require(message_waits.message(one, bed.bob, one.say(bed.alice)), "UNI-CHT-020.2")
    other = bed.sessions.established(SessionOffer(), fmt)

    for chat in (one, other):
        received = message_waits.message(chat, bed.bob, chat.say(bed.alice))
        verify(received_messages.received_in(received, chat.identity(bed.bob), clause))

    one.finish(bed.alice)

    sent = other.send(bed.alice, ChatMessage(text=other.text()))
    verify(participation.accepted(sent, clause, "go on with the other chat"))


@pytest.mark.requirement("UNI-CHT-001.8")
@pytest.mark.parametrize("address", ["tel:", "sip:@"])
def test_unusable_recipient_is_refused(
    bed: TestBed, verify: Verify, fmt: Format, address: str
) -> None:
    """A request whose recipient is not a valid address is rejected and invites no user.

    Stimulus: POST with such a recipient, then a valid request, whose invitation marks the end of
    what the first one caused.
    """
    rejected = bed.sessions.start(SessionOffer(), fmt, spelled=address)
    verify(one_to_one_sessions.recipient_rejected(rejected.creation, address))

    bed.sessions.invited(SessionOffer(), fmt)

    subjects, where = bed.mailboxes.invitation_subjects(bed.bob, fmt), "POST oneToOneSessions"
    verify(group_creation.nothing_started("UNI-CHT-001.8", subjects, rejected.marker, where))


@pytest.mark.requirement("UNI-CHT-001.8")
def test_unknown_recipient_is_answered_in_order(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """An unknown address is rejected, or accepted as an address of another network.

    Stimulus: POST with an address that no user of the target has.
    """
    unknown = bed.sessions.start(SessionOffer(), fmt, spelled=bed.unknown_address)

    verify(one_to_one_sessions.unknown_recipient(unknown.creation))
