"""The command `rcs-conformance serve` as a process, and the users that it prints.

The command line and the printed target file are all that the clients of this folder know of the
project.
"""

import signal
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

WITHIN = 60.0
"""Seconds in which the process starts, and in which it ends after Ctrl-C."""


@dataclass(frozen=True)
class Account:
    """A user of a server, as the target file gives it."""

    server_root: str
    address: str
    id: str
    """How the user stands in URLs."""
    login: str
    """Name for HTTP Basic; default: the address without its scheme."""
    token: str
    """Access token, or password for HTTP Basic."""


@contextmanager
def served(binding: str) -> Iterator[tuple[Account, ...]]:
    """The accounts of a server that speaks the binding; it ends with the block."""
    command = Path(sys.executable).with_name("rcs-conformance")
    with subprocess.Popen(  # noqa: S603
        [command, "serve", "--port", "0", "--binding", binding],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        too_late = threading.Timer(WITHIN, process.kill)
        too_late.start()
        try:
            assert process.stdout is not None
            accounts = _accounts(process.stdout)
            too_late.cancel()
            yield accounts
            process.send_signal(signal.SIGINT)
            process.wait(WITHIN)
        finally:
            too_late.cancel()
            process.kill()


def _accounts(printed: IO[str]) -> tuple[Account, ...]:
    """Users are known once the section of claims begins; the process goes on after it."""
    read = []
    for line in printed:
        if line.startswith("[ics]"):
            break
        read.append(line)
    assert read, "the server did not start"
    target = tomllib.loads("".join(read))
    return tuple(
        Account(
            server_root=target["target"]["server_root"],
            address=user["address"],
            id=user.get("id", user["address"]),
            login=user.get("username", user["address"].partition(":")[2] or user["address"]),
            token=user["token"],
        )
        for user in target["users"]
    )
