"""Participants that stand in URLs under an id of the target (binding, before section 1)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from rcs_conformance.model.chat import ParticipantSessionStatus, ParticipantStatus
from rcs_conformance.model.formats import Format
from tests.driver.conftest import Act, Serve
from tests.driver.raw_server import Connection, answer

BOB = "tel:+15550101"
ACCEPTANCE = ParticipantSessionStatus(status=ParticipantStatus.CONNECTED)
CHAT = "/chat/v1/tel%3A%2B15550100/group/s1/participants"
IDS = {"sessionId": "s1", "participantId": BOB}


def listing(shown: str) -> bytes:
    """A list with one participant, shown under a last segment of its URL; none if empty."""
    url = {"resourceURL": f"http://h{CHAT}/{shown}"} if shown else {}
    return json.dumps({"participantList": {"participant": [{"address": BOB, **url}]}}).encode()


@dataclass(slots=True)
class Participants:
    """A server that finds participants under some ids alone, and shows one id in its list."""

    known: tuple[str, ...]
    shown: str

    def __call__(self, connection: Connection) -> None:
        while request := connection.read():
            path = request.split(b" ")[1].decode()
            if path.endswith("/participants"):
                connection.say(answer(listing(self.shown), "Content-Type: application/json"))
            elif any(f"/participants/{each}" in path for each in self.known):
                connection.say(answer(status="204 No Content"))
            else:
                connection.say(answer(status="404 Not Found"))


def paths(requests: list[bytes]) -> Iterator[str]:
    for each in requests:
        method, path, _ = each.split(b" ", 2)
        yield f"{method.decode()} {path.decode().removeprefix(CHAT)}"


def test_id_that_is_shown_is_used(serve: Serve, act: Act) -> None:
    """Where the address is not found, the list is read once, and its id is used from then on."""
    server = serve(Participants(known=("p-7",), shown="p-7"))
    actor = act(server.root)
    accepted = actor.send("PUT", "participantStatus", ACCEPTANCE, fmt=Format.JSON, ids=IDS)
    left = actor.send("DELETE", "participant", fmt=Format.JSON, ids=IDS)
    assert (accepted.answer.status, left.answer.status) == (204, 204)
    assert list(paths(server.requests)) == [
        "PUT /tel%3A%2B15550101/status",
        "GET ",
        "PUT /p-7/status",
        "DELETE /p-7",
    ]


def test_address_that_was_found_stands(serve: Serve, act: Act) -> None:
    """A target that knew the address is not asked for another id when it says 404 later."""
    script = Participants(known=("tel%3A%2B15550101",), shown="p-7")
    server = serve(script)
    actor = act(server.root)
    actor.send("PUT", "participantStatus", ACCEPTANCE, fmt=Format.JSON, ids=IDS)
    script.known = ()
    gone = actor.send("DELETE", "participant", fmt=Format.JSON, ids=IDS)
    assert gone.answer.status == 404
    assert len(server.requests) == 2


@pytest.mark.parametrize("shown", ["", "tel%3A%2B15550101", "tel:+15550101"])
def test_without_another_id_the_first_response_stands(serve: Serve, act: Act, shown: str) -> None:
    """A list that shows no URL, or the address in it, leaves 404 what it is."""
    server = serve(Participants(known=(), shown=shown))
    found = act(server.root).send("GET", "participant", fmt=Format.JSON, ids=IDS)
    assert found.answer.status == 404
    assert list(paths(server.requests)) == ["GET /tel%3A%2B15550101", "GET "]


def test_other_resources_are_asked_once(serve: Serve, act: Act) -> None:
    """A request with the variable that is about something else is sent as it is."""
    server = serve(Participants(known=(), shown="p-7"))
    act(server.root).send("GET", "group", fmt=Format.JSON, ids=IDS)
    assert len(server.requests) == 1


def test_who_is_shown_no_more_is_asked_for_again(serve: Serve, act: Act) -> None:
    """A response of before the list was read may be older than what others did meanwhile."""
    server = serve(Participants(known=("p-7",), shown="p-7"))
    actor = act(server.root)
    actor.send("PUT", "participantStatus", ACCEPTANCE, fmt=Format.JSON, ids=IDS)
    carol = {**IDS, "participantId": "tel:+15550102"}
    refused = actor.send("PUT", "participantStatus", ACCEPTANCE, fmt=Format.JSON, ids=carol)
    assert refused.answer.status == 404
    asked = "PUT /tel%3A%2B15550102/status"
    assert list(paths(server.requests))[3:] == [asked, "GET ", asked]


def test_first_who_is_asked_for_may_be_shown_no_more(serve: Serve, act: Act) -> None:
    """That others are shown under ids tells that the address never stood for anybody."""
    server = serve(Participants(known=(), shown="p-7"))
    carol = {**IDS, "participantId": "tel:+15550102"}
    gone = act(server.root).send("DELETE", "participant", fmt=Format.JSON, ids=carol)
    assert gone.answer.status == 404
    assert list(paths(server.requests)) == [
        "DELETE /tel%3A%2B15550102",
        "GET ",
        "DELETE /tel%3A%2B15550102",
    ]
