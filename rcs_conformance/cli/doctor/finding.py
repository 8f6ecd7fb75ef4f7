"""A finding of `doctor`."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was checked.

    Attributes:
        level: How bad it is.
        about: Which part: file, claim, server, user, listener, trigger.
        text: The observation, and where.
        right: What would be right; empty if nothing is to be done.
    """

    level: Level
    about: str
    text: str
    right: str = ""


def ok(about: str, text: str) -> Finding:
    """Nothing to do."""
    return Finding(level=Level.OK, about=about, text=text)


def warning(about: str, text: str, right: str = "") -> Finding:
    """A run can start, but leaves something untested."""
    return Finding(level=Level.WARNING, about=about, text=text, right=right)


def wrong(about: str, text: str, right: str = "") -> Finding:
    """A run cannot start, or finds nothing out."""
    return Finding(level=Level.WRONG, about=about, text=text, right=right)
