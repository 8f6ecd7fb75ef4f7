"""Rows about long-lived groups, and about what a policy decides."""

from rcs_conformance.checks import (
    added_notifications,
    group_creation,
    group_list,
    long_lived_groups,
    participation,
    policies,
)
from rcs_conformance.checks.group_clauses import CREATION, EXTENSION, LONG_LIVED_EXTENSION, QUERY
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import (
    LongLivedGroupChat,
    LongLivedGroupChatInformation,
    LongLivedGroupChatList,
    ParticipantInformation,
)
from rcs_conformance.model.common import Link, PolicyException, RequestError, ServiceException
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import (
    LongLivedGroupChatAddedNotification,
    LongLivedGroupChatServicesNotification,
)
from rcs_conformance.target import OriginatorLeave, Permission
from tests.checks.records import (
    ALICE,
    AT,
    BOB,
    BROKEN,
    CAROL,
    CONNECTED,
    DISCONNECTED,
    DONE,
    INVITED,
    LOST,
    REFUSED,
    Row,
    came,
    exchange,
    missed,
    participants,
    people,
    read,
)

GROUP = "/longLivedGroup/{groupChatId}"
URL = AT.replace("/group/s1", "/longLivedGroup/g1")
OTHER = URL.replace("g1", "g2")


def group(**members: object) -> LongLivedGroupChatInformation:
    """A long-lived group of alice and bob."""
    everyone = people(alice=CONNECTED, bob=CONNECTED)
    given = {"subject": "talk", "participant": everyone, **members}
    return LongLivedGroupChatInformation(**given)  # type: ignore[arg-type]


def shown(**members: object) -> Exchange:
    """A reading of it."""
    return exchange(200, group(**members), operation="GET longLivedGroup")


def created(*headers: tuple[str, str], **members: object) -> Exchange:
    """The answer to its creation."""
    return exchange(201, group(**members), *headers, operation="POST longLivedGroups")


def told(**members: object) -> Awaited[LongLivedGroupChatAddedNotification]:
    """The notification of being added, to bob."""
    given = {"group_chat_id": "g1", "subject": "talk", **members}
    return came(LongLivedGroupChatAddedNotification(**given))  # type: ignore[arg-type]


MARKED = (ParticipantInformation(address=ALICE, is_originator=True),)
"""The participants of a notification, alice marked as originator."""


def listed(*ids: str, subject: str = "talk", url: str = URL) -> Exchange:
    """A list of groups."""
    lines = tuple(
        LongLivedGroupChat(group_chat_id=each, subject=subject, resource_url=url) for each in ids
    )
    content = LongLivedGroupChatList(long_lived_group_chat=lines, resource_url="/longLivedGroup")
    return exchange(200, content, operation="GET longLivedGroups")


def services(*tokens: str) -> Awaited[LongLivedGroupChatServicesNotification]:
    """A notification of changed services, to bob."""
    return came(
        LongLivedGroupChatServicesNotification(group_chat_id="g1", supported_service=tokens)
    )


UNTOLD = missed(LongLivedGroupChatAddedNotification())
AFTER_ALL = missed(LongLivedGroupChatServicesNotification())
BY_POLICY = exchange(
    403, RequestError(policy_exception=PolicyException(message_id="POL0001", text="no"))
)
BY_SERVICE = exchange(
    403, RequestError(service_exception=ServiceException(message_id="SVC0001", text="no"))
)
RULE = "UNI-CHT-040.1"

LASTING: list[Row] = [
    (group_creation.started, [(exchange(201), CREATION)], [(REFUSED, CREATION)]),
    (
        long_lived_groups.members,
        [(shown(), [UNTOLD]), (shown(participant=people(alice=None)), [told()])],
        [(shown(participant=people(alice=None)), [UNTOLD])],
    ),
    (
        long_lived_groups.connected,
        [(shown(), BOB, RULE), (shown(participant=people(bob=None)), BOB, RULE)],
        [(shown(participant=people(bob=INVITED)), BOB, RULE), (shown(), CAROL, RULE)],
    ),
    (long_lived_groups.members, [(shown(), [told()], "UNI-CHT-031.2")], []),
    (
        long_lived_groups.subject,
        [(shown(), [], "talk"), (shown(subject="x"), [UNTOLD, told()], "talk")],
        [(shown(subject="x"), [UNTOLD, told(subject="y")], "talk")],
    ),
    (
        long_lived_groups.ids_agree,
        [
            (created(("location", URL), group_chat_id="g1"), GROUP),
            (created(("location", URL)), GROUP),
            (created(group_chat_id="g1"), GROUP),
            (exchange(201, None, ("location", URL), operation="POST longLivedGroups"), GROUP),
        ],
        [
            (created(("location", URL), group_chat_id="g2"), GROUP),
            (created(group_chat_id="g1", resource_url=OTHER), GROUP),
        ],
    ),
    (
        long_lived_groups.ids_differ,
        [([DONE, DONE], ["g1", "g2"])],
        [([DONE, DONE], ["g1", "g1"]), ([DONE, DONE], ["g1", None])],
    ),
    (
        long_lived_groups.closed,
        [
            (shown(is_closed=True), [], True),
            (shown(), [told(is_closed=True)], True),
            (shown(), [], False),
        ],
        [(shown(), [told(), UNTOLD], True), (shown(is_closed=True), [told()], False)],
    ),
    (
        long_lived_groups.closed,
        [(shown(), [], None)],
        [(shown(is_closed=True), [], None)],
    ),
    (
        long_lived_groups.services,
        [
            (shown(supported_service=("b", "a")), [], ["a", "b"], ["a", "b"]),
            (shown(), [told(supported_service=("a",))], ["a"], ["a"]),
        ],
        [(shown(), [told(), UNTOLD], ["a"], ["a"])],
    ),
    (
        long_lived_groups.services,
        [(shown(), [], [], [])],
        [(shown(supported_service=("a",)), [], [], [])],
    ),
    (
        long_lived_groups.visible_or_hidden,
        [
            ([DONE, DONE],),
            ([REFUSED, LOST],),
            ([LOST],),
            ([DONE, DONE], Permission.ALLOWED),
            ([REFUSED, LOST], Permission.REFUSED),
        ],
        [
            ([DONE, LOST],),
            ([BROKEN],),
            ([exchange(400)],),
            ([LOST], Permission.ALLOWED),
            ([DONE], Permission.REFUSED),
            ([BROKEN], Permission.REFUSED),
        ],
    ),
    (
        long_lived_groups.services_changed,
        [(services("a"), ["a"], [["a"]]), (services(), [], [[]])],
        [(AFTER_ALL, ["a"], []), (AFTER_ALL, ["a"], [["b"], []])],
    ),
    (
        long_lived_groups.services_of_group,
        [(services("a"), "g1")],
        [(services("a"), "another")],
    ),
    (
        group_creation.all_named,
        [(shown(), [ALICE, BOB], QUERY)],
        [(shown(), [ALICE, CAROL], QUERY)],
    ),
    (
        group_creation.all_named,
        [(read(), [ALICE, BOB], EXTENSION)],
        [(read(participant=people(alice=None)), [ALICE, BOB], EXTENSION)],
    ),
    (
        group_creation.subject,
        [(shown(), "talk", "UNI-CHT-035.2")],
        [(shown(subject="x"), "talk", "UNI-CHT-035.2")],
    ),
    (
        group_creation.closed,
        [
            (shown(), None, LONG_LIVED_EXTENSION),
            (shown(is_closed=True), True, LONG_LIVED_EXTENSION),
        ],
        [(shown(is_closed=True), None, LONG_LIVED_EXTENSION)],
    ),
    (
        group_creation.services,
        [(shown(), [], [], LONG_LIVED_EXTENSION)],
        [(shown(), ["a"], ["a"], LONG_LIVED_EXTENSION)],
    ),
    (
        participation.same_participants,
        [(shown(), participants(alice=CONNECTED, bob=CONNECTED), "UNI-CHT-035.1")],
        [(shown(), participants(alice=CONNECTED, bob=DISCONNECTED), "UNI-CHT-035.1")],
    ),
    (
        participation.response_names,
        [(participants(bob=None), [BOB], "UNI-CHT-014.1")],
        [(participants(alice=None), [BOB], "UNI-CHT-014.1")],
    ),
]

ADDITIONS: list[Row] = [
    (added_notifications.arrived, [(told(),)], [(UNTOLD,)]),
    (
        added_notifications.about_group,
        [(told(), shown()), (told(participant=people(bob=None)), shown())],
        [
            (told(participant=people(carol=None)), shown()),
            (told(group_chat_id=None, subject=None), shown()),
        ],
    ),
    (
        added_notifications.leads_to_group,
        [(told(), DONE, GROUP), (told(link=(Link(rel="r", href=URL),)), DONE, GROUP)],
        [
            (told(), LOST, GROUP),
            (told(group_chat_id=None), DONE, GROUP),
            (told(link=(Link(rel="r", href=OTHER),)), DONE, GROUP),
        ],
    ),
    (
        added_notifications.originator,
        [
            (told(originator_address=ALICE), [ALICE]),
            (told(originator_address=None, participant=MARKED), [ALICE, BOB]),
        ],
        [
            (told(originator_address=None), [ALICE]),
            (told(originator_address=BOB), [ALICE]),
            (told(originator_address=BOB, participant=MARKED), [BOB]),
        ],
    ),
    (
        added_notifications.subject,
        [(told(), "talk")],
        [(told(subject=None), "talk"), (told(subject="x"), "talk")],
    ),
    (
        added_notifications.closed,
        [(told(), True), (told(is_closed=True), True), (told(is_closed=False), None)],
        [(told(is_closed=False), True), (told(is_closed=True), None)],
    ),
    (
        added_notifications.services,
        [(told(supported_service=("b", "a")), ["a", "b"]), (told(), [])],
        [(told(), ["a"]), (told(supported_service=("a",)), [])],
    ),
]

LISTING: list[Row] = [
    (
        group_list.holds,
        [(listed("g0", "g1"), "g1", GROUP)],
        [(listed("g0"), "g1", GROUP), (listed("g1", url=OTHER), "g1", GROUP)],
    ),
    (
        group_list.subject,
        [(listed("g1"), "g1", "talk")],
        [(listed("g1", subject="x"), "g1", "talk")],
    ),
    (
        group_list.of_others,
        [(listed("g1"), "g1", "talk", DONE), (listed(), "g1", "talk", LOST)],
        [(listed("g1"), "g1", "talk", LOST), (listed("g2"), "g1", "talk", DONE)],
    ),
    (group_list.gone, [(listed("g0"), "g1")], [(listed("g1"), "g1")]),
]

POLICIES: list[Row] = [
    (
        policies.decided,
        [
            (DONE, RULE, "join again"),
            (BY_POLICY, RULE, "join again"),
            (REFUSED, RULE, "join again"),
            (DONE, RULE, "join again", Permission.ALLOWED),
            (BY_POLICY, RULE, "join again", Permission.REFUSED),
        ],
        [
            (BY_SERVICE, RULE, "join again"),
            (LOST, RULE, "join again"),
            (BY_POLICY, RULE, "join again", Permission.ALLOWED),
            (DONE, RULE, "join again", Permission.REFUSED),
        ],
    ),
    (
        policies.originator_left,
        [(DONE, OriginatorLeave.GOES_ON), (LOST, OriginatorLeave.ENDS)],
        [(LOST, OriginatorLeave.GOES_ON), (DONE, OriginatorLeave.ENDS)],
    ),
    (
        policies.not_added,
        [(participants(alice=CONNECTED), [BOB], RULE)],
        [(participants(alice=CONNECTED, bob=CONNECTED), [BOB], RULE)],
    ),
]
