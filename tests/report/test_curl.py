"""A curl command is one line that sends the same request, with a variable for the credential."""

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rcs_conformance.model.exchange import REDACTED, Event, Notification, Request
from rcs_conformance.model.formats import Format
from rcs_conformance.reference import DEFAULT_ACCOUNTS
from rcs_conformance.report.curl import curl_command, request_behind
from rcs_conformance.report.evidence import read_evidence, write_evidence
from rcs_conformance.report.text import inert
from tests.child_processes import running
from tests.cli.processes import COMMAND
from tests.driver.raw_server import Connection, RawServer
from tests.report.conftest import REQUEST, check
from tests.report.whole_runs import run_command, written_target

FILE = "evidence/a.body"
KEY = "t0ken"


def asking(**members: Any) -> Request:  # noqa: ANN401 - members of a request
    """A request with a token."""
    given = {"headers": (("authorization", f"Bearer {REDACTED}"),), **members}
    return replace(REQUEST, **given)


def sent(line: str, folder: Path, token: str = KEY) -> str:
    """What curl prints when the line is pasted into a shell."""
    environment = {name: text for name, text in os.environ.items() if "proxy" not in name.lower()}
    done = subprocess.run(  # noqa: S603 - a line of ours
        ["/bin/bash", "-c", line],
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
        cwd=folder,
        env={**environment, "TOKEN": token},
    )
    return done.stdout


def test_line_of_a_request() -> None:
    """Method, header fields, body and URL in quotes; the variable in place of the token."""
    headers = (("content-type", "application/json"), ("authorization", f"Bearer {REDACTED}"))
    line = curl_command(
        asking(url="http://t/a?b=1&c", headers=headers, body=b'{"a":"it\'s"}'), FILE
    )
    assert line == (
        "curl -i -X POST -H 'content-type: application/json' -H 'authorization: Bearer '\"$TOKEN\""
        " --data-raw '{\"a\":\"it'\"'\"'s\"}' 'http://t/a?b=1&c'"
    )


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"method": "GET", "body": b""}, "curl -i -H"),
        ({"method": "HEAD", "body": b""}, "curl -i -I -H"),
        ({"method": "DELETE", "body": b""}, "curl -i -X DELETE -H"),
        ({"method": "POST", "body": b""}, " -H content-type: --data-raw '' "),
        ({"headers": (("authorization", f"Basic {REDACTED}"),)}, ' -u "$TOKEN" '),
        ({"headers": (("authorization", f"Digest {REDACTED}"),)}, ' --digest -u "$TOKEN" '),
        ({"body": b"a\nb"}, " --data-raw $'a\\nb' "),
        ({"body": f"client_secret={REDACTED}&x".encode()}, " client_secret=\"$TOKEN\"'&x' "),
        ({"body": b"\0"}, f" --data-binary @{FILE} "),
        ({"body": b"x" * 2_001}, f" --data-binary @{FILE} "),
        ({"url": "http://[fe80:1]/a"}, "curl -i -g "),
        ({"url": "http://t/a/../b"}, " --path-as-is "),
    ],
)
def test_forms_of_requests(members: dict[str, Any], words: str) -> None:
    """What curl would add, change or take for something else is said to it."""
    assert words in curl_command(asking(**members), FILE)


BODIES = [
    b"plain",
    b'it\'s "$HOME" `id` \\n ! % 1',
    b"<?xml?>\n<a>\t\xc3\xa9</a>\r\n",
    b"\x1b]0;x\x07 ::error::a ##[b] \xe2\x80\xae",
    b"@file",
    b"--a\r\nContent-Type: image/png\r\n\r\n\x89PNG\0\xff\r\n--a--",
    b"x" * 5_000,
    b"",
]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_line_sends_the_same_bytes(tmp_path: Path, events: tuple[Event, ...], body: bytes) -> None:
    """Whatever is in the body; the line is safe for a terminal and a CI log."""
    taken: list[bytes] = []

    def script(connection: Connection) -> None:
        taken.append(connection.read())
        connection.say(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n")

    with RawServer(script) as server:
        headers = (("content-type", "a/b; c=d'e"), ("authorization", f"Bearer {REDACTED}"))
        request = asking(url=f"{server.root}/a?b=c&d[1]=$e", headers=headers, body=body)
        event = replace(events[0], request=request)  # type: ignore[arg-type]  # an exchange
        file = tmp_path / write_evidence(tmp_path, "t", [event])
        line = json.loads(file.read_text())["events"][0]["curl"]
        shown = sent(line, tmp_path)
    (raw,) = taken
    head, _, arrived = raw.partition(b"\r\n\r\n")
    assert inert(line) == line
    assert shown.startswith("HTTP/1.1 204")
    assert head.startswith(b"POST /a?b=c&d[1]=$e HTTP/1.1\r\n")
    assert b"\r\ncontent-type: a/b; c=d'e\r\n" in head
    assert b"\r\nauthorization: Bearer t0ken\r\n" in head
    assert arrived == body


def test_request_behind_a_finding(events: tuple[Event, ...]) -> None:
    """Its exchange; of a notification or an absence the last one before that changes something."""
    reading = replace(events[1], request=replace(REQUEST, method="GET"))  # type: ignore[arg-type]
    seen = (events[0], reading, *events[2:])
    found = [request_behind(check("X.1", event=number), seen) for number in (1, 2, 3, None)]
    assert [each.method for each in found if each] == ["POST", "GET", "POST", "POST"]
    assert request_behind(check("X.1", event=None), events[2:]) is None


@pytest.fixture
def served() -> Iterator[str]:
    """The root of `rcs-conformance serve`, whose server has four faults."""
    faults = ("form-plus-kept", "file-cancellation-not-told", "subject-cut", "text-cut")
    words = [word for fault in faults for word in ("--fault", fault)]
    command = [*COMMAND, "serve", "--port", "0", *words]
    with running(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        head = process.stdout.readline()
        yield head.partition(" at ")[2].partition(";")[0]


@pytest.mark.exhaustive
def test_lines_of_a_run_work(served: str, tmp_path: Path) -> None:
    """Each request that starts something is answered as in the run, whatever its body is."""
    clauses = ("UNI-CHT-002b.3", "UNI-CHT-020.1", "TS-CHAT-5.3", "UNI-FLT-001.2")
    words = [word for clause in clauses for word in ("--requirement", clause)]
    done = run_command(tmp_path / "out", str(written_target(tmp_path, served)), *words)
    failing = [test for test in done.result["tests"] if test["failures"]]
    tokens = {account.address: account.token for account in DEFAULT_ACCOUNTS}
    tried: dict[tuple[str, Format], list[bool]] = {}
    for test in failing:
        lines = json.loads((done.out / test["evidence"]).read_text())["events"]
        for event, written in zip(read_evidence(done.out / test["evidence"]), lines, strict=True):
            if isinstance(event, Notification) or event.request.method != "POST":
                continue
            request, status = event.request, written["answer"]["status"]
            if request.resource in ("groups", "ftSessions"):
                shown = sent(written["curl"], done.out, tokens[request.user])
                same = f" {status} " in shown.splitlines()[0]
                tried.setdefault((request.resource, request.format), []).append(same)
    everything = "".join(each.read_text() for each in done.out.glob("evidence/*.json"))
    assert failing
    assert all(failure["curl"] for test in failing for failure in test["failures"])
    assert {resource for resource, _ in tried} == {"groups", "ftSessions"}
    assert all(all(each) for each in tried.values())
    assert [token for token in tokens.values() if token in everything + done.console] == []
