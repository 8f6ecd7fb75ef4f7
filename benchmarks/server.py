"""The reference server in a process of its own, as every figure meets it."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rcs_conformance.kit import ROOT

COMMAND = (
    sys.executable,
    "-c",
    "import sys; from rcs_conformance.cli import main; sys.exit(main())",
)
USERS = tuple(f"tel:+1555010{number}=token-{number}" for number in range(4))


def environment() -> Mapping[str, str]:
    """For processes that are measured: the cache of compiled files is on."""
    dropped = ("PYTHONDONTWRITEBYTECODE", "PYTEST_ADDOPTS")
    return {name: value for name, value in os.environ.items() if name not in dropped}


@contextmanager
def reference_server(*options: str) -> Iterator[str]:
    """Run the server, with further options of `serve`; gives its root."""
    words = [*COMMAND, "serve", "--port", "0", *options]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()  # "# Reference server at http://127.0.0.1:PORT; ..."
        yield first.split(" at ", 1)[1].partition(";")[0]
        process.terminate()


def write_target(root: str, folder: Path) -> Path:
    """A target file for the server."""
    lines = ["[target]", 'name = "reference server"', f'server_root = "{root}"']
    for user in USERS:
        address, _, token = user.partition("=")
        lines += ["[[users]]", f'address = "{address}"', f'token = "{token}"']
    lines += ["[ics]", 'features = ["closed_group_chat", "gc_services"]']
    path = folder / "target.toml"
    path.write_text("\n".join([*lines, 'items = ["REST-CHAT-GRP-S-001-O"]', ""]), "utf-8")
    return path
