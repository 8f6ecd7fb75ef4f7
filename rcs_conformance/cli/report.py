"""`rcs-conformance report`: a finished run in another format, from its result alone."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rcs_conformance.cli.output_file import write_text
from rcs_conformance.report.badge import as_badge_json, as_badge_svg
from rcs_conformance.report.ctrf import as_ctrf
from rcs_conformance.report.junit import as_junit
from rcs_conformance.report.reading import read_run
from rcs_conformance.report.sarif import as_sarif
from rcs_conformance.report.summary import as_markdown
from rcs_conformance.verdict import Run

FORMATS: Mapping[str, Callable[[Run, Path], str]] = {
    "sarif": as_sarif,
    "ctrf": lambda run, _: as_ctrf(run),
    "markdown": lambda run, _: as_markdown(run),
    "badge-json": lambda run, _: as_badge_json(run),
    "badge-svg": lambda run, _: as_badge_svg(run),
    "junit": lambda run, _: as_junit(run),
}
"""Formats to what writes them, given the run and the file of its result."""


def report(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Write a result in the requested format, to a file or to stdout.

    Returns:
        0, whatever the verdict of the run is.

    Raises:
        ConfigurationError: The result cannot be read, or the file cannot be written.
    """
    text = FORMATS[arguments.form](read_run(arguments.result), arguments.result)
    write_text(text, arguments.out)
    return 0
