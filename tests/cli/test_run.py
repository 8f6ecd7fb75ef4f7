"""`run` hands pytest what it needs, and never a secret."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from rcs_conformance.cli import main
from rcs_conformance.kit import ROOT
from rcs_conformance.plugin.invocation import SUITES

CANARY = "canary-7f3a9c"
URL = "http://127.0.0.1:1"
USERS = [
    word for number in range(3) for word in ("--user", f"tel:+1555010{number}={CANARY}-{number}")
]
TARGET = f"""
[target]
name = "Acme"
server_root = "{URL}"
{
    "".join(
        f'''
[[users]]
address = "tel:+1555010{number}"
token = "{CANARY}-{number}"
'''
        for number in range(3)
    )
}
[ics]
features = ["adhoc"]
"""


class Pytest:
    """Stands in for pytest: notes what it is called with."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.target: Any = None
        self.arguments: tuple[str, ...] = ()

    def main(self, words: Sequence[str], plugins: Sequence[Any]) -> pytest.ExitCode:
        """What `pytest.main` takes."""
        self.words = list(words)
        (handover,) = plugins
        self.target, self.arguments = handover.target, handover.arguments
        return pytest.ExitCode.TESTS_FAILED

    def after(self, word: str) -> list[str]:
        """What stands behind each of these words."""
        pairs = zip(self.words, self.words[1:], strict=False)
        return [following for name, following in pairs if name == word]


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> Pytest:
    """Takes pytest's place."""
    stand_in = Pytest()
    monkeypatch.setattr(pytest, "main", stand_in.main)
    return stand_in


def test_reference_server_without_a_target(called: Pytest, tmp_path: Path) -> None:
    """Without a target none is handed over, and pytest's exit code is the run's."""
    assert main(["run", "--out", str(tmp_path)]) == 1
    assert called.target is None
    assert called.after("-c") == [str(ROOT / "pyproject.toml")]
    assert called.after("--rootdir") == [str(ROOT)]
    assert called.words[-1] == str(SUITES)
    assert {"no:cacheprovider", "no:terminalreporter"} <= set(called.after("-p"))
    assert not [word for word in called.words if word.startswith("--junitxml")]
    (allure,) = (word for word in called.words if word.startswith("--alluredir="))
    assert allure.startswith(f"--alluredir={tmp_path}/.rcs-conformance-run-")
    assert allure.endswith("/allure")
    assert "--target" not in called.words


def test_target_of_the_command_line(called: Pytest, tmp_path: Path) -> None:
    """A URL and its users are handed over in memory; their tokens are in no argument."""
    main(["run", URL, *USERS, "--out", str(tmp_path)])
    assert called.target.server_root == URL
    assert called.target.users[0].token.reveal() == f"{CANARY}-0"
    assert CANARY not in shlex.join((*called.words, *called.arguments))
    assert URL not in called.words
    assert called.arguments[:3] == (URL, "--user", "tel:+15550100=env:RCS_TOKEN_0")


@pytest.mark.parametrize("words", [[URL, *USERS], []], ids=["URL", "reference server"])
def test_claims_that_are_assumed_are_told(
    called: Pytest, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """A run of a URL says so, and which command finds them out."""
    main(["run", *words, "--out", str(tmp_path)])
    assert called.words
    told = "the claims are assumed" in (error := capsys.readouterr().err)
    assert told == ("rcs-conformance init" in error) == bool(words)


def test_tokens_in_the_environment_are_named(
    called: Pytest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command that runs a test again names them as they were given."""
    monkeypatch.setenv("ACME", CANARY)
    users = [word.replace(f"{CANARY}-0", "env:ACME") for word in USERS]
    main(["run", URL, *users, "--out", str(tmp_path)])
    assert called.arguments[2] == "tel:+15550100=env:ACME"
    assert called.target.users[0].token.reveal() == CANARY


def test_target_file(called: Pytest, tmp_path: Path) -> None:
    """A target file is checked first, and named to pytest by its whole path."""
    file = tmp_path / "acme.toml"
    file.write_text(TARGET)
    main(["run", str(file), "--out", str(tmp_path / "out")])
    assert called.after("--target") == [str(file)]
    assert called.target.name == "Acme"
    assert called.arguments == (str(file), "--out", str(tmp_path / "out-rerun"))
    assert CANARY not in shlex.join(called.words)


def test_unknown_feature_is_refused_before_any_request(
    called: Pytest, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A claim that nobody knows ends the command before pytest begins."""
    file = tmp_path / "acme.toml"
    file.write_text(TARGET.replace("adhoc", "adhok"))
    assert main(["run", str(file), "--out", str(tmp_path / "out")]) == 4
    assert "adhok" in capsys.readouterr().err
    assert called.words == []


def test_options_are_passed_on(called: Pytest, tmp_path: Path) -> None:
    """Each option has its own name with the plugin."""
    words = "--format json --requirement UNI-CHT-001 --requirement UNI-CHT-002b.4"
    more = "--profile quick --seed 7 -n 2"
    main(["run", "--out", str(tmp_path), *words.split(), *more.split(), "--", "-x", "-k", "chat"])
    assert called.after("--formats") == ["json"]
    assert called.after("--requirement") == ["UNI-CHT-001", "UNI-CHT-002b.4"]
    assert called.after("--profile") == ["quick"]
    assert called.after("--rcs-seed") == ["7"]
    assert called.after("-n") == ["2"]
    assert called.words[-4:] == ["-x", "-k", "chat", str(SUITES)]


def test_test_of_a_report_runs_alone(
    called: Pytest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The id of a test as reports show it takes the place of all suites."""
    (tmp_path / "chat").mkdir()
    (tmp_path / "chat" / "test_a.py").touch()
    monkeypatch.setattr("rcs_conformance.cli.run.SUITES", tmp_path)
    for test in ("chat/test_a.py::test_b[json]", f"{tmp_path.name}/chat/test_a.py::test_b[json]"):
        main(["run", "--out", str(tmp_path / "out"), "--", test, "-x"])
        assert called.words[-2:] == ["-x", f"{tmp_path}/chat/test_a.py::test_b[json]"]


def test_debugger_keeps_the_output_of_pytest(called: Pytest, tmp_path: Path) -> None:
    """Options that talk to people by pytest's own output are left it."""
    main(["run", "--out", str(tmp_path), "--", "--pdb"])
    assert "no:terminalreporter" not in called.words


def test_output_of_others_is_refused(
    called: Pytest, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """A directory with a report that no run wrote is left alone."""
    (tmp_path / "result.json").write_text("{}")
    assert main(["run", "--out", str(tmp_path)]) == 4
    assert "was not written by a run" in capsys.readouterr().err
    assert called.words == []


def test_release(called: Pytest, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The release goes to pytest and into what runs a test again; an unknown one does not."""
    assert main(["run", "--release", "5.0", "--out", str(tmp_path)]) == 1
    assert called.after("--release") == ["5.0"]
    assert called.arguments[:2] == ("--release", "5.0")
    called.words = []
    for wrong in ("4.0", ""):
        assert main(["run", "--release", wrong, "--out", str(tmp_path)]) == 4
        assert capsys.readouterr().err.splitlines() == [
            f"rcs-conformance: unknown RCS release {wrong!r}; known are 5.0, 5.1"
        ]
    assert called.words == []
