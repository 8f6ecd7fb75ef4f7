"""Reads `releases.toml`: what each release of RCS has, and what it changes, clause by clause.

The change of a requirement is that of the whole; a changed requirement has clauses that are new,
clauses that are worded otherwise, and clauses that are what they were. Only the first do not
apply to a server of the release before.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

from rcs_conformance.catalogue.records import (
    Change,
    Clause,
    Release,
    Requirement,
    ScrItem,
    suggestion,
)
from rcs_conformance.configuration import Filled, Form, Place, read, shown, structured
from rcs_conformance.errors import ConfigurationError

_RELEASE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3})+")
_SIZES = (Change.MINOR, Change.MAJOR)


def _release_fault(value: str) -> str:
    return "" if _RELEASE.fullmatch(value) else f"must look like 5.1, not {shown(value)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReleaseTable:
    id: Annotated[str, Form(_release_fault)]
    document: Filled
    features: tuple[Filled, ...] = ()
    items: tuple[Filled, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _AlterationTable:
    requirement: Filled
    size: Change
    what: Filled
    adds: tuple[Filled, ...] = ()
    alters: tuple[Filled, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReleasesFile:
    revised: date
    release: tuple[_ReleaseTable, ...]
    alteration: tuple[_AlterationTable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """What an alteration says of one clause."""

    size: Change
    what: str
    adds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """The releases, and what the last of them changes.

    Attributes:
        revised: When the catalogue was last changed.
        releases: Oldest first, two at least.
        parts: What is said of clauses, by their ids.
    """

    revised: date
    releases: tuple[Release, ...]
    parts: Mapping[str, _Part]

    def requirement(self, requirement: Requirement) -> Requirement:
        """The requirement, its clauses with their change and their first release."""
        clauses = tuple(self._clause(clause, requirement) for clause in requirement.clauses)
        return replace(requirement, clauses=clauses)

    def items(self, items: Mapping[str, ScrItem]) -> Mapping[str, ScrItem]:
        """The items with their first release: that which adds them or what they require."""
        baseline = self.releases[0].id
        since = dict.fromkeys(items, baseline)
        for release in self.releases[1:]:
            later = set(release.items)
            while more := {
                name
                for name, item in items.items()
                if name not in later
                and item.requires
                and not item.requires.holds(items.keys() - later)
            }:
                later |= more
            since |= dict.fromkeys(later, release.id)
        return {name: replace(item, since=since[name]) for name, item in items.items()}

    def _clause(self, clause: Clause, requirement: Requirement) -> Clause:
        baseline, latest = self.releases[0].id, self.releases[-1].id
        if requirement.change is Change.NEW:
            return replace(clause, change=Change.NEW, since=latest, what=f"{requirement.title}.")
        part = self.parts.get(clause.id)
        if part is None:
            return replace(clause, since=baseline)
        since = latest if part.adds else baseline
        return replace(clause, change=part.size, since=since, what=part.what)


def read_history(
    file: Path, requirements: Mapping[str, Requirement], items: Iterable[str]
) -> History:
    """The releases and what the last of them changes.

    Args:
        file: `releases.toml`.
        requirements: All requirements by id, as `requirements.toml` has them.
        items: Ids of all SCR items.

    Raises:
        ConfigurationError: The file is unreadable or wrong, or does not fit the requirements; one
            line with file and entry.
    """
    top, tables = read(file, "catalogue file")
    found = structured(tables, _ReleasesFile, top)
    parts: dict[str, _Part] = {}
    sizes: dict[str, set[Change]] = {}
    for number, table in enumerate(found.alteration):
        place = top.at("alteration", number)
        requirement = _subject(table, requirements, place)
        sizes.setdefault(requirement.id, set()).add(table.size)
        for clause, part in _parts(table, requirement, place):
            if clause in parts:
                raise place.error(f"{clause} has two changes: one is allowed")
            parts[clause] = part
    _check_sizes(file, requirements, sizes)
    releases = _releases(found.release, frozenset(items), top.at("release"))
    return History(revised=found.revised, releases=releases, parts=parts)


def _releases(
    tables: tuple[_ReleaseTable, ...], items: frozenset[str], place: Place
) -> tuple[Release, ...]:
    for number, table in enumerate(tables):
        for index, name in enumerate(table.items):
            if name not in items:
                fault = f"unknown SCR item {name!r}; {suggestion(name, sorted(items))}"
                raise place.at(number, "items", index).error(fault)
    numbers = [tuple(map(int, table.id.split("."))) for table in tables]
    if len(tables) < 2 or numbers != sorted(set(numbers)):
        raise place.error("needs two or more entries, oldest first, each once")
    return tuple(
        Release(
            id=table.id,
            document=table.document,
            features=frozenset(table.features),
            items=frozenset(table.items),
        )
        for table in tables
    )


def _subject(
    table: _AlterationTable, requirements: Mapping[str, Requirement], place: Place
) -> Requirement:
    """The requirement that an alteration is about."""
    name = table.requirement
    if name not in requirements:
        fault = f"unknown requirement {name!r}; {suggestion(name, requirements)}"
        raise place.at("requirement").error(fault)
    if table.size not in (*_SIZES, Change.NEW):
        raise place.at("size").error(f"must be minor, major or new, not {table.size.value!r}")
    if requirements[name].change is Change.NEW:
        raise place.at("requirement").error(f"{name} is new as a whole: it has no alterations")
    return requirements[name]


def _parts(
    table: _AlterationTable, requirement: Requirement, place: Place
) -> Iterator[tuple[str, _Part]]:
    """What an alteration says of each clause that it names."""
    known = [clause.id for clause in requirement.clauses]
    if not table.adds and not table.alters:
        raise place.error("must name a clause that it adds or alters")
    for key, names in (("adds", table.adds), ("alters", table.alters)):
        for index, name in enumerate(names):
            if name not in known:
                fault = f"{requirement.id} has no clause {name!r}; {suggestion(name, known)}"
                raise place.at(key, index).error(fault)
            yield name, _Part(size=table.size, what=table.what, adds=key == "adds")


def _check_sizes(
    file: Path, requirements: Mapping[str, Requirement], sizes: Mapping[str, set[Change]]
) -> None:
    """Refuses a change of a requirement that is not the largest of its alterations."""
    for name, requirement in requirements.items():
        found = sizes.get(name, set()) & set(_SIZES)
        largest = max(found, key=_SIZES.index, default=Change.UNCHANGED)
        if requirement.change in (*_SIZES, Change.UNCHANGED) and largest != requirement.change:
            raise ConfigurationError(
                f"{file}: {name}: its largest alteration is {largest.value}, but"
                f" its change in requirements.toml is {requirement.change.value}"
            )
