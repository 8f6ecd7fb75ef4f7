"""Messages, composing indications and reports over real sockets."""

from urllib.parse import unquote

import pytest

from tests.reference.testbed import USERS, Bed

Talk = tuple[Bed, str, str]

MESSAGE = "chatMessageNotification"
REPORT = "chatMessageStatusNotification"


def test_message_reaches_the_connected_only(talk: Talk) -> None:
    """The receiver gets text, sender, time stamp and ids; the sender gets no copy."""
    bed, chat, first = talk
    response = bed.send(0, chat, " Grüße\t<&>\r\n 🎈", reportRequest=["Displayed"])
    assert response.status_code == 201
    assert response.json()["chatMessage"]["status"] == "Sent"
    told = bed.listener.wait_for(1, MESSAGE)[0]
    assert told["chatMessage"] == {"text": " Grüße\t<&>\r\n 🎈", "reportRequest": ["Displayed"]}
    assert told["senderAddress"] == USERS[0]
    assert told["dateTime"].endswith("Z")
    assert told["link"][0]["rel"] == "MessageStatusReport"
    assert told["link"][0]["href"].startswith(first)
    assert bed.server.quiesce()
    assert not [name for user in (0, 2) for name, _ in bed.listener.of(user) if name == MESSAGE]


def test_messages_come_in_order(talk: Talk) -> None:
    """One subscription gets messages in the order in which they were sent."""
    bed, chat, _ = talk
    for number in range(30):
        bed.send(0, chat, str(number))
    told = bed.listener.wait_for(1, MESSAGE, 30)
    assert [one["chatMessage"]["text"] for one in told] == [str(number) for number in range(30)]


def test_message_without_request_has_no_link(talk: Talk) -> None:
    """Without a reportRequest there is no link for reports."""
    bed, chat, _ = talk
    bed.send(0, chat, "plain")
    assert "link" not in bed.listener.wait_for(1, MESSAGE)[0]


def test_reports_reach_the_sender_who_asked(talk: Talk) -> None:
    """A report is notified if requested, and read by both; it never goes back."""
    bed, chat, _ = talk
    bed.send(0, chat, "read me", reportRequest=["Displayed"])
    told = bed.listener.wait_for(1, MESSAGE)[0]
    url = told["link"][0]["href"]
    for status in ("Displayed", "Delivered"):
        body = {"messageStatusReport": {"status": status}}
        assert bed.ask(1, "PUT", url, body).status_code == 204
    assert bed.server.quiesce()
    reports = bed.listener.wait_for(0, REPORT)
    expected = (told["messageId"], "Displayed", USERS[1])
    fields = ("messageId", "status", "participantAddress")
    assert [tuple(one[name] for name in fields) for one in reports] == [expected]
    segments = url.rpartition("/messages/")[2]
    for user, status_url in ((0, f"{chat}/messages/{segments}"), (1, url)):
        read = bed.ask(user, "GET", status_url, headers={"Accept": "application/json"})
        assert read.json()["messageStatusReport"]["status"] == "Displayed"


@pytest.mark.parametrize("status", ["Sent", "Failed"])
def test_receiver_reports_nothing_else(talk: Talk, status: str) -> None:
    """A receiver cannot report what only the server knows."""
    bed, chat, _ = talk
    bed.send(0, chat, "read me", reportRequest=["Displayed"])
    url = bed.listener.wait_for(1, MESSAGE)[0]["link"][0]["href"]
    response = bed.ask(1, "PUT", url, {"messageStatusReport": {"status": status}})
    assert response.status_code == 400
    assert response.json()["requestError"]["serviceException"]["messageId"] == "SVC0003"


def test_only_parties_see_a_message(talk: Talk) -> None:
    """A sender does not report on its own message; only its receivers find it."""
    bed, chat, _ = talk
    response = bed.send(0, chat, "private")
    status = response.headers["Location"] + "/status"
    body = {"messageStatusReport": {"status": "Displayed"}}
    assert bed.ask(0, "PUT", status, body).status_code == 403
    second = bed.accept(2)
    message = status.rpartition("/messages/")[2]
    assert bed.ask(2, "GET", f"{second}/messages/{message}").status_code == 404
    assert bed.ask(0, "GET", f"{chat}/messages/none/status").status_code == 404


def test_message_to_nobody_is_sent(bed: Bed) -> None:
    """A message without other connected users is accepted, and its status can be read."""
    chat = bed.start(1)
    location = bed.send(0, chat, "hello?").headers["Location"]
    read = bed.ask(0, "GET", f"{location}/status", headers={"Accept": "application/json"})
    assert read.json() == {"messageStatusReport": {"status": "Sent"}}


def test_composing_is_passed_on(talk: Talk) -> None:
    """State and refresh time arrive as they were sent, without a message id."""
    bed, chat, _ = talk
    sent = {"state": "idle", "contenttype": "text/plain", "refresh": 90}
    response = bed.ask(0, "POST", f"{chat}/messages", {"isComposing": sent})
    assert (response.status_code, response.content) == (204, b"")
    told = bed.listener.wait_for(1, MESSAGE)[0]
    assert told["isComposing"] == sent
    assert "messageId" not in told


def test_composing_needs_a_positive_refresh(talk: Talk) -> None:
    """A refresh time of zero is rejected (RFC 3994)."""
    bed, chat, _ = talk
    body = {"isComposing": {"state": "active", "refresh": 0}}
    assert bed.ask(0, "POST", f"{chat}/messages", body).status_code == 400


def test_pending_message_is_settled_later(talk: Talk) -> None:
    """After the trigger the next message has no status; a notification brings it."""
    bed, chat, _ = talk
    trigger = f"{bed.server.root}/__control/v1/pending"
    given = {"userId": USERS[0], "sessionId": unquote(chat.rpartition("/")[2])}
    assert bed.ask(0, "POST", trigger, given).status_code == 204
    assert "status" not in bed.send(0, chat, "later").json()["chatMessage"]
    settled = bed.listener.wait_for(0, REPORT)[0]
    assert settled["messageId"] == bed.listener.wait_for(1, MESSAGE)[0]["messageId"]
    assert settled["status"] == "Sent"
    assert bed.send(0, chat, "now").json()["chatMessage"]["status"] == "Sent"
