"""`rcs-conformance sign`: sign result and record of a run, so that nobody can change both."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

from rcs_conformance.attestation.signing import Signer, key_signer, keyless_signer, sign_run
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.report.text import inert
from rcs_conformance.target import Secret
from rcs_conformance.target.secret import Shape, Surroundings, secret_from

_SOURCES = ("env:", "file:", "command:")


def sign(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Write the signature beside the result.

    Raises:
        ConfigurationError: The run or the key cannot be used.
    """
    signer = signer_of(arguments)
    if signer is None:
        raise ConfigurationError("give --key FILE, or --keyless")
    file = sign_run(arguments.run, signer)
    print(inert(f"{file}: signed by {signer.name}"))  # noqa: T201 - the command's output
    return 0


def signer_of(arguments: argparse.Namespace) -> Signer | None:
    """Who signs; `None` where nobody does.

    Raises:
        ConfigurationError: The key cannot be used.
    """
    if arguments.keyless and arguments.key:
        raise ConfigurationError("--key and --keyless: give one of them")
    if arguments.keyless:
        return keyless_signer()
    passphrase = passphrase_from(arguments.passphrase)
    return None if arguments.key is None else key_signer(arguments.key, passphrase)


def passphrase_from(source: str | None) -> Secret | None:
    """The passphrase of a key.

    Args:
        source: Where it is; not the passphrase itself, which other users of the machine could read
            in the list of processes.

    Raises:
        ConfigurationError: It is not there.
    """
    if source is None:
        return None
    if not source.startswith(_SOURCES):
        raise ConfigurationError(
            "--passphrase: must be env:NAME, file:PATH or command:COMMAND, not the passphrase"
        )
    around = Surroundings(environment=os.environ, folder=Path.cwd())
    try:
        return secret_from(source, around, Shape.PASSWORD)
    except ConfigurationError as error:
        raise ConfigurationError(f"--passphrase: {error}") from None
