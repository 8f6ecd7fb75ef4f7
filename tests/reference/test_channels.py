"""Notification channels over real sockets: created, polled, ended; polls delay no other request."""

import json
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from tests.reference.conftest import OpenBed
from tests.reference.testbed import WAIT, Bed

JSON = {"Accept": "application/json"}
MANY = 40
SUBPROTOCOL = Subprotocol("notificationchannel-netapi-rest.openmobilealliance.org")


def channels(bed: Bed, user: int) -> str:
    """The URL of a user's channels."""
    return (
        bed.url(user, "subscriptions")
        .replace("/chat/", "/notificationchannel/")
        .replace("subscriptions", "channels")
    )


def make(bed: Bed, user: int, **members: object) -> dict[str, Any]:
    """A channel of a user, as it is shown."""
    body = {"notificationChannel": {"channelType": "LongPolling"} | members}
    response = bed.ask(user, "POST", channels(bed, user), body, headers=JSON)
    assert response.status_code == 201, response.text
    shown: dict[str, Any] = response.json()["notificationChannel"]
    return shown


def subscribe(bed: Bed, user: int, channel: dict[str, Any]) -> None:
    """Subscribe a user through a channel."""
    reference = {"notifyURL": channel["callbackURL"], "notificationFormat": "JSON"}
    body = {"chatNotificationSubscription": {"callbackReference": reference}}
    assert bed.ask(user, "POST", bed.url(user, "subscriptions"), body).status_code == 201


def poll(bed: Bed, user: int, channel: dict[str, Any]) -> list[str]:
    """The roots that a poll brings."""
    return brought(bed.ask(user, "POST", channel["channelData"]["channelURL"], headers=JSON))


def poll_again(bed: Bed, user: int, channel: dict[str, Any]) -> list[str]:
    """The same, though the server may come late to a poll before this one, and end this by 409."""
    url = channel["channelData"]["channelURL"]
    while (response := bed.ask(user, "POST", url, headers=JSON)).status_code == 409:
        pass
    return brought(response)


def brought(response: requests.Response) -> list[str]:
    """The roots in the response to a poll."""
    assert response.status_code == 200, response.text
    return [next(iter(each)) for each in response.json()["notificationList"]]


def test_channel_is_made_read_listed_and_deleted(bed: Bed) -> None:
    """The life of a channel."""
    made = make(bed, 0, channelLifetime=60)
    url = made["resourceURL"]
    assert bed.ask(0, "GET", url, headers=JSON).json()["notificationChannel"] == made
    listed = bed.ask(0, "GET", channels(bed, 0), headers=JSON).json()
    assert listed["notificationChannelList"]["notificationChannel"] == [made]
    assert bed.ask(0, "DELETE", url).status_code == 204
    for verb, gone in (("GET", url), ("DELETE", url), ("POST", made["channelData"]["channelURL"])):
        assert bed.ask(0, verb, gone).status_code == 404


def test_correlator_makes_one_channel(bed: Bed) -> None:
    """A repetition makes nothing."""
    urls = [make(bed, 0, clientCorrelator="c")["resourceURL"] for _ in range(2)]
    assert urls[0] == urls[1]


@pytest.mark.parametrize(("kind", "status"), [("OMAPush", 403), ("Pigeon", 400)])
def test_other_types_are_refused(bed: Bed, kind: str, status: int) -> None:
    """A published one by a policy of its own, an unknown one as invalid."""
    body = {"notificationChannel": {"channelType": kind}}
    response = bed.ask(0, "POST", channels(bed, 0), body, headers=JSON)
    assert response.status_code == status
    assert ("POL1023" in response.text) is (status == 403)


def test_lifetime_is_read_and_refreshed(bed: Bed) -> None:
    """What is left is no more than was given; a refresh may give another."""
    made = make(bed, 0, channelLifetime=60)
    url = f"{made['resourceURL']}/channelLifetime"
    root = "notificationChannelLifetime"

    assert 58 <= bed.ask(0, "GET", url, headers=JSON).json()[root]["channelLifetime"] <= 60
    put = bed.ask(0, "PUT", url, {root: {"channelLifetime": 600}}, headers=JSON)

    assert put.json() == {root: {"channelLifetime": 600}}
    assert bed.ask(0, "GET", url, headers=JSON).json()[root]["channelLifetime"] >= 598


def test_second_poll_ends_the_first(bed: Bed) -> None:
    """Whichever came first: one is answered 409, the other one is open."""
    channel = make(bed, 1)
    url = channel["channelData"]["channelURL"]
    with ThreadPoolExecutor() as pool:
        polls = [pool.submit(bed.ask, 1, "POST", url, headers=JSON) for _ in range(2)]
        ended = next(as_completed(polls, WAIT)).result()
        bed.ask(1, "DELETE", channel["resourceURL"])
        assert sorted(each.result(WAIT).status_code for each in polls) == [404, 409]
    assert "SVC1012" in ended.text


def test_what_waits_comes_at_once_and_in_order(bed: Bed) -> None:
    """As many as the client wants; XML if the client requests it."""
    channel = make(bed, 1, channelData={"maxNotifications": 2})
    subscribe(bed, 1, channel)
    for _ in range(3):
        bed.start(1)
    assert bed.server.quiesce()
    assert [len(poll(bed, 1, channel)) for _ in range(2)] == [2, 1]
    bed.start(1)
    response = bed.ask(
        1, "POST", channel["channelData"]["channelURL"], headers={"Accept": "application/xml"}
    )
    assert b"<nc:notificationList" in response.content


def test_held_poll_is_answered_when_something_comes(bed: Bed) -> None:
    """Much sooner than it is held otherwise."""
    channel = make(bed, 1)
    subscribe(bed, 1, channel)
    with ThreadPoolExecutor() as pool:
        held = pool.submit(poll, bed, 1, channel)
        bed.start(1)
        assert held.result(WAIT) == ["groupChatSessionInvitationNotification"]


def test_poll_that_is_given_up_loses_nothing(bed: Bed) -> None:
    """What comes while a poll is held whose client has gone comes with the next one."""
    channel = make(bed, 1)
    subscribe(bed, 1, channel)
    parts = urlsplit(channel["channelData"]["channelURL"])
    for _ in range(5):
        given_up = HTTPConnection(parts.netloc, timeout=WAIT)
        given_up.request("POST", parts.path, headers={**JSON, "Authorization": "Bearer token-1"})
        given_up.close()
        bed.start(1)
        assert poll_again(bed, 1, channel) == ["groupChatSessionInvitationNotification"]


def test_deletion_ends_a_held_poll(bed: Bed) -> None:
    """Its response is that the channel is gone."""
    channel = make(bed, 1)
    url = channel["channelData"]["channelURL"]
    with ThreadPoolExecutor() as pool:
        held = pool.submit(bed.ask, 1, "POST", url)
        bed.ask(1, "DELETE", channel["resourceURL"])
        assert held.result(WAIT).status_code == 404


def test_held_polls_keep_nobody_waiting(bed: Bed) -> None:
    """More of them than there are threads for everything else."""
    made = [(user, make(bed, user)) for user in range(4) for _ in range(MANY // 4)]
    with ThreadPoolExecutor(MANY) as pool:
        held = [
            pool.submit(bed.ask, user, "POST", each["channelData"]["channelURL"])
            for user, each in made
        ]
        begun = time.monotonic()
        for user, each in made:
            assert bed.ask(user, "DELETE", each["resourceURL"]).status_code == 204
        assert time.monotonic() - begun < WAIT
        assert {each.result(WAIT).status_code for each in held} == {404}


def test_channel_ends_by_itself(open_testbed: OpenBed) -> None:
    """After its lifetime, a held poll with it."""
    bed = open_testbed(variations=["channels-short"])
    channel = make(bed, 0)
    assert channel["channelLifetime"] == 1
    assert bed.ask(0, "POST", channel["channelData"]["channelURL"]).status_code == 404
    assert bed.ask(0, "GET", channel["resourceURL"]).status_code == 404


def test_there_is_an_end_to_channels(bed: Bed) -> None:
    """Each may cost a thread, so a user has so many at most."""
    body = {"notificationChannel": {"channelType": "LongPolling"}}
    responses = [bed.ask(0, "POST", channels(bed, 0), body).status_code for _ in range(17)]
    assert responses == [201] * 16 + [403]


@pytest.mark.parametrize(
    ("name", "fmt", "start"),
    [
        ("polls-single", "json", b'{"notificationList":[{"groupChat'),
        ("lists-of-one-bare", "json", b'{"notificationList":{"groupChat'),
        ("lists-unqualified", "xml", b"<groupChatSessionInvitationNotification>"),
        ("notifications-bare", "json", b'{"groupChat'),
        (
            "lists-say-complete",
            "xml",
            b"<ncListComplete>true</ncListComplete></nc:notificationList>",
        ),
    ],
)
def test_variations_of_lists_show(open_testbed: OpenBed, name: str, fmt: str, start: bytes) -> None:
    """What waits is handed over otherwise, or looks otherwise."""
    bed = open_testbed(variations=[name])
    channel = make(bed, 1)
    subscribe(bed, 1, channel)
    for _ in range(2):
        bed.start(1)
    assert bed.server.quiesce()
    url, accept = channel["channelData"]["channelURL"], {"Accept": f"application/{fmt}"}
    brought = bed.ask(1, "POST", url, headers=accept).content
    assert start in brought
    assert (brought.count(b"originatorAddress") == 1) is (fmt == "json")


@pytest.mark.parametrize(
    ("name", "status", "body"),
    [
        ("polls-empty-lists", 200, b'{"notificationList":[]}'),
        ("polls-empty-answers", 200, b""),
        ("polls-no-content", 204, b""),
        ("polls-null", 200, b'{"notificationList":null}'),
        ("polls-empty-objects", 200, b'{"notificationList":{}}'),
    ],
)
def test_variations_of_nothing_show(
    open_testbed: OpenBed, name: str, status: int, body: bytes
) -> None:
    """A poll without notifications is answered soon."""
    bed = open_testbed(variations=[name])
    url = make(bed, 1)["channelData"]["channelURL"]
    response = bed.ask(1, "POST", url, headers=JSON)
    assert (response.status_code, response.content) == (status, body)


def test_poll_without_its_parameters_is_rejected_where_they_are_needed(
    open_testbed: OpenBed,
) -> None:
    """With them it is answered."""
    bed = open_testbed(variations=["polls-need-parameters", "polls-no-content"])
    url = make(bed, 1)["channelData"]["channelURL"]
    bodies: list[dict[str, None] | None] = [None, {"longPollingRequestParameters": None}]
    assert [bed.ask(1, "POST", url, each, headers=JSON).status_code for each in bodies] == [
        400,
        204,
    ]


def test_slow_polls_show(open_testbed: OpenBed) -> None:
    """What waits is handed over only after a while."""
    bed = open_testbed(variations=["polls-slow"])
    channel = make(bed, 1)
    subscribe(bed, 1, channel)
    bed.start(1)
    assert bed.server.quiesce()
    begun = time.monotonic()
    assert len(poll(bed, 1, channel)) == 1
    assert time.monotonic() - begun >= 0.1


def test_websocket_brings_what_waits_and_answers(bed: Bed) -> None:
    """One notification in a message; connCheck is answered; it ends with its channel."""
    channel = make(bed, 1, channelType="WebSockets")
    subscribe(bed, 1, channel)
    bed.start(1)
    url, headers = channel["channelData"]["channelURL"], {"Authorization": "Bearer token-1"}
    with connect(url, additional_headers=headers, subprotocols=[SUBPROTOCOL], proxy=None) as socket:
        assert socket.subprotocol == SUBPROTOCOL
        assert "groupChatSessionInvitationNotification" in json.loads(socket.recv(WAIT))
        socket.send('{"connCheck": {}}')
        assert json.loads(socket.recv(WAIT))["connAck"]["channelLifetime"] > 0
        bed.ask(1, "DELETE", channel["resourceURL"])
        with pytest.raises(ConnectionClosed):
            socket.recv(WAIT)


def test_second_websocket_takes_the_place_of_the_first(bed: Bed) -> None:
    """The first one ends."""
    url = make(bed, 1, channelType="WebSockets")["channelData"]["channelURL"]
    headers = {"Authorization": "Bearer token-1"}
    with (
        connect(url, additional_headers=headers, proxy=None) as first,
        connect(url, additional_headers=headers, proxy=None),
        pytest.raises(ConnectionClosed),
    ):
        first.recv(WAIT)


def test_websocket_of_another_user_is_rejected(bed: Bed) -> None:
    """As any request is."""
    url = make(bed, 1, channelType="WebSockets")["channelData"]["channelURL"]
    with (
        pytest.raises(InvalidStatus),
        connect(url, additional_headers={"Authorization": "Bearer token-2"}, proxy=None),
    ):
        pass
