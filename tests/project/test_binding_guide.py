"""The guide to bindings of one's own works as written, from the copy to the run."""

import shlex
from pathlib import Path

from rcs_conformance.binding import shipped_bindings
from rcs_conformance.kit import BINDINGS, ROOT

from .conftest import COMMAND, run
from .documents import commands

GUIDE = "fixtures/bindings/README.md"


def test_commands_of_the_guide_succeed(tmp_path: Path) -> None:
    """Each in its turn, in a folder that has nothing but the bindings; a part finds no failure."""
    (tmp_path / "fixtures").mkdir()
    (tmp_path / "fixtures" / "bindings").symlink_to(BINDINGS)
    given = [shlex.split(line) for line in commands(GUIDE)]
    assert [words[0] for words in given] == ["rcs-conformance", "cp", "rcs-conformance"]

    for words in given:
        own = words[0] == "rcs-conformance"
        done = run([*COMMAND, *words[1:]] if own else words, cwd=tmp_path)

        assert done.returncode == 0, done.stdout + done.stderr
        assert "exit code 0" in done.stdout or not own


def test_guide_names_all_that_are_shipped() -> None:
    """Each file has its line, and the guide is one page."""
    text = (ROOT / GUIDE).read_text("utf-8")
    assert all(f"`{name}.toml`" in text for name in shipped_bindings())
    assert len(text.splitlines()) <= 80
