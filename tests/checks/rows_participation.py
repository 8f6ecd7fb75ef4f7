"""Rows about participants and what they are told."""

from dataclasses import replace

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
    accepted_chat,
    alone,
    came,
    event,
    exchange,
    missed,
    participants,
    people,
    read,
    told,
)

NOTICES: list[Row] = [
    (
        chat_notifications.notified,
        [(event(event_type=EventType.SESSION_ENDED), "UNI-CHT-004b.4", "it ended")],
        [(NO_MESSAGE, "UNI-CHT-004b.4", "it ended")],
    ),
    (
        chat_notifications.event_names_chat,
        [(event(event_type=EventType.SESSION_ENDED, session_id="s1"), "s1")],
        [
            (event(event_type=EventType.SESSION_ENDED, session_id="s2"), "s1"),
            (event(event_type=EventType.SESSION_ENDED), "s1"),
        ],
    ),
    (
        chat_notifications.event_type,
        [(event(event_type=EventType.SESSION_ENDED),)],
        [(event(event_type=EventType.ACCEPTED),)],
    ),
    (
        chat_notifications.ended_not_cancelled,
        [(event(event_type=EventType.SESSION_ENDED),)],
        [(event(event_type=EventType.SESSION_CANCELLED),)],
    ),
    (
        chat_notifications.acceptance_services,
        [
            ([accepted_chat(["ft"], ["geo"], ["ft"])],),
            ([accepted_chat([], [], [])],),
            ([accepted_chat(["ft"], ["geo"], []), accepted_chat(["ft", "geo"], ["ft"], ["ft"])],),
            ([accepted_chat(["ft"], ["geo"], ["geo"]), accepted_chat([], ["ft"], ["ft"])],),
        ],
        [
            ([accepted_chat(["ft"], [], ["x"])],),
            ([accepted_chat([], [], ["ft"])],),
            ([accepted_chat(["ft"], ["geo"], ["ft"]), accepted_chat([], ["ft"], ["ft"])],),
        ],
    ),
    (
        chat_notifications.first_participants,
        [(came(told(alice=CONNECTED, bob=CONNECTED)), [ALICE])],
        [(came(told(bob=CONNECTED)), [ALICE]), (missed(told()), [ALICE])],
    ),
    (
        chat_notifications.participants_name_group,
        [(came(replace(told(alice=CONNECTED), group_chat_id="g1")), "g1", "UNI-CHT-036.2")],
        [(came(told(alice=CONNECTED)), "g1", "UNI-CHT-036.2")],
    ),
    (
        chat_notifications.statuses_present,
        [(came(told(alice=CONNECTED)),)],
        [(came(told(alice=None)),), (came(told()),)],
    ),
    (
        chat_notifications.participants_name_chat,
        [(came(told(alice=CONNECTED)), "s1")],
        [(came(told(alice=CONNECTED)), "s2")],
    ),
    (
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
        participation.ended_for_all,
        [(REFUSED, [event(event_type=EventType.SESSION_ENDED)])],
        [(REFUSED, [event(event_type=EventType.SESSION_ENDED), NO_MESSAGE])],
    ),
    (
        participation.accepted,
        [(exchange(204), "UNI-CHT-008b.1", "accept")],
        [(REFUSED, "UNI-CHT-008b.1", "accept")],
    ),
    (
        participation.rejected,
        [(REFUSED, "UNI-CHT-011.2", "post"), (LOST, "UNI-CHT-011.2", "post")],
        [(DONE, "UNI-CHT-011.2", "post"), (BROKEN, "UNI-CHT-011.2", "post")],
    ),
    (
        participation.not_found,
        [(LOST, "UNI-CHT-015.2", "it")],
        [(REFUSED, "UNI-CHT-015.2", "it")],
    ),
    (
        participation.joins_or_not_found,
        [(LOST, "UNI-CHT-015.3", "it"), (DONE, "UNI-CHT-015.3", "it")],
        [(REFUSED, "UNI-CHT-015.3", "it")],
    ),
    (
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
        participation.declared_services,
        [(participants(bob=CONNECTED), BOB, [])],
        [(participants(alice=CONNECTED), BOB, [])],
    ),
    (
        participation.declared_services,
        [],
        [(participants(bob=CONNECTED), BOB, ["ft"])],
    ),
    (
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
        participation.complete,
        [(participants(alice=CONNECTED, bob=INVITED), {ALICE: CONNECTED, BOB: INVITED}, ALICE)],
        [
            (participants(alice=CONNECTED), {ALICE: CONNECTED, BOB: INVITED}, ALICE),
            (participants(alice=CONNECTED, bob=INVITED), {ALICE: CONNECTED}, BOB),
            (participants(bob=INVITED), {BOB: INVITED}, ALICE),
        ],
    ),
    (
        participation.same_participants,
        [(read(), participants(alice=CONNECTED, bob=INVITED, carol=INVITED))],
        [(read(), participants(alice=CONNECTED, bob=INVITED))],
    ),
    (
        participation.goes_on_for_all,
        [([DONE, DONE], [False, False])],
        [([DONE, LOST], [False, False]), ([DONE, DONE], [False, True])],
    ),
]
