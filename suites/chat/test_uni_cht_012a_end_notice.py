"""UNI-CHT-012a: notify the invited user that a 1-to-1 chat ended."""

import pytest

from rcs_conformance.checks import chat_notifications
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import chat_waits


@pytest.mark.requirement("UNI-CHT-012a.1")
def test_invited_user_is_told_of_end(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The invited user that accepted is notified that the originator ended the chat.

    Stimulus: DELETE of an established session by its originator.
    """
    session = bed.sessions.established(SessionOffer(), fmt)

    session.finish(bed.alice)

    notified = chat_waits.end(session, bed.bob)
    verify(chat_notifications.notified(notified, "UNI-CHT-012a.1", "the chat has ended"))
