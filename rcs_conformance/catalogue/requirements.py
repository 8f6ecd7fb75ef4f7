"""Reads `requirements.toml`."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from rcs_conformance.catalogue.expressions import Condition, ExpressionError
from rcs_conformance.catalogue.records import Change, Clause, Level, Requirement, suggestion
from rcs_conformance.errors import ConfigurationError

E = TypeVar("E", bound=StrEnum)

_ID = re.compile(r"[A-Z][A-Za-z0-9]*(-[A-Za-z0-9.]+)+")
_NUMBER = re.compile(r"[1-9][0-9]*")


class Entry:
    """A table of the file, with its name for messages: ``requirement UNI-CHT-001``."""

    def __init__(self, file: Path, name: str, values: object) -> None:
        self.file = file
        self.name = name
        if not isinstance(values, dict):
            raise self.error(f"must be a table, not {values!r}")
        self.values: Mapping[str, object] = values

    def error(self, message: str) -> ConfigurationError:
        """A refusal of this entry."""
        return ConfigurationError(f"{self.file}: {self.name}: {message}")

    def named(self, kind: str) -> "Entry":
        """The same entry, named by its id."""
        return Entry(self.file, f"{kind} {self.text('id')}", self.values)

    def check_keys(self, needed: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Refuses unknown and missing keys."""
        needed, known = tuple(needed), (*needed, *optional)
        for key in self.values:
            if key not in known:
                raise self.error(f"unknown key {key!r}; {suggestion(key, known)}")
        for key in needed:
            if key not in self.values:
                raise self.error(f"required key {key} is missing")

    def text(self, key: str) -> str:
        """A string that is not empty."""
        value = self.values.get(key)
        if not isinstance(value, str) or not value:
            raise self.error(f"{key} must be a non-empty string, not {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; empty where it is absent."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.error(f"{key} must be a list of strings, not {value!r}")
        return tuple(value)

    def choice(self, key: str, values: type[E]) -> E:
        """A member of an enumeration."""
        value = self.text(key)
        if value not in list(values):
            raise self.error(f"{key} must be one of {', '.join(values)}, not {value!r}")
        return values(value)

    def entries(self, key: str) -> Iterator["Entry"]:
        """The tables of a list, each named by its place."""
        values = self.values.get(key, [])
        if not isinstance(values, list):
            raise self.error(f"{key} must be a list of tables, not {values!r}")
        for number, value in enumerate(values, start=1):
            place = f"{key} {number}" if not self.name else f"{self.name}: {key} {number}"
            yield Entry(self.file, place, value)


def read_requirements(
    file: Path,
) -> tuple[str, tuple[str, ...], Mapping[str, Requirement]]:
    """The source's name, the ids that it skips, and all requirements by id.

    Raises:
        ConfigurationError: The file is unreadable or wrong; one line with file and entry.
    """
    top = Entry(file, "top of the file", toml(file))
    top.check_keys(("source", "requirement"), ("not_in_source",))
    skipped = top.texts("not_in_source")
    requirements: dict[str, Requirement] = {}
    taken: set[str] = set()
    for entry in top.entries("requirement"):
        requirement = _requirement(entry)
        if requirement.id in skipped:
            raise entry.error(f"{requirement.id} is listed in not_in_source: remove one of the two")
        for one in (requirement.id, *(clause.id for clause in requirement.clauses)):
            if one in taken:
                raise entry.error(f"{one} is defined twice: each id must be used once")
            taken.add(one)
        requirements[requirement.id] = requirement
    return top.text("source"), skipped, requirements


def toml(file: Path) -> dict[str, object]:
    """What a TOML file of the catalogue holds.

    Raises:
        ConfigurationError: It cannot be read.
    """
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise ConfigurationError(f"{file}: cannot read the catalogue file: {reason}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{file}: must be a TOML file in UTF-8: {error}") from error


def _requirement(unnamed: Entry) -> Requirement:
    unnamed.check_keys(("id", "title", "section", "change"), ("parameters", "clause"))
    entry = unnamed.named("requirement")
    own_id = entry.text("id")
    if not _ID.fullmatch(own_id):
        raise entry.error(f"id must look like UNI-CHT-002b, not {own_id!r}")
    change = entry.choice("change", Change)
    clauses = tuple(_clause(own_id, clause) for clause in entry.entries("clause"))
    if change is Change.VOID and clauses:
        raise entry.error("a void requirement must have no clauses")
    if change is not Change.VOID and not clauses:
        raise entry.error("must have at least one clause, or be void")
    return Requirement(
        id=own_id,
        title=entry.text("title"),
        section=entry.text("section"),
        change=change,
        parameters=entry.texts("parameters"),
        clauses=clauses,
    )


def _clause(requirement: str, unnamed: Entry) -> Clause:
    unnamed.check_keys(("id", "level", "text"), ("when",))
    entry = unnamed.named("clause")
    own_id = entry.text("id")
    if not own_id.startswith(f"{requirement}.") or not _NUMBER.fullmatch(
        own_id.removeprefix(f"{requirement}.")
    ):
        raise entry.error(f"does not belong to {requirement}: its id must be {requirement}.NUMBER")
    try:
        when = Condition.parse(entry.text("when")) if "when" in entry.values else None
    except ExpressionError as error:
        raise entry.error(f"when {error}") from None
    return Clause(
        id=own_id,
        level=entry.choice("level", Level),
        text=entry.text("text"),
        when=when,
        requirement=requirement,
    )
