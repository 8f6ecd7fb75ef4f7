"""Creations whose response names two resources: the one that the target serves is gone on with."""

import json
from dataclasses import dataclass

import pytest

from rcs_conformance.binding import load_binding
from rcs_conformance.model.chat import GroupChatSessionInformation, ParticipantInformation
from rcs_conformance.model.formats import Format
from rcs_conformance.wire.created import created_id
from tests.driver.conftest import Act, Serve
from tests.driver.raw_server import Connection, answer

BASE = "/chat/v1/tel%3A%2B15550100/group"
GROUP = GroupChatSessionInformation(participant=(ParticipantInformation(address="tel:+1"),))
TEMPLATE = load_binding("oma-v1").resources["group"].path or ""
JSON = "Content-Type: application/json"


@dataclass(slots=True)
class Groups:
    """A server that has one group, and says where it is in two ways."""

    served: str
    location: str
    resource_url: str

    def __call__(self, connection: Connection) -> None:
        while request := connection.read():
            if request.startswith(b"POST"):
                reference = {"resourceReference": {"resourceURL": f"{BASE}/{self.resource_url}"}}
                headers = (JSON, f"Location: {BASE}/{self.location}")
                body = json.dumps(reference).encode()
                connection.say(answer(body, *headers, status="201 Created"))
            elif request.split(b" ")[1].endswith(f"/{self.served}".encode()):
                connection.say(answer(b"{}", JSON))
            else:
                connection.say(answer(status="404 Not Found"))


@pytest.mark.parametrize(
    ("served", "located", "shown", "requests"),
    [
        ("a", "a", "a", 1),
        ("a", "a", "b", 2),
        ("b", "a", "b", 3),
        ("c", "a", "b", 3),
    ],
)
def test_what_is_served_was_created(
    serve: Serve, act: Act, served: str, located: str, shown: str, requests: int
) -> None:
    """Location counts unless it is not found and the resourceURL is; equal ones are not read."""
    server = serve(Groups(served, located, shown))
    made = act(server.root).send("POST", "groups", GROUP, fmt=Format.JSON)
    assert created_id(made, TEMPLATE, "sessionId") == (served if served != "c" else "a")
    assert len(server.requests) == requests


def test_nothing_is_read_after_a_refusal(serve: Serve, act: Act) -> None:
    """What was not created is nowhere."""
    body = json.dumps({"resourceReference": {"resourceURL": f"{BASE}/b"}}).encode()

    def refusing(connection: Connection) -> None:
        while connection.read():
            said = answer(body, JSON, f"Location: {BASE}/a", status="400 Bad Request")
            connection.say(said)

    server = serve(refusing)
    act(server.root).send("POST", "groups", GROUP, fmt=Format.JSON)
    assert len(server.requests) == 1
