"""UNI-CHT-018: send a text message, in a group chat."""

import pytest
from hypothesis import given

from rcs_conformance.checks import messages, participation
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, receiving
from rcs_conformance.strategies import texts, with_text_corners


@pytest.mark.requirement("UNI-CHT-018.3")
@with_text_corners
@given(text=texts())
def test_message_to_group_session_is_taken(
    stage: Stage, verify: Verify, fmt: Format, text: str
) -> None:
    """Each participant sends text messages to the session of a group chat.

    Stimulus: POST of a message with whatever characters by each of them.
    """
    group = stage.groups.established(GroupOffer(), fmt)

    sent = [group.send(each, ChatMessage(text=group.text(text))) for each in group.everyone]

    verify(
        participation.granted(each, "UNI-CHT-018.3", "send a message to the group chat")
        for each in sent
    )


@pytest.mark.requirement("UNI-CHT-018.5")
def test_answer_tells_the_outcome(stage: Stage, verify: Verify, fmt: Format) -> None:
    """The answer tells success, pending or failure, and that is what happens.

    Stimulus: POST of a message that another participant receives.
    """
    group = stage.groups.established(GroupOffer(), fmt)
    message = ChatMessage(text=group.text())

    sent = group.send(stage.alice, message)

    verify(messages.tells_outcome(sent))
    verify(messages.outcome_true(sent, receiving.message(group, stage.bob, message.text)))


@pytest.mark.requirement("UNI-CHT-018.6")
def test_invalid_chat_gives_failure(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A message to a chat id that is not valid fails.

    Stimulus: POST of a message to a session id that nobody has.
    """
    nowhere = stage.groups.nowhere(fmt)

    sent = nowhere.send(stage.alice, ChatMessage(text=nowhere.text()))

    verify(messages.failure(sent))


@pytest.mark.requirement("UNI-CHT-018.7")
def test_final_status_follows_pending(stage: Stage, verify: Verify, fmt: Format) -> None:
    """After an answer that leaves the outcome pending the final status is notified.

    Stimulus: the trigger `pending`, then POST of a message.
    """
    group = stage.groups.established(GroupOffer(), fmt)
    stage.triggers.fire("pending", group, stage.alice)

    sent = group.send(stage.alice, ChatMessage(text=group.text()))

    stage.require_success(sent, "UNI-CHT-018.3")
    told = receiving.message_status(group, stage.alice, group.message_id(sent))
    verify(messages.final_status(told))
