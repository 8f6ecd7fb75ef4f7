"""The trace from requirement to clause to test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rcs_conformance.catalogue import Catalogue, load_catalogue
from rcs_conformance.catalogue.trace import (
    COLUMNS,
    NOT_TESTED,
    trace_rows,
    unknown_clauses,
    untested_clauses,
)

from .conftest import CSV, TOML


@pytest.fixture
def catalogue(write: Callable[[str, str], Path]) -> Catalogue:
    """Two clauses and a void requirement."""
    return load_catalogue(write(TOML, CSV))


def test_every_clause_has_a_row_and_void_requirements_have_one(catalogue: Catalogue) -> None:
    """In the order of the file, with tests sorted and once each."""
    rows = trace_rows(catalogue, {"R-1.2": ["t2", "t1", "t2"], "R-7.1": ["t9"]})
    assert [row.cells() for row in rows] == [
        ("R-1", "R-1.1", "shall", "minor", "", "It starts.", NOT_TESTED),
        ("R-1", "R-1.2", "optional", "minor", "a && b", "It starts twice.", "t1\nt2"),
        ("R-2", "", "", "void", "", "Void", ""),
    ]
    assert all(len(row.cells()) == len(COLUMNS) for row in rows)


def test_shipped_catalogue_is_traced_completely(shipped: Catalogue) -> None:
    """186 clauses and two void requirements."""
    assert len(trace_rows(shipped, {})) == 188


def test_clauses_that_only_tests_know_are_told(catalogue: Catalogue) -> None:
    """A requirement's id is no clause."""
    tests = {"R-7.1": ["t2", "t1", "t1"], "R-1": ["t3"], "R-1.1": ["t4"]}
    assert unknown_clauses(catalogue, tests) == {"R-1": ("t3",), "R-7.1": ("t1", "t2")}


def test_clauses_without_test_or_reason_are_told(catalogue: Catalogue) -> None:
    """An empty list is no test; a written reason excuses."""
    assert [one.id for one in untested_clauses(catalogue, {"R-1.1": []})] == ["R-1.1", "R-1.2"]
    assert untested_clauses(catalogue, {"R-1.1": ["t"]}, excused={"R-1.2"}) == ()
