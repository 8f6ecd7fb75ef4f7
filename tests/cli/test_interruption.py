"""Whatever ends a run early: the old report stays whole, or a new one says it is incomplete."""

import os
import random
import resource
import signal
from pathlib import Path

import pytest

from rcs_conformance.kit import ROOT
from tests.cli.processes import SHORT, Command, state, with_old_report

PLUGIN = """
import os, signal

def interrupt(config):
    if not hasattr(config, "workerinput"):
        os.kill(os.getpid(), signal.{name})

{hook}
"""
SWALLOWED = """
    try:
        interrupt({config})
    except BaseException:
        pass
"""
PLAIN = """
    interrupt({config})
"""
HOOKS = {
    "configure": ("def pytest_configure(config):", "config", PLAIN),
    "session start": ("def pytest_sessionstart(session):", "session.config", PLAIN),
    "log swallowed": ("def pytest_runtest_logreport(report):", "CONFIG", SWALLOWED),
    "log": ("def pytest_runtest_logreport(report):", "CONFIG", PLAIN),
}
ROUNDS = int(os.environ.get("INTERRUPTION_ROUNDS", "5"))
"""How many random moments are tried for each signal and each way of running the tests."""

WORKERS = {"one process": ("-n", "0"), "two": ("-n", "2"), "by default": ()}
"""The ways of running the tests: options of `run`."""

REMEMBERS = """
CONFIG = None

def pytest_cmdline_main(config):
    global CONFIG
    CONFIG = config
"""


@pytest.mark.exhaustive
@pytest.mark.parametrize("workers", ["0", "1"])
@pytest.mark.parametrize("hook", HOOKS)
def test_interruption_in_the_hook_of_a_plugin(tmp_path: Path, hook: str, workers: str) -> None:
    """The plugin may even swallow the exception."""
    head, config, body = HOOKS[hook]
    text = PLUGIN.format(name="SIGINT", hook=head + body.format(config=config)) + REMEMBERS
    (tmp_path / "interrupting.py").write_text(text)
    out = with_old_report(tmp_path / "out")
    words = (*SHORT, "--out", str(out), "-n", workers, "--", "-p", "interrupting")
    path = {"PYTHONPATH": f"{tmp_path}"}
    done = Command(words, tmp_path, path).ended()
    assert (done.code, state(out)) in {(2, "old"), (2, "incomplete")}, done.text
    assert "Traceback" not in done.text


def interrupted_at(
    tmp_path: Path, seed: int, workers: str, number: signal.Signals, longest: float
) -> None:
    """Interrupt a run at a random moment, and look at what is left."""
    out = with_old_report(tmp_path / "out")
    seconds = random.Random(seed).uniform(0.5, longest)  # noqa: S311 - no secret
    command = Command((*SHORT, "--out", str(out), *WORKERS[workers]), tmp_path)
    done = command.signalled(number, seconds)
    ends = {(2, "old"), (2, "incomplete"), (0, "complete")}
    ends |= {(-number, "old"), (-number, "complete")}  # while Python itself starts or ends
    assert (done.code, state(out)) in ends, (seconds, done.text)


@pytest.mark.parametrize("workers", ["one process", "two"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signal(tmp_path: Path, number: signal.Signals, workers: str) -> None:
    """At a random moment."""
    interrupted_at(tmp_path, number, workers, number, 8.0)


@pytest.mark.exhaustive
@pytest.mark.parametrize("workers", WORKERS)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("seed", range(ROUNDS))
def test_signals(tmp_path: Path, number: signal.Signals, workers: str, seed: int) -> None:
    """At other moments."""
    interrupted_at(tmp_path, seed, workers, number, 12.0)


IN_A_CLASS = """
class Interrupting:
    def __set_name__(self, owner, name):
        raise KeyboardInterrupt

class Made:
    member = Interrupting()
"""


@pytest.mark.exhaustive
@pytest.mark.parametrize("module", ["raise KeyboardInterrupt", IN_A_CLASS])
def test_interruption_while_the_command_is_loaded(tmp_path: Path, module: str) -> None:
    """One line."""
    (tmp_path / "filelock.py").write_text(module)
    path = {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])}
    done = Command(SHORT, tmp_path, path).ended()
    assert (done.code, done.text) == (2, "rcs-conformance: interrupted\n")


@pytest.mark.exhaustive
def test_full_disk(tmp_path: Path) -> None:
    """No file may be larger than 20 kB, which the page is: one line, and the old report stays."""
    out = with_old_report(tmp_path / "out")

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    words = (*SHORT, "--out", str(out), "-n", "0", "--", "-p", "no:cacheprovider")
    done = Command(words, tmp_path, {"PYTHONDONTWRITEBYTECODE": "1"}, limit).ended()
    assert (done.code, state(out)) == (4, "old"), done.text
    assert "the report cannot be written: File too large" in done.text
    assert "Traceback" not in done.text


@pytest.mark.exhaustive
def test_closed_pipe(tmp_path: Path) -> None:
    """`run | head -1` writes its report, and ends with the code of its verdict."""
    out = with_old_report(tmp_path / "out")
    done = Command((*SHORT, "--out", str(out), "-n", "0"), tmp_path).head()
    assert (done.code, state(out)) == (0, "complete")


def test_start_that_fails(tmp_path: Path) -> None:
    """The old report is whole."""
    out = with_old_report(tmp_path / "out")
    (tmp_path / "t.toml").write_text('[target]\nname = "t"\nserver_root = "http://127.0.0.1:1"\n')
    done = Command(("run", "t.toml", "--out", str(out)), tmp_path).ended()
    assert (done.code, state(out)) == (4, "old")
