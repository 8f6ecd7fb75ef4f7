"""Certificates as they are, and as they should not be: what can be done to their parts."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from rcs_conformance.record.chain import following

Parts = dict[str, bytes]
MANIFEST, RESULT, RECORD = "certificate.json", "result.json", "run.rcsrun"


def parts_of(file: Path) -> Parts:
    """The parts of a certificate."""
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes], file: Path) -> Path:
    """A certificate of these parts."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file


def with_digests(parts: Parts) -> Parts:
    """The parts with `certificate.json` giving their digests anew."""
    manifest = json.loads(parts[MANIFEST])
    manifest["parts"] = {
        name: sha256(data).hexdigest()
        for name, data in sorted(parts.items())
        if name not in (MANIFEST, "certificate.intoto.json")
    }
    return {**parts, MANIFEST: json.dumps(manifest, indent=1).encode() + b"\n"}


def changed(parts: Parts, name: str, old: bytes, new: bytes) -> Parts:
    """The parts with the first of some bytes of one replaced, and all digests computed anew."""
    assert old in parts[name], (name, old)
    return with_digests({**parts, name: parts[name].replace(old, new, 1)})


def with_member(parts: Parts, member: str, value: object) -> Parts:
    """The parts with another member of `certificate.json`, whose place has dots."""
    manifest = json.loads(parts[MANIFEST])
    *path, last = member.split(".")
    table = manifest
    for name in path:
        table = table[name]
    assert table.get(last) != value
    table[last] = value
    return {**parts, MANIFEST: json.dumps(manifest, indent=1).encode()}


def with_result(parts: Parts, change: Callable[[dict[str, Any]], object]) -> Parts:
    """The parts with another result, which the record has too, and digests computed anew.

    Claims, waivers and `certificate.json` follow it, as if the suites had written them.
    """
    document = json.loads(parts[RESULT])
    change(document)
    return _with_document(parts, document)


def with_record(parts: Parts, old: bytes, new: bytes) -> Parts:
    """The parts with a text of the record replaced, and every hash computed anew."""
    document = json.loads(parts[RESULT])
    record = parts_of_record(parts)
    found = False
    for name in [each for each in record if each.endswith(".gz")]:
        lines = gzip.decompress(record[name]).splitlines()
        digest, again = "", []
        for line in lines:
            text = line[65:]
            if not found and old in text:
                text, found = text.replace(old, new, 1), True
            digest = following(digest, text.decode("ascii"))
            again.append(f"{digest} ".encode() + text + b"\n")
        record[name] = gzip.compress(b"".join(again), 1)
        chain = name.removeprefix("record-").removesuffix(".jsonl.gz")
        document["record"]["chains"][chain]["root"] = digest
    assert found, old
    return _with_document({**parts, RECORD: _zipped(record)}, document)


def parts_of_record(parts: Parts) -> Parts:
    """What is in the record."""
    with zipfile.ZipFile(io.BytesIO(parts[RECORD])) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _with_document(parts: Parts, document: Mapping[str, Any]) -> Parts:
    text = json.dumps(document, indent=1).encode() + b"\n"
    record = {**parts_of_record(parts), RESULT: text}
    derived = {
        name: json.dumps(document[member], indent=1).encode() + b"\n"
        for name, member in (("target.json", "target"), ("waivers.json", "waivers"))
    }
    manifest = json.loads(parts[MANIFEST])
    target = document["target"]
    manifest |= {name: document[name] for name in ("verdict", "release", "profile", "started")}
    manifest |= {"target": target["name"], "reading": (target["policy"] or {}).get("reading")}
    manifest["versions"] = document["suite"]["versions"]
    derived[MANIFEST] = json.dumps(manifest).encode()
    return with_digests({**parts, **derived, RESULT: text, RECORD: _zipped(record)})


def _zipped(parts: Parts) -> bytes:
    opened = io.BytesIO()
    with zipfile.ZipFile(opened, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return opened.getvalue()
