"""A disk that is really full: the old report stays whole, and one line says why.

A file system of a few megabytes in memory is mounted for it, which only root on Linux may do;
elsewhere there is the limit of the size of files in `test_interruption.py`.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rcs_conformance.cli.serve import announcement
from rcs_conformance.reference import DEFAULT_ACCOUNTS, ReferenceServer
from tests.cli.processes import SHORT, Command, state, with_old_report

pytestmark = pytest.mark.exhaustive

DISK = 8 << 20


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if mount is None or umount is None or os.geteuid() != 0:
        pytest.skip("only root may mount a file system")
    words = [mount, "-t", "tmpfs", "-o", f"size={DISK}", "none", str(place)]
    if subprocess.run(words, check=False, capture_output=True).returncode:  # noqa: S603
        pytest.skip("no file system may be mounted here")
    yield place
    subprocess.run([umount, "--lazy", str(place)], check=True)  # noqa: S603 - as above


def test_read_only_working_directory(tmp_path: Path, disk: Path) -> None:
    """Results go where `--out` says; one line where that is the working directory."""
    mount = shutil.which("mount") or ""
    subprocess.run([mount, "-o", "remount,ro", str(disk)], check=True)  # noqa: S603 - as above
    done = Command((*SHORT, "--out", str(tmp_path / "out"), "-n", "2"), disk).ended()
    assert (done.code, state(tmp_path / "out")) == (0, "complete"), done.text
    done = Command((*SHORT, "--out", "out"), disk).ended()
    assert (done.code, len(done.text.splitlines())) == (4, 1), done.text
    assert "Read-only file system" in done.text


@pytest.fixture
def faulty(tmp_path: Path) -> Iterator[None]:
    """A target file for a server with faults, so that there is evidence."""
    faults = ("subject-cut", "start-names-not-all", "regular-refused")
    with closing(ReferenceServer(DEFAULT_ACCOUNTS, faults=faults)) as server:
        users = [(account, account.token) for account in DEFAULT_ACCOUNTS]
        (tmp_path / "t.toml").write_text(announcement(server.root, users))
        yield


def filled(disk: Path, free: int) -> None:
    """Leave so many kilobytes of a disk free."""
    (disk / "filler").write_bytes(bytes(shutil.disk_usage(disk).free - free * 1024))


@pytest.mark.usefixtures("faulty")
@pytest.mark.parametrize(
    ("workers", "free"),
    [("0", 0), ("0", 8), ("0", 120), ("0", 300), ("0", 900), ("2", 40), ("2", 300), ("2", 420)],
)
def test_full_disk(tmp_path: Path, disk: Path, free: int, workers: str) -> None:
    """From the first file to the last: marks, evidence, Allure, page, result."""
    out = with_old_report(disk / "out")
    filled(disk, free)
    words = (SHORT[0], "t.toml", *SHORT[1:], "--out", str(out), "-n", workers)
    done = Command(words, tmp_path, {"COVERAGE_PROCESS_CONFIG": ""}).ended()
    assert "Traceback" not in done.text
    assert (done.code, state(out)) in {(4, "old"), (1, "complete")}, done.text
    if done.code == 4:
        lines = [line for line in done.text.splitlines() if line.startswith("rcs-conformance: ")]
        assert len(lines) == 1, done.text
        assert "No space left on device" in lines[0]
