"""What differs between the kinds of chat: resources, and the clauses about each step."""

from collections.abc import Mapping
from dataclasses import dataclass

from rcs_conformance.model.kinds import ChatKind

ADHOC_ID = "adhoc"
"""The session id of every ad-hoc chat (binding, section 1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms of one kind of chat.

    Attributes:
        item: The SCR item by which a target claims the kind.
        chat: Key of the resource that is the chat itself; empty where there is none.
        messages: Key of its messages.
        message_status: Key of the status of one of them.
        established: Clause behind an established chat of the kind.
        sending: Clause that messages are taken.
        composing: Clause that composing indications are taken.
        receiving: Clause that messages arrive.
        hearing: Clause that composing indications arrive.
        uploading: Clause that multimedia messages are taken.
        reporting: Clause behind the status of messages.
        listing: Clause that the participants are shown; empty where there are none, as below.
        participants: Key of the list of participants.
        participant: Key of one of them.
        participant_status: Key of the status of one of them.
    """

    item: str
    chat: str
    messages: str
    message_status: str
    established: str
    sending: str
    composing: str
    receiving: str
    hearing: str
    uploading: str
    reporting: str
    listing: str = ""
    participants: str = ""
    participant: str = ""
    participant_status: str = ""


BEGINNINGS = ("UNI-CHT-007a.1", "UNI-CHT-007b.1", "UNI-CHT-032.1", "UNI-FLT-005.1")
"""Clauses that users are notified of the beginning of a chat or of a file transfer."""

TERMS: Mapping[ChatKind, Terms] = {
    ChatKind.ADHOC: Terms(
        item="REST-CHAT-1-1-ADHOC-S-001-O",
        chat="",
        messages="oneToOneMessages",
        message_status="oneToOneMessageStatus",
        established="RCS-4.7.2.1",
        sending="UNI-CHT-018.1",
        composing="UNI-CHT-019.1",
        receiving="UNI-CHT-020.1",
        hearing="UNI-CHT-021.1",
        uploading="UNI-CHT-026.1",
        reporting="TS-CHAT-4.1.3",
    ),
    ChatKind.ONE_TO_ONE: Terms(
        item="REST-CHAT-1-1-SESS-S-001-O",
        chat="oneToOneSession",
        messages="oneToOneMessages",
        message_status="oneToOneMessageStatus",
        established="UNI-CHT-008a.1",
        sending="UNI-CHT-018.2",
        composing="UNI-CHT-019.2",
        receiving="UNI-CHT-020.2",
        hearing="UNI-CHT-021.2",
        uploading="UNI-CHT-026.2",
        reporting="TS-CHAT-4.1.3",
    ),
    ChatKind.GROUP: Terms(
        item="REST-CHAT-GRP-S-001-O",
        chat="group",
        messages="groupMessages",
        message_status="groupMessageStatus",
        established="UNI-CHT-008b.1",
        sending="UNI-CHT-018.3",
        composing="UNI-CHT-019.3",
        receiving="UNI-CHT-020.3",
        hearing="UNI-CHT-021.3",
        uploading="UNI-CHT-026.3",
        reporting="TS-CHAT-4.1.7",
        listing="TS-CHAT-4.1.6",
        participants="participants",
        participant="participant",
        participant_status="participantStatus",
    ),
    ChatKind.LONG_LIVED: Terms(
        item="REST-CHAT-LL-GRP-S-001-O",
        chat="longLivedGroup",
        messages="longLivedMessages",
        message_status="longLivedMessageStatus",
        established="UNI-CHT-030.1",
        sending="UNI-CHT-018.4",
        composing="UNI-CHT-019.4",
        receiving="UNI-CHT-020.4",
        hearing="UNI-CHT-021.4",
        uploading="UNI-CHT-026.4",
        reporting="TS-CHAT-4.1.7",
        listing="UNI-CHT-035.1",
        participants="longLivedParticipants",
        participant="longLivedParticipant",
        participant_status="longLivedParticipantStatus",
    ),
}
"""The terms by kind."""
