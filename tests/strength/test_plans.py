"""A sample has a test for every clause, and its own clauses in full."""

import pytest

from rcs_conformance.plugin.inventory import Collected
from rcs_conformance.strength.plans import (
    count_by_clause,
    everything,
    one_form_each,
    one_format_each,
    own,
    sample,
    union,
)

FORMS = tuple(
    Collected(id=f"{name}[{form}]", clauses=clauses)
    for name, clauses in (("a", ("A.1",)), ("b", ("A.1", "A.2")), ("c", ("B.1",)))
    for form in ("xml", "json")
)
LONE = Collected(id="d", clauses=("B.2",))
ALL = (*FORMS, LONE)


def test_own_clause_in_full() -> None:
    """Every form of the tests of the clause runs, whole; of each other clause one test."""
    plan = sample(ALL, {"A.2"}, "key")

    assert plan.in_full == {"b[xml]", "b[json]"}
    assert plan.in_full < plan.tests
    assert [test[0] for test in sorted(plan.tests - plan.in_full)] == ["c", "d"]


def test_only_own_tests() -> None:
    """Every form of the tests of a clause, in full, and no other test."""
    plan = own(ALL, "A.1")

    assert {test[0] for test in plan.tests} == {"a", "b"}
    assert plan.in_full == plan.tests


def test_other_keys_run_other_forms() -> None:
    """A key always gives the same sample; all samples together run everything."""
    plans = [sample(ALL, (), f"key {number}") for number in range(20)]

    assert plans[0] == sample(ALL, (), "key 0")
    assert union(plans) == everything(ALL, in_full=False)


def test_generated_tests_are_left_to_their_own_clause() -> None:
    """Where another test declares the clause, a sample takes the cheaper one."""
    generated = Collected(id="e[xml]", clauses=("A.1",), generates=True)

    assert all(
        "e[xml]" not in sample((*ALL, generated), (), str(number)).tests for number in range(20)
    )
    assert "e[xml]" in sample((*ALL, generated), {"A.1"}, "key").in_full


def test_one_form_of_every_test() -> None:
    """A single variation is run against every test, in one of its forms, and every clause."""
    by_kind = tuple(Collected(id=f"f[{name}]", clauses=(f"C.{name}",)) for name in "12")
    plans = [one_form_each((*ALL, *by_kind), str(number)) for number in range(20)]

    for plan in plans:
        names = sorted(test[0] for test in plan.tests)
        assert names == ["a", "b", "c", "d", "f", "f"]
        assert not plan.in_full
    assert len({plan.tests for plan in plans}) > 1


def test_one_format_of_every_test() -> None:
    """A mutation is tried in every kind of chat and every other form first, in either format."""
    by_kind = [
        Collected(id=f"f[{kind}-{form}]", clauses=("C.1",))
        for kind in ("group", "adhoc")
        for form in ("xml", "json")
    ]
    found = [one_format_each((*ALL, *by_kind), str(number)) for number in range(20)]

    for tests in found:
        kinds = sorted(
            test.removesuffix("]").removesuffix("json").removesuffix("xml") for test in tests
        )
        assert kinds == ["a[", "b[", "c[", "d", "f[adhoc-", "f[group-"]
    assert len(set(found)) > 1


@pytest.mark.parametrize("number", range(8))
def test_every_clause_is_declared(number: int) -> None:
    """Where forms of one test are about different clauses, a sample has a form of each."""
    forms = tuple(Collected(id=f"a[{name}]", clauses=(f"C.{name}",)) for name in "123")

    plan = sample(forms, (), str(number))

    assert plan.tests == {"a[1]", "a[2]", "a[3]"}


def test_union_runs_in_full_what_any_plan_does() -> None:
    """The run without a fault has every test that a run with a fault has."""
    both = union([sample(ALL, {"A.2"}, "one"), sample(ALL, {"B.2"}, "two")])

    assert both.in_full == {"b[xml]", "b[json]", "d"}
    assert union([]).tests == frozenset()


def test_tests_are_counted_by_clause() -> None:
    """Each form counts."""
    assert count_by_clause(ALL) == {"A.1": 4, "A.2": 2, "B.1": 2, "B.2": 1}
