"""`fleet` tests several targets; one that hangs, or cannot be used, costs its own row."""

import json
from pathlib import Path

import pytest

from rcs_conformance.cli import main
from rcs_conformance.cli.fleet import TargetRun
from rcs_conformance.kit import TARGETS
from rcs_conformance.runs.fleet import load_fleet
from tests.cli.conftest import silent, target_text

__all__ = ["silent"]

NARROW = '["--requirement", "UNI-CHT-002b.3", "--profile", "quick", "--format", "json"]'


def written(folder: Path, text: str) -> str:
    """A fleet file."""
    file = folder / "fleet.toml"
    file.write_text(text, "utf-8")
    return str(file)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "targets"),
        ("targets = []", 1, "must have [[targets]]"),
        ('[[targets]]\nname = "../x"', 2, "letters, digits"),
        ('[[targets]]\nname = "a"\n[[targets]]\nname = "A"', 4, "twice"),
        ('[[targets]]\nname = "a"\ntargt = "b"', 3, "target"),
        ('[fleet]\nparallel = 0\n[[targets]]\nname = "a"', 2, "parallel"),
        ('[[targets]]\nname = "a"\narguments = ["--out", "x"]', 1, "--out"),
        ('[[targets]]\nname = "a"\narguments = ["--user=tel:+1=secret"]', 1, "target file"),
        ('[[targets]]\nname = "a"\narguments = ["--profil", "quick"]', 1, "--profil"),
    ],
)
def test_mistakes_of_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, line: int, words: str
) -> None:
    """One line names file, line and what is wrong, and no target is tested."""
    out = tmp_path / "out"
    assert main(["fleet", written(tmp_path, text), "--out", str(out)]) == 4
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert f"fleet.toml:{line}: " in error
    assert words in error
    assert not out.exists()


def test_example() -> None:
    """The example that the README names can be loaded."""
    fleet, _ = load_fleet(TARGETS / "fleet.toml")
    assert [each.name for each in fleet.targets] == ["oma-v1", "gsma-pilot", "kandy"]


@pytest.mark.exhaustive
def test_target_that_hangs(tmp_path: Path, silent: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is ended, one without a file has no result, and the matrix has the third."""
    (tmp_path / "hangs.toml").write_text(target_text(silent), "utf-8")
    text = f"""
        [fleet]
        parallel = 3
        deadline = 40
        arguments = {NARROW}
        [[targets]]
        name = "hangs"
        target = "hangs.toml"
        [[targets]]
        name = "gone"
        target = "gone.toml"
        [[targets]]
        name = "fine"
    """
    out = tmp_path / "out"
    assert main(["fleet", written(tmp_path, text), "--out", str(out)]) == 4
    shown = capsys.readouterr().out
    document = json.loads((out / "matrix.json").read_text("utf-8"))
    assert [run["name"] for run in document["runs"]] == ["fine"]
    assert {note.partition(":")[0] for note in document["notes"]} == {"hangs", "gone"}
    assert {line.partition(":")[0] for line in shown.splitlines()} == {
        *("hangs", "gone", "fine", "matrix")
    }


def test_target_that_cannot_be_tested(tmp_path: Path) -> None:
    """Its line says why, and where to read more."""
    words = ("run", str(tmp_path / "gone.toml"), "--out", str(tmp_path / "gone"))
    tested = TargetRun(name="gone", words=words, out=tmp_path).tested(60.0)
    assert tested.code == 4
    assert "gone.toml: cannot read the target file: No such file" in tested.note
    assert f"see {tmp_path / 'gone.log'}" in tested.note


@pytest.mark.exhaustive
def test_deadline_of_a_target(tmp_path: Path, silent: str) -> None:
    """A run that lasts longer is ended, and counts as that of a target without response."""
    target = tmp_path / "hangs.toml"
    target.write_text(target_text(silent), "utf-8")
    words = ("run", str(target), "--out", str(tmp_path / "hangs"))
    tested = TargetRun(name="hangs", words=words, out=tmp_path).tested(1.0)
    assert tested.code == 6
    assert "ended after its deadline of 1 s" in tested.note
    assert tested.run is None
