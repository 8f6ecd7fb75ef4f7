"""A target that claims only what is mandatory conforms, and leaves nothing undecided."""

import json
from pathlib import Path

import pytest

from rcs_conformance.kit import ROOT, TARGETS
from rcs_conformance.reference import DEFAULT_ACCOUNTS, ReferenceServer

from .conftest import COMMAND, run

SESSIONS = 'items = [\n    "REST-CHAT-1-1-SESS-S-001-O",'


@pytest.mark.parametrize("model", ["sessions", "adhoc"])
def test_minimal_target_conforms(tmp_path: Path, model: str) -> None:
    """With either model of 1-to-1 chat: every item is decided, and what else is served is told."""
    text = (TARGETS / "minimal.toml").read_text("utf-8")
    if model == "adhoc":
        text = text.replace("features = []", 'features = ["adhoc"]').replace(SESSIONS, "items = [")
    file, out = tmp_path / "minimal.toml", tmp_path / "out"
    with ReferenceServer(DEFAULT_ACCOUNTS) as server:
        file.write_text(text.replace("http://127.0.0.1:8080", server.root), "utf-8")
        words = ["run", str(file), "--profile", "quick", "--out", str(out)]
        done = run([*COMMAND, *words], cwd=ROOT)

    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads((out / "result.json").read_text("utf-8"))
    items = result["scr"]
    assert result["verdict"] == "pass"
    assert {item["verdict"] for item in items.values()} == {"pass", "not_applicable"}
    assert all(item["claimed"] for item in items.values() if item["verdict"] == "pass")
    assert all(item["reason"] for item in items.values() if item["verdict"] != "pass")
    assert items["REST-CHAT-GRP-S-002-M"]["supported"]
    assert any(remark["rule"] == "item.unclaimed" for remark in result["remarks"])
