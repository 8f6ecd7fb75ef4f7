"""A prompt during a run: pytest captures the streams, and yet the operator is asked."""

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import RawIOBase
from pathlib import Path

import pytest

from rcs_conformance import kit
from rcs_conformance.plugin.options import embedded_target
from rcs_conformance.reference import Account, ReferenceServer
from tests.plugin.conftest import OPTIONS
from tests.plugin.suites import PREAMBLE

pytest_plugins = ["pytester"]

TRIGGER = re.compile(r"\[triggers\.end\]\n.*?(?=\n\[|\Z)", re.DOTALL)
PROMPT = """[triggers.end]
prompt = "End {sessionId}."
"""
SUITE = '''
@declares("UNI-CHT-012b.1")
def test_end(bed, verify):
    """Somebody ends a chat."""
    bed.triggers.fire("end", bed.groups.nonexistent(Format.XML), bed.alice)
    verify(found("UNI-CHT-012b.1"))
'''


Start = Callable[..., tuple[subprocess.Popen[bytes], RawIOBase]]


@pytest.fixture
def start(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Starts a run at a terminal of its own; gives the run, and our end of the terminal."""
    monkeypatch.setenv("PYTHONPATH", str(kit.ROOT))
    users = embedded_target().users
    accounts = [Account(address=user.address, token=user.token.reveal()) for user in users]
    pytester.makepyfile(test_suite=PREAMBLE + SUITE)
    with ExitStack() as opened:

        def start(*words: str) -> tuple[subprocess.Popen[bytes], RawIOBase]:
            root = opened.enter_context(ReferenceServer(accounts)).root
            text = (kit.TARGETS / "embedded.toml").read_text("utf-8")
            text = TRIGGER.sub(PROMPT, text.replace("http://127.0.0.1:0", root))
            file = pytester.path / "target.toml"
            file.write_text(text, "utf-8")
            ours, theirs = pty.openpty()
            command = [sys.executable, "-m", "pytest", *OPTIONS, "--target", str(file), *words]
            run = opened.enter_context(
                subprocess.Popen(command, stdin=theirs, stdout=subprocess.PIPE)  # noqa: S603
            )
            opened.callback(run.kill)
            os.close(theirs)
            return run, opened.enter_context(open(ours, "r+b", buffering=0))  # noqa: PTH123

        yield start


def test_prompt_is_asked_while_pytest_captures(start: Start) -> None:
    """The sentence is seen at the terminal, and the run goes on after Enter."""
    run, terminal = start()
    seen = b""
    while b"[Enter] " not in seen:
        seen += terminal.read(100) or b""
    terminal.write(b"\n")
    printed, _ = run.communicate(timeout=60)
    assert b"1 passed" in printed
    assert b"no-such-chat" in seen


@pytest.mark.exhaustive
def test_workers_have_no_terminal(start: Start, tmp_path: Path) -> None:
    """There is nobody to ask, so the clause is not tested, and that is the reason."""
    run, _terminal = start("-n", "1", "--out", str(tmp_path))
    run.communicate(timeout=60)
    (test,) = json.loads((tmp_path / "result.json").read_text("utf-8"))["tests"]
    assert (test["verdict"], test["cause"]) == ("not_tested", "no_trigger")
    assert "without -n" in test["reason"]
