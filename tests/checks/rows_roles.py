"""Rows about what users may do by their part in a chat."""

from rcs_conformance.checks import roles
from rcs_conformance.model.chat import MessageStatus, MessageStatusReport
from tests.checks.records import BROKEN, DONE, LOST, REFUSED, Row, exchange, read

DISPLAYED = exchange(200, MessageStatusReport(status=MessageStatus.DISPLAYED))
SENT = exchange(200, MessageStatusReport(status=MessageStatus.SENT))

ROLES: list[Row] = [
    (roles.refused, [(REFUSED, "post"), (LOST, "post")], [(DONE, "post"), (BROKEN, "post")]),
    (roles.hidden, [(REFUSED, "GET x"), (LOST, "GET x")], [(DONE, "GET x"), (BROKEN, "GET x")]),
    (
        roles.unchanged,
        [([read()], [read()])],
        [([read()], [read(subject="new")]), ([read()], [LOST])],
    ),
    (roles.nothing_sent, [([],)], [(["b"],)]),
    (
        roles.displayed_by_receiver_alone,
        [(REFUSED, DISPLAYED), (DONE, SENT)],
        [(DONE, DISPLAYED), (DONE, LOST)],
    ),
]
