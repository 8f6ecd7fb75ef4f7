"""UNI-CHT-020: receive messages, from a group chat."""

import pytest
from hypothesis import given

from rcs_conformance.checks import messages
from rcs_conformance.model.chat import ChatMessage, MessageStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, receiving
from rcs_conformance.strategies import texts, with_text_corners


@pytest.mark.requirement("UNI-CHT-020.3")
def test_everybody_receives_under_its_session_id(stage: Stage, verify: Verify, fmt: Format) -> None:
    """Each of the other participants gets the message under its own session id.

    Stimulus: a message by the originator, and one by another participant.
    """
    group = stage.groups.established(GroupOffer(), fmt)
    clause = "UNI-CHT-020.3"

    from_alice, from_bob = group.say(stage.alice), group.say(stage.bob)

    for text, receivers in (
        (from_alice, (stage.bob, stage.carol)),
        (from_bob, (stage.alice, stage.carol)),
    ):
        for each in receivers:
            received = receiving.message(group, each, text)
            verify(messages.received_in(received, group.chat_id(each), clause))


@pytest.mark.requirement("UNI-CHT-020.5")
def test_time_stamp_is_that_of_sending(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A time stamp lies between sending and arrival.

    Stimulus: a message that another participant receives.
    """
    group = stage.groups.established(GroupOffer(), fmt)

    sent = group.send(stage.alice, ChatMessage(text=group.text()))

    stage.require_success(sent, "UNI-CHT-018.3")
    verify(messages.time_stamp(receiving.any_message(group, stage.bob), sent.started))


@pytest.mark.requirement("UNI-CHT-020.6")
@pytest.mark.parametrize(
    "asked",
    [(MessageStatus.DISPLAYED,), (MessageStatus.DELIVERED, MessageStatus.DISPLAYED)],
    ids=["display", "both"],
)
def test_report_request_is_passed_on(
    stage: Stage, verify: Verify, fmt: Format, asked: tuple[MessageStatus, ...]
) -> None:
    """A message that asks for a display report says so to who receives it.

    Stimulus: a message that asks for reports.
    """
    group = stage.groups.established(GroupOffer(), fmt)

    sent = group.send(stage.alice, ChatMessage(text=group.text(), report_request=asked))

    stage.require_success(sent, "UNI-CHT-018.3")
    received = receiving.any_message(group, stage.bob)
    verify(messages.report_requested(received, [MessageStatus.DISPLAYED]))


@pytest.mark.requirement("UNI-CHT-020.7")
@with_text_corners
@given(text=texts())
def test_text_arrives_unchanged(stage: Stage, verify: Verify, fmt: Format, text: str) -> None:
    """The text arrives as it was sent, and names its sender.

    Stimulus: a message with whatever characters.
    """
    group = stage.groups.established(GroupOffer(), fmt)

    sent = group.say(stage.alice, text)

    received = receiving.any_message(group, stage.bob)
    verify(
        messages.text_unchanged(received, sent),
        messages.sender(received, stage.alice.address),
    )
