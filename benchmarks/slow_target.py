"""Measures a run against a slow server: how far its waits coincide, and how far they could.

    python benchmarks/slow_target.py --latency 50 --notification-delay 1000

A test of a slow target waits nearly all the time, so the times of all tests together are the sum of
the waits. No run is shorter than its longest chain of dependent waits: the longest test, or the
tests of chats that no text tells from others, one after the other, and then those of ad-hoc chats,
of which each pair of users has one at a time. All of it is of one run.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.server import COMMAND, environment, reference_server
from rcs_conformance.cli.serve import announcement
from rcs_conformance.kit import ROOT
from rcs_conformance.reference import DEFAULT_ACCOUNTS

_PAIRS = 6
"""Pairs among the four users of the server; each has one test of an ad-hoc chat at a time."""

_EVERY = 2.0
"""Seconds between two readings of the memory."""

_GIBIBYTE = 1024.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A run.

    Attributes:
        seconds: From its start to its end.
        waits: The seconds of all tests together.
        longest: The seconds of the longest test.
        unmarked: The seconds in which tests of chats were under way that no text tells apart.
        adhoc: The seconds of all tests of ad-hoc chats together.
        mebibytes: The most memory of all its processes at once, each shared page counted once.
        verdict: Of the run.
        choice: How many tests ran at once, and why.
    """

    seconds: float
    waits: float
    longest: float
    unmarked: float
    adhoc: float
    mebibytes: float
    verdict: str
    choice: str

    @property
    def floor(self) -> float:
        """The longest chain of dependent waits."""
        return max(self.longest, self.unmarked + self.adhoc / _PAIRS)

    def rows(self, budget: float | None) -> Iterator[tuple[str, str]]:
        """Names and figures."""
        allowed = "" if budget is None else f" (budget {budget:g} s)"
        yield "run", f"{self.seconds:.0f} s{allowed}"
        yield "sum of the waits", f"{self.waits:.0f} s"
        yield "run / sum of the waits", f"{self.seconds / self.waits:.3f}"
        yield "floor: longest chain of waits", f"{self.floor:.0f} s"
        yield "run / floor", f"{self.seconds / self.floor:.1f}"
        yield "memory of all processes", f"{self.mebibytes:.0f} MiB (budget {_GIBIBYTE:.0f} MiB)"
        yield "verdict", self.verdict
        yield "at once", self.choice


def measure(latency: float, delay: float, options: list[str]) -> Measured:
    """Run the suites against a server of its own.

    Args:
        latency: Milliseconds until each response.
        delay: Milliseconds until each notification.
        options: Further options of `run`.
    """
    slow = ("--latency", f"{latency:g}", "--notification-delay", f"{delay:g}")
    with TemporaryDirectory() as name, reference_server(*slow) as root:
        target, out = Path(name) / "target.toml", Path(name) / "out"
        users = [(account, account.token) for account in DEFAULT_ACCOUNTS]
        target.write_text(announcement(root, users), "utf-8")
        words = [*COMMAND, "run", str(target), "--out", str(out), *options]
        begun = time.perf_counter()
        with subprocess.Popen(
            words, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True
        ) as process:
            memory = _Memory(process.pid)
            text, _ = process.communicate()
            seconds = time.perf_counter() - begun
            most = memory.end()
        result = json.loads((out / "result.json").read_text("utf-8"))
        unmarked = _covered(_times(out / "allure", _unmarked()))
    tests = result["tests"]
    return Measured(
        seconds=seconds,
        waits=sum(each["seconds"] for each in tests),
        longest=max(each["seconds"] for each in tests),
        unmarked=unmarked,
        adhoc=sum(each["seconds"] for each in tests if _is_adhoc(each["id"])),
        mebibytes=most,
        verdict=result["verdict"],
        choice=next((line for line in text.splitlines() if " at once" in line), "1 test"),
    )


def _is_adhoc(name: str) -> bool:
    return "adhoc" in name or "ad-hoc chat" in name


def _unmarked() -> frozenset[str]:
    """The functions of the tests of which one at a time has a chat, as Allure names them."""
    words = (sys.executable, "-m", "pytest", "suites", "--collect-only", "-q", "-m", "unmarked")
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    ids = (line.partition("[")[0] for line in done.stdout.splitlines() if "::" in line)
    return frozenset(each.replace(".py::", "#").replace("/", ".") for each in ids)


def _times(folder: Path, functions: frozenset[str]) -> Iterator[tuple[float, float]]:
    """When each test of some functions began and ended, but for its variants of other chats."""
    for file in folder.glob("*-result.json"):
        test = json.loads(file.read_text("utf-8"))
        case = " ".join(each["value"] for each in test.get("parameters", ()))
        if test["fullName"] in functions and "adhoc" not in case and "long_lived" not in case:
            yield test["start"] / 1000, test["stop"] / 1000


def _covered(times: Iterable[tuple[float, float]]) -> float:
    """The seconds that at least one of several spans of time covers."""
    covered = end = 0.0
    for begin, stop in sorted(times):
        covered += max(0.0, stop - max(begin, end))
        end = max(end, stop)
    return covered


class _Memory:
    """Watches the memory of a process and of all that it started.

    Args:
        root: Id of the process.
    """

    def __init__(self, root: int) -> None:
        self._root = root
        self._most = 0.0
        self._over = Event()
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()

    def end(self) -> float:
        """Watch no longer; the most memory at once, in MiB."""
        self._over.set()
        self._thread.join()
        return self._most

    def _watch(self) -> None:
        while not self._over.wait(_EVERY):
            self._most = max(self._most, sum(_share(each) for each in _family(self._root)) / 1024)


def _family(root: int) -> Iterator[int]:
    yield root
    for children in Path(f"/proc/{root}/task").glob("*/children"):
        try:
            found = children.read_text().split()
        except OSError:
            continue  # the thread has ended
        for each in found:
            yield from _family(int(each))


def _share(process: int) -> int:
    """KiB of a process; a page that several have counts in part (PSS)."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0  # it has ended
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--latency", type=float, default=50, help="ms (default: %(default)s)")
    parser.add_argument(
        "--notification-delay", type=float, default=1000, help="ms (default: %(default)s)"
    )
    parser.add_argument("--budget", type=float, help="seconds that the run may take")
    arguments, options = parser.parse_known_args()
    measured = measure(arguments.latency, arguments.notification_delay, options)
    for name, figure in measured.rows(arguments.budget):
        print(f"{name:<30} {figure}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
