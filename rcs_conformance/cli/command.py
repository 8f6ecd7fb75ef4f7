"""Carries out the command: every error is one line, with its exit code."""

import sys
import tempfile
import traceback
from collections.abc import Sequence

from rcs_conformance.cli.arguments import parsed
from rcs_conformance.cli.steady_output import steady_output
from rcs_conformance.errors import ConfigurationError, lines_of
from rcs_conformance.report.text import inert

HARNESS_FAULT = 3
USAGE = 4


def carried_out(argv: Sequence[str] | None = None) -> int:
    """Run the command; as `main`, but that Ctrl-C is for the caller."""
    try:
        with steady_output():
            arguments, rest = parsed(sys.argv[1:] if argv is None else argv)
            return int(arguments.command(arguments, rest))
    except ConfigurationError as error:
        for line in lines_of(error):
            print(f"rcs-conformance: {inert(line)}", file=sys.stderr)  # noqa: T201 - the command
        return USAGE
    except Exception as error:
        print(_fault(error), file=sys.stderr)  # noqa: T201 - the command
        return HARNESS_FAULT


def _fault(error: Exception) -> str:
    """One line about an error in the suite; a file for its owner alone has the traceback."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="rcs-conformance-", suffix=".log", encoding="utf-8", delete=False
    ) as log:
        traceback.print_exception(error, file=log)
    return (
        f"rcs-conformance: error in the test suite: {type(error).__name__}: {inert(str(error))};"
        f" traceback in {log.name}"
    )
