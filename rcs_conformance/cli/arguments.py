"""The arguments of the command; a wrong one is a `ConfigurationError`."""

import argparse
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

from rcs_conformance.catalogue import Change
from rcs_conformance.cli.attestation import add_attestation
from rcs_conformance.cli.repetition import TIMES
from rcs_conformance.cli.run import run
from rcs_conformance.cli.run_sets import add_commands, add_detail
from rcs_conformance.cli.traffic import add_traffic_commands
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.formats import Format
from rcs_conformance.report.suite import suite_version
from rcs_conformance.runs.shards import shard_of
from rcs_conformance.target import modes_of

PROFILES = ("quick", "standard", "thorough")
TRACE_FORMATS = ("console", "html", "csv", "json", "markdown", "reqif")
REPORT_FORMATS = ("sarif", "ctrf", "markdown", "badge-json", "badge-svg", "junit")
_HIGHEST_PORT = 65535
_MOST_REPETITIONS = 100
_LONGEST_WAIT = 86_400


class _Parser(argparse.ArgumentParser):
    """A parser that raises instead of leaving the process."""

    def error(self, message: str) -> NoReturn:
        raise ConfigurationError(f"{message}; see {self.prog} --help")


def parsed(argv: Sequence[str]) -> tuple[argparse.Namespace, tuple[str, ...]]:
    """The arguments, and the arguments for pytest after `--`.

    Raises:
        ConfigurationError: An argument is unknown, missing or wrong.
    """
    words = list(argv)
    cut = words.index("--") if "--" in words else len(words)
    arguments = _parser().parse_args(words[:cut])
    rest = tuple(words[cut + 1 :])
    if rest and arguments.command is not run:
        raise ConfigurationError("only the command run accepts arguments for pytest after --")
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
    _add_rerun(commands.add_parser("rerun", help="repeat findings of a result", allow_abbrev=False))
    _add_cleanup(
        commands.add_parser(
            "cleanup", help="remove what killed runs left on a server", allow_abbrev=False
        )
    )
    _add_report(
        commands.add_parser("report", help="write a result in another format", allow_abbrev=False)
    )
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
    _add_rejudge(
        commands.add_parser(
            "rejudge", help="judge the record of a run by other rules", allow_abbrev=False
        )
    )
    _add_strength(
        commands.add_parser(
            "strength", help="run the suites against servers with known faults", allow_abbrev=False
        )
    )
    for add_all in (add_commands, add_attestation, add_traffic_commands):
        add_all(lambda name, text: commands.add_parser(name, help=text, allow_abbrev=False))
    return parser


def _add_run(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=run)
    parser.description = (
        "Tests a server and writes reports. Without a target it tests the reference server."
        " Arguments after -- go to pytest: options, or test ids as the reports show them."
    )
    add = parser.add_argument
    add("target", nargs="?", default="", metavar="TARGET", help="target file, or URL of a server")
    add("--user", action="append", default=[], metavar="ADDRESS=TOKEN", help=_USER)
    add("--binding", metavar="NAME", help=_BINDING)
    add("--out", type=Path, metavar="DIR", help="output folder (default: reports/out)")
    add("-n", dest="workers", type=_workers, metavar="WORKERS", help="number of processes, or auto")
    add(
        "--format",
        type=_formats,
        metavar="LIST",
        help="formats to test: xml, json, or xml,json (default)",
    )
    add("--requirement", action="append", default=[], metavar="ID", help=_REQUIREMENT)
    add("--release", metavar="ID", help="release of RCS: 5.0, or 5.1 (default)")
    add("--profile", choices=PROFILES, help=_PROFILE)
    add("--waivers", type=Path, metavar="FILE", help="file with known failures")
    add("--seed", type=int, metavar="N", help="random seed (default: 0)")
    add("--strict", action="store_true", help="known failures and undecided clauses are failures")
    add("--evidence", choices=("findings", "all"), default="findings", help=_EVIDENCE)
    add("--repeat", type=_times, default=TIMES, metavar="TIMES", help=_REPEAT)
    add("--shard", type=_shard, metavar="NUMBER/COUNT", help=_SHARD)
    add("--durations", type=Path, metavar="RESULT", help=_DURATIONS)
    add_detail(parser)
    add("--wait", type=_seconds, metavar="SECONDS", help=_WAIT)
    add("--notifications", type=_modes, metavar="MODE", help=_NOTIFICATIONS)


def _add_rejudge(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_rejudge)
    parser.description = (
        "Plays the record of a run under the catalogue of this version, and under other claims,"
        " policies, waivers or another binding; prints which clauses change, and why. A test that"
        " asks what the record has no response to is not_tested. Exit codes as for run."
    )
    add = parser.add_argument
    add("run", type=Path, metavar="RUN", help="run.rcsrun, or the output folder of a run with it")
    add("--target", metavar="FILE", help="target file whose claims, policy and binding hold")
    add("--waivers", type=Path, metavar="FILE", help="file with known failures")
    add("--binding", metavar="NAME", help=_BINDING)


def _rejudge(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    """Judge anew; the import is only for this command."""
    from rcs_conformance.cli.rejudge import rejudge  # noqa: PLC0415

    return rejudge(arguments, rest)


def _add_rerun(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_rerun)
    parser.description = (
        "Runs the tests of failed checks again and says of each finding whether it is fixed,"
        " failing or undecided. Exit codes: 0 all are fixed, 1 one is failing, 5 one is undecided;"
        " 2, 3, 4 and 6 as for run."
    )
    add = parser.add_argument
    add("words", nargs="*", metavar="FINDING", help=_FINDINGS)
    add(
        "--out",
        type=Path,
        metavar="DIR",
        help="output folder (default: DIR-rerun of the result)",
    )


def _rerun(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    """Repeat; the import is only for this command."""
    from rcs_conformance.cli.rerun import rerun  # noqa: PLC0415

    return rerun(arguments, rest)


def _add_cleanup(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_cleanup)
    parser.description = (
        "Removes subscriptions, channels, chats and memberships that runs of this user made on a"
        " server and could not remove, since they were killed or the server rejected it. Exit"
        " codes: 0 nothing is left, 1 something is, 4 configuration, 6 no response."
    )
    add = parser.add_argument
    add("target", metavar="TARGET", help="target file, or URL of a server")
    add("--user", action="append", default=[], metavar="ADDRESS=TOKEN", help=_USER)
    add("--binding", metavar="NAME", help=_BINDING)


def _cleanup(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    """Remove; the import is only for this command."""
    from rcs_conformance.cli.cleanup import cleanup  # noqa: PLC0415

    return cleanup(arguments, rest)


def _add_report(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_report)
    parser.description = (
        "Writes the result of a run in another format: SARIF 2.1.0, CTRF, Markdown, a badge or"
        " JUnit. Exit codes: 0 written, 4 the result cannot be used."
    )
    add = parser.add_argument
    add("result", type=Path, metavar="RESULT", help="result.json of a run")
    add("--format", choices=REPORT_FORMATS, required=True, dest="form")
    add("-o", type=Path, metavar="FILE", dest="out", help="output file (default: stdout)")


def _report(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    """Write; the import is only for this command."""
    from rcs_conformance.cli.report import report  # noqa: PLC0415

    return report(arguments, rest)


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_serve)
    parser.description = "Runs the reference server until Ctrl-C."
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    add("--port", type=_port, default=8080, help="port; 0 for a free one (default: %(default)s)")
    add("--user", action="append", default=[], metavar="ADDRESS=TOKEN", help=_USER)
    add("--binding", default="oma-v1", metavar="NAME", help=_BINDING)
    add(
        "--fault",
        action="append",
        default=[],
        metavar="NAME",
        help="fault of the server; repeatable",
    )
    add(
        "--variation",
        action="append",
        default=[],
        metavar="NAME",
        help="permitted variation of the server; repeatable",
    )
    add(
        "--latency",
        type=_milliseconds,
        default=0.0,
        metavar="MS",
        help="delay of each response in milliseconds",
    )
    add(
        "--notification-delay",
        type=_milliseconds,
        default=0.0,
        metavar="MS",
        help="delay of each notification in milliseconds",
    )
    add("--seed", type=int, default=0, metavar="N", help="random seed of the ids (default: 0)")
    add("--list-faults", action="store_true", help="list faults and variations, then exit")


def _serve(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    """Serve; the import takes 150 ms, so only this command pays for it."""
    from rcs_conformance.cli.serve import serve  # noqa: PLC0415

    return serve(arguments, rest)


def _add_trace(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_trace)
    parser.description = (
        "Lists each requirement and its clauses with their tests and faults, the changes of RCS"
        " 5.1, the clauses without a source, and the work items that cover the changes."
    )
    add = parser.add_argument
    add("--format", choices=TRACE_FORMATS, default=TRACE_FORMATS[0], dest="form")
    add("-o", type=Path, metavar="FILE", dest="out", help="output file (default: stdout)")
    add("--requirement", action="append", default=[], metavar="ID", help=_REQUIREMENT)
    add("--change", action="append", default=[], choices=list(Change), help=_CHANGE)
    add("--release", metavar="ID", help="only clauses of this release of RCS: 5.0 or 5.1")
    add("--without-source", action="store_true", help="only clauses that the source lacks")
    add("--source", type=Path, metavar="DIR", help=_SOURCE)
    add("--result", type=Path, action="append", default=[], metavar="RUN", help=_RESULT)


def _trace(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    """List; the import takes 150 ms, so only this command pays for it."""
    from rcs_conformance.cli.trace import trace  # noqa: PLC0415

    return trace(arguments, rest)


def _add_init(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_init)
    parser.description = (
        "Finds out what a server supports and writes a target file with proposed ICS claims for"
        " review. Whatever the requests create is deleted again."
    )
    add = parser.add_argument
    add("url", metavar="URL", help="server root")
    add("--user", action="append", default=[], metavar="ADDRESS[=TOKEN]", help=_USER)
    add(
        "--token",
        action="append",
        default=[],
        metavar="TOKEN",
        help="token of a --user without =TOKEN; repeatable",
    )
    add("--binding", default="oma-v1", metavar="NAME", help=_BINDING)
    add("-o", dest="output", type=Path, metavar="FILE", help="output file (default: stdout)")
    add("--force", action="store_true", help="overwrite the file")
    add("--plain-tokens", action="store_true", help="write the tokens themselves into the file")


def _init(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    """Probe and write; the import takes 300 ms, so only this command pays for it."""
    from rcs_conformance.cli.init import init  # noqa: PLC0415

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
    """Check; the import takes 300 ms, so only this command pays for it."""
    from rcs_conformance.cli.doctor import doctor  # noqa: PLC0415

    return doctor(arguments, rest)


def _add_strength(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_strength)
    parser.description = (
        "Runs the suites against every fault of the reference server and shows which faults are"
        " killed, and by which clauses. Exit codes: 0 every goal is met, 1 a goal is missed, 3"
        " the suites fail a server without faults."
    )
    add = parser.add_argument
    add("--fault", action="append", default=[], metavar="NAME", help="only this fault; repeatable")
    ids = ("--requirement", "--clause")
    add(*ids, action="append", default=[], metavar="ID", help=_FAULTS_OF)
    add("--variation", action="append", default=[], metavar="NAME", help=_VARIATION)
    add("--variations", action="store_true", help="also run every permitted variation")
    add("-n", dest="parallel", type=_parallel, metavar="RUNS", help="parallel runs, or auto")
    add("--out", type=Path, metavar="DIR", help=_STRENGTH_OUT)
    add("--format", choices=("text", "json"), default="text", dest="form")
    scope = parser.add_mutually_exclusive_group()
    choose = partial(scope.add_argument, action="store_const", dest="scope", default="sample")
    choose("--own", const="own", help=_OWN)
    choose("--full", const="full", help="run every test in full for every fault")
    add("--resume", action="store_true", help="keep the results of a run that was broken off")
    add("--mutate", nargs="?", type=_number, const=0, metavar="COUNT", help=_MUTATE)
    add("--mutation", action="append", default=[], metavar="NAME", help=_MUTATION)
    add("--seed", type=int, default=0, metavar="N", help="random seed of samples and data")


def _strength(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    """Measure; the import takes 300 ms, so only this command pays for it."""
    if arguments.mutate is not None or arguments.mutation:
        from rcs_conformance.cli.mutation import mutate  # noqa: PLC0415

        return mutate(arguments)
    from rcs_conformance.cli.strength import strength  # noqa: PLC0415

    return strength(arguments, rest)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of mutations")
    return int(text)


def _modes(text: str) -> str:
    """The argument of `--notifications`, which the run takes as it is."""
    try:
        modes_of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r}: {error}") from None
    return text


_OWN = "run only the tests of each fault's own clause, up to the first failure"
_MUTATE = (
    "in place of faults, run the suites against every mutation of the reference server's code, or"
    " against a sample of COUNT of them"
)
_MUTATION = "only the mutation with this name, as --mutate prints it; repeatable"
_FAULTS_OF = "only faults of this clause; repeatable"
_STRENGTH_OUT = "output folder (default: reports/out/strength)"
_NOTIFICATIONS = (
    "how the suites receive notifications: callback, long-poll, websocket, webhook, two of them"
    " with a comma between, or both: callback,long-poll (default: the target file's mode)"
)
_EVIDENCE = (
    "exchanges and notifications to keep: those behind the findings (default), or all, in"
    " run.rcsrun, from which verify recomputes every verdict"
)
_WAIT = "wait so long for the server to respond before the run starts (default: do not wait)"
_USER = "a user and its token; env:NAME, file:PATH or command:COMMAND read it; repeatable"
_FINDINGS = (
    "requirement, clause, rule or test id of a failed check (default: all); before them the"
    " result.json of a run (default: reports/out/result.json)"
)
_SHARD = "run one of so many equal parts of the tests, such as 3/8; `merge` makes one run of them"
_REPEAT = (
    "repeat one test of each block of findings so often alone after the run, within a tenth of its"
    " time, to tell intermittent failures (default: %(default)s; 0: do not)"
)
_DURATIONS = "result.json of an earlier run: divide the tests by its times (same for all parts)"
_BINDING = "dialect: oma-v1 (default), gsma-pilot, kandy, or the path of a binding file"
_REQUIREMENT = "only this requirement or clause; repeatable"
_SOURCE = "folder of the source documents: compare their sentences with the catalogue"
_RESULT = (
    "output folder of a run, or its result.json: show its verdicts beside the tests and mark those"
    " that are older than their clause; repeatable, oldest first"
)
_CHANGE = "only clauses with this change from RCS 5.0; repeatable"
_VARIATION = "run this permitted variation too; repeatable"
_PROFILE = (
    "test depth: quick runs a sample of the tests with 2 generated examples each, standard"
    " (default) every test with 5, thorough every test with 100"
)


def _workers(text: str) -> str:
    if text != "auto" and not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a number of processes; give a number or auto"
        )
    return text


def _shard(text: str) -> str:
    try:
        return str(shard_of(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _parallel(text: str) -> int | None:
    if text == "auto":
        return None
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of runs; give a number or auto")
    return int(text)


def _formats(text: str) -> tuple[Format, ...]:
    names = text.split(",")
    if len(set(names)) < len(names) or not set(names) <= set(Format):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a list of formats; give xml, json or xml,json"
        )
    return tuple(Format(name) for name in names)


def _times(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= _MOST_REPETITIONS):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a number of repetitions; give 0 to {_MOST_REPETITIONS}"
        )
    return int(text)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= _HIGHEST_PORT):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; give 0 to {_HIGHEST_PORT}")
    return int(text)


def _seconds(text: str) -> float:
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= _LONGEST_WAIT):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a number of seconds; give 1 to {_LONGEST_WAIT}"
        )
    return float(text)


def _milliseconds(text: str) -> float:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a number of milliseconds; give digits only"
        )
    return float(text)
