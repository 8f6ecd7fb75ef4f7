"""A chain: lines of JSON, each with the hash over all up to it, compressed.

A line is the SHA-256 of the hash before it and of its own JSON text, in hexadecimal, a space, and
that text. Its member `n` counts the lines from 0. So whatever is done to a line, or to their order,
is seen at that line; what is cut off at the end is seen by the count and the last hash, the root,
which stand in `result.json`. Whoever computes all hashes anew is only stopped by a signature.
"""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from rcs_conformance.errors import ConfigurationError

FORMAT = "rcs-conformance-record/1"
"""Name and version of the form of the lines."""

_DIGEST = 64
_LEVEL = 5
_LONGEST = 64 << 20
"""Bytes of the longest line that is read."""

Entry = Mapping[str, Any]
"""The members of a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainEnd:
    """Where a chain ends.

    Attributes:
        name: Of the process that wrote it.
        entries: How many lines it has.
        root: The hash in its last line; empty where it has none.
    """

    name: str
    entries: int
    root: str


class DamagedChainError(ConfigurationError):
    """A chain is not as it was written; the message says where, and what was done to it."""


def following(digest: str, text: str) -> str:
    """The hash of a line.

    Args:
        digest: Of the line before; empty for the first.
        text: Its JSON text.
    """
    return sha256(f"{digest}{text}".encode("ascii")).hexdigest()


class ChainWriter:
    """Writes a chain; what was written survives the end of the process once it was flushed.

    Args:
        file: Made anew.

    Raises:
        OSError: It cannot be written.
    """

    def __init__(self, file: Path) -> None:
        self._file = gzip.GzipFile(file, "wb", compresslevel=_LEVEL)
        self._entries = 0
        self._digest = ""

    def write(self, text: str) -> None:
        """Append an entry: the JSON text of its members, but for the opening brace and `n`.

        Raises:
            OSError: The disk is full.
        """
        text = f'{{"n":{self._entries},{text}'
        self._digest = following(self._digest, text)
        self._file.write(f"{self._digest} {text}\n".encode("ascii"))
        self._entries += 1

    def flush(self) -> None:
        """Bring all to the disk; raises as `write`."""
        self._file.flush()

    def close(self) -> None:
        """Bring all to the disk, and end the file; raises as `write`."""
        self._file.close()


class ChainReader:
    """Reads a chain, and finds what was done to it.

    Args:
        opened: The compressed bytes.
        name: Of the chain, for messages.
        is_checked: Whether all its lines were read and found unbroken before.

    Attributes:
        entries: How many lines were read.
        digest: The hash of the last of them.
        is_cut: Whether the bytes end before their end: the process was killed, or they were cut.
    """

    def __init__(self, opened: IO[bytes], name: str, *, is_checked: bool = False) -> None:
        self._lines = gzip.GzipFile(fileobj=opened)
        self._name = name
        self._is_checked = is_checked
        self.entries = 0
        self.digest = ""
        self.is_cut = False

    def __iter__(self) -> Iterator[Entry]:
        """The entries in order.

        Raises:
            DamagedChainError: A line is not what was written there.
        """
        while line := self._line():
            if not line.endswith(b"\n"):
                self.is_cut = True
                return
            yield self._entry(line[:-1])

    def end(self) -> ChainEnd:
        """Where it ends, once all was read."""
        return ChainEnd(name=self._name, entries=self.entries, root=self.digest)

    def _line(self) -> bytes:
        try:
            line = self._lines.readline(_LONGEST)
        except EOFError:
            self.is_cut = True
            return b""
        except (OSError, zlib.error):
            raise self._damage("the compressed data is damaged") from None
        return line

    def _entry(self, line: bytes) -> Entry:
        digest, text = line[:_DIGEST], line[_DIGEST + 1 :]
        try:
            shown = text.decode("ascii")
            entry = json.loads(shown)
            number = int(entry["n"])
            given, kind = digest.decode("ascii"), entry["kind"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise self._damage("not an entry of a record: it was edited") from None
        if not isinstance(kind, str):
            raise self._damage("it has no kind")
        if not self._is_checked and (
            line[_DIGEST : _DIGEST + 1] != b" " or given != following(self.digest, shown)
        ):
            raise self._damage(self._what_happened(number))
        self.entries += 1
        self.digest = given
        found: Entry = entry
        return found

    def _what_happened(self, number: int) -> str:
        """What was done to a line whose hash does not follow from the line before."""
        if number == self.entries:
            return "it was edited, or comes from another record"
        if number < self.entries:
            return f"entry {number} stands here once more, or out of order"
        missing = (
            f"{self.entries}" if number == self.entries + 1 else (f"{self.entries} to {number - 1}")
        )
        return f"entry {missing} is missing or out of order: entry {number} stands here"

    def _damage(self, what: str) -> DamagedChainError:
        return DamagedChainError(f"chain {self._name}, entry {self.entries}: {what}")


def check_end(found: ChainEnd, expected: ChainEnd) -> None:
    """Compare the end of a chain with what `result.json` says of it.

    Raises:
        DamagedChainError: It is another one.
    """
    place = f"chain {expected.name}"
    if found.entries < expected.entries:
        raise DamagedChainError(
            f"{place}: cut off after entry {found.entries - 1} of {expected.entries}"
        )
    if found.entries > expected.entries:
        raise DamagedChainError(
            f"{place}, entry {expected.entries}: added after the end that result.json gives"
        )
    if found.root != expected.root:
        raise DamagedChainError(f"{place}: its root is not the one in result.json")
