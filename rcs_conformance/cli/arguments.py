"""What the command takes; everything wrong with it is a `ConfigurationError`."""

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

from rcs_conformance.catalogue import Change
from rcs_conformance.cli.run import run
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.formats import Format
from rcs_conformance.report.suite import suite_version
from rcs_conformance.target import NotificationMode

PROFILES = ("quick", "standard", "thorough")
TRACE_FORMATS = ("console", "html", "csv", "json", "markdown", "reqif")
_HIGHEST_PORT = 65535


class _Parser(argparse.ArgumentParser):
    """A parser that raises instead of leaving the process."""

    def error(self, message: str) -> NoReturn:
        raise ConfigurationError(f"{message}; see {self.prog} --help")


def parsed(argv: Sequence[str]) -> tuple[argparse.Namespace, tuple[str, ...]]:
    """The arguments, and what stands behind `--` for pytest.

    Raises:
        ConfigurationError: An argument is unknown, missing or wrong.
    """
    words = list(argv)
    cut = words.index("--") if "--" in words else len(words)
    arguments = _parser().parse_args(words[:cut])
    rest = tuple(words[cut + 1 :])
    if rest and arguments.command is not run:
        raise ConfigurationError("only run takes arguments for pytest after --")
    return arguments, rest


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="rcs-conformance",
        description="Conformance tests for servers of the OMA RESTful Chat API (RCS 5.1).",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {suite_version()}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_run(commands.add_parser("run", help="test a server", allow_abbrev=False))
    _add_serve(
        commands.add_parser("serve", help="run the reference server alone", allow_abbrev=False)
    )
    _add_trace(
        commands.add_parser(
            "trace", help="list requirements, clauses and their tests", allow_abbrev=False
        )
    )
    _add_init(
        commands.add_parser("init", help="write a target file for a server", allow_abbrev=False)
    )
    _add_doctor(commands.add_parser("doctor", help="check a target file", allow_abbrev=False))
    _add_baseline(
        commands.add_parser(
            "baseline", help="write waivers for the failures of a run", allow_abbrev=False
        )
    )
    _add_strength(
        commands.add_parser(
            "strength", help="check that the suites kill known faults", allow_abbrev=False
        )
    )
    return parser


def _add_run(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=run)
    parser.description = (
        "Tests a server and writes reports. Without a target it tests the reference server."
        " What stands behind -- goes to pytest: options, or ids of tests as reports show them."
    )
    add = parser.add_argument
    add("target", nargs="?", default="", metavar="TARGET", help="target file, or URL of a server")
    add("--user", action="append", default=[], metavar="ADDRESS=TOKEN", help=_USER)
    add("--binding", metavar="NAME", help=_BINDING)
    add("--out", type=Path, metavar="DIR", help="where reports go (default: reports/out)")
    add("-n", dest="workers", type=_workers, metavar="WORKERS", help="processes, or auto")
    add("--format", type=_formats, metavar="LIST", help="xml, json, or xml,json (default)")
    add("--requirement", action="append", default=[], metavar="ID", help="only this; repeatable")
    add("--release", metavar="ID", help="of RCS: 5.0, or 5.1 (default)")
    add("--profile", choices=PROFILES, help="how much is generated")
    add("--waivers", type=Path, metavar="FILE", help="failures that are known and accepted")
    add("--seed", type=int, metavar="N", help="what generated data is derived from")
    add("--notifications", choices=[*NotificationMode], type=NotificationMode, help=_NOTIFICATIONS)


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_serve)
    parser.description = "Runs the reference server until it is interrupted."
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    add("--port", type=_port, default=8080, help="port; 0 for a free one (default: %(default)s)")
    add("--user", action="append", default=[], metavar="ADDRESS=TOKEN", help=_USER)
    add("--binding", default="oma-v1", metavar="NAME", help=_BINDING)
    add("--fault", action="append", default=[], metavar="NAME", help="break a clause; repeatable")
    add("--variation", action="append", default=[], metavar="NAME", help="deviate as is allowed")
    add("--latency", type=_milliseconds, default=0.0, metavar="MS", help="delay of each answer")
    add("--seed", type=int, default=0, metavar="N", help="what ids are derived from")
    add("--list-faults", action="store_true", help="list faults and variations, and end")


def _serve(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    """Serve; what that needs is imported for it alone."""
    from rcs_conformance.cli.serve import serve  # noqa: PLC0415 - 150 ms

    return serve(arguments, rest)


def _add_trace(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_trace)
    parser.description = (
        "Lists requirements and their clauses with the tests and faults of each, what RCS 5.1"
        " changes, what has no source, and how work items would divide the changes."
    )
    add = parser.add_argument
    add("--format", choices=TRACE_FORMATS, default=TRACE_FORMATS[0], dest="form")
    add("-o", type=Path, metavar="FILE", dest="out", help="write there (default: standard output)")
    add("--requirement", action="append", default=[], metavar="ID", help="only this; repeatable")
    add("--change", action="append", default=[], choices=list(Change), help="likewise")
    add("--release", metavar="ID", help="only what this release of RCS has: 5.0 or 5.1")
    add("--without-source", action="store_true", help="only what the source does not state")


def _trace(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    """List; what that needs is imported for it alone."""
    from rcs_conformance.cli.trace import trace  # noqa: PLC0415 - 150 ms

    return trace(arguments, rest)


def _add_init(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_init)
    parser.description = (
        "Asks a server what it serves, by requests that change nothing that is not undone, and"
        " writes a target file with a claim to be reviewed."
    )
    add = parser.add_argument
    add("url", metavar="URL", help="server root")
    add("--user", action="append", default=[], metavar="ADDRESS[=TOKEN]", help=_USER)
    add("--token", action="append", default=[], metavar="TOKEN", help="of users without =TOKEN")
    add("--binding", default="oma-v1", metavar="NAME", help="a shipped binding, or a file of one")
    add("-o", dest="output", type=Path, metavar="FILE", help="where to (default: shown)")
    add("--force", action="store_true", help="overwrite the file")
    add("--plain-tokens", action="store_true", help="write tokens into the file as they are")


def _init(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    """Ask and write; what that needs is imported for it alone."""
    from rcs_conformance.cli.init import init  # noqa: PLC0415 - 300 ms

    return init(arguments, rest)


def _add_baseline(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_baseline)
    parser.description = (
        "Writes a waiver file for the clauses that fail in a result; reason, owner and expiry are"
        " to be filled in."
    )
    parser.add_argument("result", type=Path, metavar="RESULT", help="result.json of a run")
    parser.add_argument(
        "-o", dest="output", type=Path, metavar="FILE", help="new output file (default: stdout)"
    )


def _baseline(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    from rcs_conformance.cli.baseline import baseline  # noqa: PLC0415 - Jinja2, for it alone

    return baseline(arguments, rest)


def _add_doctor(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_doctor)
    parser.description = "Checks a target file, its server, users, listener and triggers."
    parser.add_argument("file", type=Path, metavar="FILE", help="target file")
    parser.add_argument("--format", choices=("text", "json"), default="text", dest="form")


def _doctor(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    """Check; what that needs is imported for it alone."""
    from rcs_conformance.cli.doctor import doctor  # noqa: PLC0415 - 300 ms

    return doctor(arguments, rest)


def _add_strength(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_strength)
    parser.description = (
        "Runs the suites against every fault of the reference server, and shows which are killed,"
        " and by which clauses. Exit codes: 0 the goals are met, 1 they are not, 3 the suites"
        " fail a server without a fault."
    )
    add = parser.add_argument
    add("--fault", action="append", default=[], metavar="NAME", help="only this; repeatable")
    ids = ("--requirement", "--clause")
    add(*ids, action="append", default=[], metavar="ID", help="only its faults; repeatable")
    add("--variation", action="append", default=[], metavar="NAME", help="only this; repeatable")
    add("--variations", action="store_true", help="also all permitted variations")
    add("-n", dest="parallel", type=_parallel, metavar="RUNS", help="runs at a time, or auto")
    add("--out", type=Path, metavar="DIR", help="for strength.json (default: reports/out/strength)")
    add("--format", choices=("text", "json"), default="text", dest="form")
    scope = parser.add_mutually_exclusive_group()
    choose = partial(scope.add_argument, action="store_const", dest="scope", default="sample")
    choose("--own", const="own", help=_OWN)
    choose("--full", const="full", help="run every test in full for every fault")
    add("--resume", action="store_true", help="keep the results of a run that was broken off")
    add("--seed", type=int, default=0, metavar="N", help="random seed of samples and data")


def _strength(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    """Measure; what that needs is imported for it alone."""
    from rcs_conformance.cli.strength import strength  # noqa: PLC0415 - 300 ms

    return strength(arguments, rest)


_OWN = "run only the tests of each fault's own clause, up to the first failure"
_NOTIFICATIONS = "how they are received (default: as the target file says)"
_USER = "a user and its token, or env:NAME, file:PATH or command:COMMAND for it; repeatable"
_BINDING = "dialect: oma-v1 (default), gsma-pilot, kandy, or the path of a binding file"


def _workers(text: str) -> str:
    if text != "auto" and not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} must be a number of processes or auto")
    return text


def _parallel(text: str) -> int | None:
    if text == "auto":
        return None
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} must be a number of runs or auto")
    return int(text)


def _formats(text: str) -> tuple[Format, ...]:
    names = text.split(",")
    if len(set(names)) < len(names) or not set(names) <= set(Format):
        raise argparse.ArgumentTypeError(f"{text!r} must be xml, json or xml,json")
    return tuple(Format(name) for name in names)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= _HIGHEST_PORT):
        raise argparse.ArgumentTypeError(f"{text!r} must be a port from 0 to {_HIGHEST_PORT}")
    return int(text)


def _milliseconds(text: str) -> float:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} must be a number of milliseconds")
    return float(text)
