"""A claim that contradicts itself ends the command before anything is sent or written."""

import subprocess
import sys
from pathlib import Path

import pytest

from rcs_conformance.cli import main
from rcs_conformance.kit import ROOT

CONTRADICTING = """
[target]
name = "Acme"
server_root = "http://127.0.0.1:9"
[[users]]
address = "tel:+15550100"
token = "t0"
[[users]]
address = "tel:+15550101"
token = "t1"
[[users]]
address = "tel:+15550102"
token = "t2"
[ics]
features = ["long_livd"]
items = [
    "REST-CHAT-LL-PART-STATUS-S-001-O",
]
not_supported = ["REST-CHAT-SUBSCR-S-003-M"]
"""
LINES = (
    "acme.toml:15: ics.features: long_livd: is not a feature; did you mean long_lived",
    "acme.toml:19: ics.not_supported: REST-CHAT-SUBSCR-S-003-M: is mandatory",
    "acme.toml:17: ics.items: REST-CHAT-LL-PART-STATUS-S-001-O: requires REST-CHAT-LL-GRP",
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A target file whose claim contradicts itself in three ways."""
    path = tmp_path / "acme.toml"
    path.write_text(CONTRADICTING, encoding="utf-8")
    return path


def test_run_lists_all_contradictions(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line each, with its place; exit code 4, and no output directory."""
    out = file.parent / "out"
    assert main(["run", str(file), "--out", str(out)]) == 4
    lines = capsys.readouterr().err.splitlines()
    assert [said for said in LINES if any(said in line for line in lines)] == list(LINES)
    assert len(lines) == 3
    assert not out.exists()


@pytest.mark.exhaustive
def test_pytest_lists_them_too(file: Path) -> None:
    """Plain pytest, which does the same as `run`."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "pytest", "suites", "-q", "--target", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 4
    assert [said for said in LINES if said in done.stderr] == list(LINES)
