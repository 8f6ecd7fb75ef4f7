"""`rcs-conformance matrix`: clauses by target and version, of many runs."""

import argparse
import sys
from collections.abc import Sequence

from rcs_conformance.cli.output_file import write_text
from rcs_conformance.report.text import inert
from rcs_conformance.runs.locating import runs_in
from rcs_conformance.runs.matrix import matrix as matrix_of
from rcs_conformance.runs.matrix_texts import FORMATS


def matrix(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Write the matrix in the requested format, to a file or to stdout.

    Returns:
        0, whatever the verdicts of the runs are.

    Raises:
        ConfigurationError: A run cannot be read, or the file cannot be written.
    """
    runs, problems = runs_in(arguments.runs)
    for line in problems:
        print(f"rcs-conformance: left out: {inert(line)}", file=sys.stderr)  # noqa: T201 - notice
    left_out = [f"Left out: {line}" for line in problems]
    write_text(FORMATS[arguments.form](matrix_of(runs, left_out)), arguments.out)
    return 0
