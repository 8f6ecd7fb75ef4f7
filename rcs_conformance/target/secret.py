"""A secret that does not show itself, and where its value comes from."""

import base64
import os
import re
import signal
import subprocess
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from rcs_conformance.errors import ConfigurationError

_TOKEN = re.compile(r"[\x21-\x7e]+")
_PASSWORD = re.compile(r"[^\x00-\x1f\x7f]+")
_KINDS = ("env", "file", "command")


class Secret:
    """A value that only `reveal` gives: never `repr`, `str`, formatting or a copy.

    A pickle carries it encoded, so that it stands in no dump in plain text.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself, for authentication and redaction, and for nothing else."""
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


class Shape(StrEnum):
    """What a secret is, which decides the characters that it may have."""

    TOKEN = "token"  # noqa: S105 - a word, no secret
    PASSWORD = "password"  # noqa: S105 - a word, no secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Where secrets are looked up.

    Attributes:
        environment: The environment variables.
        folder: Of the target file: files are relative to it, and commands run there.
        seconds: How long a command may take.
    """

    environment: Mapping[str, str]
    folder: Path
    seconds: float = 10.0


def secret_from(source: object, around: Surroundings, shape: Shape = Shape.TOKEN) -> Secret:
    """The secret that a setting names.

    Args:
        source: ``env:NAME``, ``file:PATH`` or ``command:COMMAND``, a table that gives one of the
            three by its key, or the value itself. White space around the content of a file and
            the output of a command is removed.
        around: Where they are looked up.
        shape: What the secret is.

    Raises:
        ConfigurationError: It names no secret, or the value is not valid. The message never
            contains the value, and no place: the caller adds that.
    """
    kind, name = _named(source)
    match kind:
        case "env":
            value, origin = _variable(name, around.environment), f"environment variable {name}"
        case "file":
            value, origin = _content(around.folder / name, shape), f"file {name}"
        case "command":
            value, origin = _output(name, around, shape), "what its command prints"
        case _:
            value, origin = name, f"the {shape}"
    if shape is Shape.TOKEN and not _TOKEN.fullmatch(value):
        raise ConfigurationError(f"{origin} must be visible ASCII characters, at least one")
    if not _PASSWORD.fullmatch(value):
        raise ConfigurationError(
            f"{origin} must be at least one character, without control characters"
        )
    return Secret(value)


def _named(source: object) -> tuple[str, str]:
    """The kind of a source, empty for the value itself, and what it names."""
    if isinstance(source, str):
        kind, separator, name = source.partition(":")
        if not separator or kind not in _KINDS:
            return "", source
        source = {kind: name}
    if not isinstance(source, dict):
        raise ConfigurationError("must be a string in quotes, or a table with env, file or command")
    if len(source) != 1 or not set(source) <= set(_KINDS):
        given = ", ".join(map(str, source)) or "none"
        raise ConfigurationError(f"must give exactly one of env, file and command, not {given}")
    ((kind, name),) = source.items()
    if not isinstance(name, str) or not name.strip() or "\0" in name:
        raise ConfigurationError(f"{kind} must be a string in quotes, not empty and without NUL")
    return kind, name


def _variable(name: str, environment: Mapping[str, str]) -> str:
    if name not in environment:
        raise ConfigurationError(f"environment variable {name!r} is not set: export it first")
    return environment[name]


def _content(path: Path, shape: Shape) -> str:
    try:
        content = path.read_text(encoding="utf-8").strip()
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise ConfigurationError(f"{shape} file {path}: {reason}: name a readable file") from error
    except UnicodeDecodeError:
        raise ConfigurationError(f"{shape} file {path} must be text in UTF-8") from None
    if not content:
        raise ConfigurationError(f"{shape} file {path} is empty: it must contain the {shape}")
    return content


def _output(command: str, around: Surroundings, shape: Shape) -> str:
    """What a command prints; an error shows neither the command nor its output."""
    with subprocess.Popen(  # noqa: S603 - the command is the tester's own
        ["/bin/sh", "-c", command],
        cwd=around.folder,
        env=dict(around.environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            printed, _ = process.communicate(timeout=around.seconds)
        except subprocess.TimeoutExpired:
            _end_all(process)
            reason = f"the command for the {shape} takes longer than {around.seconds:g} s"
            raise ConfigurationError(f"{reason} ([limits] deadline)") from None
    if process.returncode:
        reason = f"the command for the {shape} fails with exit code {process.returncode}"
        raise ConfigurationError(f"{reason}: try it in a shell")
    try:
        value = printed.decode("utf-8").strip()
    except UnicodeDecodeError:
        raise ConfigurationError(f"the command for the {shape} must print UTF-8") from None
    if not value:
        raise ConfigurationError(
            f"the command for the {shape} prints nothing: it must print the {shape}"
        )
    return value


def _end_all(process: "subprocess.Popen[bytes]") -> None:
    """End a command and all that it started, so that none keeps its output open."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
