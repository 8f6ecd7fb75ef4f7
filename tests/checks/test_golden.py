"""The messages of all checks are those of the golden files; every check has a row."""

import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rcs_conformance import checks
from tests.checks import golden
from tests.checks.rows import ROWS

COMPOSED = {
    ("absence", "nowhere_added"),
    ("conventions", "carried_out"),
    ("dialects", "in_dialect"),
    ("equivalence", "unchanged"),
    ("generic", "every_event"),
    ("judging", "subject_unchanged"),
    ("notification_channels", "replaced"),
    ("one_to_one_sessions", "shows_subject"),
    ("request_errors", "fits_status"),
    ("scr_items", "unclaimed"),
}
"""Made of checks that have rows, or with rows of their own kind."""


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    """What the checks say now, by file."""
    return golden.files()


def test_messages_are_the_golden_ones(written: dict[str, str]) -> None:
    """Whoever changes a message writes the files anew and reviews their diff."""
    stored = {path.name: path.read_text("utf-8") for path in golden.FOLDER.glob("*.txt")}
    assert stored.keys() == written.keys(), f"write the files with: {golden.COMMAND}"
    for name, text in written.items():
        assert text.splitlines() == stored[name].splitlines(), f"write {name}: {golden.COMMAND}"


def _checks() -> Iterator[tuple[str, str]]:
    """Module and name of each public function that gives results."""
    for path in Path(checks.__file__ or "").parent.glob("[a-z]*.py"):
        module = importlib.import_module(f"{checks.__name__}.{path.stem}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            gives = str(inspect.signature(function).return_annotation)
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and "CheckResult" in gives:
                yield path.stem, name


def test_every_check_has_a_row() -> None:
    """So none is without golden messages."""
    rows: set[Callable[..., object]] = {getattr(row[0], "func", row[0]) for row in ROWS}
    known = {golden.check_name(each) for each in rows}
    assert set(_checks()) - COMPOSED == known
