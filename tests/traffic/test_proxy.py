"""The recording proxy: clients and server go on as without it, and all is kept."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from socket import socketpair
from types import SimpleNamespace

import pytest
import requests
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from rcs_conformance.cli import main
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.reference import ReferenceServer
from rcs_conformance.traffic.har import read_har
from rcs_conformance.traffic.har_file import HarFile
from rcs_conformance.traffic.origins import Origins
from rcs_conformance.traffic.passed_socket import PassedSocket
from rcs_conformance.traffic.proxy import RecordingProxy
from tests.child_processes import running
from tests.reference.test_channels import SUBPROTOCOL, make, subscribe
from tests.reference.testbed import WAIT
from tests.traffic.proxied import Kept, ProxiedBed, conversation, proxied
from tests.traffic.scripted import judgement

OWN = {"Authorization": "Bearer token-1"}


@pytest.fixture(scope="module")
def talk() -> Iterator[tuple[ProxiedBed, str]]:
    """A bed in which two users have talked, with the URL of the chat."""
    with proxied() as bed:
        yield bed, conversation(bed)


def test_clients_go_on_through_the_proxy(talk: tuple[ProxiedBed, str]) -> None:
    """What the server shows of itself has the root of the proxy, in headers and bodies."""
    bed, chat = talk
    shown = json.dumps(bed.read(0, chat))
    assert chat.startswith(bed.proxy.root)
    assert bed.proxy.root in shown
    assert bed.server.root not in shown


def test_notifications_reach_clients_and_are_kept(talk: tuple[ProxiedBed, str]) -> None:
    """Each has the proxy's root in its links, and the client's own URL."""
    bed, _ = talk
    inbound = [each for each in bed.kept.entries if each.inbound]
    assert len(inbound) >= len(bed.listener.bodies) > 4
    assert all(each.url.startswith(bed.listener.root) for each in inbound)
    assert not any(bed.server.root.encode() in each.request_body for each in inbound)


def test_nothing_is_found_in_what_is_kept(talk: tuple[ProxiedBed, str]) -> None:
    """The server conforms, so the traffic does."""
    bed, _ = talk
    found = judgement([*bed.kept.entries])
    assert found.failures == ()
    assert {each.subscription is not None for each in found.traffic.told} == {True}


def test_subscription_shows_the_url_of_the_client(talk: tuple[ProxiedBed, str]) -> None:
    """The detour of its notifications is between proxy and server alone."""
    bed, _ = talk
    url = bed.subscribe(3)
    assert bed.listener.root in json.dumps(bed.read(3, url))


def test_file_is_whole_and_without_secrets(talk: tuple[ProxiedBed, str], tmp_path: Path) -> None:
    """Tokens are redacted before they get to the disk."""
    bed, _ = talk
    file = tmp_path / "traffic.har"
    written = HarFile(file, "1")
    for each in bed.kept.entries:
        written.add(each)
    written.close()
    text = file.read_text()
    assert len(read_har(file).entries) == written.count > 0
    assert "Bearer ***" in text
    assert [each for each in ("token-0", "token-1") if each in text] == []


def test_secret_that_is_seen_late_is_taken_out_of_what_was_before(
    talk: tuple[ProxiedBed, str], tmp_path: Path
) -> None:
    """A response may have a token before it is sent for the first time."""
    entry = next(each for each in talk[0].kept.entries if "Bearer" in str(each.request_headers))
    file = tmp_path / "traffic.har"
    written = HarFile(file, "1")
    written.add(replace(entry, request_headers=(), body=b'"token-0"'))
    written.add(entry)
    written.close()
    assert "token-0" not in file.read_text()
    assert [each.name for each in tmp_path.iterdir()] == [file.name]


@pytest.fixture(scope="module")
def spoken() -> Iterator[ProxiedBed]:
    """A bed in which a user was invited, and said something, through a WebSocket that has ended."""
    with proxied() as bed:
        channel = make(bed, 1, channelType="WebSockets")
        subscribe(bed, 1, channel)
        url = channel["channelData"]["channelURL"]
        with connect(url, additional_headers=OWN, subprotocols=[SUBPROTOCOL], proxy=None) as opened:
            assert opened.subprotocol == SUBPROTOCOL
            chat = bed.start(1, subject="Talk")
            invitation = opened.recv(WAIT)
            opened.send('{"connCheck": {}}')
            answer = opened.recv(WAIT)
            bed.ask(1, "DELETE", channel["resourceURL"])
            with pytest.raises(ConnectionClosed):
                opened.recv(WAIT)
        assert url.startswith(bed.proxy.root.replace("http", "ws"))
        assert f"{bed.proxy.root}/chat" in str(invitation)
        assert "connAck" in str(answer)
        assert bed.read(0, chat)
        bed.proxy.close()  # then all is kept
        yield bed


def test_web_socket_passes_and_is_kept(spoken: ProxiedBed) -> None:
    """Both sides speak through it; each message is kept as the client saw it."""
    (entry,) = [each for each in spoken.kept.entries if each.frames]
    kinds = [(each.sent, next(iter(json.loads(each.text)))) for each in entry.frames]
    assert (entry.method, entry.status) == ("GET", 101)
    assert kinds == [
        (False, "groupChatSessionInvitationNotification"),
        (True, "connCheck"),
        (False, "connAck"),
    ]
    assert spoken.server.root not in repr(entry.frames)


def test_notifications_of_a_web_socket_are_judged(spoken: ProxiedBed) -> None:
    """Each is that of the subscription of its channel."""
    found = judgement([*spoken.kept.entries])
    (told,) = found.traffic.told
    assert found.failures == ()
    assert told.subscription is not None
    assert told.subscription.user == "tel:+15550101"


def test_file_has_the_messages_of_a_web_socket(spoken: ProxiedBed, tmp_path: Path) -> None:
    """Without the token of its request."""
    file = tmp_path / "traffic.har"
    written = HarFile(file, "1")
    for each in spoken.kept.entries:
        written.add(each)
    written.close()
    assert [len(each.frames) for each in read_har(file).entries if each.frames] == [3]
    assert "token-1" not in file.read_text()


def test_web_socket_that_the_server_rejects_is_rejected(
    talk: tuple[ProxiedBed, str],
) -> None:
    """With the status and the body of the server."""
    bed, _ = talk
    url = make(bed, 1, channelType="WebSockets")["channelData"]["channelURL"]
    with (
        pytest.raises(InvalidStatus) as raised,
        connect(url, additional_headers={"Authorization": "Bearer token-2"}, proxy=None),
    ):
        pass
    response = raised.value.response
    assert response.status_code == 405
    assert b"requestError" in bytes(response.body or b"")
    assert bed.kept.entries[-1].status == 405


def test_many_messages_of_a_web_socket_are_given_away_before_it_ends() -> None:
    """Few of them are in memory."""
    ours, theirs = socketpair()
    given: list[int] = []
    server = SimpleNamespace(subprotocol=None, close=lambda: None, send=lambda _: None)
    passed = PassedSocket(
        ours,
        server,  # type: ignore[arg-type]
        inward=bytes,
        outward=bytes,
        keep=lambda frames: given.append(len(frames)),
    )
    with ours, theirs:
        for _ in range(1200):
            passed.hear(b"{}")
    assert given == [500, 500]


def test_server_that_is_not_there_is_a_bad_gateway() -> None:
    """The response of the proxy says which server."""
    with ReferenceServer() as gone:
        root = gone.root
    proxy = RecordingProxy(root, Kept())
    try:
        found = requests.get(proxy.root, timeout=30)
    finally:
        proxy.close()
    assert (found.status_code, root.partition("//")[2] in found.text) == (502, True)


@pytest.mark.parametrize(
    ("root", "told"),
    [
        ("server.example", "give a URL"),
        ("http://[::1", "give a URL"),
        ("http://server.example:http", "give a URL"),
        ("http://joe:canary@server.example", "leave them out"),
    ],
)
def test_root_that_is_no_url_is_one_line(root: str, told: str) -> None:
    """It says what would be right, and shows no password."""
    with pytest.raises(ConfigurationError, match=told) as raised:
        RecordingProxy(root, Kept())
    assert "canary" not in str(raised.value)


def test_command_that_cannot_start_leaves_the_file_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was recorded before is not lost."""
    file = tmp_path / "traffic.har"
    file.write_text("before")
    assert main(["proxy", "http://[::1", "--port", "0", "--out", str(file)]) == 4
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [(file.name, "before")]


@pytest.mark.parametrize("kept", ["{}", ""])
def test_entries_of_another_proxy_are_kept(
    kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another one does not begin in their place, even where nothing has passed yet."""
    left = tmp_path / "traffic.har.new"
    left.write_text(kept)
    words = ["proxy", "http://127.0.0.1:9", "--port", "0", "--out", str(tmp_path / "traffic.har")]
    assert main(words) == 4
    assert "judge or move it" in capsys.readouterr().err
    assert left.read_text() == kept


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (b"http://in:8/a/b", b"https://out/a/b"),
        (b'"http:\\/\\/in:8\\/a"', b'"https:\\/\\/out\\/a"'),
        (b"ws://in:8/c", b"wss://out/c"),
        (b"http://in:80/a http://in:8.example/", b"http://in:80/a http://in:8.example/"),
    ],
)
def test_root_is_mapped_wherever_it_stands(given: bytes, shown: bytes) -> None:
    """In plain, with escaped slashes, as a WebSocket; not where it is another host or port."""
    assert Origins(inner="http://in:8", outer="https://out").outward(given) == shown


@pytest.mark.exhaustive
def test_command_writes_its_file_at_the_end(tmp_path: Path) -> None:
    """SIGTERM ends it with a whole file."""
    file = tmp_path / "traffic.har"
    command = Path(sys.executable).with_name("rcs-conformance")
    words = [str(command), "proxy", "http://127.0.0.1:9", "--port", "0", "--out", str(file)]
    with running(words, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert json.loads(file.read_text())["log"]["entries"] == []
