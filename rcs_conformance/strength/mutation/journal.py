"""What became of each mutation, on disk as it comes, so that a long measurement can be taken up."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from rcs_conformance.strength.mutation.measuring import Fate, Tried
from rcs_conformance.strength.mutation.sites import Mutation

FILE = "mutations.jsonl"
"""Name of the file in the output directory."""


class Journal:
    """A file with a key in its first line, and a mutation that was tried in each of the others.

    Args:
        file: Where it is.
        key: Of sources and settings; a file with another one is begun anew.
    """

    def __init__(self, file: Path, key: str) -> None:
        self._file = file
        self._key = key

    def clear(self) -> None:
        """Begin it anew."""
        self._file.write_text(json.dumps(self._key) + "\n", "ascii")

    def read(self, mutations: Iterable[Mutation]) -> Mapping[str, Tried]:
        """What is known of these mutations, by name."""
        lines = self._file.read_text("ascii").splitlines() if self._file.is_file() else []
        if not lines or lines[0] != json.dumps(self._key):
            self.clear()
            return {}
        by_name = {one.name: one for one in mutations}
        found: dict[str, Tried] = {}
        for line in lines[1:]:
            try:
                members = json.loads(line)
            except ValueError:  # the last line of a process that was killed while it wrote
                break
            if one := by_name.get(members["mutation"]):
                changed = {"mutation": one, "clauses": tuple(members["clauses"])}
                fate = Fate(members["fate"])
                found[one.name] = Tried(**{**members, **changed, "fate": fate})
        self.clear()
        for tried in found.values():
            self.add(tried)
        return found

    def add(self, tried: Tried) -> None:
        """Keep what became of a mutation."""
        members = {**asdict(tried), "mutation": tried.mutation.name}
        with self._file.open("a", encoding="ascii") as file:
            file.write(json.dumps(members) + "\n")
