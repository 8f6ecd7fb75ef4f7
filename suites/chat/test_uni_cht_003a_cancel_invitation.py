"""UNI-CHT-003a: cancel the invitation to a 1-to-1 chat before it is accepted."""

import pytest

from rcs_conformance.checks import chat_notifications, one_to_one_sessions, participation
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatEventNotification
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import chat_waits
from rcs_conformance.scenario.situations import barrier


@pytest.mark.requirement("UNI-CHT-003a.1")
def test_originator_cancels(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The originator cancels an invitation that was not accepted; the session no longer exists.

    Stimulus: DELETE of the session by its originator.
    """
    session = bed.sessions.invited(SessionOffer(), fmt)
    session.find(bed.alice)

    cancelled = session.end(bed.alice)

    clause = "UNI-CHT-003a.1"
    verify(
        participation.accepted(cancelled, clause, "cancel the invitation"),
        one_to_one_sessions.over(session.read(bed.alice), clause),
    )


@pytest.mark.requirement("UNI-CHT-003a.2")
def test_cancelled_invitation_cannot_be_accepted(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A cancelled invitation cannot be accepted.

    Stimulus: acceptance after the originator's DELETE of the session.
    """
    session = bed.sessions.invited(SessionOffer(), fmt)
    session.cancel()

    accepted = session.accept(bed.bob)

    verify(participation.rejected(accepted, "UNI-CHT-003a.2", "accept a cancelled invitation"))


@pytest.mark.requirement("UNI-CHT-003a.3")
def test_accepted_chat_ends_and_is_not_cancelled(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """After the acceptance the originator's DELETE ends the chat; it is not notified as cancelled.

    Stimulus: DELETE of the session by its originator after the acceptance.
    """
    session = bed.sessions.established(SessionOffer(), fmt)

    session.finish(bed.alice)

    notified = chat_waits.end(session, bed.bob)
    verify(chat_notifications.ended_not_cancelled(notified, "UNI-CHT-003a.3", "UNI-CHT-012a.1"))


@pytest.mark.requirement("UNI-CHT-003a.4")
def test_end_is_not_signalled_as_cancellation(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """After the acceptance the originator's DELETE is notified as an end alone.

    Stimulus: DELETE of the session by its originator after the acceptance, then a barrier.
    """
    session = bed.sessions.established(SessionOffer(), fmt)
    session.finish(bed.alice)
    notified = chat_waits.end(session, bed.bob)
    bed.require_met(
        chat_notifications.ended_not_cancelled(notified, "UNI-CHT-003a.3", "UNI-CHT-012a.1")
    )

    barrier.wait_for_all(bed, fmt, (bed.bob,))

    events = session.received(bed.bob, ChatEventNotification)
    verify(chat_notifications.no_cancellation(events, bed.bob.address))
