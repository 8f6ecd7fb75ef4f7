"""Extending a 1-to-1 session over real sockets, to a group chat and to a long-lived one."""

import pytest

from tests.reference.conftest import OpenBed
from tests.reference.testbed import USERS, Bed, Members

INVITATION = "groupChatSessionInvitationNotification"
ADDED = "longLivedGroupChatAddedNotification"
EVENT = "chatEventNotification"


def test_all_but_the_asking_user_are_invited(party: Bed) -> None:
    """Either of the two extends; the new chat is a group chat, and the session goes on."""
    mine, own = party.opened(subject="Two", originatorName="Ann")
    body = {"participant": [{"address": USERS[2]}], "subject": "Three", "isClosed": True}
    body["supportedService"] = ["ft"]
    response = party.ask(1, "POST", f"{own}/extend", {"extensionParameters": body})
    assert response.status_code == 201
    group = response.json()["groupChatSessionInformation"]
    assert (group["subject"], group["isClosed"]) == ("Three", True)
    assert group["supportedService"] == ["ft"]
    stands = [(one["address"], one["status"]) for one in group["participant"]]
    assert stands == [(USERS[1], "Connected"), (USERS[0], "Invited"), (USERS[2], "Invited")]
    assert group["participant"][1]["name"] == "Ann"
    for user in (0, 2):
        told = party.listener.wait_for(user, INVITATION)[0]
        assert (told["originatorAddress"], told["subject"]) == (USERS[1], "Three")
    assert party.send(0, party.accept(0), "in the group").status_code == 201
    assert party.send(0, mine, "in the session").status_code == 201
    assert party.server.quiesce()
    assert INVITATION not in [name for name, _ in party.listener.of(1)]


def test_group_is_regular_and_nameless_by_default(party: Bed) -> None:
    """Without options there is no subject, no service, and the group is not closed."""
    mine, _ = party.opened(subject="Two")
    body = {"extensionParameters": {"participant": [{"address": USERS[2]}]}}
    group = party.ask(0, "POST", f"{mine}/extend", body).json()["groupChatSessionInformation"]
    assert group["isClosed"] is False
    assert not {"subject", "supportedService"} & group.keys()


@pytest.mark.parametrize("resource", ["extend", "extendLongLived"])
def test_only_an_established_session_is_extended(party: Bed, resource: str) -> None:
    """403 before it is accepted, 404 where there is none, 400 without anybody new."""
    body = {"extensionParameters": {"participant": [{"address": USERS[2]}]}}
    mine = party.session().headers["Location"]
    assert party.ask(0, "POST", f"{mine}/{resource}", body).status_code == 403
    none = party.beside(0, 1, "none", resource)
    assert party.ask(0, "POST", none, body).status_code == 404
    mine, _ = party.opened()
    nobody = {"extensionParameters": {"participant": [{"address": USERS[1]}]}}
    assert party.ask(0, "POST", f"{mine}/{resource}", nobody).status_code == 400


def test_repeated_extension_makes_one_group(party: Bed) -> None:
    """The same correlator stands for the group that it made."""
    mine, _ = party.opened()
    entries = [{"address": USERS[2]}]
    body = {"extensionParameters": {"participant": entries, "clientCorrelator": "c"}}
    responses = [party.ask(0, "POST", f"{mine}/extend", body) for _ in range(2)]
    assert responses[0].headers["Location"] == responses[1].headers["Location"]
    shown = responses[0].json()["groupChatSessionInformation"]
    assert shown["clientCorrelator"] == "c"
    assert len(party.listener.wait_for(2, INVITATION)) == 1


@pytest.mark.parametrize(
    ("members", "subject"),
    [({"subject": "Three"}, "Three"), ({}, "Two")],
)
def test_long_lived_group_is_made_of_a_session(party: Bed, members: Members, subject: str) -> None:
    """All are connected, the others notified; without a subject it has that of the session."""
    mine, _ = party.opened(subject="Two")
    body = {"participant": [{"address": USERS[2]}], "supportedService": ["ft"], **members}
    response = party.ask(0, "POST", f"{mine}/extendLongLived", {"extensionParameters": body})
    assert response.status_code == 201
    group = response.json()["longLivedGroupChatInformation"]
    assert (group["subject"], group["isClosed"]) == (subject, False)
    assert {one["status"] for one in group["participant"]} == {"Connected"}
    for user in (1, 2):
        told = party.listener.wait_for(user, ADDED)[0]
        assert (told["groupChatId"], told["subject"]) == (group["groupChatId"], subject)
    assert party.send(0, response.headers["Location"], "all").status_code == 201
    assert party.send(0, mine, "two").status_code == 201


def test_policy_may_refuse_long_lived_extension(open_testbed: OpenBed) -> None:
    """A variation rejects it with a policy exception; the other extension goes on."""
    bed = open_testbed(variations=("long-lived-extension-refused",))
    bed.subscribe(1)
    mine, _ = bed.opened()
    body = {"extensionParameters": {"participant": [{"address": USERS[2]}]}}
    response = bed.ask(0, "POST", f"{mine}/extendLongLived", body)
    assert response.status_code == 403
    assert "policyException" in response.json()["requestError"]
    assert bed.ask(0, "POST", f"{mine}/extend", body).status_code == 201


@pytest.mark.parametrize("resource", ["extend", "extendLongLived"])
def test_session_may_end_on_extension(open_testbed: OpenBed, resource: str) -> None:
    """A variation ends it and notifies the other user."""
    bed = open_testbed(variations=("session-goes-away-on-extension",))
    bed.subscribe(0, 1)
    mine, own = bed.opened()
    body = {"extensionParameters": {"participant": [{"address": USERS[2]}]}}
    assert bed.ask(0, "POST", f"{mine}/{resource}", body).status_code == 201
    assert bed.listener.wait_for(1, EVENT)[0]["eventType"] == "SessionEnded"
    assert bed.ask(1, "GET", own).status_code == 404
