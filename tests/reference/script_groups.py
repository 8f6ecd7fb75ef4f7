"""Steps of the script in long-lived groups of several members, and in extended sessions."""

from urllib.parse import quote

from tests.reference.in_process import USERS, InProcess
from tests.reference.script_chats import COMPOSING, CONNECTED, established, path_in, status_of, text

Body = dict[str, object]


def _named(*users: int) -> list[dict[str, object]]:
    return [{"address": USERS[user]} for user in users]


def _made(server: InProcess, *others: int, **members: object) -> list[str]:
    """A long-lived group of the first user and others; its path as each user would write it."""
    entries = [{"address": USERS[0], "isOriginator": True}, *_named(*others)]
    body = {"longLivedGroupChatInformation": {"participant": entries, **members}}
    _, headers, _ = server.ask(0, "POST", server.url(0, "longLivedGroup"), body)
    group = path_in(headers).rpartition("/")[2]
    return [server.url(user, "longLivedGroup", group) for user in range(len(USERS))]


def _own(path: str, user: int) -> str:
    return f"{path}/participants/{quote(USERS[user], safe='')}"


def all_options(server: InProcess) -> None:
    """Make the same group twice, with all options; add a user that then posts."""
    asked = {"isClosed": False, "supportedService": ["ft", "geopushft"]}
    for _ in range(2):
        paths = _made(server, 1, 2, subject="A long subject  of white space, and Grüße", **asked)
        server.ask(1, "GET", paths[1])
    server.ask(0, "GET", server.url(0, "longLivedGroup"))
    added: Body = {"participantList": {"participant": _named(3)}}
    server.ask(1, "POST", f"{paths[1]}/participants", added)
    server.ask(3, "POST", f"{paths[3]}/messages", text("Here I am", reportRequest=["Displayed"]))
    displayed: Body = {"messageStatusReport": {"status": "Displayed"}}
    server.ask(1, "PUT", status_of(server, 1, f"{paths[1]}/messages"), displayed)
    server.ask(3, "GET", status_of(server, 1, f"{paths[3]}/messages"))


def crowds(server: InProcess) -> None:
    """Add several users at once; leave, and try everything after that."""
    paths = _made(server, 1, subject="Crowd")
    added: Body = {"participantList": {"participant": _named(2, 3)}}
    server.ask(0, "POST", f"{paths[0]}/participants", added)
    server.ask(0, "DELETE", _own(paths[0], 3))
    server.ask(2, "DELETE", _own(paths[2], 2))
    server.ask(0, "POST", f"{paths[0]}/messages", text("Without you"))
    server.ask(2, "POST", f"{paths[2]}/messages", COMPOSING)
    server.ask(2, "POST", f"{paths[2]}/participants", added)
    server.ask(2, "GET", f"{paths[2]}/participants")
    server.ask(0, "DELETE", _own(paths[0], 0))


def closed_crowds(server: InProcess) -> None:
    """Add to a closed group, and to none."""
    added: Body = {"participantList": {"participant": _named(3)}}
    closed = _made(server, 1, subject="Closed", isClosed=True)[0]
    for path in (closed, server.url(0, "longLivedGroup/none")):
        server.ask(0, "POST", f"{path}/participants", added)


def extended(server: InProcess) -> None:
    """Extend sessions with several users and without options; talk in what was made of them."""
    for users in ((2,), (2, 3)):
        mine, _ = established(server)
        order: Body = {"extensionParameters": {"participant": _named(*users)}}
        _, headers, _ = server.ask(0, "POST", f"{mine}/extend", order)
        server.ask(0, "POST", f"{mine}/extendLongLived", order)
    own = server.url(2, server.session(2))
    server.ask(2, "PUT", f"{_own(own, 2)}/status", CONNECTED)
    server.ask(0, "POST", f"{path_in(headers)}/messages", text("All of you"))
    nowhere = server.url(0, "oneToOne", quote(USERS[1], safe=""), "none")
    for way in ("extend", "extendLongLived"):
        server.ask(0, "POST", f"{nowhere}/{way}", order)


GROUP_STEPS = (all_options, crowds, closed_crowds, extended)
"""In order; each step uses chats of its own."""
