"""Cuts a source document into sentences, by the rule that `statements.toml` states.

The documents are plain text, saved from a word processor: a cell of a table begins with a tab, and
goes on over lines and paragraphs until the next cell. All tables have four columns.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

COLUMNS = {
    "Req": ("label", "category", "description", "recommendation"),
    "Label": ("label", "description", "parameters", "comment"),
}
"""The columns of a table, by the first head."""

TEXT = "text"
"""Stands in place of a column outside of tables."""

_HEADING = re.compile(r"\s*(\d+(?:\.\d+)*)\.? +[A-Z][^;:]*[^.;:]")
_BULLET = "\N{MIDDLE DOT}"
_END = re.compile(r"(?<!e\.g\.)(?<!i\.e\.)(?<=[.?!])\s+(?=[A-Z])")
_DIGITS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence of a source document, and where it stands.

    Attributes:
        section: Number of its section; empty before the first.
        label: Of the row of a table; empty outside of tables.
        position: Column and number, such as `comment 2`; `text 3` outside of tables.
        text: On one line.
    """

    section: str
    label: str
    position: str
    text: str

    @property
    def digest(self) -> str:
        """What stands for the text where the text itself may not stand."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:_DIGITS]


@dataclass(slots=True)
class _Cell:
    """A cell of a table, or what stands outside of tables between two headings."""

    section: str
    label: str
    column: str
    lines: list[str]


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The sentences of a document, in order."""
    counts: Counter[tuple[str, str, str]] = Counter()
    found: list[Sentence] = []
    for cell in _cells(text.splitlines()):
        for sentence in _cut(cell):
            place = (cell.section, cell.label, cell.column)
            counts[place] += 1
            found.append(
                Sentence(
                    section=cell.section,
                    label=cell.label,
                    position=f"{cell.column} {counts[place]}",
                    text=sentence,
                )
            )
    return tuple(found)


def _cells(lines: Iterable[str]) -> Iterator[_Cell]:
    """The cells of all tables but their heads and labels, and all else between them."""
    cell, columns, number, blank = _Cell("", "", TEXT, []), COLUMNS["Req"], 0, 0
    in_table = False
    for line in lines:
        words = line.strip()
        if line.startswith("\t"):
            yield cell
            if words in COLUMNS:
                in_table, columns, number = True, COLUMNS[words], -len(COLUMNS[words])
            else:
                number += 1
            column = columns[number % len(columns)]
            label = words if column == "label" and number >= 0 else cell.label
            cell = _Cell(cell.section, label if number >= 0 else "", column, [line])
        elif in_table and words and blank > 1 and columns[number % len(columns)] == columns[-1]:
            yield cell
            in_table, cell = False, _Cell(cell.section, "", TEXT, [])
        if not line.startswith("\t"):
            if not in_table and (heading := _HEADING.fullmatch(line.rstrip())):
                yield cell
                cell = _Cell(heading[1], "", TEXT, [])
            else:
                cell.lines.append(line)
        blank = 0 if words else blank + 1
    yield cell


def _cut(cell: _Cell) -> Iterator[str]:
    """The sentences of a cell; in a cell of parameters each line is one."""
    if cell.column == "label" or (cell.column != TEXT and not cell.label):
        return
    ends_paragraph = cell.column == "parameters"
    paragraph = ""
    for line in [*cell.lines, ""]:
        words = " ".join(line.replace(_BULLET, " ").split())
        begins = line.lstrip().startswith(_BULLET) or (ends_paragraph and paragraph[-1:] != "-")
        if paragraph and (not words or begins):
            yield from _END.split(paragraph)
            paragraph = ""
        glue = "" if paragraph.endswith("-") or not paragraph else " "
        paragraph = f"{paragraph}{glue}{words}" if words else paragraph
