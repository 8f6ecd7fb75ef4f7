"""Rows about subscriptions and what holds for every resource."""

from dataclasses import replace
from functools import partial

from rcs_conformance.binding import load_binding
from rcs_conformance.checks import (
    chat_subscriptions,
    conventions,
    correlators,
    equivalence,
    form_requests,
    lightweight_resources,
    rejections,
    request_errors,
)
from rcs_conformance.model.common import (
    ResourceReference,
)
from tests.checks.records import (
    AT,
    AT_HEADER,
    BOB,
    BROKEN,
    CONNECTED,
    DONE,
    INVITED,
    LOST,
    NO_MESSAGE,
    OTHER,
    REFUSED,
    TEXT,
    Row,
    asked,
    error,
    exchange,
    listing,
    lone,
    message,
    notification,
    participants,
    people,
    read,
)

ERRORS = load_binding().errors


def with_correlator(correlator: str | None) -> object:
    """A reading of a chat whose participants have a correlator."""
    entries = people(alice=CONNECTED, bob=INVITED)
    return read(participant=tuple(replace(each, client_correlator=correlator) for each in entries))


SUBSCRIPTIONS: list[Row] = [
    (
        chat_subscriptions.created,
        [(exchange(201, None, AT_HEADER),), (exchange(201, ResourceReference(resource_url=AT)),)],
        [(exchange(201),), (exchange(403, None, AT_HEADER),)],
    ),
    (
        chat_subscriptions.as_requested,
        [(exchange(200, asked(duration=60)), asked(duration=7200))],
        [(exchange(200, asked(url="http://us/b")), asked())],
    ),
    (
        chat_subscriptions.listed,
        [(listing(asked(resource_url=AT)), exchange(201, None, AT_HEADER))],
        [
            (listing(asked(resource_url=OTHER)), exchange(201, None, AT_HEADER)),
            (listing(asked()), exchange(201, None, AT_HEADER)),
        ],
    ),
    (
        chat_subscriptions.not_listed,
        [(listing(asked(resource_url=OTHER)), exchange(201, None, AT_HEADER), "x")],
        [(listing(asked(resource_url=AT)), exchange(201, None, AT_HEADER), "x")],
    ),
    (chat_subscriptions.deleted, [(exchange(204),)], [(LOST,)]),
    (chat_subscriptions.gone, [(LOST,)], [(DONE,)]),
    (chat_subscriptions.notified, [(message(),)], [(NO_MESSAGE,)]),
    (
        chat_subscriptions.silent,
        [((), BOB)],
        [((notification(message().content),), BOB)],
    ),
]


def taken(*lost: str, by_label: bool = False) -> rejections.Taken:
    """An invalid request that was accepted."""
    request = replace(DONE.request, mutation="x")
    return rejections.Taken(exchange=replace(DONE, request=request), by_label=by_label, lost=lost)


CONVENTIONS: list[Row] = [
    (
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
    (
        conventions.allow_with_405,
        [(exchange(405, None, ("allow", "PUT")),), (exchange(404),), (DONE,), (LOST,)],
        [(exchange(405),)],
    ),
    (
        rejections.bad_request,
        [(exchange(400), "x"), (LOST, "x", (400, 404))],
        [(DONE, "x"), (LOST, "x"), (exchange(415), "x")],
    ),
    (
        rejections.bad_request,
        [(exchange(415), "x", (415,)), (exchange(400), "x", (400, 415))],
        [(exchange(400), "x", (415,)), (DONE, "x", (400, 415))],
    ),
    (
        rejections.mutation_rejected,
        [(REFUSED, (400, 403), (read(), read())), (LOST, (404,), ())],
        [
            (REFUSED, (400, 403), (read(), read(subject="new"))),
            (exchange(201), (400,), (read(), read(subject="new"))),
            (BROKEN, (400,), ()),
        ],
    ),
    (
        rejections.read_leniently,
        [((taken(),),), ((taken(by_label=True), taken(by_label=True)),)],
        [((taken(), taken("isClosed = false, sent as true")),)],
    ),
    (rejections.not_found, [(LOST,)], [(REFUSED,), (DONE,)]),
    (
        partial(rejections.not_found, by_policy=True),
        [(LOST,), (REFUSED,)],
        [(exchange(400),), (DONE,)],
    ),
    (
        rejections.unchanged,
        [
            (
                exchange(200, asked(duration=7200)),
                exchange(200, asked(duration=7199)),
                "TS-CHAT-5.8",
                "x",
            )
        ],
        [
            (
                exchange(200, asked(duration=7200)),
                exchange(200, asked(duration=3600)),
                "TS-CHAT-5.8",
                "x",
            )
        ],
    ),
    (
        equivalence.equivalent,
        [(read(resource_url=AT), read(resource_url=AT.replace("%3A", ":")))],
        [(read(), read(is_closed=False)), (read(), listing()), (read(subject="a"), read())],
    ),
    (
        equivalence.equivalent,
        [
            (exchange(200, asked(duration=7200)), exchange(200, asked(duration=7199))),
            (exchange(200, asked(duration=7200)), exchange(200, asked(duration=7140))),
        ],
        [
            (exchange(200, asked(duration=7200)), exchange(200, asked(duration=7139))),
            (exchange(200, asked(duration=7200)), exchange(200, asked(duration=60))),
            (exchange(200, asked(duration=7200)), exchange(200, asked())),
        ],
    ),
    (
        equivalence.equivalent_entry,
        [
            (
                listing(asked(resource_url=AT), asked(resource_url=OTHER)),
                listing(asked(resource_url=AT)),
                exchange(201, None, AT_HEADER),
            )
        ],
        [
            (
                listing(asked(resource_url=AT)),
                listing(asked(resource_url=OTHER)),
                exchange(201, None, AT_HEADER),
            ),
            (
                listing(asked(resource_url=AT)),
                listing(asked(resource_url=AT, client_correlator="c")),
                exchange(201, None, AT_HEADER),
            ),
        ],
    ),
    (
        equivalence.created_alike,
        [
            (
                read(subject="rc1 a", client_correlator="rc12", resource_url=AT),
                read(subject="rc2 a", client_correlator="rc21", resource_url=OTHER),
                ["rc1", "rc12", "rc2", "rc21"],
            )
        ],
        [
            (read(subject="rc1 a"), read(subject="rc2 b"), ["rc1", "rc2"]),
            (read(is_closed=True), read(), []),
            (read(), listing(), []),
        ],
    ),
    (
        equivalence.notified_alike,
        [(message(chat_message=TEXT, callback_data="a"), message(chat_message=TEXT))],
        [(message(chat_message=TEXT), message()), (message(), NO_MESSAGE)],
    ),
    (form_requests.accepted, [(exchange(201),)], [(exchange(415),)]),
    (
        form_requests.same_as_structured,
        [(read(subject="rc1 a"), read(subject="rc2 a"), ["subject"], ["rc1", "rc2"])],
        [
            (read(subject="a"), read(), ["subject"], []),
            (read(subject="rc1+a"), read(subject="rc2 a"), ["subject"], ["rc1", "rc2"]),
        ],
    ),
    (form_requests.invites, [(read(), [BOB])], [(read(), ["tel:+9"])]),
    (
        form_requests.arrives,
        [(message(chat_message=TEXT), "hi")],
        [(message(chat_message=TEXT), "ho"), (NO_MESSAGE, "hi")],
    ),
    (form_requests.notified, [(message(),)], [(NO_MESSAGE,)]),
    (
        conventions.location_of_creation,
        [
            (exchange(201, None, AT_HEADER),),
            (DONE,),
            (exchange(201),),
            (exchange(201, operation="POST groupMessages", root="isComposing"),),
        ],
        [(exchange(201, operation="POST groups"),)],
    ),
    (conventions.status_is, [(DONE, 200, "it")], [(LOST, 200, "it")]),
    (
        rejections.no_effect,
        [((), "x")],
        [(["chatMessageNotification tells tel:+2 of one of them"], "x")],
    ),
    (
        correlators.listed_once,
        [(listing(asked(client_correlator="c"), asked()), "c")],
        [
            (listing(asked(client_correlator="c"), asked(client_correlator="c")), "c"),
            (listing(), "c"),
        ],
    ),
    (correlators.created_once, [(1, "it")], [(0, "it"), (2, "it")]),
    (
        correlators.repeated,
        [(DONE, DONE, ("a", "a")), (DONE, exchange(409), ("a", None))],
        [(DONE, DONE, ("a", "b")), (DONE, DONE, (None, None)), (DONE, REFUSED, ("a", "a"))],
    ),
    (
        correlators.correlator_shown,
        [(read(client_correlator="c"), "c"), (read(), None)],
        [(read(), "c"), (read(client_correlator="d"), "c"), (read(client_correlator="d"), None)],
    ),
    (
        request_errors.message_id_fits,
        [(error("SVC0002"), ["SVC0002", "POL"]), (error("SVC0002"), ["SVC"])],
        [(error("SVC0002"), ["POL"]), (LOST, ["SVC"])],
    ),
    (conventions.text_xml_taken, [(exchange(201),)], [(exchange(415),), (REFUSED,)]),
    (
        conventions.text_xml_understood,
        [(read(is_closed=True), read(is_closed=True))],
        [(read(), read(is_closed=True)), (read(is_closed=False), read(is_closed=True))],
    ),
    (
        conventions.negotiable,
        [(DONE, "TS-CHAT-5.1", "Accept")],
        [(exchange(406), "TS-CHAT-5.1", "Accept"), (exchange(500), "TS-CHAT-5.2", "Accept")],
    ),
    (
        conventions.negotiated,
        [(read(), "TS-CHAT-5.1", "Accept")],
        [
            (exchange(200, None, ("content-type", "text/html")), "TS-CHAT-5.1", "Accept"),
            (DONE, "TS-CHAT-5.1", "Accept"),
        ],
    ),
    (
        partial(correlators.repeated, may_be_over=True),
        [(DONE, LOST, ("a", None)), (DONE, DONE, ("a", "a"))],
        [(DONE, DONE, ("a", "b"))],
    ),
    (correlators.repeated_addition, [(DONE,), (exchange(409),)], [(REFUSED,)]),
    (
        correlators.added_once,
        [(participants(alice=CONNECTED, bob=INVITED), BOB)],
        [(participants(alice=CONNECTED), BOB), (read(participant=people(bob=None) * 2), BOB)],
    ),
    (
        correlators.shown_with_participant,
        [(with_correlator("c1"), BOB, "c1")],
        [(with_correlator(None), BOB, "c1"), (with_correlator("c1-1"), BOB, "c1")],
    ),
    (correlators.other_collection, [(message(),)], [(NO_MESSAGE,)]),
    (
        request_errors.fits,
        [(error("SVC0002"), ERRORS, "x"), (error("POL0001", 403), ERRORS, "x")],
        [
            (error("POL0001"), ERRORS, "x"),
            (error("SVC0001", 403), ERRORS, "x"),
            (error("SVC0002", 404), ERRORS, "x"),
            (error("SVC0001", 401), ERRORS, "x"),
            (error("SVC0004", 409), ERRORS, "x"),
            (exchange(405), ERRORS, "x"),
        ],
    ),
    (
        lightweight_resources.alone,
        [
            (lone("subject", "a"), read(subject="a"), "subject", str),
            (lone("duration", 7199), exchange(200, asked(duration=7200)), "duration", int),
            (lone("duration", 7140), exchange(200, asked(duration=7200)), "duration", int),
        ],
        [
            (lone("subject", "A"), read(subject="a"), "subject", str),
            (lone("value", "a"), read(subject="a"), "subject", str),
            (lone("duration", 60), exchange(200, asked(duration=7200)), "duration", int),
            (lone("duration", 7139), exchange(200, asked(duration=7200)), "duration", int),
            (LOST, read(subject="a"), "subject", str),
        ],
    ),
    (
        lightweight_resources.changed,
        [(exchange(204), "subject")],
        [(exchange(405), "subject")],
    ),
    (
        lightweight_resources.shows,
        [
            (read(subject="b"), "subject", "b"),
            (exchange(200, asked(duration=60)), "duration", 3600),
            (exchange(200, asked(duration=1)), "duration", 3600),
            (exchange(200, asked(duration=3600)), "duration", 3600),
        ],
        [
            (read(subject="a"), "subject", "b"),
            (exchange(200, asked(duration=7200)), "duration", 3600),
            (exchange(200, asked(duration=3601)), "duration", 3600),
            (exchange(200, asked(duration=0)), "duration", 3600),
        ],
    ),
    (conventions.supported, [(DONE, "REST-X")], [(LOST, "REST-X")]),
    (
        partial(conventions.supported, by_policy=True),
        [(REFUSED, "REST-X")],
        [(LOST, "REST-X")],
    ),
]
