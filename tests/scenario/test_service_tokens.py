"""The binding's key `services`: suites and embedded server follow it alike."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from rcs_conformance import kit
from rcs_conformance.plugin.options import embedded_target
from rcs_conformance.reference import Account, ReferenceServer

TOKENS = 'services = ["fileTransfer", "geoPush"]'
ABOUT_SERVICES = (
    "UNI-CHT-002b.7",
    "UNI-CHT-002b.8",
    "UNI-CHT-002b.9",
    "UNI-CHT-007b.5",
    "UNI-CHT-008b.2",
    "UNI-CHT-030.5",
    "UNI-FLT-001.4",
)
NEEDS_TOKENS = {"UNI-CHT-002b.7", "UNI-CHT-030.5"}
"""The clauses that a server cannot meet by leaving every token out."""


@pytest.fixture
def binding(tmp_path: Path) -> Path:
    """The default binding with other tokens for the services."""
    default = (kit.BINDINGS / "oma-v1.toml").read_text("utf-8")
    file = tmp_path / "tokens.toml"
    file.write_text(default.replace('services = ["ft", "geopushft"]', TOKENS), "utf-8")
    return file


def verdicts_of(tmp_path: Path, *options: str) -> tuple[int, dict[str, str]]:
    """The exit code of a run of the tests about services, and the verdict of each clause."""
    out = tmp_path / "out"
    command = [sys.executable, "-m", "pytest", "suites", "-q", "-p", "no:cacheprovider", *options]
    command += ["--profile", "standard", "--formats", "json", "--out", str(out)]
    for clause in ABOUT_SERVICES:
        command += ["--requirement", clause]
    done = subprocess.run(  # noqa: S603 - our own command
        command, cwd=kit.ROOT, check=False, capture_output=True, timeout=300
    )
    requirements = json.loads((out / "result.json").read_text("utf-8"))["requirements"]
    clauses = {name: each for one in requirements.values() for name, each in one["clauses"].items()}
    return done.returncode, {name: clauses[name]["verdict"] for name in ABOUT_SERVICES}


@pytest.mark.exhaustive
def test_suites_and_embedded_server_agree_on_tokens(tmp_path: Path, binding: Path) -> None:
    """Every clause about services passes with the tokens of the binding."""
    _, verdicts = verdicts_of(tmp_path, "--binding", str(binding))

    assert verdicts == dict.fromkeys(ABOUT_SERVICES, "pass")


@pytest.mark.exhaustive
def test_server_that_ignores_the_tokens_fails(tmp_path: Path, binding: Path) -> None:
    """A server that only knows other tokens fails where a service must be shown."""
    users = embedded_target().users
    accounts = [Account(address=each.address, token=each.token.reveal()) for each in users]
    embedded = (kit.TARGETS / "embedded.toml").read_text("utf-8")
    target = tmp_path / "target.toml"
    with ReferenceServer(accounts) as server:
        addressed = embedded.replace("http://127.0.0.1:0", server.root)
        target.write_text(addressed.replace('"oma-v1"', f'"{binding}"'), "utf-8")
        exit_code, verdicts = verdicts_of(tmp_path, "--target", str(target))

    assert {name for name, verdict in verdicts.items() if verdict == "fail"} >= NEEDS_TOKENS
    assert exit_code == 1
