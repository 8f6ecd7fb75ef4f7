"""A secret that does not show itself, and where its value comes from."""

import base64
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from rcs_conformance.errors import ConfigurationError

_TOKEN = re.compile(r"[\x21-\x7e]+")


class Secret:
    """A token whose value only `reveal` gives: never `repr`, `str`, formatting or a copy.

    A pickle carries it encoded, so that it stands in no dump in plain text.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself, for the `Authorization` header and for nothing else."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(hidden)"

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._value == other._value

    def __hash__(self) -> int:
        return hash((Secret, self._value))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> tuple[Callable[[bytes], "Secret"], tuple[bytes]]:
        return _decoded, (base64.b64encode(self._value.encode()),)


def _decoded(value: bytes) -> Secret:
    return Secret(base64.b64decode(value).decode())


def secret_from(source: str, *, environment: Mapping[str, str], folder: Path) -> Secret:
    """The secret that a setting names.

    Args:
        source: ``env:NAME``, ``file:PATH`` (relative to `folder`; white space around the content
            does not count), or the value itself.
        environment: The environment variables.
        folder: Of the target file.

    Raises:
        ConfigurationError: There is no such variable or file, or the value cannot stand in a
            header. The message never holds the value, and no place: the caller adds that.
    """
    kind, separator, name = source.partition(":")
    if kind == "env" and separator:
        value, origin = _variable(name, environment), f"environment variable {name}"
    elif kind == "file" and separator:
        value, origin = _content(folder / name), f"file {name}"
    else:
        value, origin = source, "the token"
    if not _TOKEN.fullmatch(value):
        raise ConfigurationError(f"{origin} must hold visible ASCII characters only, at least one")
    return Secret(value)


def _variable(name: str, environment: Mapping[str, str]) -> str:
    if name not in environment:
        raise ConfigurationError(f"environment variable {name!r} is not set: export it first")
    return environment[name]


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise ConfigurationError(f"token file {path}: {reason}: name a readable file") from error
    except UnicodeDecodeError:
        raise ConfigurationError(f"token file {path} must be text in UTF-8") from None
