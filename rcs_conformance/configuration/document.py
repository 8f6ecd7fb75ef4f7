"""Opens a TOML file of the tester, and names places in it."""

import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path

from rcs_conformance.configuration.lines import KeyPath, line_of
from rcs_conformance.configuration.wording import spelled
from rcs_conformance.errors import ConfigurationError

LARGEST_FILE = 1024 * 1024
"""Bytes of the largest file that is read; a target file has about 4,000."""

_TWICE = "this key or table is in the file twice, or as [ ] and as [[ ]]: keep one"
_UNCLOSED = "a string is not closed: add its closing quote"
_HINTS = {
    "Cannot": _TWICE,
    "Duplicate": _TWICE,
    "Invalid value": "the value is missing or invalid; strings need quotes",
    "Invalid statement": "must be KEY = VALUE or [TABLE]",
    "Illegal character '\\n'": _UNCLOSED,
    "Found invalid character '\\n'": _UNCLOSED,
}
"""What `tomllib` says, by its first words, in words for the tester."""

_WHERE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry of a file, or the whole file; for messages.

    Attributes:
        file: The name of the file.
        text: What it holds.
        path: Keys and indices from the top of the file to the entry.
    """

    file: str
    text: str = field(repr=False)
    path: KeyPath = ()

    def at(self, *path: str | int) -> "Place":
        """An entry below this one."""
        return replace(self, path=(*self.path, *path))

    @property
    def line(self) -> int:
        """Where it stands: line 1 is the first; a missing entry has the line of its table."""
        return line_of(self.text, self.path)

    def __str__(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"

    def error(self, message: str) -> ConfigurationError:
        """The error for this place: file, line, key, then the message."""
        key = f"{spelled(self.path)}: " if self.path else ""
        return ConfigurationError(f"{self}: {key}{message}")


def read(path: Path, what: str) -> tuple[Place, dict[str, object]]:
    """A file as a place, and its tables.

    Args:
        path: The file.
        what: What it should be, for messages, such as ``target file``.

    Raises:
        ConfigurationError: The file cannot be read, or is not TOML.
    """
    text = _text(path, what)
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(_decode_message(path, text, str(error))) from None
    except (ValueError, RecursionError):
        reason = "a number is too long, or lists are nested too deep"
        raise ConfigurationError(f"{path}: cannot read the {what}: {reason}") from None
    return Place(file=str(path), text=text), tables


def _text(path: Path, what: str) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise ConfigurationError(
            f"{path}: cannot read the {what}: {reason}; give the path of a TOML file"
        ) from None
    except ValueError:
        raise ConfigurationError(
            f"{str(path)!r}: cannot read the {what}: not the name of a file"
        ) from None
    if len(content) > LARGEST_FILE:
        limit = LARGEST_FILE // 1024 // 1024
        raise ConfigurationError(
            f"{path}: cannot read the {what}: larger than {limit} MiB; a {what} is much smaller"
        )
    if content.startswith(b"\xef\xbb\xbf"):
        raise ConfigurationError(
            f"{path}:1: begins with a byte order mark: save the file as UTF-8 without one"
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigurationError(f"{path}:{line}: not UTF-8: save the file as UTF-8") from None


def _decode_message(path: Path, text: str, reason: str) -> str:
    """What `tomllib` says, with its place in front."""
    found = _WHERE.search(reason)
    said = reason[: found.start()] if found else reason
    right = next((hint for start, hint in _HINTS.items() if said.startswith(start)), said)
    if found and found[1]:
        return f"{path}:{found[1]}: invalid TOML: {right} (column {found[2]})"
    return f"{path}:{len(text.splitlines()) or 1}: invalid TOML: {right} (end of the file)"
