"""TS-CHAT-4.1.6 to 4.1.11: group sessions, their messages, invitations, events, participants."""

import pytest

from rcs_conformance.checks import (
    chat_notifications,
    group_creation,
    invitations,
    participation,
    received_messages,
)
from rcs_conformance.model.chat import ChatMessage, MessageStatus, ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer, Service
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import chat_waits, message_waits

MESSAGES = "TS-CHAT-4.1.7"


@pytest.mark.requirement("TS-CHAT-4.1.6")
def test_participants_are_shown_with_their_status(
    bed: TestBed, verify: Verify, fmt: Format
) -> None:
    """The list of participants shows each of them with its status, and marks the originator.

    Stimulus: a chat that one of two invited users accepted, read by its connected participants.
    """
    group = bed.groups.invited(GroupOffer(), fmt)
    group.join(bed.bob)
    expected = {
        bed.alice.address: ParticipantStatus.CONNECTED,
        bed.bob.address: ParticipantStatus.CONNECTED,
        bed.carol.address: ParticipantStatus.INVITED,
    }

    shown = group.read(bed.alice)
    bed.require_met(*group_creation.all_invited(shown, [bed.carol.address]))

    reads = [group.read_participants(each) for each in (bed.alice, bed.bob)]

    for read in reads:
        verify(participation.complete(read, expected, bed.alice.address))


@pytest.mark.requirement("TS-CHAT-4.1.6")
def test_group_shows_its_participants(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The chat and each participant resource agree with the list of participants.

    Stimulus: GET of the chat, of its participants, and of each of them.
    """
    group = bed.groups.established(GroupOffer(), fmt, services=(Service.FILE_TRANSFER,))
    listed = group.read_participants(bed.alice)

    whole = group.read(bed.alice)
    alone = [group.read_participant(bed.alice, each) for each in group.everyone]

    verify(
        participation.same_participants(whole, listed),
        *(
            participation.same_entry(one, listed, each.address)
            for one, each in zip(alone, group.everyone, strict=True)
        ),
    )


@pytest.mark.requirement("TS-CHAT-4.1.6")
def test_originator_ends_the_chat(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The originator ends a chat that others accepted; the chat no longer exists.

    Stimulus: DELETE of the group by its originator after all invited users accepted.
    """
    group = bed.groups.established(GroupOffer(), fmt)

    ended = group.end(bed.alice)

    verify(
        participation.accepted(ended, "TS-CHAT-4.1.6", "end the chat"),
        participation.gone(group.read(bed.bob), "TS-CHAT-4.1.6"),
    )


@pytest.mark.requirement(group=MESSAGES, long_lived=MESSAGES)
def test_messages_arrive_in_order(
    bed: TestBed, verify: Verify, fmt: Format, kind: ChatKind
) -> None:
    """Messages reach each participant in the order in which they were sent.

    Stimulus: five messages in a row.
    """
    group = bed.established_chat(kind, fmt)

    sent = [group.say(bed.alice, f"message {number}") for number in range(5)]

    bed.require(message_waits.message(group, bed.bob, sent[-1]), group.terms.receiving)
    verify(received_messages.in_order(message_waits.texts(group, bed.bob), sent, bed.bob.address))


@pytest.mark.requirement(group=MESSAGES, long_lived=MESSAGES)
def test_sender_gets_no_copy(bed: TestBed, verify: Verify, fmt: Format, kind: ChatKind) -> None:
    """The sender of a message does not receive it.

    Stimulus: a message, then a message by another user, which marks the end of what the first one
    caused.
    """
    group = bed.established_chat(kind, fmt)

    own, later = group.say(bed.alice), group.say(bed.bob)

    bed.require(message_waits.message(group, bed.alice, later), group.terms.receiving)
    got = message_waits.texts(group, bed.alice)
    verify(received_messages.not_received(got, own, bed.alice.address, "it sent it itself"))


@pytest.mark.requirement(MESSAGES)
def test_who_is_not_connected_gets_no_message(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A user that did not accept, or that left, receives no messages.

    Stimulus: a message that another user gets, then an invitation to another chat, which marks the
    end of what the message caused.
    """
    group = bed.groups.established(GroupOffer(), fmt)
    group.depart(bed.bob)
    group.add(bed.alice, bed.dave)

    text = group.say(bed.alice)

    bed.require(message_waits.message(group, bed.carol, text), "UNI-CHT-020.3")
    away = {bed.bob: "it has left", bed.dave: "it was only invited"}
    bed.groups.invited(GroupOffer(), fmt, invite=tuple(away))
    for each, why in away.items():
        got = message_waits.texts_anywhere(group, each)
        verify(received_messages.not_received(got, text, each.address, why))


@pytest.mark.requirement(group=MESSAGES, long_lived=MESSAGES, when="group_message_status")
def test_status_of_message_is_reported(
    bed: TestBed, verify: Verify, fmt: Format, kind: ChatKind
) -> None:
    """A receiver reports a message as displayed; the sender is notified, and the status shows it.

    Stimulus: a message with a report request, PUT and GET of its status.
    """
    group = bed.established_group(kind, GroupOffer(), fmt, invite=(bed.bob,))
    displayed = MessageStatus.DISPLAYED
    message = ChatMessage(text=group.text(), report_request=(displayed,))
    sent = group.send(bed.alice, message)
    bed.require_success(sent, group.terms.sending)
    got = bed.require(message_waits.message(group, bed.bob, message.text), group.terms.receiving)

    reported = group.report(bed.bob, got.message_id or "none", displayed)

    verify(participation.accepted(reported, MESSAGES, "report a message displayed"))
    notified = message_waits.message_status(group, bed.alice, group.message_id(sent), displayed)
    verify(received_messages.reported(notified, displayed))
    shown = group.read_status(bed.alice, group.message_id(sent))
    verify(received_messages.status_shown(shown, displayed))


@pytest.mark.requirement("TS-CHAT-4.1.9")
def test_invitation_leads_to_the_chat(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """Session id and link of an invitation are those under which the user finds the chat.

    Stimulus: an invitation, then GET of the chat by the invited user.
    """
    group = bed.groups.invited(GroupOffer(), fmt)

    for each in group.invited:
        invitation = group.invitation(each)
        verify(invitations.leads_to_chat(invitation, group.read(each), bed.path("group")))


@pytest.mark.requirement("TS-CHAT-4.1.10")
def test_event_names_the_session(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The event of an end carries the receiver's session id.

    Stimulus: DELETE of the group by its originator after all invited users accepted.
    """
    group = bed.groups.established(GroupOffer(), fmt)

    group.finish()

    notified = chat_waits.end(group, bed.bob)
    verify(
        chat_notifications.event_type(notified),
        chat_notifications.event_names_chat(notified, group.chat_id(bed.bob)),
    )


@pytest.mark.requirement("TS-CHAT-4.1.11")
def test_participants_are_notified_with_status(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A participants notification carries the chat and the status of each participant.

    Stimulus: acceptance by one of two invited users.
    """
    group = bed.groups.invited(GroupOffer(), fmt)

    group.join(bed.bob)

    for who in (bed.alice, bed.bob):
        for notified in chat_waits.participants_after(group, who, accepted_by=bed.bob):
            verify(
                chat_notifications.statuses_present(notified),
                chat_notifications.participants_name_chat(notified, group.chat_id(who)),
            )
