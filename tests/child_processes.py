"""Commands that tests start beside themselves."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any


@contextmanager
def running(words: Sequence[str], **options: Any) -> Iterator["subprocess.Popen[str]"]:  # noqa: ANN401
    """A command that is killed with the block: what fails in it would wait for its end.

    Args:
        words: The command.
        options: Further arguments of `Popen`.
    """
    process = subprocess.Popen(words, text=True, **options)  # noqa: S603 - our own commands
    with process:
        try:
            yield process
        finally:
            process.kill()
