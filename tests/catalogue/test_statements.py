"""Sentences of source documents: how they are cut, what became of them, and what has changed."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rcs_conformance.catalogue import Catalogue, load_catalogue
from rcs_conformance.catalogue.comparison import Recorded, differences, suspects
from rcs_conformance.catalogue.sentences import sentences_of
from rcs_conformance.catalogue.statements import Became, Statements, load_statements
from rcs_conformance.errors import ConfigurationError

from .conftest import CSV, TOML

Write = Callable[[str, str], Path]

DOCUMENT = """\
 1 A beginning
It opens. It goes on,
e.g. Here, over two lines.
\N{MIDDLE DOT}
\N{MIDDLE DOT} First point
\N{MIDDLE DOT} Second point
2.1 The table
\tLabel
\tDescription
\tRequired parameters (not complete list)
\tComment

\tR-1
\tIt SHALL start
or re-
start.
\ttoken={t}

name={n}
\tIt may! Or may it?

Twice so.

\tR-2
\tIt is VOID.
\t
\tNothing.


Afterwards.
"""
"""A document of the form of the sources, in words of our own."""

SENTENCES = {
    "1  text 1": "It opens.",
    "1  text 2": "It goes on, e.g. Here, over two lines.",
    "1  text 3": "First point",
    "1  text 4": "Second point",
    "2.1 R-1 description 1": "It SHALL start or re-start.",
    "2.1 R-1 parameters 1": "token={t}",
    "2.1 R-1 parameters 2": "name={n}",
    "2.1 R-1 comment 1": "It may!",
    "2.1 R-1 comment 2": "Or may it?",
    "2.1 R-1 comment 3": "Twice so.",
    "2.1 R-2 description 1": "It is VOID.",
    "2.1 R-2 comment 1": "Nothing.",
    "2.1  text 1": "Afterwards.",
}


def statements_toml(text: str = DOCUMENT, clause: str = "R-1.1") -> str:
    """Statements of a document, all of which became a clause."""
    rows = "\n".join(
        f'[[row]]\ndocument = "d"\nsection = "{each.section}"\nlabel = "{each.label}"\n'.replace(
            'label = ""\n', ""
        )
        + f'statement = [{{ at = "{each.position}", digest = "{each.digest}",'
        f' clauses = ["{clause}"] }}]'
        for each in sentences_of(text)
    )
    return f'[[document]]\nid = "d"\nfile = "d.txt"\ntitle = "A document"\n\n{rows}\n'


@pytest.fixture
def folder(write: Write) -> Path:
    """A catalogue with the statements of the document, and the document."""
    place = write(TOML, CSV)
    (place / "statements.toml").write_text(statements_toml(), "utf-8")
    (place / "d.txt").write_text(DOCUMENT, "utf-8")
    return place


def loaded(folder: Path) -> Statements:
    """The statements of a catalogue."""
    return load_statements(load_catalogue(folder), folder)


def test_document_is_cut_by_the_rule() -> None:
    """Paragraphs, bullets, cells over several lines, abbreviations; no heads and labels."""
    found = {
        f"{each.section} {each.label} {each.position}": each.text for each in sentences_of(DOCUMENT)
    }
    assert found == SENTENCES


def test_white_space_does_not_count() -> None:
    """The digest is that of the words."""
    other = DOCUMENT.replace("It goes on,\ne.g.", "It  goes on, e.g.")
    assert [each.digest for each in sentences_of(other)] == [
        each.digest for each in sentences_of(DOCUMENT)
    ]


def test_no_sentence_of_the_sources_is_left(shipped: Catalogue) -> None:
    """Each of the two documents is there, and each sentence became something."""
    found = load_statements(shipped)
    assert len(found.documents) == 2
    assert sum(found.counts.values()) == len(found.statements)
    for each in found.statements:
        assert (each.became is Became.CLAUSES) == bool(each.clauses), str(each)
        assert set(each.clauses) <= shipped.clauses.keys()


def test_what_the_sources_require_comes_from_a_sentence(shipped: Catalogue) -> None:
    """No clause but a derived one is without a statement."""
    assert load_statements(shipped).unstated(shipped) == ()


def test_catalogue_without_statements(write: Write) -> None:
    """It has none, and all clauses that are not derived are unstated."""
    catalogue = load_catalogue(folder := write(TOML, CSV))
    found = load_statements(catalogue, folder)
    assert found.statements == ()
    assert [each.id for each in found.unstated(catalogue)] == ["R-1.1", "R-1.2"]


MISTAKES = {
    "clause": ('clauses = ["R-1.1"]', 'clauses = ["R-1.9"]', "unknown clause 'R-1.9'; did you"),
    "document": ('document = "d"', 'document = "e"', "unknown document 'e'; "),
    "both": ('["R-1.1"]', '["R-1.1"], became = "informative"', "must have either clauses, or"),
    "neither": ('clauses = ["R-1.1"]', 'became = "clauses"', "must have either clauses, or"),
    "reason": ('clauses = ["R-1.1"]', 'became = "out of scope"', "must have a reason where"),
    "needless reason": ('["R-1.1"]', '["R-1.1"], reason = "x"', "must have a reason where"),
    "became": ('clauses = ["R-1.1"]', 'became = "lost"', "lost"),
    "digest": ('digest = "', 'digest = "X', "must be 16 hexadecimal digits"),
    "position": ('at = "text 2"', 'at = "text"', "must look like comment 2"),
    "twice": ('at = "text 2"', 'at = "text 1"', "d 1 text 1 occurs twice"),
    "key": ("clauses =", "clause =", "clause"),
}


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_told_in_one_line(folder: Path, old: str, new: str, message: str) -> None:
    """With file and line."""
    file = folder / "statements.toml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(ConfigurationError, match=re.escape(message)) as caught:
        loaded(folder)
    assert re.match(rf"{re.escape(str(file))}:\d+: ", str(caught.value))
    assert "\n" not in str(caught.value)


CHANGES = {
    "nothing": ("", "", []),
    "a word": ("It may!", "It must!", ["d 2.1 R-1 comment 1: changed"]),
    "a sentence is gone": ("Or may it?\n", "\n", ["d 2.1 R-1 comment 2: gone"]),
    "a new sentence": ("It opens.", "It opens. Newly so.", ["d 1 text 2: new"]),
    "a label": ("\tR-2\n", "\tR-3\n", []),
}


@pytest.mark.parametrize(("old", "new", "expected"), CHANGES.values(), ids=CHANGES)
def test_documents_are_compared(folder: Path, old: str, new: str, expected: list[str]) -> None:
    """What only stands elsewhere is no difference."""
    (folder / "d.txt").write_text(DOCUMENT.replace(old, new, 1) if old else DOCUMENT, "utf-8")
    found = differences(loaded(folder), folder)
    assert [str(each) for each in found] == expected


def test_document_that_is_missing_or_no_text(folder: Path) -> None:
    """One line that names it."""
    (folder / "d.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError, match=r"d\.txt: must be text in UTF-8"):
        differences(loaded(folder), folder)
    (folder / "d.txt").unlink()
    with pytest.raises(ConfigurationError, match="cannot be read: No such file"):
        differences(loaded(folder), folder)


def test_clauses_of_changed_sentences_are_suspect(folder: Path) -> None:
    """With their recorded verdicts; what is new leads to no clause."""
    text = DOCUMENT.replace("It may!", "It must!").replace("It opens.", "It opens. Newly so.")
    (folder / "d.txt").write_text(text, "utf-8")
    clauses = load_catalogue(folder).clauses.values()
    found = differences(loaded(folder), folder)

    assert suspects(clauses, found) == {"R-1.1": ("d 2.1 R-1 comment 1: changed",)}
    recorded = Recorded(made=date(2026, 1, 2), verdicts={"R-1.1": "pass", "R-1.2": "pass"})
    assert suspects(clauses, found, recorded)["R-1.1"][-1] == (
        "verdict pass of 2026-01-02 is from before"
    )


def test_verdicts_from_before_a_revision_are_suspect(write: Write) -> None:
    """Those from the day itself or later are not."""
    revised = TOML.replace('level = "shall",', 'level = "shall", revised = 2026-02-01,')
    clauses = load_catalogue(write(revised, CSV)).clauses.values()
    before, after = (
        Recorded(made=made, verdicts={"R-1.1": "fail"})
        for made in (date(2026, 1, 31), date(2026, 2, 1))
    )
    assert suspects(clauses, (), before) == {
        "R-1.1": ("revised on 2026-02-01", "verdict fail of 2026-01-31 is from before")
    }
    assert suspects(clauses, (), after) == {}
    assert suspects(clauses) == {}
