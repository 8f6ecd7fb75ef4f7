"""The trace as CSV, for spreadsheets: UTF-8 with a byte order mark, a row for each clause.

A spreadsheet takes a cell for a formula that begins with one of a few characters, and text such
as 4.7.2 for a date. Neither may happen to what is text.
"""

import csv
import io

from rcs_conformance.catalogue.trace import Trace
from rcs_conformance.catalogue.work_items import OPTIONS
from rcs_conformance.report.trace.rows import Shown, shown_rows

COLUMNS = (
    "requirement",
    "title",
    "section",
    "requirement change",
    "requirement note",
    "clause",
    "level",
    "when",
    "text",
    "note",
    "change",
    "what changes",
    "since",
    "source",
    "sentences",
    "suspect",
    "tests",
    "test forms",
    "test ids",
    "faults",
    "fault names",
    *(f"option {option.number}" for option in OPTIONS),
)
"""The heads of the columns."""

_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def as_csv(trace: Trace) -> str:
    """A table of all clauses, void requirements and ids that the source skips."""
    text = io.StringIO(_MARK, newline="")
    text.seek(len(_MARK))
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(map(cells, shown_rows(trace)))
    return text.getvalue()


def cells(row: Shown) -> tuple[str, ...]:
    """The cells of a row, one for each of `COLUMNS`, none of which a spreadsheet computes."""
    found = (
        row.requirement,
        row.title,
        f"section {row.section}" if row.section[:1].isdigit() else row.section,
        row.requirement_change,
        row.requirement_note,
        row.clause,
        row.level,
        row.when,
        row.text,
        row.note,
        row.change,
        row.what,
        f"RCS {row.release}" if row.release else "",
        row.source,
        "\n".join(row.statements),
        row.suspect,
        str(len(row.tests)),
        str(row.forms),
        "\n".join(row.tests),
        str(len(row.faults)),
        "\n".join(row.faults),
        *row.places,
    )
    return tuple(map(inert_cell, found))


def inert_cell(text: str) -> str:
    """The text, preceded by an apostrophe where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
