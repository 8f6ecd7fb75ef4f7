"""Reads `requirements.toml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from rcs_conformance.catalogue.expressions import Condition, ExpressionError
from rcs_conformance.catalogue.records import Change, Clause, Level, Requirement
from rcs_conformance.configuration import Filled, Form, Place, read, shown, structured

_ID = re.compile(r"[A-Z][A-Za-z0-9]*(-[A-Za-z0-9.]+)+")
_NUMBER = re.compile(r"[1-9][0-9]*")


def _id_fault(value: str) -> str:
    return "" if _ID.fullmatch(value) else f"must look like UNI-CHT-002b, not {shown(value)}"


def _when_fault(value: str) -> str:
    try:
        Condition.parse(value)
    except ExpressionError as error:
        return str(error)
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _ClauseTable:
    id: Filled
    level: Level
    text: Filled
    when: Annotated[str, Form(_when_fault)] | None = None
    note: Filled | None = None
    revised: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _RequirementTable:
    id: Annotated[str, Form(_id_fault)]
    title: Filled
    section: Filled
    change: Change
    parameters: tuple[Filled, ...] = ()
    clause: tuple[_ClauseTable, ...] = ()
    note: Filled | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _RequirementsFile:
    source: Filled
    requirement: tuple[_RequirementTable, ...]
    not_in_source: tuple[Filled, ...] = ()


def read_requirements(
    file: Path,
) -> tuple[str, tuple[str, ...], Mapping[str, Requirement]]:
    """The source's name, the ids that it skips, and all requirements by id.

    Raises:
        ConfigurationError: The file is unreadable or wrong; one line with file, line and key.
    """
    top, tables = read(file, "catalogue file")
    found = structured(tables, _RequirementsFile, top)
    requirements: dict[str, Requirement] = {}
    taken: set[str] = set()
    for number, table in enumerate(found.requirement):
        place = top.at("requirement", number)
        if table.id in found.not_in_source:
            raise place.at("id").error(f"not_in_source lists {table.id}: remove one of the two")
        requirement = _requirement(table, place)
        for one in (requirement.id, *(clause.id for clause in requirement.clauses)):
            if one in taken:
                raise place.error(f"{one} is defined twice: each id must be used once")
            taken.add(one)
        requirements[requirement.id] = requirement
    return found.source, found.not_in_source, requirements


def _requirement(table: _RequirementTable, place: Place) -> Requirement:
    if table.change is Change.VOID and table.clause:
        raise place.at("clause").error(f"{table.id} is void: it must have no clauses")
    if table.change is not Change.VOID and not table.clause:
        raise place.error(f"{table.id} must have at least one clause, or be void")
    return Requirement(
        id=table.id,
        title=table.title,
        section=table.section,
        change=table.change,
        parameters=table.parameters,
        note=table.note or "",
        clauses=tuple(
            _clause(table.id, clause, place.at("clause", number))
            for number, clause in enumerate(table.clause)
        ),
    )


def _clause(requirement: str, table: _ClauseTable, place: Place) -> Clause:
    prefix, number = f"{requirement}.", table.id.removeprefix(f"{requirement}.")
    if not table.id.startswith(prefix) or not _NUMBER.fullmatch(number):
        raise place.at("id").error(f"must be {prefix}NUMBER, not {shown(table.id)}")
    return Clause(
        id=table.id,
        level=table.level,
        text=table.text,
        when=None if table.when is None else Condition.parse(table.when),
        requirement=requirement,
        note=table.note or "",
        revised=table.revised,
    )
