"""What `doctor` finds."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How something is."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        level: How it is.
        about: Which part: file, claim, server, user, listener, trigger.
        text: What is so, and where.
        right: What would be right; empty where nothing is to be done.
    """

    level: Level
    about: str
    text: str
    right: str = ""


def ok(about: str, text: str) -> Finding:
    """Something that is right."""
    return Finding(level=Level.OK, about=about, text=text)


def warning(about: str, text: str, right: str = "") -> Finding:
    """Something that lets a run begin, and keeps it from verifying all."""
    return Finding(level=Level.WARNING, about=about, text=text, right=right)


def wrong(about: str, text: str, right: str = "") -> Finding:
    """Something that keeps a run from beginning, or from coming to anything."""
    return Finding(level=Level.WRONG, about=about, text=text, right=right)
