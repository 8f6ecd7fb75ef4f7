"""Key files: a private key signs a statement, the public key verifies it (PEM, DSSE)."""

import json
from pathlib import Path
from typing import NoReturn

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import FormatError, VerificationError
from securesystemslib.signer import CryptoSigner, SSlibKey

from rcs_conformance.attestation.statements import PAYLOAD_TYPE
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.target import Secret

LARGEST_KEY = 1 << 20
_LARGEST_SIGNATURE = 64 << 20
_KINDS = "Ed25519, ECDSA or RSA in PEM"


def private_key(file: Path, passphrase: Secret | None) -> CryptoSigner:
    """The signer of a private key.

    Args:
        file: The key, PKCS#8 in PEM.
        passphrase: If the file is encrypted.

    Raises:
        ConfigurationError: It cannot be used; neither key nor passphrase is in the message.
    """
    data = _read(file, LARGEST_KEY)
    password = None if passphrase is None else passphrase.reveal().encode()
    try:
        key = load_pem_private_key(data, password)
    except TypeError:
        if passphrase is None:
            _refuse(file, "is encrypted: give --passphrase env:NAME, file:PATH or command:COMMAND")
        _refuse(file, "is not encrypted: leave out --passphrase")
    except (ValueError, UnsupportedAlgorithm):
        wrong = "a private key" if passphrase is None else "a private key with this passphrase"
        _refuse(file, f"not {wrong}: give {_KINDS}")
    try:
        return CryptoSigner(key)
    except ValueError:
        _refuse(file, f"a key of a kind that cannot sign: give {_KINDS}")


def public_key(file: Path) -> SSlibKey:
    """A public key.

    Raises:
        ConfigurationError: The file cannot be used.
    """
    try:
        return SSlibKey.from_crypto(load_pem_public_key(_read(file, LARGEST_KEY)))
    except (ValueError, UnsupportedAlgorithm):
        _refuse(file, f"not a public key: give {_KINDS}")


def signed(payload: bytes, signer: CryptoSigner) -> str:
    """The envelope of a statement, as JSON text."""
    envelope = Envelope(payload, PAYLOAD_TYPE, {})
    envelope.sign(signer)
    return json.dumps(envelope.to_dict(), indent=1) + "\n"


def payload_of(file: Path, key: SSlibKey) -> bytes:
    """What a key signed.

    Args:
        file: The envelope.
        key: The public key.

    Raises:
        ConfigurationError: There is no envelope, or the key did not sign it.
    """
    try:
        envelope = Envelope.from_dict(json.loads(_read(file, _LARGEST_SIGNATURE)))
        is_statement = envelope.payload_type == PAYLOAD_TYPE
    except (ValueError, KeyError, TypeError, AttributeError, FormatError, RecursionError):
        _refuse(file, "not a signature (DSSE envelope), or damaged: sign the run again")
    if not is_statement:
        _refuse(file, f"the signature is not of a {PAYLOAD_TYPE}")
    try:
        envelope.verify([key], 1)
    except VerificationError:
        signers = ", ".join(each[:16] for each in envelope.signatures) or "no key"
        _refuse(file, f"not signed by the key {key.keyid[:16]} (signed by {signers}), or edited")
    return envelope.payload


def _read(file: Path, largest: int) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(largest + 1)
    except OSError as error:
        _refuse(file, f"cannot be read: {error.strerror or 'unknown reason'}")
    if len(data) > largest:
        _refuse(file, f"larger than {largest} bytes")
    return data


def _refuse(file: Path, why: str) -> NoReturn:
    raise ConfigurationError(f"{file}: {why}") from None
