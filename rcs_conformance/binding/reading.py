"""Typed access to the tables of a binding file; each refusal names file, line and key."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from rcs_conformance.binding.lines import line_of, lines_of
from rcs_conformance.errors import ConfigurationError

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of a binding file.

    Attributes:
        file: The file's name for messages.
        lines: Where everything in the file stands.
        name: Dotted name of the table; empty for the top of the file.
        entries: What it holds.
    """

    file: str
    lines: Mapping[str, int]
    name: str
    entries: Mapping[str, object]

    def error(self, key: str, message: str) -> ConfigurationError:
        """A refusal of one entry, or of the table where `key` is empty."""
        place = ".".join(part for part in (self.name, key) if part)
        return ConfigurationError(f"{self.file}:{line_of(self.lines, place)}: {place}: {message}")

    def check_keys(self, known: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Refuses what is neither known nor optional, and what is known but missing."""
        needed, names = tuple(known), (*known, *optional)
        for key in self.entries:
            if key not in names:
                raise self.error(key, f"unknown key; {suggestion(key, names)}")
        for key in needed:
            if key not in self.entries:
                raise self.error(key, "missing: a binding file must give it")

    def text(self, key: str) -> str:
        """A string."""
        value = self.entries[key]
        if not isinstance(value, str):
            raise self.error(key, f"must be a string in quotes, not {value!r}")
        return value

    def flag(self, key: str) -> bool:
        """A boolean."""
        value = self.entries[key]
        if not isinstance(value, bool):
            raise self.error(key, f"must be true or false, not {value!r}")
        return value

    def choice(self, key: str, values: type[E]) -> E:
        """A member of an enumeration."""
        value = self.text(key)
        if value not in list(values):
            raise self.error(key, f"must be one of {', '.join(values)}, not {value!r}")
        return values(value)

    def choices(self, key: str, values: type[E]) -> tuple[E, ...]:
        """A list of different members of an enumeration; not empty."""
        names = self.texts(key)
        for name in names:
            if name not in list(values):
                raise self.error(key, f"must be of {', '.join(values)}, not {name!r}")
        return tuple(values(name) for name in names)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of different, non-empty strings; not empty itself."""
        value = self.entries[key]
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            raise self.error(key, f'must be a list of strings such as ["ft"], not {value!r}')
        if not value or len(set(value)) < len(value):
            raise self.error(key, f"must hold at least one entry and none twice, not {value!r}")
        return tuple(value)

    def codes(self, key: str) -> tuple[int, ...]:
        """A list of success codes, 200 to 299."""
        value = self.entries[key]
        if (
            not isinstance(value, list)
            or not value
            or not all(type(one) is int and 200 <= one <= 299 for one in value)
        ):
            raise self.error(key, f"must be a list of 2xx codes such as [201], not {value!r}")
        return tuple(value)

    def table(self, key: str) -> "Table":
        """A table below this one."""
        value = self.entries[key]
        name = ".".join(part for part in (self.name, key) if part)
        if not isinstance(value, dict):
            raise self.error(key, f"must be a table [{name}], not {value!r}")
        return Table(file=self.file, lines=self.lines, name=name, entries=value)


def suggestion(word: str, known: Iterable[str]) -> str:
    """What was probably meant, or everything that is known."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1)
    return f"did you mean {close[0]}?" if close else f"known are {', '.join(names)}"


def read(path: Path) -> Table:
    """The top table of a file.

    Raises:
        ConfigurationError: The file cannot be read, or is not TOML.
    """
    try:
        text = path.read_text(encoding="utf-8")
        entries = tomllib.loads(text)
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise ConfigurationError(f"{path}: no binding file: {reason}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: must be a TOML file in UTF-8: {error}") from error
    return Table(file=str(path), lines=lines_of(text), name="", entries=entries)
