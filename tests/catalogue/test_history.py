"""The releases of RCS: what the last one adds, and how mistakes in the file are refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rcs_conformance.catalogue import Catalogue, Change, ics, load_catalogue
from rcs_conformance.catalogue.records import is_later
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.formats import Format

from .conftest import CSV, TOML

HISTORY = """\
revised = 2026-11-25

[[release]]
id = "1.0"
document = "first"

[[release]]
id = "1.10"
document = "second"
features = ["a"]
items = ["REST-A-S-002-O"]

[[alteration]]
requirement = "R-1"
size = "minor"
what = "It starts twice."
adds = ["R-1.2"]
alters = ["R-1.1"]
"""


@pytest.fixture
def load(write: Callable[[str, str], Path]) -> Callable[[str], Catalogue]:
    """Loads the small catalogue with releases."""

    def loaded(history: str) -> Catalogue:
        folder = write(TOML, CSV)
        (folder / "releases.toml").write_text(history, "utf-8")
        return load_catalogue(folder)

    return loaded


def test_clauses_and_items_know_their_release(load: Callable[[str], Catalogue]) -> None:
    """What is added is of the last release; what is altered is of both; 1.10 follows 1.0."""
    catalogue = load(HISTORY)
    altered, added = catalogue.requirements["R-1"].clauses
    assert (altered.change, altered.since) == (Change.MINOR, "1.0")
    assert (added.change, added.since, added.what) == (Change.MINOR, "1.10", "It starts twice.")
    assert catalogue.clauses["R-1.2"] is added
    assert [item.since for item in catalogue.items.values()] == ["1.0", "1.10", "1.0"]
    assert catalogue.latest == "1.10"
    assert catalogue.later_features("1.0") == {"a"}
    assert catalogue.later_features("1.10") == catalogue.later_features("") == frozenset()


def test_catalogue_without_releases_is_one(write: Callable[[str, str], Path]) -> None:
    """Nothing is later than anything."""
    catalogue = load_catalogue(write(TOML, CSV))
    assert (catalogue.latest, catalogue.releases) == ("", ())
    assert {clause.since for clause in catalogue.clauses.values()} == {""}
    assert not is_later("", "1.0")
    assert not is_later("1.0", "")


def test_shipped_releases(shipped: Catalogue) -> None:
    """Facts of the source: what is new, what grew, what only changed its words."""
    assert [release.id for release in shipped.releases] == ["5.0", "5.1"]
    of_it = {name: (one.change, one.since) for name, one in shipped.clauses.items()}
    assert of_it["UNI-CHT-003a.1"] == (Change.UNCHANGED, "5.0")
    assert of_it["UNI-CHT-030.1"] == (Change.NEW, "5.1")
    assert of_it["UNI-CHT-002b.1"] == (Change.UNCHANGED, "5.0")
    assert of_it["UNI-CHT-002b.4"] == (Change.MINOR, "5.1")
    assert of_it["UNI-CHT-002b.7"] == (Change.MAJOR, "5.1")
    assert of_it["UNI-CHT-011.1"] == (Change.MINOR, "5.0")
    assert of_it["UNI-CHT-026.2"] == (Change.MAJOR, "5.0")
    assert of_it["UNI-FLT-001.2"] == (Change.UNCHANGED, "5.0")


def test_shipped_conditions_fit_the_releases(shipped: Catalogue) -> None:
    """A clause that needs a feature of 5.1 is of 5.1; a changed one says what changes."""
    left = shipped.features - shipped.later_features("5.0")
    for clause in shipped.clauses.values():
        assert clause.since == "5.1" or clause.applies(left), clause.id
        assert bool(clause.what) == (clause.change is not Change.UNCHANGED)
    for requirement in shipped.requirements.values():
        if requirement.change is Change.NEW:
            assert {clause.since for clause in requirement.clauses} == {"5.1"}


def test_items_of_a_later_release(shipped: Catalogue) -> None:
    """What requires long-lived group chats is as late as these; nothing of it is claimed."""
    late = {name for name, item in shipped.items.items() if item.since == "5.1"}
    assert {name for name in shipped.items if "-LL-" in name} <= late
    assert "REST-CHAT-NOTIF-PART-S-001-O" not in late
    claims = (sorted(ics.FEATURES), ["REST-CHAT-LL-PART-S-002-O", "REST-CHAT-1-1-SESS-S-001-O"])
    everything = ics.claimed_items(shipped, *claims)
    assert everything - ics.claimed_items(shipped, *claims, "5.0") == late & everything
    assert ics.claimed_items(shipped, *claims, "5.1") == everything


def test_excuse_names_the_release(shipped: Catalogue) -> None:
    """Before anything else, and only for an earlier release."""
    clause, formats = shipped.clauses["UNI-CHT-030.1"], frozenset(Format)
    said = ics.excuse(clause, frozenset(), formats, "5.0")
    assert said == "RCS 5.1 adds it, and the target is tested for RCS 5.0"
    assert ics.excuse(clause, frozenset({"long_lived"}), formats, "5.1") == ""
    assert "long_lived" in ics.excuse(clause, frozenset(), formats, "5.1")


def test_unknown_release_is_refused(shipped: Catalogue) -> None:
    """The message names those that are known."""
    shipped.check_release("5.0")
    with pytest.raises(
        ConfigurationError, match=r"unknown RCS release '4\.0'; known are 5\.0, 5\.1"
    ):
        shipped.check_release("4.0")


MISTAKES = {
    "no date": ("2026-11-25", '"now"', "revised: must be a date"),
    "time": ("2026-11-25", "2026-11-25T01:00:00Z", "revised: must be a date"),
    "key": ("revised", "rivised", "rivised: unknown key; did you mean revised?"),
    "id": ('"1.10"', '"new"', "release[1].id: must look like 5.1"),
    "order": ('"1.10"', '"0.9"', "two or more entries, oldest first"),
    "twice": ('"1.10"', '"1.0"', "two or more entries, oldest first"),
    "item": ("REST-A-S-002-O", "REST-A-S-012-O", "release[1].items[0]: unknown SCR item 'REST"),
    "requirement": ('"R-1"', '"R-7"', "alteration[0].requirement: unknown requirement 'R-7'"),
    "size": ('"minor"', '"unchanged"', "size: must be minor, major or new, not 'unchanged'"),
    "clause": ('["R-1.1"]', '["R-1.7"]', "R-1 has no clause 'R-1.7'; did you mean"),
    "both": ('["R-1.1"]', '["R-1.2"]', "R-1.2 has two changes"),
    "fit": ('"minor"', '"major"', "R-1: its largest alteration is major, but its change in"),
}


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_refused(
    load: Callable[[str], Catalogue], old: str, new: str, message: str
) -> None:
    """One line that names file and entry, and says what would be right."""
    assert old in HISTORY
    with pytest.raises(ConfigurationError) as caught:
        load(HISTORY.replace(old, new, 1))
    assert message in str(caught.value)
    assert "releases.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_alteration_without_clauses_is_refused(load: Callable[[str], Catalogue]) -> None:
    """A change that changes no clause cannot be traced."""
    names = HISTORY.index("adds = ")
    with pytest.raises(ConfigurationError, match="must name a clause that it adds or alters"):
        load(HISTORY[:names])
    with pytest.raises(ConfigurationError, match="largest alteration is unchanged"):
        load(HISTORY[: HISTORY.index("[[alteration]]")])
