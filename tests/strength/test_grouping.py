"""Variations in groups that one server can have at the same time."""

from itertools import combinations

from rcs_conformance.reference import VARIATIONS, ReferenceServer
from rcs_conformance.strength.grouping import ADDING, APART, compatible, halves
from rcs_conformance.strength.reach import overridden


def test_no_rule_is_overridden_twice_in_a_group() -> None:
    """Each variation is in one group, and a server can have all of a group."""
    groups = compatible(VARIATIONS.values())

    for group in groups:
        for one, other in combinations(group, 2):
            assert overridden(one.rules) & overridden(other.rules) <= ADDING
        ReferenceServer(variations=[one.name for one in group]).close()
    assert sorted(one.name for group in groups for one in group) == sorted(VARIATIONS)
    assert len(groups) < len(VARIATIONS) / 4


def test_variations_that_exclude_each_other_are_apart() -> None:
    """Both exist, and no group has both."""
    names = [{one.name for one in group} for group in compatible(VARIATIONS.values())]

    for pair in APART:
        assert pair <= VARIATIONS.keys()
        assert not any(pair <= group for group in names)


def test_halves_lose_nothing() -> None:
    """A group of any size ends in groups of one."""
    group = tuple(VARIATIONS.values())[:3]

    first, second = halves(group)

    assert (*first, *second) == group
    assert len(first) == 1
