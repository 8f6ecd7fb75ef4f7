"""Small chains, and what can be done to their lines."""

import gzip
import io
import json
from collections.abc import Sequence
from pathlib import Path

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.record.chain import ChainEnd, ChainReader, ChainWriter, check_end

ENTRIES = 12


def written(file: Path, origin: str) -> list[bytes]:
    """The lines of a chain of a few entries, which tell where they come from."""
    chain = ChainWriter(file)
    for number in range(ENTRIES):
        chain.write(json.dumps({"kind": "observed", "what": origin, "value": number})[1:])
    chain.close()
    return gzip.decompress(file.read_bytes()).splitlines(keepends=True)


def end_of(lines: Sequence[bytes]) -> ChainEnd:
    """What `result.json` has of a chain."""
    return ChainEnd(name="main", entries=len(lines), root=lines[-1][:64].decode())


def damage(lines: Sequence[bytes], expected: ChainEnd) -> str:
    """What is found in lines of a chain that should end so; empty for nothing."""
    reader = ChainReader(io.BytesIO(gzip.compress(b"".join(lines), 1)), "main")
    try:
        for _ in reader:
            pass
        check_end(reader.end(), expected)
    except ConfigurationError as error:
        return str(error)
    return ""
