"""Certifies runs, and checks certificates: one judgement for both, without a server."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from rcs_conformance.attestation.certificates import (
    MANIFEST,
    OUTPUTS,
    SIGNATURE,
    Certificate,
    RefusedError,
    derived_parts,
    different_members,
    digest_of_file,
    gathered,
    manifest_of,
    pack,
    unpacked,
)
from rcs_conformance.attestation.completeness import lacks
from rcs_conformance.attestation.signing import Signer, Trusted
from rcs_conformance.attestation.statements import check_statement, statement_of
from rcs_conformance.attestation.suite import suite_digest
from rcs_conformance.attestation.verification import verified
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import suite_version
from rcs_conformance.report.junit import write_junit
from rcs_conformance.report.output import EVIDENCE, RESULT
from rcs_conformance.report.page import write_page
from rcs_conformance.report.reading import read_run
from rcs_conformance.verdict import Run

_MOST_REFUSALS = 20


def certify_run(out: Path, file: Path, signer: Signer | None) -> tuple[str, ...]:
    """Write the certificate of a run.

    Args:
        out: The output folder of the run.
        file: The certificate; written only if nothing stands against it.
        signer: Who signs; `None`: nobody.

    Returns:
        What stands against it, a line each.

    Raises:
        ConfigurationError: There is no run with a record, or the file cannot be written.
    """
    run = read_run(out / RESULT)
    with tempfile.TemporaryDirectory(prefix="rcs-conformance-") as scratch:
        folder = Path(scratch) / "parts"
        folder.mkdir()
        gathered(out, run, folder)
        if signer is not None:
            statement = statement_of(run, {MANIFEST: digest_of_file(folder / MANIFEST)})
            (folder / SIGNATURE).write_text(signer.sign(statement), "utf-8")
        packed = Path(scratch) / file.name
        pack(folder, packed)
        refusals = check_certificate(packed, None)
        if not refusals:
            _publish(packed, file)
        return refusals


def check_certificate(file: Path, trusted: Trusted | None) -> tuple[str, ...]:
    """Judge a certificate anew.

    Args:
        file: The certificate.
        trusted: Who must have signed; `None`: nobody need have.

    Returns:
        What stands against it, a line each; the first of them where there are many.

    Raises:
        ConfigurationError: The file cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="rcs-conformance-") as scratch:
        folder = Path(scratch) / "parts"
        folder.mkdir()
        try:
            found = unpacked(file, folder)
            if trusted is not None:
                _check_signature(found, trusted)
            refusals = tuple(islice(_refusals(found, Path(scratch)), _MOST_REFUSALS))
        except RefusedError as error:
            return (str(error),)
        return refusals


def is_signed(file: Path) -> bool:
    """Whether a certificate has a signature, valid or not."""
    with tempfile.TemporaryDirectory(prefix="rcs-conformance-") as scratch:
        return unpacked(file, Path(scratch)).signed


def _refusals(certificate: Certificate, scratch: Path) -> Iterator[str]:
    """What stands against a certificate; nothing is played where something does already."""
    try:
        run = read_run(certificate.folder / RESULT)
    except ConfigurationError as error:
        yield _within(certificate, error)
        return
    refusals = [*_stated(certificate, run), *lacks(run)]
    yield from refusals
    if not refusals:
        yield from _judged(certificate, scratch)


def _stated(certificate: Certificate, run: Run) -> Iterator[str]:
    """What a certificate says otherwise than its result and the installed suites."""
    folder, older = certificate.folder, _other_suites(certificate, run)
    if older:
        yield older
        return
    expected = json.loads(json.dumps(manifest_of(run, folder)))
    yield from different_members(MANIFEST, certificate.manifest, expected)
    for name, text in derived_parts(run).items():
        if (folder / name).read_bytes() != text.encode("ascii"):
            yield f"{name}: is not what follows from {RESULT} and the installed suites"


def _other_suites(certificate: Certificate, run: Run) -> str:
    """Which other suites made a certificate or its run; empty for the installed ones."""
    suite = certificate.manifest.get("suite")
    made = suite if isinstance(suite, dict) else {}
    version, digest = str(made.get("version")), str(made.get("digest"))
    if (version, digest) != (suite_version(), suite_digest()):
        return (
            f"{MANIFEST} suite: version {version[:20]} ({digest[:12]}) made it, installed is"
            f" {suite_version()} ({suite_digest()[:12]}): check it with the suites that made it"
        )
    if run.information.suite_version != suite_version():
        return (
            f"{RESULT} suite: the run is of version {run.information.suite_version}, installed is"
            f" {suite_version()}: run the target again"
        )
    return ""


def _judged(certificate: Certificate, scratch: Path) -> Iterator[str]:
    """What differs once all verdicts are recomputed from the record, and all outputs from them."""
    try:
        verification = verified(certificate.folder)
    except ConfigurationError as error:
        yield _within(certificate, error)
        return
    yield from (each.replace(f"{certificate.folder}/", "") for each in verification.damages)
    yield from verification.secrets
    yield from verification.differences
    if verification.run is None or verification.secrets or verification.differences:
        return
    again = scratch / "again"
    again.mkdir()
    if (certificate.folder / EVIDENCE).is_dir():
        shutil.copytree(certificate.folder / EVIDENCE, again / EVIDENCE)
    write_page(verification.run, again)
    write_junit(verification.run, again)
    for name in OUTPUTS:
        if digest_of_file(again / name) != digest_of_file(certificate.folder / name):
            yield f"{name}: is not what follows from the run"


def _check_signature(certificate: Certificate, trusted: Trusted) -> None:
    """Check that whoever must have signed did so.

    Raises:
        RefusedError: They did not.
    """
    file = certificate.folder / SIGNATURE
    try:
        if not certificate.signed:
            raise ConfigurationError(f"{SIGNATURE}: missing: the certificate is not signed")
        digests = {MANIFEST: digest_of_file(certificate.folder / MANIFEST)}
        check_statement(trusted.payload(file), read_run(certificate.folder / RESULT), digests)
    except ConfigurationError as error:
        raise RefusedError(_within(certificate, error)) from None


def _within(certificate: Certificate, error: ConfigurationError) -> str:
    """What is wrong with a part, without the folder that it is read in."""
    return str(error).replace(f"{certificate.folder}/", "")


def _publish(packed: Path, file: Path) -> None:
    unfinished = file.with_name(f"{file.name}.new")
    try:
        shutil.copyfile(packed, unfinished)
        unfinished.replace(file)
    except OSError as error:
        with suppress(OSError):  # of a disk that cannot be written at all
            unfinished.unlink(missing_ok=True)
        raise ConfigurationError(f"--out {file}: cannot be written: {error.strerror}") from None
