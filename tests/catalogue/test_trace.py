"""The trace from requirement to clause to test and fault, and how work items divide the changes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rcs_conformance.catalogue import Catalogue, Change, load_catalogue
from rcs_conformance.catalogue.trace import (
    KnownFault,
    Selection,
    Trace,
    trace,
    trace_rows,
    unknown_clauses,
    untested_clauses,
)
from rcs_conformance.errors import ConfigurationError

from .conftest import CSV, TOML


@pytest.fixture
def catalogue(write: Callable[[str, str], Path]) -> Catalogue:
    """Two clauses and a void requirement."""
    return load_catalogue(write(TOML, CSV))


def test_every_clause_has_a_row_and_void_requirements_have_one(catalogue: Catalogue) -> None:
    """In the order of the file, with tests and faults sorted and once each."""
    faults = {"R-1.1": [KnownFault(name=name, sentence="It breaks.") for name in ("b", "a")]}
    rows = trace_rows(catalogue, {"R-1.2": ["t[2]", "t[1]", "t[2]"], "R-7.1": ["t9"]}, faults)
    assert [row.clause and row.clause.id for row in rows] == ["R-1.1", "R-1.2", None]
    assert [row.tests for row in rows] == [(), ("t[1]", "t[2]"), ()]
    assert [row.functions for row in rows] == [(), ("t",), ()]
    assert [fault.name for fault in rows[0].faults] == ["a", "b"]
    assert rows[2].change is Change.VOID


def test_shipped_catalogue_is_traced_completely(shipped: Catalogue) -> None:
    """A row for each clause, and one for each void requirement."""
    void = [one for one in shipped.requirements.values() if one.change is Change.VOID]
    assert len(trace_rows(shipped, {}, {})) == len(shipped.clauses) + len(void)


def test_clauses_that_only_tests_know_are_told(catalogue: Catalogue) -> None:
    """A requirement's id is no clause."""
    tests = {"R-7.1": ["t2", "t1", "t1"], "R-1": ["t3"], "R-1.1": ["t4"]}
    assert unknown_clauses(catalogue, tests) == {"R-1": ("t3",), "R-7.1": ("t1", "t2")}


def test_clauses_without_test_or_reason_are_told(catalogue: Catalogue) -> None:
    """An empty list is no test; a written reason excuses."""
    assert [one.id for one in untested_clauses(catalogue, {"R-1.1": []})] == ["R-1.1", "R-1.2"]
    assert untested_clauses(catalogue, {"R-1.1": ["t"]}, excused={"R-1.2"}) == ()


def selected(shipped: Catalogue, **members: object) -> Trace:
    """The trace of what is selected."""
    return trace(shipped, {}, {}, Selection(**members))  # type: ignore[arg-type]


def ids(found: Trace) -> set[str]:
    """The clauses of a trace, and the requirements that have none."""
    return {row.clause.id if row.clause else row.requirement.id for row in found.rows}


def test_selection_by_id(shipped: Catalogue) -> None:
    """A requirement, a clause, a void requirement, and an id that the source skips."""
    found = selected(shipped, ids=("UNI-CHT-005", "UNI-CHT-001.2", "UNI-CHT-006", "UNI-CHT-022"))
    assert ids(found) == {"UNI-CHT-005.1", "UNI-CHT-005.2", "UNI-CHT-001.2", "UNI-CHT-006"}
    assert found.not_in_source == ("UNI-CHT-022",)
    for wrong in ({"ids": ("UNI-CHT-999",)}, {"release": "4.0"}):
        with pytest.raises(ConfigurationError, match=r"UNI-CHT-999|4\.0"):
            selected(shipped, **wrong)


def test_selection_by_change_and_release(shipped: Catalogue) -> None:
    """A change of the clause, not of its requirement; all that is asked for must hold."""
    minor = selected(shipped, changes=(Change.MINOR,))
    assert {"UNI-CHT-002b.4", "UNI-CHT-011.1"} <= ids(minor)
    assert not {"UNI-CHT-002b.1", "UNI-CHT-002b.7"} & ids(minor)
    assert minor.not_in_source == ()
    before = selected(shipped, changes=(Change.MINOR,), release="5.0")
    assert {"UNI-CHT-011.1"} <= ids(before) < ids(minor)
    assert "UNI-CHT-002b.4" not in ids(before)
    assert ids(selected(shipped, changes=(Change.VOID,))) == {"UNI-CHT-006", "UNI-CHT-016"}


def test_selection_without_source(shipped: Catalogue) -> None:
    """Derived clauses, and the ids that the numbering skips."""
    found = selected(shipped, without_source=True)
    assert found.derived == tuple(clause.id for clause in found.clauses)
    assert "TS-CHAT-5.8" in found.derived
    assert found.not_in_source == shipped.not_in_source


def test_counts(shipped: Catalogue) -> None:
    """Each clause counts once in every count; changes stand in their order."""
    found = selected(shipped)
    for counts in (found.by_change, found.by_section, found.by_release):
        assert sum(counts.values()) == len(found.clauses) == len(shipped.clauses)
    assert list(found.by_change) == ["unchanged", "minor", "major", "new"]
    assert 0 < found.by_release["5.1"] < len(shipped.clauses)


def test_work_items(shipped: Catalogue) -> None:
    """Each option divides all that changes; new functionality goes with the major changes."""
    mixed, apart, together = selected(shipped).divisions
    changed = {one.id for one in shipped.clauses.values() if one.change is not Change.UNCHANGED}
    for each in (mixed, apart, together):
        assert {*each.existing, *each.new} == changed
        assert not set(each.existing) & set(each.new)
        assert set(each.unchanged) == shipped.clauses.keys() - changed
    assert {"UNI-CHT-002b.4", "UNI-CHT-018.6"} <= set(mixed.existing)
    assert {"UNI-CHT-002b.7", "UNI-CHT-030.1", "UNI-CHT-026.2"} <= set(mixed.new)
    assert (apart.existing, together.new) == ((), ())
