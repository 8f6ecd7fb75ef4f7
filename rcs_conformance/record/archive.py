"""The record of a run in one file: an uncompressed ZIP of `result.json` and of the chains.

A chain is the file of one process. They are compressed already, and may be taken out by any tool.
"""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.record.chain import FORMAT, ChainEnd, ChainReader, Entry
from rcs_conformance.record.remains import remains

ARCHIVE = "run.rcsrun"
"""Name of the file in the output folder of a run."""

RESULT = "result.json"
MAIN = "main"
"""Name of the chain of a run without workers."""

PART = "part"
"""How the chains of a merged run begin; behind it the number of the part."""

UNFINISHED = ".rcs-conformance-run-"
"""How the folder begins, within the output folder, that a run writes into until its end."""

_PREFIX, _SUFFIX = "record-", ".jsonl.gz"
_RIGHT = "give a run.rcsrun, or the output folder of a run with --evidence all"
_LARGEST_RESULT = 256 << 20


def chain_file(out: Path, name: str) -> Path:
    """The file of a chain while the run goes on."""
    return out / f"{_PREFIX}{name}{_SUFFIX}"


def chain_files(out: Path) -> Mapping[str, Path]:
    """The chains in the folder of a run that goes on, by name."""
    return {
        file.name.removeprefix(_PREFIX).removesuffix(_SUFFIX): file
        for file in sorted(out.glob(f"{_PREFIX}*{_SUFFIX}"))
    }


def chain_ends(out: Path) -> tuple[ChainEnd, ...]:
    """Where the chains of a run end that has just ended.

    A process that was killed has left a chain that is cut off; its whole entries count.

    Raises:
        OSError: A file cannot be read.
        DamagedChainError: Somebody changed a file meanwhile.
    """
    ends = []
    for name, file in chain_files(out).items():
        with file.open("rb") as opened:
            reader = ChainReader(opened, name)
            for _ in reader:
                pass
            ends.append(reader.end())
    return tuple(ends)


def seal(out: Path) -> None:
    """Put result and chains of a run into one file, and remove the chains.

    Raises:
        OSError: It cannot be written.
    """
    files = chain_files(out)
    if not files:
        return
    with zipfile.ZipFile(out / ARCHIVE, "w", zipfile.ZIP_STORED) as archive:
        archive.write(out / RESULT, RESULT)
        for file in files.values():
            archive.write(file, file.name)
    for file in files.values():
        file.unlink()


def name_in_merged(part: int, name: str) -> str:
    """The name that a chain of a part has in the record of the merged run."""
    return f"{PART}{part}-{name}"


def copy_chains(source: Path, part: int, out: Path) -> None:
    """Copy the chains of a part into the folder of the merged run, to be sealed there.

    Args:
        source: The output folder of the part.
        part: Its number.
        out: The folder.

    Raises:
        ConfigurationError: The part has no record, or that is damaged.
        OSError: A chain cannot be written.
    """
    with Archive(source) as archive:
        if archive.loss:
            raise ConfigurationError(f"{archive.loss}; merge needs whole records")
        for name in archive.chains:
            file = chain_file(out, name_in_merged(part, name))
            with archive.bytes_of(name) as opened, file.open("wb") as written:
                shutil.copyfileobj(opened, written)


class Archive:
    """The record of a run, opened for reading.

    Args:
        path: Of the file, or of the folder that has it.

    Attributes:
        loss: What is lost of its end, in one line; empty for nothing. What is left can be read.

    Raises:
        ConfigurationError: There is none, or it is not of this form.
    """

    def __init__(self, path: Path) -> None:
        self.file = path / ARCHIVE if path.is_dir() else path
        self.loss = ""
        self._left: IO[bytes] | None = None
        try:
            self._zip = self._opened()
        except OSError as error:
            reason = error.strerror or "cannot be read"
            raise ConfigurationError(f"{self.file}: {reason}; {_RIGHT}") from None

    def _opened(self) -> zipfile.ZipFile:
        if not self.file.exists() and (found := _left_by_killed(self.file.parent)):
            return self._of_killed(found)
        try:
            return zipfile.ZipFile(self.file)
        except zipfile.BadZipFile:
            self._left = remains(self.file)
            if self._left is None:
                raise ConfigurationError(
                    f"{self.file}: not a record of a run, or cut off; {_RIGHT}"
                ) from None
            size = self.file.stat().st_size
            self.loss = f"{self.file}: cut off after {size} bytes; what is left of it is used"
            return zipfile.ZipFile(self._left)

    def _of_killed(self, chains: Sequence[Path]) -> zipfile.ZipFile:
        self.loss = (
            f"{self.file.parent}: a run goes on there, or was killed before its end; what it"
            f" recorded in {chains[0].parent.name} is used"
        )
        self._left = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the archive
        with zipfile.ZipFile(self._left, "w") as archive:
            for each in chains:
                archive.write(each, each.name)
        return zipfile.ZipFile(self._left)

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()
        if self._left is not None:
            self._left.close()

    @property
    def chains(self) -> Sequence[str]:
        """The names of its chains."""
        names = (info.filename for info in self._zip.infolist())
        return sorted(
            name.removeprefix(_PREFIX).removesuffix(_SUFFIX)
            for name in names
            if name.startswith(_PREFIX) and name.endswith(_SUFFIX)
        )

    def result(self) -> bytes:
        """Its `result.json`.

        Raises:
            ConfigurationError: It has none, or the archive is damaged.
        """
        if self.loss and RESULT not in self._zip.namelist():
            raise ConfigurationError(
                f"{self.loss} by judge and har, but it has no {RESULT}, of which a record is"
                " verified"
            )
        with self._part(RESULT) as opened:
            result = opened.read(_LARGEST_RESULT)
        if self.loss and not result.endswith(b"}\n"):
            raise ConfigurationError(
                f"{self.file}: cut off within its {RESULT}, so that nothing of it can be used;"
                f" {_RIGHT}"
            )
        return result

    @contextmanager
    def chain(self, name: str, *, is_checked: bool = False) -> Iterator[ChainReader]:
        """A chain, to be read from its head on.

        Args:
            name: Of the chain.
            is_checked: As of `ChainReader`.

        Raises:
            ConfigurationError: There is none of the name, or the archive is damaged.
        """
        with self.bytes_of(name) as opened:
            yield ChainReader(opened, name, is_checked=is_checked)

    def bytes_of(self, name: str) -> AbstractContextManager[IO[bytes]]:
        """A chain as it is, compressed; raises as `chain`."""
        return self._part(f"{_PREFIX}{name}{_SUFFIX}")

    @contextmanager
    def _part(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._zip.open(name) as opened:
                yield opened
        except KeyError:
            raise ConfigurationError(f"{self.file}: its part {name} is missing; {_RIGHT}") from None
        except (zipfile.BadZipFile, EOFError):
            raise ConfigurationError(f"{self.file}: its part {name} was edited or cut") from None


def _left_by_killed(out: Path) -> Sequence[Path]:
    """The chains of the run that last wrote into an output folder and has no result."""
    found = out.glob(f"{UNFINISHED}*/{_PREFIX}*{_SUFFIX}")
    folders = sorted({each.parent for each in found}, key=lambda each: each.stat().st_mtime)
    return sorted(chain_files(folders[-1]).values()) if folders else ()


def check_head(entry: Entry, name: str) -> None:
    """Check that a chain is of this version.

    Raises:
        ConfigurationError: It is of another one.
    """
    if entry.get("kind") != "head" or entry.get("format") != FORMAT:
        found = entry.get("format") or "no head"
        raise ConfigurationError(f"chain {name}: {found}; this version reads {FORMAT}")
