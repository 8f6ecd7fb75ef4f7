"""Subscriptions over real sockets."""

import time

import pytest

from tests.reference.testbed import Bed

JSON = {"Accept": "application/json"}


def body(**members: object) -> dict[str, object]:
    """A request to subscribe."""
    reference = {"notifyURL": "http://127.0.0.1:9/none"}
    return {"chatNotificationSubscription": {"callbackReference": reference, **members}}


def test_subscription_is_made_read_listed_and_deleted(bed: Bed) -> None:
    """The life of a subscription."""
    url = bed.subscribe(0)
    read = bed.ask(0, "GET", url, headers=JSON).json()["chatNotificationSubscription"]
    assert read["resourceURL"] == url
    assert read["callbackReference"]["callbackData"] == "data 0"
    listed = bed.ask(0, "GET", bed.url(0, "subscriptions"), headers=JSON).json()
    assert listed["chatSubscriptionList"]["chatNotificationSubscription"] == [read]
    assert bed.ask(0, "DELETE", url).status_code == 204
    assert bed.ask(0, "GET", url).status_code == 404
    empty = bed.ask(0, "GET", bed.url(0, "subscriptions"), headers=JSON).json()
    assert "chatNotificationSubscription" not in empty["chatSubscriptionList"]


def test_deleted_subscription_is_served_no_more(bed: Bed) -> None:
    """After the deletion only the remaining subscriptions are notified."""
    url = bed.subscribe(1, path="gone")
    bed.subscribe(1)
    bed.ask(1, "DELETE", url)
    bed.start(1)
    bed.invitation(1)
    assert bed.server.quiesce()
    assert [path for path, _, _ in bed.listener.bodies] == ["/1"]


def test_repeated_correlator_gives_the_same_subscription(bed: Bed) -> None:
    """A repetition makes nothing, until the subscription is deleted; users are apart."""
    post = body(clientCorrelator="c")
    urls = [
        bed.ask(user, "POST", bed.url(user, "subscriptions"), post).headers["Location"]
        for user in (0, 0, 1)
    ]
    assert urls[0] == urls[1] != urls[2]
    bed.ask(0, "DELETE", urls[0])
    again = bed.ask(0, "POST", bed.url(0, "subscriptions"), post).headers["Location"]
    assert again != urls[0]


def test_duration_passes(bed: Bed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A subscription whose time has passed is gone."""
    response = bed.ask(0, "POST", bed.url(0, "subscriptions"), body(duration=60))
    url = response.headers["Location"]
    read = bed.ask(0, "GET", url, headers=JSON).json()
    assert read["chatNotificationSubscription"]["duration"] == 60
    later = time.monotonic() + 61
    monkeypatch.setattr("rcs_conformance.reference.subscription_state.monotonic", lambda: later)
    assert bed.ask(0, "GET", url).status_code == 404
    listed = bed.ask(0, "GET", bed.url(0, "subscriptions"), headers=JSON).json()
    assert list(listed["chatSubscriptionList"]) == ["resourceURL"]


@pytest.mark.parametrize(
    "url", ["ftp://host/", "/relative", "not a url", "http://", "http://[::1", "http://host:0/"]
)
def test_unusable_notify_url_is_refused(bed: Bed, url: str) -> None:
    """Where nothing could be delivered, nothing is subscribed."""
    post = {"chatNotificationSubscription": {"callbackReference": {"notifyURL": url}}}
    response = bed.ask(0, "POST", bed.url(0, "subscriptions"), post)
    assert response.status_code == 400
    assert "notifyURL" in response.json()["requestError"]["serviceException"]["variables"][0]


def test_negative_duration_is_refused(bed: Bed) -> None:
    """A duration below zero is none."""
    response = bed.ask(0, "POST", bed.url(0, "subscriptions"), body(duration=-1))
    assert response.status_code == 400
