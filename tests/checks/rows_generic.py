"""Rows about what is checked on every exchange and notification."""

from dataclasses import replace

from rcs_conformance.binding import load_binding
from rcs_conformance.model.chat import (
    ChatMessage,
    ParticipantSessionStatus,
)
from rcs_conformance.model.common import (
    PolicyException,
    RequestError,
    ResourceReference,
    ServiceException,
)
from rcs_conformance.model.exchange import Event, Exchange, FailedExchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatMessageNotification,
    EventType,
    GroupChatSessionInvitationNotification,
)
from tests.checks.records import AT, CODEC, CONNECTED, START, exchange, group, notification

BINDING = load_binding("oma-v1")
Found = set[tuple[str, str]]
GET, POST, PUT = "GET group", "POST groups", "PUT participantStatus"
REFERENCE = ResourceReference(resource_url=AT)
TEXT = ("content-type", "text/plain")
LABELLED_XML = ("content-type", "application/xml")
LABELLED_JSON = ("content-type", "application/json")
REFUSED = RequestError(
    service_exception=ServiceException(
        message_id="SVC0004", text="no %1 in %2", variables=("a", "b")
    )
)


def error(
    status: int = 404, *, fmt: Format = Format.XML, fault: object = None, operation: str = GET
) -> Event:
    """An error answer with a service exception, or with this fault."""
    return exchange(status, fault or REFUSED, operation=operation, fmt=fmt)


FULL = group(resource_url=AT)
STATUS = ParticipantSessionStatus(status=CONNECTED)
UNFILLED = RequestError(service_exception=ServiceException(message_id="SVC0002", text="bad %1"))
POLICY = RequestError(policy_exception=PolicyException(message_id="POL1000", text="no"))


def contradicting(read: Exchange) -> Exchange:
    """The same, said to be in other characters by its declaration than by its charset."""
    charsets = "charset of Content-Type: utf-8, declaration: ISO-8859-1"
    return replace(read, answer=replace(read.answer, charsets=charsets))


EXCHANGES: dict[str, tuple[Event, Found]] = {
    "reading": (exchange(200, FULL), set()),
    "reading in JSON": (exchange(200, FULL, fmt=Format.JSON), set()),
    "reading in contradicting charsets": (contradicting(exchange(200, FULL)), set()),
    "creation": (exchange(201, FULL, operation=POST, root="groupChatSessionInformation"), set()),
    "creation by reference": (exchange(201, REFERENCE, operation=POST), set()),
    "change": (exchange(204, operation=PUT), set()),
    "change with answer": (exchange(200, STATUS, operation=PUT), set()),
    "composing": (exchange(204, operation="POST groupMessages", root="isComposing"), set()),
    "other success": (exchange(203, FULL), {("TS-CHAT-5.6", "status.success")}),
    "empty creation": (
        exchange(204, operation=POST, root="groupChatSessionInformation"),
        {("TS-CHAT-5.6", "status.success")},
    ),
    "label": (
        exchange(200, None, TEXT, body=CODEC.encode(FULL, Format.XML)),
        {("TS-CHAT-5.1", "answer.media_type")},
    ),
    "no label": (
        exchange(200, None, body=CODEC.encode(FULL, Format.JSON), fmt=Format.JSON),
        {("TS-CHAT-5.2", "answer.media_type")},
    ),
    "JSON where XML was requested": (
        exchange(200, None, LABELLED_JSON, body=CODEC.encode(FULL, Format.JSON)),
        {("TS-CHAT-5.1", "answer.media_type")},
    ),
    "XML where JSON was requested": (
        exchange(200, None, LABELLED_XML, body=CODEC.encode(FULL, Format.XML), fmt=Format.JSON),
        {("TS-CHAT-5.2", "answer.media_type")},
    ),
    "XML that is called JSON": (
        exchange(200, None, LABELLED_JSON, body=CODEC.encode(FULL, Format.XML)),
        {("TS-CHAT-5.1", "answer.media_type")},
    ),
    "JSON that is called XML": (
        exchange(200, None, LABELLED_XML, body=CODEC.encode(FULL, Format.JSON)),
        {("TS-CHAT-5.14", "answer.schema")},
    ),
    "invalid JSON where XML was requested": (
        exchange(200, None, LABELLED_JSON, body=b"{}"),
        {("TS-CHAT-5.1", "answer.media_type"), ("TS-CHAT-5.15", "answer.schema")},
    ),
    "schema": (
        exchange(200, None, ("content-type", "application/json"), body=b"{}", fmt=Format.JSON),
        {("TS-CHAT-5.15", "answer.schema")},
    ),
    "another root": (
        exchange(200, ChatMessage(text="x")),
        {("TS-CHAT-5.14", "answer.schema")},
    ),
    "refusal": (error(), set()),
    "refusal in JSON": (error(fmt=Format.JSON), set()),
    "refusal in the other format": (
        exchange(404, None, LABELLED_JSON, body=CODEC.encode(REFUSED, Format.JSON)),
        {("TS-CHAT-5.1", "error.format")},
    ),
    "policy": (error(403, fault=POLICY), set()),
    "refusal that is not listed": (error(410), {("TS-CHAT-5.6", "status.refusal")}),
    "redirection": (exchange(302), {("TS-CHAT-5.6", "status.refusal")}),
    "refusal without body": (exchange(404), {("TS-CHAT-5.7", "error.body")}),
    "variables": (error(400, fault=UNFILLED), {("TS-CHAT-5.7", "error.variables")}),
    "unavailable": (error(503), set()),
    "server error": (exchange(500), set()),
    "not acceptable": (
        exchange(406, None, body=CODEC.encode(POLICY, Format.JSON)),
        set(),
    ),
    "download": (exchange(200, body=b"<html>", operation="GET fileURL"), set()),
    "download that is refused": (exchange(410, operation="GET fileURL"), set()),
    "unsupported verb": (error(405, operation="PATCH group"), set()),
    "unsupported verb without body": (
        exchange(405, operation="PATCH group"),
        {("TS-CHAT-5.7", "error.body")},
    ),
    "unsupported verb that succeeds": (exchange(200, operation="PATCH group"), set()),
    "no answer": (
        FailedExchange(
            number=1,
            request=exchange().request,
            reason="reset",
            started=START,
            seconds=0.0,
        ),
        set(),
    ),
}


ENDED = ChatEventNotification(
    event_type=EventType.SESSION_ENDED, session_id="s1", callback_data="data"
)
NAMELESS = GroupChatSessionInvitationNotification(callback_data="data")
NOTIFICATIONS: dict[str, tuple[Event, Found]] = {
    "event": (notification(ENDED), set()),
    "event in JSON": (notification(ENDED, Format.JSON), set()),
    "callback data of another": (
        notification(ENDED, callback_data="other"),
        {("TS-CHAT-4.1.1", "notification.callback_data")},
    ),
    "unreadable": (
        notification(None, Format.JSON, body=b"<", problem="no JSON"),
        {("TS-CHAT-5.15", "notification.readable")},
    ),
    "label": (
        notification(ENDED, headers=(TEXT,)),
        {("TS-CHAT-5.1", "notification.media_type")},
    ),
    "another label of XML": (
        notification(ENDED, headers=(("content-type", 'Text/XML; charset="utf-8"'),)),
        set(),
    ),
    "label of XML on JSON": (
        notification(ENDED, Format.JSON, headers=(("content-type", "text/xml"),)),
        {("TS-CHAT-5.2", "notification.media_type")},
    ),
    "no label": (
        notification(ENDED, headers=()),
        {("TS-CHAT-5.1", "notification.media_type")},
    ),
    "members that other clauses ask for": (notification(NAMELESS), set()),
    "schema": (
        notification(
            ChatMessageNotification(session_id="s", sender_address="tel:+1", callback_data="data")
        ),
        {("TS-CHAT-5.14", "notification.schema")},
    ),
}
