"""Values of arguments; a wrong one says what would be right."""

from argparse import ArgumentTypeError

from rcs_conformance.model.formats import Format
from rcs_conformance.runs.shards import shard_of
from rcs_conformance.target import modes_of

_HIGHEST_PORT = 65535
_MOST_REPETITIONS = 100
_LONGEST_WAIT = 86_400


def workers(text: str) -> str:
    """A number of processes, or `auto`."""
    if text != "auto" and not _is_number(text):
        raise ArgumentTypeError(f"{text!r} is not a number of processes; give a number or auto")
    return text


def parallel_runs(text: str) -> int | None:
    """A number of runs; `None` for `auto`."""
    if text == "auto":
        return None
    if not (_is_number(text) and int(text) > 0):
        raise ArgumentTypeError(f"{text!r} is not a number of runs; give a number or auto")
    return int(text)


def mutations(text: str) -> int:
    """A number of mutations."""
    if not _is_number(text):
        raise ArgumentTypeError(f"{text!r} is not a number of mutations")
    return int(text)


def repetitions(text: str) -> int:
    """A number of repetitions."""
    if not (_is_number(text) and int(text) <= _MOST_REPETITIONS):
        raise ArgumentTypeError(
            f"{text!r} is not a number of repetitions; give 0 to {_MOST_REPETITIONS}"
        )
    return int(text)


def port(text: str) -> int:
    """A TCP port; 0 for a free one."""
    if not (_is_number(text) and int(text) <= _HIGHEST_PORT):
        raise ArgumentTypeError(f"{text!r} is not a port; give 0 to {_HIGHEST_PORT}")
    return int(text)


def seconds(text: str) -> float:
    """A time to wait, in whole seconds."""
    if not (_is_number(text) and 0 < int(text) <= _LONGEST_WAIT):
        raise ArgumentTypeError(f"{text!r} is not a number of seconds; give 1 to {_LONGEST_WAIT}")
    return float(text)


def milliseconds(text: str) -> float:
    """A delay, in whole milliseconds."""
    if not _is_number(text):
        raise ArgumentTypeError(f"{text!r} is not a number of milliseconds; give digits only")
    return float(text)


def formats(text: str) -> tuple[Format, ...]:
    """Formats with commas between."""
    names = text.split(",")
    if len(set(names)) < len(names) or not set(names) <= set(Format):
        raise ArgumentTypeError(f"{text!r} is not a list of formats; give xml, json or xml,json")
    return tuple(Format(name) for name in names)


def shard(text: str) -> str:
    """A part of the tests, as `NUMBER/COUNT`."""
    try:
        return str(shard_of(text))
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def modes(text: str) -> str:
    """Ways of notification; a run takes them as they are written."""
    try:
        modes_of(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r}: {error}") from None
    return text


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
