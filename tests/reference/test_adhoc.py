"""Ad-hoc 1-to-1 chats over real sockets: messages without a session."""

import pytest

from tests.reference.testbed import USERS, Bed

MESSAGE = "chatMessageNotification"
REPORT = "chatMessageStatusNotification"


def test_message_needs_no_session(party: Bed) -> None:
    """It arrives at once, under the id that all ad-hoc chats have; the report goes back."""
    mine, own = party.beside(0, 1, "adhoc"), party.beside(1, 0, "adhoc")
    response = party.send(0, mine, "Hello", reportRequest=["Delivered"], clientCorrelator="c")
    assert response.status_code == 201
    assert response.headers["Location"].startswith(f"{mine}/messages/")
    party.send(0, mine, "Hello", clientCorrelator="c")
    told = party.listener.wait_for(1, MESSAGE)[0]
    assert (told["sessionId"], told["senderAddress"]) == ("adhoc", USERS[0])
    status = told["link"][0]["href"]
    assert status.startswith(f"{own}/messages/")
    body = {"messageStatusReport": {"status": "Delivered"}}
    assert party.ask(1, "PUT", status, body).status_code == 204
    assert party.listener.wait_for(0, REPORT)[0]["messageId"] == told["messageId"]
    assert party.read(1, status) == {"status": "Delivered"}
    assert len(party.listener.wait_for(1, MESSAGE)) == 1


def test_composing_is_passed_on(party: Bed) -> None:
    """An indication arrives as it was sent."""
    composing = {"isComposing": {"state": "idle"}}
    url = party.beside(1, 0, "adhoc", "messages")
    assert party.ask(1, "POST", url, composing).status_code == 204
    told = party.listener.wait_for(0, MESSAGE)[0]
    assert (told["sessionId"], told["isComposing"]) == ("adhoc", {"state": "idle"})


def test_chats_with_others_are_apart(party: Bed) -> None:
    """A message of one pair is not found by another, nor its correlator."""
    first = party.send(0, party.beside(0, 1, "adhoc"), "one", clientCorrelator="c")
    second = party.send(0, party.beside(0, 2, "adhoc"), "two", clientCorrelator="c")
    assert party.listener.wait_for(2, MESSAGE)[0]["chatMessage"]["text"] == "two"
    message_id = first.headers["Location"].rpartition("/")[2]
    assert message_id != second.headers["Location"].rpartition("/")[2]
    elsewhere = party.beside(0, 2, "adhoc", "messages", message_id, "status")
    assert party.ask(0, "GET", elsewhere).status_code == 404


@pytest.mark.parametrize("address", ["tel%3A%2B1999", "nobody", "tel%3A%2B15550100"])
def test_message_to_nobody_is_refused(bed: Bed, address: str) -> None:
    """404 for a stranger and for oneself."""
    response = bed.send(0, bed.url(0, "oneToOne", address, "adhoc"), "You?")
    assert response.status_code == 404
    assert response.json()["requestError"]["serviceException"]["messageId"] == "SVC0004"


def test_other_user_may_be_named_by_an_alias(party: Bed) -> None:
    """It is the same chat."""
    bed = party
    bed.send(0, bed.url(0, "oneToOne", "acr%3Acontact-1", "adhoc"), "by contact")
    assert bed.listener.wait_for(1, MESSAGE)[0]["chatMessage"]["text"] == "by contact"


@pytest.mark.parametrize(
    ("method", "segment"),
    [("GET", ""), ("DELETE", ""), ("PUT", "/status"), ("POST", "/extend")],
)
def test_there_is_no_session(bed: Bed, method: str, segment: str) -> None:
    """An ad-hoc chat is neither read, ended, accepted nor extended."""
    bodies = {
        "PUT": {"participantSessionStatus": {"status": "Connected"}},
        "POST": {"extensionParameters": {"participant": [{"address": USERS[2]}]}},
    }
    url = bed.beside(0, 1, "adhoc") + segment
    assert bed.ask(0, method, url, bodies.get(method)).status_code == 404


def test_next_message_of_a_user_is_pending(party: Bed) -> None:
    """The trigger is for any ad-hoc chat of the user, and for one message."""
    assert party.pull("pending", userId=USERS[0], sessionId="adhoc", groupChatId="") == 204
    mine = party.beside(0, 2, "adhoc")
    assert "status" not in party.send(0, mine, "later").json()["chatMessage"]
    assert party.listener.wait_for(0, REPORT)[0]["status"] == "Sent"
    assert party.send(0, mine, "now").json()["chatMessage"]["status"] == "Sent"


def test_subscription_without_adhoc_chat(bed: Bed) -> None:
    """It is not notified of ad-hoc chats, but of sessions."""
    reference = {"notifyURL": f"{bed.listener.root}/1", "notificationFormat": "JSON"}
    body = {"callbackReference": reference, "adhocChatSupported": False}
    bed.ask(1, "POST", bed.url(1, "subscriptions"), {"chatNotificationSubscription": body})
    bed.send(0, bed.beside(0, 1, "adhoc"), "unheard")
    bed.session()
    assert bed.listener.wait_for(1, "chatSessionInvitationNotification")
    assert [name for name, _ in bed.listener.of(1)] == ["chatSessionInvitationNotification"]
