"""Steps of the script in which the same is said and shown in every kind of chat."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote

from tests.reference.in_process import JSON, USERS, InProcess

_ODD = "  <b>]]> &amp; cafe\u0301 \u4f60\r\nand\rmore  " + "x" * 160
_FRAME = (
    "--frontier\r\n"
    'Content-Disposition: form-data; name="root-fields"\r\n'
    f"Content-Type: {JSON}\r\n\r\n"
    '{{"chatMessage": {{"text": "{}"}}}}\r\n'
    "--frontier\r\n"
    'Content-Disposition: form-data; name="attachments"; filename="a"\r\n'
    "Content-Type: image/gif\r\n\r\n"
)
_CONTENT = bytes(range(256)) + b"\r\n" + b"x" * (1 << 16)
_MULTIPART = "multipart/form-data; boundary=frontier"
_CONNECTED = {"participantSessionStatus": {"status": "Connected"}}


def _told(server: InProcess, user: int, name: str, member: str) -> str:
    found: Any = server.told.get((USERS[user], f"{name}Notification"))
    return quote(getattr(found, member, None) or "none", safe="")


def _beside(server: InProcess, user: int, other: int, session: str = "") -> str:
    return server.url(user, "oneToOne", quote(USERS[other], safe=""), *filter(None, [session]))


def _adhoc(server: InProcess) -> tuple[str, str]:
    return _beside(server, 0, 1, "adhoc"), _beside(server, 1, 0, "adhoc")


def _session(server: InProcess) -> tuple[str, str]:
    parties = {"originatorAddress": USERS[0], "tParticipantAddress": USERS[1]}
    body = {"chatSessionInformation": parties}
    _, headers, _ = server.ask(0, "POST", _beside(server, 0, 1), body)
    own = _beside(server, 1, 0, _told(server, 1, "ChatSessionInvitation", "session_id"))
    server.ask(1, "PUT", f"{own}/status", _CONNECTED)
    return _created(headers), own


def group_of_two(server: InProcess) -> tuple[str, str]:
    """A group chat; the paths of each."""
    body = {"groupChatSessionInformation": {"participant": _people()}}
    _, headers, _ = server.ask(0, "POST", server.url(0, "group"), body)
    own = server.session(1)
    server.ask(1, "PUT", f"{server.own(1, own)}/status", _CONNECTED)
    return _created(headers), server.url(1, own)


def lasting_of_two(server: InProcess) -> tuple[str, str]:
    """A long-lived group; the paths of each."""
    body = {"longLivedGroupChatInformation": {"subject": "Club", "participant": _people()}}
    _, headers, _ = server.ask(0, "POST", server.url(0, "longLivedGroup"), body)
    own = _told(server, 1, "LongLivedGroupChatAdded", "group_chat_id")
    return _created(headers), server.url(1, "longLivedGroup", own)


def _people() -> list[dict[str, object]]:
    return [{"address": USERS[0], "isOriginator": True}, {"address": USERS[1]}]


def _created(headers: dict[str, str]) -> str:
    return headers.get("Location", "/chat/v1/none").replace("http://server:80", "")


def _speak(server: InProcess, user: int, chat: str) -> None:
    """Text, composing and content by a user."""
    asked = {"text": _ODD, "reportRequest": ["Delivered", "Displayed"]}
    server.ask(user, "POST", f"{chat}/messages", {"chatMessage": asked})
    for indication in ({"state": "active", "refresh": 90}, {"state": "idle"}):
        server.ask(user, "POST", f"{chat}/messages", {"isComposing": indication})
    for text in ("Look", ""):
        _show(server, user, chat, text)


def _show(server: InProcess, user: int, chat: str, text: str) -> None:
    body = _FRAME.format(text).encode() + _CONTENT + b"\r\n--frontier--\r\n"
    server.ask(user, "POST", f"{chat}/messages", body, kind=_MULTIPART)


def _fetch(server: InProcess, user: int) -> None:
    """Download the last file that a user was notified of, twice."""
    url = unquote(_told(server, user, "MultimediaChatMessage", "file_url"))
    for _ in range(2):
        server.ask(user, "GET", url.replace("http://server:80", ""))


def _talk(server: InProcess, chats: Callable[[InProcess], tuple[str, str]]) -> None:
    """Both send; then a text and content whose status comes later, and some to unknown users."""
    mine, own = chats(server)
    _speak(server, 0, mine)
    _fetch(server, 1)
    _speak(server, 1, own)
    _fetch(server, 0)
    here = unquote(mine.rpartition("/")[2])
    member = "groupChatId" if "longLived" in mine else "sessionId"
    given = {"userId": USERS[0], member: here}
    server.ask(0, "POST", "/__control/v1/pending", given)
    server.ask(0, "POST", f"{mine}/messages", {"chatMessage": {"text": "Later"}})
    server.ask(0, "POST", "/__control/v1/pending", given)
    _show(server, 0, mine, "Later")
    nowhere = mine.rpartition("/")[0] + "/none"
    if here == "adhoc":
        nowhere = server.url(0, "oneToOne/tel%3A%2B1999/adhoc")
    server.ask(0, "POST", f"{nowhere}/messages", {"chatMessage": {"text": "You?"}})
    _show(server, 0, nowhere, "You?")


def adhoc(server: InProcess) -> None:
    """Without a session."""
    _talk(server, _adhoc)


def session(server: InProcess) -> None:
    """In a session of two."""
    _talk(server, _session)


def group(server: InProcess) -> None:
    """In a group chat."""
    _talk(server, group_of_two)


def lasting(server: InProcess) -> None:
    """In a long-lived group chat."""
    _talk(server, lasting_of_two)


MEDIA_STEPS = (adhoc, session, group, lasting)
"""In order; each step uses chats of its own, but for the ad-hoc chat."""
