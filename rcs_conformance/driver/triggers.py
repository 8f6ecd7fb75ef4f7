"""Pulls triggers: makes the target do what no API call asks for (binding, section 8)."""

import os
import subprocess
from contextlib import closing

from rcs_conformance.driver import download
from rcs_conformance.errors import Cause, Inconclusive, TargetError
from rcs_conformance.target import CommandTrigger, HttpTrigger, Target

_REFUSED = 400


def pull_request(trigger: HttpTrigger, target: Target, authorization: str = "") -> None:
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
        raise Inconclusive(Cause.CONFIGURATION, f"no answer: {error}") from None
    if answer.status >= _REFUSED:
        raise Inconclusive(Cause.CONFIGURATION, f"answered {answer.status}")


def pull_command(trigger: CommandTrigger, seconds: float) -> None:
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
        raise Inconclusive(Cause.CONFIGURATION, f"no end: {type(error).__name__}") from None
    if done.returncode != 0:
        raise Inconclusive(Cause.CONFIGURATION, f"exit code {done.returncode}")
