"""The server as a whole: its life, many users at once, its speed."""

import statistics
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.parse import quote

import pytest
import requests

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.reference import Account, ReferenceServer, serve
from tests.reference.conftest import OpenBed
from tests.reference.testbed import USERS, WAIT, Bed, Listener


def test_concurrent_starts_lose_nothing(open_testbed: OpenBed) -> None:
    """Eight threads start chats; every id is different and every chat is there."""
    bed = open_testbed()
    body = {"groupChatSessionInformation": {"participant": [{"address": USERS[1]}]}}

    def start_some(_number: int) -> list[str]:
        with requests.Session() as session:
            session.trust_env = False
            session.headers["Authorization"] = "Bearer token-0"
            url = bed.url(0, "group")
            return [session.post(url, json=body, timeout=5).headers["Location"] for _ in range(25)]

    with ThreadPoolExecutor(8) as pool:
        urls = [url for some in pool.map(start_some, range(8)) for url in some]
    assert len(set(urls)) == 200
    assert all(bed.ask(0, "GET", url).status_code == 200 for url in urls)


def test_concurrent_repetitions_make_one(open_testbed: OpenBed) -> None:
    """Eight threads with the same correlator get the same chat."""
    bed = open_testbed()
    entries = [{"address": USERS[1]}]
    body = {"groupChatSessionInformation": {"participant": entries, "clientCorrelator": "c"}}

    def start_one(_number: int) -> str:
        headers = {"Authorization": "Bearer token-0"}
        response = requests.post(bed.url(0, "group"), json=body, headers=headers, timeout=5)
        return response.headers["Location"]

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(start_one, range(24)))) == 1


def test_start_up_and_shutdown_are_prompt() -> None:
    """With open connections the server is down soon, its threads with it."""
    before = {thread.name for thread in threading.enumerate()}
    server = ReferenceServer()
    with requests.Session() as session:
        session.get(f"{server.root}/nowhere", timeout=5)
        started = time.monotonic()
        server.close()
    assert time.monotonic() - started < WAIT
    left = {thread.name for thread in threading.enumerate()} - before
    assert not {name for name in left if not name.startswith("notifications-")}
    with pytest.raises(requests.ConnectionError):
        requests.get(server.root, timeout=1)


def test_closing_while_notifying_is_silent(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Clients start chats without a pause while server and listener are closed."""
    for _ in range(5):
        server = ReferenceServer()
        with Bed(server, Listener()) as bed, ThreadPoolExecutor(4) as pool:
            bed.subscribe(0, 1, 2, 3)
            started = [pool.submit(_start_until_refused, server.root, user) for user in range(4)]
            bed.listener.wait_for(1, "groupChatSessionInvitationNotification")
            server.close()
            assert all(each.result(10) for each in started)
    assert (capfd.readouterr().err, caplog.record_tuples) == ("", [])


def _start_until_refused(root: str, user: int) -> bool:
    """Start group chats until the server is there no longer."""
    url = f"{root}/chat/v1/{quote(USERS[user], safe='')}/group"
    people = [{"address": each, "isOriginator": each == USERS[user]} for each in USERS]
    body = {"groupChatSessionInformation": {"participant": people}}
    head = {"Authorization": f"Bearer token-{user}", "Accept": "application/json"}
    with suppress(requests.RequestException), requests.Session() as session:
        while session.post(url, json=body, headers=head, timeout=10).status_code == 201:
            pass
    return True


def test_answers_are_fast(bed: Bed) -> None:
    """No exchange costs the 40 ms of a delayed acknowledgement; a busy machine slows only some."""
    times = []
    for _ in range(100):
        started = time.perf_counter()
        bed.ask(0, "GET", bed.url(0, "subscriptions"))
        times.append(time.perf_counter() - started)
    assert statistics.quantiles(times, n=4)[0] < 0.030


def test_latency_is_added(open_testbed: OpenBed) -> None:
    """Every response is delayed by the given milliseconds."""
    bed = open_testbed(latency_ms=50)
    started = time.monotonic()
    bed.ask(0, "GET", bed.url(0, "subscriptions"))
    assert time.monotonic() - started >= 0.05


def test_chunked_answers_are_whole(open_testbed: OpenBed) -> None:
    """A response in pieces is the same response."""
    bed = open_testbed(variations=("chunked-answers",))
    response = bed.ask(
        0, "GET", bed.url(0, "subscriptions"), headers={"Accept": "application/json"}
    )
    assert response.headers["Transfer-Encoding"] == "chunked"
    assert list(response.json()) == ["chatSubscriptionList"]


def test_accounts_hide_their_tokens() -> None:
    """The token of an account is not in its representation."""
    assert "s3cret" not in repr(Account(address="tel:+1", token="s3cret"))  # noqa: S106


def test_aliases_mean_the_same_user() -> None:
    """A user invited under another address is shown under the main one."""
    accounts = [
        Account(address="tel:+1555", token="a"),  # noqa: S106
        Account(address="tel:+1556", token="b", aliases=("sip:b@home.example",)),  # noqa: S106
    ]
    body = {"groupChatSessionInformation": {"participant": [{"address": "SIP:b@home.example"}]}}
    with ReferenceServer(accounts) as server:
        headers = {"Authorization": "Bearer a", "Accept": "application/json"}
        url = f"{server.root}/chat/v1/tel:+1555/group"
        response = requests.post(url, json=body, headers=headers, timeout=5).json()
    participants = response["groupChatSessionInformation"]["participant"]
    assert [one["address"] for one in participants] == ["tel:+1555", "tel:+1556"]


def test_internal_error_is_answered(bed: Bed, monkeypatch: pytest.MonkeyPatch) -> None:
    """An internal error returns 500 with a request error."""

    def fail(*_arguments: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(bed.server.rules, "perform", fail)
    response = bed.ask(
        0, "GET", bed.url(0, "subscriptions"), headers={"Accept": "application/json"}
    )
    assert response.status_code == 500
    assert "boom" not in response.text


def test_closing_server_is_unavailable(bed: Bed) -> None:
    """While the server stops, requests return 503 with Retry-After."""
    bed.server._application.closing.set()
    response = bed.ask(0, "GET", bed.url(0, "subscriptions"))
    assert (response.status_code, response.headers["Retry-After"]) == (503, "1")
    bed.server._application.closing.clear()


def test_port_in_use_is_told(bed: Bed) -> None:
    """A second server on the same port is a mistake of configuration."""
    port = int(bed.server.root.rpartition(":")[2])
    with pytest.raises(ConfigurationError, match=f"127.0.0.1:{port}"):
        ReferenceServer(port=port)


@pytest.mark.parametrize("interrupted", [False, True])
def test_serve_blocks_until_the_end(monkeypatch: pytest.MonkeyPatch, interrupted: bool) -> None:
    """`serve` announces its root, serves, and ends when the server is closed or interrupted."""
    roots: list[str] = []

    def wait(server: ReferenceServer) -> None:
        assert requests.get(roots[0], timeout=5).status_code == 401
        assert roots == [server.root]
        if interrupted:
            raise KeyboardInterrupt

    monkeypatch.setattr(ReferenceServer, "wait", wait)
    serve(roots.append, port=0)
    with pytest.raises(requests.ConnectionError):
        requests.get(roots[0], timeout=1)


def test_wait_ends_with_the_server() -> None:
    """Waiting for the server ends with the server."""
    server = ReferenceServer()
    waiting = threading.Thread(target=server.wait)
    waiting.start()
    server.close()
    waiting.join(timeout=WAIT)
    assert not waiting.is_alive()
