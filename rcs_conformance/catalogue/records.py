"""The records of the catalogue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

from rcs_conformance.catalogue.expressions import Condition, ItemExpression
from rcs_conformance.errors import ConfigurationError


class Level(StrEnum):
    """How binding a clause is."""

    SHALL = "shall"
    """The requirement demands it."""
    OPTIONAL = "optional"
    """The server may leave it out; tested where the ICS declares it."""
    POLICY = "policy"
    """Either outcome conforms when it is signalled consistently."""
    DERIVED = "derived"
    """Follows from HTTP or the OMA common definitions."""


class Change(StrEnum):
    """What V 2.3.1 changes against V 2.1."""

    UNCHANGED = "unchanged"
    MINOR = "minor"
    MAJOR = "major"
    NEW = "new"
    VOID = "void"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """The part of a requirement that is tested by itself.

    Attributes:
        id: Of the clause, such as ``UNI-CHT-002b.4``.
        level: How binding it is.
        text: What it demands, in a sentence.
        when: Features under which it applies; `None`: always.
        requirement: Id of the requirement that it belongs to.
        change: What the last release changes about it; never void.
        since: The first release that has it; empty in a catalogue without releases.
        what: The change in a sentence; empty where there is none.
        note: What a reader of the source should know; empty for none.
        revised: When the clause last came to demand something else; `None`: never since the first.
    """

    id: str
    level: Level
    text: str
    when: Condition | None
    requirement: str
    change: Change = Change.UNCHANGED
    since: str = ""
    what: str = ""
    note: str = ""
    revised: date | None = None

    def applies(self, features: frozenset[str]) -> bool:
        """Whether it applies to a target that claims these features."""
        return self.when is None or self.when.holds(features)


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A requirement of the source document; without clauses where it is void.

    Its note is what a reader of the source should know; empty for none.
    """

    id: str
    title: str
    section: str
    change: Change
    parameters: tuple[str, ...]
    clauses: tuple[Clause, ...]
    note: str = ""


FORM = "form"
"""Qualifier of operations whose request has form fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What shows that an SCR item is supported.

    Attributes:
        verb: An HTTP method; ``NOTIFY`` for something that the server sends; or ``WEBSOCKET``
            for what is done by a connection to a channel.
        subject: Key of a resource; or canonical root of the notification.
        qualifier: What is special about the request or the notification, such as ``form``,
            ``isClosed``, ``GroupChatUnavailable``; empty for the plain one.
    """

    verb: str
    subject: str
    qualifier: str = ""

    @property
    def notifies(self) -> bool:
        """Whether the server sends it."""
        return self.verb == "NOTIFY"

    @property
    def is_request(self) -> bool:
        """Whether it is a request by HTTP."""
        return self.verb not in ("NOTIFY", "WEBSOCKET")

    def __str__(self) -> str:
        return " ".join(part for part in (self.verb, self.subject, self.qualifier) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScrItem:
    """A row of the static conformance requirements.

    Attributes:
        item: Its id, such as ``REST-CHAT-GRP-S-001-O``.
        function: What is supported, in words.
        mandatory: Whether it must be supported where it applies: it is mandatory as such (M), or
            the first item of a block requires it.
        requires: Items under which it applies; `None`: always. The table says it the other way
            round: an item applies where what requires it does, or the first item of its block.
        requirement: The items that it requires, as in the table; `None` for none.
        block: Title of the block that it stands in.
        reference: Section of the published text; `reconstructed` where none was at hand.
        formerly: Its id in earlier versions of this catalogue; empty where it is the same.
        operation: What shows that it is supported; `None` for an item that only groups others.
        requirements: Ids of the requirements and clauses behind it.
        since: The first release that has it; empty in a catalogue without releases.
    """

    item: str
    function: str
    mandatory: bool
    requires: ItemExpression | None
    operation: Operation | None
    requirements: tuple[str, ...]
    requirement: ItemExpression | None = None
    block: str = ""
    reference: str = ""
    formerly: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A release of RCS.

    Attributes:
        id: Such as ``5.1``.
        document: The version of the requirements document that is its own.
        features: That it adds to the release before it.
        items: SCR items that it adds, beside those that require one of them.
    """

    id: str
    document: str
    features: frozenset[str] = frozenset()
    items: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All requirements, clauses and items, each by its id and in the order of the files.

    Attributes:
        source: The document that the requirements are from.
        not_in_source: Ids that its numbering skips.
        requirements: Void ones included.
        clauses: Of all requirements.
        items: The static conformance requirements.
        releases: Oldest first; empty in a catalogue without any, all of which is then one release.
        revised: When it was last changed.
    """

    source: str
    not_in_source: tuple[str, ...]
    requirements: Mapping[str, Requirement]
    clauses: Mapping[str, Clause]
    items: Mapping[str, ScrItem]
    releases: tuple[Release, ...] = ()
    revised: date = date.min

    @property
    def renamed(self) -> Mapping[str, str]:
        """Ids of items in earlier versions of the catalogue, with those of today."""
        return {item.formerly: item.item for item in self.items.values() if item.formerly}

    @property
    def latest(self) -> str:
        """Id of the last release; empty in a catalogue without any."""
        return self.releases[-1].id if self.releases else ""

    def check_release(self, name: str) -> None:
        """Refuse what is no release.

        Raises:
            ConfigurationError: The release is unknown; those that are known are named.
        """
        known = [release.id for release in self.releases]
        if name not in known:
            raise ConfigurationError(f"unknown RCS release {name!r}; known are {', '.join(known)}")

    def later_features(self, release: str) -> frozenset[str]:
        """The features that releases after this one add; none where it is empty."""
        return frozenset[str]().union(
            *(each.features for each in self.releases if is_later(each.id, release))
        )

    @property
    def features(self) -> frozenset[str]:
        """The names that `when` expressions use."""
        conditions = [clause.when for clause in self.clauses.values() if clause.when]
        return frozenset[str]().union(*(condition.names for condition in conditions))

    def select(self, ids: Iterable[str]) -> tuple[Clause, ...]:
        """The clauses that ids of requirements and clauses name, each once, in the order given.

        Raises:
            ConfigurationError: An id is unknown; close ones are named.
        """
        selected: dict[str, Clause] = {}
        for one in ids:
            if one in self.clauses:
                selected[one] = self.clauses[one]
            elif one in self.requirements:
                selected.update((clause.id, clause) for clause in self.requirements[one].clauses)
            else:
                known = suggestion(one, (*self.requirements, *self.clauses))
                raise ConfigurationError(f"unknown requirement or clause {one!r}; {known}")
        return tuple(selected.values())


def is_later(since: str, release: str) -> bool:
    """Whether what exists since a release is missing in another; never where one is empty."""
    return bool(since and release) and _numbers(since) > _numbers(release)


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(int(number) for number in release.split("."))


def suggestion(word: str, known: Iterable[str]) -> str:
    """What was probably meant, up to three; the first of what is known where nothing is close."""
    names = list(known)
    if close := get_close_matches(word, names, n=3):
        return f"did you mean {' or '.join(close)}?"
    return f"known are {', '.join(names[:6])}{' and others' if names[6:] else ''}"
