"""The first requirement of CONTRIBUTING.md works as written, from its clause to its fault."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.child_processes import running

from .conftest import COMMAND, copy_of_clone, run
from .documents import blocks, commands

FAULT = "originator-not-marked"
GOLDEN = "python -m tests.checks.golden"


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the clone with the five pieces added, unless somebody has added them."""
    copy = copy_of_clone(tmp_path_factory.mktemp("extended"))
    for block in blocks("CONTRIBUTING.md"):
        if block.path and not _holds(copy / block.path, block.text):
            separator = "\n\n" if block.language == "python" else "\n"
            with (copy / block.path).open("a", encoding="utf-8") as file:
                file.write(f"{separator if file.tell() else ''}{block.text}")
    return copy


def _holds(file: Path, text: str) -> bool:
    return file.is_file() and text in file.read_text("utf-8")


def verdicts(extended: Path, out: Path, *options: str) -> dict[str, str]:
    """The verdicts of all clauses but those not tested, after a run of the document's test."""
    words = [sys.executable, "-m", "pytest", "suites/chat/test_example_001_originator.py"]

    done = run([*words, "--out", str(out), *options], cwd=extended)

    result = out / "result.json"
    assert result.is_file(), done.stdout + done.stderr
    found = json.loads(result.read_text("utf-8"))["requirements"].values()
    clauses = {name: each["verdict"] for one in found for name, each in one["clauses"].items()}
    return {name: verdict for name, verdict in clauses.items() if not verdict.startswith("not_")}


@contextmanager
def faulty_server(extended: Path, fault: str) -> Iterator[str]:
    """The reference server with a fault, and the target file that it prints."""
    words = [*COMMAND, "serve", "--port", "0", "--fault", fault]
    with running(words, cwd=extended, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        lines: list[str] = []
        while "[triggers.end]\n" not in lines or not lines[-1].startswith("body"):
            line = server.stdout.readline()
            assert line, "the server ended"
            lines.append(line)
        yield "".join(lines)


def test_pieces_are_complete() -> None:
    """A clause, a check, a test, a fault and a test of the check, each for a file of its own."""
    paths = [block.path for block in blocks("CONTRIBUTING.md") if block.path]

    assert paths == [
        "suites/catalogue/requirements.toml",
        "rcs_conformance/checks/participation.py",
        "suites/chat/test_example_001_originator.py",
        "rcs_conformance/reference/faults/group_chats.py",
        "tests/checks/rows_participation.py",
    ]
    assert any(f"--fault {FAULT} " in line for line in commands("CONTRIBUTING.md"))


def test_first_requirement_passes(extended: Path, tmp_path: Path) -> None:
    """Against the embedded server, which conforms; nothing else comes to harm."""
    found = verdicts(extended, tmp_path / "out")

    assert found.pop("EXAMPLE-001.1") == "pass"
    assert set(found.values()) <= {"pass"}


def test_first_requirement_finds_its_fault(extended: Path, tmp_path: Path) -> None:
    """Under its own clause and no other."""
    target = tmp_path / "faulty.toml"
    with faulty_server(extended, FAULT) as text:
        target.write_text(text, "utf-8")
        found = verdicts(extended, tmp_path / "out", "--target", str(target))

    assert found.pop("EXAMPLE-001.1") == "fail"
    assert set(found.values()) <= {"pass"}


@pytest.mark.exhaustive
def test_first_requirement_breaks_no_test(extended: Path) -> None:
    """The tests of catalogue, trace and checks hold for one requirement more."""
    assert GOLDEN in commands("CONTRIBUTING.md")
    golden = run([sys.executable, *GOLDEN.split()[1:]], cwd=extended)
    folders = ["tests/catalogue", "tests/checks", "tests/report/test_trace.py"]

    done = run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *folders], cwd=extended
    )

    assert golden.returncode == 0, golden.stderr
    assert done.returncode == 0, done.stdout
