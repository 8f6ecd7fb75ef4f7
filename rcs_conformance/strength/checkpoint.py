"""Observations on disk, so that a measurement that was broken off can be taken up again.

The file holds one JSON value a line: first a key of sources and settings, then observations. It
is used only under the same key.
"""

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from rcs_conformance import kit
from rcs_conformance.strength.matrix import findings
from rcs_conformance.strength.records import Broken, Observation, Undecided

FILE = "observations.jsonl"
"""Name of the file in the output directory."""

_SOURCES = (
    Path(kit.__file__).parents[1],
    kit.ROOT / "suites",
    kit.ROOT / "schemas",
    kit.ROOT / "fixtures",
)


def key(settings: str, *, apart: Path | None = None) -> str:
    """A digest of everything that an observation depends on.

    Args:
        settings: Those of the measurement, in any form.
        apart: A folder of sources on which it does not depend.
    """
    digest = hashlib.sha256(f"{settings}\n{sys.version}\n".encode())
    installed = sorted(f"{one.name} {one.version}" for one in distributions())
    digest.update("\n".join(installed).encode())
    for folder in _SOURCES:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and file.suffix != ".pyc" and apart not in file.parents:
                digest.update(f"{folder.name}/{file.relative_to(folder)}".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


class Checkpoint:
    """The observations of a measurement so far.

    Args:
        file: Where they are kept.
        key: Of sources and settings.
    """

    def __init__(self, file: Path, key: str) -> None:
        self._file = file
        self._key = key

    def clear(self) -> None:
        """Begin a new file."""
        self._file.write_text(json.dumps(self._key) + "\n", "ascii")

    def read(self) -> Mapping[str, Observation]:
        """The observations that the file holds, by name; it is begun anew under another key."""
        lines = self._file.read_text("ascii").splitlines() if self._file.is_file() else []
        if not lines or lines[0] != json.dumps(self._key):
            self.clear()
            return {}
        found = {}
        for line in lines[1:]:
            try:
                name, members = json.loads(line)
            except ValueError:  # the last line of a process that was killed while it wrote
                break
            found[name] = _observation(members)
        self._rewrite(found)
        return found

    def add(self, name: str, clause: str, seen: Observation) -> None:
        """Keep an observation, unless something was wrong in it, which is to be tried again.

        Args:
            name: Fault or variation.
            clause: The clause that must fail; empty where none may.
            seen: What the run showed.
        """
        if seen.trouble is None and (seen.fails(clause) if clause else not findings(seen)):
            with self._file.open("a", encoding="ascii") as file:
                file.write(_line(name, seen))

    def _rewrite(self, found: Mapping[str, Observation]) -> None:
        self.clear()
        with self._file.open("a", encoding="ascii") as file:
            file.writelines(_line(name, seen) for name, seen in found.items())


def _line(name: str, seen: Observation) -> str:
    return json.dumps([name, {**asdict(seen), "passed": sorted(seen.passed)}]) + "\n"


def _observation(members: dict[str, Any]) -> Observation:
    return Observation(
        **{
            **members,
            "broken": tuple(
                Broken(**{**each, "tests": tuple(each["tests"])}) for each in members["broken"]
            ),
            "undecided": tuple(Undecided(**each) for each in members["undecided"]),
            "passed": frozenset(members["passed"]),
        }
    )
