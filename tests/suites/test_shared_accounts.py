"""Runs that share a server and its accounts, with each other and with a person, all pass."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from threading import Event, Thread
from urllib.parse import quote, urlsplit

import pytest

from rcs_conformance import kit
from rcs_conformance.reference import DEFAULT_ACCOUNTS, Account
from rcs_conformance.target import load_target
from tests.project.conftest import COMMAND

pytestmark = pytest.mark.exhaustive

_ROUNDS = int(os.environ.get("SHARED_ACCOUNTS_ROUNDS", "0"))
"""How often two runs of each kind are made; 0: two of the first kind alone, which take a minute."""

_LATE = ("--variation", "notified-late")

_KINDS = {
    "4-at-once": (("-n", "4"), ()),
    "8-late": (("-n", "8"), _LATE),
    "by-default-late": ((), _LATE),
}
"""How many workers each of two runs has, and what the server is like."""

_DEADLINE = 1200
_PATIENT = "\n[notifications]\ntimeout = 60\n\n[limits]\ndeadline = 60\n"
"""For a target file: many processes at once make each of them slow, which is not on trial here."""

_PAUSE = 0.05


@contextmanager
def served(folder: Path, *words: str) -> Iterator[Path]:
    """A target file of a reference server in a process of its own."""
    file = folder / "target.toml"
    command = [*COMMAND, "serve", "--port", "0", *words]
    with (
        file.open("w") as announced,
        subprocess.Popen(command, stdout=announced, cwd=kit.ROOT) as process,  # noqa: S603 - ours
    ):
        try:
            while "[ics]" not in file.read_text():
                assert process.poll() is None
            patient = folder / "patient.toml"
            patient.write_text(file.read_text() + _PATIENT)
            yield patient
        finally:
            process.terminate()


def started(target: Path, out: Path, seed: int, *workers: str) -> subprocess.Popen[str]:
    """A run of the suites, in an order of its own, that has begun."""
    words = ["run", str(target), "--out", str(out), "--seed", str(seed), *workers]
    plugin = ["--", "-p", "tests.suites.shuffling"]
    return subprocess.Popen(  # noqa: S603 - our own command
        [*COMMAND, *words, "--profile", "quick", *plugin],
        cwd=kit.ROOT,
        env={**os.environ, "PYTHONPATH": str(kit.ROOT), "SHUFFLING_SEED": str(seed)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@contextmanager
def person(root: str) -> Iterator[list[int]]:
    """Somebody who uses the accounts meanwhile: chats, messages and composing indications.

    Yields the status codes of the responses, as they come.
    """
    done, codes = Event(), list[int]()
    thread = Thread(target=_use, args=(urlsplit(root).netloc, done, codes))
    thread.start()
    try:
        yield codes
    finally:
        done.set()
        thread.join()


def _use(address: str, done: Event, codes: list[int]) -> None:
    alice, bob, carol, *_ = DEFAULT_ACCOUNTS
    with closing(HTTPConnection(address, timeout=30)) as connection:
        for number in count():
            if done.wait(_PAUSE):
                break
            originator, other = ((alice, bob), (bob, carol), (carol, alice))[number % 3]
            message = {"chatMessage": {"text": f"see you at {number}"}}
            composing = {"isComposing": {"state": "active", "refresh": 60}}
            people = [
                {"address": originator.address, "isOriginator": True},
                {"address": other.address},
            ]
            group = {"groupChatSessionInformation": {"subject": "lunch", "participant": people}}
            adhoc = f"oneToOne/{quote(other.address, safe='')}/adhoc/messages"
            for path, body in ((adhoc, message), (adhoc, composing), ("group", group)):
                codes.append(_post(connection, originator, path, body))


def _post(connection: HTTPConnection, who: Account, path: str, body: object) -> int:
    headers = {"Authorization": f"Bearer {who.token}", "Content-Type": "application/json"}
    url = f"/chat/v1/{quote(who.address, safe='')}/{path}"
    connection.request("POST", url, json.dumps(body), {**headers, "Accept": "application/json"})
    response = connection.getresponse()
    response.read()
    return response.status


@pytest.mark.parametrize("seed", range(2, 2 * max(_ROUNDS, 1) + 1, 2))
@pytest.mark.parametrize("kind", _KINDS if _ROUNDS else list(_KINDS)[:1])
def test_whoever_else_is_there_changes_no_verdict(tmp_path: Path, kind: str, seed: int) -> None:
    """Two runs at a time in different orders, beside a person who uses the same accounts."""
    workers, words = _KINDS[kind]
    with served(tmp_path, *words) as target, person(load_target(target).server_root) as codes:
        runs = [started(target, tmp_path / f"out{n}", n, *workers) for n in (seed - 1, seed)]
        outputs = [run.communicate(timeout=_DEADLINE)[0] for run in runs]

    assert [run.returncode for run in runs] == [0, 0], "\n".join(outputs)
    assert set(codes) == {201, 204}
