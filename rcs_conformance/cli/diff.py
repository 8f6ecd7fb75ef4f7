"""`rcs-conformance diff`: what differs between two runs; a new failure is exit code 1."""

import argparse
from collections.abc import Sequence

from rcs_conformance.cli.output_file import write_text
from rcs_conformance.report.reading import read_run
from rcs_conformance.runs.difference_texts import FORMATS
from rcs_conformance.runs.differences import difference
from rcs_conformance.runs.locating import result_file


def diff(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Write the difference in the requested format, to a file or to stdout.

    Returns:
        1 where the second run has failures that the first did not have, else 0.

    Raises:
        ConfigurationError: A result cannot be read, or the file cannot be written.
    """
    before, after = (read_run(result_file(each)) for each in (arguments.before, arguments.after))
    found = difference(before, after)
    write_text(FORMATS[arguments.form](found), arguments.out)
    return 1 if found.new else 0
