"""What is left of a record whose end is lost: a copy broke off, or a disk was full.

The directory of a ZIP stands at its end. Each part has a header of its own before its bytes, so
that the parts can be read without the directory, the last of them as far as its bytes go.
"""

import struct
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

_HEADER = struct.Struct("<4s5H3L2H")
"""Of a part: signature, five numbers, checksum, two sizes, lengths of name and of what follows."""

_SIGNATURE = b"PK\x03\x04"
_CHUNK = 1 << 20


def remains(file: Path) -> IO[bytes] | None:
    """An archive of the parts that are left, for `zipfile.ZipFile`; `None` where there are none.

    Raises:
        OSError: The file cannot be read, or there is no room for what is left.
    """
    found = tempfile.TemporaryFile()  # noqa: SIM115 - the caller's
    names = 0
    with file.open("rb") as opened, zipfile.ZipFile(found, "w") as archive:
        for name, size in _parts(opened):
            with archive.open(name, "w") as part:
                _copied(opened, part, size)
            names += 1
    if not names:
        found.close()
        return None
    found.seek(0)
    return found


def _parts(opened: IO[bytes]) -> Iterator[tuple[str, int]]:
    """Name and size of each part; the file stands at its bytes then."""
    while len(header := opened.read(_HEADER.size)) == _HEADER.size:
        signature, *_, size, _, length, more = _HEADER.unpack(header)
        name = opened.read(length)
        if signature != _SIGNATURE or len(name) < length or not name.isascii():
            return
        opened.seek(more, 1)
        yield name.decode("ascii"), size


def _copied(source: IO[bytes], destination: IO[bytes], size: int) -> None:
    while size and (data := source.read(min(size, _CHUNK))):
        destination.write(data)
        size -= len(data)
