"""RCS-4.7.2: ad-hoc 1-to-1 chat needs no session."""

import pytest

from rcs_conformance.checks import adhoc
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits


@pytest.mark.requirement("RCS-4.7.2.1")
def test_message_needs_no_invitation(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A message outside of a session arrives, and no invitation comes before it.

    Stimulus: a message outside of a session, by either of two users.
    """
    chat = bed.adhoc.between(fmt)

    for each in chat.everyone:
        text, other = chat.say(each), chat.other(each)
        received = message_waits.message(chat, other, text)
        verify(adhoc.no_invitation_before(received, chat.invitations(other, text)))


@pytest.mark.requirement("RCS-4.7.2.2")
def test_there_is_nothing_to_answer(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The receiver of an ad-hoc message gets no invitation and can neither accept nor decline.

    Stimulus: a message outside of a session, requests to accept and to decline, then another
    message, which marks the end of what the first one caused.
    """
    chat = bed.adhoc.between(fmt)
    text = chat.say(bed.alice)
    received = message_waits.message(chat, bed.bob, text)
    bed.require(received, "UNI-CHT-020.1")

    accepted, declined = chat.accept(bed.bob), chat.decline(bed.bob)

    message_waits.before(chat, bed.bob, chat.say(bed.alice))
    verify(
        adhoc.no_invitation_after(received, chat.invitations(bed.bob, text)),
        adhoc.cannot_be_answered(accepted, "accept"),
        adhoc.cannot_be_answered(declined, "decline"),
    )
