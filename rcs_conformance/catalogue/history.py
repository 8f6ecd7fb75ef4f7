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

from rcs_conformance.catalogue.records import (
    Change,
    Clause,
    Release,
    Requirement,
    ScrItem,
    suggestion,
)
from rcs_conformance.catalogue.requirements import Entry, toml
from rcs_conformance.errors import ConfigurationError

_RELEASE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3})+")
_SIZES = (Change.MINOR, Change.MAJOR)


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
    top = Entry(file, "top of the file", toml(file))
    top.check_keys(("revised", "release"), ("alteration",))
    revised = top.values["revised"]
    if type(revised) is not date:
        raise top.error(f"revised must be a date such as 2026-11-25, not {revised!r}")
    parts: dict[str, _Part] = {}
    sizes: dict[str, set[Change]] = {}
    for entry in top.entries("alteration"):
        requirement, size = _subject(entry, requirements)
        sizes.setdefault(requirement.id, set()).add(size)
        for clause, part in _parts(entry, requirement, size):
            if clause in parts:
                raise entry.error(f"{clause} has two changes: one is allowed")
            parts[clause] = part
    _check_sizes(file, requirements, sizes)
    return History(revised=revised, releases=_releases(top, frozenset(items)), parts=parts)


def _releases(top: Entry, items: frozenset[str]) -> tuple[Release, ...]:
    releases: list[Release] = []
    for unnamed in top.entries("release"):
        unnamed.check_keys(("id", "document"), ("features", "items"))
        entry = unnamed.named("release")
        if not _RELEASE.fullmatch(entry.text("id")):
            raise entry.error(f"id must look like 5.1, not {entry.text('id')!r}")
        for name in entry.texts("items"):
            if name not in items:
                raise entry.error(f"unknown SCR item {name!r}; {suggestion(name, sorted(items))}")
        releases.append(
            Release(
                id=entry.text("id"),
                document=entry.text("document"),
                features=frozenset(entry.texts("features")),
                items=frozenset(entry.texts("items")),
            )
        )
    numbers = [tuple(map(int, release.id.split("."))) for release in releases]
    if len(releases) < 2 or numbers != sorted(set(numbers)):
        raise top.error("release needs two or more entries, oldest first, each once")
    return tuple(releases)


def _subject(entry: Entry, requirements: Mapping[str, Requirement]) -> tuple[Requirement, Change]:
    """The requirement that an alteration is about, and its size."""
    entry.check_keys(("requirement", "size", "what"), ("adds", "alters"))
    name, size = entry.text("requirement"), entry.choice("size", Change)
    if name not in requirements:
        raise entry.error(f"unknown requirement {name!r}; {suggestion(name, requirements)}")
    if size not in (*_SIZES, Change.NEW):
        raise entry.error(f"size must be minor, major or new, not {size.value!r}")
    if requirements[name].change is Change.NEW:
        raise entry.error(f"{name} is new as a whole: it has no alterations")
    return requirements[name], size


def _parts(entry: Entry, requirement: Requirement, size: Change) -> Iterator[tuple[str, _Part]]:
    """What an alteration says of each clause that it names."""
    known = [clause.id for clause in requirement.clauses]
    named = [(name, key == "adds") for key in ("adds", "alters") for name in entry.texts(key)]
    if not named:
        raise entry.error("must name a clause that it adds or alters")
    for name, adds in named:
        if name not in known:
            raise entry.error(f"{requirement.id} has no clause {name!r}; {suggestion(name, known)}")
        yield name, _Part(size=size, what=entry.text("what"), adds=adds)


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
