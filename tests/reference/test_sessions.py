"""Confirmed 1-to-1 sessions over real sockets: starting, accepting, declining, ending."""

from urllib.parse import quote

import pytest

from tests.reference.conftest import OpenBed
from tests.reference.testbed import USERS, Bed, Members

INVITATION = "chatSessionInvitationNotification"
EVENT = "chatEventNotification"
MESSAGE = "chatMessageNotification"
REPORT = "chatMessageStatusNotification"


def _events(bed: Bed, user: int, count: int = 1) -> list[tuple[str, str]]:
    told = bed.listener.wait_for(user, EVENT, count)
    return [(one["eventType"], one["participantAddress"]) for one in told]


def test_start_is_answered_with_the_session(bed: Bed) -> None:
    """The response contains what was requested, the status, and the URL in Location."""
    response = bed.session(
        subject="Hi", originatorName="Ann", tParticipantName="Bob", clientCorrelator="c"
    )
    assert response.status_code == 201
    url = response.headers["Location"]
    assert url.startswith(bed.beside(0, 1))
    shown = {
        "subject": "Hi",
        "originatorAddress": USERS[0],
        "originatorName": "Ann",
        "tParticipantAddress": USERS[1],
        "tParticipantName": "Bob",
        "status": "Invited",
        "clientCorrelator": "c",
        "resourceURL": url,
    }
    assert response.json() == {"chatSessionInformation": shown}
    assert bed.read(0, url) == shown


def test_invitation_leads_to_the_session(party: Bed) -> None:
    """The invited user is notified of the originator; id and link are its own."""
    mine = party.session(subject="Hi", originatorName="Ann").headers["Location"]
    told = party.listener.wait_for(1, INVITATION)[0]
    assert (told["originatorAddress"], told["originatorName"]) == (USERS[0], "Ann")
    assert (told["subject"], "chatMessage" in told) == ("Hi", False)
    own = party.invitation(1, INVITATION)
    assert own == party.beside(1, 0, quote(told["sessionId"], safe=""))
    assert own.rpartition("/")[2] != mine.rpartition("/")[2]
    seen = party.read(1, own)
    assert (seen["originatorAddress"], seen["tParticipantAddress"]) == USERS[:2]
    assert seen["status"] == "Invited"


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ({"tParticipantAddress": USERS[2]}, "SVC0002"),
        ({"tParticipantAddress": USERS[0]}, "SVC0004"),
        ({"tParticipantAddress": "nobody"}, "SVC0004"),
        ({"originatorAddress": USERS[2]}, "SVC0002"),
    ],
)
def test_start_between_others_is_refused(party: Bed, members: Members, error: str) -> None:
    """The originator is the user in the URL, the other is known; otherwise none is invited."""
    response = party.session(**members)
    assert response.status_code == 400
    assert response.json()["requestError"]["serviceException"]["messageId"] == error
    assert party.server.quiesce()
    assert not party.listener.bodies


@pytest.mark.parametrize("address", ["sip:+15550101@example.com", "acr:contact-1"])
def test_recipient_may_be_named_by_an_alias(party: Bed, address: str) -> None:
    """A SIP URI or a contact, in the path and in the body, means the same user."""
    body = {"originatorAddress": "sip:+15550100@example.com", "tParticipantAddress": address}
    url = party.url(0, "oneToOne", quote(address, safe=""))
    response = party.ask(0, "POST", url, {"chatSessionInformation": body})
    assert response.status_code == 201
    assert party.listener.wait_for(1, INVITATION)[0]["originatorAddress"] == USERS[0]
    session_id = response.headers["Location"].rpartition("/")[2]
    assert party.read(0, f"{url}/{session_id}")["tParticipantAddress"] == USERS[1]


def test_sessions_run_side_by_side(party: Bed) -> None:
    """Each start is a session of its own, but for a repetition with the same correlator."""
    urls = [party.session(clientCorrelator=name).headers["Location"] for name in "aab"]
    assert (urls[0] == urls[1], urls[0] == urls[2]) == (True, False)
    assert len(party.listener.wait_for(1, INVITATION, 2)) == 2
    party.ask(0, "DELETE", urls[0])
    assert party.ask(0, "GET", urls[2]).status_code == 200


def test_acceptance_is_told_to_the_originator(party: Bed) -> None:
    """Then both see it as Connected; a second acceptance is not notified."""
    mine, own = party.opened()
    assert _events(party, 0) == [("Accepted", USERS[1])]
    assert [party.read(user, url)["status"] for user, url in ((0, mine), (1, own))] == [
        "Connected",
        "Connected",
    ]
    assert party.connect(1, own).status_code == 204
    assert party.server.quiesce()
    assert [name for name, _ in party.listener.of(0)] == [EVENT]
    assert [name for name, _ in party.listener.of(1)] == [INVITATION]


def test_only_the_invited_user_accepts(party: Bed) -> None:
    """The originator is rejected, and so is any other status."""
    mine = party.session().headers["Location"]
    own = party.invitation(1, INVITATION)
    assert party.connect(0, mine).status_code == 403
    body = {"participantSessionStatus": {"status": "Disconnected"}}
    assert party.ask(1, "PUT", f"{own}/status", body).status_code == 400
    assert party.read(0, mine)["status"] == "Invited"


@pytest.mark.parametrize(
    ("who", "accepted", "event"),
    [
        (0, False, "SessionCancelled"),
        (1, False, "Declined"),
        (0, True, "SessionEnded"),
        (1, True, "SessionEnded"),
    ],
)
def test_delete_is_told_and_final(party: Bed, who: int, accepted: bool, event: str) -> None:
    """Cancel, decline and end: the other user is notified, and both find no session."""
    urls = (party.session().headers["Location"], party.invitation(1, INVITATION))
    if accepted:
        party.connect(1, urls[1])
        _events(party, 0)
    assert party.ask(who, "DELETE", urls[who]).status_code == 204
    other = 1 - who
    count = 2 if accepted and other == 0 else 1
    assert _events(party, other, count)[-1] == (event, USERS[who])
    for user, url in enumerate(urls):
        assert party.ask(user, "GET", url).status_code == 404
        assert party.send(user, url, "late").status_code == 404
        assert party.ask(user, "DELETE", url).status_code == 404
    assert party.connect(1, urls[1]).status_code == 404
    assert party.server.quiesce()
    acted = [members for name, members in party.listener.of(who) if name == EVENT]
    assert all(one["participantAddress"] != USERS[who] for one in acted)


def test_session_belongs_to_its_two_users(party: Bed) -> None:
    """It is found neither beside another user, nor by another, nor as a chat of another kind."""
    mine, own = party.opened()
    mine_id, own_id = mine.rpartition("/")[2], own.rpartition("/")[2]
    for user, url in (
        (0, party.beside(0, 2, mine_id)),
        (2, party.beside(2, 0, mine_id)),
        (0, party.beside(0, 1, own_id)),
        (0, party.url(0, "group", mine_id)),
        (0, party.url(0, "longLivedGroup", mine_id)),
    ):
        assert party.ask(user, "GET", url).status_code == 404
    assert party.ask(2, "GET", mine).status_code == 403


def test_messages_go_to_the_other(party: Bed) -> None:
    """Once accepted, each gets what the other sends, under its own id; reports go back."""
    mine, own = party.opened()
    response = party.send(0, mine, " Grüße <&>", reportRequest=["Displayed"])
    assert response.json()["chatMessage"]["status"] == "Sent"
    told = party.listener.wait_for(1, MESSAGE)[0]
    assert quote(told["sessionId"], safe="") == own.rpartition("/")[2]
    assert (told["senderAddress"], told["chatMessage"]["text"]) == (USERS[0], " Grüße <&>")
    status = told["link"][0]["href"]
    assert status.startswith(own)
    body = {"messageStatusReport": {"status": "Displayed"}}
    assert party.ask(1, "PUT", status, body).status_code == 204
    report = party.listener.wait_for(0, REPORT)[0]
    assert (report["messageId"], report["participantAddress"]) == (told["messageId"], USERS[1])
    assert party.read(0, f"{response.headers['Location']}/status") == {"status": "Displayed"}
    composing = {"isComposing": {"state": "active", "refresh": 60}}
    assert party.ask(1, "POST", f"{own}/messages", composing).status_code == 204
    assert party.listener.wait_for(0, MESSAGE)[0]["isComposing"] == composing["isComposing"]


@pytest.mark.parametrize(
    ("variations", "status"), [((), 403), (("unaccepted-session-takes-messages",), 201)]
)
def test_message_before_acceptance(
    open_testbed: OpenBed, variations: tuple[str, ...], status: int
) -> None:
    """By default it is rejected; a variation delivers it."""
    bed = open_testbed(variations=variations)
    bed.subscribe(1)
    mine = bed.session().headers["Location"]
    own = bed.invitation(1, INVITATION)
    assert bed.send(1, own, "from the invited").status_code == 403
    assert bed.send(0, mine, "early").status_code == status
    if status == 201:
        told = bed.listener.wait_for(1, MESSAGE)[0]
        assert told["chatMessage"]["text"] == "early"


@pytest.mark.parametrize("variations", [(), ("first-message-withheld",)])
def test_first_message(open_testbed: OpenBed, variations: tuple[str, ...]) -> None:
    """It is shown in the session, notified in the invitation unless withheld, and reported on."""
    bed = open_testbed(variations=variations)
    bed.subscribe(0, 1)
    first = {"text": "First", "reportRequest": ["Displayed"], "clientCorrelator": "m"}
    response = bed.session(subject="Hi", chatMessage=first)
    shown = response.json()["chatSessionInformation"]["chatMessage"]
    assert (shown["text"], shown["status"], shown["clientCorrelator"]) == ("First", "Sent", "m")
    told = bed.listener.wait_for(1, INVITATION)[0]
    own = bed.read(1, bed.invitation(1, INVITATION))
    if variations:
        assert "chatMessage" not in told
        assert "chatMessage" not in own
        return
    assert told["chatMessage"] == own["chatMessage"]
    assert (told["subject"], told["chatMessage"]["text"]) == ("Hi", "First")
    url = told["chatMessage"]["resourceURL"]
    body = {"messageStatusReport": {"status": "Displayed"}}
    assert bed.ask(1, "PUT", f"{url}/status", body).status_code == 204
    assert bed.listener.wait_for(0, REPORT)[0]["status"] == "Displayed"


def test_session_that_is_over_may_still_be_shown(open_testbed: OpenBed) -> None:
    """A variation shows it as Disconnected, to read and no more."""
    bed = open_testbed(variations=("ended-shown-disconnected",))
    bed.subscribe(0, 1)
    mine = bed.session().headers["Location"]
    own = bed.invitation(1, INVITATION)
    bed.ask(1, "DELETE", own)
    for user, url in ((0, mine), (1, own)):
        assert bed.read(user, url)["status"] == "Disconnected"
        assert bed.ask(user, "DELETE", url).status_code == 404
    assert bed.connect(1, own).status_code == 404


@pytest.mark.parametrize("trigger", ["end", "expire"])
def test_server_ends_a_session(party: Bed, trigger: str) -> None:
    """By the trigger an end is notified to both, an expiry is not; either way it is gone."""
    mine, _ = party.opened()
    session_id = party.listener.wait_for(1, INVITATION)[0]["sessionId"]
    assert party.pull(trigger, userId=USERS[1], sessionId=session_id) == 204
    assert party.ask(0, "GET", mine).status_code == 404
    assert party.server.quiesce()
    ends = [
        user
        for user in (0, 1)
        for _, members in party.listener.of(user)
        if members.get("eventType") == "SessionEnded"
    ]
    assert ends == ([0, 1] if trigger == "end" else [])


def test_form_starts_a_session(party: Bed) -> None:
    """The other user is a field, the originator the user in the URL."""
    head = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    fields = f"tParticipantAddress={quote(USERS[1])}&subject=a+b"
    response = party.ask(0, "POST", party.beside(0, 1), fields, head)
    assert response.status_code == 201
    assert party.listener.wait_for(1, INVITATION)[0]["subject"] == "a b"
    own = party.invitation(1, INVITATION)
    party.connect(1, own)
    assert party.ask(1, "POST", f"{own}/messages", "text=a+b", head).status_code == 201
    assert party.listener.wait_for(0, MESSAGE)[0]["chatMessage"]["text"] == "a b"


def test_subscription_without_confirmed_chat(bed: Bed) -> None:
    """It is not notified of sessions, but of group chats."""
    reference = {"notifyURL": f"{bed.listener.root}/1", "notificationFormat": "JSON"}
    body = {"callbackReference": reference, "confirmedChatSupported": False}
    bed.ask(1, "POST", bed.url(1, "subscriptions"), {"chatNotificationSubscription": body})
    bed.session()
    bed.start(1)
    assert bed.listener.wait_for(1, "groupChatSessionInvitationNotification")
    assert [name for name, _ in bed.listener.of(1)] == ["groupChatSessionInvitationNotification"]
