"""TS-CHAT-4.1.4, 4.1.8, 4.1.10: 1-to-1 sessions, invitations to them, and their events."""

import pytest

from rcs_conformance.checks import chat_notifications, invitations, one_to_one_sessions
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.situations import recipient_names, session_events
from rcs_conformance.scenario.situations.session_events import SessionEvent


@pytest.mark.requirement("TS-CHAT-4.1.4")
def test_session_shows_its_users(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A session shows its originator and its recipient to both users.

    Stimulus: GET of an established session by either user.
    """
    session = bed.sessions.established(SessionOffer(), fmt)

    reads = [(each, session.read(each)) for each in session.everyone]

    by, template = recipient_names.names_of(bed.alice), bed.path("oneToOneSession")
    verify(one_to_one_sessions.originator(read, by) for _, read in reads)
    verify(
        one_to_one_sessions.own_url(read, template, session.chat_id(each)) for each, read in reads
    )
    shown_to_bob = reads[1][1]
    verify(
        one_to_one_sessions.recipient(
            shown_to_bob, recipient_names.names_of(bed.bob), "TS-CHAT-4.1.4"
        )
    )


@pytest.mark.requirement("TS-CHAT-4.1.4")
def test_session_is_hidden_from_others(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A session is not found by a third user.

    Stimulus: GET by a third user under the ids of either user.
    """
    session = bed.sessions.established(SessionOffer(), fmt)

    verify(
        one_to_one_sessions.hidden(session.read_by_outsider(bed.carol, each))
        for each in session.everyone
    )


@pytest.mark.requirement("TS-CHAT-4.1.8")
def test_invitation_leads_to_the_session(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Session id and link of an invitation are those under which the user finds the session.

    Stimulus: an invitation, then GET of the session by the invited user.
    """
    session = bed.sessions.invited(SessionOffer(), fmt)
    invitation, look = session.invitation(), session.read_by_recipient()
    bed.require_met(invitations.leads_to_session(invitation, look, session.marker))

    read = session.read(bed.bob)

    verify(invitations.leads_to_chat(invitation, read, bed.path("oneToOneSession")))


@pytest.mark.requirement("TS-CHAT-4.1.10")
@pytest.mark.parametrize("session_event", session_events.ALL, ids=lambda each: each.name)
def test_event_names_the_session(
    bed: TestBed, verify: Verify, fmt: Format, session_event: SessionEvent
) -> None:
    """An event carries the receiver's session id.

    Stimulus: the session is accepted, cancelled, declined, or ended by either user.
    """
    session = session_event.before(bed, fmt)

    session_event.act(session)

    notified, clause = session_event.notification(session), session_event.clause
    session_id = session.chat_id(session_event.receiver(session))
    verify(chat_notifications.event_names_chat(notified, session_id, clause))


@pytest.mark.requirement("TS-CHAT-4.1.10")
@pytest.mark.parametrize("session_event", session_events.ENDS, ids=lambda each: each.name)
def test_end_is_told_by_its_type(
    bed: TestBed, verify: Verify, fmt: Format, session_event: SessionEvent
) -> None:
    """The end of a session is notified with the event type SessionEnded.

    Stimulus: DELETE of an established session by either user.
    """
    session = session_event.before(bed, fmt)

    session_event.act(session)

    verify(chat_notifications.event_type(session_event.notification(session), session_event.clause))
