"""Pulls triggers: makes the target do what no API call asks for (binding, section 8)."""

import os
import subprocess

import requests

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.target import CommandTrigger, HttpTrigger


def pull_request(trigger: HttpTrigger, seconds: float) -> None:
    """Send the HTTP request of a trigger.

    Raises:
        Inconclusive: It did not succeed.
    """
    headers = {"Content-Type": "application/json"} if trigger.body else {}
    with requests.Session() as session:
        session.trust_env = False
        try:
            answer = session.request(
                trigger.method,
                trigger.url,
                data=trigger.body.encode() or None,
                headers=headers,
                timeout=seconds,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise Inconclusive(Cause.CONFIGURATION, f"no answer: {type(error).__name__}") from None
    if not answer.ok:
        raise Inconclusive(Cause.CONFIGURATION, f"answered {answer.status_code}")


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
