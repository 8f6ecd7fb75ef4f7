"""What is installed is complete, is nothing more, and works without the clone."""

import json
import zipfile
from pathlib import Path

import pytest

from .conftest import Installation, project_files

pytestmark = pytest.mark.exhaustive

CONTENT = ("suites", "schemas", "fixtures", "reports")


def expected_names() -> set[str]:
    """What the wheel must hold beside its metadata."""
    names = {"rcs_conformance/kit/conftest.py", "rcs_conformance/kit/pyproject.toml"}
    for name in project_files():
        room = name.partition("/")[0]
        if room == "rcs_conformance":
            names.add(name)
        elif room in CONTENT:
            names.add(f"rcs_conformance/kit/{name}")
    return names


def test_wheel_holds_the_engine_and_the_content(wheel: Path) -> None:
    """Exactly the files of the engine and of the content folders, and two for pytest."""
    names = set(zipfile.ZipFile(wheel).namelist())
    metadata = {name for name in names if ".dist-info/" in name}

    assert names - metadata == expected_names()
    assert {name.partition("/")[2] for name in metadata} == {
        "METADATA",
        "RECORD",
        "WHEEL",
        "entry_points.txt",
        "licenses/LICENSE",
    }
    assert "rcs_conformance/py.typed" in names


def test_wheel_takes_one_name(wheel: Path) -> None:
    """Nothing but the package and its metadata lands in site-packages."""
    version = wheel.name.split("-")[1]
    names = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert names == {"rcs_conformance", f"rcs_conformance-{version}.dist-info"}


def test_installed_command_tests_a_server(installation: Installation, tmp_path: Path) -> None:
    """A run reports below the folder that it is given, and writes nowhere else."""
    before = installation.files()
    working, out = tmp_path / "working", tmp_path / "out"
    working.mkdir()

    done = installation.run(
        "rcs-conformance", "run", "--profile", "quick", "--out", str(out), cwd=working
    )

    assert done.returncode == 0, done.stdout + done.stderr
    result = json.loads((out / "result.json").read_text("utf-8"))
    assert result["verdict"] == "pass"
    assert result["counters"]["tests"] > 0
    assert {path.name for path in out.iterdir()} >= {"report.html", "junit.xml", "allure"}
    assert list(working.iterdir()) == []
    assert installation.files() == before


def test_installed_command_runs_in_parallel(installation: Installation, tmp_path: Path) -> None:
    """Workers find suites and plugin in the installation as well."""
    words = ["run", "--profile", "quick", "--requirement", "UNI-CHT-002b", "-n", "2"]

    done = installation.run("rcs-conformance", *words, "--out", "out", cwd=tmp_path)

    assert done.returncode == 0, done.stdout + done.stderr


def test_installed_command_traces(installation: Installation, tmp_path: Path) -> None:
    """The trace lists the tests that are installed."""
    done = installation.run("rcs-conformance", "trace", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert "chat/test_uni_cht_002b_start_group_chat.py::" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_other_tests_are_left_alone(installation: Installation, tmp_path: Path) -> None:
    """A run of pytest in the same environment that is not about us does not meet us."""
    (tmp_path / "test_other.py").write_text(
        "import sys\n"
        "def test_other(pytestconfig):\n"
        "    assert not [name for name in sys.modules if name.startswith('rcs_conformance')]\n"
        "    assert not pytestconfig.pluginmanager.has_plugin('rcs_conformance.plugin')\n",
        "utf-8",
    )

    done = installation.run("python", "-m", "pytest", "-q", str(tmp_path), cwd=tmp_path)

    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
    assert "not_tested" not in done.stdout
