"""Typed access to the tables of a target or waiver file; each refusal names file, line and key."""

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from rcs_conformance.errors import ConfigurationError

E = TypeVar("E", bound=StrEnum)

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]")
_ENTRY = re.compile(r"""\s*["']?([A-Za-z0-9_-]+)["']?\s*[=.]""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The text of a file, where `tomllib` tells no line numbers.

    Attributes:
        file: Its name.
        text: What it holds.
        what: What it is, for messages.
    """

    file: str
    text: str
    what: str = "target file"

    def line(self, table: str, key: str) -> int:
        """The line of an entry; that of its table where it has none; else 0.

        Args:
            table: As in `Section.name`: ``limits`` or ``users[1]``.
            key: Of the entry; empty for the table itself.
        """
        current, found, counts, inside = "", 0, dict[str, int](), False
        for number, line in enumerate(self.text.splitlines(), start=1):
            header = None if inside else _HEADER.match(line)
            entry = None if inside else _ENTRY.match(line)
            if header:
                name = header[2].replace('"', "")
                counts[name] = counts.get(name, -1) + 1
                current = f"{name}[{counts[name]}]" if header[1] == "[[" else name
                if current == table:
                    found = found or number
            elif entry and current == table and entry[1] == key:
                return number
            elif entry and not current and entry[1] == table:
                found = found or number
            if (line.count('"""') + line.count("'''")) % 2:
                inside = not inside
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A table of a target file.

    Attributes:
        source: The file's text.
        name: Dotted name of the table, such as ``users[1]``; empty for the top of the file.
        entries: What it holds.
    """

    source: Source
    name: str
    entries: Mapping[str, object]

    def error(self, key: str, message: str) -> ConfigurationError:
        """A refusal of one entry, or of the table where `key` is empty."""
        place = ".".join(part for part in (self.name, key) if part)
        return ConfigurationError(f"{self.place(key)}: {place}: {message}")

    def place(self, key: str) -> str:
        """Where an entry stands, or the table where `key` is empty: file and line."""
        place = ".".join(part for part in (self.name, key) if part)
        line = (
            self.source.line(self.name, key)
            or self.source.line(place, "")
            or self.source.line(f"{place}[0]", "")
        )
        return f"{self.source.file}:{line}" if line else self.source.file

    def check_keys(self, known: Iterable[str], needed: Iterable[str] = ()) -> None:
        """Refuses what is not known, and what is needed but missing."""
        names = tuple(known)
        for key in self.entries:
            if key not in names:
                raise self.error(key, f"unknown key; {suggestion(key, names)}")
        for key in needed:
            if key not in self.entries:
                raise self.error(key, f"missing: a {self.source.what} must give it")

    def text(self, key: str, default: str = "", *, hidden: bool = False) -> str:
        """A string; a `hidden` one is not shown in the refusal."""
        value = self.entries.get(key, default)
        if not isinstance(value, str):
            shown = "" if hidden else f", not {value!r}"
            raise self.error(key, f"must be a string in quotes{shown}")
        return value

    def number(self, key: str, default: float) -> float:
        """A finite number above 0."""
        value = self.entries.get(key, default)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(value)
            or value <= 0
        ):
            raise self.error(key, f"must be a number above 0, not {value!r}")
        return float(value)

    def whole(self, key: str, default: int) -> int:
        """A whole number above 0."""
        value = self.entries.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
            raise self.error(key, f"must be a whole number above 0, not {value!r}")
        return value

    def choice(self, key: str, values: type[E]) -> E:
        """A member of an enumeration."""
        value = self.text(key)
        if value not in list(values):
            raise self.error(key, f"must be one of {', '.join(values)}, not {value!r}")
        return values(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of different, non-empty strings; empty where it is absent."""
        value = self.entries.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise self.error(key, f'must be a list of strings such as ["form"], not {value!r}')
        if len(set(value)) < len(value):
            raise self.error(key, f"names an entry twice: {value!r}; once is right")
        return tuple(value)

    def section(self, key: str) -> "Section":
        """The table below this one; empty where it is absent."""
        value = self.entries.get(key, {})
        name = ".".join(part for part in (self.name, key) if part)
        if not isinstance(value, dict):
            raise self.error(key, f"must be a table, headed [{name}]")
        return Section(source=self.source, name=name, entries=value)

    def sections(self, key: str) -> tuple["Section", ...]:
        """The tables of an array of tables."""
        value = self.entries.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.error(key, f"must be tables, each headed [[{key}]]")
        return tuple(
            Section(source=self.source, name=f"{key}[{index}]", entries=entries)
            for index, entries in enumerate(value)
        )


def suggestion(word: str, known: Iterable[str]) -> str:
    """What was probably meant, or everything that is known."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1)
    return f"did you mean {close[0]}?" if close else f"known are {', '.join(names)}"


def read(path: Path, what: str = "target file") -> Section:
    """The top table of a file.

    Args:
        path: The file.
        what: What it should be, for messages.

    Raises:
        ConfigurationError: The file cannot be read, or is not TOML.
    """
    try:
        text = path.read_text(encoding="utf-8")
        entries = tomllib.loads(text)
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise ConfigurationError(f"{path}: no {what}: {reason}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: must be a TOML file in UTF-8: {error}") from None
    return Section(source=Source(file=str(path), text=text, what=what), name="", entries=entries)
