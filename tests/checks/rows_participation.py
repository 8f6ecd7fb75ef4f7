"""Rows about participants and what they are told."""

from rcs_conformance.checks import (
    chat_notifications,
    participation,
)
from rcs_conformance.model.notifications import EventType
from tests.checks.records import (
    ALICE,
    BOB,
    BROKEN,
    CAROL,
    CONNECTED,
    DISCONNECTED,
    DONE,
    INVITED,
    LOST,
    NO_MESSAGE,
    REFUSED,
    Row,
    alone,
    came,
    event,
    exchange,
    message,
    missed,
    participants,
    people,
    read,
    told,
)

NOTICES: list[Row] = [
    (
        "UNI-CHT-004b.4",
        chat_notifications.notified,
        [(event(event_type=EventType.SESSION_ENDED), "UNI-CHT-004b.4", "it ended")],
        [(NO_MESSAGE, "UNI-CHT-004b.4", "it ended")],
    ),
    (
        "TS-CHAT-4.1.10",
        chat_notifications.event_names_chat,
        [(event(event_type=EventType.SESSION_ENDED, session_id="s1"), "s1")],
        [
            (event(event_type=EventType.SESSION_ENDED, session_id="s2"), "s1"),
            (event(event_type=EventType.SESSION_ENDED), "s1"),
        ],
    ),
    (
        "TS-CHAT-4.1.10",
        chat_notifications.event_type,
        [(event(event_type=EventType.SESSION_ENDED),)],
        [(event(event_type=EventType.ACCEPTED),)],
    ),
    (
        "UNI-CHT-003b.3",
        chat_notifications.ended_not_cancelled,
        [(event(event_type=EventType.SESSION_ENDED),)],
        [(event(event_type=EventType.SESSION_CANCELLED),)],
    ),
    (
        "UNI-CHT-004b.5",
        chat_notifications.acceptance_services,
        [(message(), message(), ["ft"], [["ft"]]), (message(), NO_MESSAGE, [], [[]])],
        [(message(), NO_MESSAGE, ["ft"], [["x"]]), (message(), message(), [], [["ft"]])],
    ),
    (
        "UNI-CHT-017.1",
        chat_notifications.first_participants,
        [(came(told(alice=CONNECTED, bob=CONNECTED)), [ALICE])],
        [(came(told(bob=CONNECTED)), [ALICE]), (missed(told()), [ALICE])],
    ),
    (
        "TS-CHAT-4.1.11",
        chat_notifications.statuses_present,
        [(came(told(alice=CONNECTED)),)],
        [(came(told(alice=None)),), (came(told()),)],
    ),
    (
        "TS-CHAT-4.1.11",
        chat_notifications.participants_name_chat,
        [(came(told(alice=CONNECTED)), "s1")],
        [(came(told(alice=CONNECTED)), "s2")],
    ),
    (
        "UNI-CHT-017.3",
        chat_notifications.same_set,
        [
            ([told(alice=CONNECTED, bob=CONNECTED)], participants(alice=CONNECTED, bob=CONNECTED)),
            (
                [told(alice=CONNECTED, bob=INVITED), told(bob=CONNECTED)],
                participants(alice=CONNECTED, bob=CONNECTED),
            ),
            (
                [told(alice=CONNECTED, bob=DISCONNECTED)],
                participants(alice=CONNECTED),
            ),
        ],
        [
            ([told(alice=CONNECTED)], participants(alice=CONNECTED, bob=INVITED)),
            ([told(alice=INVITED)], participants(alice=CONNECTED)),
            ([], participants(alice=CONNECTED)),
        ],
    ),
]

PARTICIPATION: list[Row] = [
    (
        "UNI-CHT-011.3",
        participation.ended_for_all,
        [(REFUSED, [event(event_type=EventType.SESSION_ENDED)])],
        [(REFUSED, [event(event_type=EventType.SESSION_ENDED), NO_MESSAGE])],
    ),
    (
        "UNI-CHT-008b.1",
        participation.accepted,
        [(exchange(204), "UNI-CHT-008b.1", "accept")],
        [(REFUSED, "UNI-CHT-008b.1", "accept")],
    ),
    (
        "UNI-CHT-011.2",
        participation.rejected,
        [(REFUSED, "UNI-CHT-011.2", "post"), (LOST, "UNI-CHT-011.2", "post")],
        [(DONE, "UNI-CHT-011.2", "post"), (BROKEN, "UNI-CHT-011.2", "post")],
    ),
    (
        "UNI-CHT-015.2",
        participation.not_found,
        [(LOST, "UNI-CHT-015.2", "it")],
        [(REFUSED, "UNI-CHT-015.2", "it")],
    ),
    (
        "UNI-CHT-003b.1",
        participation.gone,
        [
            (LOST, "UNI-CHT-003b.1"),
            (read(participant=people(alice=DISCONNECTED)), "UNI-CHT-003b.1"),
        ],
        [
            (read(participant=people(alice=CONNECTED)), "UNI-CHT-003b.1"),
            (read(participant=people(bob=INVITED)), "UNI-CHT-003b.1"),
            (BROKEN, "UNI-CHT-003b.1"),
        ],
    ),
    (
        "UNI-CHT-009b.1",
        participation.status,
        [
            (participants(bob=DISCONNECTED), BOB, "UNI-CHT-009b.1", [DISCONNECTED, None]),
            (participants(alice=CONNECTED), BOB, "UNI-CHT-009b.1", [DISCONNECTED, None]),
        ],
        [
            (participants(bob=CONNECTED), BOB, "UNI-CHT-009b.1", [DISCONNECTED, None]),
            (participants(alice=CONNECTED), BOB, "UNI-CHT-009b.1", [DISCONNECTED]),
            (participants(bob=None), BOB, "UNI-CHT-009b.1", [CONNECTED]),
        ],
    ),
    (
        "UNI-CHT-008b.3",
        participation.declared_services,
        [(participants(bob=CONNECTED), BOB, [])],
        [(participants(alice=CONNECTED), BOB, [])],
    ),
    (
        "UNI-CHT-008b.2",
        participation.declared_services,
        [],
        [(participants(bob=CONNECTED), BOB, ["ft"])],
    ),
    (
        "TS-CHAT-4.1.6",
        participation.same_entry,
        [(alone(), participants(bob=CONNECTED), BOB)],
        [
            (alone(status=INVITED), participants(bob=CONNECTED), BOB),
            (alone(address=CAROL), participants(bob=CONNECTED), BOB),
            (alone(), participants(alice=CONNECTED), BOB),
            (alone(supported_service=("ft",)), participants(bob=CONNECTED), BOB),
        ],
    ),
    (
        "TS-CHAT-4.1.6",
        participation.complete,
        [(participants(alice=CONNECTED, bob=INVITED), {ALICE: CONNECTED, BOB: INVITED}, ALICE)],
        [
            (participants(alice=CONNECTED), {ALICE: CONNECTED, BOB: INVITED}, ALICE),
            (participants(alice=CONNECTED, bob=INVITED), {ALICE: CONNECTED}, BOB),
            (participants(bob=INVITED), {BOB: INVITED}, ALICE),
        ],
    ),
    (
        "TS-CHAT-4.1.6",
        participation.same_participants,
        [(read(), participants(alice=CONNECTED, bob=INVITED, carol=INVITED))],
        [(read(), participants(alice=CONNECTED, bob=INVITED))],
    ),
    (
        "UNI-CHT-011.3",
        participation.goes_on_for_all,
        [([DONE, DONE], [False, False])],
        [([DONE, LOST], [False, False]), ([DONE, DONE], [False, True])],
    ),
]
