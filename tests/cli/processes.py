"""The command as a process of its own, and an output folder with an old report."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

from rcs_conformance.kit import ROOT

COMMAND = (
    sys.executable,
    "-c",
    "import sys; from rcs_conformance.cli import main; sys.exit(main())",
)
SHORT = ("run", "--requirement", "UNI-CHT-002b", "--format", "json", "--profile", "quick")
OLD = ("result.json", "report.html", "junit.xml", "evidence/a.json", "allure/1-result.json")
DEADLINE = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A process that has ended.

    Attributes:
        code: Its exit code.
        text: What it printed, on both streams.
    """

    code: int
    text: str


@dataclass(slots=True)
class Command:
    """A process of the command.

    Args:
        words: Its arguments.
        cwd: Its working directory.
        variables: Added to its environment.
        limits: Sets limits in the process before it begins; coverage is not measured then.
    """

    words: tuple[str, ...]
    cwd: Path
    variables: Mapping[str, str] = field(default_factory=dict)
    limits: "Any" = None
    _process: "subprocess.Popen[str]" = field(init=False)

    def __post_init__(self) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), **self.variables}
        if self.limits is not None:
            # Coverage's own file would meet the limit, and end in a traceback of coverage.
            environment.pop("COVERAGE_PROCESS_CONFIG", None)
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [*COMMAND, *self.words],
            cwd=self.cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
            preexec_fn=self.limits,  # noqa: PLW1509 - sets a limit, and nothing else
        )

    def signalled(self, number: int, seconds: float) -> Ended:
        """Send a signal after so many seconds, if it has not ended before, and wait for its end."""
        try:
            self._process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self._process.send_signal(number)
        return self.ended()

    def killed(self, number: int, moment: Event) -> Ended:
        """Send a signal to it, and to all its workers by SIGKILL, once something has happened."""
        assert moment.wait(DEADLINE)
        if number == signal.SIGKILL:
            os.killpg(self._process.pid, number)
        else:
            self._process.send_signal(number)
        return self.ended()

    def ended(self) -> Ended:
        """Wait for its end."""
        text, _ = self._process.communicate(timeout=DEADLINE)
        return Ended(code=self._process.returncode, text=text)

    def head(self) -> Ended:
        """Read its first line, close the pipe as `head -1` does, and wait for its end."""
        assert self._process.stdout is not None
        text = self._process.stdout.readline()
        self._process.stdout.close()
        return Ended(code=self._process.wait(timeout=DEADLINE), text=text)


def ran(cwd: Path, *words: str, **variables: str) -> Ended:
    """Run the command to its end."""
    return Command(words, cwd, variables).ended()


def with_old_report(out: Path) -> Path:
    """An output folder as an earlier run left it."""
    for name in (*OLD, ".rcs-conformance"):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("old")
    return out


def state(out: Path) -> str:
    """What an output folder holds: `old`, `complete` or `incomplete`; no mixture, nothing else."""
    assert not list(out.glob(".rcs-conformance-run-*"))
    texts = [(out / name).read_text() == "old" for name in OLD if (out / name).exists()]
    if len(texts) == len(OLD) and all(texts):
        return "old"
    assert not any(texts)
    assert (out / "report.html").exists()
    return "complete" if json.loads((out / "result.json").read_text())["complete"] else "incomplete"
