"""Reads `statements.toml`: what became of each sentence of the source documents.

A sentence stands there by where it is and by a digest, since the documents are not part of the
project.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from rcs_conformance import kit
from rcs_conformance.catalogue.records import Catalogue, Clause, Level, suggestion
from rcs_conformance.configuration import Filled, Form, Place, read, shown, structured

FILE = "statements.toml"
"""Name of the file, in the folder of the catalogue."""

_DIGEST = re.compile(r"[0-9a-f]{16}")
_POSITION = re.compile(r"[a-z]+ [1-9][0-9]*")


class Became(StrEnum):
    """What a sentence became."""

    CLAUSES = "clauses"
    INFORMATIVE = "informative"
    """It demands nothing."""
    EDITORS_NOTE = "editor's note"
    OUT_OF_SCOPE = "out of scope"
    NOT_TESTABLE = "not testable"
    """It demands something that cannot be seen from outside."""


_NEEDS_REASON = (Became.OUT_OF_SCOPE, Became.NOT_TESTABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source document: how statements call it, its file name, and what it is."""

    id: str
    file: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of a source document, and what became of it.

    Attributes:
        document: Id of the document.
        section: Of the document.
        label: Of the row of a table; empty outside of tables.
        position: Column and number, such as `comment 2`.
        digest: Of the sentence.
        became: What it became.
        clauses: Those that it became; only with `Became.CLAUSES`.
        reason: Why it is out of scope or not testable; else empty.
    """

    document: str
    section: str
    label: str
    position: str
    digest: str
    became: Became
    clauses: tuple[str, ...] = ()
    reason: str = ""

    def __str__(self) -> str:
        parts = (self.document, self.section, self.label, self.position)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """All sentences of all source documents, in their order."""

    documents: tuple[Document, ...] = ()
    statements: tuple[Statement, ...] = ()

    @property
    def by_clause(self) -> Mapping[str, tuple[Statement, ...]]:
        """The statements that each clause comes from, by its id."""
        found: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement in self.statements:
            for clause in statement.clauses:
                found[clause].append(statement)
        return {clause: tuple(those) for clause, those in found.items()}

    @property
    def counts(self) -> Mapping[Became, int]:
        """How many sentences became what; those that occur."""
        found = Counter(statement.became for statement in self.statements)
        return {became: found[became] for became in Became if became in found}

    def unstated(self, catalogue: Catalogue) -> tuple[Clause, ...]:
        """The clauses that claim to be in the source, and come from no sentence of it."""
        traced = self.by_clause.keys()
        return tuple(
            clause
            for clause in catalogue.clauses.values()
            if clause.level is not Level.DERIVED and clause.id not in traced
        )


def _digest_fault(value: str) -> str:
    right = "must be 16 hexadecimal digits in lower case"
    return "" if _DIGEST.fullmatch(value) else f"{right}, not {shown(value)}"


def _position_fault(value: str) -> str:
    return "" if _POSITION.fullmatch(value) else f"must look like comment 2, not {shown(value)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _DocumentTable:
    id: Filled
    file: Filled
    title: Filled


@dataclass(frozen=True, slots=True, kw_only=True)
class _StatementTable:
    at: Annotated[str, Form(_position_fault)]
    digest: Annotated[str, Form(_digest_fault)]
    clauses: tuple[Filled, ...] = ()
    became: Became = Became.CLAUSES
    reason: Filled | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _RowTable:
    document: Filled
    section: Filled
    statement: tuple[_StatementTable, ...]
    label: Filled | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _StatementsFile:
    document: tuple[_DocumentTable, ...]
    row: tuple[_RowTable, ...]


def load_statements(catalogue: Catalogue, directory: Path = kit.CATALOGUE) -> Statements:
    """Reads the statements of a catalogue; none where there is no such file.

    Raises:
        ConfigurationError: The file is unreadable or wrong, or does not fit the catalogue; one line
            with file and line.
    """
    if not (directory / FILE).exists():
        return Statements()
    top, tables = read(directory / FILE, "catalogue file")
    found = structured(tables, _StatementsFile, top)
    documents = tuple(Document(id=one.id, file=one.file, title=one.title) for one in found.document)
    known = [document.id for document in documents]
    statements: dict[str, Statement] = {}
    for number, row in enumerate(found.row):
        place = top.at("row", number)
        if row.document not in known:
            fault = f"unknown document {row.document!r}; {suggestion(row.document, known)}"
            raise place.at("document").error(fault)
        for index, statement in enumerate(_of_row(row, catalogue, place)):
            if str(statement) in statements:
                raise place.at("statement", index).error(f"{statement} occurs twice")
            statements[str(statement)] = statement
    return Statements(documents=documents, statements=tuple(statements.values()))


def _of_row(row: _RowTable, catalogue: Catalogue, place: Place) -> Iterator[Statement]:
    for number, table in enumerate(row.statement):
        _check(table, catalogue, place.at("statement", number))
        yield Statement(
            document=row.document,
            section=row.section,
            label=row.label or "",
            position=table.at,
            digest=table.digest,
            became=table.became,
            clauses=table.clauses,
            reason=table.reason or "",
        )


def _check(table: _StatementTable, catalogue: Catalogue, place: Place) -> None:
    """Refuses what does not fit the rest of the statement, or the catalogue."""
    if (table.became is Became.CLAUSES) != bool(table.clauses):
        raise place.error("must have either clauses, or became with another value than clauses")
    if (table.became in _NEEDS_REASON) != bool(table.reason):
        raise place.error("must have a reason where it became out of scope or not testable alone")
    for index, name in enumerate(table.clauses):
        if name not in catalogue.clauses:
            fault = f"unknown clause {name!r}; {suggestion(name, catalogue.clauses)}"
            raise place.at("clauses", index).error(fault)
