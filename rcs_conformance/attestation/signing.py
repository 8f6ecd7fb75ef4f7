"""Signs the files of a run, and verifies the signature that lies beside them."""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import file_digest
from pathlib import Path

from rcs_conformance.attestation import keyless, keys
from rcs_conformance.attestation.statements import (
    Digests,
    check_statement,
    statement_of,
)
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.record.archive import ARCHIVE, Archive
from rcs_conformance.report.output import BUNDLE, RESULT, SIGNATURE
from rcs_conformance.report.reading import read_run
from rcs_conformance.target import Secret
from rcs_conformance.verdict import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Signs with a key file, or as the identity of the environment.

    Attributes:
        name: For the console.
        file: Name of the file that the signature is in.
        sign: Makes the text of that file of a statement.
    """

    name: str
    file: str
    sign: Callable[[bytes], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    """Who must have signed.

    Attributes:
        name: For the console.
        file: Name of the file that the signature is in.
        payload: Gives what they signed, of such a file.
    """

    name: str
    file: str
    payload: Callable[[Path], bytes]


def key_signer(file: Path, passphrase: Secret | None) -> Signer:
    """Signs with a private key; raises as `keys.private_key`."""
    signer = keys.private_key(file, passphrase)
    return Signer(
        name=f"key {signer.public_key.keyid[:16]}",
        file=SIGNATURE,
        sign=partial(keys.signed, signer=signer),
    )


def keyless_signer() -> Signer:
    """Signs as the identity that the environment offers."""
    return Signer(name="the identity of this environment", file=BUNDLE, sign=keyless.keyless_bundle)


def trusted_key(file: Path) -> Trusted:
    """Trusts a public key; raises as `keys.public_key`."""
    key = keys.public_key(file)
    return Trusted(
        name=f"key {key.keyid[:16]}", file=SIGNATURE, payload=partial(keys.payload_of, key=key)
    )


def trusted_identity(identity: str, issuer: str) -> Trusted:
    """Trusts an identity."""
    payload = partial(keyless.keyless_payload, identity=identity, issuer=issuer)
    return Trusted(name=identity, file=BUNDLE, payload=payload)


def sign_run(path: Path, signer: Signer) -> Path:
    """Sign result and record of a run.

    Args:
        path: The output folder, or its record.
        signer: Who signs.

    Returns:
        The file of the signature, beside them.

    Raises:
        ConfigurationError: There is no result, it is not the one that the record has, the signer
            cannot sign, or the file cannot be written.
    """
    run, files = _signed_of(path)
    folder = path if path.is_dir() else path.parent
    return written(folder / signer.file, signer.sign(statement_of(run, files)))


def check_signature(path: Path, trusted: Trusted) -> None:
    """Check that a run was signed as it is.

    Args:
        path: The output folder, or its record; the signature lies beside it.
        trusted: Who must have signed.

    Raises:
        ConfigurationError: It was not; the message says what is wrong, and where.
    """
    folder = path if path.is_dir() else path.parent
    payload = trusted.payload(folder / trusted.file)
    check_statement(payload, *_signed_of(path))


def _signed_of(path: Path) -> tuple[Run, Digests]:
    """A run, and the digests of its files: of its result and, where it has one, of its record."""
    record = path / ARCHIVE if path.is_dir() else path
    result = path / RESULT
    with tempfile.TemporaryDirectory() as folder:
        if record.is_file():
            own = Path(folder) / RESULT
            with Archive(record) as archive:
                own.write_bytes(archive.result())
            if path.is_dir() and _digest(result) != _digest(own):
                raise ConfigurationError(f"{result}: is not the result.json that the record has")
            return read_run(own), {RESULT: _digest(own), ARCHIVE: _digest(record)}
        return read_run(result), {RESULT: _digest(result)}


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise ConfigurationError(f"{file}: cannot be read: {reason}") from None


def written(file: Path, text: str) -> Path:
    """Write a file as a whole, or not at all.

    Raises:
        ConfigurationError: It cannot be written.
    """
    unfinished = file.with_name(f"{file.name}.new")
    try:
        unfinished.write_text(text, "utf-8")
        unfinished.replace(file)
    except OSError as error:
        with suppress(OSError):  # of a disk that cannot be written at all
            unfinished.unlink(missing_ok=True)
        raise ConfigurationError(f"{file}: cannot be written: {error.strerror}") from None
    return file
