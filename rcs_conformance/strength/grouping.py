"""Variations in groups that one server can have at the same time."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rcs_conformance.reference import Variation
from rcs_conformance.strength.reach import overridden

Group = tuple[Variation, ...]

APART = (
    frozenset({"channels-short", "notified-late"}),
    frozenset({"composing-answered-201", "repeat-answered-200"}),
    frozenset({"first-message-forbidden", "first-message-withheld"}),
    frozenset({"groups-not-ended", "actor-told"}),
    frozenset({"acceptance-with-services-of-accepter", "acceptance-with-services-in-common"}),
    frozenset({"file-urls-relative", "files-elsewhere"}),
    frozenset({"lists-say-complete", "notifications-bare"}),
    frozenset({"other-prefixes", "polls-open-to-username"}),
)
"""Names of variations that no conforming server has together, though each may be.

A channel that expires after a second has expired when a notification is a second late; a composing
indication has no correlator by which it could be a repetition; what is rejected shows no other
variation; a list of services, and a URL, are of one kind; what stands alone is no list. A URL that
is written with another prefix than the server reads gets no user name.
"""

ADDING = frozenset({"misread", "notices"})
"""Rules that several variations of a server may override: each accepts or tells one more thing."""


def compatible(variations: Iterable[Variation]) -> list[Group]:
    """Groups of about the same size, in which no two override the same rule or are to be apart."""
    known = list(variations)
    users = Counter(rule for one in known for rule in _own(one))
    groups: list[list[Variation]] = [[] for _ in range(max(users.values(), default=0))]
    for one in known:
        smallest = min(
            (group for group in groups if not _overlap(group, one)), key=len, default=None
        )
        if smallest is None:
            groups.append([one])
        else:
            smallest.append(one)
    return [tuple(group) for group in groups if group]


def _overlap(group: Iterable[Variation], other: Variation) -> bool:
    """Whether a variation of the group excludes the other one."""
    rules = _own(other)
    return any(not rules.isdisjoint(_own(one)) or {one.name, other.name} in APART for one in group)


def _own(variation: Variation) -> frozenset[str]:
    """The rules that no other variation of a server may override."""
    return overridden(variation.rules) - ADDING


def halves(group: Sequence[Variation]) -> list[Group]:
    """Two groups of about the same size."""
    middle = len(group) // 2
    return [tuple(group[:middle]), tuple(group[middle:])]
