"""Steps of the script in which 1-to-1 sessions end in each way, or run side by side."""

from urllib.parse import quote

from tests.reference.in_process import CONTACT, SIP, USERS, InProcess
from tests.reference.script_chats import COMPOSING, CONNECTED, beside, path_in, session, start, text

_LONG = "A long subject, with Grüße and more of the same"


def endings(server: InProcess) -> None:
    """Begin with a long subject and message; end by the originator; decline; post to what is over.

    The invited user has two subscriptions meanwhile.
    """
    reference = {"callbackReference": {"notifyURL": "http://client/again"}}
    subscription = {"chatNotificationSubscription": reference}
    path = path_in(server.ask(1, "POST", server.url(1, "subscriptions"), subscription)[1])
    mine, own = start(server, subject=_LONG, chatMessage={"text": f"{_LONG} in a message"})
    server.ask(0, "GET", mine)
    server.ask(1, "PUT", f"{own}/status", CONNECTED)
    server.ask(0, "DELETE", mine)
    _post(server, mine, own)
    mine, own = start(server, subject=_LONG)
    server.ask(1, "DELETE", own)
    _post(server, mine, own)
    server.ask(1, "DELETE", path)


def side_by_side(server: InProcess) -> None:
    """Two sessions of the same users; a user of neither; an unknown user."""
    (older, other), (newer, own) = start(server), start(server)
    for path in (other, own):
        server.ask(1, "PUT", f"{path}/status", CONNECTED)
    for path in (older, newer):
        server.ask(0, "POST", f"{path}/messages", text("Which?"))
    server.ask(2, "GET", server.url(2, beside(1), older.rpartition("/")[2]))
    server.ask(0, "DELETE", older)
    server.ask(0, "POST", f"{newer}/messages", text("Still there"))
    stranger = session(originatorAddress=USERS[3], tParticipantAddress=USERS[0])
    server.ask(3, "POST", server.url(3, beside(0)), stranger)


def names(server: InProcess) -> None:
    """A recipient given as a SIP URI, as a contact, and not at all."""
    for name in (SIP, CONTACT, "tel:"):
        body = session(tParticipantAddress=name)
        server.ask(0, "POST", server.url(0, "oneToOne", quote(name, safe="")), body)


def adhoc_responses(server: InProcess) -> None:
    """Try to accept and to decline an ad-hoc chat."""
    chat = server.url(1, beside(0), "adhoc")
    server.ask(1, "PUT", f"{chat}/status", CONNECTED)
    server.ask(1, "DELETE", chat)


def _post(server: InProcess, mine: str, own: str) -> None:
    for user, path in ((0, mine), (1, own)):
        server.ask(user, "GET", path)
        server.ask(user, "POST", f"{path}/messages", text("Late"))
        server.ask(user, "POST", f"{path}/messages", COMPOSING)


SESSION_STEPS = (endings, side_by_side, names, adhoc_responses)
"""In order; each step uses sessions of its own."""
