"""What a command writes: to the file of its option -o, or to stdout."""

import sys
from pathlib import Path

from rcs_conformance.errors import ConfigurationError


def write_text(text: str, file: Path | None) -> None:
    """Write the same bytes to a file and to stdout: UTF-8, the format's line ends.

    Raises:
        ConfigurationError: The file cannot be written.
    """
    if file is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.flush()
        return
    try:
        file.write_bytes(text.encode("utf-8"))
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise ConfigurationError(f"-o {file}: cannot be written: {reason}") from None
