"""A new report replaces the old one as a whole, or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import ROOT
from rcs_conformance.report.output import OutputFolder, default_output

OURS = ("result.json", "report.html", "junit.xml", "evidence/a.json", "allure/1-result.json")
FOREIGN = ("notes.txt", "evidence/notes.txt", "allure/notes.txt")


def filled(out: Path, names: tuple[str, ...], text: str = "x") -> None:
    """Put a file at each of these places."""
    for name in names:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text)


def report(output: OutputFolder, text: str, names: tuple[str, ...] = OURS) -> None:
    """Write a report into the folder of a run."""
    filled(output.unfinished, names, text)


def contents(out: Path) -> dict[str, str]:
    """All files below a folder, with their text."""
    files = [each for each in out.rglob("*") if each.is_file() and each.name != ".rcs-conformance"]
    return {each.relative_to(out).as_posix(): each.read_text() for each in files}


def test_report_replaces_the_old_one(tmp_path: Path) -> None:
    """As a whole; files that no run wrote stay."""
    out = tmp_path / "new" / "out"
    with OutputFolder(out) as output:
        report(output, "old")
        assert output.publish()
    filled(out, FOREIGN, "theirs")
    with OutputFolder(out) as output:
        report(output, "new", OURS[:-1])
        assert output.publish()
    assert contents(out) == {**dict.fromkeys(OURS[:-1], "new"), **dict.fromkeys(FOREIGN, "theirs")}


def test_report_that_is_not_complete_replaces_nothing(tmp_path: Path) -> None:
    """Without `result.json` nothing can be published, and without `publish` nothing is."""
    with OutputFolder(tmp_path) as output:
        report(output, "old")
        output.publish()
    with OutputFolder(tmp_path) as output:
        report(output, "new", OURS[1:])
        assert not output.publish()
    with OutputFolder(tmp_path) as output:
        report(output, "new")
    assert contents(tmp_path) == dict.fromkeys(OURS, "old")


def test_failure_to_move_undoes_it_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old report is whole again, whichever step fails."""
    with OutputFolder(tmp_path) as output:
        report(output, "old")
        output.publish()
    replace = Path.replace
    for step in range(1, 10):
        calls = iter(range(step))

        def failing(source: Path, target: Path, calls: Iterator[int] = calls) -> Path:
            if next(calls, None) == step - 1:  # noqa: B023 - called in this round
                raise OSError(28, "No space left on device")
            return replace(source, target)

        with OutputFolder(tmp_path) as output:
            report(output, "new")
            monkeypatch.setattr(Path, "replace", failing)
            with pytest.raises(ConfigurationError, match="No space left on device"):
                output.publish()
            monkeypatch.undo()
        assert contents(tmp_path) == dict.fromkeys(OURS, "old")


def test_folder_without_a_report_is_not_left(tmp_path: Path) -> None:
    """One that the run made; others stay."""
    with OutputFolder(tmp_path / "out"):
        pass
    assert not (tmp_path / "out").exists()


def test_killed_run_is_cleared_away(tmp_path: Path) -> None:
    """By the next one; a run that goes on is left alone."""
    with OutputFolder(tmp_path) as first, OutputFolder(tmp_path) as second:
        assert first.unfinished.exists()
        assert second.unfinished.exists()
    killed = tmp_path / ".rcs-conformance-run-x"
    filled(killed, (".lock", "report.html"))
    with OutputFolder(tmp_path):
        assert not killed.exists()


@pytest.mark.parametrize("name", OURS)
def test_refuses_files_that_no_run_wrote(tmp_path: Path, name: str) -> None:
    """A folder that only looks like ours is left alone."""
    filled(tmp_path, (name,))
    with pytest.raises(ConfigurationError, match="not written by a run"), OutputFolder(tmp_path):
        pass
    assert contents(tmp_path) == {name: "x"}


def test_refuses_links(tmp_path: Path) -> None:
    """A report never leaves the folder."""
    elsewhere = tmp_path / "elsewhere"
    filled(elsewhere, ("a.json",))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "evidence").symlink_to(elsewhere)
    with pytest.raises(ConfigurationError, match="is a link"), OutputFolder(tmp_path / "out"):
        pass
    assert (elsewhere / "a.json").is_file()


def test_refuses_what_cannot_be_a_directory(tmp_path: Path) -> None:
    """A file in the way is told in one line."""
    filled(tmp_path, ("out",))
    refused = pytest.raises(ConfigurationError, match="cannot be used as output folder")
    with refused as error, OutputFolder(tmp_path / "out"):
        pass
    assert "\n" not in str(error.value)


def test_default_output_in_a_clone_and_outside(tmp_path: Path) -> None:
    """In a clone its `reports/out`, installed that of the current directory."""
    (tmp_path / "clone" / "rcs_conformance" / "kit").mkdir(parents=True)
    assert default_output(tmp_path / "clone") == tmp_path / "clone" / "reports" / "out"
    assert default_output(tmp_path / "kit", tmp_path) == tmp_path / "reports" / "out"
    assert default_output(tmp_path / "kit") == Path.cwd() / "reports" / "out"
    assert default_output() == default_output(ROOT)
