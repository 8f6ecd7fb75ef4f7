"""The trace of the requirements in each of its formats; all of them show the same.

A format is a function from the trace to text. Nothing in it depends on when or where it is
written, so that two traces of the same catalogue and suites are the same bytes.
"""

from collections.abc import Callable, Mapping

from rcs_conformance.catalogue.trace import Trace
from rcs_conformance.report.trace.console import as_console
from rcs_conformance.report.trace.document import as_json
from rcs_conformance.report.trace.exchange import as_reqif
from rcs_conformance.report.trace.markdown import as_markdown
from rcs_conformance.report.trace.page import as_html
from rcs_conformance.report.trace.table import as_csv

FORMATS: Mapping[str, Callable[[Trace], str]] = {
    "console": as_console,
    "html": as_html,
    "csv": as_csv,
    "json": as_json,
    "markdown": as_markdown,
    "reqif": as_reqif,
}
"""The formats by name."""

__all__ = ["FORMATS"]
