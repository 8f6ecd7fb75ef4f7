"""The trace as a page: one file that needs nothing else and runs no script, filtered by its style.

The page has a select for each attribute. The style sheet hides the rows that differ from what is
chosen; where a browser does not know how, all rows stay.
"""

from collections.abc import Iterable

import jinja2

from rcs_conformance.catalogue.trace import Trace
from rcs_conformance.catalogue.work_items import OPTIONS
from rcs_conformance.kit import TEMPLATES
from rcs_conformance.report.suite import suite_version
from rcs_conformance.report.text import visible
from rcs_conformance.report.trace.rows import selection_of, shown_rows

_TEMPLATE = "trace.html.j2"


def as_html(trace: Trace) -> str:
    """The page."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = lambda text: visible(str(text))
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
    return environment.get_template(_TEMPLATE).render(
        trace=trace,
        rows=rows,
        filters=[each for each in filters if each[2]],
        options=OPTIONS,
        faults={row.clause.id: row.faults for row in trace.rows if row.clause},
        selection=selection_of(trace),
        version=suite_version(),
    )


def _values(found: Iterable[str]) -> tuple[str, ...]:
    """What there is to choose, in the order in which it comes."""
    return tuple(dict.fromkeys(value for value in found if value))
