"""A script that meets every operation of an application without a socket."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, unquote

from tests.reference.in_process import FORM, JSON, USERS, XML, InProcess, Lines
from tests.reference.script_chats import KIND_STEPS
from tests.reference.script_groups import GROUP_STEPS
from tests.reference.script_invalid_requests import invalid_requests
from tests.reference.script_media import MEDIA_STEPS
from tests.reference.script_sessions import SESSION_STEPS
from tests.reference.script_transfers import TRANSFER_STEPS

_CHAT = "urn:oma:xml:rest:netapi:chat:1"


def start_body(*invited: int, originator: int = 0, **members: Any) -> dict[str, object]:  # noqa: ANN401
    """A request to start a group chat."""
    entries: list[dict[str, object]] = [{"address": USERS[originator], "isOriginator": True}]
    entries += [{"address": USERS[user], "name": f"User {user}"} for user in invited]
    return {"groupChatSessionInformation": {"participant": entries, **members}}


def started(server: InProcess, *invited: int, **members: Any) -> str:  # noqa: ANN401
    """Start a chat as the first user; its segments as that user sees it."""
    _, headers, _ = server.ask(0, "POST", server.url(0, "group"), start_body(*invited, **members))
    location = headers.get("Location", "/group/none")
    return "group/" + location.rpartition("/group/")[2]


def accept(server: InProcess, user: int, *services: str) -> str:
    """Accept the last invitation of a user; the segments of the chat."""
    chat = server.session(user)
    body = {"participantSessionStatus": {"status": "Connected", "supportedService": services}}
    server.ask(user, "PUT", f"{server.own(user, chat)}/status", body)
    return chat


def message(text: str, **members: object) -> dict[str, object]:
    """A text message."""
    return {"chatMessage": {"text": text, **members}}


def play(server: InProcess) -> Lines:
    """Run the whole script; the transcript."""
    for step in SCENES:
        server.lines.append(f"# {step.__name__}")
        step(server)
    return server.lines


def subscriptions(server: InProcess) -> None:
    """Subscribe all users, in both formats; list, read, repeat and delete."""
    for user, fmt in enumerate(("JSON", "XML", "JSON", "JSON")):
        reference = {
            "notifyURL": f"http://client/{user}",
            "callbackData": f"data {user}",
            "notificationFormat": fmt,
        }
        body = {"callbackReference": reference, "duration": 3600, "clientCorrelator": "c"}
        for _ in range(2):
            _, headers, _ = server.ask(
                user,
                "POST",
                server.url(user, "subscriptions"),
                {"chatNotificationSubscription": body},
            )
    path = headers.get("Location", "/chat/").replace("http://server:80", "")
    plain = {"callbackReference": {"notifyURL": "http://client/extra"}}
    _, headers, _ = server.ask(
        3, "POST", server.url(3, "subscriptions"), {"chatNotificationSubscription": plain}
    )
    extra = headers.get("Location", "/chat/").replace("http://server:80", "")
    for accept_type in (JSON, XML):
        server.ask(3, "GET", path, accept=accept_type)
    server.ask(3, "DELETE", extra)
    server.ask(3, "GET", extra)
    server.ask(3, "GET", server.url(3, "subscriptions"))
    server.ask(3, "DELETE", server.url(3, "subscriptions", "none"))


def starts(server: InProcess) -> None:
    """Start chats with every combination of options, good and bad."""
    long = "A long subject  with white space, and Grüße"
    for options in (
        {"subject": long, "isClosed": True, "supportedService": ["ft", "geopushft"]},
        {"isClosed": False, "supportedService": ["geopushft"]},
        {"subject": "Correlated", "clientCorrelator": "g1"},
        {"subject": "Correlated", "clientCorrelator": "g1"},
        {"supportedService": ["ft", "holograms"]},
    ):
        chat = started(server, 1, 2, **options)
        for accept_type in (JSON, XML):
            server.ask(0, "GET", server.url(0, chat), accept=accept_type)
    for nonsense in ("perhaps", 7):
        server.ask(0, "POST", server.url(0, "group"), start_body(1, isClosed=nonsense))
    xml = (
        f'<g:groupChatSessionInformation xmlns:g="{_CHAT}"><participant><address>{USERS[1]}'
        "</address></participant><isClosed>perhaps</isClosed></g:groupChatSessionInformation>"
    )
    server.ask(0, "POST", server.url(0, "group"), xml, kind=XML)
    form = f"subject=a+b&address={quote(USERS[1])}&address={quote(USERS[2])}"
    server.ask(0, "POST", server.url(0, "group"), form, kind=FORM)


def conversation(server: InProcess) -> None:
    """Accept, talk, report, decline, leave, come back, add, end."""
    chat = started(server, 1, 2, subject="Talk", supportedService=["ft"])
    first = accept(server, 1, "ft", "geopushft")
    for accept_type in (JSON, XML):
        server.ask(0, "GET", server.url(0, chat, "participants"), accept=accept_type)
    server.ask(0, "GET", server.own(0, chat))
    text = " <Grüße> & more \n" + "x" * 200
    asked = message(text, reportRequest=["Displayed", "Delivered"], clientCorrelator="m1")
    server.ask(0, "POST", server.url(0, chat, "messages"), asked)
    server.ask(0, "POST", server.url(0, chat, "messages"), asked)
    server.ask(1, "POST", server.url(1, first, "messages"), message("Plain"))
    _report(server, chat, first)
    for state, refresh in (("active", 90), ("idle", None)):
        body = {"isComposing": {"state": state, **({"refresh": refresh} if refresh else {})}}
        server.ask(1, "POST", server.url(1, first, "messages"), body)
    second = server.session(2)
    server.ask(2, "DELETE", server.own(2, second))
    server.ask(2, "POST", server.url(2, second, "messages"), message("Too late"))
    accept(server, 2)
    _come_and_go(server, chat, first)
    server.ask(0, "DELETE", server.url(0, chat))
    server.ask(1, "GET", server.url(1, first))


def _report(server: InProcess, chat: str, first: str) -> None:
    plain = server.told.get((USERS[0], "ChatMessageNotification"))
    if plain is not None and plain.message_id:
        unasked = f"messages/{quote(plain.message_id, safe='')}/status"
        body: dict[str, object] = {"messageStatusReport": {"status": "Displayed"}}
        server.ask(0, "PUT", server.url(0, chat, unasked), body)
    told = server.told.get((USERS[1], "ChatMessageNotification"))
    if told is None or not told.message_id:
        return
    status = f"messages/{quote(told.message_id, safe='')}/status"
    for value in ("Delivered", "Displayed"):
        body = {"messageStatusReport": {"status": value}}
        server.ask(1, "PUT", server.url(1, first, status), body)
    server.ask(0, "GET", server.url(0, chat, status))
    server.ask(1, "GET", server.url(1, first, status))


def _come_and_go(server: InProcess, chat: str, first: str) -> None:
    added = {"participantList": {"participant": [{"address": USERS[3]}]}}
    server.ask(1, "POST", server.url(1, first, "participants"), added)
    third = accept(server, 3)
    server.ask(0, "GET", server.url(0, chat))
    server.ask(3, "DELETE", server.own(3, third))
    server.ask(3, "POST", server.url(3, third, "messages"), message("Gone"))
    server.ask(3, "POST", server.url(3, third, "messages"), {"isComposing": {"state": "idle"}})
    server.ask(3, "GET", server.url(3, third))
    server.ask(0, "POST", server.url(0, chat, "messages"), message("Without you"))
    accept(server, 3)
    server.ask(3, "POST", server.url(3, third, "messages"), message("Back"))
    server.ask(0, "POST", server.url(0, chat, "messages"), message("Welcome"))
    server.ask(0, "DELETE", server.own(1, first).replace(server.url(1, first), server.url(0, chat)))


def endings(server: InProcess) -> None:
    """Cancel, take back, end by the server, expire; the originator leaves."""
    chat = started(server, 1, 2)
    server.ask(0, "DELETE", server.url(0, chat))
    accept(server, 1)
    chat = started(server, 1, 2, isClosed=True)
    invited = quote(USERS[1], safe="")
    server.ask(0, "DELETE", server.url(0, chat, "participants", invited))
    accept(server, 1)
    accept(server, 2)
    body = {"participantList": {"participant": [{"address": USERS[3]}]}}
    server.ask(0, "POST", server.url(0, chat, "participants"), body)
    for trigger in ("end", "expire"):
        chat = started(server, 1, 2)
        own = accept(server, 1)
        if trigger == "expire":
            server.ask(1, "DELETE", server.own(1, own))
        _pull(server, trigger, chat)
        accept(server, 1)
    chat = started(server, 1)
    own = accept(server, 1)
    both = {"participantList": {"participant": [{"address": USERS[2]}, {"address": USERS[3]}]}}
    server.ask(1, "POST", server.url(1, own, "participants"), both)
    accept(server, 2)
    server.ask(0, "DELETE", server.own(0, chat))
    server.ask(1, "GET", server.url(1, own))
    server.ask(2, "GET", server.url(2, server.session(2)))
    server.ask(1, "DELETE", server.own(1, own))


def _pull(server: InProcess, trigger: str, chat: str) -> None:
    given = {"userId": USERS[0], "sessionId": _unquoted(chat)}
    server.ask(0, "POST", f"/__control/v1/{trigger}", given)


def _unquoted(chat: str) -> str:
    return unquote(chat.removeprefix("group/"))


def pending(server: InProcess) -> None:
    """A message whose status comes later."""
    chat = started(server, 1)
    accept(server, 1)
    _pull(server, "pending", chat)
    server.ask(0, "POST", server.url(0, chat, "messages"), message("Later"))


def nothing(server: InProcess) -> None:
    """Everything that does not exist, is not allowed or not understood."""
    body = {"participantList": {"participant": [{"address": USERS[3]}]}}
    server.ask(0, "POST", server.url(0, "group/none/participants"), body)
    server.ask(0, "POST", server.url(0, "group/none/messages"), message("Hello"))
    server.ask(0, "DELETE", server.own(0, "group/none"))
    server.ask(0, "GET", server.url(0, "group/none"))
    server.ask(0, "GET", "/nowhere")
    server.ask(0, "PUT", server.url(0, "group"))
    server.ask(0, "POST", server.url(0, "group"), "{")
    server.ask(0, "GET", server.url(1, "subscriptions"))
    server.ask(0, "POST", server.url(1, "group"), start_body(2, originator=1))
    for token in (None, "Bearer wrong"):
        server.ask(
            0,
            "GET",
            server.url(0, "subscriptions"),
            headers={"HTTP_AUTHORIZATION": token},  # type: ignore[dict-item]
        )
    chat = started(server, 1)
    own = server.session(1)
    wrong = {"participantSessionStatus": {"status": "Elsewhere"}}
    server.ask(1, "PUT", f"{server.own(1, own)}/status", wrong)
    server.ask(0, "GET", server.url(0, chat))


Scene = Callable[[InProcess], None]
SCENES: tuple[Scene, ...] = (
    *(subscriptions, starts, conversation, endings, pending),
    *(*KIND_STEPS, *SESSION_STEPS, *GROUP_STEPS, *MEDIA_STEPS, *TRANSFER_STEPS),
    *(invalid_requests, nothing),
)
"""The script, in order; each step uses chats of its own."""
