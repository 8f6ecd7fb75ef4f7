"""Whether the triggers of a target file can be used; none of them is used."""

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
    """A finding for each trigger, and one for those that are missing."""
    with ThreadPoolExecutor(max_workers=len(TRIGGERS)) as pool:
        yield from pool.map(
            lambda name: _examined(name, target.triggers[name], target), target.triggers
        )
    known = {*target.triggers, *target.unavailable_triggers}
    if missing := [name for name in TRIGGERS if name not in known]:
        yield finding.warning(
            "triggers",
            f"none for {', '.join(missing)}: the clauses that need them are not tested",
            "add [triggers.NAME], or list the names in [triggers] unavailable",
        )


def _examined(name: str, trigger: Trigger, target: Target) -> Finding:
    if isinstance(trigger, HttpTrigger):
        return _request(name, trigger, target)
    if isinstance(trigger, CommandTrigger):
        return _command(name, trigger)
    if sys.stdin is None or not sys.stdin.isatty():
        text = "a prompt, but stdin is not a terminal"
        return finding.warning(f"triggers.{name}", text, "run where an operator can respond")
    return finding.ok(f"triggers.{name}", "a prompt on this terminal")


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
        return finding.wrong(f"triggers.{name}", text, "start the server, or correct the URL")
    text = f"{trigger.method} to {host}:{port}: the port is open; no request was sent"
    return finding.ok(f"triggers.{name}", text)


def _command(name: str, trigger: CommandTrigger) -> Finding:
    """Whether the first word of a command can be found; it is not run."""
    try:
        words = shlex.split(trigger.command)
    except ValueError as error:
        return finding.wrong(f"triggers.{name}", f"not a valid shell command: {error}")
    first = next((word for word in words if "=" not in word.partition("/")[0]), "")
    if first and (shutil.which(first) or first in _BUILT_IN):
        return finding.ok(f"triggers.{name}", f"command {first} found; it was not run")
    text = f"command {first or trigger.command!r} not found"
    return finding.wrong(f"triggers.{name}", text, "install it, or give its path")


_SHELL = ". : ( { ! cd echo eval exec exit export for if read set test trap umask while"
_BUILT_IN = frozenset(_SHELL.split())
"""Commands of the shell itself."""
