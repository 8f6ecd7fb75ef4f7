"""Keys, and a run with a record, for what is signed."""

import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa, x25519
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from tests.attestation.recorded import recorded

PASSPHRASE = "canary-passphrase"  # noqa: S105 - no secret
KINDS = ("ed25519", "ecdsa", "rsa")


def _generated(kind: str) -> PrivateKeyTypes:
    match kind:
        case "ecdsa":
            return ec.generate_private_key(ec.SECP256R1())
        case "rsa":
            return rsa.generate_private_key(65537, 2048)
        case "x25519":
            return x25519.X25519PrivateKey.generate()
    return ed25519.Ed25519PrivateKey.generate()


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of key files: a private key (`NAME.pem`) and a public one (`NAME.pub`) of each."""
    folder = tmp_path_factory.mktemp("keys")
    for name in (*KINDS, "other", "encrypted", "x25519"):
        key = _generated(name)
        way: KeySerializationEncryption = NoEncryption()
        if name == "encrypted":
            way = BestAvailableEncryption(PASSPHRASE.encode())
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, way)
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (folder / f"{name}.pem").write_bytes(private)
        (folder / f"{name}.pub").write_bytes(public)
    return folder


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a run with a record; not to be changed."""
    return recorded(tmp_path_factory.mktemp("run") / "out")


@pytest.fixture
def copy(run: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(run, tmp_path / "out"))
