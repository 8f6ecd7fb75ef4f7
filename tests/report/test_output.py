"""The output directory is cleared of what a run wrote, and of nothing else."""

from pathlib import Path

import pytest

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import ROOT
from rcs_conformance.report import default_output, prepare_output

OURS = ("result.json", "report.html", "junit.xml", "evidence/a.json", "allure/1-result.json")
FOREIGN = ("notes.txt", "evidence/notes.txt", "allure/notes.txt")


def filled(out: Path, names: tuple[str, ...]) -> None:
    """Put a file at each of these places."""
    for name in names:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("x")


def test_clears_its_own_files_only(tmp_path: Path) -> None:
    """Reports of the run before go; what somebody put beside them stays."""
    out = tmp_path / "new" / "out"
    prepare_output(out)
    filled(out, OURS + FOREIGN)
    prepare_output(out)
    assert not [name for name in OURS if (out / name).exists()]
    assert all((out / name).is_file() for name in FOREIGN)


@pytest.mark.parametrize("name", OURS)
def test_refuses_files_that_no_run_wrote(tmp_path: Path, name: str) -> None:
    """A directory that only looks like ours is left alone."""
    filled(tmp_path, (name,))
    with pytest.raises(ConfigurationError, match="no run wrote"):
        prepare_output(tmp_path)
    assert (tmp_path / name).is_file()


def test_refuses_links(tmp_path: Path) -> None:
    """Clearing never leaves the directory."""
    elsewhere = tmp_path / "elsewhere"
    filled(elsewhere, ("a.json",))
    prepare_output(tmp_path / "out")
    (tmp_path / "out" / "evidence").symlink_to(elsewhere)
    with pytest.raises(ConfigurationError, match="is a link"):
        prepare_output(tmp_path / "out")
    assert (elsewhere / "a.json").is_file()


def test_refuses_what_cannot_be_a_directory(tmp_path: Path) -> None:
    """A file in the way is told in one line."""
    filled(tmp_path, ("out",))
    with pytest.raises(ConfigurationError, match="cannot be used as output directory") as refused:
        prepare_output(tmp_path / "out")
    assert "\n" not in str(refused.value)


def test_default_output_in_a_clone_and_outside(tmp_path: Path) -> None:
    """In a clone its `reports/out`, installed that of the current directory."""
    (tmp_path / "clone" / "rcs_conformance" / "kit").mkdir(parents=True)
    assert default_output(tmp_path / "clone") == tmp_path / "clone" / "reports" / "out"
    assert default_output(tmp_path / "kit", tmp_path) == tmp_path / "reports" / "out"
    assert default_output(tmp_path / "kit") == Path.cwd() / "reports" / "out"
    assert default_output() == default_output(ROOT)
