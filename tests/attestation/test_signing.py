"""A signature holds against whoever computes all hashes anew; what is no key gets one line."""

import base64
import json
import os
import shutil
from errno import EROFS
from pathlib import Path

import pytest

from rcs_conformance.attestation import certifying
from rcs_conformance.attestation.keys import payload_of, private_key, public_key
from rcs_conformance.attestation.keys import signed as envelope_of
from rcs_conformance.attestation.signing import check_signature, key_signer, sign_run, trusted_key
from rcs_conformance.cli import main
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.report.output import OutputFolder
from tests.attestation.conftest import KINDS, PASSPHRASE
from tests.attestation.recorded import recorded

Captured = pytest.CaptureFixture[str]


def signed(copy: Path, keys: Path, name: str = "ed25519") -> Path:
    """A run that a key has signed."""
    assert main(["sign", str(copy), "--key", str(keys / f"{name}.pem")]) == 0
    return copy


def verified(run: Path, key: Path, capsys: Captured) -> tuple[int, str]:
    """Exit code and output of its verification."""
    capsys.readouterr()
    code = main(["verify", str(run), "--key", str(key)])
    return code, "".join(capsys.readouterr())


def statement(run: Path) -> dict[str, object]:
    """What was signed."""
    envelope = json.loads((run / "result.intoto.json").read_text())
    read: dict[str, object] = json.loads(base64.b64decode(envelope["payload"]))
    return read


def test_signed_run_is_verified(copy: Path, keys: Path, capsys: Captured) -> None:
    """By the public key of the one that signed it."""
    code, printed = verified(signed(copy, keys), keys / "ed25519.pub", capsys)
    assert (code, "signed by key " in printed) == (0, True), printed


@pytest.mark.parametrize("kind", KINDS)
def test_keys_of_each_kind(keys: Path, kind: str, tmp_path: Path) -> None:
    """What the private key signs, the public one verifies."""
    file = tmp_path / "signature"
    file.write_text(envelope_of(b"text", private_key(keys / f"{kind}.pem", None)))
    assert payload_of(file, public_key(keys / f"{kind}.pub")) == b"text"


def test_statement_names_result_and_record(copy: Path, keys: Path) -> None:
    """It is a test-result of in-toto; the run without a verdict did not pass."""
    found = statement(signed(copy, keys))
    assert found["predicateType"] == "https://in-toto.io/attestation/test-result/v0.1"
    assert [each["name"] for each in found["subject"]] == ["result.json", "run.rcsrun"]  # type: ignore[attr-defined]
    assert found["predicate"]["result"] == "FAILED"  # type: ignore[index]


def test_record_alone_with_its_signature_is_enough(
    copy: Path, keys: Path, tmp_path: Path, capsys: Captured
) -> None:
    """Both may be moved about."""
    signed(copy, keys)
    for name in ("run.rcsrun", "result.intoto.json"):
        shutil.copy(copy / name, tmp_path / name)
    code, printed = verified(tmp_path / "run.rcsrun", keys / "ed25519.pub", capsys)
    assert code == 0, printed


def test_hashes_computed_anew_are_found(copy: Path, keys: Path, capsys: Captured) -> None:
    """Record and result agree, so that only the signature shows that they are others."""
    signed(copy, keys)
    recorded(copy, seed=8)
    without = main(["verify", str(copy)])
    code, printed = verified(copy, keys / "ed25519.pub", capsys)
    assert (without, code) == (0, 1)
    assert "signature: result.json: not the file that was signed" in printed


def refusal(run: Path, keys: Path, name: str = "ed25519") -> str:
    """Why the signature of a run is not accepted."""
    with pytest.raises(ConfigurationError) as raised:
        check_signature(run, trusted_key(keys / f"{name}.pub"))
    return str(raised.value)


def test_foreign_signature_is_found(copy: Path, keys: Path) -> None:
    """A key that nobody trusts may sign anything."""
    assert "not signed by the key " in refusal(signed(copy, keys, "other"), keys)


def test_edited_statement_is_found(copy: Path, keys: Path) -> None:
    """A greener result, under the signature of the true one."""
    file = signed(copy, keys) / "result.intoto.json"
    envelope = json.loads(file.read_text())
    text = base64.b64decode(envelope["payload"]).replace(b"FAILED", b"PASSED")
    file.write_text(json.dumps({**envelope, "payload": base64.b64encode(text).decode()}))
    assert "or edited" in refusal(copy, keys)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"payload": 1}', '{"payload":"","payloadType":"x"}']
)
def test_damaged_signature_is_found(run: Path, keys: Path, content: str, tmp_path: Path) -> None:
    """In one line."""
    (tmp_path / "result.intoto.json").write_text(content)
    shutil.copy(run / "run.rcsrun", tmp_path)
    found = refusal(tmp_path / "run.rcsrun", keys)
    assert "or damaged: sign the run again" in found
    assert "\n" not in found


def test_statement_of_another_kind_is_found(run: Path, keys: Path, tmp_path: Path) -> None:
    """The key signed something, but no result."""
    signer = private_key(keys / "ed25519.pem", None)
    (tmp_path / "result.intoto.json").write_text(envelope_of(b"{}", signer))
    shutil.copy(run / "run.rcsrun", tmp_path)
    assert "not an in-toto statement" in refusal(tmp_path / "run.rcsrun", keys)


def test_result_that_the_record_does_not_have_is_found(copy: Path, keys: Path) -> None:
    """It is not signed, either."""
    with (copy / "result.json").open("a") as opened:
        opened.write(" ")
    assert main(["sign", str(copy), "--key", str(keys / "rsa.pem")]) == 4


def test_run_without_a_signature_is_not_verified(run: Path, keys: Path) -> None:
    """It may have been taken away."""
    assert "result.intoto.json: cannot be read" in refusal(run, keys)


def test_record_taken_away_is_found(copy: Path, keys: Path) -> None:
    """A signature is about all files that it names."""
    signed(copy, keys)
    (copy / "run.rcsrun").unlink()
    assert refusal(copy, keys) == "run.rcsrun: was signed, and is missing"


def test_folder_that_cannot_be_written_is_one_line(
    copy: Path, keys: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor can what was not written there be removed."""

    def rejected(*_arguments: object, **_options: object) -> None:
        raise OSError(EROFS, os.strerror(EROFS))

    monkeypatch.setattr(Path, "write_text", rejected)
    monkeypatch.setattr(Path, "unlink", rejected)
    monkeypatch.setattr(shutil, "copyfile", rejected)
    file = copy / "result.intoto.json"
    with pytest.raises(ConfigurationError, match=r"cannot be written: Read-only file system$"):
        sign_run(copy, key_signer(keys / "ed25519.pem", None))
    with pytest.raises(ConfigurationError, match=r"cannot be written: Read-only file system$"):
        certifying._publish(file, file)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--key", "none.pem"), "none.pem: cannot be read"),
        (("--key", "ed25519.pub"), "ed25519.pub: not a private key"),
        (("--key", "x25519.pem"), "x25519.pem: a key of a kind that cannot sign"),
        (("--key", "encrypted.pem"), "encrypted.pem: is encrypted: give --passphrase env:"),
        (("--key", "encrypted.pem", "--passphrase", "env:WRONG"), "with this passphrase"),
        (("--key", "encrypted.pem", "--passphrase", "env:NONE"), "'NONE' is not set"),
        (("--key", "encrypted.pem", "--passphrase", PASSPHRASE), "not the passphrase"),
        (("--key", "rsa.pem", "--passphrase", "env:WRONG"), "is not encrypted"),
        (("--key", "rsa.pem", "--keyless"), "--key and --keyless: give one of them"),
        ((), "give --key FILE, or --keyless"),
    ],
)
def test_key_that_cannot_sign_is_one_line(
    run: Path,
    keys: Path,
    words: tuple[str, ...],
    told: str,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It says what is wrong; neither key nor passphrase is in it."""
    monkeypatch.chdir(keys)
    monkeypatch.setenv("WRONG", "wrong-canary")
    code = main(["sign", str(run), *words])
    printed = "".join(capsys.readouterr())
    assert (code, printed.count("\n")) == (4, 1), printed
    assert told in printed
    assert not [each for each in ("canary", "PRIVATE") if each in printed]


def test_passphrase_is_read_from_where_it_is(
    copy: Path, keys: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stands in no output."""
    monkeypatch.setenv("PHRASE", PASSPHRASE)
    key = str(keys / "encrypted.pem")
    code = main(["sign", str(copy), "--key", key, "--passphrase", "env:PHRASE"])
    outputs = [file.read_bytes() for file in copy.rglob("*") if file.is_file()]
    assert code == 0
    assert PASSPHRASE not in "".join(capsys.readouterr())
    assert not [each for each in outputs if PASSPHRASE.encode() in each]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--key", "ed25519.pem"), "not a public key"),
        (("--key", "none.pub"), "cannot be read"),
        (("--identity", "ci"), "give both"),
        (("--key", "rsa.pub", "--identity", "ci", "--issuer", "i"), "give one of them"),
    ],
)
def test_key_that_cannot_verify_is_one_line(
    run: Path,
    keys: Path,
    words: tuple[str, ...],
    told: str,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Before anything is played."""
    monkeypatch.chdir(keys)
    code = main(["verify", str(run), *words])
    printed = "".join(capsys.readouterr())
    assert (code, printed.count("\n")) == (4, 1), printed
    assert told in printed


def test_without_the_extra_signing_keyless_is_one_line(
    run: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the command that installs it."""
    monkeypatch.setattr("rcs_conformance.attestation.keyless.find_spec", lambda _: None)
    code = main(["sign", str(run), "--keyless"])
    printed = "".join(capsys.readouterr())
    assert (code, printed.count("\n")) == (4, 1)
    assert "pip install 'rcs-conformance[sigstore]'" in printed


def test_new_run_takes_the_old_signature_away(copy: Path, keys: Path) -> None:
    """It is about files that are not there any more."""
    signed(copy, keys)
    (copy / ".rcs-conformance").touch()
    with OutputFolder(copy) as output:
        shutil.copy(copy / "result.json", output.unfinished / "result.json")
        output.publish()
    assert not (copy / "result.intoto.json").exists()
