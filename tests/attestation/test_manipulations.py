"""A certificate of a whole run is accepted, and refused after each of fifty manipulations."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from rcs_conformance.attestation import certifying
from rcs_conformance.attestation.certifying import check_certificate
from rcs_conformance.attestation.completeness import lacks
from rcs_conformance.attestation.signing import trusted_key
from rcs_conformance.cli import main
from rcs_conformance.kit import TARGETS
from rcs_conformance.plugin.embedded import Embedded
from rcs_conformance.verdict import Run
from tests.attestation.forging import (
    MANIFEST,
    Parts,
    changed,
    packed,
    parts_of,
    with_digests,
    with_member,
    with_record,
    with_result,
)

pytestmark = pytest.mark.exhaustive

Change = Callable[[Parts], Parts]
COUNTED = b'"counts":[{"clause":"TS-CHAT-4.1.1","passed":'
SHALL, ITEM = "UNI-CHT-002b.6", "REST-CHAT-GRP-S-001-O"
ROOT = "http://127.0.0.1:0"
STRICT = '\n[policy]\nreading = "strict"\n'
PARTS = (
    *("certificate.json", "target.json", "waivers.json", "strength.json"),
    *("result.json", "run.rcsrun", "report.html", "junit.xml"),
)


def _lacks_no_depth(run: Run) -> Iterator[str]:
    """What a run lacks, but for the tests that the profile quick leaves out."""
    return (line for line in lacks(run) if not line.startswith("result.json leftOut"))


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """A run in the profile quick covers all clauses, and is whole enough for these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(certifying, "lacks", _lacks_no_depth)
        yield


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a run against a server that conforms, read strictly."""
    folder = tmp_path_factory.mktemp("run")
    with closing(Embedded()) as server:
        text = (TARGETS / "embedded.toml").read_text("utf-8")
        target = folder / "target.toml"
        target.write_text(text.replace(ROOT, server.target.server_root) + STRICT, "utf-8")
        words = [*("-n", "2", "--evidence", "all", "--profile", "quick", "-q"), str(target)]
        assert main(["run", *words, "--out", str(folder / "out")]) == 0
    return folder / "out"


@pytest.fixture(scope="module")
def certificate(out: Path, keys: Path) -> Path:
    """Its certificate, signed."""
    assert main(["certify", str(out), "--key", str(keys / "ed25519.pem")]) == 0
    return out / "run.rcscert"


def _edited(name: str, parts: Parts) -> Parts:
    data = bytearray(parts[name])
    data[len(data) // 2] ^= 1
    return {**parts, name: bytes(data)}


def _dropped(name: str, parts: Parts) -> Parts:
    return {other: data for other, data in parts.items() if other != name}


def _swapped(one: str, other: str, parts: Parts) -> Parts:
    return {**parts, one: parts[other], other: parts[one]}


def _result(change: Callable[[dict[str, Any]], object]) -> Change:
    return partial(with_result, change=change)


def _clause(document: dict[str, Any], **members: object) -> None:
    document["requirements"][SHALL.partition(".")[0]]["clauses"][SHALL].update(members)


def _waived(document: dict[str, Any], **members: object) -> None:
    waiver = {"about": SHALL, "rule": "", "where": "", "reason": "known", "owner": "team"}
    document["waivers"].append({**waiver, "expires": "2099-01-01", **members})


MANIPULATIONS: dict[str, Change] = {
    **{f"{name} edited": partial(_edited, name) for name in PARTS},
    **{f"{name} dropped": partial(_dropped, name) for name in PARTS},
    "part added": lambda parts: {**parts, "evidence/more.json": b"{}"},
    "part outside": lambda parts: {**parts, "../more.json": b"{}"},
    "parts swapped": partial(_swapped, "report.html", "junit.xml"),
    "part dropped, and unnamed": lambda parts: with_digests(_dropped("strength.json", parts)),
    "record emptied": lambda parts: with_digests({**parts, "run.rcsrun": b""}),
    "claims changed": lambda parts: changed(parts, "target.json", b'"adhoc"', b'"lightweight"'),
    "grade of reading in the claims": lambda parts: changed(
        parts, "target.json", b'"strict"', b'"lenient"'
    ),
    "waivers changed": lambda parts: changed(parts, "waivers.json", b"[]", b"[{}]"),
    "strength changed": lambda parts: changed(
        parts, "strength.json", b'"faults": ', b'"faults": 1'
    ),
    "page changed": lambda parts: changed(parts, "report.html", b"</body>", b"<p>fine</p></body>"),
    "JUnit changed": lambda parts: changed(parts, "junit.xml", b"<testcase", b"<testcase x='' "),
    "verdict": lambda parts: with_member(parts, "verdict", "waived"),
    "reading": lambda parts: with_member(parts, "reading", "lenient"),
    "name of the target": lambda parts: with_member(parts, "target", "Another gateway"),
    "release": lambda parts: with_member(parts, "release", "5.0"),
    "profile": lambda parts: with_member(parts, "profile", "thorough"),
    "start": lambda parts: with_member(parts, "started", "2030-01-01T00:00:00+00:00"),
    "version of the suite": lambda parts: with_member(parts, "suite.version", "0.0.9"),
    "digest of the suite": lambda parts: with_member(parts, "suite.digest", "0" * 64),
    "version of a library": lambda parts: with_member(parts, "versions.pytest", "1.0"),
    "version of Python": lambda parts: with_member(parts, "versions.python", "4.0"),
    "strength": lambda parts: with_member(parts, "strength.digest", "0" * 64),
    "number of faults": lambda parts: with_member(parts, "strength.faults", 1),
    "member added": lambda parts: with_member(parts, "approvedBy", "laboratory"),
    "form": lambda parts: with_member(parts, "format", "rcs-conformance-certificate/0"),
    "older run": _result(lambda each: each["suite"].update(version="0.0.9")),
    "lenient run": _result(lambda each: each["target"]["policy"].update(reading=None)),
    "run cut off": _result(lambda each: each.update(complete=False, exitCode=2)),
    "run of a selection": _result(lambda each: each.update(selection=["UNI-CHT-001"])),
    "claim never examined": _result(lambda each: each["scr"][ITEM].update(verdict="not_tested")),
    "mandatory clause skipped": _result(lambda each: _clause(each, verdict="not_tested")),
    "mandatory clause without a check": _result(lambda each: _clause(each, passed=0)),
    "waiver without reason": _result(lambda each: _waived(each, reason="")),
    "waiver without owner": _result(lambda each: _waived(each, owner=" ")),
    "waiver that had expired": _result(lambda each: _waived(each, expires="2020-01-01")),
    "clause waived by nobody": _result(lambda each: _clause(each, verdict="waived")),
    "clause that does not count": _result(lambda each: each.update(excused={SHALL: "not needed"})),
    "test left out of the result": _result(lambda each: each["tests"].pop()),
}
PLAYED: dict[str, Change] = {
    "response changed, all hashes anew": lambda parts: with_record(
        parts, b'"status":201', b'"status":500'
    ),
    "checks of a test, all hashes anew": lambda parts: with_record(parts, COUNTED, COUNTED + b"1"),
}


def test_there_are_fifty() -> None:
    """And two of the signature."""
    assert len({*MANIPULATIONS, *PLAYED}) >= 50


def test_certificate_is_accepted(certificate: Path, keys: Path) -> None:
    """The genuine one."""
    assert check_certificate(certificate, trusted_key(keys / "ed25519.pub")) == ()


@pytest.mark.parametrize("name", [*MANIPULATIONS, *PLAYED])
def test_manipulated_certificate_is_refused(certificate: Path, tmp_path: Path, name: str) -> None:
    """Without a key, in lines of their own that say what is wrong."""
    change = {**MANIPULATIONS, **PLAYED}[name]
    forged = packed(change(parts_of(certificate)), tmp_path / "a.rcscert")
    refusals = check_certificate(forged, None)
    assert refusals
    assert [each for each in refusals if re.search(r"[\n]|Traceback", each)] == []


@pytest.mark.parametrize("cut", [100, 30_000])
def test_certificate_that_is_cut_off_is_refused(
    certificate: Path, tmp_path: Path, cut: int
) -> None:
    """Its archive has lost its end."""
    (tmp_path / "a.rcscert").write_bytes(certificate.read_bytes()[:-cut])
    (refusal,) = check_certificate(tmp_path / "a.rcscert", None)
    assert refusal.endswith("not a certificate, or cut off")


@pytest.mark.parametrize(
    "change",
    [
        partial(with_member, member="target", value="Another"),
        partial(with_record, old=b'"seconds":0', new=b'"seconds":1'),
        partial(_dropped, "certificate.intoto.json"),
    ],
    ids=["edited", "all hashes anew", "unsigned"],
)
def test_signed_certificate_is_refused_before_anything_is_played(
    certificate: Path, keys: Path, tmp_path: Path, change: Change
) -> None:
    """Whatever was computed anew."""
    forged = packed(change(parts_of(certificate)), tmp_path / "a.rcscert")
    (refusal,) = check_certificate(forged, trusted_key(keys / "ed25519.pub"))
    assert refusal.startswith((MANIFEST, "certificate.intoto.json"))


def test_certificate_has_no_secret(certificate: Path) -> None:
    """Not in any part."""
    parts = parts_of(certificate)
    assert not [
        (name, token)
        for name, data in parts.items()
        for token in (b"embedded-token-", b"PRIVATE KEY")
        if token in data
    ]
