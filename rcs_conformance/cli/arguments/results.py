"""The commands that show, compare and join the results of runs."""

from pathlib import Path

from rcs_conformance.catalogue import Change
from rcs_conformance.cli.arguments import shared
from rcs_conformance.cli.arguments.commands import Commands

_TRACE_FORMATS = ("console", "html", "csv", "json", "markdown", "reqif")
REPORT_FORMATS = ("sarif", "ctrf", "markdown", "badge-json", "badge-svg", "junit")
_DIFF_FORMATS = ("console", "markdown", "json", "html")
_MATRIX_FORMATS = ("html", "markdown", "csv", "json")

_RUN = "output folder of a run, its result.json or run.rcsrun"
_CHANGE = "only clauses with this change from RCS 5.0; repeatable"
_SOURCE = "folder of the source documents: compare their sentences with the catalogue"
_RESULT = (
    f"{_RUN}: show its verdicts beside the tests and mark those"
    " that are older than their clause; repeatable, oldest first"
)


def add_results(commands: Commands) -> None:
    """Add the commands."""
    _add_report(commands)
    _add_baseline(commands)
    _add_trace(commands)
    _add_diff(commands)
    _add_matrix(commands)
    _add_merge(commands)


def _add_report(commands: Commands) -> None:
    parser = commands.add(
        "report",
        "write a result in another format",
        "Writes the result of a run in another format: SARIF 2.1.0, CTRF, Markdown, a badge or"
        " JUnit. Exit codes: 0 written, 4 the result cannot be used.",
    )
    parser.add_argument("result", type=Path, metavar="RESULT", help="result.json of a run")
    parser.add_argument("--format", choices=REPORT_FORMATS, required=True, dest="form")
    shared.add_output_file(parser)


def _add_baseline(commands: Commands) -> None:
    parser = commands.add(
        "baseline",
        "write waivers for the failures of a run",
        "Writes a waiver file for the clauses that fail in a result; reason, owner and expiry"
        " are to be filled in.",
    )
    parser.add_argument("result", type=Path, metavar="RESULT", help="result.json of a run")
    shared.add_output_file(parser, "output", "new output file")


def _add_trace(commands: Commands) -> None:
    parser = commands.add(
        "trace",
        "list requirements, clauses and their tests",
        "Lists each requirement and its clauses with their tests and faults, the changes of RCS"
        " 5.1, the clauses without a source, and the work items that cover the changes.",
    )
    add = parser.add_argument
    add("--format", choices=_TRACE_FORMATS, default=_TRACE_FORMATS[0], dest="form")
    shared.add_output_file(parser)
    shared.add_requirement(parser)
    add("--change", action="append", default=[], choices=list(Change), help=_CHANGE)
    add("--release", metavar="ID", help="only clauses of this release of RCS: 5.0 or 5.1")
    add("--without-source", action="store_true", help="only clauses that the source lacks")
    add("--source", type=Path, metavar="DIR", help=_SOURCE)
    add("--result", type=Path, action="append", default=[], metavar="RUN", help=_RESULT)


def _add_diff(commands: Commands) -> None:
    parser = commands.add(
        "diff",
        "compare two runs",
        "Compares two runs: new failures, mended ones, what is newly or no longer tested, other"
        " claims, catalogue or binding. Exit codes: 0 no new failure, 1 a new failure, 4 a"
        " result cannot be used.",
    )
    add = parser.add_argument
    add("before", type=Path, metavar="BEFORE", help=_RUN)
    add("after", type=Path, metavar="AFTER", help="the same of the later run")
    add("--format", choices=_DIFF_FORMATS, default=_DIFF_FORMATS[0], dest="form")
    shared.add_output_file(parser)


def _add_matrix(commands: Commands) -> None:
    parser = commands.add(
        "matrix",
        "show clauses by target and version, of many runs",
        "Shows what each of many runs found of each clause: a table, and a section for each"
        " clause with all findings side by side. A folder of output folders is a history: each"
        " run adds one, and nothing in it is changed. Exit codes: 0 written, 4 a run cannot be"
        " used.",
    )
    add = parser.add_argument
    add("runs", type=Path, nargs="+", metavar="RUN", help=f"{_RUN}; or a folder of those")
    add("--format", choices=_MATRIX_FORMATS, default=_MATRIX_FORMATS[0], dest="form")
    shared.add_output_file(parser)


def _add_merge(commands: Commands) -> None:
    parser = commands.add(
        "merge",
        "make one run of the parts of a divided one",
        "Makes one run of the parts that run --shard made: the same verdicts, tests, findings"
        " and exit code as without shards. All parts must be there, of one seed, target and"
        " suite.",
    )
    parser.add_argument(
        "parts", type=Path, nargs="+", metavar="DIR", help="output folder of a part"
    )
    shared.add_output_folder(parser, "reports/out")
    shared.add_detail(parser)
