"""UNI-CHT-004a: notify that a 1-to-1 chat was accepted, cancelled, declined or ended."""

import pytest

from rcs_conformance.checks import chat_notifications
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import EventType
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import chat_waits


@pytest.mark.requirement("UNI-CHT-004a.1")
def test_originator_is_told_of_acceptance(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The originator is notified that the invited user accepted.

    Stimulus: acceptance by the invited user.
    """
    session = bed.sessions.invited(SessionOffer(), fmt)
    session.find(bed.alice)

    session.join()

    notified = chat_waits.event(session, bed.alice, EventType.ACCEPTED)
    verify(chat_notifications.notified(notified, "UNI-CHT-004a.1", f"{bed.bob.address} accepted"))


@pytest.mark.requirement("UNI-CHT-004a.2")
def test_invited_user_is_told_of_cancellation(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The invited user is notified that the invitation was cancelled.

    Stimulus: DELETE of the session by its originator before the acceptance.
    """
    session = bed.sessions.invited(SessionOffer(), fmt)
    session.find(bed.bob)

    session.cancel()

    notified = chat_waits.event(session, bed.bob, EventType.SESSION_CANCELLED)
    verify(chat_notifications.notified(notified, "UNI-CHT-004a.2", "the invitation was cancelled"))


@pytest.mark.requirement("UNI-CHT-004a.3")
def test_originator_is_told_of_decline(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The originator is notified that the invited user declined.

    Stimulus: DELETE of the session by the invited user before it accepts.
    """
    session = bed.sessions.invited(SessionOffer(), fmt)
    session.find(bed.alice)

    session.decline()

    notified = chat_waits.event(session, bed.alice, EventType.DECLINED)
    verify(chat_notifications.notified(notified, "UNI-CHT-004a.3", f"{bed.bob.address} declined"))


@pytest.mark.requirement("UNI-CHT-004a.4")
def test_originator_is_told_of_end(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The originator is notified that the other user ended the chat.

    Stimulus: DELETE of an established session by the user that was invited.
    """
    session = bed.sessions.established(SessionOffer(), fmt)
    session.find(bed.alice)

    session.finish(bed.bob)

    notified = chat_waits.end(session, bed.alice)
    verify(chat_notifications.notified(notified, "UNI-CHT-004a.4", "the chat has ended"))
