"""UNI-CHT-026: send a multimedia message, in each kind of chat."""

import pytest

from rcs_conformance.checks import participation, sent_messages
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.strategies import PICTURE


@pytest.mark.requirement(
    adhoc="UNI-CHT-026.1",
    one_to_one="UNI-CHT-026.2",
    group="UNI-CHT-026.3",
    long_lived="UNI-CHT-026.4",
)
def test_multimedia_message_is_taken(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """Every participant sends multimedia messages to the chat.

    Stimulus: POST of a picture by each participant.
    """
    chat = bed.established_chat(kind, fmt)

    for each in chat.everyone:
        message = ChatMessage(text=chat.text())
        sent = chat.upload(each, PICTURE, message)
        verify(participation.accepted(sent, chat.terms.uploading, "send a multimedia message"))
        # Nothing may be on its way still: another ad-hoc chat could take it for its own.
        message_waits.multimedia(chat, chat.others(each)[0], message.text)


@pytest.mark.requirement(
    one_to_one="UNI-CHT-026.2", group="UNI-CHT-026.3", long_lived="UNI-CHT-026.4"
)
def test_text_beside_content_may_be_empty(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A multimedia message is accepted without a text.

    Stimulus: POST of a picture with an empty text.
    """
    chat = bed.established_chat(kind, fmt)

    sent = chat.upload(bed.alice, PICTURE, ChatMessage(text=""))

    verify(participation.accepted(sent, chat.terms.uploading, "send content without text"))


@pytest.mark.requirement("UNI-CHT-026.5")
def test_answer_tells_the_outcome(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """The response says sent, pending or failed, and the outcome is the same.

    Stimulus: POST of a picture that another user is notified of.
    """
    chat = bed.established_chat(kind, fmt)
    message = ChatMessage(text=chat.text())

    sent = chat.upload(bed.alice, PICTURE, message)

    bed.require_success(sent, chat.terms.uploading)
    notified = message_waits.multimedia(chat, bed.bob, message.text)
    verify(
        sent_messages.outcome_given(sent, "UNI-CHT-026.5"),
        sent_messages.outcome_true(sent, notified, "UNI-CHT-026.5"),
    )


@pytest.mark.requirement("UNI-CHT-026.5")
def test_invalid_chat_gives_failure(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A picture to an invalid chat id fails, in the response or by a later notification.

    Stimulus: POST of a picture to an id or, in ad-hoc chat, a user that does not exist.
    """
    nonexistent = bed.nonexistent(kind, fmt)

    sent = nonexistent.upload(bed.alice, PICTURE, ChatMessage(text=nonexistent.text()))

    notified = message_waits.failure(nonexistent, bed.alice, sent)
    verify(sent_messages.failure(sent, notified, "UNI-CHT-026.5"))


@pytest.mark.requirement("UNI-CHT-026.6")
def test_final_status_follows_pending(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """After a pending response the final status is notified.

    Stimulus: the trigger `pending`, then POST of a picture.
    """
    chat = bed.established_chat(kind, fmt)

    sent = bed.triggers.pending(
        chat, bed.alice, lambda: chat.upload(bed.alice, PICTURE, ChatMessage(text=chat.text()))
    )

    bed.require_success(sent, chat.terms.uploading)
    notified = message_waits.final_status(chat, bed.alice, sent)
    verify(sent_messages.final_status(notified, "UNI-CHT-026.6"))
