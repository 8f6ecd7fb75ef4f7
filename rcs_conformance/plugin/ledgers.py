"""The ledger of a run: opened at its start, worked off at its end, kept as long as it is needed."""

import os
import tempfile
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from filelock import FileLock, Timeout

from rcs_conformance.binding import Binding
from rcs_conformance.driver.ledger import (
    LOCK,
    REMOVED,
    Ledger,
    Made,
    Open,
    ledger_file,
    ledger_files,
    ledgers_of,
    read_ledger,
)
from rcs_conformance.driver.removal import Removal, removed
from rcs_conformance.model.results import CleanUp
from rcs_conformance.target import Target

_RUN = "run-"
_LOCK = f"run{LOCK}"

_LEAST = 30.0
"""Seconds that the end of a run may take for it, however short the run was."""

_SHARE = 0.25
"""Of the time that the run took, likewise."""

_IN_A_HURRY = 5.0
"""Seconds for the same where the run was interrupted, or has told its result already."""


class RunLedger:
    """The folder with the ledgers of the processes of a run.

    Args:
        folder: Of the run.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._begun = time.monotonic()
        self._left: frozenset[Made] = frozenset()
        self._lock = FileLock(folder / _LOCK)

    @classmethod
    def begun(cls, target: Target, scratch: Path) -> "RunLedger":
        """The ledger of a run that begins; in its scratch folder if the user's cannot be written.

        Raises:
            OSError: Neither can be written.
        """
        try:
            root = ledgers_of(target.server_root, os.environ)
            root.mkdir(parents=True, exist_ok=True, mode=0o700)
            ledger = cls(Path(tempfile.mkdtemp(prefix=_RUN, dir=root)))
            ledger.take()
        except OSError:
            ledger = cls(Path(tempfile.mkdtemp(prefix=_RUN, dir=scratch)))
        return ledger

    def take(self) -> None:
        """Keep others from it until `close`.

        Raises:
            Timeout: A process of the run goes on.
            OSError: The folder cannot be written.
        """
        self._lock.acquire(timeout=0)
        for file in self.folder.glob(f"*{LOCK}"):
            if file.name != _LOCK:
                with FileLock(file, timeout=0):
                    pass

    def let_go(self) -> None:
        """Let others have it."""
        self._lock.release()

    def clean_up(
        self, target: Target, binding: Binding, *, hurry: bool = False, lost: bool = False
    ) -> CleanUp:
        """Remove what the run made, in one attempt; what comes meanwhile is for the next call.

        Args:
            target: The implementation under test.
            binding: How it spells things.
            hurry: Whether the user waits for the end of the run.
            lost: Whether the target serves its users no longer; then nothing is sent.
        """
        known = self.open()
        known = replace(known, made=tuple(each for each in known.made if each not in self._left))
        if lost and known:
            return CleanUp(removed=0, left=len(known.made), reasons=("the target was lost",))
        seconds = max(_LEAST, _SHARE * (time.monotonic() - self._begun))
        return self.remove(target, binding, known, _IN_A_HURRY if hurry else seconds).summary

    def remove(self, target: Target, binding: Binding, known: Open, seconds: float) -> Removal:
        """Remove what is known to be there, and note what is gone."""
        if not known:
            return Removal(ended=(), left={})
        removal = removed(target, binding, known, seconds)
        self._left |= removal.left.keys()
        unknown = [each for each in removal.left if not each.ids]  # nothing can be done about it
        with suppress(OSError):
            ledger = Ledger(ledger_file(self.folder, REMOVED), ())
            ledger.gone(*removal.ended, *unknown)
            ledger.close()
        return removal

    def open(self) -> Open:
        """What all its processes have made and not ended."""
        return read_ledger(self.folder)

    def close(self) -> None:
        """Remove the folder once nothing is left; else keep it for the command `cleanup`."""
        self.let_go()
        if not self.open():
            for file in (*ledger_files(self.folder), *self.folder.glob(f"*{LOCK}")):
                file.unlink(missing_ok=True)
            with suppress(OSError):
                self.folder.rmdir()


def abandoned(target: Target) -> tuple[list[RunLedger], int]:
    """The ledgers of earlier runs against a target; and how many more are of runs that go on.

    Raises:
        OSError: They cannot be read.
    """
    found: list[RunLedger] = []
    in_use = 0
    for folder in sorted(ledgers_of(target.server_root, os.environ).glob(f"{_RUN}*")):
        ledger = RunLedger(folder)
        try:
            ledger.take()
        except Timeout:
            ledger.let_go()
            in_use += 1
        else:
            found.append(ledger)
    return found, in_use
