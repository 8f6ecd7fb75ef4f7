"""The arguments of the commands about traffic that the suites did not make."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from rcs_conformance.cli.run_sets import AddCommand, add_detail

_TRAFFIC = "HAR file; or run.rcsrun, or the output folder of a run with --evidence all"
_TARGET = "target file: its server, users, binding and claims; its secrets are redacted"
_BINDING = "dialect: oma-v1 (default), gsma-pilot, kandy, or the path of a binding file"
_PUBLIC_URL = "where clients and server reach it, if not where it listens"
_HIGHEST_PORT = 65535


def add_traffic_commands(add: AddCommand) -> None:
    """Add the commands."""
    _add_judge(add("judge", "judge traffic that the suites did not make"))
    _add_har(add("har", "write traffic as HAR 1.2"))
    _add_proxy(add("proxy", "record what passes between clients and a server"))


def _add_judge(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_judge)
    parser.description = (
        "Judges traffic of any client with any server by every check that needs no arrangement."
        " Whatever the traffic cannot decide is not tested. Exit codes: 0 no clause is broken, 1"
        " one is, 4 the traffic cannot be used, 5 nothing in it is of the API."
    )
    add = parser.add_argument
    add("traffic", type=Path, metavar="TRAFFIC", help=_TRAFFIC)
    add("--target", metavar="FILE", help=_TARGET)
    add("--binding", metavar="NAME", help=_BINDING)
    add("--out", type=Path, metavar="DIR", help="output folder for reports (default: none)")
    add_detail(parser)


def _judge(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    from rcs_conformance.cli.judge import judge  # noqa: PLC0415 - for it alone

    return judge(arguments, rest)


def _add_har(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_har)
    parser.description = (
        "Writes the traffic of a run, or a HAR file without its secrets, as HAR 1.2. A notification"
        " is an entry with the member _notification; messages of a WebSocket are in"
        " _webSocketMessages. Exit codes: 0 written, 4 the traffic cannot be used."
    )
    add = parser.add_argument
    add("traffic", type=Path, metavar="TRAFFIC", help=_TRAFFIC)
    add("-o", type=Path, metavar="FILE", dest="out", help="output file (default: stdout)")


def _har(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    from rcs_conformance.cli.judge import har  # noqa: PLC0415 - for it alone

    return har(arguments, rest)


def _add_proxy(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_proxy)
    parser.description = (
        "A reverse proxy that changes nothing but the origin: clients use its URL in the place of"
        " the server's. Notifications come by way of it, too. Ctrl-C or SIGTERM ends it; then it"
        " writes a HAR file without secrets, for judge. Exit codes: 0 written, 4 usage."
    )
    add = parser.add_argument
    add("target", metavar="URL", help="server root that everything is passed on to")
    add("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    add("--port", type=_port, default=8081, help="port; 0 for a free one (default: %(default)s)")
    add("--public-url", default="", metavar="URL", help=_PUBLIC_URL)
    out = Path("traffic.har")
    add("--out", type=Path, default=out, metavar="FILE", help="HAR file (default: %(default)s)")


def _proxy(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    from rcs_conformance.cli.proxy import proxy  # noqa: PLC0415 - for it alone

    return proxy(arguments, rest)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= _HIGHEST_PORT):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; give 0 to {_HIGHEST_PORT}")
    return int(text)
