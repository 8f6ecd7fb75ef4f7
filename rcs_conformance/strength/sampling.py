"""Which tests meet a fault: those of its clause in full, one form of every other."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from zlib import crc32

from rcs_conformance.plugin.inventory import Collected


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run of the suites consists of.

    Attributes:
        tests: Ids of the tests that run.
        whole: Those of them that generate as many examples as they always do; others a few.
    """

    tests: frozenset[str]
    whole: frozenset[str]


def everything(collected: Iterable[Collected], *, whole: bool = True) -> Plan:
    """All tests in all their forms.

    Args:
        collected: All tests.
        whole: Whether they generate as much as always.
    """
    tests = frozenset(test.id for test in collected)
    return Plan(tests=tests, whole=tests if whole else frozenset())


def sample(collected: Sequence[Collected], clauses: Collection[str], key: str) -> Plan:
    """The tests of some clauses in full, and one form of every other test.

    The same key gives the same forms, and other keys others, so that many samples together meet
    all of them. Every clause that a test declares is declared by a test of the sample.

    Args:
        collected: All tests, those of one function beside each other.
        clauses: Whose tests run in all forms, with all their examples.
        key: Name of the sample.
    """
    own = [test for test in collected if not set(test.clauses).isdisjoint(clauses)]
    chosen = {test.id: test for test in own}
    functions = {test.function for test in own}
    for function, forms in groupby(collected, key=lambda test: test.function):
        if function not in functions:
            one = _one_of(list(forms), f"{key} {function}")
            chosen[one.id] = one
    declared = {clause for test in chosen.values() for clause in test.clauses}
    for test in collected:
        if not declared.issuperset(test.clauses):
            chosen[test.id] = test
            declared.update(test.clauses)
    return Plan(tests=frozenset(chosen), whole=frozenset(test.id for test in own))


def union(plans: Iterable[Plan]) -> Plan:
    """All that any of the plans runs, with as many examples as in any of them."""
    known = list(plans)
    return Plan(
        tests=frozenset[str]().union(*(plan.tests for plan in known)),
        whole=frozenset[str]().union(*(plan.whole for plan in known)),
    )


def counted_by_clause(collected: Iterable[Collected]) -> Mapping[str, int]:
    """How many tests declare a clause, by clause."""
    counted: dict[str, int] = {}
    for test in collected:
        for clause in test.clauses:
            counted[clause] = counted.get(clause, 0) + 1
    return counted


def number_of(key: str) -> int:
    """A number that is always the same for a key, and looks like chance."""
    return crc32(key.encode())


def _one_of(forms: Sequence[Collected], key: str) -> Collected:
    return forms[number_of(key) % len(forms)]
