"""Arguments that several commands have."""

from argparse import ArgumentParser
from functools import partial
from pathlib import Path

from rcs_conformance.cli.arguments import values
from rcs_conformance.report.detail import Detail

_USER = "a user and its token; env:NAME, file:PATH or command:COMMAND read it; repeatable"
_BINDING = "dialect: oma-v1 (default), gsma-pilot, kandy, or the path of a binding file"
_REQUIREMENT = "only this requirement or clause; repeatable"


def add_user(parser: ArgumentParser, form: str = "ADDRESS=TOKEN") -> None:
    """Add the option for users and their tokens."""
    parser.add_argument("--user", action="append", default=[], metavar=form, help=_USER)


def add_binding(parser: ArgumentParser, default: str | None = None) -> None:
    """Add the option for the dialect; without a default it is what the target file says."""
    parser.add_argument("--binding", default=default, metavar="NAME", help=_BINDING)


def add_requirement(parser: ArgumentParser) -> None:
    """Add the option that selects by requirement or clause."""
    parser.add_argument(
        "--requirement", action="append", default=[], metavar="ID", help=_REQUIREMENT
    )


def add_waivers(parser: ArgumentParser) -> None:
    """Add the option for known failures."""
    parser.add_argument("--waivers", type=Path, metavar="FILE", help="file with known failures")


def add_output_file(
    parser: ArgumentParser, destination: str = "out", text: str = "output file"
) -> None:
    """Add the option for the file that is written in place of stdout."""
    help_text = f"{text} (default: stdout)"
    parser.add_argument("-o", dest=destination, type=Path, metavar="FILE", help=help_text)


def add_output_folder(parser: ArgumentParser, default: str) -> None:
    """Add the option for the folder of a run or a measurement; the help names the default."""
    parser.add_argument(
        "--out", type=Path, metavar="DIR", help=f"output folder (default: {default})"
    )


def add_detail(parser: ArgumentParser) -> None:
    """Add the options for how much is printed."""
    detail = parser.add_mutually_exclusive_group()
    tell = partial(detail.add_argument, action="store_const", dest="detail", default=Detail.USUAL)
    tell("-q", "--quiet", const=Detail.QUIET, help="show errors, verdict and report only")
    tell("-v", "--verbose", const=Detail.FULL, help="show each test and all remarks, too")


def add_address(parser: ArgumentParser, port: int) -> None:
    """Add the options for the address that a server listens on, with its usual port."""
    add = parser.add_argument
    add("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    add(
        "--port",
        type=values.port,
        default=port,
        help="port; 0 for a free one (default: %(default)s)",
    )
