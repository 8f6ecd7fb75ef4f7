"""UNI-CHT-001a: start a 1-to-1 chat with an initial message that is not its subject."""

import pytest
from hypothesis import given

from rcs_conformance.checks import first_messages, invitations, one_to_one_sessions
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import MultimediaChatMessageNotification
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.strategies import (
    COMBINATIONS,
    PICTURE,
    offers_with_first_message,
    with_first_message_corners,
)


@pytest.mark.requirement("UNI-CHT-001a.1")
@with_first_message_corners
@given(offer=offers_with_first_message())
def test_chat_starts_with_message(
    bed: TestBed, verify: Verify, fmt: Format, offer: SessionOffer
) -> None:
    """A 1-to-1 chat is created with a first message, and the recipient is invited.

    Stimulus: POST with a first message of any characters.
    """
    session = bed.sessions.trial(offer, fmt)

    clause = "UNI-CHT-001a.1"
    verify(one_to_one_sessions.started(session.creation, clause, "with a first message"))
    verify(invitations.arrived(session.invitation(), clause))


@pytest.mark.requirement("UNI-CHT-001a.2")
@with_first_message_corners
@given(offer=offers_with_first_message())
def test_message_that_is_delivered_is_the_first(
    bed: TestBed, verify: Verify, fmt: Format, offer: SessionOffer
) -> None:
    """A first message that is delivered comes once, first, and from the originator.

    Stimulus: a chat with a first message that is accepted, then another message.
    """
    session = bed.sessions.established(offer, fmt)

    received = message_waits.before(session, bed.bob, session.say(bed.alice))

    first, by, to = session.first or "", bed.alice.address, bed.bob.address
    verify(first_messages.delivered(received, first, by, to))
    policy = bed.target.policy.first_message
    verify(first_messages.policy_followed(received, session.invitation(), policy))


@pytest.mark.requirement("UNI-CHT-001a.3")
@pytest.mark.unmarked
@pytest.mark.parametrize("offer", COMBINATIONS, ids=["neither", "subject", "message", "both"])
def test_subject_and_message_are_apart(
    bed: TestBed, verify: Verify, fmt: Format, offer: SessionOffer
) -> None:
    """Subject and first message are kept apart in session and invitation, in any combination.

    Stimulus: a chat with a subject, a first message, both or neither; a second chat with the same
    subject and no first message.
    """
    bed.sessions.require_first_message(fmt)
    without = bed.sessions.invited(SessionOffer(subject=offer.subject), fmt)
    reads = [without.read(each) for each in without.everyone]
    bed.require_met(*(one_to_one_sessions.subject(read, without.subject) for read in reads))
    bed.require_met(invitations.subject(without.invitation(), without.subject))

    session = bed.sessions.invited(offer, fmt)

    given = (session.subject, session.first)
    verify(
        *(first_messages.shown_on_session(session.read(each), *given) for each in session.everyone)
    )
    verify(first_messages.in_invitation(session.invitation(), *given))


@pytest.mark.requirement("UNI-CHT-001a.4")
def test_chat_starts_with_content(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A 1-to-1 chat is created with a picture as its first message; the recipient is invited.

    Stimulus: a multipart POST: the session and the picture.
    """
    session = bed.sessions.trial(SessionOffer(first="look", attachment=PICTURE), fmt)

    clause = "UNI-CHT-001a.4"
    verify(
        one_to_one_sessions.started(session.creation, clause, "with a picture as its first message")
    )
    verify(invitations.arrived(session.invitation(), clause))


@pytest.mark.requirement("UNI-CHT-001a.4")
def test_content_that_is_told_is_the_first(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A first picture that is notified comes once, first, and from the originator.

    Stimulus: a chat with a picture as its first message that is accepted, then another message.
    """
    session = bed.sessions.established(SessionOffer(first="look", attachment=PICTURE), fmt)

    message_waits.before(session, bed.bob, session.say(bed.alice))

    received = session.received(bed.bob, MultimediaChatMessageNotification)
    by, to = bed.alice.address, bed.bob.address
    verify(first_messages.content_announced(received, PICTURE, by, to))
