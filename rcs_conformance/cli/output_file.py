"""What a command writes: to the file of its option -o, or to stdout."""

import sys
from collections.abc import Iterable
from pathlib import Path

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.report.output import RESULT


def check_keeps_sources(out: Path, sources: Iterable[Path]) -> None:
    """Find out before anything is written that an output folder is none that is read.

    Raises:
        ConfigurationError: What is there is replaced as a whole, and would be lost.
    """
    for each in sources:
        folder = each if each.is_dir() else each.parent
        is_of_run = (folder / RESULT).is_file()
        if is_of_run and folder.resolve() == out.resolve():
            raise ConfigurationError(
                f"--out {out}: has what is read, and would be replaced; give another folder"
            )


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
