"""The command ends with a documented exit code and one line, whatever happens."""

import re
from pathlib import Path

import pytest

from rcs_conformance.cli import main
from rcs_conformance.kit import suite_version


def failing(error: BaseException) -> object:
    """A command that raises."""

    def command(*_: object) -> int:
        raise error

    return command


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "required"),
        (["fly"], "invalid choice"),
        (["run", "--speed", "9"], "unrecognized arguments"),
        (["run", "--format", "yaml"], "give xml, json or xml,json"),
        (["run", "--format", "xml,xml"], "give xml, json or xml,json"),
        (["run", "--profile", "slow"], "invalid choice"),
        (["run", "--prof", "quick"], "unrecognized arguments"),
        (["run", "--seed", "x"], "invalid int"),
        (["run", "-n", "many"], "is not a number of processes"),
        (["run", "--requirement", "UNI-CHT-999"], "unknown requirement or clause"),
        (["run", "nowhere.toml"], "nowhere.toml"),
        (["run", "http://target"], "--user"),
        (["run", "ftp://target", "--user", "a=b"], "target URL"),
        (["run", "--user", "tel:+1=x"], "goes with the URL"),
        (["serve", "--port", "70000"], "give 0 to 65535"),
        (["serve", "--latency", "soon"], "number of milliseconds"),
        (["serve", "--user", "nobody"], "ADDRESS=TOKEN"),
        (["serve", "--user", "tel:+15550100=env:NOT_THERE_AT_ALL"], "--user 1"),
        (["serve", "--fault", "none-such", "--port", "0"], "none-such"),
        (["trace", "--", "-x"], "only the command run"),
    ],
)
def test_usage_errors_are_one_line_and_exit_4(
    capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    """What is wrong is told on standard error, without a traceback."""
    assert main(words) == 4
    captured = capsys.readouterr()
    assert captured.out == ""
    assert says in captured.err
    assert len(captured.err.splitlines()) == 1


def test_secret_of_a_wrong_argument_is_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """An error about a user does not repeat what may be the token."""
    assert main(["run", "http://target", "--user", "canary", "--user", "b", "--user", "c"]) == 4
    assert "canary" not in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version is the project's."""
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"rcs-conformance {suite_version()}\n"
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", suite_version())


def test_fault_of_the_harness_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The traceback is in a file that the line names."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("rcs_conformance.cli.trace.trace", failing(RuntimeError("bad\n::error::")))
    assert main(["trace"]) == 3
    line = capsys.readouterr().err
    assert len(line.splitlines()) == 1
    assert "::" not in line
    assert "RuntimeError" in Path(line.rpartition(" ")[2].strip()).read_text()


def test_interruption(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C outside of the tests ends with the same code as within."""
    monkeypatch.setattr("rcs_conformance.cli.trace.trace", failing(KeyboardInterrupt()))
    monkeypatch.setattr("sys.argv", ["rcs-conformance", "trace"])
    assert main() == 2
    assert capsys.readouterr().err == "rcs-conformance: interrupted\n"
