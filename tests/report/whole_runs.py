"""Whole runs of the suites against a reference server with faults, for tests of the outputs."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rcs_conformance.kit import ROOT, TARGETS
from rcs_conformance.reference import DEFAULT_ACCOUNTS, ReferenceServer
from tests.child_processes import running
from tests.plugin.servers import reference, target_at

DEFAULT_TOKENS = [account.token for account in DEFAULT_ACCOUNTS]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeRun:
    """What a run left: its exit code, what the console showed, and the output directory."""

    code: int
    console: str
    out: Path

    @property
    def result(self) -> dict[str, Any]:
        """Content of `result.json`."""
        document: dict[str, Any] = json.loads((self.out / "result.json").read_text("ascii"))
        return document


def run_suites(out: Path, *words: str, faults: tuple[str, ...] = ()) -> WholeRun:
    """Run a part of the suites, chosen by words for `run`, in a process of its own."""
    with reference(faults) as server:
        return _run(out, server, words)


def run_suites_in_full(out: Path, *words: str, faults: tuple[str, ...] = ()) -> WholeRun:
    """The same with a target file that claims everything, and short waits."""
    with reference(faults) as server:
        return run_command(out, str(full_target(out.parent, server.root)), *words)


def full_target(folder: Path, root: str) -> Path:
    """A target file for a server of `reference` that claims everything."""
    users = target_at("").users
    return written_target(folder, root, [user.token.reveal() for user in users])


def written_target(folder: Path, root: str, tokens: Sequence[str] = DEFAULT_TOKENS) -> Path:
    """A target file that claims everything, with short waits.

    Args:
        folder: Where to.
        root: Of the server.
        tokens: Of its users.
    """
    text = (TARGETS / "embedded.toml").read_text("utf-8").replace("http://127.0.0.1:0", root)
    for number, token in enumerate(tokens):
        text = text.replace(f'"embedded-token-{number}"', json.dumps(token))
    file = folder / "full.toml"
    file.write_text(f"{text}\n[notifications]\ntimeout = 1.0\n", "utf-8")
    return file


def _run(out: Path, server: ReferenceServer, words: tuple[str, ...]) -> WholeRun:
    users = [f"--user={user.address}={user.token.reveal()}" for user in target_at("").users]
    return run_command(out, server.root, *users, *words)


def run_command(out: Path, *words: str) -> WholeRun:
    """`run` with a seed, in the profile quick."""
    with _started(out, words) as process:
        console, _ = process.communicate(timeout=240)
    return WholeRun(code=process.returncode, console=console, out=out)


def run_until_progress(
    out: Path, *words: str, act: Callable[["subprocess.Popen[str]"], object]
) -> WholeRun:
    """The same; something is done when it tells of the first test."""
    with _started(out, (*words, "-v")) as process:
        assert process.stdout is not None
        head = ""
        while not re.search(r"^(pass|fail) .*::", head, re.MULTILINE):
            line = process.stdout.readline()
            assert line, head
            head += line
        act(process)
        console, _ = process.communicate(timeout=240)
    return WholeRun(code=process.returncode, console=head + console, out=out)


def _started(out: Path, words: Sequence[str]) -> AbstractContextManager["subprocess.Popen[str]"]:
    return running(
        [
            *(str(Path(sys.executable).with_name("rcs-conformance")), "run"),
            *("--out", str(out), "--profile", "quick", "--seed", "1", *words),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=out.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
