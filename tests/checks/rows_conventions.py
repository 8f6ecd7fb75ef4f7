"""Rows about subscriptions and what holds for every resource."""

from rcs_conformance.checks import (
    conventions,
    correlators,
    refusals,
    representations,
    subscriptions,
)
from rcs_conformance.model.common import (
    ResourceReference,
)
from tests.checks.records import (
    AT,
    AT_HEADER,
    BOB,
    DONE,
    LOST,
    NO_MESSAGE,
    OTHER,
    REFUSED,
    TEXT,
    Row,
    asked,
    error,
    exchange,
    group,
    listing,
    message,
    notification,
    read,
)

SUBSCRIPTIONS: list[Row] = [
    (
        "TS-CHAT-4.1.1",
        subscriptions.created,
        [(exchange(201, None, AT_HEADER),), (exchange(201, ResourceReference(resource_url=AT)),)],
        [(exchange(201),), (exchange(403, None, AT_HEADER),)],
    ),
    (
        "TS-CHAT-4.1.1",
        subscriptions.as_asked,
        [(exchange(200, asked(duration=60)), asked(duration=7200))],
        [(exchange(200, asked(url="http://us/b")), asked())],
    ),
    (
        "TS-CHAT-4.1.1",
        subscriptions.listed,
        [(listing(asked(resource_url=AT)), exchange(201, None, AT_HEADER))],
        [
            (listing(asked(resource_url=OTHER)), exchange(201, None, AT_HEADER)),
            (listing(asked()), exchange(201, None, AT_HEADER)),
        ],
    ),
    ("TS-CHAT-4.1.1", subscriptions.deleted, [(exchange(204),)], [(LOST,)]),
    ("TS-CHAT-4.1.1", subscriptions.forgotten, [(LOST,)], [(DONE,)]),
    ("TS-CHAT-4.1.1", subscriptions.served, [(message(),)], [(NO_MESSAGE,)]),
    (
        "TS-CHAT-4.1.1",
        subscriptions.silent,
        [((), BOB)],
        [((notification(message().content),), BOB)],
    ),
]

CONVENTIONS: list[Row] = [
    (
        "TS-CHAT-5.5",
        conventions.not_allowed,
        [
            (exchange(405, None, ("allow", "get, PUT, OPTIONS")), ["GET"], ["GET", "PUT"]),
        ],
        [
            (exchange(405), ["GET"], ["GET"]),
            (exchange(405, None, ("allow", "PUT")), ["GET"], ["GET", "PUT"]),
            (exchange(405, None, ("allow", "GET, PATCH")), ["GET"], ["GET", "PUT"]),
            (LOST, ["GET"], ["GET"]),
        ],
    ),
    ("TS-CHAT-5.8", refusals.bad_request, [(exchange(400), "x")], [(DONE, "x"), (LOST, "x")]),
    ("TS-CHAT-5.9", refusals.not_found, [(LOST,)], [(REFUSED,), (DONE,)]),
    (
        "TS-CHAT-5.10",
        refusals.unauthorised,
        [(exchange(401, None, ("www-authenticate", "Bearer")), "no token")],
        [(exchange(401), "no token"), (REFUSED, "no token")],
    ),
    ("TS-CHAT-5.10", refusals.forbidden, [(REFUSED,), (LOST,)], [(DONE,), (exchange(401),)]),
    (
        "TS-CHAT-5.10",
        refusals.unchanged,
        [(read(), read(participant=tuple(reversed(group().participant))), "TS-CHAT-5.10", "x")],
        [(read(), read(subject="new"), "TS-CHAT-5.10", "x")],
    ),
    (
        "TS-CHAT-5.4",
        representations.equivalent,
        [(read(resource_url=AT), read(resource_url=AT.replace("%3A", ":")))],
        [(read(), read(is_closed=False)), (read(), listing()), (read(subject="a"), read())],
    ),
    ("TS-CHAT-5.3", representations.form_taken, [(exchange(201),)], [(exchange(415),)]),
    (
        "TS-CHAT-5.3",
        representations.form_says,
        [(read(subject="a"), "subject", "a")],
        [(read(), "subject", "a")],
    ),
    ("TS-CHAT-5.3", representations.form_invites, [(read(), [BOB])], [(read(), ["tel:+9"])]),
    (
        "TS-CHAT-5.3",
        representations.form_arrives,
        [(message(chat_message=TEXT), "hi")],
        [(message(chat_message=TEXT), "ho"), (NO_MESSAGE, "hi")],
    ),
    (
        "TS-CHAT-5.6",
        conventions.location_of_creation,
        [(exchange(201, None, AT_HEADER),), (DONE,), (exchange(201, root="isComposing"),)],
        [(exchange(201),)],
    ),
    ("TS-CHAT-5.6", conventions.status_is, [(DONE, 200, "it")], [(LOST, 200, "it")]),
    (
        "TS-CHAT-5.8",
        refusals.nothing_started,
        [(["other", None], "rc1")],
        [(["RC1 x"], "rc1")],
    ),
    (
        "TS-CHAT-5.12",
        correlators.listed_once,
        [(listing(asked(client_correlator="c"), asked()), "c")],
        [
            (listing(asked(client_correlator="c"), asked(client_correlator="c")), "c"),
            (listing(), "c"),
        ],
    ),
    ("TS-CHAT-5.12", correlators.made_once, [(1, "it")], [(0, "it"), (2, "it")]),
    (
        "TS-CHAT-5.12",
        correlators.repeated,
        [(DONE, DONE, ("a", "a")), (DONE, exchange(409), ("a", None))],
        [(DONE, DONE, ("a", "b")), (DONE, DONE, (None, None)), (DONE, REFUSED, ("a", "a"))],
    ),
    (
        "TS-CHAT-5.12",
        correlators.correlator_shown,
        [(read(client_correlator="c"), "c"), (read(), None)],
        [(read(), "c"), (read(client_correlator="d"), "c"), (read(client_correlator="d"), None)],
    ),
    (
        "TS-CHAT-5.7",
        refusals.error_says,
        [(error("SVC0002"), ["SVC0002", "POL"]), (error("SVC0002"), ["SVC"])],
        [(error("SVC0002"), ["POL"]), (LOST, ["SVC"])],
    ),
    (
        "TS-CHAT-5.1",
        conventions.negotiated,
        [(read(), "TS-CHAT-5.1", "Accept")],
        [
            (exchange(200, None, ("content-type", "text/html")), "TS-CHAT-5.1", "Accept"),
            (DONE, "TS-CHAT-5.1", "Accept"),
        ],
    ),
    ("TS-CHAT-5.13", conventions.supported, [(DONE, "REST-X")], [(LOST, "REST-X")]),
]
