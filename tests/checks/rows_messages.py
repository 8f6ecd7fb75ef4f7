"""Rows about messages and composing indications."""

from datetime import timedelta

from rcs_conformance.checks import (
    composing,
    messages,
)
from rcs_conformance.model.chat import (
    MessageStatusReport,
)
from tests.checks.records import (
    ACTIVE,
    ALICE,
    BOB,
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

MESSAGES: list[Row] = [
    (
        "UNI-CHT-018.5",
        messages.tells_outcome,
        [(posted(201, SENT),), (posted(202),), (posted(201, FAILED),)],
        [(posted(201, DISPLAYED),), (posted(204),), (REFUSED,)],
    ),
    (
        "UNI-CHT-018.5",
        messages.outcome_true,
        [(posted(201, SENT), message()), (posted(201, FAILED), NO_MESSAGE)],
        [(posted(201, FAILED), message())],
    ),
    (
        "UNI-CHT-018.6",
        messages.failure,
        [(LOST,), (posted(201, FAILED),)],
        [(posted(201, SENT),), (DONE,)],
    ),
    (
        "UNI-CHT-018.7",
        messages.final_status,
        [(report(status=DELIVERED),)],
        [(missed(report(status=DELIVERED).content),)],
    ),
    (
        "UNI-CHT-020.3",
        messages.received_in,
        [(message(), "s1", "UNI-CHT-020.3")],
        [(message(), "s2", "UNI-CHT-020.3"), (NO_MESSAGE, "s1", "UNI-CHT-020.3")],
    ),
    (
        "UNI-CHT-020.7",
        messages.text_unchanged,
        [(message(chat_message=TEXT), "hi")],
        [(message(chat_message=TEXT), "hi "), (message(), "hi")],
    ),
    (
        "UNI-CHT-020.7",
        messages.sender,
        [(message(sender_address=ALICE), ALICE)],
        [(message(sender_address=BOB), ALICE), (message(), ALICE)],
    ),
    (
        "UNI-CHT-020.5",
        messages.time_stamp,
        [
            (message(date_time="2026-01-01T12:00:00Z"), START),
            (message(date_time="2026-01-01T13:00:30+01:00"), START),
        ],
        [
            (message(date_time="2026-01-01T12:00:00"), START),
            (message(date_time="1970-01-01T00:00:00Z"), START),
            (message(date_time="noon"), START),
            (message(date_time="2026-01-01T12:00:00Z"), START + timedelta(minutes=2)),
        ],
    ),
    (
        "UNI-CHT-020.6",
        messages.report_requested,
        [(message(chat_message=TEXT), [DELIVERED])],
        [(message(chat_message=TEXT), [DELIVERED, DISPLAYED]), (message(), [DELIVERED])],
    ),
    ("UNI-CHT-019.3", composing.composing_taken, [(exchange(204),)], [(REFUSED,)]),
    ("UNI-CHT-019.5", composing.composing_states, [(exchange(204), ACTIVE)], [(REFUSED, IDLE)]),
    (
        "UNI-CHT-019.6",
        composing.delivered_is_success,
        [(exchange(204), message(is_composing=IDLE))],
        [(REFUSED, message(is_composing=IDLE))],
    ),
    (
        "UNI-CHT-021.5",
        composing.composing_unchanged,
        [(message(is_composing=ACTIVE), ACTIVE)],
        [(message(is_composing=IDLE), ACTIVE), (message(), ACTIVE)],
    ),
    (
        "TS-CHAT-4.1.7",
        messages.in_order,
        [(["a", "b", "a"], ["a", "b"], BOB)],
        [(["b", "a"], ["a", "b"], BOB), (["a"], ["a", "b"], BOB)],
    ),
    (
        "TS-CHAT-4.1.7",
        messages.not_received,
        [(["a"], "b", BOB, "why")],
        [(["a"], "a", BOB, "why")],
    ),
    (
        "TS-CHAT-4.1.7",
        messages.reported,
        [(report(status=DISPLAYED), DISPLAYED)],
        [
            (report(status=DELIVERED), DISPLAYED),
            (missed(report(status=SENT).content), DISPLAYED),
        ],
    ),
    (
        "TS-CHAT-4.1.7",
        messages.status_shown,
        [(exchange(200, MessageStatusReport(status=SENT)), SENT)],
        [(exchange(200, MessageStatusReport(status=SENT)), DELIVERED)],
    ),
    (
        "UNI-CHT-011.1",
        messages.goes_on,
        [(message(chat_message=TEXT), "UNI-CHT-011.1")],
        [(NO_MESSAGE, "UNI-CHT-011.1")],
    ),
]
