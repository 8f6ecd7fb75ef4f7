"""UNI-CHT-007a: notify of an incoming invitation to a 1-to-1 chat."""

import pytest
from hypothesis import given

from rcs_conformance.checks import invitations, one_to_one_sessions
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import chat_waits
from rcs_conformance.strategies import (
    offers_with_first_message,
    session_offers,
    with_first_message_corners,
    with_session_subject_corners,
)


@pytest.mark.requirement("UNI-CHT-007a.1")
@pytest.mark.unmarked
@pytest.mark.parametrize("subject", ["Hawaii", None])
def test_invited_user_is_notified(
    bed: TestBed, verify: Verify, fmt: Format, subject: str | None
) -> None:
    """The invited user gets an invitation to a chat with a subject and to a chat without one.

    Stimulus: a chat of each kind.
    """
    session = bed.sessions.started(SessionOffer(subject=subject), fmt)

    verify(invitations.arrived(session.invitation()))


@pytest.mark.requirement("UNI-CHT-007a.1")
def test_every_subscription_is_notified(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The invited user gets the invitation through each subscription, in its format.

    Stimulus: a chat with a user that subscribed in each format.
    """
    other = bed.mailboxes.of(bed.bob, bed.claims.other_format(fmt))

    session = bed.sessions.started(SessionOffer(), fmt)

    verify(invitations.arrived(session.invitation()))
    verify(invitations.arrived(chat_waits.invitation_in(session, other)))


@pytest.mark.requirement("UNI-CHT-007a.2")
def test_invitation_names_inviting_user(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The invitation names the originator.

    Stimulus: chats that different users start.
    """
    for by, to in ((bed.alice, bed.bob), (bed.bob, bed.carol)):
        session = bed.sessions.invited(SessionOffer(), fmt, by=by, to=to)

        verify(invitations.originator(session.invitation(), by.address))


@pytest.mark.requirement("UNI-CHT-007a.3")
@with_session_subject_corners
@given(offer=session_offers())
def test_invitation_carries_subject(
    bed: TestBed, verify: Verify, fmt: Format, offer: SessionOffer
) -> None:
    """The invitation carries the subject unchanged.

    Stimulus: POST with a subject of any characters that fit on a line.
    """
    session = bed.sessions.invited(offer, fmt)

    verify(invitations.subject(session.invitation(), session.subject))


@pytest.mark.requirement("UNI-CHT-007a.3")
@pytest.mark.unmarked
def test_invitation_carries_no_subject(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The invitation carries no subject if none was requested.

    Stimulus: POST without subject.
    """
    session = bed.sessions.invited(SessionOffer(subject=None), fmt)

    verify(invitations.subject(session.invitation(), None))


@pytest.mark.requirement("UNI-CHT-007a.4")
@with_first_message_corners
@given(offer=offers_with_first_message())
def test_invitation_carries_first_message_or_none(
    bed: TestBed, verify: Verify, fmt: Format, offer: SessionOffer
) -> None:
    """If the invitation carries the first message, it carries it unchanged.

    Stimulus: POST with a first message of any characters.
    """
    session = bed.sessions.invited(offer, fmt)

    verify(invitations.first_message(session.invitation(), session.first, session.subject))


@pytest.mark.requirement("UNI-CHT-007a.4")
def test_invitation_invents_no_first_message(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The invitation carries no first message if none was sent.

    Stimulus: POST without a first message.
    """
    bed.sessions.require_first_message(fmt)

    session = bed.sessions.invited(SessionOffer(), fmt)

    verify(invitations.first_message(session.invitation(), None, session.subject))


@pytest.mark.requirement("UNI-CHT-007a.5")
def test_inviting_user_need_not_be_known(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A user is invited by an originator that is in no contact list.

    Stimulus: a chat that the last user starts with the first one.
    """
    session = bed.sessions.trial(SessionOffer(), fmt, by=bed.actors[-1], to=bed.alice)

    clause = "UNI-CHT-007a.5"
    verify(one_to_one_sessions.started(session.creation, clause, "with a stranger"))
    verify(invitations.arrived(session.invitation(), clause))


@pytest.mark.requirement("UNI-CHT-007a.6")
def test_invitation_leads_to_session(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The id or the link of an invitation is that of the session.

    Stimulus: an invitation, then GET of the session by the invited user.
    """
    session = bed.sessions.invited(SessionOffer(), fmt)

    read = session.read_by_recipient()

    verify(invitations.leads_to_session(session.invitation(), read, session.marker))


@pytest.mark.requirement("UNI-CHT-007a.7")
def test_name_is_passed_on(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The invitation has the name of the inviting user that the request gave.

    Stimulus: a chat with a name of its originator in several scripts.
    """
    offer = SessionOffer(name="Ana \u0416\u4e16 O'Neill")

    chat = bed.sessions.invited(offer, fmt)

    verify(invitations.originator_name(chat.invitation(), offer.name or ""))
