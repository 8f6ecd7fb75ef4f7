"""The arguments of the commands by which others may check a run; each imports what it needs."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from rcs_conformance.report.output import default_output

_RUN = "run.rcsrun, or the output folder of a run with --evidence all (default: reports/out)"

_OUTPUT = "output folder of a run with --evidence all (default: reports/out)"
_KEY = "private key that signs: Ed25519, ECDSA or RSA in PEM; with --check, the public key"

AddCommand = Callable[[str, str], argparse.ArgumentParser]
"""Adds a command with its help, and gives its parser."""


def add_attestation(add: AddCommand) -> None:
    """Add the commands."""
    _add_verify(add("verify", "recompute the verdicts of a run from its record"))
    _add_sign(add("sign", "sign result and record of a run"))
    _add_certify(add("certify", "write or check the certificate of a run"))


def _add_verify(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_verify)
    parser.description = (
        "Plays the tests of a run again, from its record and without a server, and compares all"
        " verdicts with result.json; with --key or --identity, verifies the signature too. Exit"
        " codes: 0 they are equal, the record is unbroken and signed, 1 they are not, 4 there is no"
        " record."
    )
    _add_path(parser)
    _add_trusted(parser)


def _verify(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    from rcs_conformance.cli.verify import verify  # noqa: PLC0415 - the suites, for it alone

    return verify(arguments, rest)


def _add_sign(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_sign)
    parser.description = (
        "Signs result.json and run.rcsrun of a run as an in-toto statement (test-result, DSSE), in"
        " result.intoto.json beside them, or in result.sigstore.json. Exit codes: 0 signed, 4 run"
        " or key cannot be used."
    )
    _add_path(parser)
    _add_signer(parser)


def _sign(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    from rcs_conformance.cli.sign import sign  # noqa: PLC0415 - cryptography, for it alone

    return sign(arguments, rest)


def _add_certify(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_certify)
    parser.description = (
        "Writes one archive of claims, run, record, waivers and versions, of a run that is whole,"
        " strict and conforming; --check judges such an archive anew, without a server. Exit codes:"
        " 0 certified or accepted, 1 rejected, 4 a file or key cannot be used."
    )
    add = parser.add_argument
    add("run", type=Path, nargs="?", metavar="RUN", help=_OUTPUT)
    add("--out", type=Path, metavar="FILE", help="certificate (default: run.rcscert in RUN)")
    add("--check", type=Path, metavar="FILE", help="certificate to be judged anew")
    _add_signer(parser)
    _add_identity(parser)


def _certify(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    from rcs_conformance.cli.certify import certify  # noqa: PLC0415 - the suites, for it alone

    return certify(arguments, rest)


def _add_path(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "run", type=Path, nargs="?", default=default_output(), metavar="RUN", help=_RUN
    )


def _add_trusted(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help="public key (PEM) that must have signed"
    )
    _add_identity(parser)


def _add_identity(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--identity", metavar="NAME", help="identity that must have signed without a key")
    add("--issuer", metavar="URL", help="who vouches for that identity")


def _add_signer(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--key", type=Path, metavar="FILE", help=_KEY)
    add(
        "--passphrase",
        metavar="SOURCE",
        help="passphrase of the key: env:NAME, file:PATH or command:COMMAND",
    )
    add("--keyless", action="store_true", help="sign as the OIDC identity of the environment")
