"""A certificate: one archive of claims, run, record, waivers and versions, written and read.

It is an uncompressed ZIP. `certificate.json` names every other part with its digest. All that it
says beside them follows from the run and from the installed suites, so that whoever checks it
computes it anew.
"""

import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from rcs_conformance.attestation.suite import strength, suite_digest
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import suite_version
from rcs_conformance.record.archive import ARCHIVE
from rcs_conformance.report.output import EVIDENCE, JUNIT, PAGE, RESULT
from rcs_conformance.report.result import result_document
from rcs_conformance.verdict import Run

FORMAT = "rcs-conformance-certificate/1"
"""Name and version of the form (`reports/certificate.schema.json`)."""

MANIFEST = "certificate.json"
SIGNATURE = "certificate.intoto.json"
CLAIMS = "target.json"
WAIVERS = "waivers.json"
STRENGTH = "strength.json"

OUTPUTS = (PAGE, JUNIT)
"""Parts that follow from the run."""

_NEEDED = (RESULT, ARCHIVE, *OUTPUTS)
_LARGEST = 4 << 30
"""Bytes of the largest certificate that is read."""

_CHUNK = 1 << 20


class RefusedError(ConfigurationError):
    """A certificate cannot be read; the message says what is wrong, and where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate whose parts are as it says.

    Attributes:
        folder: Where its parts are.
        manifest: Its `certificate.json`, as JSON values.
        signed: Whether it has a signature.
    """

    folder: Path
    manifest: Mapping[str, object]
    signed: bool


def manifest_of(run: Run, folder: Path) -> Mapping[str, object]:
    """What `certificate.json` says of a run whose parts are in a folder."""
    information = run.information
    target = information.target
    policy = target.get("policy")
    return {
        "format": FORMAT,
        "target": information.target_name,
        "verdict": run.verdict.value,
        "reading": policy.get("reading") if isinstance(policy, dict) else None,
        "release": information.release,
        "profile": information.profile,
        "started": information.started.isoformat(),
        "suite": {"version": suite_version(), "digest": suite_digest()},
        "versions": dict(information.versions),
        "strength": strength(),
        "parts": {
            file.relative_to(folder).as_posix(): digest_of_file(file)
            for file in sorted(folder.rglob("*"))
            if file.is_file() and file.name not in (MANIFEST, SIGNATURE)
        },
    }


def derived_parts(run: Run) -> Mapping[str, str]:
    """The parts that follow from result and installed suites alone: texts by name."""
    document = result_document(run)
    plain = {CLAIMS: document["target"], WAIVERS: document["waivers"], STRENGTH: strength()}
    return {name: json.dumps(each, indent=1) + "\n" for name, each in plain.items()}


def gathered(out: Path, run: Run, folder: Path) -> None:
    """Put the parts of a certificate into a folder, without signature.

    Args:
        out: The output folder of the run.
        run: The run.
        folder: Empty.

    Raises:
        ConfigurationError: The run lacks one.
    """
    for name in _NEEDED:
        _copy(out / name, folder / name)
    for file in sorted((out / EVIDENCE).glob("*")):
        (folder / EVIDENCE).mkdir(exist_ok=True)
        _copy(file, folder / EVIDENCE / file.name)
    for name, text in derived_parts(run).items():
        (folder / name).write_text(text, "ascii")
    manifest = json.dumps(manifest_of(run, folder), indent=1) + "\n"
    (folder / MANIFEST).write_text(manifest, "ascii")


def pack(folder: Path, file: Path) -> None:
    """Write the archive of the parts in a folder; the same parts give the same bytes.

    Raises:
        OSError: It cannot be written.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for part in sorted(folder.rglob("*")):
            if part.is_file():
                information = zipfile.ZipInfo(part.relative_to(folder).as_posix())
                information.file_size = part.stat().st_size
                with part.open("rb") as source, archive.open(information, "w") as opened:
                    shutil.copyfileobj(source, opened, _CHUNK)


def unpacked(file: Path, folder: Path) -> Certificate:
    """Read a certificate; each of its parts is there, and as `certificate.json` says.

    Args:
        file: The archive.
        folder: Empty; gets the parts.

    Raises:
        RefusedError: It is damaged or was edited.
        ConfigurationError: The file cannot be read.
    """
    names = _extracted(file, folder)
    if MANIFEST not in names:
        raise RefusedError(f"{MANIFEST}: missing: not a certificate, or cut off")
    manifest = _manifest(folder)
    parts: Mapping[str, object] = manifest["parts"]
    for name in (*_NEEDED, CLAIMS, WAIVERS, STRENGTH):
        if name not in parts:
            raise RefusedError(f"{MANIFEST}: parts: {name} is not named")
    for name, digest in parts.items():
        if name not in names:
            raise RefusedError(f"{name}: missing")
        if digest_of_file(folder / name) != digest:
            raise RefusedError(f"{name}: edited: its SHA-256 is not the one in {MANIFEST}")
    for name in names - parts.keys() - {MANIFEST, SIGNATURE}:
        raise RefusedError(f"{name}: added: {MANIFEST} does not name it")
    return Certificate(folder=folder, manifest=manifest, signed=SIGNATURE in names)


def digest_of_file(file: Path) -> str:
    """SHA-256 in hexadecimal."""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def _copy(source: Path, destination: Path) -> None:
    try:
        if source.is_symlink():
            raise ConfigurationError(f"{source}: is a link: give the output folder of a run")
        shutil.copyfile(source, destination)
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise ConfigurationError(
            f"{source}: {reason}: give the output folder of a run with --evidence all"
        ) from None


def _extracted(file: Path, folder: Path) -> set[str]:
    """Extract all members, and return their names."""
    names: set[str] = set()
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(each.file_size for each in archive.infolist()) > _LARGEST:
                raise RefusedError(f"{file.name}: larger than 4 GiB")
            for member in archive.infolist():
                _check_name(member.filename, names)
                names.add(member.filename)
                _extract(archive, member, folder / member.filename)
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise ConfigurationError(f"{file}: {reason}: give a certificate") from None
    except zipfile.BadZipFile:
        raise RefusedError(f"{file.name}: not a certificate, or cut off") from None
    return names


def _check_name(name: str, names: set[str]) -> None:
    head, _, tail = name.rpartition("/")
    if head not in ("", EVIDENCE) or tail in ("", ".", "..") or "\\" in name or "\0" in name:
        raise RefusedError(f"{name!r}: not the name of a part")
    if name in names:
        raise RefusedError(f"{name}: is there twice")


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: Path) -> None:
    file.parent.mkdir(exist_ok=True)
    try:
        with archive.open(member) as opened, file.open("wb") as written:
            shutil.copyfileobj(opened, written, _CHUNK)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError):
        raise RefusedError(f"{member.filename}: damaged") from None


def _manifest(folder: Path) -> dict[str, dict[str, object]]:
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except (ValueError, RecursionError):
        raise RefusedError(f"{MANIFEST}: not JSON") from None
    if not isinstance(manifest, dict) or not isinstance(manifest.get("parts"), dict):
        raise RefusedError(f"{MANIFEST}: has no parts")
    if manifest.get("format") != FORMAT:
        found = str(manifest.get("format"))[:80]
        raise RefusedError(f"{MANIFEST}: {found!r}; this version reads {FORMAT}")
    return manifest


def different_members(place: str, was: object, now: object) -> Iterator[str]:
    """Where two JSON values differ, a line each: what stands there, and what should."""
    if isinstance(was, dict) and isinstance(now, dict):
        for name in dict.fromkeys((*was, *now)):
            yield from different_members(f"{place}/{name}", was.get(name), now.get(name))
    elif was != now:
        yield f"{place}: {json.dumps(was)[:200]}, must be {json.dumps(now)[:200]}"
