"""The commands that test a server, or prepare and end such tests."""

from pathlib import Path

from rcs_conformance.cli.arguments import shared, values
from rcs_conformance.cli.arguments.commands import Commands

_TIMES = 3
"""How often a test of each block of findings is repeated."""

_PROFILES = ("quick", "standard", "thorough")

_NOTIFICATIONS = (
    "how the suites receive notifications: callback, long-poll, websocket, webhook, two of them"
    " with a comma between, or both: callback,long-poll (default: the target file's mode)"
)
_EVIDENCE = (
    "exchanges and notifications to keep: those behind the findings (default), or all, in"
    " run.rcsrun, from which verify recomputes every verdict"
)
_WAIT = "wait so long for the server to respond before the run starts (default: do not wait)"
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
_PROFILE = (
    "test depth: quick runs a sample of the tests with 2 generated examples each, standard"
    " (default) every test with 5, thorough every test with 100"
)
_FORMATS = "formats to test: xml, json, or xml,json (default)"
_WORKERS = "number of processes, or auto"
_STRICT = "known failures and undecided clauses are failures"


def add_testing(commands: Commands) -> None:
    """Add the commands."""
    _add_run(commands)
    _add_rerun(commands)
    _add_fleet(commands)
    _add_init(commands)
    _add_doctor(commands)
    _add_cleanup(commands)


def _add_run(commands: Commands) -> None:
    parser = commands.add(
        "run",
        "test a server",
        "Tests a server and writes reports. Without a target it tests the reference server."
        " Arguments after -- go to pytest: options, or test ids as the reports show them.",
        takes_words=True,
    )
    add = parser.add_argument
    add("target", nargs="?", default="", metavar="TARGET", help="target file, or URL of a server")
    shared.add_user(parser)
    shared.add_binding(parser)
    shared.add_output_folder(parser, "reports/out")
    add("-n", dest="workers", type=values.workers, metavar="WORKERS", help=_WORKERS)
    add("--format", type=values.formats, metavar="LIST", help=_FORMATS)
    shared.add_requirement(parser)
    add("--release", metavar="ID", help="release of RCS: 5.0, or 5.1 (default)")
    add("--profile", choices=_PROFILES, help=_PROFILE)
    shared.add_waivers(parser)
    add("--seed", type=int, metavar="N", help="random seed (default: 0)")
    add("--strict", action="store_true", help=_STRICT)
    add("--evidence", choices=("findings", "all"), default="findings", help=_EVIDENCE)
    add("--repeat", type=values.repetitions, default=_TIMES, metavar="TIMES", help=_REPEAT)
    add("--shard", type=values.shard, metavar="NUMBER/COUNT", help=_SHARD)
    add("--durations", type=Path, metavar="RESULT", help=_DURATIONS)
    shared.add_detail(parser)
    add("--wait", type=values.seconds, metavar="SECONDS", help=_WAIT)
    add("--notifications", type=values.modes, metavar="MODE", help=_NOTIFICATIONS)


def _add_rerun(commands: Commands) -> None:
    parser = commands.add(
        "rerun",
        "repeat findings of a result",
        "Runs the tests of failed checks again and says of each finding whether it is fixed,"
        " failing or undecided. Exit codes: 0 all are fixed, 1 one is failing, 5 one is"
        " undecided; 2, 3, 4 and 6 as for run.",
    )
    parser.add_argument("words", nargs="*", metavar="FINDING", help=_FINDINGS)
    shared.add_output_folder(parser, "DIR-rerun of the result")


def _add_fleet(commands: Commands) -> None:
    parser = commands.add(
        "fleet",
        "test several targets, and show them in one matrix",
        "Tests each target of a fleet file in a process of its own and writes one matrix of"
        " their runs. A target that hangs is ended after its deadline. Exit codes: as for run,"
        " of several the first of 4, 2, 6, 1, 3, 5, 0.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="fleet file, such as fleet.toml")
    shared.add_output_folder(parser, "reports/fleet")


def _add_init(commands: Commands) -> None:
    parser = commands.add(
        "init",
        "write a target file for a server",
        "Finds out what a server supports and writes a target file with proposed ICS claims for"
        " review. Whatever the requests create is deleted again.",
    )
    add = parser.add_argument
    add("url", metavar="URL", help="server root")
    shared.add_user(parser, "ADDRESS[=TOKEN]")
    add(
        "--token",
        action="append",
        default=[],
        metavar="TOKEN",
        help="token of a --user without =TOKEN; repeatable",
    )
    shared.add_binding(parser, "oma-v1")
    shared.add_output_file(parser, "output")
    add("--force", action="store_true", help="overwrite the file")
    add("--plain-tokens", action="store_true", help="write the tokens themselves into the file")


def _add_doctor(commands: Commands) -> None:
    parser = commands.add(
        "doctor",
        "check a target file",
        "Checks a target file, its server, users, listener and triggers.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="target file")
    parser.add_argument("--format", choices=("text", "json"), default="text", dest="form")


def _add_cleanup(commands: Commands) -> None:
    parser = commands.add(
        "cleanup",
        "remove what killed runs left on a server",
        "Removes subscriptions, channels, chats and memberships that runs of this user made on"
        " a server and could not remove, since they were killed or the server rejected it. Exit"
        " codes: 0 nothing is left, 1 something is, 4 configuration, 6 no response.",
    )
    parser.add_argument("target", metavar="TARGET", help="target file, or URL of a server")
    shared.add_user(parser)
    shared.add_binding(parser)
