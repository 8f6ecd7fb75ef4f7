"""What a certificate says of the suites: which they are, and which faults test them."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import rcs_conformance
from rcs_conformance import kit
from rcs_conformance.reference import FAULTS

_ENGINE = Path(rcs_conformance.__file__).parent
_CONTENT = (kit.ROOT / "suites", kit.SCHEMAS, kit.BINDINGS)
_SUFFIXES = frozenset({".py", ".toml", ".xsd", ".json"})


@cache
def suite_digest() -> str:
    """SHA-256 over suites, catalogue, schemas, bindings and engine, as they are installed.

    Two versions with one number that judge differently have different ones.
    """
    found = sha256()
    for name, file in sorted(_files()):
        found.update(f"{name}\n{sha256(file.read_bytes()).hexdigest()}\n".encode())
    return found.hexdigest()


@cache
def strength() -> Mapping[str, object]:
    """The faults that test the suites: those of the reference server.

    Each makes exactly its clause fail. The digest is over their names and clauses.
    """
    faults = {name: fault.clause for name, fault in FAULTS.items()}
    text = json.dumps(faults, sort_keys=True)
    return {
        "faults": len(faults),
        "clauses": len({*faults.values()}),
        "digest": sha256(text.encode("ascii")).hexdigest(),
    }


def _files() -> Iterator[tuple[str, Path]]:
    """The files that decide a verdict, by names that are the same in a clone and in a wheel."""
    for folder in _CONTENT:
        for file in folder.rglob("*"):
            if file.suffix in _SUFFIXES:
                yield f"{folder.name}/{file.relative_to(folder).as_posix()}", file
    for file in _ENGINE.rglob("*.py"):
        name = file.relative_to(_ENGINE)
        if name.parts[0] != "kit":
            yield f"engine/{name.as_posix()}", file
