"""Rows about messages and composing indications."""

from dataclasses import replace
from datetime import timedelta

from rcs_conformance.checks import composing, received_messages, sent_messages
from rcs_conformance.model.chat import MessageStatus, MessageStatusReport
from rcs_conformance.model.common import Link
from rcs_conformance.model.kinds import ChatIdentity, ChatKind
from rcs_conformance.model.notifications import ChatMessageStatusNotification
from tests.checks.records import (
    ACTIVE,
    ALICE,
    AT,
    BOB,
    BROKEN,
    DELIVERED,
    DISPLAYED,
    DONE,
    FAILED,
    IDLE,
    LOST,
    NO_MESSAGE,
    REFUSED,
    SENT,
    START,
    TEXT,
    Row,
    exchange,
    message,
    missed,
    posted,
    report,
)

HERE = ChatIdentity(kind=ChatKind.GROUP, id="s1")
WITH_ALICE = ChatIdentity(kind=ChatKind.ADHOC, id="adhoc", contact=ALICE)
STATUS = "/group/{sessionId}/messages/{messageId}/status"
NO_REPORT = missed(report(status=DELIVERED).content)


def told(status: MessageStatus) -> ChatMessageStatusNotification:
    """A notification of the status of a message."""
    return ChatMessageStatusNotification(message_id="m1", status=status)


MESSAGES: list[Row] = [
    (
        sent_messages.outcome_given,
        [
            (posted(201, SENT), "UNI-CHT-018.5"),
            (posted(202), "UNI-CHT-018.5"),
            (posted(201, FAILED), "UNI-CHT-018.5"),
        ],
        [
            (posted(201, DISPLAYED), "UNI-CHT-018.5"),
            (posted(204), "UNI-CHT-018.5"),
            (REFUSED, "UNI-CHT-018.5"),
        ],
    ),
    (
        sent_messages.outcome_true,
        [
            (posted(201, SENT), message(), "UNI-CHT-026.5"),
            (posted(201, FAILED), NO_MESSAGE, "UNI-CHT-026.5"),
        ],
        [(posted(201, FAILED), message(), "UNI-CHT-026.5")],
    ),
    (
        sent_messages.not_failed,
        [
            (posted(201, SENT), message(), [told(MessageStatus.DELIVERED)], "UNI-CHT-018.5"),
            (posted(201, SENT), message(), [], "UNI-CHT-018.5"),
        ],
        [(posted(201, SENT), message(), [told(MessageStatus.FAILED)], "UNI-CHT-018.5")],
    ),
    (
        sent_messages.failure,
        [
            (LOST, None, "UNI-CHT-018.6"),
            (BROKEN, None, "UNI-CHT-018.6"),
            (posted(201, FAILED), None, "UNI-CHT-018.6"),
            (posted(202), report(status=FAILED), "UNI-CHT-018.6"),
        ],
        [(posted(201, SENT), NO_REPORT, "UNI-CHT-018.6"), (DONE, None, "UNI-CHT-018.6")],
    ),
    (
        sent_messages.final_status,
        [(report(status=DELIVERED), "UNI-CHT-018.7")],
        [(NO_REPORT, "UNI-CHT-018.7")],
    ),
    (
        received_messages.received_in,
        [(message(sender_address=BOB), HERE, "UNI-CHT-020.3")],
        [
            (message(), replace(HERE, id="s2"), "UNI-CHT-020.3"),
            (message(session_id=None), HERE, "UNI-CHT-020.3"),
            (NO_MESSAGE, HERE, "UNI-CHT-020.3"),
        ],
    ),
    (
        received_messages.received_in,
        [
            (message(session_id="adhoc", sender_address=ALICE), WITH_ALICE, "UNI-CHT-020.1"),
            (
                message(session_id="adhoc", sender_address=ALICE.replace(":", "%3A")),
                WITH_ALICE,
                "UNI-CHT-020.1",
            ),
        ],
        [
            (message(session_id="adhoc", sender_address=BOB), WITH_ALICE, "UNI-CHT-020.1"),
            (message(session_id="adhoc"), WITH_ALICE, "UNI-CHT-020.1"),
            (message(sender_address=ALICE), WITH_ALICE, "UNI-CHT-020.1"),
        ],
    ),
    (
        received_messages.text_unchanged,
        [(message(chat_message=TEXT), "hi")],
        [(message(chat_message=TEXT), "hi "), (message(), "hi"), (NO_MESSAGE, "hi")],
    ),
    (
        received_messages.sender,
        [(message(sender_address=ALICE), HERE, ALICE, "UNI-CHT-020.3")],
        [
            (message(sender_address=BOB), HERE, ALICE, "UNI-CHT-020.3"),
            (message(), HERE, ALICE, "UNI-CHT-020.3"),
        ],
    ),
    (
        received_messages.time_stamp,
        [
            (message(date_time="2026-01-01T12:00:00Z"), START, "UNI-CHT-020.3"),
            (message(date_time="2026-01-01T13:00:30+01:00"), START, "UNI-CHT-020.3"),
        ],
        [
            (message(date_time="2026-01-01T12:00:00"), START, "UNI-CHT-020.3"),
            (message(date_time="1970-01-01T00:00:00Z"), START, "UNI-CHT-020.3"),
            (message(date_time="noon"), START, "UNI-CHT-020.3"),
            (
                message(date_time="2026-01-01T12:00:00Z"),
                START + timedelta(minutes=2),
                "UNI-CHT-020.3",
            ),
        ],
    ),
    (
        received_messages.report_requested,
        [(message(chat_message=TEXT), [DELIVERED], "UNI-CHT-020.3")],
        [
            (message(chat_message=TEXT), [DELIVERED, DISPLAYED], "UNI-CHT-020.3"),
            (message(), [DELIVERED], "UNI-CHT-020.3"),
        ],
    ),
    (
        received_messages.report_linked,
        [
            (message(link=(Link(rel="x", href=f"{AT}/messages/m1"),)), STATUS, "UNI-CHT-020.3"),
            (
                message(link=(Link(rel="x", href=f"{AT}/messages/m1/status"),)),
                STATUS,
                "UNI-CHT-020.3",
            ),
        ],
        [
            (message(), STATUS, "UNI-CHT-020.3"),
            (message(link=(Link(rel="x", href=AT),)), STATUS, "UNI-CHT-020.3"),
        ],
    ),
    (
        composing.accepted,
        [
            (exchange(204), NO_MESSAGE, "UNI-CHT-019.3"),
            (REFUSED, message(is_composing=IDLE), "UNI-CHT-019.3"),
        ],
        [(REFUSED, NO_MESSAGE, "UNI-CHT-019.3")],
    ),
    (composing.states_accepted, [(exchange(204), ACTIVE)], [(REFUSED, IDLE)]),
    (
        composing.success_when_delivered,
        [(exchange(204), message(is_composing=IDLE), "UNI-CHT-021.3")],
        [(REFUSED, message(is_composing=IDLE), "UNI-CHT-021.3")],
    ),
    (
        composing.unchanged,
        [(message(is_composing=ACTIVE), ACTIVE, "UNI-CHT-021.3")],
        [
            (message(is_composing=IDLE), ACTIVE, "UNI-CHT-021.3"),
            (message(), ACTIVE, "UNI-CHT-021.3"),
        ],
    ),
    (
        received_messages.in_order,
        [(["a", "b", "a"], ["a", "b"], BOB)],
        [(["b", "a"], ["a", "b"], BOB), (["a"], ["a", "b"], BOB)],
    ),
    (
        received_messages.not_received,
        [(["a"], "b", BOB, "why")],
        [(["a"], "a", BOB, "why")],
    ),
    (
        received_messages.reported,
        [(report(status=DISPLAYED), DISPLAYED)],
        [
            (report(status=DELIVERED), DISPLAYED),
            (missed(report(status=SENT).content), DISPLAYED),
        ],
    ),
    (
        received_messages.status_shown,
        [(exchange(200, MessageStatusReport(status=SENT)), SENT)],
        [(exchange(200, MessageStatusReport(status=SENT)), DELIVERED)],
    ),
    (
        received_messages.goes_on,
        [(message(chat_message=TEXT), "UNI-CHT-011.1")],
        [(NO_MESSAGE, "UNI-CHT-011.1")],
    ),
]
