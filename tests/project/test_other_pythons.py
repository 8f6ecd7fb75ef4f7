"""The wheel works with the other versions of Python that the machine has on its PATH.

Which these are differs between machines: a version that is missing is skipped, and said so.
"""

import shutil
import sys
from pathlib import Path

import pytest

from rcs_conformance.report.reading import read_run
from tests.project.conftest import run, succeed

pytestmark = pytest.mark.exhaustive

VERSIONS = tuple(
    f"3.{minor}" for minor in range(11, 15) if (3, minor) != tuple(sys.version_info[:2])
)


def found(version: str, folder: Path) -> str:
    """An interpreter of a version that starts; a command of its name may be a mere wrapper."""
    program = shutil.which(f"python{version}")
    if program is not None and run([program, "-c", ""], cwd=folder).returncode == 0:
        return program
    pytest.skip(f"python{version} is not on the PATH")


@pytest.mark.parametrize("version", VERSIONS)
def test_run(version: str, wheel: Path, tmp_path: Path) -> None:
    """In an environment of its own, with workers."""
    environment = tmp_path / "environment"
    succeed([found(version, tmp_path), "-m", "venv", str(environment)], cwd=tmp_path)
    scripts = environment / ("Scripts" if sys.platform == "win32" else "bin")
    succeed([str(scripts / "python"), "-m", "pip", "install", "-q", str(wheel)], cwd=tmp_path)
    words = ["run", "--profile", "quick", "--requirement", "UNI-CHT-030", "-n", "2"]
    done = run([str(scripts / "rcs-conformance"), *words, "--out", "out"], cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    finished = read_run(tmp_path / "out" / "result.json")
    assert dict(finished.information.versions)["python"].startswith(f"{version}.")
