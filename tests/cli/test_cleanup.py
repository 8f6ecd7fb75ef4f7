"""Nothing of a run stays on the target: at its end, and by `cleanup` after it was killed."""

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from rcs_conformance.binding import load_binding
from rcs_conformance.cli.serve import announcement
from rcs_conformance.driver import Actor
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import DEFAULT_ACCOUNTS, ReferenceServer
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.state import Conversation
from rcs_conformance.target import load_target
from tests.cli.processes import Command, ran

RUN = ("run", "t.toml", "--profile", "quick", "--out", "out")
MANY = 40
LISTS = ("subscriptions", "ftSubscriptions", "channels", "longLivedGroups")


class Observed:
    """A reference server whose chats are known, with a target file for it.

    Args:
        folder: Where the target file is written.
        ends: Whether it carries out DELETE.
    """

    def __init__(self, folder: Path, *, ends: bool = True) -> None:
        chats: list[Conversation] = []
        self.chats = chats
        busy = self.busy = Event()

        class Noting(Rules):
            def session_id(self, number: int, conversation: Conversation, address: str) -> str:
                chats.append(conversation)
                return super().session_id(number, conversation, address)

            def perform(
                self, call: Call, content: object, operate: Callable[[object], Response]
            ) -> Response:
                if call.method == "GET" and len(chats) >= MANY:
                    busy.set()
                if call.method == "DELETE" and not ends:
                    raise Rejection(500, "SVC0001", "A service error occurred", "")
                return super().perform(call, content, operate)

        self.server = ReferenceServer(DEFAULT_ACCOUNTS, rules=(Noting,))
        self.file = folder / "t.toml"
        users = [(account, account.token) for account in DEFAULT_ACCOUNTS]
        self.file.write_text(announcement(self.server.root, users))

    def close(self) -> None:
        self.server.close()

    def listed(self) -> int:
        """How many entries the lists of all users have."""
        target = load_target(self.file)
        binding = load_binding(target.binding)
        entries = 0
        for user in target.users:
            with closing(Actor(target, user, binding, EvidenceLog())) as actor:
                for key in LISTS:
                    read = actor.send("GET", key, fmt=Format.JSON)
                    assert read.answer.status == 200
                    entries += read.answer.body.count(b'"resourceURL"') - 1
        return entries

    def going_on(self) -> int:
        """How many sessions and group chats are not over."""
        kinds = (ChatKind.ONE_TO_ONE, ChatKind.GROUP)
        return len({each.number for each in self.chats if each.kind in kinds and not each.over})


@pytest.fixture
def observed(tmp_path: Path) -> Iterator[Observed]:
    """A server that conforms."""
    with closing(Observed(tmp_path)) as server:
        yield server


@pytest.fixture(autouse=True)
def state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the ledgers are."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def ledgers(state_folder: Path) -> list[Path]:
    return [each for each in state_folder.rglob("run-*") if each.is_dir()]


def clean_up_of(tmp_path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((tmp_path / "out" / "result.json").read_text())["cleanUp"]
    return found


@pytest.mark.exhaustive
@pytest.mark.parametrize("workers", ["0", "2"])
def test_nothing_is_left(
    tmp_path: Path, state_folder: Path, observed: Observed, workers: str
) -> None:
    """A run of all kinds of chats, by callback and by long poll."""
    words = (*RUN, "-n", workers, "--notifications", "both")
    done = ran(tmp_path, *words, "--requirement", "UNI-CHT-018", "--requirement", "UNI-FLT-005")
    assert done.code == 0, done.text
    assert len(observed.chats) > 10
    assert (observed.listed(), observed.going_on(), ledgers(state_folder)) == (0, 0, [])


@pytest.mark.exhaustive
@pytest.mark.parametrize("workers", ["0", "2"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_run_that_is_stopped(
    tmp_path: Path, observed: Observed, workers: str, number: signal.Signals
) -> None:
    """What it left is removed by `cleanup`, where it could not do so itself.

    Of a chat whose creation the target has not answered when a process is killed nobody learns: one
    of each process. An interruption waits for the answer, but workers are ended at once.
    """
    command = Command((*RUN, "-n", workers), tmp_path)
    command.killed(number, observed.busy)
    done = ran(tmp_path, "cleanup", "t.toml")
    assert done.code == 0, done.text
    assert observed.listed() == 0
    lost = int(workers) or int(number == signal.SIGKILL)
    assert observed.going_on() <= lost


@pytest.mark.exhaustive
def test_target_that_ends_nothing(tmp_path: Path, state_folder: Path) -> None:
    """The verdict is that of the tests; what is left is counted, and tried again by `cleanup`."""
    with closing(Observed(tmp_path, ends=False)) as server:
        done = ran(tmp_path, *RUN, "-n", "0", "--requirement", "UNI-CHT-030")
        assert done.code == 0, done.text
        found = clean_up_of(tmp_path)
        assert found["removed"] == 0
        assert "DELETE longLivedParticipant returned 500" in str(found["reasons"])
        assert "left on the target:" in done.text
        assert "left on the target:" in (tmp_path / "out" / "report.html").read_text()
        again = ran(tmp_path, "cleanup", "t.toml")
        assert (again.code, len(ledgers(state_folder))) == (1, 1), again.text
        assert server.listed()


def test_nothing_to_clean_up(tmp_path: Path, observed: Observed) -> None:
    """Exit code 0."""
    done = ran(tmp_path, "cleanup", "t.toml")
    assert (done.code, done.text) == (0, "ledgers: 0; removed: 0; left: 0\n")
    assert not observed.chats


@pytest.mark.exhaustive
def test_state_folder_that_cannot_be_written(tmp_path: Path, observed: Observed) -> None:
    """The run removes what it made all the same."""
    (tmp_path / "file").write_text("")
    words = (*RUN, "-n", "0", "--requirement", "UNI-CHT-030")
    done = ran(tmp_path, *words, XDG_STATE_HOME=str(tmp_path / "file"))
    assert done.code == 0, done.text
    assert observed.listed() == 0
