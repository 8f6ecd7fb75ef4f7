"""The arguments of the commands about several runs; each imports what it needs when it is used."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

DIFF_FORMATS = ("console", "markdown", "json", "html")
_RUN = "output folder of a run, or its result.json"

AddCommand = Callable[[str, str], argparse.ArgumentParser]
"""Adds a command with its help, and gives its parser."""


def add_commands(add: AddCommand) -> None:
    """Add the commands."""
    _add_diff(add("diff", "compare two runs"))


def _add_diff(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_diff)
    parser.description = (
        "Compares two runs: new failures, mended ones, what is newly or no longer tested, other"
        " claims, catalogue or binding. Exit codes: 0 no new failure, 1 a new failure, 4 a result"
        " cannot be used."
    )
    add = parser.add_argument
    add("before", type=Path, metavar="BEFORE", help=_RUN)
    add("after", type=Path, metavar="AFTER", help="the same of the later run")
    add("--format", choices=DIFF_FORMATS, default="console", dest="form")
    add("-o", type=Path, metavar="FILE", dest="out", help="output file (default: stdout)")


def _diff(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    from rcs_conformance.cli.diff import diff  # noqa: PLC0415 - Jinja2, for it alone

    return diff(arguments, rest)
