"""The commands about what was exchanged: records of runs, and traffic that others made."""

from argparse import ArgumentParser
from pathlib import Path

from rcs_conformance.cli.arguments import shared
from rcs_conformance.cli.arguments.commands import Commands
from rcs_conformance.report.output import default_output

_RECORD = "run.rcsrun, or the output folder of a run with --evidence all (default: reports/out)"
_PLAYED = "run.rcsrun, or the output folder of a run with it"
_OUTPUT = "output folder of a run with --evidence all (default: reports/out)"
_KEY = "private key that signs: Ed25519, ECDSA or RSA in PEM; with --check, the public key"
_TRAFFIC = "HAR file; or run.rcsrun, or the output folder of a run with --evidence all"
_TARGET = "target file: its server, users, binding and claims; its secrets are redacted"
_PUBLIC_URL = "where clients and server reach it, if not where it listens"


def add_records(commands: Commands) -> None:
    """Add the commands."""
    _add_verify(commands)
    _add_rejudge(commands)
    _add_sign(commands)
    _add_certify(commands)
    _add_judge(commands)
    _add_har(commands)
    _add_proxy(commands)


def _add_verify(commands: Commands) -> None:
    parser = commands.add(
        "verify",
        "recompute the verdicts of a run from its record",
        "Plays the tests of a run again, from its record and without a server, and compares all"
        " verdicts with result.json; with --key or --identity, verifies the signature too. Exit"
        " codes: 0 they are equal, the record is unbroken and signed, 1 they are not, 4 there"
        " is no record.",
    )
    add = parser.add_argument
    _add_run(parser, _RECORD)
    add("--key", type=Path, metavar="FILE", help="public key (PEM) that must have signed")
    _add_identity(parser)


def _add_rejudge(commands: Commands) -> None:
    parser = commands.add(
        "rejudge",
        "judge the record of a run by other rules",
        "Plays the record of a run under the catalogue of this version, and under other claims,"
        " policies, waivers or another binding; prints which clauses change, and why. A test"
        " that asks what the record has no response to is not_tested. Exit codes as for run.",
    )
    add = parser.add_argument
    add("run", type=Path, metavar="RUN", help=_PLAYED)
    add("--target", metavar="FILE", help="target file whose claims, policy and binding hold")
    shared.add_waivers(parser)
    shared.add_binding(parser)


def _add_sign(commands: Commands) -> None:
    parser = commands.add(
        "sign",
        "sign result and record of a run",
        "Signs result.json and run.rcsrun of a run as an in-toto statement (test-result, DSSE),"
        " in result.intoto.json beside them, or in result.sigstore.json. Exit codes: 0 signed,"
        " 4 run or key cannot be used.",
    )
    _add_run(parser, _RECORD)
    _add_signer(parser)


def _add_certify(commands: Commands) -> None:
    parser = commands.add(
        "certify",
        "write or check the certificate of a run",
        "Writes one archive of claims, run, record, waivers and versions, of a run that is"
        " whole, strict and conforming; --check judges such an archive anew, without a server."
        " Exit codes: 0 certified or accepted, 1 rejected, 4 a file or key cannot be used.",
    )
    add = parser.add_argument
    add("run", type=Path, nargs="?", metavar="RUN", help=_OUTPUT)
    add("--out", type=Path, metavar="FILE", help="certificate (default: run.rcscert in RUN)")
    add("--check", type=Path, metavar="FILE", help="certificate to be judged anew")
    _add_signer(parser)
    _add_identity(parser)


def _add_judge(commands: Commands) -> None:
    parser = commands.add(
        "judge",
        "judge traffic that the suites did not make",
        "Judges traffic of any client with any server by every check that needs no arrangement."
        " Whatever the traffic cannot decide is not tested. Exit codes: 0 no clause is broken,"
        " 1 one is, 4 the traffic cannot be used, 5 nothing in it is of the API.",
    )
    add = parser.add_argument
    add("traffic", type=Path, metavar="TRAFFIC", help=_TRAFFIC)
    add("--target", metavar="FILE", help=_TARGET)
    shared.add_binding(parser)
    add("--out", type=Path, metavar="DIR", help="output folder for reports (default: none)")
    shared.add_detail(parser)


def _add_har(commands: Commands) -> None:
    parser = commands.add(
        "har",
        "write traffic as HAR 1.2",
        "Writes the traffic of a run, or a HAR file without its secrets, as HAR 1.2. A"
        " notification is an entry with the member _notification; messages of a WebSocket are"
        " in _webSocketMessages. Exit codes: 0 written, 4 the traffic cannot be used.",
        module="judge",
    )
    parser.add_argument("traffic", type=Path, metavar="TRAFFIC", help=_TRAFFIC)
    shared.add_output_file(parser)


def _add_proxy(commands: Commands) -> None:
    parser = commands.add(
        "proxy",
        "record what passes between clients and a server",
        "A reverse proxy that changes nothing but the origin: clients use its URL in the place"
        " of the server's. Notifications come by way of it, too. Ctrl-C or SIGTERM ends it;"
        " then it writes a HAR file without secrets, for judge. Exit codes: 0 written, 4"
        " usage.",
    )
    add = parser.add_argument
    add("target", metavar="URL", help="server root that everything is passed on to")
    shared.add_address(parser, 8081)
    add("--public-url", default="", metavar="URL", help=_PUBLIC_URL)
    out = Path("traffic.har")
    add("--out", type=Path, default=out, metavar="FILE", help="HAR file (default: %(default)s)")


def _add_run(parser: ArgumentParser, text: str) -> None:
    parser.add_argument(
        "run", type=Path, nargs="?", default=default_output(), metavar="RUN", help=text
    )


def _add_identity(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("--identity", metavar="NAME", help="identity that must have signed without a key")
    add("--issuer", metavar="URL", help="who vouches for that identity")


def _add_signer(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("--key", type=Path, metavar="FILE", help=_KEY)
    add(
        "--passphrase",
        metavar="SOURCE",
        help="passphrase of the key: env:NAME, file:PATH or command:COMMAND",
    )
    add("--keyless", action="store_true", help="sign as the OIDC identity of the environment")
