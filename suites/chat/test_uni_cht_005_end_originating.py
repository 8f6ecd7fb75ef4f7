"""UNI-CHT-005: the originator ends a 1-to-1 chat."""

import pytest

from rcs_conformance.checks import one_to_one_sessions, participation
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed


@pytest.mark.requirement("UNI-CHT-005.1")
def test_originator_ends_the_chat(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The originator ends an established chat; it no longer exists for either user.

    Stimulus: DELETE of the session by its originator after the acceptance.
    """
    session = bed.sessions.established(SessionOffer(), fmt)
    session.find(bed.alice)

    ended = session.end(bed.alice)

    clause = "UNI-CHT-005.1"
    verify(participation.accepted(ended, clause, "end the chat"))
    verify(one_to_one_sessions.over(session.read(each), clause) for each in session.everyone)


@pytest.mark.requirement("UNI-CHT-005.2")
def test_ended_chat_takes_no_messages(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A chat that its originator ended rejects messages and composing indications.

    Stimulus: both from either user after the end.
    """
    session = bed.sessions.established(SessionOffer(), fmt)
    session.finish(bed.alice)

    posted = session.posts()

    clause, what = "UNI-CHT-005.2", "post to an ended chat"
    verify(participation.rejected(each, clause, what) for each in posted)
