"""Whole runs end in a statement: the overall verdict pass, and every clause and item decided."""

import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from rcs_conformance import kit
from rcs_conformance.reference import DEFAULT_ACCOUNTS, ReferenceServer
from tests.project.conftest import COMMAND

_DEADLINE = 900
DECIDED = {"pass", "not_applicable"}

QUICK, STANDARD = "quick", "standard"
"""The profiles: a sample of the tests that decides every clause, and all tests."""

RUNS = {
    "as it is": (STANDARD,),
    "by long poll": (QUICK, "--notifications", "long-poll"),
}
"""Profile and options of `run` for the embedded server."""

MORE_RUNS = {
    "in the dialect of the pilot, by long poll": (
        STANDARD,
        "--binding",
        "gsma-pilot",
        "--notifications",
        "long-poll",
    ),
    "in the dialect of kandy, by WebSocket": (
        STANDARD,
        "--binding",
        "kandy",
        "--notifications",
        "websocket",
    ),
    "in the dialect of kandy, by webhook": (
        QUICK,
        "--binding",
        "kandy",
        "--notifications",
        "webhook",
    ),
    "XML only": (QUICK, "--format", "xml"),
    "JSON only": (QUICK, "--format", "json"),
    "for RCS 5.0": (QUICK, "--release", "5.0"),
}
"""Those that the exhaustive tier adds."""

SESSIONS = 'items = [\n    "REST-CHAT-1-1-SESS-S-001-O",'

Result = Mapping[str, Any]
"""The file `result.json`."""

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a profile of the suites, by default in two processes; it must exit with 0."""

    def run(profile: str, *words: str) -> Result:
        out = tmp_path / "out"
        done = subprocess.run(  # noqa: S603 - our own command
            [*COMMAND, "run", "--profile", profile, "-n", "2", "--out", str(out), *words],
            cwd=kit.ROOT,
            capture_output=True,
            text=True,
            timeout=_DEADLINE,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        result: Result = json.loads((out / "result.json").read_text("utf-8"))
        return result

    return run


@pytest.mark.parametrize(
    "words",
    [
        *(pytest.param(words, id=name) for name, words in RUNS.items()),
        *(
            pytest.param(words, id=name, marks=pytest.mark.exhaustive)
            for name, words in MORE_RUNS.items()
        ),
    ],
)
def test_embedded_server_conforms(run: Run, words: tuple[str, ...]) -> None:
    """However notifications come and names are spelled, and for each format and release."""
    result = run(*words)

    requirements = result["requirements"].values()
    clauses = (one for each in requirements for one in each["clauses"].values())
    assert result["verdict"] == "pass"
    assert {one["verdict"] for one in clauses} <= DECIDED
    assert {one["verdict"] for one in result["scr"].values()} <= DECIDED


@pytest.mark.parametrize(
    ("binding", "model"),
    [
        ("gsma-pilot", "sessions"),
        pytest.param("oma-v1", "sessions", marks=pytest.mark.exhaustive),
        pytest.param("oma-v1", "adhoc", marks=pytest.mark.exhaustive),
    ],
)
def test_minimal_target_conforms(run: Run, tmp_path: Path, binding: str, model: str) -> None:
    """With minimal claims every item is decided; what else the server has is a remark."""
    text = (kit.TARGETS / "minimal.toml").read_text("utf-8")
    text = text.replace('name = "minimal"', f'name = "minimal"\nbinding = "{binding}"')
    if model == "adhoc":
        text = text.replace("features = []", 'features = ["adhoc"]').replace(SESSIONS, "items = [")
    file = tmp_path / "minimal.toml"
    with ReferenceServer(DEFAULT_ACCOUNTS, binding=binding) as server:
        file.write_text(text.replace("http://127.0.0.1:8080", server.root), "utf-8")
        result = run(QUICK, str(file), "-n", "0")

    items = result["scr"]
    assert result["verdict"] == "pass"
    assert {item["verdict"] for item in items.values()} == {"pass", "not_applicable"}
    assert all(item["claimed"] for item in items.values() if item["verdict"] == "pass")
    assert all(item["reason"] for item in items.values() if item["verdict"] != "pass")
    assert items["REST-CHAT-GRP-S-002-O"]["supported"]
    assert any(remark["rule"] == "item.unclaimed" for remark in result["remarks"])


@pytest.mark.exhaustive
def test_all_ways_of_delivery_have_the_same_verdicts(run: Run, tmp_path: Path) -> None:
    """Callback, long poll, WebSocket and webhook: each clause has one verdict in all of them."""
    shipped = (kit.BINDINGS / "oma-v1.toml").read_text("utf-8")
    binding = tmp_path / "all-channels.toml"
    types = 'channels = ["LongPolling", "WebSockets"'
    binding.write_text(shipped.replace(types, f'{types}, "Webhooks"'), "utf-8")

    modes = ("callback", "long-poll", "websocket", "webhook")
    verdicts = {}
    for mode in modes:
        result = run(QUICK, "--binding", str(binding), "--notifications", mode)
        clauses = [each["clauses"] for each in result["requirements"].values()]
        verdicts[mode] = {name: c["verdict"] for each in clauses for name, c in each.items()}

    assert {*verdicts["callback"].values()} <= DECIDED
    assert all(verdicts[mode] == verdicts["callback"] for mode in modes)
