"""What a clause shows of itself, whatever the format."""

from dataclasses import dataclass

from rcs_conformance.catalogue.trace import Trace, TraceRow
from rcs_conformance.catalogue.work_items import OPTIONS

STATED = "stated"
"""The source says it in so many words."""

DERIVED = "derived"
"""It follows from HTTP or the common definitions; the source does not say it."""

ABSENT = "not in source"
"""The numbering of the source skips the id."""

VOID = "void"
"""The source has the id, and nothing behind it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A row as text.

    Attributes:
        requirement: Its id.
        title: Of the requirement.
        section: Of the source.
        requirement_change: Of the requirement as a whole.
        requirement_note: On the requirement; empty for none.
        clause: Its id; empty for what has no clauses.
        level: How binding it is.
        when: The features under which it applies; empty for always.
        text: What it demands.
        change: Of the clause.
        what: The change in a sentence; empty where there is none.
        note: On the clause; empty for none.
        statements: Where its sentences stand in the source.
        suspect: Why it is suspect; empty where it is not.
        release: The first that has it.
        source: One of `STATED`, `DERIVED`, `VOID`, `ABSENT`.
        tests: Without their parameters; with the verdicts of runs, where there are runs.
        forms: How many tests those are with their parameters.
        faults: Names of the faults that break it.
        places: The work item by each option; empty where nothing changes.
    """

    requirement: str
    title: str
    section: str = ""
    requirement_change: str = ""
    requirement_note: str = ""
    clause: str = ""
    level: str = ""
    when: str = ""
    text: str = ""
    change: str = ""
    what: str = ""
    note: str = ""
    statements: tuple[str, ...] = ()
    suspect: str = ""
    release: str = ""
    source: str
    tests: tuple[str, ...] = ()
    forms: int = 0
    faults: tuple[str, ...] = ()
    places: tuple[str, ...] = ("",) * len(OPTIONS)


def shown_rows(trace: Trace) -> tuple[Shown, ...]:
    """All rows, then the ids that the source skips."""
    absent = (
        Shown(requirement=one, title="Not in the source", source=ABSENT)
        for one in trace.not_in_source
    )
    return (*(shown(row) for row in trace.rows), *absent)


def shown(row: TraceRow) -> Shown:
    """A row as text."""
    requirement, clause = row.requirement, row.clause
    if clause is None:
        return Shown(
            requirement=requirement.id,
            title=requirement.title,
            section=requirement.section,
            requirement_change=requirement.change.value,
            requirement_note=requirement.note,
            source=VOID,
        )
    places = (option.place(clause) for option in OPTIONS)
    return Shown(
        requirement=requirement.id,
        title=requirement.title,
        section=requirement.section,
        requirement_change=requirement.change.value,
        requirement_note=requirement.note,
        clause=clause.id,
        level=clause.level.value,
        when=str(clause.when or ""),
        text=clause.text,
        change=clause.change.value,
        what=clause.what,
        note=clause.note,
        statements=tuple(map(str, row.statements)),
        suspect="; ".join(row.suspect),
        release=clause.since,
        source=STATED if row.is_stated else DERIVED,
        tests=tuple(map(row.with_outcome, row.functions)),
        forms=len(row.tests),
        faults=tuple(fault.name for fault in row.faults),
        places=tuple(place.value if place else "" for place in places),
    )


def became_of(trace: Trace) -> tuple[tuple[str, int], ...]:
    """How many sentences of the source became what."""
    return tuple(
        (became.value, count) for became, count in trace.sentences.statements.counts.items()
    )


def left_out(trace: Trace) -> tuple[tuple[str, str, str], ...]:
    """The sentences that demand something and became no clause: place, what they are, and why."""
    return tuple(
        (str(each), each.became.value, each.reason)
        for each in trace.sentences.statements.statements
        if each.reason
    )


def selection_of(trace: Trace) -> str:
    """What the trace was limited to, in words; empty for all."""
    selection = trace.selection
    parts = (
        ", ".join(selection.ids),
        ", ".join(change.value for change in selection.changes),
        f"RCS {selection.release}" if selection.release else "",
        "without a source" if selection.without_source else "",
    )
    return "; ".join(part for part in parts if part)
