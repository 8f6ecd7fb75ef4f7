"""Each command names the function that carries it out, which is imported only when it is used."""

import inspect
import pkgutil
import subprocess
import sys

import pytest

from rcs_conformance.cli.arguments import all_commands

HEAVY = ("pytest", "rich", "jinja2", "hypothesis", "xmlschema", "requests")
"""Libraries that take long to import."""


@pytest.mark.parametrize("name", all_commands().names)
def test_command_is_carried_out_by_a_function(name: str) -> None:
    """It takes the arguments and the words after `--`."""
    command = all_commands().parser.parse_args([name, *_NEEDED.get(name, ())]).command

    carries_out = pkgutil.resolve_name(f"rcs_conformance.cli.{command.module}:{command.function}")

    assert len(inspect.signature(carries_out).parameters) == 2


_NEEDED = {
    "baseline": ("RESULT",),
    "cleanup": ("TARGET",),
    "diff": ("BEFORE", "AFTER"),
    "doctor": ("FILE",),
    "fleet": ("FILE",),
    "har": ("TRAFFIC",),
    "init": ("URL",),
    "judge": ("TRAFFIC",),
    "matrix": ("RUN",),
    "merge": ("DIR",),
    "proxy": ("URL",),
    "rejudge": ("RUN",),
    "report": ("RESULT", "--format", "sarif"),
}
"""The arguments that a command cannot be without."""


def test_arguments_are_read_without_what_carries_commands_out() -> None:
    """No library that takes long is imported before the command is known."""
    words = "import sys; import rcs_conformance.cli.command; print(*sys.modules)"

    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", words], capture_output=True, text=True, check=True
    )

    assert {*done.stdout.split()} & {*HEAVY} == set()
