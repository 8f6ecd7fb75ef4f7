"""Runs triggers: they make the target do what no API request can (binding, section 8)."""

import os
import subprocess
import sys
import termios
from contextlib import closing

from rcs_conformance.driver import download
from rcs_conformance.errors import Cause, Inconclusive, TargetError
from rcs_conformance.target import CommandTrigger, HttpTrigger, PromptTrigger, Target

_FIRST_ERROR = 400
_LONGEST = 4096
"""Bytes of the operator's input before Enter that are read at once."""


def send_trigger_request(trigger: HttpTrigger, target: Target, authorization: str = "") -> None:
    """Send the HTTP request of a trigger.

    Args:
        trigger: The trigger; wherever its URL points, no redirection is followed.
        target: The implementation under test; a client certificate is for its own origin only.
        authorization: The `Authorization` field; empty for none.

    Raises:
        Inconclusive: It did not succeed.
    """
    headers = {"Content-Type": "application/json"} if trigger.body else {}
    if authorization:
        headers["Authorization"] = authorization
    try:
        with closing(download.transport_to(trigger.url, target)) as transport:
            answer = transport.send(trigger.method, trigger.url, headers, trigger.body.encode())
    except TargetError as error:
        raise Inconclusive(Cause.CONFIGURATION, f"no response: {error}") from None
    if answer.status >= _FIRST_ERROR:
        raise Inconclusive(Cause.CONFIGURATION, f"response status {answer.status}")


def run_trigger_command(trigger: CommandTrigger, seconds: float) -> None:
    """Run the shell command of a trigger.

    Raises:
        Inconclusive: It failed or took too long.
    """
    try:
        done = subprocess.run(  # noqa: S603 - the command is the tester's own
            ["/bin/sh", "-c", trigger.command],
            env={**os.environ, **trigger.environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Inconclusive(
            Cause.CONFIGURATION, f"could not be run: {type(error).__name__}"
        ) from None
    if done.returncode != 0:
        raise Inconclusive(Cause.CONFIGURATION, f"exit code {done.returncode}")


def prompt_operator(trigger: PromptTrigger) -> None:
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
    raise Inconclusive(Cause.NO_TRIGGER, "the operator closed the input instead of pressing Enter")


def _terminal() -> int:
    """The terminal that standard input is, opened for both ways."""
    try:
        return os.open(os.ttyname(sys.stdin.fileno()), os.O_RDWR | os.O_NOCTTY)
    except (AttributeError, OSError, ValueError):
        reason = "a prompt trigger needs an operator at a terminal: run in a terminal, without -n"
        raise Inconclusive(Cause.NO_TRIGGER, reason) from None
