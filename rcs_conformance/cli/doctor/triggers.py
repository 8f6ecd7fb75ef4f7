"""Whether the triggers of a target file can be pulled; none of them is."""

import shlex
import shutil
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from rcs_conformance.cli.doctor import finding
from rcs_conformance.cli.doctor.finding import Finding
from rcs_conformance.target import TRIGGERS, CommandTrigger, HttpTrigger, Target, Trigger

SECONDS = 1.0
"""For a connection."""

_PORTS = {"http": 80, "https": 443}


def examined(target: Target) -> Iterator[Finding]:
    """What is found of each trigger, and which there are none of."""
    with ThreadPoolExecutor(max_workers=len(TRIGGERS)) as pool:
        yield from pool.map(
            lambda name: _examined(name, target.triggers[name], target), target.triggers
        )
    if missing := [name for name in TRIGGERS if name not in target.triggers]:
        yield finding.warning(
            "triggers",
            f"none for {', '.join(missing)}: clauses that need them are not tested",
            "add [triggers.NAME] where the server can be made to do it",
        )


def _examined(name: str, trigger: Trigger, target: Target) -> Finding:
    if isinstance(trigger, HttpTrigger):
        return _request(name, trigger, target)
    if isinstance(trigger, CommandTrigger):
        return _command(name, trigger)
    if sys.stdin is None or not sys.stdin.isatty():
        text = "a prompt, and standard input is no terminal"
        return finding.warning(f"triggers.{name}", text, "run where an operator can answer")
    return finding.ok(f"triggers.{name}", "a prompt, and there is a terminal")


def _request(name: str, trigger: HttpTrigger, target: Target) -> Finding:
    """Whether something listens where a request goes; it is not sent."""
    url = trigger.url.replace("{serverRoot}", target.server_root.rstrip("/"))
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 80)
    try:
        socket.create_connection((host, port), timeout=SECONDS).close()
    except OSError as error:
        reason = error.strerror or str(error)
        text = f"{trigger.method} to {host}:{port}: {reason}"
        return finding.wrong(f"triggers.{name}", text, "name a server that is running")
    text = f"{trigger.method} to {host}:{port}, which listens; not sent"
    return finding.ok(f"triggers.{name}", text)


def _command(name: str, trigger: CommandTrigger) -> Finding:
    """Whether the first word of a command can be found; it is not run."""
    try:
        words = shlex.split(trigger.command)
    except ValueError as error:
        return finding.wrong(f"triggers.{name}", f"the shell cannot read it: {error}")
    first = next((word for word in words if "=" not in word.partition("/")[0]), "")
    if first and (shutil.which(first) or first in _BUILT_IN):
        return finding.ok(f"triggers.{name}", f"a command, {first}, which is there; not run")
    text = f"the command {first or trigger.command!r} is not found"
    return finding.wrong(f"triggers.{name}", text, "install it, or give its path")


_SHELL = ". : ( { ! cd echo eval exec exit export for if read set test trap umask while"
_BUILT_IN = frozenset(_SHELL.split())
"""What the shell itself understands."""
