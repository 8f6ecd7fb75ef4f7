"""Variations in groups that one server can have at the same time."""

from collections import Counter
from collections.abc import Iterable, Sequence

from rcs_conformance.reference import Variation
from rcs_conformance.strength.reach import overridden

Group = tuple[Variation, ...]


def compatible(variations: Iterable[Variation]) -> list[Group]:
    """Groups of about the same size, in which no two variations override the same rule."""
    known = list(variations)
    users = Counter(rule for one in known for rule in overridden(one.rules))
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
    """Whether a variation of the group overrides a rule that the other one overrides."""
    rules = overridden(other.rules)
    return any(not rules.isdisjoint(overridden(one.rules)) for one in group)


def halves(group: Sequence[Variation]) -> list[Group]:
    """Two groups of about the same size."""
    middle = len(group) // 2
    return [tuple(group[:middle]), tuple(group[middle:])]
