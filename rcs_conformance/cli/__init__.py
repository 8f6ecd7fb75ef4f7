"""The command `rcs-conformance`: options in, one of the exit codes out.

Exit codes: 0 every selected clause that applies is met or a known failure, 1 one is not,
2 interrupted, 3 error in the test suite, 4 configuration or usage, 5 something selected could not
be decided, 6 the target stopped answering.
"""

import signal
import sys
import threading
from collections.abc import Sequence

_INTERRUPTED = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Only `--help` and `--version` raise, `SystemExit`. A wrong argument or file is one line on
    stderr. So is an error in the suite; its traceback goes to a file.

    Args:
        argv: The arguments; those of the process without it.

    Returns:
        The exit code.
    """
    is_main = threading.current_thread() is threading.main_thread()
    is_free = is_main and signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    if is_free:  # else a run that is ended while it is loaded would have another exit code
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        from rcs_conformance.cli.command import carried_out  # noqa: PLC0415 - Ctrl-C may come here

        return carried_out(argv)
    except (KeyboardInterrupt, RuntimeError) as error:
        # Until 3.11, Python puts a RuntimeError around what comes while a class is made.
        if not isinstance(error.__cause__ or error, KeyboardInterrupt):
            raise
        print("rcs-conformance: interrupted", file=sys.stderr)  # noqa: T201 - the command
        return _INTERRUPTED
    finally:
        if is_free:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
