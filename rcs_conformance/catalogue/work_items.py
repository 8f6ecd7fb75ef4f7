"""How standard work items could take up the changes: the three options of the source document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rcs_conformance.catalogue.records import Change, Clause


class WorkItem(StrEnum):
    """Where a change is worked on."""

    EXISTING = "existing"
    """The work item that the API has."""
    NEW = "new"
    """One that would be set up for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A way of dividing the changes.

    Attributes:
        number: In the source document.
        title: In a sentence.
        places: The work item of each kind of change. New functionality is the largest of all.
    """

    number: int
    title: str
    places: Mapping[Change, WorkItem]

    def place(self, clause: Clause) -> WorkItem | None:
        """Where the change of a clause is worked on; `None` for one that is unchanged."""
        return self.places.get(clause.change)


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """What an option makes of clauses: their ids by work item, and those that are unchanged."""

    option: Option
    existing: tuple[str, ...]
    new: tuple[str, ...]
    unchanged: tuple[str, ...]


def _places(minor: WorkItem, major: WorkItem) -> Mapping[Change, WorkItem]:
    return {Change.MINOR: minor, Change.MAJOR: major, Change.NEW: major}


OPTIONS = (
    Option(
        number=1,
        title="Minor changes to the existing work item, major ones to a new one",
        places=_places(WorkItem.EXISTING, WorkItem.NEW),
    ),
    Option(
        number=2,
        title="All changes to a new work item",
        places=_places(WorkItem.NEW, WorkItem.NEW),
    ),
    Option(
        number=3,
        title="All changes to the existing work item",
        places=_places(WorkItem.EXISTING, WorkItem.EXISTING),
    ),
)
"""The options, by number."""


def divisions(clauses: Iterable[Clause]) -> tuple[Division, ...]:
    """What each option makes of the clauses, in their order."""
    given = tuple(clauses)
    return tuple(_division(option, given) for option in OPTIONS)


def _division(option: Option, clauses: tuple[Clause, ...]) -> Division:
    by_place: dict[WorkItem | None, list[str]] = {}
    for clause in clauses:
        by_place.setdefault(option.place(clause), []).append(clause.id)
    return Division(
        option=option,
        existing=tuple(by_place.get(WorkItem.EXISTING, ())),
        new=tuple(by_place.get(WorkItem.NEW, ())),
        unchanged=tuple(by_place.get(None, ())),
    )
