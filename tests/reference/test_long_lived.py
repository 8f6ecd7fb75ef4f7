"""Long-lived group chats over real sockets: making, adding, leaving, coming back, disabling."""

from urllib.parse import quote

import pytest

from tests.reference.conftest import OpenBed
from tests.reference.testbed import USERS, Bed, Members

ADDED = "longLivedGroupChatAddedNotification"
PARTICIPANTS = "chatParticipantStatusNotification"
SERVICES = "longLivedGroupChatServicesNotification"
EVENT = "chatEventNotification"
MESSAGE = "chatMessageNotification"
REPORT = "chatMessageStatusNotification"


def _as(bed: Bed, user: int, url: str) -> str:
    """The URL of a group as another of its members sees it."""
    return bed.url(user, "longLivedGroup", url.rpartition("/")[2])


def _add(bed: Bed, user: int, url: str, *others: int) -> tuple[int, Members]:
    entries = [{"address": USERS[other]} for other in others]
    response = bed.ask(
        user, "POST", f"{url}/participants", {"participantList": {"participant": entries}}
    )
    return response.status_code, response.json()


def _leave(bed: Bed, user: int, url: str) -> int:
    return bed.ask(user, "DELETE", bed.own(user, url)).status_code


def test_all_are_connected_at_once(party: Bed) -> None:
    """The response contains the id and all users; the others are notified, the creator is not."""
    response = party.club(1, 2, isClosed=True, supportedService=["ft", "holograms"])
    assert response.status_code == 201
    group = response.json()["longLivedGroupChatInformation"]
    url = response.headers["Location"]
    assert url == party.url(0, "longLivedGroup", quote(group["groupChatId"], safe=""))
    assert (group["subject"], group["isClosed"], group["resourceURL"]) == ("Club", True, url)
    assert group["supportedService"] == ["ft"]
    stands = {one["address"]: one["status"] for one in group["participant"]}
    assert stands == dict.fromkeys(USERS[:3], "Connected")
    for user in (1, 2):
        told = party.listener.wait_for(user, ADDED)[0]
        assert (told["groupChatId"], told["subject"]) == (group["groupChatId"], "Club")
        assert (told["originatorAddress"], told["supportedService"]) == (USERS[0], ["ft"])
        assert told["link"][0]["href"] == _as(party, user, url)
        assert party.send(user, _as(party, user, url), "at once").status_code == 201
    assert party.server.quiesce()
    assert [name for name, _ in party.listener.of(0)] == [MESSAGE, MESSAGE]


def test_group_needs_no_subject(bed: Bed) -> None:
    """Without one it is shown and listed without any."""
    body = {"longLivedGroupChatInformation": {"participant": [{"address": USERS[1]}]}}

    made = bed.ask(0, "POST", bed.url(0, "longLivedGroup"), body)

    assert made.status_code == 201
    assert "subject" not in made.json()["longLivedGroupChatInformation"]
    (listed,) = bed.read(0, bed.url(0, "longLivedGroup"))["longLivedGroupChat"]
    assert "subject" not in listed


def test_group_needs_others(bed: Bed) -> None:
    """Without participants nothing is made."""
    body = {"longLivedGroupChatInformation": {"subject": "Club", "participant": []}}
    assert bed.ask(0, "POST", bed.url(0, "longLivedGroup"), body).status_code == 400
    assert bed.read(0, bed.url(0, "longLivedGroup"))["resourceURL"]
    assert "longLivedGroupChat" not in bed.read(0, bed.url(0, "longLivedGroup"))


def test_list_names_the_groups_of_a_user(party: Bed) -> None:
    """Each once, with id, subject and URL; not those that the user left or is no part of."""
    urls = [
        party.club(1, subject="One", clientCorrelator="c").headers["Location"] for _ in range(2)
    ]
    party.club(2, subject="Two")
    assert urls[0] == urls[1]
    listed = party.read(1, party.url(1, "longLivedGroup"))["longLivedGroupChat"]
    own = _as(party, 1, urls[0])
    assert [(one["subject"], one["resourceURL"]) for one in listed] == [("One", own)]
    assert party.read(1, own)["groupChatId"] == listed[0]["groupChatId"]
    assert _leave(party, 1, own) == 204
    assert "longLivedGroupChat" not in party.read(1, party.url(1, "longLivedGroup"))
    assert len(party.read(0, party.url(0, "longLivedGroup"))["longLivedGroupChat"]) == 2


def test_strangers_find_nothing(party: Bed) -> None:
    """404 for a user that is not a member, as for a group that does not exist."""
    url = party.club(1).headers["Location"]
    assert party.ask(2, "GET", _as(party, 2, url)).status_code == 404
    assert party.send(2, _as(party, 2, url), "hello?").status_code == 404
    assert _add(party, 2, _as(party, 2, url), 3)[0] == 404


def test_any_member_adds(party: Bed) -> None:
    """The added users are notified of the group, the present ones of the added users."""
    url = party.club(1).headers["Location"]
    own = _as(party, 1, url)
    status, response = _add(party, 1, own, 0, 2, 3)
    assert status == 201
    named = [one["address"] for one in response["participantList"]["participant"]]
    assert named == list(USERS)
    for user in (2, 3):
        assert party.listener.wait_for(user, ADDED)[0]["originatorAddress"] == USERS[1]
    for user in (0, 1):
        told = party.listener.wait_for(user, PARTICIPANTS)[0]
        assert told["groupChatId"]
        assert "sessionId" not in told
        assert {one["address"] for one in told["participant"]} == set(USERS)
    assert party.server.quiesce()
    assert not [name for user in (2, 3) for name, _ in party.listener.of(user) if name != ADDED]
    assert party.send(3, _as(party, 3, url), "hello").status_code == 201


@pytest.mark.parametrize(
    ("variation", "added", "named"),
    [
        ("answer-to-addition-names-added-only", [ADDED], [USERS[2]]),
        ("added-also-get-participants", [ADDED, PARTICIPANTS], list(USERS[:3])),
    ],
)
def test_additions_may_be_answered_and_told_otherwise(
    open_testbed: OpenBed, variation: str, added: list[str], named: list[str]
) -> None:
    """Both are left open by the binding."""
    bed = open_testbed(variations=(variation,))
    bed.subscribe(1, 2)
    url = bed.club(1).headers["Location"]
    _, response = _add(bed, 0, url, 2)
    assert [one["address"] for one in response["participantList"]["participant"]] == named
    assert bed.server.quiesce()
    assert [name for name, _ in bed.listener.of(2)] == added


@pytest.mark.parametrize(("variations", "status"), [((), 403), (("closed-takes-additions",), 201)])
def test_adding_to_a_closed_group_is_policy(
    open_testbed: OpenBed, variations: tuple[str, ...], status: int
) -> None:
    """By default a closed group rejects additions; a variation accepts them."""
    bed = open_testbed(variations=variations)
    url = bed.club(1, isClosed=True).headers["Location"]
    assert _add(bed, 0, url, 2)[0] == status


def test_leaving_and_coming_back(party: Bed) -> None:
    """A user that left is out until it re-joins or is added; the others are notified."""
    url = party.club(1, 2).headers["Location"]
    own = _as(party, 1, url)
    assert party.ask(2, "DELETE", party.own(1, _as(party, 2, url))).status_code == 403
    assert _leave(party, 1, own) == 204
    told = party.listener.wait_for(2, PARTICIPANTS)[0]
    stands = {one["address"]: one["status"] for one in told["participant"]}
    assert stands[USERS[1]] == "Disconnected"
    assert (_leave(party, 1, own), party.ask(1, "GET", own).status_code) == (403, 403)
    assert party.send(1, own, "gone").status_code == 403
    assert _add(party, 1, own, 3)[0] == 403
    assert party.connect(1, party.own(1, own)).status_code == 204
    assert party.statuses(2, _as(party, 2, url))[USERS[1]] == "Connected"
    assert len(party.listener.wait_for(1, PARTICIPANTS)[0]["participant"]) == 3
    assert party.send(1, own, "back").status_code == 201
    assert party.connect(2, party.own(1, _as(party, 2, url))).status_code == 403
    _leave(party, 1, own)
    _add(party, 0, url, 1)
    assert len(party.listener.wait_for(1, ADDED, 2)) == 2


@pytest.mark.parametrize(
    ("variation", "reads", "joins"),
    [("long-lived-leavers-keep-reading", 200, 204), ("long-lived-rejoin-refused", 403, 403)],
)
def test_policy_towards_leavers(
    open_testbed: OpenBed, variation: str, reads: int, joins: int
) -> None:
    """How long a leaver is shown the group, and whether it may come back, is policy."""
    bed = open_testbed(variations=(variation,))
    url = _as(bed, 1, bed.club(1).headers["Location"])
    assert bed.connect(1, bed.own(1, url)).status_code == 204
    _leave(bed, 1, url)
    assert bed.ask(1, "GET", url).status_code == reads
    assert bed.connect(1, bed.own(1, url)).status_code == joins


def test_messages_reach_all_members(party: Bed) -> None:
    """They carry the group chat id; reports and indications go as in a group chat."""
    url = party.club(1, 2).headers["Location"]
    group_id = party.read(0, url)["groupChatId"]
    response = party.send(0, url, "All", reportRequest=["Displayed"])
    told = [party.listener.wait_for(user, MESSAGE)[0] for user in (1, 2)]
    assert [one["groupChatId"] for one in told] == [group_id, group_id]
    assert not [one for one in told if "sessionId" in one]
    status = told[0]["link"][0]["href"]
    assert status.startswith(_as(party, 1, url))
    body = {"messageStatusReport": {"status": "Displayed"}}
    assert party.ask(1, "PUT", status, body).status_code == 204
    assert party.listener.wait_for(0, REPORT)[0]["participantAddress"] == USERS[1]
    assert party.read(0, f"{response.headers['Location']}/status") == {"status": "Displayed"}
    composing = {"isComposing": {"state": "active"}}
    party.ask(1, "POST", f"{_as(party, 1, url)}/messages", composing)
    assert party.listener.wait_for(0, MESSAGE)[0]["groupChatId"] == group_id


def test_services_change(party: Bed) -> None:
    """By the trigger; every member is notified of the new list, and the group is shown with it."""
    url = party.club(1, supportedService=["ft"]).headers["Location"]
    group_id = party.read(0, url)["groupChatId"]
    for services in (["geopushft", "holograms"], []):
        assert party.pull("services", groupChatId=group_id, services=services) == 204
    told = party.listener.wait_for(1, SERVICES, 2)
    assert [one.get("supportedService", []) for one in told] == [["geopushft"], []]
    assert party.listener.wait_for(0, SERVICES)[0]["groupChatId"] == group_id
    assert "supportedService" not in party.read(1, _as(party, 1, url))
    assert party.pull("services", groupChatId=group_id, services="ft") == 400


def test_services_of_a_group_chat_change_silently(talk: tuple[Bed, str, str]) -> None:
    """The trigger knows it by a user and its session id; participants are shown it."""
    bed, chat, _ = talk
    told = bed.listener.wait_for(1, "groupChatSessionInvitationNotification")[0]
    given = {"userId": USERS[1], "sessionId": told["sessionId"], "groupChatId": ""}
    assert bed.pull("services", services=["geopushft"], **given) == 204
    assert bed.read(0, chat)["supportedService"] == ["geopushft"]


def test_disabled_group_is_gone(party: Bed) -> None:
    """By the trigger; members are notified, and it is neither found nor listed."""
    url = party.club(1).headers["Location"]
    group_id = party.read(0, url)["groupChatId"]
    assert party.pull("disable", groupChatId=group_id) == 204
    for user in (0, 1):
        told = party.listener.wait_for(user, EVENT)[0]
        assert (told["eventType"], told["groupChatId"]) == ("GroupChatUnavailable", group_id)
        assert party.ask(user, "GET", _as(party, user, url)).status_code == 404
        assert "longLivedGroupChat" not in party.read(user, party.url(user, "longLivedGroup"))
    assert party.pull("disable", groupChatId=group_id) == 404


@pytest.mark.parametrize("trigger", ["end", "expire"])
def test_server_ends_a_group(party: Bed, trigger: str) -> None:
    """By group chat id and user; an end is notified, an expiry is not."""
    url = party.club(1).headers["Location"]
    group_id = party.read(0, url)["groupChatId"]
    assert party.pull(trigger, groupChatId=group_id, sessionId="", userId=USERS[0]) == 204
    assert party.ask(1, "GET", _as(party, 1, url)).status_code == 404
    assert party.server.quiesce()
    told = [name for name, _ in party.listener.of(1)]
    assert told == ([ADDED, EVENT] if trigger == "end" else [ADDED])


@pytest.mark.parametrize(("variations", "status"), [((), 201), (("pending-answered-202",), 202)])
def test_pending_message(open_testbed: OpenBed, variations: tuple[str, ...], status: int) -> None:
    """The trigger knows the group by its id; the response is 201, or 202 by a variation."""
    bed = open_testbed(variations=variations)
    bed.subscribe(0)
    url = bed.club(1).headers["Location"]
    group_id = bed.read(0, url)["groupChatId"]
    assert bed.pull("pending", groupChatId=group_id, sessionId="", userId=USERS[0]) == 204
    response = bed.send(0, url, "later")
    assert (response.status_code, "status" in response.json()["chatMessage"]) == (status, False)
    assert bed.listener.wait_for(0, REPORT)[0]["status"] == "Sent"
    assert bed.send(0, url, "now").status_code == 201
