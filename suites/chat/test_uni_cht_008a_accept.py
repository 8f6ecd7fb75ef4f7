"""UNI-CHT-008a: accept the invitation to a 1-to-1 chat."""

import pytest

from rcs_conformance.checks import chat_notifications, one_to_one_sessions, participation
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatEventNotification
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.scenario.situations import barrier


@pytest.mark.requirement("UNI-CHT-008a.1")
def test_acceptance_establishes_the_chat(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The invited user accepts; both users are connected, and messages go both ways.

    Stimulus: acceptance, GET by either user, a message from either user.
    """
    session = bed.sessions.invited(SessionOffer(), fmt)
    session.find(bed.bob)

    accepted = session.accept(bed.bob)

    verify(participation.accepted(accepted, "UNI-CHT-008a.1", "accept the invitation"))
    verify(one_to_one_sessions.connected(session.read(each)) for each in session.everyone)
    for each in session.everyone:
        text = session.say(each)
        bed.require(message_waits.message(session, session.other(each), text), "UNI-CHT-020.2")


@pytest.mark.requirement("UNI-CHT-008a.3")
def test_chat_is_not_established_before(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Before the acceptance the session is not connected, and no acceptance is notified.

    Stimulus: an invitation; GET by either user; a barrier for the originator.
    """
    session = bed.sessions.invited(SessionOffer(), fmt)
    session.find(bed.bob)

    reads = [session.read(each) for each in session.everyone]

    barrier.wait_for_all(bed, fmt, (bed.alice,))
    events = session.received(bed.alice, ChatEventNotification)
    verify(one_to_one_sessions.not_connected(each) for each in reads)
    verify(chat_notifications.no_acceptance(events, bed.alice.address))


@pytest.mark.requirement("UNI-CHT-008a.2")
def test_session_that_does_not_exist_is_not_accepted(
    bed: TestBed, verify: Verify, fmt: Format
) -> None:
    """Accepting a session that does not exist is rejected.

    Stimulus: acceptance under an unknown session id.
    """
    nonexistent = bed.sessions.nonexistent(fmt)

    accepted = nonexistent.accept(bed.bob)

    verify(participation.rejected(accepted, "UNI-CHT-008a.2", "accept what does not exist"))
