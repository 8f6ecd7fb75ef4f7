"""The arguments of the commands about several runs; each imports what it needs when it is used."""

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from rcs_conformance.report.console import Detail

DIFF_FORMATS = ("console", "markdown", "json", "html")
_RUN = "output folder of a run, or its result.json"
MATRIX_FORMATS = ("html", "markdown", "csv", "json")

AddCommand = Callable[[str, str], argparse.ArgumentParser]
"""Adds a command with its help, and gives its parser."""


def add_commands(add: AddCommand) -> None:
    """Add the commands."""
    _add_diff(add("diff", "compare two runs"))
    _add_matrix(add("matrix", "show clauses by target and version, of many runs"))
    _add_fleet(add("fleet", "test several targets, and show them in one matrix"))
    _add_merge(add("merge", "make one run of the parts of a divided one"))


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


def _add_matrix(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_matrix)
    parser.description = (
        "Shows what each of many runs found of each clause: a table, and a section for each clause"
        " with all findings side by side. A folder of output folders is a history: each run adds"
        " one, and nothing in it is changed. Exit codes: 0 written, 4 a run cannot be used."
    )
    add = parser.add_argument
    add("runs", type=Path, nargs="+", metavar="RUN", help=f"{_RUN}; or a folder of those")
    add("--format", choices=MATRIX_FORMATS, default="html", dest="form")
    add("-o", type=Path, metavar="FILE", dest="out", help="output file (default: stdout)")


def _matrix(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    from rcs_conformance.cli.matrix import matrix  # noqa: PLC0415 - Jinja2, for it alone

    return matrix(arguments, rest)


def _add_merge(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_merge)
    parser.description = (
        "Makes one run of the parts that run --shard made: the same verdicts, tests, findings and"
        " exit code as without shards. All parts must be there, of one seed, target and suite."
    )
    add = parser.add_argument
    add("parts", type=Path, nargs="+", metavar="DIR", help="output folder of a part")
    add("--out", type=Path, metavar="DIR", help="output folder (default: reports/out)")
    add_detail(parser)


def _merge(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    from rcs_conformance.cli.merge import merge  # noqa: PLC0415 - for it alone

    return merge(arguments, rest)


def _add_fleet(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_fleet)
    parser.description = (
        "Tests each target of a fleet file in a process of its own and writes one matrix of their"
        " runs. A target that hangs is ended after its deadline. Exit codes: as for run, of several"
        " the first of 4, 2, 6, 1, 3, 5, 0."
    )
    add = parser.add_argument
    add("file", type=Path, metavar="FILE", help="fleet file, such as fleet.toml")
    add("--out", type=Path, metavar="DIR", help="output folder (default: reports/fleet)")


def _fleet(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    from rcs_conformance.cli.fleet import fleet  # noqa: PLC0415 - Jinja2, for it alone

    return fleet(arguments, rest)


def add_detail(parser: argparse.ArgumentParser) -> None:
    """Add the options for how much is printed."""
    detail = parser.add_mutually_exclusive_group()
    tell = partial(detail.add_argument, action="store_const", dest="detail", default=Detail.USUAL)
    tell("-q", "--quiet", const=Detail.QUIET, help="show errors, verdict and report only")
    tell("-v", "--verbose", const=Detail.FULL, help="show each test and all remarks, too")
