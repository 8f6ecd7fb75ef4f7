"""Which tests are run against a fault or a variation."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from zlib import crc32

from rcs_conformance.plugin.inventory import Collected

_FORMAT = re.compile(r"\b(xml|json)\b")


class Scope(StrEnum):
    """Which tests are run against a fault."""

    OWN = "own"
    """Those of its own clause, up to the first failure; variations are run in groups."""
    SAMPLE = "sample"
    """Those of its own clause up to the first failure, and a sample of all others."""
    FULL = "full"
    """All tests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The tests of one run.

    Attributes:
        tests: Ids of the tests that run.
        in_full: Those of them that generate as many examples as in any run; others a few.
    """

    tests: frozenset[str]
    in_full: frozenset[str]


def everything(collected: Iterable[Collected], *, in_full: bool = True) -> Plan:
    """All tests in all their forms.

    Args:
        collected: All tests.
        in_full: Whether they generate as much as in any run.
    """
    tests = frozenset(test.id for test in collected)
    return Plan(tests=tests, in_full=tests if in_full else frozenset())


def own(collected: Iterable[Collected], clause: str) -> Plan:
    """The tests that declare a clause, in all their forms, with all their examples."""
    return everything(test for test in collected if clause in test.clauses)


def sample(collected: Collection[Collected], clauses: Collection[str], key: str) -> Plan:
    """The tests of some clauses in full, and one test at least of every other clause.

    The same key gives the same tests, and other keys others in other forms, so that many samples
    together run all of them. Where a clause has a test that generates nothing, that one is taken.

    Args:
        collected: All tests.
        clauses: Whose tests run in all forms, with all their examples.
        key: Name of the sample.
    """
    chosen = [test for test in collected if not set(test.clauses).isdisjoint(clauses)]
    in_full = frozenset(test.id for test in chosen)
    tests = in_full | _for_other_clauses(
        sorted(collected, key=lambda test: (test.generates, stable_number(key + test.id))), chosen
    )
    return Plan(tests=tests, in_full=in_full)


def one_form_each(collected: Collection[Collected], key: str) -> Plan:
    """One form of every test, and more forms where a clause would be left out otherwise.

    The same key gives the same forms.
    """
    ordered = sorted(collected, key=lambda test: stable_number(key + test.id))
    chosen: dict[str, Collected] = {}
    for test in ordered:
        chosen.setdefault(test.id.partition("[")[0], test)
    tests = frozenset(test.id for test in chosen.values())
    return Plan(tests=tests | _for_other_clauses(ordered, chosen.values()), in_full=frozenset())


def one_format_each(collected: Iterable[Collected], key: str) -> frozenset[str]:
    """Every test in one format, in all its other forms; the same key gives the same ones."""
    chosen: dict[str, str] = {}
    for test in sorted(collected, key=lambda test: stable_number(key + test.id)):
        chosen.setdefault(_FORMAT.sub("", test.id), test.id)
    return frozenset(chosen.values())


def _for_other_clauses(
    candidates: Iterable[Collected], chosen: Iterable[Collected]
) -> frozenset[str]:
    """The first candidates that declare what no test before them, and none chosen, declares."""
    declared = {clause for test in chosen for clause in test.clauses}
    more = set()
    for test in candidates:
        if not declared.issuperset(test.clauses):
            more.add(test.id)
            declared.update(test.clauses)
    return frozenset(more)


def divided(plan: Plan, parts: int) -> tuple[Plan, ...]:
    """A plan in several parts that take about equally long."""
    tests = sorted(plan.tests, key=stable_number)
    return tuple(replace(plan, tests=frozenset(tests[first::parts])) for first in range(parts))


def union(plans: Iterable[Plan]) -> Plan:
    """The tests of all plans; a test runs in full where it does in any of them."""
    known = list(plans)
    return Plan(
        tests=frozenset[str]().union(*(plan.tests for plan in known)),
        in_full=frozenset[str]().union(*(plan.in_full for plan in known)),
    )


def count_by_clause(collected: Iterable[Collected]) -> Mapping[str, int]:
    """How many tests declare a clause, by clause."""
    counted: dict[str, int] = {}
    for test in collected:
        for clause in test.clauses:
            counted[clause] = counted.get(clause, 0) + 1
    return counted


def stable_number(key: str) -> int:
    """A number that looks random and is always the same for a key."""
    return crc32(key.encode())
