"""How a dialect words bodies: its names, where members stand, and how their values are written.

Requests, responses and notifications may differ, so that a binding has a wording for each.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Direction(StrEnum):
    """What a body is part of; the names of the tables that hold for it alone."""

    REQUESTS = "requests"
    RESPONSES = "responses"
    NOTIFICATIONS = "notifications"


class TimeFormat(StrEnum):
    """How a time is written."""

    DATE_TIME = "dateTime"
    SECONDS = "seconds"
    """Whole seconds since 1970, as a number."""
    MILLISECONDS = "milliseconds"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """What a dialect does otherwise than by another name; each by canonical names.

    Attributes:
        values: Values of enumerations, each with its spelling.
        booleans: Members with values of their own: for true, for false.
        times: Members that are times, each with its format.
        places: Members that stand within a neighbour, each with that neighbour and its name there,
            both as on the wire, such as ``("chatMessage", "senderAddress")``.
        absent: By structure, members that are left out where they have the value given here.
        message_id: The form of message ids, a regular expression; empty: that of the default
            binding.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    booleans: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    times: Mapping[str, TimeFormat] = field(default_factory=dict)
    places: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    absent: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    message_id: str = ""

    def __bool__(self) -> bool:
        """Whether bodies are to be rewritten; the form of message ids is the schemas' business."""
        return bool(self.values or self.booleans or self.times or self.places or self.absent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How bodies of one direction are worded.

    Attributes:
        names: Canonical root and member names to their spelling on the wire, where they differ.
        forms: What else differs.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    forms: Forms = field(default_factory=Forms)


@dataclass(frozen=True, slots=True, kw_only=True)
class CanonicalNames:
    """What the tables of a wording can name, for checking them.

    Attributes:
        side_by_side: The roots, and the members of each structure: names of one set must differ on
            the wire.
        within: The members of the structure that each member holds, if it holds one.
        values: The values of each enumeration.
        booleans: Members that are true or false.
        times: Members that are times.
    """

    side_by_side: tuple[frozenset[str], ...]
    within: Mapping[str, frozenset[str]] = field(default_factory=dict)
    values: tuple[frozenset[str], ...] = ()
    booleans: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
