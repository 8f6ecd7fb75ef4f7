"""`doctor` tells in seconds what keeps a target file from being used."""

import json
import re
import socket
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from rcs_conformance.cli import main
from rcs_conformance.reference import DEFAULT_ACCOUNTS, ReferenceServer
from rcs_conformance.reference.rules import Rules
from tests.cli.strange_servers import (
    ELSEWHERE,
    IsLate,
    NamesAnotherHost,
    ShowsConnected,
    accepting,
)

Written = Callable[..., Path]
Serving = Callable[..., str]
ALL = 'features = ["adhoc"]\nitems = ["REST-CHAT-1-1-SESS-S-001-O", "REST-CHAT-GRP-S-001-O"]'
SECONDS = 10


def examined(file: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """The exit code, and the lines but the last."""
    started = time.monotonic()
    code = main(["doctor", str(file)])
    assert time.monotonic() - started < SECONDS
    return code, capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    "claims",
    [
        'items = ["REST-CHAT-1-1-SESS-S-001-O"]',
        'items = ["REST-CHAT-GRP-S-001-O"]',
        'items = ["REST-CHAT-GRP-S-001-O", "REST-CHAT-INDGRP-S-003-O"]',
        'features = ["adhoc"]\nformats = ["json"]',
    ],
)
def test_good_target_can_be_used(
    serving: Serving, written: Written, capsys: pytest.CaptureFixture[str], claims: str
) -> None:
    """Whatever kind of chat it claims, the way back is tried."""
    code, lines = examined(written(serving(), claims=claims), capsys)
    assert code == 0
    assert sum(line.startswith("ok      users: tel:") for line in lines) == len(DEFAULT_ACCOUNTS)
    assert any(line.startswith("ok      listener: ") and "arrived" in line for line in lines)
    assert "is ready for a run" in lines[-1]
    assert not any(line.startswith("wrong") for line in lines)


def test_nothing_is_left_behind(serving: Serving, written: Written) -> None:
    """No subscription stays: a second look has as few as the first."""
    file = written(
        serving(), claims='items = ["REST-CHAT-1-1-SESS-S-001-O", "REST-CHAT-SUBSCR-S-002-O"]'
    )
    assert main(["doctor", str(file)]) == main(["doctor", str(file)]) == 0


def test_json_says_the_same(
    serving: Serving, written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    """For machines."""
    file = written(serving())
    assert main(["doctor", str(file), "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["format"], document["usable"]) == ("rcs-conformance-doctor/1", True)
    assert {"level": "ok", "about": "users", "text": "tel:+15550100 is accepted", "right": ""} in (
        document["findings"]
    )


@pytest.mark.parametrize("server", ["nobody", "page", "silent", "tls"])
def test_server_that_is_none_is_told_once(
    server: str,
    request: pytest.FixtureRequest,
    serving: Serving,
    written: Written,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nobody there, a web site, one that never answers, TLS where there is none."""
    roots: dict[str, Callable[[], str]] = {
        "nobody": lambda: "http://127.0.0.1:1",
        "tls": lambda: serving().replace("http:", "https:"),
    }
    root = roots[server]() if server in roots else request.getfixturevalue(server)
    code, lines = examined(written(root), capsys)
    assert code == 4
    (wrong,) = [line for line in lines if line.startswith("wrong")]
    assert wrong.startswith("wrong   server: server_root ")
    assert not any("listener" in line for line in lines)


def test_name_that_is_looked_up_for_ever_is_given_up(
    written: Written, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The system's resolver has no deadline that could be set; the examination has."""
    released, known = Event(), socket.getaddrinfo

    def look_up(host: Any, *rest: Any, **more: Any) -> Any:  # noqa: ANN401 - as the library's
        if host == "server.test":
            released.wait(60)
        return known(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    code, lines = examined(written("http://server.test:8080"), capsys)
    released.set()
    assert code == 4
    (wrong,) = [line for line in lines if line.startswith("wrong")]
    assert wrong.startswith("wrong   server: server_root http://server.test:8080: no response")


def test_wrong_token_and_unknown_user_are_named(
    serving: Serving, written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each in a line of its own; tokens are not shown."""
    good = [(each.address, each.token) for each in DEFAULT_ACCOUNTS[:2]]
    users = [*good, (DEFAULT_ACCOUNTS[2].address, "canary"), ("tel:+15559999", "canary-2")]
    code, lines = examined(written(serving(), users=users), capsys)
    wrong = [line for line in lines if line.startswith("wrong")]
    assert code == 4
    assert len(wrong) == 2
    assert all("rejects its" in line or "not know" in line for line in wrong)
    assert "canary" not in "".join(lines)


def test_users_must_be_distinct(
    serving: Serving, written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two with one token are one."""
    users = [(each.address, "same") for each in DEFAULT_ACCOUNTS[:3]]
    _, lines = examined(written(serving(), users=users), capsys)
    first, second, third = (address for address, _ in users)
    assert any(f"{first} and {second} and {third} have the same token" in line for line in lines)
    assert any(line.startswith("warning users: 3 users") for line in lines)


def test_unreachable_listener_is_told(
    serving: Serving, written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    """A public URL that leads elsewhere; the wait has an end."""
    more = '[notifications]\npublic_url = "http://127.0.0.1:1"\ntimeout = 60.0'
    code, lines = examined(written(serving(), more), capsys)
    assert code == 4
    (wrong,) = [line for line in lines if line.startswith("wrong")]
    assert "no notification reached http://127.0.0.1:1/" in wrong
    assert "public_url to an address that the server can reach" in wrong


def test_triggers_are_looked_at_and_not_pulled(
    serving: Serving, written: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Commands are found, hosts reached, prompts need a terminal."""
    pulled = tmp_path / "pulled"
    more = f"""
[triggers.expire]
command = "touch {pulled}"
[triggers.expire_invitation]
command = "touch {pulled}"
[triggers.end]
command = "rcs-conformance-no-such-command {{sessionId}}"
[triggers.disable]
request = "POST http://127.0.0.1:1/disable"
[triggers.services]
request = "POST {{serverRoot}}/services"
[triggers.pending]
prompt = "Do it"
"""
    code, lines = examined(written(serving(), more), capsys)
    told = {line.split()[1]: line.split()[0] for line in lines if "triggers." in line}
    assert code == 4
    assert told == {
        "triggers.expire:": "ok",
        "triggers.expire_invitation:": "ok",
        "triggers.end:": "wrong",
        "triggers.disable:": "wrong",
        "triggers.services:": "ok",
        "triggers.pending:": "warning",
    }
    assert not pulled.exists()


def test_bad_file_and_bad_claim_are_told(
    written: Written, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is sent for either."""
    code, lines = examined(tmp_path / "none.toml", capsys)
    assert (code, lines[0][:13]) == (4, "wrong   file:")
    claims = 'features = ["adhocc"]\nitems = ["REST-CHAT-GRP-S-004-O"]'
    code, lines = examined(written("http://127.0.0.1:1", claims=claims), capsys)
    assert code == 4
    assert sum(line.startswith("wrong   claim:") for line in lines) == 3
    assert not any("server:" in line for line in lines)


def test_claim_without_a_chat_is_a_warning(
    serving: Serving, written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing contradicts it; but the tables ask for a model of 1-to-1 chat."""
    code, lines = examined(written(serving(), claims="items = []"), capsys)
    assert code == 0
    assert any("REST-CHAT-1-1-MODEL-S-001-O requires one" in line for line in lines)
    assert any(line.startswith("warning listener: not tried") for line in lines)


def strange(*rules: type[Rules]) -> ReferenceServer:
    """A reference server that is strange in what it says of itself."""
    return ReferenceServer(DEFAULT_ACCOUNTS, rules=rules)


CHANNELS = 'items = ["REST-CHAT-1-1-SESS-S-001-O", "REST-NC-SUPPORT-S-001-O"]'


def test_resources_at_another_host_are_told(
    written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once, with the key that is to be changed; so is a channel that is polled elsewhere."""
    with strange(NamesAnotherHost) as server:
        code, lines = examined(written(server.root, claims=CHANNELS), capsys)
    assert code == 0
    told = [line for line in lines if ELSEWHERE in line]
    assert [line.partition(": ")[0] for line in told] == ["warning host", "warning channel"]
    assert all(f"set server_root to an address at {ELSEWHERE}" in line for line in told)


def test_channel_at_another_host_is_wrong_where_it_is_polled(
    written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing would arrive in a run."""
    with strange(NamesAnotherHost) as server:
        file = written(server.root, '[notifications]\nmode = "long-poll"', claims=CHANNELS)
        code, lines = examined(file, capsys)
    assert code == 4
    assert any(line.startswith("wrong   channel: channelURL is at") for line in lines)


def test_other_clock_is_told(written: Written, capsys: pytest.CaptureFixture[str]) -> None:
    """With its direction, in seconds."""
    with strange(IsLate) as server:
        code, lines = examined(written(server.root), capsys)
    assert code == 0
    (told,) = [line for line in lines if line.startswith("warning clock: ")]
    assert re.search(r"server's clock is 7[456] s behind the clock of this machine", told)


def test_user_that_accepts_by_itself_is_told(
    written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the notification of an acceptance that nobody here sent."""
    with strange() as server, accepting(server.root, 1):
        code, lines = examined(written(server.root), capsys)
    assert code == 4
    (told,) = [line for line in lines if line.startswith("wrong ")]
    assert f"users: {DEFAULT_ACCOUNTS[1].address}: an invitation was accepted by itself" in told


def test_session_that_begins_connected_is_told(
    written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    """For every user, though no notification says so."""
    with strange(ShowsConnected) as server:
        code, lines = examined(written(server.root), capsys)
    assert code == 4
    (told,) = [line for line in lines if line.startswith("wrong ")]
    assert all(each.address in told for each in DEFAULT_ACCOUNTS)


def test_every_missing_variable_is_told_at_once(
    written: Written, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line for each, with the place in the file."""
    users = [
        (each.address, f"env:NO_SUCH_{number}") for number, each in enumerate(DEFAULT_ACCOUNTS)
    ]
    code, lines = examined(written("http://127.0.0.1:1", users=users), capsys)
    wrong = [line for line in lines if line.startswith("wrong   file: ")]
    assert code == 4
    assert len(wrong) == len(users)
    assert all(f"NO_SUCH_{number}" in line for number, line in enumerate(wrong))
