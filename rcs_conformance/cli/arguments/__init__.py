"""The arguments of the command; a wrong one is a `ConfigurationError`."""

import argparse
from collections.abc import Sequence

from rcs_conformance.cli.arguments.commands import Commands
from rcs_conformance.cli.arguments.records import add_records
from rcs_conformance.cli.arguments.reference import add_reference
from rcs_conformance.cli.arguments.results import add_results
from rcs_conformance.cli.arguments.testing import add_testing
from rcs_conformance.errors import ConfigurationError


def all_commands() -> Commands:
    """The commands with their arguments."""
    commands = Commands()
    for add in (add_testing, add_results, add_records, add_reference):
        add(commands)
    return commands


def parsed(argv: Sequence[str]) -> tuple[argparse.Namespace, tuple[str, ...]]:
    """The arguments, and the arguments for pytest after `--`.

    Raises:
        ConfigurationError: An argument is unknown, missing or wrong.
    """
    words = list(argv)
    cut = words.index("--") if "--" in words else len(words)
    arguments = all_commands().parser.parse_args(words[:cut])
    rest = tuple(words[cut + 1 :])
    if rest and not arguments.command.takes_words:
        raise ConfigurationError("only the command run accepts arguments for pytest after --")
    return arguments, rest
