"""Asks the operator to pull a trigger (binding, section 8)."""

import os
import sys
import termios

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.target import PromptTrigger

_LONGEST = 4096
"""Bytes of what the operator types before Enter that are read at once."""


def pull_prompt(trigger: PromptTrigger) -> None:
    """Show the sentence of a trigger on the terminal of standard input, and wait for Enter.

    What was typed before is dropped. There is no deadline: the operator takes as long as it takes.

    Raises:
        Inconclusive: There is no such terminal, or the operator ended the input.
    """
    terminal = _terminal()
    try:
        termios.tcflush(terminal, termios.TCIFLUSH)
        os.write(terminal, f"\n{' '.join(trigger.prompt.split())} [Enter] ".encode())
        while typed := os.read(terminal, _LONGEST):
            if typed.endswith(b"\n"):
                return
    finally:
        os.close(terminal)
    raise Inconclusive(Cause.NO_TRIGGER, "the operator ended the input instead of pressing Enter")


def _terminal() -> int:
    """The terminal that standard input is, opened for both ways."""
    try:
        return os.open(os.ttyname(sys.stdin.fileno()), os.O_RDWR | os.O_NOCTTY)
    except (AttributeError, OSError, ValueError):
        reason = "a prompt needs an operator at a terminal; run in one, and without -n"
        raise Inconclusive(Cause.NO_TRIGGER, reason) from None
