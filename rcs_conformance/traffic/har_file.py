"""A HAR file that grows entry by entry, so that however much passes, little is kept in memory."""

import json
import os
from pathlib import Path
from threading import Lock

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.traffic.entries import Entry
from rcs_conformance.traffic.har import entry_in, form_of, head_of
from rcs_conformance.traffic.secrecy import Secrecy


class HarFile:
    """Writes entries as they come, without the secrets that were seen so far; for several threads.

    Until `close` they are in a file beside, which only its owner can read. A secret that is seen
    late is then taken out of what was before it, too.

    Args:
        file: Where the entries are in the end.
        version: Of this package.

    Raises:
        ConfigurationError: It cannot be written, or an unfinished one is there.
    """

    def __init__(self, file: Path, version: str) -> None:
        self.count = 0
        self._file = file
        self._head = head_of(version)
        self._unfinished = file.with_name(f"{file.name}.new")
        self._lock = Lock()
        self._secrecy = Secrecy()
        self._learned = 0
        try:
            self._lines = open(  # noqa: SIM115 - open for as long as traffic passes
                self._unfinished, "x", encoding="utf-8", opener=_for_its_owner
            )
        except FileExistsError:
            raise ConfigurationError(
                f"--out {file}: {self._unfinished.name} is there, of a proxy that goes on or was"
                " killed; judge or move it, or give another file"
            ) from None
        except OSError as error:
            raise self._unwritable(error) from None

    def add(self, entry: Entry) -> None:
        """Write an entry."""
        with self._lock:
            if self._secrecy.learn(entry):
                self._learned = self.count
            self._lines.write(json.dumps(form_of(self._secrecy.redacted(entry))) + "\n")
            self._lines.flush()
            self.count += 1

    def close(self) -> None:
        """Put the whole HAR where it belongs.

        Raises:
            ConfigurationError: It cannot be written.
        """
        with self._lock:
            self._lines.close()
            whole = self._file.with_name(f"{self._file.name}.whole")
            try:
                self._write(whole)
                whole.replace(self._file)
                self._unfinished.unlink()
            except OSError as error:
                raise self._unwritable(error) from None

    def discard(self) -> None:
        """Leave everything as it was before."""
        with self._lock:
            self._lines.close()
            self._unfinished.unlink(missing_ok=True)

    def _write(self, file: Path) -> None:
        before, after = json.dumps(self._head, indent=1).rsplit("[]", 1)
        with self._unfinished.open(encoding="utf-8") as lines, file.open("w", -1, "utf-8") as out:
            out.write(f"{before}[")
            for number, line in enumerate(lines):
                text = line.rstrip("\n")
                if number < self._learned:
                    entry = self._secrecy.redacted(entry_in(json.loads(text), number))
                    text = json.dumps(form_of(entry))
                out.write(f"{',' if number else ''}\n{text}")
            out.write(f"]{after}\n")

    def _unwritable(self, error: OSError) -> ConfigurationError:
        reason = error.strerror or str(error)
        return ConfigurationError(f"--out {self._file}: cannot be written: {reason}")


def _for_its_owner(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)
