"""UNI-CHT-020: receive messages, from each kind of chat.

UNI-CHT-018 covers 020.7 (any text arrives unchanged), where texts are sent.
"""

import pytest

from rcs_conformance.checks import received_messages
from rcs_conformance.model.chat import ChatMessage, MessageStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits


@pytest.mark.requirement(
    adhoc="UNI-CHT-020.1",
    one_to_one="UNI-CHT-020.2",
    group="UNI-CHT-020.3",
    long_lived="UNI-CHT-020.4",
)
def test_everybody_receives_under_its_chat_id(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """Each receiver gets a message under its own chat id.

    Stimulus: a message by each participant.
    """
    chat = bed.established_chat(kind, fmt)

    said = [(each, chat.say(each)) for each in chat.everyone]

    for speaker, text in said:
        for each in chat.others(speaker):
            received = message_waits.message(chat, each, text)
            verify(
                received_messages.received_in(received, chat.identity(each), chat.terms.receiving)
            )


@pytest.mark.requirement("UNI-CHT-020.5")
def test_time_stamp_is_that_of_sending(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """The time stamp of a message lies between sending and arrival.

    Stimulus: a message that another user receives.
    """
    chat = bed.established_chat(kind, fmt)
    message = ChatMessage(text=chat.text())

    sent = chat.send(bed.alice, message)

    bed.require_success(sent, chat.terms.sending)
    received = message_waits.message(chat, bed.bob, message.text)
    verify(received_messages.time_stamp(received, sent.started, chat.terms.receiving))


@pytest.mark.requirement("UNI-CHT-020.6")
@pytest.mark.parametrize(
    "requested",
    [(MessageStatus.DISPLAYED,), (MessageStatus.DELIVERED, MessageStatus.DISPLAYED)],
    ids=["display", "both"],
)
def test_report_request_is_passed_on(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format, requested: tuple[MessageStatus, ...]
) -> None:
    """The receiver of a message sees that a display report is requested, and where to send it.

    Stimulus: a message with a report request.
    """
    chat = bed.established_chat(kind, fmt)
    message = ChatMessage(text=chat.text(), report_request=requested)

    sent = chat.send(bed.alice, message)

    bed.require_success(sent, chat.terms.sending)
    received = message_waits.message(chat, bed.bob, message.text)
    owner = chat.terms.receiving
    verify(
        received_messages.report_requested(received, [MessageStatus.DISPLAYED], owner),
        received_messages.report_linked(received, chat.report_path, owner),
    )


@pytest.mark.requirement("UNI-CHT-020.7")
def test_sender_is_named(bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """A message names its sender.

    Stimulus: a message by each participant.
    """
    chat = bed.established_chat(kind, fmt)

    said = [(each, chat.say(each)) for each in chat.everyone]

    for speaker, text in said:
        who = chat.others(speaker)[0]
        received, here = message_waits.message(chat, who, text), chat.identity(who)
        verify(received_messages.sender(received, here, speaker.address, chat.terms.receiving))
