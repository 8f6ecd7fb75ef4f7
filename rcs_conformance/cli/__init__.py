"""The command `rcs-conformance`: options in, one of the exit codes out.

Exit codes: 0 conforms, 1 does not, 2 interrupted, 3 fault of the harness, 4 configuration or
usage, 5 not fully verified.
"""

import sys
import tempfile
import traceback
from collections.abc import Sequence

from rcs_conformance.cli.arguments import parsed
from rcs_conformance.errors import ConfigurationError, lines_of
from rcs_conformance.report.text import inert
from rcs_conformance.verdict import INTERRUPTED

HARNESS_FAULT = 3
USAGE = 4


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Nothing escapes but the exit of `--help` and `--version`: what the tester did wrong is one
    line, and so is a fault of ours, whose traceback goes to a file.

    Args:
        argv: The arguments; those of the process without it.

    Returns:
        The exit code.
    """
    try:
        arguments, rest = parsed(sys.argv[1:] if argv is None else argv)
        return int(arguments.command(arguments, rest))
    except ConfigurationError as error:
        for line in lines_of(error):
            print(f"rcs-conformance: {inert(line)}", file=sys.stderr)  # noqa: T201 - the command
        return USAGE
    except KeyboardInterrupt:
        print("rcs-conformance: interrupted", file=sys.stderr)  # noqa: T201 - the command
        return INTERRUPTED
    except Exception as error:
        print(_fault(error), file=sys.stderr)  # noqa: T201 - the command
        return HARNESS_FAULT


def _fault(error: Exception) -> str:
    """One line on a fault of ours; its traceback is written to a file that only we can read."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="rcs-conformance-", suffix=".log", encoding="utf-8", delete=False
    ) as log:
        traceback.print_exception(error, file=log)
    return (
        f"rcs-conformance: fault of the harness, {type(error).__name__}: {inert(str(error))};"
        f" the traceback is in {log.name}"
    )
