"""Steps of the script in 1-to-1 chats, long-lived group chats and multimedia messages."""

import json
from typing import Any
from urllib.parse import quote

from tests.reference.in_process import JSON, USERS, XML, InProcess

CONNECTED = {"participantSessionStatus": {"status": "Connected"}}
COMPOSING = {"isComposing": {"state": "active", "refresh": 60}}
MULTIPART = "multipart/form-data; boundary=frontier"


def multipart(root: dict[str, object], content: str = "GIF89a", kind: str = "image/gif") -> str:
    """A body with root fields and content."""
    return "\r\n".join(
        [
            "--frontier",
            'Content-Disposition: form-data; name="root-fields"',
            f"Content-Type: {JSON}",
            "",
            json.dumps(root),
            "--frontier",
            'Content-Disposition: form-data; name="attachments"; filename="a"',
            f"Content-Type: {kind}",
            "",
            content,
            "--frontier--",
            "",
        ]
    )


def text(words: str, **members: object) -> dict[str, object]:
    """A text message."""
    return {"chatMessage": {"text": words, **members}}


def beside(user: int) -> str:
    """The path segments of a chat with a user."""
    return "oneToOne/" + quote(USERS[user], safe="")


def session(**members: Any) -> dict[str, object]:  # noqa: ANN401
    """A request to start a session of the first two users, unless others are named."""
    parties = {"originatorAddress": USERS[0], "tParticipantAddress": USERS[1]}
    return {"chatSessionInformation": {**parties, **members}}


def path_in(headers: dict[str, str]) -> str:
    """The path of what was created."""
    return headers.get("Location", "/chat/v1/none").replace("http://server:80", "")


def _told(server: InProcess, user: int, name: str) -> Any:  # noqa: ANN401
    return server.told.get((USERS[user], name))


def start(server: InProcess, **members: Any) -> tuple[str, str]:  # noqa: ANN401
    """Start a session of the first two users; the paths of each."""
    body = session(**members)
    _, headers, _ = server.ask(0, "POST", server.url(0, beside(1)), body)
    told = _told(server, 1, "ChatSessionInvitationNotification")
    session_id = quote((told and told.session_id) or "none", safe="")
    return path_in(headers), server.url(1, beside(0), session_id)


def established(server: InProcess) -> tuple[str, str]:
    """A session of the first two users that was accepted; the paths of each."""
    mine, own = start(server)
    server.ask(1, "PUT", f"{own}/status", CONNECTED)
    return mine, own


def status_of(server: InProcess, user: int, messages: str) -> str:
    """The path of the status of the message that a user got last."""
    told = _told(server, user, "ChatMessageNotification")
    return f"{messages}/{quote((told and told.message_id) or 'none', safe='')}/status"


def sessions(server: InProcess) -> None:
    """Start, accept, talk, report and end; cancel; decline."""
    options = {"subject": "Hi", "clientCorrelator": "s", "chatMessage": {"text": "First"}}
    for _ in range(2):
        mine, own = start(server, **options)
    for accept in (JSON, XML):
        server.ask(1, "GET", own, accept=accept)
    server.ask(0, "POST", f"{mine}/messages", text("Early"))
    server.ask(0, "PUT", f"{mine}/status", CONNECTED)
    for _ in range(2):
        server.ask(1, "PUT", f"{own}/status", CONNECTED)
    server.ask(0, "GET", mine)
    server.ask(0, "POST", f"{mine}/messages", text(" Read me ", reportRequest=["Displayed"]))
    status = status_of(server, 1, f"{own}/messages")
    server.ask(1, "PUT", status, {"messageStatusReport": {"status": "Displayed"}})
    server.ask(1, "GET", status)
    server.ask(1, "POST", f"{own}/messages", COMPOSING)
    server.ask(1, "DELETE", own)
    for user, path in ((0, mine), (1, own)):
        server.ask(user, "GET", path)
        server.ask(user, "POST", f"{path}/messages", text("Late"))
    for user in (0, 1):
        paths = start(server)
        server.ask(user, "DELETE", paths[user])
        server.ask(0, "GET", paths[0])
        server.ask(1, "PUT", f"{paths[1]}/status", CONNECTED)


def adhoc(server: InProcess) -> None:
    """Talk without a session; a message whose status comes later."""
    mine = server.url(0, beside(1), "adhoc/messages")
    own = server.url(1, beside(0), "adhoc/messages")
    server.ask(0, "POST", mine, text("Hello", reportRequest=["Delivered"], clientCorrelator="a"))
    status = status_of(server, 1, own)
    server.ask(1, "PUT", status, {"messageStatusReport": {"status": "Delivered"}})
    server.ask(1, "GET", status)
    server.ask(1, "POST", own, COMPOSING)
    given = {"userId": USERS[0], "sessionId": "adhoc", "groupChatId": ""}
    server.ask(0, "POST", "/__control/v1/pending", given)
    server.ask(0, "POST", mine, text("Later"))
    server.ask(0, "POST", server.url(0, "oneToOne/tel%3A%2B1999/adhoc/messages"), text("You?"))


def extensions(server: InProcess) -> None:
    """Extend a session before and after it is accepted, to a group chat of either kind."""
    mine, own = start(server, subject="Two")
    order: dict[str, object] = {"participant": [{"address": USERS[2]}], "isClosed": True}
    server.ask(0, "POST", f"{mine}/extend", {"extensionParameters": order})
    server.ask(1, "PUT", f"{own}/status", CONNECTED)
    server.ask(1, "POST", f"{own}/extend", {"extensionParameters": order})
    server.ask(0, "GET", mine)
    mine, own = start(server)
    server.ask(1, "PUT", f"{own}/status", CONNECTED)
    order = {**order, "subject": "Three", "supportedService": ["ft"]}
    server.ask(0, "POST", f"{mine}/extendLongLived", {"extensionParameters": order})
    server.ask(2, "GET", server.url(2, "longLivedGroup"))


def long_lived(server: InProcess) -> None:
    """Make a group, talk, add, leave, come back; change its services; disable it."""
    entries = [{"address": USERS[0], "isOriginator": True}, {"address": USERS[1]}]
    info = {"subject": "Club", "participant": entries, "supportedService": ["ft"]}
    body = {"longLivedGroupChatInformation": {**info, "clientCorrelator": "l"}}
    for _ in range(2):
        _, headers, _ = server.ask(0, "POST", server.url(0, "longLivedGroup"), body)
    mine = path_in(headers)
    group = mine.rpartition("/")[2]
    other = server.url(1, "longLivedGroup", group)
    for accept in (JSON, XML):
        server.ask(1, "GET", other, accept=accept)
    added = {"participantList": {"participant": [{"address": USERS[2]}]}}
    for _ in range(2):
        server.ask(1, "POST", f"{other}/participants", added)
    server.ask(0, "POST", f"{mine}/messages", text("All", reportRequest=["Displayed"]))
    server.ask(1, "GET", status_of(server, 1, f"{other}/messages"))
    server.ask(1, "POST", f"{other}/messages", COMPOSING)
    own = f"{other}/participants/{quote(USERS[1], safe='')}"
    for method, path, content in (
        ("DELETE", own, None),
        ("GET", other, None),
        ("POST", f"{other}/messages", text("Gone")),
        ("PUT", f"{own}/status", CONNECTED),
        ("POST", f"{other}/messages", text("Back")),
        ("GET", f"{other}/participants", None),
        ("GET", own, None),
    ):
        server.ask(1, method, path, content)
    told = _told(server, 1, "LongLivedGroupChatAddedNotification")
    given = {"groupChatId": (told and told.group_chat_id) or "none"}
    server.ask(0, "POST", "/__control/v1/services", {**given, "services": ["geopushft"]})
    server.ask(0, "POST", "/__control/v1/disable", given)
    server.ask(0, "GET", server.url(0, "longLivedGroup"))
    server.ask(0, "GET", mine)


def multimedia(server: InProcess) -> None:
    """Content in a session, as its first message and later, downloaded with and without token."""
    first = multipart(session(chatMessage={"text": "Look"}))
    server.ask(0, "POST", server.url(0, beside(1)), first, kind=MULTIPART)
    mine, own = start(server)
    server.ask(1, "PUT", f"{own}/status", CONNECTED)
    sent = multipart(text("", reportRequest=["Displayed"]))
    server.ask(0, "POST", f"{mine}/messages", sent, kind=MULTIPART)
    told = _told(server, 1, "MultimediaChatMessageNotification")
    url = ((told and told.file_url) or "/none").replace("http://server:80", "")
    for token in ("Bearer token-1", "Bearer token-0", "none"):
        server.ask(1, "GET", url, headers={"HTTP_AUTHORIZATION": token})


KIND_STEPS = (sessions, adhoc, extensions, long_lived, multimedia)
"""In order; each step uses chats of its own."""
