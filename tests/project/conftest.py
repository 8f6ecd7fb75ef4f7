"""What the tests of the project as a whole share: a copy of the clone, a wheel, an installation."""

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from rcs_conformance.kit import ROOT

COMMAND = (
    sys.executable,
    "-c",
    "import sys; from rcs_conformance.cli import main; sys.exit(main())",
)
"""The command, of the project's files that are nearest: those in the working directory first."""

FINDERS = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
"""Variables by which the clone could get into the reach of an installation."""


def project_files() -> tuple[str, ...]:
    """What belongs to the project: all that git holds or would take, relative to the clone."""
    words = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
    return tuple(sorted(name for name in listed.stdout.splitlines() if (ROOT / name).is_file()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """The wheel, installed in an environment of its own.

    Attributes:
        scripts: Folder of its commands.
        packages: Its site-packages.
    """

    scripts: Path
    packages: Path

    def run(self, *words: str, cwd: Path) -> "subprocess.CompletedProcess[str]":
        """Run one of its commands from another directory."""
        return run([str(self.scripts / words[0]), *words[1:]], cwd=cwd)

    def files(self) -> frozenset[str]:
        """All installed files but compiled ones."""
        found = (path for path in self.packages.rglob("*") if path.is_file())
        return frozenset(str(path) for path in found if path.suffix != ".pyc")


def run(
    words: Sequence[str], *, cwd: Path, seconds: float = 300.0
) -> "subprocess.CompletedProcess[str]":
    """Run a command, with nothing in its environment that leads to the clone."""
    environment = {name: value for name, value in os.environ.items() if name not in FINDERS}
    return subprocess.run(
        words,
        cwd=cwd,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        timeout=seconds,
    )


def succeed(words: Sequence[str], *, cwd: Path) -> None:
    """Run a command that must succeed."""
    done = run(words, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project's files that nobody else changes; not to be changed."""
    return copy_of_clone(tmp_path_factory.mktemp("clone"))


def copy_of_clone(folder: Path) -> Path:
    """Copy the project's files."""
    for name in project_files():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def wheel(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that is built from the sdist that is built from the clone."""
    folder = tmp_path_factory.mktemp("dist")
    succeed([sys.executable, "-m", "build", "--outdir", str(folder), str(clone)], cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The wheel in an environment that knows nothing of the clone."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    succeed([str(scripts / "python"), "-m", "pip", "install", "-q", str(wheel)], cwd=folder)
    (packages,) = folder.rglob("site-packages")
    return Installation(scripts=scripts, packages=packages)
