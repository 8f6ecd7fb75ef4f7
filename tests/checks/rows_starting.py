"""Rows about starting group chats and inviting to them."""

from rcs_conformance.checks import (
    group_creation,
    invitations,
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
    ("UNI-CHT-002b.1", group_creation.started, [(exchange(201),)], [(REFUSED,), (BROKEN,)]),
    (
        "UNI-CHT-002b.1",
        group_creation.all_invited,
        [(read(), [BOB, CAROL]), (read(participant=people(bob=None)), [BOB])],
        [(read(participant=people(alice=None)), [BOB]), (read(), [ALICE])],
    ),
    (
        "UNI-CHT-002b.2",
        group_creation.identified,
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
        group_creation.combination_accepted,
        [(exchange(201), "UNI-CHT-002b.4", "closed")],
        [(REFUSED, "UNI-CHT-002b.4", "closed"), (BROKEN, "UNI-CHT-002b.4", "closed")],
    ),
    ("UNI-CHT-002b.2", group_creation.readable, [(DONE,)], [(LOST,)]),
    (
        "UNI-CHT-002b.3",
        group_creation.subject,
        [(read(subject="a"), "a"), (read(), None), (read(subject=""), None)],
        [(read(subject="b"), "a"), (read(), "a"), (read(subject="a"), None)],
    ),
    (
        "UNI-CHT-002b.4",
        group_creation.closed,
        [(read(is_closed=True), True)],
        [(read(), True), (read(is_closed=False), True)],
    ),
    ("UNI-CHT-002b.5", group_creation.closed, [(read(), False)], [(read(is_closed=True), False)]),
    ("UNI-CHT-002b.6", group_creation.closed, [(read(), None)], [(read(is_closed=True), None)]),
    (
        "UNI-CHT-002b.7",
        group_creation.services,
        [(read(supported_service=("b", "a")), ["a", "b"], ["a", "b"])],
        [(read(supported_service=("a",)), ["a", "b"], ["a", "b"]), (read(), ["a"], ["a"])],
    ),
    (
        "UNI-CHT-002b.8",
        group_creation.services,
        [(read(), [], [])],
        [(read(supported_service=("a",)), [], [])],
    ),
    (
        "UNI-CHT-002b.9",
        group_creation.unknown_service_handled,
        [(exchange(201),), (REFUSED,)],
        [(BROKEN,), (exchange(302),)],
    ),
    (
        "UNI-CHT-002b.9",
        group_creation.known_services_kept,
        [(read(supported_service=("ft",)), ["ft"], "x")],
        [(read(), ["ft"], "x")],
    ),
    (
        "UNI-CHT-002b.10",
        group_creation.invalid_closed_rejected,
        [(REFUSED, "maybe")],
        [(DONE, "maybe"), (BROKEN, "maybe")],
    ),
    (
        "UNI-CHT-002b.10",
        group_creation.nothing_started,
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
