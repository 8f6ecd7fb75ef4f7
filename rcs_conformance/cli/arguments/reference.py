"""The commands about the reference server: run it, and measure the suites with it."""

from functools import partial

from rcs_conformance.cli.arguments import shared, values
from rcs_conformance.cli.arguments.commands import Commands

_OWN = "run only the tests of each fault's own clause, up to the first failure"
_MUTATE = (
    "in place of faults, run the suites against every mutation of the reference server's code, or"
    " against a sample of COUNT of them"
)
_MUTATION = "only the mutation with this name, as --mutate prints it; repeatable"
_FAULTS_OF = "only faults of this clause; repeatable"
_VARIATION = "run this permitted variation too; repeatable"


def add_reference(commands: Commands) -> None:
    """Add the commands."""
    _add_serve(commands)
    _add_strength(commands)


def _add_serve(commands: Commands) -> None:
    parser = commands.add(
        "serve", "run the reference server alone", "Runs the reference server until Ctrl-C."
    )
    add = parser.add_argument
    shared.add_address(parser, 8080)
    shared.add_user(parser)
    shared.add_binding(parser, "oma-v1")
    several = partial(add, action="append", default=[], metavar="NAME")
    several("--fault", help="fault of the server; repeatable")
    several("--variation", help="permitted variation of the server; repeatable")
    delay = partial(add, type=values.milliseconds, default=0.0, metavar="MS")
    delay("--latency", help="delay of each response in milliseconds")
    delay("--notification-delay", help="delay of each notification in milliseconds")
    add("--seed", type=int, default=0, metavar="N", help="random seed of the ids (default: 0)")
    add("--list-faults", action="store_true", help="list faults and variations, then exit")


def _add_strength(commands: Commands) -> None:
    parser = commands.add(
        "strength",
        "run the suites against servers with known faults",
        "Runs the suites against every fault of the reference server and shows which faults are"
        " killed, and by which clauses. Exit codes: 0 every goal is met, 1 a goal is missed, 3"
        " the suites fail a server without faults.",
    )
    add = parser.add_argument
    several = partial(add, action="append", default=[])
    several("--fault", metavar="NAME", help="only this fault; repeatable")
    several("--requirement", "--clause", metavar="ID", help=_FAULTS_OF)
    several("--variation", metavar="NAME", help=_VARIATION)
    add("--variations", action="store_true", help="also run every permitted variation")
    add(
        "-n",
        dest="parallel",
        type=values.parallel_runs,
        metavar="RUNS",
        help="parallel runs, or auto",
    )
    shared.add_output_folder(parser, "reports/out/strength")
    add("--format", choices=("text", "json"), default="text", dest="form")
    scope = parser.add_mutually_exclusive_group()
    choose = partial(scope.add_argument, action="store_const", dest="scope", default="sample")
    choose("--own", const="own", help=_OWN)
    choose("--full", const="full", help="run every test in full for every fault")
    add("--resume", action="store_true", help="keep the results of a run that was broken off")
    add("--mutate", nargs="?", type=values.mutations, const=0, metavar="COUNT", help=_MUTATE)
    several("--mutation", metavar="NAME", help=_MUTATION)
    add("--seed", type=int, default=0, metavar="N", help="random seed of samples and data")
