"""Notification channels over real sockets: made, polled, ended; polls keep nobody else waiting."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.reference.conftest import OpenStage
from tests.reference.stage import WAIT, Stage

JSON = {"Accept": "application/json"}
MANY = 40


def channels(stage: Stage, user: int) -> str:
    """The URL of a user's channels."""
    return (
        stage.url(user, "subscriptions")
        .replace("/chat/", "/notificationchannel/")
        .replace("subscriptions", "channels")
    )


def make(stage: Stage, user: int, **members: object) -> dict[str, Any]:
    """A channel of a user, as it is shown."""
    body = {"notificationChannel": {"channelType": "LongPolling", **members}}
    answer = stage.ask(user, "POST", channels(stage, user), body, headers=JSON)
    assert answer.status_code == 201, answer.text
    shown: dict[str, Any] = answer.json()["notificationChannel"]
    return shown


def subscribe(stage: Stage, user: int, channel: dict[str, Any]) -> None:
    """Subscribe a user through a channel."""
    reference = {"notifyURL": channel["callbackURL"], "notificationFormat": "JSON"}
    body = {"chatNotificationSubscription": {"callbackReference": reference}}
    assert stage.ask(user, "POST", stage.url(user, "subscriptions"), body).status_code == 201


def poll(stage: Stage, user: int, channel: dict[str, Any]) -> list[str]:
    """The roots that a poll brings."""
    url = channel["channelData"]["channelURL"]
    answer = stage.ask(user, "POST", url, headers=JSON)
    assert answer.status_code == 200, answer.text
    return [next(iter(each)) for each in answer.json()["notificationList"]]


def test_channel_is_made_read_listed_and_deleted(stage: Stage) -> None:
    """The life of a channel."""
    made = make(stage, 0, channelLifetime=60)
    url = made["resourceURL"]
    assert stage.ask(0, "GET", url, headers=JSON).json()["notificationChannel"] == made
    listed = stage.ask(0, "GET", channels(stage, 0), headers=JSON).json()
    assert listed["notificationChannelList"]["notificationChannel"] == [made]
    assert stage.ask(0, "DELETE", url).status_code == 204
    for verb, gone in (("GET", url), ("DELETE", url), ("POST", made["channelData"]["channelURL"])):
        assert stage.ask(0, verb, gone).status_code == 404


def test_correlator_makes_one_channel(stage: Stage) -> None:
    """A repetition makes nothing."""
    urls = [make(stage, 0, clientCorrelator="c")["resourceURL"] for _ in range(2)]
    assert urls[0] == urls[1]


@pytest.mark.parametrize("kind", ["WebSockets", "Pigeon"])
def test_other_types_are_refused(stage: Stage, kind: str) -> None:
    """There are long polls only."""
    body = {"notificationChannel": {"channelType": kind}}
    assert stage.ask(0, "POST", channels(stage, 0), body).status_code == 400


def test_what_waits_comes_at_once_and_in_order(stage: Stage) -> None:
    """As many as the client wants; XML for who asks for it."""
    channel = make(stage, 1, channelData={"maxNotifications": 2})
    subscribe(stage, 1, channel)
    for _ in range(3):
        stage.start(1)
    assert stage.server.quiesce()
    assert [len(poll(stage, 1, channel)) for _ in range(2)] == [2, 1]
    stage.start(1)
    answer = stage.ask(
        1, "POST", channel["channelData"]["channelURL"], headers={"Accept": "application/xml"}
    )
    assert b"<nc:notificationList" in answer.content


def test_held_poll_is_answered_when_something_comes(stage: Stage) -> None:
    """Much sooner than it is held otherwise."""
    channel = make(stage, 1)
    subscribe(stage, 1, channel)
    with ThreadPoolExecutor() as pool:
        held = pool.submit(poll, stage, 1, channel)
        stage.start(1)
        assert held.result(WAIT) == ["groupChatSessionInvitationNotification"]


def test_deletion_ends_a_held_poll(stage: Stage) -> None:
    """Its answer is that the channel is gone."""
    channel = make(stage, 1)
    url = channel["channelData"]["channelURL"]
    with ThreadPoolExecutor() as pool:
        held = pool.submit(stage.ask, 1, "POST", url)
        stage.ask(1, "DELETE", channel["resourceURL"])
        assert held.result(WAIT).status_code == 404


def test_held_polls_keep_nobody_waiting(stage: Stage) -> None:
    """More of them than there are threads for everything else."""
    made = [(user, make(stage, user)) for user in range(4) for _ in range(MANY // 4)]
    with ThreadPoolExecutor(MANY) as pool:
        held = [
            pool.submit(stage.ask, user, "POST", each["channelData"]["channelURL"])
            for user, each in made
        ]
        begun = time.monotonic()
        for user, each in made:
            assert stage.ask(user, "DELETE", each["resourceURL"]).status_code == 204
        assert time.monotonic() - begun < WAIT
        assert {each.result(WAIT).status_code for each in held} == {404}


def test_channel_ends_by_itself(open_stage: OpenStage) -> None:
    """After its lifetime, a held poll with it."""
    stage = open_stage(variations=["channels-short"])
    channel = make(stage, 0)
    assert channel["channelLifetime"] == 1
    assert stage.ask(0, "POST", channel["channelData"]["channelURL"]).status_code == 404
    assert stage.ask(0, "GET", channel["resourceURL"]).status_code == 404


def test_there_is_an_end_to_channels(stage: Stage) -> None:
    """Each may cost a thread, so a user has so many at most."""
    body = {"notificationChannel": {"channelType": "LongPolling"}}
    answers = [stage.ask(0, "POST", channels(stage, 0), body).status_code for _ in range(17)]
    assert answers == [201] * 16 + [403]


@pytest.mark.parametrize(
    ("name", "fmt", "start"),
    [
        ("polls-single", "json", b'{"notificationList":[{"groupChat'),
        ("lists-of-one-bare", "json", b'{"notificationList":{"groupChat'),
        ("lists-unqualified", "xml", b"<groupChatSessionInvitationNotification>"),
    ],
)
def test_variations_of_lists_show(open_stage: OpenStage, name: str, fmt: str, start: bytes) -> None:
    """What waits is handed over otherwise, or looks otherwise."""
    stage = open_stage(variations=[name])
    channel = make(stage, 1)
    subscribe(stage, 1, channel)
    for _ in range(2):
        stage.start(1)
    assert stage.server.quiesce()
    url, accept = channel["channelData"]["channelURL"], {"Accept": f"application/{fmt}"}
    brought = stage.ask(1, "POST", url, headers=accept).content
    assert start in brought
    assert (brought.count(b"originatorAddress") == 1) is (fmt == "json")


@pytest.mark.parametrize(
    ("name", "status", "body"),
    [
        ("polls-empty-lists", 200, b'{"notificationList":[]}'),
        ("polls-empty-answers", 200, b""),
        ("polls-no-content", 204, b""),
    ],
)
def test_variations_of_nothing_show(
    open_stage: OpenStage, name: str, status: int, body: bytes
) -> None:
    """A poll that brings nothing is answered soon."""
    stage = open_stage(variations=[name])
    url = make(stage, 1)["channelData"]["channelURL"]
    answer = stage.ask(1, "POST", url, headers=JSON)
    assert (answer.status_code, answer.content) == (status, body)


def test_slow_polls_show(open_stage: OpenStage) -> None:
    """What waits is handed over only after a while."""
    stage = open_stage(variations=["polls-slow"])
    channel = make(stage, 1)
    subscribe(stage, 1, channel)
    stage.start(1)
    assert stage.server.quiesce()
    begun = time.monotonic()
    assert len(poll(stage, 1, channel)) == 1
    assert time.monotonic() - begun >= 0.1
