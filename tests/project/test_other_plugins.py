"""The plugins that other projects use most, in the same environment, change no run."""

import sys
import venv
from pathlib import Path

import pytest

from rcs_conformance.report.reading import read_run
from tests.project.conftest import run, succeed

pytestmark = [
    pytest.mark.exhaustive,
    pytest.mark.skipif(sys.platform == "win32", reason="pytest-forked needs os.fork"),
]

PLUGINS = (
    "anyio",
    "Faker",
    "pytest-aiohttp",
    "pytest-asyncio",
    "pytest-bdd",
    "pytest-benchmark",
    "pytest-cov",
    "pytest-django",
    "pytest-env",
    "pytest-flask",
    "pytest-forked",
    "pytest-html",
    "pytest-httpserver",
    "pytest-instafail",
    "pytest-metadata",
    "pytest-mock",
    "pytest-order",
    "pytest-randomly",
    "pytest-repeat",
    "pytest-rerunfailures",
    "pytest-socket",
    "pytest-subtests",
    "pytest-sugar",
    "pytest-timeout",
)
SELECTION = ("--profile", "quick", "--requirement", "UNI-CHT-002b")


@pytest.fixture(scope="module")
def crowded(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the wheel and all those plugins."""
    folder = tmp_path_factory.mktemp("crowded")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    succeed([str(python), "-m", "pip", "install", "-q", str(wheel), *PLUGINS], cwd=folder)
    return python


@pytest.mark.parametrize("workers", ["0", "2"])
def test_command(crowded: Path, tmp_path: Path, workers: str) -> None:
    """It does as in an environment of its own."""
    words = ["run", *SELECTION, "-n", workers, "--out", str(tmp_path / "out")]
    done = run([str(crowded.with_name("rcs-conformance")), *words], cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    finished = read_run(tmp_path / "out" / "result.json")
    assert (finished.verdict.value, finished.complete) == ("pass", True)
    assert finished.counters.exchanges > 100


def test_plain_pytest(crowded: Path, clone: Path, tmp_path: Path) -> None:
    """As README says: in a clone whose dependencies are installed."""
    out = tmp_path / "out"
    words = [
        "-B",
        "-m",
        "pytest",
        "suites",
        *SELECTION,
        "--out",
        str(out),
        "-p",
        "no:cacheprovider",
    ]
    done = run([str(crowded), *words], cwd=clone)
    assert done.returncode == 0, done.stdout + done.stderr
    assert read_run(out / "result.json").verdict.value == "pass"
