"""A record that shows a secret gets a line of its own, apart from verdicts that differ."""

from dataclasses import replace
from pathlib import Path

import pytest

from rcs_conformance.cli import main
from rcs_conformance.model.chat import ChatMessage
from tests.attestation.recorded import recorded
from tests.checks.records import notification

SHOWING = replace(notification(ChatMessage(text="hi")), headers=(("Cookie", "a=canary"),))


def test_secret_is_a_line_that_does_not_show_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names the entry; the verdicts are equal, and the exit code is not 0."""
    code = main(["verify", str(recorded(tmp_path / "out", heard=[SHOWING]))])
    printed = capsys.readouterr().out
    assert code == 1
    assert "chain main, entry 1: cookie is not redacted: do not pass the record on" in printed
    assert ("as result.json says" in printed, "canary" in printed) == (True, False)
