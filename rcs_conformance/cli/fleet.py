"""`rcs-conformance fleet`: several targets, each tested by a process, and one matrix of them."""

import argparse
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rcs_conformance.cli import arguments as command_line
from rcs_conformance.cli.output_file import write_text
from rcs_conformance.configuration import Place
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.report.output import RESULT, default_output
from rcs_conformance.report.reading import read_run
from rcs_conformance.report.text import inert
from rcs_conformance.runs.fleet import FleetTarget, load_fleet
from rcs_conformance.runs.matrix import matrix
from rcs_conformance.runs.matrix_texts import FORMATS
from rcs_conformance.verdict import MEANINGS, Run

COMMAND = (
    sys.executable,
    "-c",
    "import sys; from rcs_conformance.cli import main; sys.exit(main())",
)
_PAGE = "matrix.html"
_FILES = {"html": _PAGE, "markdown": "matrix.md", "csv": "matrix.csv", "json": "matrix.json"}
_WORST_FIRST = (4, 2, 6, 1, 3, 5, 0)
_STOPPED = 6
_INTERRUPTED = 2
_FAULT = 3
_TOLD = ("rcs-conformance: ", "ERROR: ")
"""How a line begins that says why a run could not start."""

_LONGEST = 300
_TIME_TO_END = 30.0
"""Seconds that a run has to write its report after it was ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """What became of a target.

    Attributes:
        name: Of the target in the fleet.
        code: Exit code of its run.
        note: What is to be said beside; empty for nothing.
        run: Its run; `None` where it left no result.
    """

    name: str
    code: int
    note: str = ""
    run: Run | None = None


def fleet(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Test all targets of a fleet file, and write the matrix of their runs.

    Returns:
        The worst exit code of the runs, first of 4, 2, 6, 1, 3, 5, 0.

    Raises:
        ConfigurationError: The fleet file cannot be used, or the output folder not be written.
    """
    found, place = load_fleet(arguments.file)
    out: Path = (arguments.out or default_output().with_name("fleet")).absolute()
    runs = [
        _run_of(each, (*found.fleet.arguments, *each.arguments), place.at("targets", number), out)
        for number, each in enumerate(found.targets)
    ]
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigurationError(f"--out {out}: cannot be written: {reason}") from None
    with ThreadPoolExecutor(found.fleet.parallel) as pool:
        try:
            tested = list(pool.map(lambda each: each.tested(found.fleet.deadline), runs))
        except KeyboardInterrupt:
            for each in runs:
                each.end()
            raise
    notes = [f"{each.name}: {each.note}" for each in tested if each.note]
    named = [(each.run, each.name) for each in tested if each.run]
    compared = matrix([run for run, _ in named], notes, [name for _, name in named])
    for form, name in _FILES.items():
        write_text(FORMATS[form](compared), out / name)
    print(f"matrix: {inert(str(out / _PAGE))}")  # noqa: T201 - the command's output
    codes = {each.code for each in tested}
    return next(code for code in _WORST_FIRST if code in codes)


def _run_of(target: FleetTarget, words: Sequence[str], place: Place, out: Path) -> "TargetRun":
    """The run of a target, its arguments checked.

    Raises:
        ConfigurationError: An argument is unknown, or is the fleet's own.
    """
    file = [str((Path(place.file).parent / target.target).absolute())] if target.target else []
    given = ["run", *file, *words]
    try:
        if "--" in words or any(word.partition("=")[0] in ("--out", "--user") for word in words):
            raise ConfigurationError(
                "--, --out and --user are not for a fleet; a target file has its users"
            )
        command_line.parsed(given)
    except ConfigurationError as error:
        raise place.error(str(error)) from None
    return TargetRun(name=target.name, words=(*given, "--out", str(out / target.name)), out=out)


class TargetRun:
    """The run of one target, in a process of its own.

    Args:
        name: Of the target in the fleet.
        words: The arguments of the command.
        out: The folder of the fleet.
    """

    def __init__(self, *, name: str, words: Sequence[str], out: Path) -> None:
        self._name = name
        self._words = words
        self._out = out
        self._process: subprocess.Popen[bytes] | None = None
        self._is_ended = False

    def tested(self, deadline: float) -> Tested:
        """Run it to its end, or end it after so many seconds."""
        if self._is_ended:
            return Tested(name=self._name, code=_INTERRUPTED, note="not tested: interrupted")
        started = datetime.now(UTC)
        log = self._out / f"{self._name}.log"
        with log.open("wb") as file:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                [*COMMAND, *self._words],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            late = ""
            try:
                code = self._process.wait(deadline)
            except subprocess.TimeoutExpired:
                late = f"ended after its deadline of {deadline:g} s"
                code = _STOPPED
                self._end(self._process)
        code = code if code in MEANINGS else _FAULT
        return self._told(code, late, self._result_since(started), log)

    def end(self) -> None:
        """End it soon, with a report that says so; one that has not begun does not begin."""
        self._is_ended = True
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def _end(self, process: "subprocess.Popen[bytes]") -> None:
        process.terminate()
        try:
            process.wait(_TIME_TO_END)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _result_since(self, started: datetime) -> Run | None:
        """The result of this run; not that of an earlier one in the same folder."""
        try:
            run = read_run(self._out / self._name / RESULT)
        except ConfigurationError:
            return None
        return run if run.information.started >= started else None

    def _told(self, code: int, late: str, run: Run | None, log: Path) -> Tested:
        """Print the line of the target."""
        reason = late or ("" if run else f"no result: {_why(log) or MEANINGS[code]}")
        note = f"{reason}; see {log}" if reason else ""
        counts = Counter(clause.verdict.value for clause in run.clauses.values()) if run else {}
        words = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
        parts = [f"exit code {code}", words, note]
        line = "; ".join(part for part in parts if part)
        print(f"{self._name}: {inert(line)}", flush=True)  # noqa: T201 - the command's output
        return Tested(name=self._name, code=code, note=note, run=run)


def _why(log: Path) -> str:
    """What a command says last of why it could not start; empty where it says nothing."""
    lines = log.read_text("utf-8", "replace").splitlines()
    told = [each.partition(": ") for each in lines if each.startswith(_TOLD)]
    return told[-1][2][:_LONGEST] if told else ""
