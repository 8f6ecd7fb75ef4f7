"""What surrounds the user, and has to do with other tests of theirs, changes no run."""

import json
import shlex
import subprocess
from pathlib import Path

import pytest

from rcs_conformance.cli.serve import announcement
from rcs_conformance.reference import DEFAULT_ACCOUNTS, ReferenceServer
from tests.cli.processes import Ended, ran
from tests.project.conftest import COMMAND

TEST = "chat/test_uni_cht_002b_start_group_chat.py::test_subject_is_shown_unchanged[json]"
HOSTILE = """
import pytest
{error}
def pytest_collection_modifyitems(items):
    items.clear()

def pytest_runtest_setup(item):
    raise RuntimeError("a plugin of the user")

@pytest.fixture(autouse=True)
def broken():
    raise RuntimeError("a fixture of the user")
"""
ENTRY_POINT = "[pytest11]\nhostile = hostile_plugin\n"
METADATA = "Metadata-Version: 2.1\nName: hostile\nVersion: 1.0\n"


def judged(done: Ended, out: Path) -> None:
    """The one test ran and passed."""
    assert done.code == 0, done.text
    result = json.loads((out / "result.json").read_text())
    assert [(each["id"], each["verdict"]) for each in result["tests"]] == [(TEST, "pass")]
    assert "Traceback" not in done.text
    assert "INTERNALERROR" not in done.text


@pytest.mark.exhaustive
@pytest.mark.parametrize("workers", ["0", "1"])
def test_pytest_of_the_user(tmp_path: Path, workers: str) -> None:
    """Files conftest.py, plugins of the same environment, and variables of pytest."""
    here = tmp_path / "a" / "b"
    here.mkdir(parents=True)
    (here / "conftest.py").write_text(HOSTILE.format(error="import nothing_of_this_name"))
    (tmp_path / "conftest.py").write_text(HOSTILE.format(error=""))
    (tmp_path / "a" / "pytest.ini").write_text("[pytest]\naddopts = --nonsense\n")
    site = tmp_path / "site"
    (site / "hostile-1.0.dist-info").mkdir(parents=True)
    (site / "hostile-1.0.dist-info" / "entry_points.txt").write_text(ENTRY_POINT)
    (site / "hostile-1.0.dist-info" / "METADATA").write_text(METADATA)
    (site / "hostile_plugin.py").write_text(HOSTILE.format(error=""))
    variables = {
        "PYTHONPATH": str(site),
        "PYTEST_ADDOPTS": "--nonsense",
        "PYTEST_PLUGINS": "hostile_plugin",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    done = ran(here, "run", "-n", workers, "--out", "out", "--", TEST, **variables)
    judged(done, here / "out")


@pytest.mark.exhaustive
def test_python_of_the_user(tmp_path: Path) -> None:
    """Optimised, in the C locale, with warnings as errors; the working directory has modules."""
    for name in ("suites", "fixtures", "random", "conftest"):
        (tmp_path / f"{name}.py").write_text("raise RuntimeError(__name__)")
    variables = {
        "PYTHONOPTIMIZE": "2",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONWARNINGS": "error",
        "PYTHONSAFEPATH": "1",  # as with the installed command, which no working directory precedes
    }
    judged(ran(tmp_path, "run", "--out", "out", "--", TEST, **variables), tmp_path / "out")


@pytest.mark.exhaustive
def test_network_of_the_user(tmp_path: Path) -> None:
    """Neither proxies nor a .netrc are used."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b\n")
    nowhere = "http://127.0.0.1:1"
    names = ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
    variables = {**dict.fromkeys(names, nowhere), "HOME": str(tmp_path), "no_proxy": ""}
    judged(ran(tmp_path, "run", "--out", "out", "--", TEST, **variables), tmp_path / "out")


@pytest.mark.exhaustive
def test_target_name_that_the_terminal_cannot_show(tmp_path: Path) -> None:
    """It is shown escaped."""
    with ReferenceServer(DEFAULT_ACCOUNTS) as server:
        users = [(account, account.token) for account in DEFAULT_ACCOUNTS]
        text = announcement(server.root, users).replace('Reference server"', 'B\u00fccher"')
        (tmp_path / "t.toml").write_text(text, "utf-8")
        words = ("run", "t.toml", "--out", "out", "--", TEST)
        done = ran(tmp_path, *words, PYTHONIOENCODING="ascii")
    judged(done, tmp_path / "out")


@pytest.mark.exhaustive
def test_output_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """One line that names the option."""
    (tmp_path / "file").write_text("")
    done = ran(tmp_path, "run", "--out", "file/out", "--", TEST)
    assert done.code == 4
    (line,) = done.text.splitlines()
    assert line.startswith(f"rcs-conformance: --out {tmp_path}/file/out: cannot be used")


@pytest.mark.exhaustive
def test_collecting_alone_decides_nothing(tmp_path: Path) -> None:
    """Exit code 5, and no report."""
    done = ran(tmp_path, "run", "--out", "out", "--", "--collect-only", "-q", TEST)
    assert done.code == 5, done.text
    assert TEST in done.text
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("redirected", "ends"),
    [
        (
            ">/dev/full",
            (4, "rcs-conformance: standard output cannot be written: No space left on device\n"),
        ),
        (">&-", (0, "")),
        (">/dev/null 2>&-", (0, "")),
    ],
    ids=["full disk", "no standard output", "no standard error"],
)
def test_output_that_goes_nowhere(redirected: str, ends: tuple[int, str]) -> None:
    """One line says what is lost; a process that has no such stream ends as usual."""
    command = shlex.join([*COMMAND, "serve", "--list-faults"])

    done = subprocess.run(  # noqa: S603 - our own command
        ["/bin/sh", "-c", f"{command} {redirected}"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == ends
