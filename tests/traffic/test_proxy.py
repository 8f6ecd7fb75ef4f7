"""The recording proxy: clients and server go on as without it, and all is kept."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.reference import ReferenceServer
from rcs_conformance.traffic.har import read_har
from rcs_conformance.traffic.har_file import HarFile
from rcs_conformance.traffic.origins import Origins
from rcs_conformance.traffic.proxy import RecordingProxy
from tests.traffic.proxied import Kept, ProxiedBed, conversation, proxied
from tests.traffic.scripted import judgement


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


def test_web_socket_is_refused_in_one_line(talk: tuple[ProxiedBed, str]) -> None:
    """It says what works in its place."""
    bed, chat = talk
    response = bed.ask(0, "GET", chat, headers={"Upgrade": "websocket", "Connection": "Upgrade"})
    assert response.status_code == 501
    assert response.text.splitlines() == [
        "WebSockets do not pass this proxy: use long polls or callbacks"
    ]


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


def test_root_that_is_no_url_is_one_line() -> None:
    """It says what would be right."""
    with pytest.raises(ConfigurationError, match="give a URL"):
        RecordingProxy("server.example", Kept())


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
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert json.loads(file.read_text())["log"]["entries"] == []
