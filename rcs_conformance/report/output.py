"""The output folder of a run: a new report replaces the old one as a whole, or not at all.

A run writes into a folder of its own inside the output folder. When its report is complete, the
files move up and the old ones go. Whatever ends a run before, the old report is untouched.
"""

import shutil
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import ROOT
from rcs_conformance.record.archive import ARCHIVE, UNFINISHED

RESULT = "result.json"
PAGE = "report.html"
JUNIT = "junit.xml"
PART = "part.json"
SIGNATURE = "result.intoto.json"
"""The signature of a run by a key."""
CERTIFICATE = "run.rcscert"
BUNDLE = "result.sigstore.json"
"""The signature of a run by an identity."""
ALLURE = "allure"
EVIDENCE = "evidence"

_MARK = ".rcs-conformance"
_LOCK = ".lock"
_OLD = ".old"
_SETTLED = 60.0
"""Seconds after which a folder without a lock is not about to get one."""

_FILES = (RESULT, PAGE, JUNIT, PART, ARCHIVE, SIGNATURE, BUNDLE, CERTIFICATE)
_FOLDERS = {
    EVIDENCE: ("*.json", "*.body"),
    ALLURE: (
        "*-result.json",
        "*-container.json",
        "*-attachment*",
        "environment.properties",
        "categories.json",
    ),
}


_NAMES = (*_FILES, *_FOLDERS)


def default_output(root: Path = ROOT, working: Path | None = None) -> Path:
    """Where a run writes by default: `reports/out` of the clone, else of the directory.

    Args:
        root: The folder that holds the content folders (`kit.ROOT`).
        working: The current directory.
    """
    clone = (root / "rcs_conformance" / "kit").is_dir()
    return (root if clone else working or Path.cwd()) / "reports" / "out"


def published_in(unfinished: Path) -> Path:
    """The folder in which what is written into an unfinished one will be."""
    return unfinished.parent


class OutputFolder:
    """The results of a run, from the first file to the place of the old report.

    A context: what was not published by its end is removed.

    Args:
        out: The output folder; made if missing.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self._started = time.time()
        self._unfinished: Path | None = None
        self._made = False
        self._lock: FileLock | None = None

    @property
    def unfinished(self) -> Path:
        """The folder that the run writes into."""
        if self._unfinished is None:
            raise RuntimeError("the output folder is not open")
        return self._unfinished

    def __enter__(self) -> Self:
        """Open it.

        Raises:
            ConfigurationError: It cannot be written, or holds files of our names that no run wrote.
        """
        try:
            self._made = not self.out.exists()
            self.out.mkdir(parents=True, exist_ok=True)
            self._reject_foreign()
            self._remove_abandoned()
            self._unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=self.out))
            self._lock = FileLock(self._unfinished / _LOCK)
            self._lock.acquire(timeout=0)
            (self._unfinished / _MARK).write_text("Output of rcs-conformance.\n", "utf-8")
        except OSError as problem:
            self._remove()
            raise self._error(problem) from None
        except ConfigurationError:
            self._remove()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove what was not published."""
        self._remove()

    def publish(self) -> bool:
        """Put the new report in the place of the old one.

        Files in our folders that no run wrote, such as Allure's history, stay.

        Returns:
            Whether there was a complete report; without one the old report stays.

        Raises:
            ConfigurationError: A file cannot be moved; the old report is in its place again.
        """
        if self._unfinished is None or not (self._unfinished / RESULT).is_file():
            return False
        moved: list[tuple[Path, Path]] = []
        old = self._unfinished / _OLD
        try:
            old.mkdir()
            for name in _NAMES:  # `result.json` goes first and comes last
                self._move(self.out / name, old / name, moved)
            if not (self.out / _MARK).exists():
                self._move(self.unfinished / _MARK, self.out / _MARK, moved)
            for name in reversed(_NAMES):
                self._move(self.unfinished / name, self.out / name, moved)
            self._keep_foreign(old)
        except OSError as problem:
            for source, destination in reversed(moved):
                destination.replace(source)
            raise self._error(problem) from None
        return True

    def _move(self, source: Path, destination: Path, moved: list[tuple[Path, Path]]) -> None:
        if source.exists() and not self._is_of_another_writer(source):
            source.replace(destination)
            moved.append((source, destination))

    def _is_of_another_writer(self, place: Path) -> bool:
        """Whether something in the output folder is newer than the start of the run.

        An option of pytest may have it written there.
        """
        if place.parent != self.out or (self.unfinished / place.name).exists():
            return False
        newest = max(each.stat().st_mtime for each in (place, *place.glob("*")))
        return newest >= self._started and place.name != _MARK

    def _keep_foreign(self, old: Path) -> None:
        """Move files that no run wrote from the old folders into the new ones."""
        for folder, patterns in _FOLDERS.items():
            for entry in (old / folder).glob("*"):
                if not any(entry.match(pattern) for pattern in patterns):
                    (self.out / folder).mkdir(exist_ok=True)
                    if not (self.out / folder / entry.name).exists():
                        entry.replace(self.out / folder / entry.name)

    def _remove(self) -> None:
        """Remove the folder of the run, and the output folder if the run made it in vain."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        if self._unfinished is not None:
            shutil.rmtree(self._unfinished, ignore_errors=True)
            self._unfinished = None
        if self._made and self.out.is_dir() and not any(self.out.iterdir()):
            self.out.rmdir()

    def _remove_abandoned(self) -> None:
        """Remove the folders of runs that were killed: no process holds their locks."""
        for place in self.out.glob(f"{UNFINISHED}*"):
            lock = place / _LOCK
            if not lock.exists() and time.time() - place.stat().st_mtime < _SETTLED:
                continue
            try:
                with FileLock(lock, timeout=0):
                    shutil.rmtree(place, ignore_errors=True)
            except Timeout:
                continue

    def _reject_foreign(self) -> None:
        """Refuse a folder in which a report would replace what no run wrote."""
        for name in _NAMES:
            place = self.out / name
            if place.is_symlink():
                raise ConfigurationError(
                    f"--out {self.out}: {name} in it is a link; choose another folder"
                )
            is_empty = place.is_dir() and not any(place.iterdir())  # Allure has just made it
            if place.exists() and not is_empty and not (self.out / _MARK).is_file():
                raise ConfigurationError(
                    f"--out {self.out}: {name} in it was not written by a run; choose another"
                    " folder"
                )

    def _error(self, problem: OSError) -> ConfigurationError:
        reason = problem.strerror or str(problem)
        return ConfigurationError(
            f"--out {self.out}: cannot be used as output folder: {reason}; an earlier report in it"
            " is unchanged"
        )
