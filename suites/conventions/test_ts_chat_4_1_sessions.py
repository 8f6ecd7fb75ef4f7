"""TS-CHAT-4.1.4, 4.1.8, 4.1.10: 1-to-1 sessions, invitations to them, and their events."""

import pytest

from rcs_conformance.checks import chat_notifications, invitations, one_to_one_sessions
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, happenings, naming
from rcs_conformance.scenario.happenings import Happening


@pytest.mark.requirement("TS-CHAT-4.1.4")
def test_session_shows_its_users(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A session is shown to either side with who started it and who was invited.

    Stimulus: a reading by either side, of an established session.
    """
    session = stage.sessions.established(SessionOffer(), fmt)

    reads = [(each, session.read(each)) for each in session.everyone]

    by, template = naming.names_of(stage.alice), stage.path("oneToOneSession")
    verify(one_to_one_sessions.originator(read, by) for _, read in reads)
    verify(
        one_to_one_sessions.own_url(read, template, session.chat_id(each)) for each, read in reads
    )
    shown_to_bob = reads[1][1]
    verify(one_to_one_sessions.recipient(shown_to_bob, naming.names_of(stage.bob), "TS-CHAT-4.1.4"))


@pytest.mark.requirement("TS-CHAT-4.1.4")
def test_session_is_hidden_from_others(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A user who is not part of a session does not find it, under the ids of either side.

    Stimulus: readings by a third user.
    """
    session = stage.sessions.established(SessionOffer(), fmt)

    verify(one_to_one_sessions.hidden(session.peek(stage.carol, each)) for each in session.everyone)


@pytest.mark.requirement("TS-CHAT-4.1.8")
def test_invitation_leads_to_the_session(stage: Stage, verify: Verify, fmt: Format) -> None:
    """Session id and link of an invitation are both those under which the user finds the session.

    Stimulus: an invitation, then a reading of the session by who was invited.
    """
    session = stage.sessions.invited(SessionOffer(), fmt)
    invitation, look = session.invitation(), session.look()
    stage.require_met(invitations.leads_to_session(invitation, look, session.marker))

    read = session.read(stage.bob)

    verify(invitations.leads_to_chat(invitation, read, stage.path("oneToOneSession")))


@pytest.mark.requirement("TS-CHAT-4.1.10")
@pytest.mark.parametrize("happening", happenings.ALL, ids=lambda each: each.name)
def test_event_names_the_session(
    stage: Stage, verify: Verify, fmt: Format, happening: Happening
) -> None:
    """The event that tells of something names the session as its receiver knows it.

    Stimulus: the session is accepted, cancelled, declined, or ended by either side.
    """
    session = happening.before(stage, fmt)

    happening.act(session)

    told, clause = happening.told(session), happening.clause
    session_id = session.chat_id(happening.receiver(session))
    verify(chat_notifications.event_names_chat(told, session_id, clause))


@pytest.mark.requirement("TS-CHAT-4.1.10")
@pytest.mark.parametrize("happening", happenings.ENDS, ids=lambda each: each.name)
def test_end_is_told_by_its_type(
    stage: Stage, verify: Verify, fmt: Format, happening: Happening
) -> None:
    """The end of a session is told by the event of that type.

    Stimulus: DELETE of an established session by either side.
    """
    session = happening.before(stage, fmt)

    happening.act(session)

    verify(chat_notifications.event_type(happening.told(session), happening.clause))
