"""`rcs-conformance certify`: one archive by which others may judge a run anew, and its check."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from rcs_conformance.attestation.certifying import certify_run, check_certificate, is_signed
from rcs_conformance.cli.sign import signer_of
from rcs_conformance.cli.verify import trusted_of
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.report.output import CERTIFICATE, default_output
from rcs_conformance.report.text import inert

_REJECTED = 1
_SIGNING, _TRUSTING = ("passphrase", "keyless", "out", "run"), ("identity", "issuer")


def certify(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Write a certificate, or check one.

    Returns:
        0 if nothing stands against it, 1 if something does.

    Raises:
        ConfigurationError: A file or a key cannot be used.
    """
    is_check = arguments.check is not None
    for name in _SIGNING if is_check else _TRUSTING:
        if getattr(arguments, name):
            other = "without" if is_check else "with"
            shown = "RUN" if name == "run" else f"--{name}"
            raise ConfigurationError(f"{shown}: goes {other} --check")
    return _checked(arguments) if is_check else _written(arguments)


def _written(arguments: argparse.Namespace) -> int:
    signer = signer_of(arguments)
    run: Path = arguments.run or default_output()
    if not run.exists():
        raise ConfigurationError(
            f"{run}: No such file or directory; give the output folder of a run with --evidence all"
        )
    out = run if run.is_dir() else run.parent
    file: Path = arguments.out or out / CERTIFICATE
    refusals = certify_run(out, file, signer)
    by = f", signed by {signer.name}" if signer is not None else ", not signed"
    return _told(refusals, f"{file}: certified{by}", "not certified")


def _checked(arguments: argparse.Namespace) -> int:
    trusted, file = trusted_of(arguments), arguments.check
    refusals = check_certificate(file, trusted)
    if trusted is not None:
        by = f"signed by {trusted.name}"
    elif not refusals and is_signed(file):
        by = "its signature was not verified: give --key"
    else:
        by = "without a signature, so that whoever computes all digests anew could have made it"
    return _told(
        refusals, f"{file}: accepted: every verdict follows from its record; {by}", "rejected"
    )


def _told(refusals: Sequence[str], good: str, bad: str) -> int:
    for line in refusals:
        print(inert(f"{bad}: {line}"))  # noqa: T201 - the command's output
    if refusals:
        return _REJECTED
    print(inert(good))  # noqa: T201 - as above
    return 0
