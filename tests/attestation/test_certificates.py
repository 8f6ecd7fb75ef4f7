"""A certificate is accepted as it was written, and refused however its parts are changed.

The run of these tests has no test in it; that it lacks all is looked at elsewhere.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from rcs_conformance.attestation import certifying
from rcs_conformance.attestation.certifying import check_certificate
from rcs_conformance.attestation.signing import trusted_key
from rcs_conformance.cli import main
from rcs_conformance.kit import TEMPLATES
from tests.attestation.forging import (
    MANIFEST,
    RESULT,
    Parts,
    changed,
    packed,
    parts_of,
    with_digests,
    with_member,
    with_record,
    with_result,
)

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """No run lacks anything."""
    monkeypatch.setattr(certifying, "lacks", lambda _: ())


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, run: Path, keys: Path) -> Path:
    """The certificate of the run, signed."""
    folder = tmp_path_factory.mktemp("certificate")
    words = ["certify", str(run), "--out", str(folder / "a.rcscert")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(certifying, "lacks", lambda _: ())
        assert main([*words, "--key", str(keys / "ed25519.pem")]) == 0
    return folder / "a.rcscert"


def test_certificate_is_accepted(file: Path, keys: Path, capsys: Captured) -> None:
    """By the key that signed it."""
    code = main(["certify", "--check", str(file), "--key", str(keys / "ed25519.pub")])
    printed = capsys.readouterr().out
    assert (code, "accepted: every verdict follows from its record; signed by key" in printed) == (
        0,
        True,
    ), printed


def test_parts_of_a_certificate(file: Path) -> None:
    """Claims, run, outputs, record, waivers, strength, versions and the grade of reading."""
    parts = parts_of(file)
    manifest = json.loads(parts[MANIFEST])
    assert {*parts} == {
        *("certificate.json", "certificate.intoto.json", "target.json", "waivers.json"),
        *("strength.json", "result.json", "run.rcsrun", "report.html", "junit.xml"),
    }
    schema = json.loads((TEMPLATES / "certificate.schema.json").read_text())
    found = {**manifest, "reading": "strict", "verdict": "pass"}  # of a run that lacks nothing
    assert [*Draft202012Validator(schema).iter_errors(found)] == []
    assert manifest["strength"]["faults"] > 300


REFUSED: tuple[tuple[str, Callable[[Parts], Parts], str], ...] = (
    (
        "edited",
        lambda parts: {**parts, "report.html": parts["report.html"] + b" "},
        "report.html: edited",
    ),
    (
        "dropped",
        lambda parts: {name: parts[name] for name in parts if name != "run.rcsrun"},
        "run.rcsrun: missing",
    ),
    ("added", lambda parts: {**parts, "more.txt": b""}, "more.txt: added"),
    ("outside", lambda parts: {**parts, "../evil": b""}, "'../evil': not the name of a part"),
    (
        "no manifest",
        lambda parts: {name: parts[name] for name in parts if name != MANIFEST},
        "certificate.json: missing",
    ),
    ("no JSON", lambda parts: {**parts, MANIFEST: b"{"}, "certificate.json: not JSON"),
    ("no parts", lambda parts: {**parts, MANIFEST: b"{}"}, "certificate.json: has no parts"),
    (
        "unnamed",
        lambda parts: with_digests({k: v for k, v in parts.items() if k != "waivers.json"}),
        "waivers.json is not named",
    ),
    (
        "version",
        lambda parts: with_member(parts, "format", "rcs-conformance-certificate/9"),
        "this version reads rcs-conformance-certificate/1",
    ),
    (
        "older suite",
        lambda parts: with_member(parts, "suite.digest", "0" * 64),
        "check it with the suites that made it",
    ),
    (
        "older run",
        lambda parts: with_result(
            parts, lambda document: document["suite"].update(version="0.0.9")
        ),
        "the run is of version 0.0.9",
    ),
    (
        "reading",
        lambda parts: with_member(parts, "reading", "strict"),
        'certificate.json/reading: "strict", must be null',
    ),
    (
        "claims",
        lambda parts: changed(parts, "target.json", b'"adhoc"', b'"lightweight"'),
        "target.json: is not what follows from result.json",
    ),
    (
        "no result",
        lambda parts: changed(parts, RESULT, b'"verdict"', b'"verdikt"'),
        "result.json: ",
    ),
    (
        "output",
        lambda parts: changed(parts, "junit.xml", b"<testsuite", b"<!-- --><testsuite"),
        "junit.xml: is not what follows from the run",
    ),
    (
        "record",
        lambda parts: changed(parts, "run.rcsrun", b"PK\x01\x02", b"PK\x01\x03"),
        "run.rcsrun: ",
    ),
    (
        "result",
        lambda parts: with_result(parts, lambda document: document.update(verdict="pass")),
        "result.json /verdict: ",
    ),
)


@pytest.mark.parametrize(
    ("change", "told"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED]
)
def test_changed_certificate_is_refused(
    file: Path, tmp_path: Path, change: Callable[[Parts], Parts], told: str
) -> None:
    """In one line that says where, and what is wrong."""
    refusals = check_certificate(packed(change(parts_of(file)), tmp_path / "b.rcscert"), None)
    assert told in refusals[0]
    assert [each for each in refusals if "\n" in each or str(tmp_path) in each] == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda parts: with_record(parts, b'"seed":7', b'"seed":8'),
            "not the file that was signed",
        ),
        (
            lambda parts: {k: v for k, v in parts.items() if k != "certificate.intoto.json"},
            "the certificate is not signed",
        ),
        (lambda parts: {**parts, "certificate.intoto.json": b"{}"}, "not a signature"),
    ],
    ids=["all hashes anew", "taken away", "damaged"],
)
def test_signature_finds_it(
    file: Path, keys: Path, tmp_path: Path, change: Callable[[Parts], Parts], told: str
) -> None:
    """In one line, before anything is played."""
    forged = packed(change(parts_of(file)), tmp_path / "b.rcscert")
    (refusal,) = check_certificate(forged, trusted_key(keys / "ed25519.pub"))
    assert told in refusal


def test_foreign_key_is_refused(file: Path, keys: Path, capsys: Captured) -> None:
    """One line, and exit code 1."""
    code = main(["certify", "--check", str(file), "--key", str(keys / "other.pub")])
    printed = "".join(capsys.readouterr())
    assert (code, printed.count("\n")) == (1, 1)
    assert printed.startswith("rejected: certificate.intoto.json: not signed by the key ")


@pytest.mark.parametrize("data", [b"", b"PK", b"no archive"])
def test_what_is_no_certificate_is_refused(tmp_path: Path, data: bytes) -> None:
    """As what is cut off."""
    (tmp_path / "a").write_bytes(data)
    assert check_certificate(tmp_path / "a", None) == ("a: not a certificate, or cut off",)


def test_run_without_a_record_gets_no_certificate(copy: Path, capsys: Captured) -> None:
    """One line says what is missing; no file is left."""
    (copy / "run.rcsrun").unlink()
    code = main(["certify", str(copy)])
    printed = "".join(capsys.readouterr())
    assert (code, printed.count("\n")) == (4, 1)
    assert "run.rcsrun: No such file" in printed
    assert not (copy / "run.rcscert").exists()


def test_folder_that_is_not_there_is_no_other_run(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """The run of the folder that one stands in is not certified in its place."""
    monkeypatch.chdir(copy)
    code = main(["certify", "other"])
    assert (code, "other: No such file or directory; give" in capsys.readouterr().err) == (4, True)
    assert not list(copy.glob("*.rcscert"))


def test_run_that_lacks_something_gets_no_certificate(
    copy: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lines say what; an older certificate stays."""
    monkeypatch.setattr(certifying, "lacks", lambda _: ("X: not tested",))
    (copy / "run.rcscert").write_bytes(b"older")
    code = main(["certify", str(copy)])
    assert (code, capsys.readouterr().out) == (1, "not certified: X: not tested\n")
    assert (copy / "run.rcscert").read_bytes() == b"older"


@pytest.mark.parametrize(
    "words",
    [
        ("--check", "a", "--keyless"),
        ("out", "--check", "a"),
        ("out", "--identity", "ci", "--issuer", "i"),
        ("--check", "none"),
    ],
)
def test_wrong_arguments_are_one_line(words: tuple[str, ...], capsys: Captured) -> None:
    """Of writing and checking, each has its own."""
    code = main(["certify", *words])
    assert (code, "".join(capsys.readouterr()).count("\n")) == (4, 1)


def test_whoever_computes_all_digests_anew_needs_a_signature(file: Path, tmp_path: Path) -> None:
    """The record says another seed; every hash fits, so that only the signature shows it."""
    forged = packed(with_record(parts_of(file), b'"seed":7', b'"seed":8'), tmp_path / "b.rcscert")
    assert check_certificate(forged, None) == ()


def test_unsigned_certificate_says_so(copy: Path, capsys: Captured) -> None:
    """Anybody could have made it."""
    codes = [main(["certify", str(copy)]), main(["certify", "--check", f"{copy}/run.rcscert"])]
    printed = capsys.readouterr().out
    assert codes == [0, 0]
    assert "whoever computes all digests anew could have made it" in printed
