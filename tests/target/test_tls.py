"""What connections rest on: files of `[tls]`, looked at when the target file is read."""

import ssl
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.target import Target, Tls, load_target
from tests.driver.tls_front import Authority

FILE = """\
[target]
name = "Acme"
server_root = "https://rcs.acme.example"
[auth]
token = "t"
[[users]]
address = "tel:+1"
[[users]]
address = "tel:+2"
[[users]]
address = "tel:+3"
[tls]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a CA, certificates of two clients, and files that are of no use."""
    authority = Authority(tmp_path)
    authority.issued("client")
    _, other = authority.issued("other")
    key = serialization.load_pem_private_key(other.read_bytes(), None)
    locked = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"canary"),
    )
    (tmp_path / "locked.pem").write_bytes(locked)
    (tmp_path / "text.pem").write_text("hello\n")
    (tmp_path / "broken.pem").write_text(
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    )
    both = b"".join(
        (tmp_path / f"client.{part}.pem").read_bytes() for part in ("certificate", "key")
    )
    (tmp_path / "both.pem").write_bytes(both)
    return tmp_path


def load(folder: Path, **entries: str) -> Target:
    """The target of a file with such a `[tls]`."""
    file = folder / "acme.toml"
    lines = (f'{key} = "{value}"\n' for key, value in entries.items())
    file.write_text(FILE + "".join(lines))
    return load_target(file)


CLIENT = {"certificate": "client.certificate.pem", "key": "client.key.pem"}


@pytest.mark.parametrize("entries", [{}, {"ca": "ca.pem"}, CLIENT, {"certificate": "both.pem"}])
def test_files_are_relative_to_the_target_file(folder: Path, entries: dict[str, str]) -> None:
    """They stay files in the record; the context is made once."""
    tls = load(folder, **entries).tls
    assert tls == Tls(**{key: str(folder / name) for key, name in entries.items()})
    assert tls.context() is tls.context()
    assert tls.context().verify_mode is ssl.CERT_REQUIRED
    assert tls.without_certificate() == Tls(ca=tls.ca)


MISTAKES: dict[str, tuple[dict[str, str], str]] = {
    "key": ({"cert": "x"}, "tls.cert: unknown key; known are ca, certificate, key"),
    "empty": ({"ca": ""}, "tls.ca: must be the path of a PEM file"),
    "no CA": ({"ca": "none.pem"}, "none.pem: No such file or directory"),
    "CA text": ({"ca": "text.pem"}, "text.pem contains no certificate in PEM"),
    "CA folder": ({"ca": "."}, "tls.ca: "),
    "no certificate": ({**CLIENT, "certificate": "none.pem"}, "tls.certificate: "),
    "certificate text": ({**CLIENT, "certificate": "text.pem"}, "contains no certificate in PEM"),
    "broken": ({**CLIENT, "certificate": "broken.pem"}, "tls.key: OpenSSL cannot read"),
    "no key": ({**CLIENT, "key": "none.pem"}, "tls.key: "),
    "key text": ({**CLIENT, "key": "text.pem"}, "text.pem contains no private key in PEM"),
    "without key": ({"certificate": CLIENT["certificate"]}, "contains no private key in PEM"),
    "other key": ({**CLIENT, "key": "other.key.pem"}, "does not match the certificate in"),
    "locked": ({**CLIENT, "key": "locked.pem"}, "locked.pem is encrypted: give an unencrypted key"),
    "key alone": ({"key": CLIENT["key"]}, "tls.key: belongs to a client certificate"),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_mistake_is_one_line(folder: Path, case: str) -> None:
    """With file, line and key."""
    entries, expected = MISTAKES[case]
    with pytest.raises(ConfigurationError) as caught:
        load(folder, **entries)
    message = str(caught.value)
    assert message.startswith(f"{folder / 'acme.toml'}:1")
    assert expected in message
    assert "\n" not in message


def test_unreadable_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that others own is named with the reason."""

    def refused(*_where: object, **_how: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refused)
    tls = Tls(certificate=str(folder / "client.certificate.pem"), key="k")
    with pytest.raises(ConfigurationError, match=r"certificate\.pem: Permission denied"):
        tls.context()
