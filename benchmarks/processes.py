"""What whole runs cost: processes as users start them, measured from outside."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.server import COMMAND, environment, reference_server, write_target
from rcs_conformance.kit import ROOT

PYTEST = (sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly")
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A process that ended.

    Attributes:
        seconds: From its start to its end.
        mebibytes: The most memory that it held at once.
        code: Its exit code.
        text: What it wrote.
    """

    seconds: float
    mebibytes: float
    code: int
    text: str


def run(words: Sequence[str], more: Mapping[str, str] | None = None) -> Ended:
    """Run a process to its end."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        words,
        cwd=ROOT,
        env={**environment(), **(more or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    with process.stdout as stream:
        text = stream.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Ended(
        seconds=time.perf_counter() - begun,
        mebibytes=usage.ru_maxrss / 1024,
        code=process.returncode,
        text=text,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Creates:
    """200 creates with the plugin and by hand: medians in seconds, and that of the ratios."""

    suites: float
    by_hand: float
    ratio: float


def creates(rounds: int) -> Creates:
    """Run both, in turn."""
    suites, by_hand = [], []
    with reference_server() as root, TemporaryDirectory() as folder:
        target = write_target(root, Path(folder))
        ours = [*PYTEST, str(HERE / "creates_by_suites.py"), "--target", str(target)]
        plain = [*PYTEST, "-c", os.devnull, "--noconftest", str(HERE / "creates_by_hand.py")]
        _check(run(ours), 5, "200 passed")
        _check(run(plain, {"RCS_ROOT": root}), 0, "200 passed")
        for _ in range(rounds):
            suites.append(run(ours).seconds)
            by_hand.append(run(plain, {"RCS_ROOT": root}).seconds)
    ratios = [ours / theirs for ours, theirs in zip(suites, by_hand, strict=True)]
    return Creates(
        suites=statistics.median(suites),
        by_hand=statistics.median(by_hand),
        ratio=statistics.median(ratios),
    )


def collection(rounds: int) -> float:
    """Seconds that it takes to collect the suites."""
    words = [sys.executable, "-m", "pytest", "suites", "--collect-only", "-q"]
    _check(run(words), 0, "test")
    return statistics.median(run(words).seconds for _ in range(rounds))


def first_verdict(rounds: int) -> float:
    """Seconds from the start of a run to the verdict of its first test."""
    words = [sys.executable, "-m", "pytest", "suites", "-v", "-p", "no:randomly"]
    return statistics.median(
        _until([*words, "--profile", "quick"], "PASSED") for _ in range(rounds)
    )


def whole_run(rounds: int) -> tuple[float, float]:
    """Seconds (median) and MiB (maximum) of a whole run of the profile quick, reports and all."""
    with TemporaryDirectory() as folder:
        words = [*COMMAND, "run", "--profile", "quick", "--out", str(Path(folder) / "out")]
        ended = [run(words) for _ in range(rounds)]
    for each in ended:
        _check(each, 5 if each.code == 5 else 0, "verdict:")
    return statistics.median(each.seconds for each in ended), max(e.mebibytes for e in ended)


def _until(words: Sequence[str], mark: str) -> float:
    begun = time.perf_counter()
    env = {**environment(), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        words, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if mark in line:
                seconds = time.perf_counter() - begun
                process.terminate()
                process.stdout.read()
                return seconds
    raise RuntimeError(f"{' '.join(words)}: ended without {mark}")


def _check(ended: Ended, code: int, words: str) -> None:
    """A run that failed is no measurement."""
    if ended.code != code or words not in ended.text:
        raise RuntimeError(f"ended with {ended.code} instead of {code}:\n{ended.text[-4000:]}")
