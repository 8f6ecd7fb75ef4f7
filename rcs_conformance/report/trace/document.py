"""The trace as JSON, in the form of `reports/trace.schema.json`."""

import json
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from rcs_conformance.catalogue.trace import Source, Trace, TraceRow
from rcs_conformance.catalogue.work_items import OPTIONS, Division
from rcs_conformance.kit import suite_version

FORMAT = "rcs-conformance-trace/1"
"""Name and version of the form."""


def as_json(trace: Trace) -> str:
    """The trace for machines; tests with their parameters."""
    return json.dumps(trace_document(trace), indent=1) + "\n"


def trace_document(trace: Trace) -> Mapping[str, Any]:
    """The trace as plain JSON values, as the schema describes them."""
    selection = trace.selection
    return {
        "format": FORMAT,
        "suite": {"version": suite_version()},
        "source": trace.source,
        "revised": trace.revised.isoformat(),
        "releases": [
            {
                "id": release.id,
                "document": release.document,
                "adds": {"features": sorted(release.features), "items": sorted(release.items)},
            }
            for release in trace.releases
        ],
        "selection": {
            "ids": list(selection.ids),
            "changes": [change.value for change in selection.changes],
            "release": selection.release,
            "withoutSource": selection.without_source,
        },
        "summary": {
            "clauses": len(trace.clauses),
            "tested": trace.tested,
            "withFaults": sum(1 for row in trace.rows if row.faults),
            "byChange": dict(trace.by_change),
            "bySection": dict(trace.by_section),
            "byRelease": dict(trace.by_release),
        },
        "requirements": [
            _requirement(list(rows))
            for _, rows in groupby(trace.rows, key=lambda row: row.requirement.id)
        ],
        "withoutSource": {"ids": list(trace.not_in_source), "clauses": list(trace.derived)},
        "sentences": _sentences(trace.sentences),
        "workItems": [_division(division) for division in trace.divisions],
    }


def _sentences(source: Source) -> Mapping[str, Any]:
    return {
        "documents": [
            {"id": each.id, "file": each.file, "title": each.title}
            for each in source.statements.documents
        ],
        "counts": {became.value: count for became, count in source.statements.counts.items()},
        "statements": [
            {
                "document": each.document,
                "section": each.section,
                "label": each.label,
                "at": each.position,
                "digest": each.digest,
                "became": each.became.value,
                "clauses": list(each.clauses),
                "reason": each.reason,
            }
            for each in source.statements.statements
        ],
        "compared": source.compared,
        "differences": [
            {"place": each.place, "what": each.what, "clauses": list(each.clauses)}
            for each in source.differences
        ],
    }


def _requirement(rows: list[TraceRow]) -> Mapping[str, Any]:
    requirement = rows[0].requirement
    return {
        "id": requirement.id,
        "title": requirement.title,
        "section": requirement.section,
        "change": requirement.change.value,
        "note": requirement.note,
        "clauses": [_clause(row) for row in rows if row.clause],
    }


def _clause(row: TraceRow) -> Mapping[str, Any]:
    clause = row.clause
    if clause is None:
        return {}
    places = ((str(option.number), option.place(clause)) for option in OPTIONS)
    return {
        "id": clause.id,
        "level": clause.level.value,
        "when": str(clause.when or ""),
        "text": clause.text,
        "change": clause.change.value,
        "what": clause.what,
        "note": clause.note,
        "revised": clause.revised.isoformat() if clause.revised else "",
        "since": clause.since,
        "stated": row.is_stated,
        "sentences": [str(each) for each in row.statements],
        "suspect": list(row.suspect),
        "tests": list(row.tests),
        "faults": [{"name": fault.name, "sentence": fault.sentence} for fault in row.faults],
        "workItems": {number: place.value for number, place in places if place},
    }


def _division(division: Division) -> Mapping[str, Any]:
    return {
        "option": division.option.number,
        "title": division.option.title,
        "existing": list(division.existing),
        "new": list(division.new),
        "unchanged": list(division.unchanged),
    }
