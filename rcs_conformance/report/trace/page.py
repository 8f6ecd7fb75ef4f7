"""The trace as a page: one file that needs nothing else and is whole without script.

The page has a select for each attribute. The style sheet hides the rows that differ from what is
chosen; where a browser does not know how, all rows stay. The one script searches the text.
"""

from collections.abc import Iterable
from itertools import groupby

from rcs_conformance.catalogue.trace import Trace
from rcs_conformance.catalogue.work_items import OPTIONS
from rcs_conformance.kit import suite_version
from rcs_conformance.report.template import rendered
from rcs_conformance.report.trace.rows import became_of, left_out, selection_of, shown_rows

_TEMPLATE = "trace.html.j2"


def as_html(trace: Trace) -> str:
    """The page."""
    rows = shown_rows(trace)
    filters = (
        ("change", "Change", _values(row.change or row.source for row in rows)),
        ("release", "Since", _values(row.release for row in rows)),
        ("section", "Section", _values(row.section for row in rows)),
        ("level", "Level", _values(row.level for row in rows)),
        ("source", "Source", _values(row.source for row in rows)),
        ("tested", "Tests", ("tested", "not tested")),
        ("option1", "Option 1", _values(row.places[0] for row in rows)),
    )
    return rendered(
        _TEMPLATE,
        trace=trace,
        groups=[list(group) for _, group in groupby(rows, lambda row: row.requirement)],
        filters=[each for each in filters if each[2]],
        options=OPTIONS,
        faults={row.clause.id: row.faults for row in trace.rows if row.clause},
        became=became_of(trace),
        left_out=left_out(trace),
        selection=selection_of(trace),
        version=suite_version(),
    )


def _values(found: Iterable[str]) -> tuple[str, ...]:
    """What there is to choose, in the order in which it comes."""
    return tuple(dict.fromkeys(value for value in found if value))
