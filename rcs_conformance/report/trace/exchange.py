"""The trace as ReqIF, for tools that manage requirements: section, requirement, clause.

The library for ReqIF that the tests read it back with does not escape what it writes, hence the
writing of our own.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from itertools import groupby

from rcs_conformance.catalogue import Change, Level
from rcs_conformance.catalogue.trace import Trace
from rcs_conformance.catalogue.work_items import OPTIONS, WorkItem
from rcs_conformance.kit import suite_version
from rcs_conformance.report.trace.reqif import (
    NAMESPACE,
    XHTML,
    Attribute,
    Kind,
    Writer,
    element,
    identifier,
    reference,
)
from rcs_conformance.report.trace.rows import (
    ABSENT,
    DERIVED,
    STATED,
    Shown,
    selection_of,
    shown_rows,
)

SECTION, REQUIREMENT, CLAUSE = "Section", "Requirement", "Clause"
"""The types of objects."""

RELATION = "is part of"
"""The type of the relations from clauses to requirements."""

ID = Attribute(name="ReqIF.ForeignID")
TEXT = Attribute(name="ReqIF.Text", kind=Kind.XHTML)
CHAPTER = Attribute(name="ReqIF.ChapterName", kind=Kind.XHTML)
CHANGE = Attribute(
    name="Change", kind=Kind.ENUMERATION, choices=tuple(change.value for change in Change)
)
LEVEL = Attribute(
    name="Level", kind=Kind.ENUMERATION, choices=tuple(level.value for level in Level)
)
SOURCE = Attribute(name="Source", kind=Kind.ENUMERATION, choices=(STATED, DERIVED))
IN_SECTION = Attribute(name="Source section")
SENTENCES = Attribute(name="Sentences")
SUSPECT = Attribute(name="Suspect")
RELEASE = Attribute(name="Release")
WHEN = Attribute(name="When")
WHAT = Attribute(name="What changes")
NOTE = Attribute(name="Note")
TEST_COUNT = Attribute(name="Tests", kind=Kind.INTEGER)
FORM_COUNT = Attribute(name="Forms of tests", kind=Kind.INTEGER)
TESTS = Attribute(name="Names of tests")
FAULT_COUNT = Attribute(name="Faults", kind=Kind.INTEGER)
FAULTS = Attribute(name="Names of faults")
PLACES = tuple(
    Attribute(
        name=f"Option {option.number}",
        kind=Kind.ENUMERATION,
        choices=tuple(place.value for place in WorkItem),
    )
    for option in OPTIONS
)
TYPES = {
    SECTION: (CHAPTER,),
    REQUIREMENT: (ID, TEXT, CHANGE, IN_SECTION, NOTE),
    CLAUSE: (
        *(ID, TEXT, LEVEL, CHANGE, WHAT, NOTE, IN_SECTION, RELEASE, SOURCE, WHEN),
        *(SENTENCES, SUSPECT),
        *(TEST_COUNT, FORM_COUNT, TESTS, FAULT_COUNT, FAULTS, *PLACES),
    ),
}
"""The attributes of each type of objects."""


def as_reqif(trace: Trace) -> str:
    """The trace as a ReqIF file."""
    ET.register_namespace("", NAMESPACE)
    ET.register_namespace("xhtml", XHTML)
    writer, rows = Writer(f"{trace.revised.isoformat()}T00:00:00Z"), shown_rows(trace)
    root = element(
        "REQ-IF",
        element("THE-HEADER", _header(trace, writer)),
        element(
            "CORE-CONTENT",
            element(
                "REQ-IF-CONTENT",
                element("DATATYPES", *_data_types(writer)),
                element("SPEC-TYPES", *_spec_types(writer)),
                element("SPEC-OBJECTS", *_objects(writer, rows)),
                element("SPEC-RELATIONS", *_relations(writer, rows)),
                element("SPECIFICATIONS", _specification(trace, writer, rows)),
            ),
        ),
    )
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _header(trace: Trace, writer: Writer) -> ET.Element:
    tool = f"rcs-conformance {suite_version()}"
    selection = selection_of(trace)
    return element(
        "REQ-IF-HEADER",
        element("COMMENT", text=f"Limited to {selection}" if selection else "All requirements"),
        element("CREATION-TIME", text=writer.changed),
        element("REQ-IF-TOOL-ID", text=tool),
        element("REQ-IF-VERSION", text="1.0"),
        element("SOURCE-TOOL-ID", text=tool),
        element("TITLE", text=f"Trace of {trace.source}"),
        IDENTIFIER=identifier("REQ-IF-HEADER"),
    )


def _data_types(writer: Writer) -> Iterable[ET.Element]:
    """Each type of values once."""
    used = [attribute for attributes in TYPES.values() for attribute in attributes]
    made = (writer.data_type(attribute) for attribute in used)
    return {one.attrib["IDENTIFIER"]: one for one in made}.values()


def _spec_types(writer: Writer) -> Iterable[ET.Element]:
    yield from (writer.object_type(name, attributes) for name, attributes in TYPES.items())
    yield writer.identified("SPEC-RELATION-TYPE", (RELATION,), RELATION)
    yield writer.identified("SPECIFICATION-TYPE", ("",), "Requirements")


def _objects(writer: Writer, rows: Sequence[Shown]) -> Iterable[ET.Element]:
    for section in dict.fromkeys(row.section for row in rows):
        name = _section(section)
        yield writer.spec_object(SECTION, name, [(CHAPTER, name)])
    for row in {row.requirement: row for row in rows}.values():
        yield writer.spec_object(REQUIREMENT, row.requirement, _of_requirement(row))
    for row in rows:
        if row.clause:
            yield writer.spec_object(CLAUSE, row.clause, _of_clause(row))


def _of_requirement(row: Shown) -> Iterable[tuple[Attribute, str]]:
    values = (row.requirement, row.title, row.requirement_change, row.section, row.requirement_note)
    return zip(TYPES[REQUIREMENT], values, strict=True)


def _of_clause(row: Shown) -> Iterable[tuple[Attribute, str]]:
    release = f"RCS {row.release}" if row.release else ""
    values = (
        *(row.clause, row.text, row.level, row.change, row.what, row.note, row.section, release),
        *(row.source, row.when, "\n".join(row.statements), row.suspect),
        *(str(len(row.tests)), str(row.forms), "\n".join(row.tests)),
        *(str(len(row.faults)), "\n".join(row.faults), *row.places),
    )
    return zip(TYPES[CLAUSE], values, strict=True)


def _relations(writer: Writer, rows: Sequence[Shown]) -> Iterable[ET.Element]:
    for row in rows:
        if row.clause:
            yield writer.identified(
                "SPEC-RELATION",
                (row.clause, row.requirement),
                f"{row.clause} {RELATION} {row.requirement}",
                reference("TARGET", "SPEC-OBJECT", _object_id(REQUIREMENT, row.requirement)),
                reference("SOURCE", "SPEC-OBJECT", _object_id(CLAUSE, row.clause)),
                reference("TYPE", "SPEC-RELATION-TYPE", identifier("SPEC-RELATION-TYPE", RELATION)),
            )


def _specification(trace: Trace, writer: Writer, rows: Sequence[Shown]) -> ET.Element:
    sections: list[ET.Element] = []
    for section in dict.fromkeys(row.section for row in rows):
        own = [row for row in rows if row.section == section]
        requirements = [
            writer.node(
                REQUIREMENT,
                name,
                [writer.node(CLAUSE, row.clause) for row in clauses if row.clause],
            )
            for name, clauses in groupby(own, key=lambda row: row.requirement)
        ]
        sections.append(writer.node(SECTION, _section(section), requirements))
    return writer.identified(
        "SPECIFICATION",
        ("",),
        trace.source,
        reference("TYPE", "SPECIFICATION-TYPE", identifier("SPECIFICATION-TYPE", "")),
        element("CHILDREN", *sections),
    )


def _section(name: str) -> str:
    """The name of a section of the source; ids that the source skips stand in one of their own."""
    if not name:
        return ABSENT.capitalize()
    return f"Section {name}" if name[:1].isdigit() else name


def _object_id(type_name: str, name: str) -> str:
    return identifier("SPEC-OBJECT", type_name, name)
