"""Commands and their parsers; what carries a command out is imported when it is used."""

import argparse
import pkgutil
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import suite_version


class Parser(argparse.ArgumentParser):
    """A parser that raises instead of leaving the process."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and where help is.

        Raises:
            ConfigurationError: Always.
        """
        raise ConfigurationError(f"{message}; see {self.prog} --help")


@dataclass(frozen=True, slots=True)
class Command:
    """What carries a command out.

    Its module is imported when it is called: many take 150 to 300 ms, which no other command
    should pay for.

    Attributes:
        module: In `rcs_conformance.cli`.
        function: There; it takes the arguments and the words after `--`, and gives the exit code.
        takes_words: Whether words after `--` are for it.
    """

    module: str
    function: str
    takes_words: bool = False

    def __call__(self, arguments: argparse.Namespace, rest: Sequence[str]) -> int:
        """Carry it out."""
        carry_out = pkgutil.resolve_name(f"rcs_conformance.cli.{self.module}:{self.function}")
        return int(carry_out(arguments, rest))


class Commands:
    """All commands, as they are added."""

    def __init__(self) -> None:
        self.parser = Parser(
            prog="rcs-conformance",
            description="Conformance tests for servers of the OMA RESTful Chat API (RCS 5.1).",
            allow_abbrev=False,
        )
        self.parser.add_argument(
            "--version", action="version", version=f"%(prog)s {suite_version()}"
        )
        self._parsers = self.parser.add_subparsers(required=True, metavar="COMMAND")

    @property
    def names(self) -> tuple[str, ...]:
        """Of all commands, in the order of the help."""
        return tuple(self._parsers.choices)

    def add(
        self, name: str, text: str, description: str, *, module: str = "", takes_words: bool = False
    ) -> argparse.ArgumentParser:
        """Add a command.

        Args:
            name: Of the command, and of the function that carries it out.
            text: What it does, in the list of commands.
            description: What its own help says first.
            module: Where the function is; by default in a module of the same name.
            takes_words: Whether words after `--` are for it.

        Returns:
            Its parser, without arguments yet.
        """
        parser = self._parsers.add_parser(
            name, help=text, description=description, allow_abbrev=False
        )
        parser.set_defaults(command=Command(module or name, name, takes_words))
        return parser
