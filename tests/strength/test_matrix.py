"""The matrix says what became of each fault, and whether the goals are met."""

from collections.abc import Mapping

import pytest

from rcs_conformance.reference import Fault, Variation
from rcs_conformance.reference.rules import Rules
from rcs_conformance.strength.matrix import FaultOutcome, Matrix, form
from rcs_conformance.strength.records import Observation, Trouble, Undecided
from tests.strength.observations import CLAUSES, fault, seen

GOOD = seen(passed=frozenset({"A.1", "A.2", "B.1"}))


def formed(
    shown: Mapping[Fault, Observation | None],
    baseline: Observation = GOOD,
    tests: Mapping[str, int] | None = None,
) -> Matrix:
    """The matrix of faults and what they showed."""
    return form(
        shown,
        baseline,
        {each.name: what for each, what in shown.items() if what is not None},
        tests={"A.1": 2, "A.2": 1, "B.1": 1} if tests is None else tests,
        clauses=CLAUSES,
        known=tuple(shown),
    )


@pytest.mark.parametrize(
    ("shown", "outcome", "others"),
    [
        (seen("A.1"), FaultOutcome.KILLED, []),
        (seen("A.1", "B.1"), FaultOutcome.KILLED, ["B.1"]),
        (seen("B.1", "B.2"), FaultOutcome.KILLED_ELSEWHERE, ["B.1", "B.2"]),
        (seen(), FaultOutcome.SURVIVED, []),
        (seen("A.1", trouble=Trouble.HARNESS), FaultOutcome.ERROR, []),
        (seen(trouble=Trouble.HUNG), FaultOutcome.ERROR, []),
        (None, FaultOutcome.ERROR, []),
    ],
)
def test_row(shown: Observation | None, outcome: FaultOutcome, others: list[str]) -> None:
    """A fault is killed, killed elsewhere, survives, or its run is an error; none is lost."""
    (row,) = formed({fault("one", "A.1"): shown}).rows

    assert row.outcome is outcome
    assert [each.clause for each in row.others] == others


def test_rows_are_in_the_order_of_clauses() -> None:
    """Faults stand where the catalogue has their clause, then by name."""
    faults = [fault("c", "B.1"), fault("b", "A.1"), fault("a", "A.1"), fault("d", "A.2")]

    matrix = formed(dict.fromkeys(faults, seen()))

    assert [row.fault.name for row in matrix.rows] == ["a", "b", "d", "c"]


def test_columns() -> None:
    """A clause knows its faults, which of them were seen, and which others break it."""
    first, second = fault("one", "A.1"), fault("two", "A.1")
    matrix = formed({first: seen("A.1", "B.1"), second: seen("B.1")})

    columns = {column.clause: column for column in matrix.columns}

    assert (columns["A.1"].faults, columns["A.1"].killed) == (("one", "two"), ("one",))
    assert (columns["A.1"].tests, columns["A.1"].passes) == (2, True)
    assert columns["B.1"].others == ("one", "two")
    assert matrix.without_fault == ("A.2", "B.1")
    assert "B.2" not in columns


def test_fault_without_a_test() -> None:
    """A clause that has a fault and no test stands in the matrix."""
    matrix = formed({fault("one", "B.2"): seen()})

    assert {column.clause: column.passes for column in matrix.columns}["B.2"] is False


def test_goals_are_met() -> None:
    """All are killed, nearly all by their own clause, most of them by it alone."""
    faults = {fault(f"f{number}", "A.1"): seen("A.1") for number in range(19)}

    matrix = formed({**faults, fault("far", "A.1"): seen("B.1", "B.2")})

    assert [goal.met for goal in matrix.goals] == [True, True, True]
    assert [goal.measured for goal in matrix.goals] == ["20 of 20", "19 of 20, 95.0%", "0"]
    assert matrix.met


@pytest.mark.parametrize(
    ("shown", "met"),
    [
        ([seen("A.1"), seen()], [False, False, True]),
        ([seen("A.1"), seen("A.1", trouble=Trouble.CRASHED)], [False, False, True]),
        ([seen("A.1"), seen("A.2")], [True, False, False]),
        ([seen("A.1", "A.2"), seen("A.1", "B.1", "B.2"), seen("A.1")], [True, True, False]),
    ],
)
def test_goals_are_not_met(shown: list[Observation], met: list[bool]) -> None:
    """Each goal is judged by itself; an error does not count as killed."""
    faults = {fault(f"f{number}", "A.1"): each for number, each in enumerate(shown)}

    matrix = formed(faults)

    assert [goal.met for goal in matrix.goals] == met
    assert not matrix.met


def test_what_fails_without_a_fault_does_not_count() -> None:
    """A clause that fails without a fault kills no fault, and is shown."""
    undecided = Undecided(clause="B.2", reason="nothing came")
    baseline = seen("A.1", undecided=(undecided,))

    matrix = formed({fault("one", "A.1"): seen("A.1", "A.2")}, baseline)

    assert matrix.rows[0].outcome is FaultOutcome.KILLED_ELSEWHERE
    assert matrix.baseline_findings == (
        "A.1 fails: rule: otherwise",
        "B.2 is inconclusive: nothing came",
    )


def test_run_without_a_fault_may_come_to_no_end() -> None:
    """A crash of that run makes the measurement void as well."""
    matrix = formed({}, seen(trouble=Trouble.CRASHED, explanation="ended with -11"))

    assert matrix.baseline_findings == ("crashed: ended with -11",)


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        (seen(), ()),
        (seen("A.1"), ("A.1 fails: rule: otherwise",)),
        (seen(trouble=Trouble.HUNG, explanation="no end"), ("hung: no end",)),
    ],
)
def test_variations(shown: Observation, found: tuple[str, ...]) -> None:
    """A permitted variation must fail nothing; that is a goal of its own."""
    permitted = Variation(name="permitted", sentence="It differs.", rules=Rules)

    matrix = form(
        (), GOOD, {"permitted": shown}, tests={}, clauses=CLAUSES, known=(), variations=[permitted]
    )

    assert matrix.variations[0].findings == found
    assert matrix.goals[3].met is not bool(found)
    assert matrix.goals[3].measured == f"{0 if found else 1} of 1"
