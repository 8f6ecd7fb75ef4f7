"""Group chats over real sockets: starting, accepting, leaving, coming back, ending."""

from urllib.parse import quote

import pytest

from tests.reference.conftest import OpenBed
from tests.reference.testbed import USERS, Bed

Talk = tuple[Bed, str, str]

INVITATION = "groupChatSessionInvitationNotification"
PARTICIPANTS = "chatParticipantStatusNotification"
EVENT = "chatEventNotification"


def test_start_answers_with_the_whole_chat(bed: Bed) -> None:
    """The response to a start contains all users, the options, and the URL in Location."""
    url = bed.start(1, 2, subject="Hi", isClosed=True, supportedService=["ft", "holograms"])
    info = bed.ask(0, "GET", url, headers={"Accept": "application/json"}).json()
    chat = info["groupChatSessionInformation"]
    assert chat["resourceURL"] == url
    assert (chat["subject"], chat["isClosed"], chat["supportedService"]) == ("Hi", True, ["ft"])
    statuses = [(one["address"], one["status"]) for one in chat["participant"]]
    assert statuses == [(USERS[0], "Connected"), (USERS[1], "Invited"), (USERS[2], "Invited")]


def test_invitation_tells_about_the_chat(bed: Bed) -> None:
    """Each invited user is notified of the originator, the chat, its id and its link."""
    bed.subscribe(1, 2)
    bed.start(1, 2, subject="Hi", supportedService=["ft"])
    told = bed.listener.wait_for(2, INVITATION)[0]
    assert told["callbackData"] == "data 2"
    assert (told["originatorAddress"], told["subject"]) == (USERS[0], "Hi")
    assert (told["isClosed"], told["supportedService"]) == (False, ["ft"])
    assert [one["address"] for one in told["participant"]] == list(USERS[:3])
    assert told["link"][0]["href"].endswith("/group/" + quote(told["sessionId"], safe=""))


def test_each_user_has_a_session_id_of_its_own(talk: Talk) -> None:
    """One user's session id means nothing under another user's URL."""
    bed, chat, first = talk
    assert chat.rpartition("/")[2] != first.rpartition("/")[2]
    foreign = bed.url(1, "group", chat.rpartition("/")[2])
    assert bed.ask(1, "GET", foreign).status_code == 404


def test_acceptance_is_told_to_all_connected(talk: Talk) -> None:
    """The accepting user and the originator are notified of all participants, others not."""
    bed, _, _ = talk
    expected = {USERS[0]: "Connected", USERS[1]: "Connected", USERS[2]: "Invited"}
    for user in (0, 1):
        told = bed.listener.wait_for(user, PARTICIPANTS)[0]
        assert {one["address"]: one["status"] for one in told["participant"]} == expected
        assert told["supportedService"] == ["ft"]
    assert bed.server.quiesce()
    assert [name for name, _ in bed.listener.of(2)] == [INVITATION]


def test_declared_services_stand_on_the_participant(bed: Bed) -> None:
    """What a participant declares on accepting does not change the chat."""
    bed.subscribe(1)
    chat = bed.start(1)
    bed.accept(1, "geopushft")
    shown = bed.ask(0, "GET", chat, headers={"Accept": "application/json"}).json()
    info = shown["groupChatSessionInformation"]
    assert "supportedService" not in info
    assert info["participant"][1]["supportedService"] == ["geopushft"]


def test_accepting_twice_tells_nobody_again(talk: Talk) -> None:
    """A second acceptance has the same response and changes nothing."""
    bed, chat, first = talk
    bed.accept(1)
    assert bed.send(0, chat, "marker").status_code == 201
    bed.listener.wait_for(1, "chatMessageNotification")
    assert len(bed.listener.wait_for(1, PARTICIPANTS)) == 1
    assert bed.statuses(1, first)[USERS[1]] == "Connected"


def test_decline_is_told_and_final(talk: Talk) -> None:
    """A user that declines is shown as Disconnected and cannot send; the chat goes on."""
    bed, chat, _ = talk
    own = bed.invitation(2)
    assert bed.ask(2, "DELETE", bed.own(2, own)).status_code == 204
    told = bed.listener.wait_for(0, PARTICIPANTS, 2)[-1]
    assert told["participant"][2]["status"] == "Disconnected"
    assert bed.send(2, own, "no").status_code == 403
    assert bed.send(0, chat, "yes").status_code == 201
    status = {"participantSessionStatus": {"status": "Connected"}}
    assert bed.ask(2, "PUT", f"{bed.own(2, own)}/status", status).status_code == 403


def test_leaving_and_coming_back(talk: Talk) -> None:
    """A user that left is not notified and cannot send; after re-joining it can."""
    bed, chat, first = talk
    assert bed.ask(1, "DELETE", bed.own(1, first)).status_code == 204
    assert bed.statuses(0, chat)[USERS[1]] == "Disconnected"
    assert bed.send(1, first, "gone").status_code == 403
    assert bed.ask(1, "GET", first).status_code == 403
    assert bed.ask(1, "DELETE", bed.own(1, first)).status_code == 403
    bed.send(0, chat, "unheard")
    bed.accept(1)
    bed.send(0, chat, "heard")
    told = bed.listener.wait_for(1, "chatMessageNotification")
    assert told[0]["chatMessage"]["text"] == "heard"


def test_originator_leaving_keeps_the_chat(talk: Talk) -> None:
    """By default the chat goes on without its originator."""
    bed, chat, first = talk
    bed.ask(0, "DELETE", bed.own(0, chat))
    assert bed.statuses(1, first)[USERS[0]] == "Disconnected"
    assert bed.send(1, first, "alone").status_code == 201


def test_cancelling_tells_the_invited(bed: Bed) -> None:
    """Before anyone accepted, DELETE is a cancellation, after which there is nothing."""
    bed.subscribe(0, 1, 2)
    chat = bed.start(1, 2)
    own = bed.invitation(1)
    assert bed.ask(0, "DELETE", chat).status_code == 204
    for user in (1, 2):
        told = bed.listener.wait_for(user, EVENT)[0]
        assert told["eventType"] == "SessionCancelled"
    status = {"participantSessionStatus": {"status": "Connected"}}
    assert bed.ask(1, "PUT", f"{bed.own(1, own)}/status", status).status_code == 404
    assert bed.ask(0, "GET", chat).status_code == 404
    assert not bed.listener.of(0)


def test_ending_tells_connected_and_invited(talk: Talk) -> None:
    """After an acceptance, DELETE by the originator is an end; others may not."""
    bed, chat, first = talk
    assert bed.ask(1, "DELETE", first).status_code == 403
    assert bed.ask(0, "DELETE", chat).status_code == 204
    for user in (1, 2):
        told = bed.listener.wait_for(user, EVENT)[0]
        assert (told["eventType"], told["participantAddress"]) == ("SessionEnded", USERS[0])


def test_one_invitation_is_taken_back(talk: Talk) -> None:
    """Only the originator can cancel an invitation, and only an open one."""
    bed, chat, first = talk
    own = bed.invitation(2)
    one, two = (f"/participants/{quote(USERS[user], safe='')}" for user in (1, 2))
    assert bed.ask(1, "DELETE", first + two).status_code == 403
    assert bed.ask(0, "DELETE", chat + one).status_code == 403
    assert bed.ask(0, "DELETE", chat + two).status_code == 204
    assert bed.listener.wait_for(2, EVENT)[0]["eventType"] == "SessionCancelled"
    status = {"participantSessionStatus": {"status": "Connected"}}
    assert bed.ask(2, "PUT", f"{bed.own(2, own)}/status", status).status_code == 404
    assert bed.ask(0, "DELETE", f"{chat}/participants/tel:+1999").status_code == 404


def test_any_connected_participant_adds(talk: Talk) -> None:
    """An added user is invited; present ones stay; a user that left is invited again."""
    bed, chat, first = talk
    bed.subscribe(3)
    added = {"participantList": {"participant": [{"address": USERS[n]} for n in (0, 1, 3)]}}
    response = bed.ask(1, "POST", f"{first}/participants", added)
    assert response.status_code == 201
    assert response.headers["Location"] == f"{first}/participants"
    assert bed.listener.wait_for(3, INVITATION)[0]["originatorAddress"] == USERS[1]
    third = bed.accept(3)
    bed.ask(3, "DELETE", bed.own(3, third))
    bed.ask(1, "POST", f"{first}/participants", added)
    assert len(bed.listener.wait_for(3, INVITATION, 2)) == 2
    assert bed.statuses(0, chat)[USERS[3]] == "Invited"


def test_adding_is_refused_to_who_is_not_connected(talk: Talk) -> None:
    """An invited user cannot add users; an addition without users is rejected."""
    bed, chat, _ = talk
    added = {"participantList": {"participant": [{"address": USERS[3]}]}}
    assert bed.ask(2, "POST", f"{bed.invitation(2)}/participants", added).status_code == 403
    nobody = {"participantList": {"participant": [{"address": USERS[0]}]}}
    response = bed.ask(0, "POST", f"{chat}/participants", nobody)
    assert response.status_code == 400
    assert response.json()["requestError"]["serviceException"]["messageId"] == "SVC0004"


@pytest.mark.parametrize(("variations", "status"), [((), 403), (("closed-takes-additions",), 201)])
def test_adding_to_a_closed_chat_is_policy(
    open_testbed: OpenBed, variations: tuple[str, ...], status: int
) -> None:
    """By default a closed chat rejects additions; a variation accepts them."""
    bed = open_testbed(variations=variations)
    chat = bed.start(1, isClosed=True)
    added = {"participantList": {"participant": [{"address": USERS[3]}]}}
    assert bed.ask(0, "POST", f"{chat}/participants", added).status_code == status


def test_reading_one_participant(talk: Talk) -> None:
    """A participant is read under its address, encoded or bare; a stranger is not found."""
    bed, chat, _ = talk
    for segment in (USERS[1], quote(USERS[1], safe="")):
        url = f"{chat}/participants/{segment}"
        response = bed.ask(0, "GET", url, headers={"Accept": "application/json"})
        assert response.json()["participantInformation"]["address"] == USERS[1]
    assert bed.ask(0, "GET", f"{chat}/participants/tel:+1999").status_code == 404


def test_leavers_that_are_forgotten_may_come_back(open_testbed: OpenBed) -> None:
    """Where leavers are no longer shown, they are not read either, but can join again."""
    bed = open_testbed(variations=("leavers-forgotten",))
    bed.subscribe(1)
    chat = bed.start(1)
    first = bed.accept(1)
    bed.ask(1, "DELETE", bed.own(1, first))
    assert list(bed.statuses(0, chat)) == [USERS[0]]
    one = f"{chat}/participants/{quote(USERS[1], safe='')}"
    assert bed.ask(0, "GET", one).status_code == 404
    bed.accept(1)
    assert bed.ask(0, "GET", one).status_code == 200
