"""Steps of the script in which every body is wrong in one thing."""

import json
from collections.abc import Callable
from urllib.parse import quote

from tests.reference.in_process import JSON, USERS, XML, InProcess

_CHAT = "urn:oma:xml:rest:netapi:chat:1"
_REFERENCE = {"notifyURL": "http://client/wrong"}
_ENTRIES = [{"address": USERS[0], "isOriginator": True}, {"address": USERS[1]}]
_CONNECTED = '{"participantSessionStatus":{"status":"Connected"}}'

_MESSAGES = (
    '{"chatMessage":{"text":"end missing',
    b'{"chatMessage":{"text":"\xff"}}',
    '{"chatMessage":{"text":"comma",}}',
    '{"text":"no root"}',
    '[{"chatMessage":{"text":"in an array"}}]',
    '{"chatMessage":{"text":["one","two"]}}',
    '{"chatMessage":{}}',
    '{"isComposing":{"state":"Other"}}',
    '{"isComposing":{"state":"active","refresh":0}}',
)
_MESSAGES_IN_XML = (
    '<n:chatMessage xmlns:n="urn:else"><text>elsewhere</text></n:chatMessage>',
    f'<n:chatMessage xmlns:n="{_CHAT}"><n:text>qualified</n:text></n:chatMessage>',
    f'<n:chatMessage xmlns:n="{_CHAT}">words<text>between</text></n:chatMessage>',
    "<chatMessage><text>nowhere</text></chatMessage>",
    f'<n:isComposing xmlns:n="{_CHAT}"><refresh>60</refresh><state>idle</state></n:isComposing>',
    f'<n:isComposing xmlns:n="{_CHAT}"><state>ACTIVE</state></n:isComposing>',
)


def _with_words(body: object) -> str:
    return f"{json.dumps(body)} and so on"


def _in_chat(server: InProcess, start: Callable[[], str]) -> None:
    """Messages, reports, acceptances and additions in a group chat."""
    mine = server.url(0, start())
    own = server.own(1, server.session(1))
    server.ask(1, "PUT", f"{own}/status", {"participantSessionStatus": {}})
    server.ask(1, "PUT", f"{own}/status", f"{_CONNECTED} and so on")
    server.ask(1, "PUT", f"{own}/status", _CONNECTED)
    for body in _MESSAGES:
        server.ask(0, "POST", f"{mine}/messages", body)
    for text in _MESSAGES_IN_XML:
        server.ask(0, "POST", f"{mine}/messages", text, kind=XML)
    words = _with_words({"chatMessage": {"text": "trailing"}})
    server.ask(0, "POST", f"{mine}/messages", words)
    server.ask(0, "POST", f"{mine}/messages", '{"chatMessage":{"text":"a"}}', kind="text/plain")
    asked = {"chatMessage": {"text": "report", "reportRequest": ["Displayed"]}}
    server.ask(0, "POST", f"{mine}/messages", asked)
    told = server.told.get((USERS[1], "ChatMessageNotification"))
    message = quote((told and told.message_id) or "none", safe="")
    status = f"{server.url(1, server.session(1))}/messages/{message}/status"
    server.ask(1, "PUT", status, {"messageStatusReport": {"status": "Other"}})
    server.ask(1, "PUT", status, _with_words({"messageStatusReport": {"status": "Displayed"}}))
    added = {"participantList": {"participant": [{"address": USERS[2]}, None]}}
    server.ask(0, "POST", f"{mine}/participants", added)
    added = {"participantList": {"participant": [{"address": USERS[3]}]}}
    server.ask(0, "POST", f"{mine}/participants", _with_words(added))


def invalid_requests(server: InProcess) -> None:
    """Send every body with something wrong in it."""
    one = {"callbackReference": {**_REFERENCE, "notificationFormat": "json"}}
    two = {"callbackReference": _REFERENCE, "duration": "soon"}
    for body in (one, two):
        url = server.url(0, "subscriptions")
        server.ask(0, "POST", url, {"chatNotificationSubscription": body})
    empty = {"callbackReference": {"notifyURL": ""}}
    server.ask(0, "POST", server.url(0, "subscriptions"), {"chatNotificationSubscription": empty})
    three = {"chatNotificationSubscription": {"callbackReference": _REFERENCE}}
    server.ask(3, "POST", server.url(3, "subscriptions"), _with_words(three))
    server.ask(3, "GET", server.url(3, "subscriptions"))
    group = {"groupChatSessionInformation": {"participant": _ENTRIES}}
    server.ask(0, "POST", server.url(0, "group"), _with_words(group))

    def start() -> str:
        _, headers, _ = server.ask(0, "POST", server.url(0, "group"), group)
        return "group/" + headers.get("Location", "/group/none").rpartition("/group/")[2]

    _in_chat(server, start)
    _between_two(server)
    for members in ({}, {"subject": "Club", "isClosed": "maybe"}):
        info = {"longLivedGroupChatInformation": {"participant": _ENTRIES, **members}}
        server.ask(0, "POST", server.url(0, "longLivedGroup"), info)
    info = {"longLivedGroupChatInformation": {"participant": _ENTRIES, "subject": "Club"}}
    server.ask(0, "POST", server.url(0, "longLivedGroup"), _with_words(info))


def _between_two(server: InProcess) -> None:
    """A session that begins and is extended by what is wrong."""
    parties = {"originatorAddress": USERS[0], "tParticipantAddress": USERS[1]}
    body = {"chatSessionInformation": parties}
    sessions = server.url(0, "oneToOne", quote(USERS[1], safe=""))
    server.ask(0, "POST", sessions, _with_words(body))
    _, headers, _ = server.ask(0, "POST", sessions, body)
    mine = headers.get("Location", "/chat/v1/none").replace("http://server:80", "")
    told = server.told.get((USERS[1], "ChatSessionInvitationNotification"))
    other = quote((told and told.session_id) or "none", safe="")
    own = server.url(1, "oneToOne", quote(USERS[0], safe=""), other)
    server.ask(1, "PUT", f"{own}/status", f"{_CONNECTED} and so on", kind=JSON)
    server.ask(1, "PUT", f"{own}/status", _CONNECTED)
    order = {"extensionParameters": {"participant": [{"address": USERS[2]}]}}
    server.ask(0, "POST", f"{mine}/extend", _with_words(order))
