"""Which tests meet a fault or a variation: always one at least for every clause."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
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


def sample(collected: Collection[Collected], clauses: Collection[str], key: str) -> Plan:
    """The tests of some clauses in full, and of all others so many that no clause is left out.

    The same key gives the same tests, and other keys others in other forms, so that many samples
    together meet all of them. Every clause that any test declares is declared by a test of the
    sample, by one that generates nothing where there is such a one.

    Args:
        collected: All tests.
        clauses: Whose tests run in all forms, with all their examples.
        key: Name of the sample.
    """
    own = [test for test in collected if not set(test.clauses).isdisjoint(clauses)]
    chosen = {test.id for test in own}
    declared = {clause for test in own for clause in test.clauses}
    for test in sorted(collected, key=lambda test: (test.generates, number_of(key + test.id))):
        if not declared.issuperset(test.clauses):
            chosen.add(test.id)
            declared.update(test.clauses)
    return Plan(tests=frozenset(chosen), whole=frozenset(test.id for test in own))


def forms(collected: Collection[Collected], key: str) -> Plan:
    """One form of every test, and so many more that no clause is left out; as `sample`."""
    chosen: dict[str, Collected] = {}
    for test in sorted(collected, key=lambda test: number_of(key + test.id)):
        chosen.setdefault(test.id.partition("[")[0], test)
    tests = {test.id for test in chosen.values()}
    declared = {clause for test in chosen.values() for clause in test.clauses}
    for test in sorted(collected, key=lambda test: number_of(key + test.id)):
        if not declared.issuperset(test.clauses):
            tests.add(test.id)
            declared.update(test.clauses)
    return Plan(tests=frozenset(tests), whole=frozenset())


def divided(plan: Plan, parts: int) -> tuple[Plan, ...]:
    """A plan in several parts that take about as long."""
    tests = sorted(plan.tests, key=number_of)
    return tuple(replace(plan, tests=frozenset(tests[first::parts])) for first in range(parts))


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
