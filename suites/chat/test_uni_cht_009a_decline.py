"""UNI-CHT-009a: decline the invitation to a 1-to-1 chat."""

import pytest

from rcs_conformance.checks import one_to_one_sessions, participation
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed


@pytest.mark.requirement("UNI-CHT-009a.1")
def test_invited_user_declines(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The invited user declines; the session no longer exists for either user.

    Stimulus: DELETE of the session by the invited user before it accepts.
    """
    session = bed.sessions.invited(SessionOffer(), fmt)
    session.find(bed.bob)

    declined = session.end(bed.bob)

    clause = "UNI-CHT-009a.1"
    verify(participation.accepted(declined, clause, "decline the invitation"))
    verify(one_to_one_sessions.over(session.read(each), clause) for each in session.everyone)


@pytest.mark.requirement("UNI-CHT-009a.2")
def test_declined_chat_takes_no_messages(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A declined chat rejects messages and composing indications.

    Stimulus: both from either user after the decline.
    """
    session = bed.sessions.invited(SessionOffer(), fmt)
    session.decline()

    posted = session.posts()

    clause, what = "UNI-CHT-009a.2", "post to a declined chat"
    verify(participation.rejected(each, clause, what) for each in posted)
