"""UNI-CHT-018: send a text message, in each kind of chat."""

import pytest
from hypothesis import given

from rcs_conformance.checks import conventions, participation, received_messages, sent_messages
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.strategies import TEXT_CORNERS, some_texts

_TAKEN = pytest.mark.requirement(
    adhoc="UNI-CHT-018.1",
    one_to_one="UNI-CHT-018.2",
    group="UNI-CHT-018.3",
    long_lived="UNI-CHT-018.4",
)


@_TAKEN
def test_message_is_taken(bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """Every participant sends text messages to the chat.

    Stimulus: POST of a message by each participant.
    """
    chat = bed.established_chat(kind, fmt)

    sent = [chat.send(each, ChatMessage(text=chat.text())) for each in chat.everyone]

    verify(participation.accepted(each, chat.terms.sending, "send a message") for each in sent)


@_TAKEN
@pytest.mark.requirement("UNI-CHT-020.7")
def test_odd_texts_are_taken_and_arrive(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A text of unusual characters is accepted and arrives unchanged.

    Stimulus: messages with white space, markup, escapes, and scripts and symbols of all kinds.
    """
    chat = bed.established_chat(kind, fmt)
    bed.require(message_waits.message(chat, bed.bob, chat.say(bed.alice)), chat.terms.receiving)
    texts = [chat.text(each) for each in TEXT_CORNERS]

    sent = [chat.send(bed.alice, ChatMessage(text=each)) for each in texts]

    verify(participation.accepted(each, chat.terms.sending, "send this text") for each in sent)
    verify(
        received_messages.text_unchanged(message_waits.message(chat, bed.bob, each), each)
        for each in texts
    )


@_TAKEN
@pytest.mark.requirement("UNI-CHT-020.7")
@given(texts=some_texts())
def test_any_texts_are_taken_and_arrive(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format, texts: list[str]
) -> None:
    """Any generated text is accepted and arrives unchanged.

    Stimulus: messages of any characters that XML 1.0 can hold.
    """
    chat = bed.established_chat(kind, fmt)
    bed.require(message_waits.message(chat, bed.bob, chat.say(bed.alice)), chat.terms.receiving)
    marked = [chat.text(each) for each in texts]

    sent = [chat.send(bed.alice, ChatMessage(text=each)) for each in marked]

    verify(participation.accepted(each, chat.terms.sending, "send this text") for each in sent)
    verify(
        received_messages.text_unchanged(message_waits.message(chat, bed.bob, each), each)
        for each in marked
    )


@pytest.mark.requirement("UNI-CHT-018.5")
def test_answer_tells_the_outcome(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """The response says sent, pending or failed, and the outcome is the same.

    Stimulus: POST of a message that another user receives; a message back, which marks the end of
    what its sender is notified of.
    """
    chat = bed.established_chat(kind, fmt)
    message = ChatMessage(text=chat.text())

    sent = chat.send(bed.alice, message)

    bed.require_success(sent, chat.terms.sending)
    received = message_waits.message(chat, bed.bob, message.text)
    back = message_waits.message(chat, bed.alice, chat.say(bed.bob))
    bed.require(back, chat.terms.receiving)
    told = message_waits.statuses(chat, bed.alice, chat.message_id(sent))
    verify(
        sent_messages.outcome_given(sent, "UNI-CHT-018.5"),
        sent_messages.outcome_true(sent, received, "UNI-CHT-018.5"),
        *sent_messages.not_failed(sent, received, told, "UNI-CHT-018.5"),
    )


@pytest.mark.requirement("UNI-CHT-018.6", "TS-CHAT-5.5")
def test_invalid_chat_gives_failure(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A message to an invalid chat id fails, in the response or by a later notification.

    A response 405 has an Allow header.

    Stimulus: POST of a message to an id or, in ad-hoc chat, a user that does not exist.
    """
    nonexistent = bed.nonexistent(kind, fmt)

    sent = nonexistent.send(bed.alice, ChatMessage(text=nonexistent.text()))

    notified = message_waits.failure(nonexistent, bed.alice, sent)
    verify(
        sent_messages.failure(sent, notified, "UNI-CHT-018.6"),
        conventions.allow_with_405(sent),
    )


@pytest.mark.requirement("UNI-CHT-018.7")
def test_final_status_follows_pending(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """After a pending response the final status is notified.

    Stimulus: the trigger `pending`, then POST of a message.
    """
    chat = bed.established_chat(kind, fmt)

    sent = bed.triggers.pending(
        chat, bed.alice, lambda: chat.send(bed.alice, ChatMessage(text=chat.text()))
    )

    bed.require_success(sent, chat.terms.sending)
    notified = message_waits.final_status(chat, bed.alice, sent)
    verify(sent_messages.final_status(notified, "UNI-CHT-018.7"))
