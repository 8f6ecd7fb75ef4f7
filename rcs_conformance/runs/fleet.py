"""`fleet.toml`: which targets are tested with one command, and how."""

import re
from dataclasses import dataclass
from pathlib import Path

from rcs_conformance.configuration import Filled, Place, read, structured

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_RIGHT_NAME = "1 to 64 letters, digits, dots, underscores and hyphens, the first a letter or digit"


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetTarget:
    """One of `[[targets]]`.

    Attributes:
        name: Of its output folder; once in a fleet.
        target: Target file, relative to the fleet file; empty: the reference server.
        arguments: More arguments of `run` for this target.
    """

    name: Filled
    target: str = ""
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetSettings:
    """The table `[fleet]`.

    Attributes:
        parallel: How many targets are tested at a time.
        deadline: Seconds after which the run of a target is ended.
        arguments: Arguments of `run` for each target.
    """

    parallel: int = 1
    deadline: float = 3600.0
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """Several targets that are tested with one command."""

    fleet: FleetSettings = FleetSettings()
    targets: tuple[FleetTarget, ...]


def load_fleet(file: Path) -> tuple[Fleet, Place]:
    """The fleet of a file, and its place for messages.

    Raises:
        ConfigurationError: The file cannot be read, or a key or value is wrong; the message names
            the line.
    """
    place, tables = read(file, "fleet file")
    fleet = structured(tables, Fleet, place)
    if not fleet.targets:
        raise place.error("must have [[targets]], each with a name and a target file")
    names: set[str] = set()
    for number, each in enumerate(fleet.targets):
        here = place.at("targets", number)
        if not _NAME.fullmatch(each.name):
            raise here.at("name").error(f"must be {_RIGHT_NAME}")
        if each.name.lower() in names:
            raise here.at("name").error(f"{each.name} is in the fleet twice: rename one of the two")
        names.add(each.name.lower())
    return fleet, place
