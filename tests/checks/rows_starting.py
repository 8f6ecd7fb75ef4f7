"""Rows about starting group chats and inviting to them."""

from rcs_conformance.checks import (
    group_creation,
    invitations,
)
from rcs_conformance.model.chat import ParticipantInformation
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

BY_ALICE = (
    ParticipantInformation(address=ALICE, is_originator=True),
    ParticipantInformation(address=BOB, is_originator=False),
)
NAMED = (ParticipantInformation(address=ALICE, name="A", is_originator=True),)

STARTING: list[Row] = [
    (group_creation.started, [(exchange(201),)], [(REFUSED,), (BROKEN,)]),
    (
        group_creation.all_invited,
        [(read(), [BOB, CAROL]), (read(participant=people(bob=None)), [BOB])],
        [(read(participant=people(alice=None)), [BOB]), (read(), [ALICE])],
    ),
    (
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
        group_creation.combination_accepted,
        [(exchange(201), "UNI-CHT-002b.4", "closed")],
        [(REFUSED, "UNI-CHT-002b.4", "closed"), (BROKEN, "UNI-CHT-002b.4", "closed")],
    ),
    (group_creation.readable, [(DONE,)], [(LOST,)]),
    (
        group_creation.subject,
        [(read(subject="a"), "a"), (read(), None), (read(subject=""), None)],
        [(read(subject="b"), "a"), (read(), "a"), (read(subject="a"), None)],
    ),
    (
        group_creation.closed,
        [(read(is_closed=True), True)],
        [(read(), True), (read(is_closed=False), True)],
    ),
    (group_creation.closed, [(read(), False)], [(read(is_closed=True), False)]),
    (group_creation.closed, [(read(), None)], [(read(is_closed=True), None)]),
    (
        group_creation.services,
        [(read(supported_service=("b", "a")), ["a", "b"], ["a", "b"])],
        [(read(supported_service=("a",)), ["a", "b"], ["a", "b"]), (read(), ["a"], ["a"])],
    ),
    (
        group_creation.services,
        [(read(), [], [])],
        [(read(supported_service=("a",)), [], [])],
    ),
    (
        group_creation.unknown_service_handled,
        [(exchange(201),), (REFUSED,)],
        [(BROKEN,), (exchange(302),)],
    ),
    (
        group_creation.known_services_kept,
        [(read(supported_service=("ft",)), ["ft"], "x")],
        [(read(), ["ft"], "x")],
    ),
    (
        group_creation.invalid_closed_rejected,
        [(REFUSED, "maybe")],
        [(DONE, "maybe"), (BROKEN, "maybe")],
    ),
    (
        group_creation.nothing_started,
        [("UNI-CHT-002b.10", ["other", None], "rc1", "POST groups")],
        [("UNI-CHT-002b.10", ["RC1 talk"], "rc1", "POST groups")],
    ),
]

INVITATIONS: list[Row] = [
    (
        invitations.arrived,
        [(invitation(),)],
        [(missed(invitation().content),)],
    ),
    (invitations.arrived, [(invitation(), "UNI-CHT-014.2")], []),
    (
        invitations.originator_name,
        [(invitation(participant=NAMED), "A"), (invitation(), "A")],
        [(invitation(participant=NAMED), "B"), (invitation(participant=BY_ALICE), "A")],
    ),
    (
        invitations.originator,
        [
            (invitation(originator_address=ALICE.replace(":", "%3A")), ALICE),
            (invitation(participant=BY_ALICE), ALICE),
            (invitation(originator_address=ALICE, participant=BY_ALICE), ALICE),
        ],
        [
            (invitation(), ALICE),
            (invitation(originator_address=BOB), ALICE),
            (invitation(participant=BY_ALICE), BOB),
            (invitation(originator_address=BOB, participant=BY_ALICE), ALICE),
            (invitation(originator_address=ALICE, participant=BY_ALICE), BOB),
        ],
    ),
    (
        invitations.subject,
        [(invitation(subject="a"), "a"), (invitation(), None), (invitation(subject=""), None)],
        [(invitation(), "a"), (invitation(subject="b"), "a"), (invitation(subject="b"), None)],
    ),
    (
        invitations.closed,
        [(invitation(is_closed=True), True), (invitation(), False), (invitation(), None)],
        [(invitation(), True), (invitation(is_closed=True), None)],
    ),
    (
        invitations.services,
        [(invitation(supported_service=("a", "b")), ["b", "a"]), (invitation(), [])],
        [(invitation(), ["a"]), (invitation(supported_service=("a",)), [])],
    ),
    (
        invitations.others,
        [(invitation(participant=people(bob=None, carol=None)), [BOB])],
        [(invitation(participant=people(bob=None)), [CAROL]), (invitation(), [BOB])],
    ),
    (
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
