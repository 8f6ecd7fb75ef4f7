"""UNI-CHT-001a: start a 1-to-1 chat with an initial message, which is not its subject."""

import pytest
from hypothesis import given

from rcs_conformance.checks import first_messages, invitations, one_to_one_sessions
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import MultimediaChatMessageNotification
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, receiving
from rcs_conformance.strategies import (
    COMBINATIONS,
    PICTURE,
    offers_with_first_message,
    with_first_message_corners,
)


@pytest.mark.requirement("UNI-CHT-001a.1")
@with_first_message_corners
@given(offer=offers_with_first_message())
def test_chat_starts_with_message(
    stage: Stage, verify: Verify, fmt: Format, offer: SessionOffer
) -> None:
    """A chat starts with a first message, and the recipient is invited.

    Stimulus: a request with a first message of whatever characters.
    """
    session = stage.sessions.trial(offer, fmt)

    clause = "UNI-CHT-001a.1"
    verify(one_to_one_sessions.started(session.started, clause, "with a first message"))
    verify(invitations.arrived(session.invitation(), clause))


@pytest.mark.requirement("UNI-CHT-001a.2")
@with_first_message_corners
@given(offer=offers_with_first_message())
def test_message_that_is_delivered_is_the_first(
    stage: Stage, verify: Verify, fmt: Format, offer: SessionOffer
) -> None:
    """A first message that is delivered as one, and not withheld, is that of the originator.

    Stimulus: a chat with a first message that is accepted, then another message.
    """
    session = stage.sessions.established(offer, fmt)

    received = receiving.before(session, stage.bob, session.say(stage.alice))

    first, by, to = session.first or "", stage.alice.address, stage.bob.address
    verify(first_messages.delivered(received, first, by, to))
    policy = stage.target.policy.first_message
    verify(first_messages.policy_followed(received, session.invitation(), policy))


@pytest.mark.requirement("UNI-CHT-001a.3")
@pytest.mark.parametrize("offer", COMBINATIONS, ids=["neither", "subject", "message", "both"])
def test_subject_and_message_are_apart(
    stage: Stage, verify: Verify, fmt: Format, offer: SessionOffer
) -> None:
    """Neither takes the other's place, on the session and in the invitation, in any combination.

    Stimulus: a chat with a subject, a first message, both or neither; beside it one of the same
    subject that has no first message.
    """
    without = stage.sessions.invited(SessionOffer(subject=offer.subject), fmt)
    reads = [without.read(each) for each in without.everyone]
    stage.require_met(*(one_to_one_sessions.subject(read, without.subject) for read in reads))
    stage.require_met(invitations.subject(without.invitation(), without.subject))

    session = stage.sessions.invited(offer, fmt)

    given = (session.subject, session.first)
    verify(
        *(first_messages.shown_on_session(session.read(each), *given) for each in session.everyone)
    )
    verify(first_messages.in_invitation(session.invitation(), *given))


@pytest.mark.requirement("UNI-CHT-001a.4")
def test_chat_starts_with_content(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A chat starts with a picture as its first message, and the recipient is invited.

    Stimulus: a request of two parts, the session and the picture.
    """
    session = stage.sessions.trial(SessionOffer(first="look", attachment=PICTURE), fmt)

    clause = "UNI-CHT-001a.4"
    verify(
        one_to_one_sessions.started(session.started, clause, "with a picture as its first message")
    )
    verify(invitations.arrived(session.invitation(), clause))


@pytest.mark.requirement("UNI-CHT-001a.4")
def test_content_that_is_told_is_the_first(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A picture that is told of, and not withheld, is told as one, and as the originator's.

    Stimulus: a chat with a picture as its first message that is accepted, then another message.
    """
    session = stage.sessions.established(SessionOffer(first="look", attachment=PICTURE), fmt)

    receiving.before(session, stage.bob, session.say(stage.alice))

    received = session.told(stage.bob, MultimediaChatMessageNotification)
    by, to = stage.alice.address, stage.bob.address
    verify(first_messages.content_announced(received, PICTURE, by, to))
