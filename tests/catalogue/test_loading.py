"""Loading the catalogue: the shipped facts, and how each mistake is refused."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from rcs_conformance import kit
from rcs_conformance.binding import load_binding
from rcs_conformance.catalogue import (
    Catalogue,
    Change,
    Level,
    Operation,
    check_operations,
    load_catalogue,
)
from rcs_conformance.errors import ConfigurationError

from .conftest import CSV, TOML

Write = Callable[[str, str], Path]


def test_shipped_requirements_are_read_as_they_stand(shipped: Catalogue) -> None:
    """Well-chosen facts: numbers, a condition, a level, a void and a new requirement."""
    assert set(shipped.clauses) == {
        clause.id for one in shipped.requirements.values() for clause in one.clauses
    }
    assert "UNI-CHT-022" in shipped.not_in_source
    closed = shipped.clauses["UNI-CHT-002b.4"]
    assert closed.level is Level.SHALL
    assert closed.requirement == "UNI-CHT-002b"
    assert not closed.applies(frozenset())
    assert closed.applies(frozenset({"closed_group_chat"}))
    assert shipped.clauses["UNI-CHT-011.3"].level is Level.POLICY
    assert shipped.clauses["UNI-CHT-011.3"].applies(frozenset())
    assert shipped.requirements["UNI-CHT-006"].change is Change.VOID
    assert shipped.requirements["UNI-CHT-030"].change is Change.NEW
    assert shipped.requirements["UNI-CHT-002b"].parameters[-1] == "gc_services?"
    assert shipped.requirements["RCS-4.7.2"].clauses[0].id == "RCS-4.7.2.1"
    assert {"adhoc", "form", "ft_reference_opt_in"} <= shipped.features
    assert {"scopes", "long_lived"} <= shipped.features


def test_shipped_items_are_read_as_they_stand(shipped: Catalogue) -> None:
    """Well-chosen facts: status, quoted text, requires, operations of each kind."""
    group = shipped.items["REST-CHAT-GRP-S-001-O"]
    assert (group.mandatory, group.operation) == (False, None)
    assert group.requirements == ("TS-CHAT-4.1.6",)
    assert shipped.items["REST-CHAT-SUPPORT-S-001-M"].requires is None
    end = shipped.items["REST-CHAT-1-1-INDSESS-S-003-O"]
    assert end.function == "Cancel, decline or end a session"
    assert end.operation == Operation(verb="DELETE", subject="oneToOneSession")
    extend = shipped.items["REST-CHAT-1-1-EXTEND-S-001-O"].requires
    assert extend is not None
    assert extend.names == {"REST-CHAT-1-1-SESS-S-001-O", "REST-CHAT-GRP-S-001-O"}
    gone = shipped.items["REST-CHAT-NOTIF-LL-GONE-S-001-O"].operation
    assert gone is not None
    assert gone.notifies
    assert str(gone) == "NOTIFY chatEventNotification GroupChatUnavailable"


def test_page_about_the_table_lists_the_old_ids(shipped: Catalogue) -> None:
    """Each item that was renamed, and says that ids are reconstructed where they are."""
    page = (kit.CATALOGUE / "scr.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| REST-")]
    assert rows == [f"| {old} | {new} |" for old, new in shipped.renamed.items()]
    reconstructed = {item.reference == "reconstructed" for item in shipped.items.values()}
    assert reconstructed == {True, False}
    for item in shipped.items.values():
        assert (item.reference == "reconstructed") != item.item.startswith("REST-NC-"), item.item


def test_shipped_operations_fit_the_shipped_binding(shipped: Catalogue) -> None:
    """Every resource key and notification of scr.csv is in the default binding."""
    binding = load_binding()
    check_operations(shipped, binding.resources.keys(), binding.notifications.keys())


@pytest.mark.parametrize(
    ("resources", "notifications", "message"),
    [
        ({"groups"}, {"eventNotifications"}, "REST-A-S-003-M: .*notification 'eventNotification'"),
        ({"group"}, {"eventNotification"}, "REST-A-S-002-O: .*resource 'groups'; .*mean group?"),
    ],
)
def test_operation_that_the_binding_lacks_is_refused(
    write: Write, resources: set[str], notifications: set[str], message: str
) -> None:
    """The message names item, operation and a close key."""
    with pytest.raises(ConfigurationError, match=message):
        check_operations(load_catalogue(write(TOML, CSV)), resources, notifications)


def test_selection_takes_requirements_and_clauses(write: Write) -> None:
    """Each clause once, in the order asked for."""
    catalogue = load_catalogue(write(TOML, CSV))
    selected = catalogue.select(["R-1.2", "R-1", "R-1.1"])
    assert [clause.id for clause in selected] == ["R-1.2", "R-1.1"]
    assert catalogue.select(["R-2"]) == ()


def test_selection_of_something_unknown_is_refused(shipped: Catalogue) -> None:
    """The message names what was probably meant."""
    with pytest.raises(ConfigurationError, match=r"'UNI-CHT-2b'; did you mean .*UNI-CHT-002b"):
        shipped.select(["UNI-CHT-2b"])
    with pytest.raises(ConfigurationError, match=r"known are UNI-CHT-001, .* and others"):
        shipped.select(["?"])


REQUIREMENT_MISTAKES = {
    "top key": ("not_in_source", "skipped", ": skipped: ", "unknown key; known are"),
    "no source": ('source = "a document"', "", ": source: ", "missing: this key is required"),
    "source": ('"a document"', "1", ": source: ", "must be a string in quotes"),
    "skipped": ('["R-9"]', '"R-9"', ": not_in_source: ", "must be a list"),
    "both": ('["R-9"]', '["R-2"]', ": requirement[1].id: ", "remove one of the two"),
    "key": ("section = ", "sektion = ", ": requirement[0].sektion: ", "mean section?"),
    "missing": ('title = "Start"', "", ": requirement[0].title: ", "this key is required"),
    "id": ('"R-1"', '"r 1"', ": requirement[0].id: ", "look like UNI-CHT-002b"),
    "no id": ('"R-1"', '""', ": requirement[0].id: ", "look like UNI-CHT-002b"),
    "change": ('"minor"', '"small"', "[0].change: ", "unchanged, minor, major, new, void"),
    "void": ('"minor"', '"void"', ": requirement[0].clause: ", "must have no clauses"),
    "no clause": ('"void"', '"new"', ": requirement[1]: ", "at least one clause"),
    "twice": ('"R-2"', '"R-1"', ": requirement[1]: ", "each id must be used once"),
    "clause twice": ('"R-1.2"', '"R-1.1"', ": requirement[0]: ", "R-1.1 is defined twice"),
    "parameters": ('["subject?"]', "[1]", "[0].parameters[0]: ", "must be a string in quotes"),
    "no list": ('"void"', '"void"\nclause = 1', "[1].clause: ", "must be tables in [[ ]]"),
    "no table": ('"void"', '"void"\nclause = [1]', "[1].clause[0]: ", "must be a table"),
    "clause key": ("when = ", "wenn = ", ": requirement[0].clause[1].wenn: ", "mean when?"),
    "level": ('"shall"', '"must"', "clause[0].level: ", "one of shall, optional, policy, derived"),
    "foreign": ('"R-1.1"', '"R-2.1"', ": requirement[0].clause[0].id: ", "must be R-1.NUMBER"),
    "no number": ('"R-1.1"', '"R-1.x"', ": requirement[0].clause[0].id: ", "must be R-1.NUMBER"),
    "when": ('"a && b"', '"a && "', ": requirement[0].clause[1].when: ", "write a && b"),
    "toml": ("[[requirement]]", "[[requirement", ":", "invalid TOML"),
}


@pytest.mark.parametrize(
    ("old", "new", "place", "right"), REQUIREMENT_MISTAKES.values(), ids=REQUIREMENT_MISTAKES
)
def test_mistake_in_the_requirements_is_refused(
    write: Write, old: str, new: str, place: str, right: str
) -> None:
    """One line that names file and entry, and says what would be right."""
    assert old in TOML
    folder = write(TOML.replace(old, new, 1), CSV)
    with pytest.raises(ConfigurationError) as caught:
        load_catalogue(folder)
    message = str(caught.value)
    assert re.match(rf"{re.escape(str(folder / 'requirements.toml'))}:[0-9]+: ", message)
    assert place in message
    assert right in message
    assert "\n" not in message


ITEM_MISTAKES = {
    "header": ("item,function", "item,functions", ":1: ", "header must be item,function,refer"),
    "cells": ('"One, or two"', "One, or two", ":4: REST-A-S-002-O: ", "quote a cell"),
    "empty row": ("REST-A-S-002-O", "\nREST-A-S-002-O", ":4: empty row: ", "must have 7 cells"),
    "title": ("Server,,", "Server,1,", ":2: row without item: ", "must have the title of a block"),
    "no title": ("SCR for REST.A Server", "", ":2: row without item: ", "the title of a block"),
    "block": ("\nREST-A-S-002", "\nREST-B-S-002", ": REST-B-S-002-O: ", "must begin with REST-A"),
    "first": ("REST-A-S-001-M", "REST-A-S-004-M", ": REST-A-S-004-M: ", "begin with item 001"),
    "item": ("REST-A-S-001-M,", "REST-A-1-M,", ":3: REST-A-1-M: ", "like REST-CHAT-GRP-S-001-O"),
    "function": (",All,", ",,", ":3: REST-A-S-001-M: ", "what is supported"),
    "twice": ("\nREST-A-S-003-M", "\nREST-A-S-001-M", ":5: REST-A-S-001-M: ", "one row"),
    "requirement": (
        "2,REST-A-S-003-M",
        "2,REST-A-S-003-M ||",
        ":4: REST-A-S-002-O: requirement ",
        "write a AND b",
    ),
    "dangling": (
        "2,REST-A-S-003-M",
        "2,REST-A-S-008-M",
        ": REST-A-S-002-O: requires unknown item REST-A-S-008-M",
        "did you mean",
    ),
    "verb": ("POST groups", "PATCH groups", ":4: REST-A-S-002-O: ", "GET, POST, PUT, DELETE"),
    "operation": ("POST groups form", "POST", ":4: REST-A-S-002-O: ", "VERB RESOURCE [QUALIFIER]"),
    "blank": ("POST groups form", " ", ":4: REST-A-S-002-O: ", "VERB RESOURCE [QUALIFIER]"),
    "clause": (",R-1.2", ",R-1.3", ": REST-A-S-002-O: ", "'R-1.3'; did you mean R-1.2"),
    "not in source": (",R-1.2", ",R-9", ": REST-A-S-002-O: ", "'R-9'; did you mean"),
    "csv": ('"One, or two"', '"One" or', "scr.csv: ", "must be a CSV file"),
}


@pytest.mark.parametrize(
    ("old", "new", "place", "right"), ITEM_MISTAKES.values(), ids=ITEM_MISTAKES
)
def test_mistake_in_the_items_is_refused(
    write: Write, old: str, new: str, place: str, right: str
) -> None:
    """One line that names file, line and item, and says what would be right."""
    assert old in CSV
    folder = write(TOML, CSV.replace(old, new, 1))
    with pytest.raises(ConfigurationError) as caught:
        load_catalogue(folder)
    message = str(caught.value)
    assert message.startswith(f"{folder / 'scr.csv'}:")
    assert place in message
    assert right in message
    assert "\n" not in message


@pytest.mark.parametrize("name", ["requirements.toml", "scr.csv"])
def test_missing_file_is_refused(write: Write, name: str) -> None:
    """The message says which of the two there is none of."""
    folder = write(TOML, CSV)
    (folder / name).unlink()
    with pytest.raises(
        ConfigurationError, match=f"{name}: cannot read the catalogue file: No such file"
    ):
        load_catalogue(folder)


@pytest.mark.parametrize(
    ("name", "message"),
    [("requirements.toml", ":1: not UTF-8: save"), ("scr.csv", ": must be a .* file in UTF-8")],
)
def test_file_in_another_encoding_is_refused(write: Write, name: str, message: str) -> None:
    """The message says which encoding is right."""
    folder = write(TOML, CSV)
    (folder / name).write_bytes(b"\xff")
    with pytest.raises(ConfigurationError, match=name + message):
        load_catalogue(folder)
