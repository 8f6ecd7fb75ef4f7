"""A run that was recorded is verified from its record alone."""

import socket
from dataclasses import replace
from pathlib import Path

import pytest

from rcs_conformance.attestation import verification
from rcs_conformance.attestation.verification import verified
from rcs_conformance.cli import main, verify
from rcs_conformance.kit import suite_version
from rcs_conformance.plugin.playing import RecordedChain, Replay, read_and_replay
from rcs_conformance.record import Player
from tests.report.whole_runs import WholeRun, run_suites


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> WholeRun:
    """Of what the target supports without claiming it; the server is gone."""
    out = tmp_path_factory.mktemp("run") / "out"
    return run_suites(out, "--evidence", "all", "--requirement", "TS-CHAT-5.13")


def test_nothing_is_sent(run: WholeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither where requests are recorded, but are no evidence."""

    def connect(*_arguments: object) -> None:
        raise AssertionError("verify sends a request")

    monkeypatch.setattr(socket.socket, "connect", connect)
    found = verified(run.out)
    assert any(remark["rule"] == "item.unclaimed" for remark in run.result["remarks"])
    assert (found.damages, found.differences) == ((), ())


def test_interrupted_verification_says_nothing_of_the_run(
    run: WholeRun, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Tests that were not played are no difference."""

    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Player, "begin_example", interrupted)
    assert main(["verify", str(run.out)]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "rcs-conformance: interrupted\n")


def test_difference_is_a_short_line(
    run: WholeRun, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It names a result that is missing, and is no text of Python; it may come of other suites."""

    def without_remarks(
        file: Path, names: tuple[str, ...]
    ) -> tuple[tuple[RecordedChain, ...], tuple[Replay, ...]]:
        chains, played = read_and_replay(file, names)
        fewer = [tuple(replace(test, remarks=()) for test in each.tests) for each in played]
        return chains, tuple(Replay(tests=each) for each in fewer)

    monkeypatch.setattr(verification, "read_and_replay", without_remarks)
    monkeypatch.setattr(verify, "suite_version", lambda: "9.9")
    assert main(["verify", str(run.out)]) == 1
    assert f"version {suite_version()} made the record, installed is 9.9" in capsys.readouterr().out
    line = next(each for each in verified(run.out).differences if "unclaimed" in each)
    assert "remarks were in the run, recomputed 0; not recomputed: TS-CHAT-5.13 item." in line
    assert len(line) < 400
