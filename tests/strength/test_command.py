"""`rcs-conformance strength` as users call it: real runs against a few faults."""

import json
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.cli import main
from rcs_conformance.cli.arguments import parsed
from rcs_conformance.cli.strength import Selected, selected
from rcs_conformance.kit import ROOT, TEMPLATES
from rcs_conformance.reference import FAULTS, VARIATIONS
from tests.child_processes import running
from tests.project.conftest import run

ODD = """
import os, pathlib, sys, time
from rcs_conformance.cli import main
from rcs_conformance.reference.faults import FAULTS
from rcs_conformance.reference.registry import Fault
from rcs_conformance.reference.rules import Rules

class Crash(Rules):
    def __init__(self, seed):
        os._exit(9)

class Hang(Rules):
    def __init__(self, seed):
        pathlib.Path(os.environ["HANGING"]).write_text(str(os.getpid()))
        time.sleep(600)

class Right(Rules):
    pass

FAULTS["crash"] = Fault(name="crash", clause="UNI-CHT-002b.1", sentence="It crashes.", rules=Crash)
FAULTS["hang"] = Fault(name="hang", clause="UNI-CHT-002b.1", sentence="It hangs.", rules=Hang)
FAULTS["none"] = Fault(name="none", clause="UNI-CHT-002b.1", sentence="It is right.", rules=Right)
sys.exit(main())
"""
"""The command, with a fault that crashes its process, one that hangs, and one without effect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Exit code, output, progress and `strength.json` of the command."""

    code: int
    text: str
    progress: str
    document: Mapping[str, Any]


Measure = Callable[..., Answer]


@pytest.fixture
def measure(tmp_path: Path) -> Measure:
    """Runs the command in a process of its own."""

    def measure(*words: str) -> Answer:
        command = [sys.executable, "-c", ODD, "strength", "--own", "--out", str(tmp_path)]
        done = run([*command, *words], cwd=ROOT)
        assert done.returncode in {0, 1}, done.stdout + done.stderr
        document = json.loads((tmp_path / "strength.json").read_text("ascii"))
        schema = json.loads((TEMPLATES / "strength.schema.json").read_text("utf-8"))
        jsonschema.Draft202012Validator(schema).validate(document)
        return Answer(
            code=done.returncode, text=done.stdout, progress=done.stderr, document=document
        )

    return measure


@pytest.mark.exhaustive
def test_faults_that_are_killed(measure: Measure) -> None:
    """Faults that break their own clause and nothing else meet the goals."""
    answer = measure("--fault", "subject-cut", "--fault", "acceptance-with-all-services", "-n", "2")

    assert answer.code == 0, answer.text
    assert {name: each["own"] for name, each in answer.document["faults"].items()} == {
        "subject-cut": True,
        "acceptance-with-all-services": True,
    }
    assert "3/3  " in answer.progress
    assert answer.text.endswith("exit code 0: the goals are met\n")


@pytest.mark.exhaustive
def test_faults_that_survive(measure: Measure) -> None:
    """A fault without effect survives, one that ends the process is an error; both show."""
    answer = measure("--fault", "none", "--fault", "crash", "--format", "json")

    assert answer.code == 1
    assert json.loads(answer.text) == answer.document
    faults = answer.document["faults"]
    assert (faults["none"]["outcome"], faults["none"]["failing"]) == ("not caught", [])
    assert (faults["crash"]["outcome"], faults["crash"]["trouble"]) == ("error", "crashed")
    assert "ended with 9" in faults["crash"]["explanation"]
    assert not any(goal["met"] for goal in answer.document["goals"][:2])


@pytest.mark.exhaustive
def test_measurement_is_taken_up_again(measure: Measure) -> None:
    """With --resume a fault that was killed is not run again, one that survived is."""
    first = measure("--fault", "subject-cut", "--fault", "none")

    again = measure("--fault", "subject-cut", "--fault", "none", "--resume")

    for name, kept in (("subject-cut", True), ("none", False)):
        runs = [each.document["faults"][name] for each in (first, again)]
        assert (runs[0] == runs[1]) is kept


@pytest.mark.exhaustive
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interruption(tmp_path: Path, number: signal.Signals) -> None:
    """An interruption ends all its processes."""
    hanging = tmp_path / "hanging"
    words = [
        sys.executable,
        "-c",
        ODD,
        "strength",
        "--own",
        "--fault",
        "hang",
        "--out",
        str(tmp_path),
    ]
    environment = {**os.environ, "HANGING": str(hanging)}
    with running(words, cwd=ROOT, env=environment) as command:
        while not (hanging.is_file() and hanging.read_text()):
            assert command.poll() is None
            time.sleep(0.05)
        os.kill(command.pid, number)

        assert command.wait(timeout=240) == 2

    with pytest.raises(ProcessLookupError):
        os.kill(int(hanging.read_text()), 0)
    assert not (tmp_path / "strength.json").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--fault", "subject-cutt"], "did you mean subject-cut"),
        (["--variation", "members-shufled"], "no variation"),
        (["--requirement", "UNI-CHT-999"], "unknown requirement or clause"),
        (["--clause", "UNI-CHT-006"], "UNI-CHT-006: the reference server has no fault of it"),
        (["-n", "0"], "not a number of runs"),
        (["--format", "xml"], "invalid choice"),
        (["--seed", "x"], "invalid int"),
        (["--own", "--full"], "not allowed with"),
        (["--out", os.devnull], "--out"),
        (["--", "-x"], "only the command run"),
    ],
)
def test_mistakes_of_the_tester(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A mistake gives one line, before anything runs."""
    assert main(["strength", "--out", str(tmp_path), *words]) == 4
    captured = capsys.readouterr()
    assert says in captured.err
    assert len(captured.err.splitlines()) == 1


def chosen(*words: str) -> Selected:
    """What the command would run."""
    arguments, _ = parsed(["strength", *words])
    return selected(arguments, load_catalogue())


def test_faults_are_selected() -> None:
    """Faults are chosen by name, requirement and clause; without any, all are."""
    by_clause = chosen("--clause", "UNI-CHT-002b.3").faults
    both = chosen("--clause", "UNI-CHT-002b.3", "--fault", "acceptance-refused").faults
    by_requirement = chosen("--requirement", "UNI-CHT-002b").faults

    assert {fault.clause for fault in by_clause} == {"UNI-CHT-002b.3"}
    assert {fault.name for fault in set(both) - set(by_clause)} == {"acceptance-refused"}
    assert {fault.clause.rpartition(".")[0] for fault in by_requirement} == {"UNI-CHT-002b"}
    assert chosen() == Selected(faults=tuple(FAULTS.values()), variations=(), words=())


def test_variations_are_selected() -> None:
    """One is run alone; all are run in addition to what else is named."""
    (name, *_) = VARIATIONS

    alone = chosen("--variation", name)
    beside = chosen("--variations")

    assert [one.name for one in alone.variations] == [name]
    assert alone.faults == ()
    assert len(beside.variations) == len(VARIATIONS)
    assert beside.faults == chosen().faults
