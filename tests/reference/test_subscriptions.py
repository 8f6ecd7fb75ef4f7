"""Subscriptions over real sockets."""

import time

import pytest

from tests.reference.stage import Stage

JSON = {"Accept": "application/json"}


def body(**members: object) -> dict[str, object]:
    """A request to subscribe."""
    reference = {"notifyURL": "http://127.0.0.1:9/none"}
    return {"chatNotificationSubscription": {"callbackReference": reference, **members}}


def test_subscription_is_made_read_listed_and_deleted(stage: Stage) -> None:
    """The life of a subscription."""
    url = stage.subscribe(0)
    read = stage.ask(0, "GET", url, headers=JSON).json()["chatNotificationSubscription"]
    assert read["resourceURL"] == url
    assert read["callbackReference"]["callbackData"] == "data 0"
    listed = stage.ask(0, "GET", stage.url(0, "subscriptions"), headers=JSON).json()
    assert listed["chatSubscriptionList"]["chatNotificationSubscription"] == [read]
    assert stage.ask(0, "DELETE", url).status_code == 204
    assert stage.ask(0, "GET", url).status_code == 404
    empty = stage.ask(0, "GET", stage.url(0, "subscriptions"), headers=JSON).json()
    assert "chatNotificationSubscription" not in empty["chatSubscriptionList"]


def test_deleted_subscription_is_served_no_more(stage: Stage) -> None:
    """What happens after the deletion is told to the remaining subscriptions only."""
    url = stage.subscribe(1, path="gone")
    stage.subscribe(1)
    stage.ask(1, "DELETE", url)
    stage.start(1)
    stage.invitation(1)
    assert stage.server.quiesce()
    assert [path for path, _, _ in stage.listener.bodies] == ["/1"]


def test_repeated_correlator_gives_the_same_subscription(stage: Stage) -> None:
    """A repetition makes nothing, until the subscription is deleted; users are apart."""
    post = body(clientCorrelator="c")
    urls = [
        stage.ask(user, "POST", stage.url(user, "subscriptions"), post).headers["Location"]
        for user in (0, 0, 1)
    ]
    assert urls[0] == urls[1] != urls[2]
    stage.ask(0, "DELETE", urls[0])
    again = stage.ask(0, "POST", stage.url(0, "subscriptions"), post).headers["Location"]
    assert again != urls[0]


def test_duration_passes(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A subscription whose time has passed is gone."""
    answer = stage.ask(0, "POST", stage.url(0, "subscriptions"), body(duration=60))
    url = answer.headers["Location"]
    read = stage.ask(0, "GET", url, headers=JSON).json()
    assert read["chatNotificationSubscription"]["duration"] == 60
    later = time.monotonic() + 61
    monkeypatch.setattr("rcs_conformance.reference.subscription_state.monotonic", lambda: later)
    assert stage.ask(0, "GET", url).status_code == 404
    listed = stage.ask(0, "GET", stage.url(0, "subscriptions"), headers=JSON).json()
    assert list(listed["chatSubscriptionList"]) == ["resourceURL"]


@pytest.mark.parametrize(
    "url", ["ftp://host/", "/relative", "not a url", "http://", "http://[::1", "http://host:0/"]
)
def test_unusable_notify_url_is_refused(stage: Stage, url: str) -> None:
    """Where nothing could be delivered, nothing is subscribed."""
    post = {"chatNotificationSubscription": {"callbackReference": {"notifyURL": url}}}
    answer = stage.ask(0, "POST", stage.url(0, "subscriptions"), post)
    assert answer.status_code == 400
    assert "notifyURL" in answer.json()["requestError"]["serviceException"]["variables"][0]


def test_negative_duration_is_refused(stage: Stage) -> None:
    """A duration below zero is none."""
    answer = stage.ask(0, "POST", stage.url(0, "subscriptions"), body(duration=-1))
    assert answer.status_code == 400
