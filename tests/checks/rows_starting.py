"""Rows about starting group chats and inviting to them."""

from rcs_conformance.checks import (
    invitations,
    starting,
)
from rcs_conformance.model.common import (
    Link,
    ResourceReference,
)
from tests.checks.records import (
    ALICE,
    AT,
    AT_HEADER,
    BOB,
    BROKEN,
    CAROL,
    DONE,
    GROUP,
    LOST,
    OTHER,
    REFUSED,
    Row,
    exchange,
    group,
    invitation,
    missed,
    people,
    read,
)

STARTING: list[Row] = [
    ("UNI-CHT-002b.1", starting.started, [(exchange(201),)], [(REFUSED,), (BROKEN,)]),
    (
        "UNI-CHT-002b.1",
        starting.all_invited,
        [(read(), [BOB, CAROL]), (read(participant=people(bob=None)), [BOB])],
        [(read(participant=people(alice=None)), [BOB]), (read(), [ALICE])],
    ),
    (
        "UNI-CHT-002b.2",
        starting.identified,
        [
            (exchange(201, group(resource_url=AT), AT_HEADER), GROUP),
            (exchange(201, ResourceReference(resource_url="/group/s1")), GROUP),
            (exchange(201, None, AT_HEADER), GROUP),
        ],
        [
            (exchange(201, group()), GROUP),
            (exchange(201, group(resource_url=OTHER), AT_HEADER), GROUP),
            (exchange(201, None, ("location", "/elsewhere")), GROUP),
        ],
    ),
    (
        "UNI-CHT-002b.4",
        starting.combination_taken,
        [(exchange(201), "UNI-CHT-002b.4", "closed")],
        [(REFUSED, "UNI-CHT-002b.4", "closed"), (BROKEN, "UNI-CHT-002b.4", "closed")],
    ),
    ("UNI-CHT-002b.2", starting.readable, [(DONE,)], [(LOST,)]),
    (
        "UNI-CHT-002b.3",
        starting.subject,
        [(read(subject="a"), "a"), (read(), None), (read(subject=""), None)],
        [(read(subject="b"), "a"), (read(), "a"), (read(subject="a"), None)],
    ),
    (
        "UNI-CHT-002b.4",
        starting.closed,
        [(read(is_closed=True), True)],
        [(read(), True), (read(is_closed=False), True)],
    ),
    ("UNI-CHT-002b.5", starting.closed, [(read(), False)], [(read(is_closed=True), False)]),
    ("UNI-CHT-002b.6", starting.closed, [(read(), None)], [(read(is_closed=True), None)]),
    (
        "UNI-CHT-002b.7",
        starting.services,
        [(read(supported_service=("b", "a")), ["a", "b"], ["a", "b"])],
        [(read(supported_service=("a",)), ["a", "b"], ["a", "b"]), (read(), ["a"], ["a"])],
    ),
    (
        "UNI-CHT-002b.8",
        starting.services,
        [(read(), [], [])],
        [(read(supported_service=("a",)), [], [])],
    ),
    (
        "UNI-CHT-002b.9",
        starting.unknown_service_in_order,
        [(exchange(201),), (REFUSED,)],
        [(BROKEN,), (exchange(302),)],
    ),
    (
        "UNI-CHT-002b.9",
        starting.known_services_kept,
        [(read(supported_service=("ft",)), ["ft"], "x")],
        [(read(), ["ft"], "x")],
    ),
    (
        "UNI-CHT-002b.10",
        starting.refused_closed,
        [(REFUSED, "maybe")],
        [(DONE, "maybe"), (BROKEN, "maybe")],
    ),
    (
        "UNI-CHT-002b.10",
        starting.nothing_started,
        [("UNI-CHT-002b.10", ["other", None], "rc1", "POST groups")],
        [("UNI-CHT-002b.10", ["RC1 talk"], "rc1", "POST groups")],
    ),
]

INVITATIONS: list[Row] = [
    (
        "UNI-CHT-007b.1",
        invitations.arrived,
        [(invitation(),)],
        [(missed(invitation().content),)],
    ),
    ("UNI-CHT-014.2", invitations.arrived, [(invitation(), "UNI-CHT-014.2")], []),
    (
        "UNI-CHT-007b.2",
        invitations.originator,
        [(invitation(originator_address=ALICE.replace(":", "%3A")), ALICE)],
        [(invitation(), ALICE), (invitation(originator_address=BOB), ALICE)],
    ),
    (
        "UNI-CHT-007b.3",
        invitations.subject,
        [(invitation(subject="a"), "a"), (invitation(), None), (invitation(subject=""), None)],
        [(invitation(), "a"), (invitation(subject="b"), "a"), (invitation(subject="b"), None)],
    ),
    (
        "UNI-CHT-007b.4",
        invitations.closed,
        [(invitation(is_closed=True), True), (invitation(), False), (invitation(), None)],
        [(invitation(), True), (invitation(is_closed=True), None)],
    ),
    (
        "UNI-CHT-007b.5",
        invitations.services,
        [(invitation(supported_service=("a", "b")), ["b", "a"]), (invitation(), [])],
        [(invitation(), ["a"]), (invitation(supported_service=("a",)), [])],
    ),
    (
        "UNI-CHT-007b.6",
        invitations.others,
        [(invitation(participant=people(bob=None, carol=None)), [BOB])],
        [(invitation(participant=people(bob=None)), [CAROL]), (invitation(), [BOB])],
    ),
    (
        "TS-CHAT-4.1.9",
        invitations.leads_to_chat,
        [(invitation(link=(Link(rel="r", href=AT),)), DONE, GROUP)],
        [
            (invitation(link=(Link(rel="r", href=AT),)), LOST, GROUP),
            (invitation(link=(Link(rel="r", href=OTHER),)), DONE, GROUP),
            (invitation(), DONE, GROUP),
            (invitation(session_id=None), DONE, GROUP),
        ],
    ),
]
