"""TS-CHAT-4.1.2, 4.1.3: 1-to-1 messages and their delivery status, in either kind of chat."""

import pytest

from rcs_conformance.checks import participation, received_messages
from rcs_conformance.model.chat import ChatMessage, MessageStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits

SENDING, STATUS = "TS-CHAT-4.1.2", "TS-CHAT-4.1.3"


@pytest.mark.requirement(adhoc=SENDING, one_to_one=SENDING)
def test_messages_arrive_in_order(
    bed: TestBed, verify: Verify, fmt: Format, kind: ChatKind
) -> None:
    """Messages reach the other user in the order in which they were sent.

    Stimulus: five messages in a row, by either user.
    """
    chat = bed.established_chat(kind, fmt)

    for by, to in (chat.everyone, chat.everyone[::-1]):
        sent = [chat.say(by, f"message {number}") for number in range(5)]

        bed.require(message_waits.message(chat, to, sent[-1]), chat.terms.receiving)
        got = message_waits.of_those(sent, message_waits.texts(chat, to))
        verify(received_messages.in_order(got, sent, to.address, SENDING))


@pytest.mark.requirement(adhoc=SENDING, one_to_one=SENDING)
def test_sender_gets_no_copy(bed: TestBed, verify: Verify, fmt: Format, kind: ChatKind) -> None:
    """The sender of a message does not receive it.

    Stimulus: a message, then a message by the other user, which marks the end of what the first one
    caused.
    """
    chat = bed.established_chat(kind, fmt)

    own = chat.say(bed.alice)

    bed.require(message_waits.message(chat, bed.alice, chat.say(bed.bob)), chat.terms.receiving)
    got = message_waits.texts_anywhere(chat, bed.alice)
    verify(
        received_messages.not_received(got, own, bed.alice.address, "it sent it itself", SENDING)
    )


@pytest.mark.requirement(adhoc=STATUS, one_to_one=STATUS)
@pytest.mark.parametrize("status", [MessageStatus.DELIVERED, MessageStatus.DISPLAYED], ids=str)
def test_status_is_reported(
    bed: TestBed, verify: Verify, fmt: Format, kind: ChatKind, status: MessageStatus
) -> None:
    """A receiver reports the status of a message; the sender that requested it is notified.

    Stimulus: a message with a report request, PUT of its status.
    """
    if status is MessageStatus.DELIVERED:
        bed.claims.require_feature("delivered_by_client")
    chat = bed.established_chat(kind, fmt)
    message = ChatMessage(text=chat.text(), report_request=(status,))
    sent = chat.send(bed.alice, message)
    bed.require_success(sent, chat.terms.sending)
    got = bed.require(message_waits.message(chat, bed.bob, message.text), chat.terms.receiving)

    reported = chat.report(bed.bob, got.message_id or "none", status)

    verify(participation.accepted(reported, STATUS, f"report a message {status.value}"))
    notified = message_waits.message_status(chat, bed.alice, chat.message_id(sent), status)
    verify(received_messages.reported(notified, status, STATUS))


@pytest.mark.requirement(adhoc=STATUS, one_to_one=STATUS)
@pytest.mark.parametrize("status", [MessageStatus.DELIVERED, MessageStatus.DISPLAYED], ids=str)
def test_status_is_shown(
    bed: TestBed, verify: Verify, fmt: Format, kind: ChatKind, status: MessageStatus
) -> None:
    """The sender is shown the message status that the receiver reported.

    Stimulus: PUT of the status by the receiver, GET of it by the sender.
    """
    if status is MessageStatus.DELIVERED:
        bed.claims.require_feature("delivered_by_client")
    chat = bed.established_chat(kind, fmt)
    bed.claims.require_operation("GET oneToOneMessageStatus")
    message = ChatMessage(text=chat.text(), report_request=(status,))
    sent = chat.send(bed.alice, message)
    bed.require_success(sent, chat.terms.sending)
    got = bed.require(message_waits.message(chat, bed.bob, message.text), chat.terms.receiving)
    bed.require_success(chat.report(bed.bob, got.message_id or "none", status), STATUS)

    shown = chat.read_status(bed.alice, chat.message_id(sent))

    verify(received_messages.status_shown(shown, status, STATUS))
