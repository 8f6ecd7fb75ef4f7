"""Rows about what no request gave."""

from rcs_conformance.checks import absence
from rcs_conformance.model.chat import (
    ChatMessage,
    ChatSessionInformation,
    MessageStatus,
    ParticipantInformation,
)
from tests.checks.records import ALICE, BOB, Row, exchange, invitation, message, read

TEXT = ChatMessage(text="hello")
REPORTED = ChatMessage(text="hello", report_request=(MessageStatus.DISPLAYED,))
NAMELESS = (ParticipantInformation(address=ALICE, name=""),)


def started(chat_message: ChatMessage | None = None) -> object:
    """A reading of a session of alice and bob."""
    content = ChatSessionInformation(
        originator_address=ALICE, t_participant_address=BOB, chat_message=chat_message
    )
    return exchange(200, content)


ABSENCE: list[Row] = [
    (
        absence.nothing_added,
        [
            (read(),),
            (started(),),
            (invitation(),),
            (message(chat_message=TEXT),),
            (message(chat_message=TEXT, sender_name="Alice"),),
            (message(chat_message=REPORTED),),
            (read(subject="x"), ["subject"]),
        ],
        [
            (read(subject=""),),
            (read(client_correlator="c"),),
            (read(participant=NAMELESS),),
            (started(TEXT),),
            (invitation(subject=""),),
            (message(chat_message=TEXT, sender_name=""),),
        ],
    ),
]
