"""Plays the tests of a record again: pytest runs them, and the record gives what a target gave."""

import gc
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.model.results import TestRecord
from rcs_conformance.plugin import records
from rcs_conformance.plugin.invocation import CONFIGURATION, QUIET, SUITES, run_pytest
from rcs_conformance.plugin.session import Session
from rcs_conformance.plugin.startup import Played, replayed
from rcs_conformance.record.archive import Archive, check_head
from rcs_conformance.record.chain import FORMAT, ChainEnd, DamagedChainError, Entry
from rcs_conformance.record.player import Parting, Player
from rcs_conformance.record.secrecy import shown_secret

T = TypeVar("T")
Found = TypeVar("Found")

_SEVERAL = 2

_UNSEEN = ("-p", "no:logging", "-p", "no:unraisableexception", "--capture=no")
"""Nobody reads what tests log, print or leave behind while they are played."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedChain:
    """What a chain holds.

    Attributes:
        name: Of the process that wrote it.
        head: Its first entry; empty where even that is damaged.
        end: Where it ends, or where it is damaged.
        tests: The records of its tests, in the order in which they ended.
        damage: What was done to it, in one line; empty for nothing.
        secret: Where the first secret is that is not redacted, in one line; empty for none.
    """

    name: str
    head: Entry
    end: ChainEnd
    tests: tuple[TestRecord, ...]
    damage: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What came of the tests of a chain when they were played.

    Attributes:
        tests: Their records; how long they took, and names of files, are those of the run.
        partings: By test, where it first left the record.
    """

    tests: tuple[TestRecord, ...] = ()
    partings: Mapping[str, str] = field(default_factory=dict)


def read_chain(archive: Archive, name: str) -> RecordedChain:
    """Read a chain to its end, or to where it is damaged.

    Raises:
        ConfigurationError: It is not of this version, or not in the archive.
    """
    head: Entry = {}
    tests: list[TestRecord] = []
    damage = secret = ""
    with archive.chain(name) as reader:
        try:
            for entry in reader:
                if not head:
                    head = entry
                    check_head(head, name)
                elif entry["kind"] == "verdict":
                    tests.append(records.from_plain(entry["record"]))
                elif not secret and (field := shown_secret(entry)):
                    place = f"chain {name}, entry {reader.entries - 1}"
                    secret = f"{place}: {field} is not redacted: do not pass the record on"
        except DamagedChainError as error:
            damage = str(error)
        except (KeyError, TypeError, ValueError, AttributeError):
            damage = f"chain {name}, entry {reader.entries - 1}: is not as {FORMAT} has it"
    return RecordedChain(
        name=name,
        head=head,
        end=reader.end(),
        tests=tuple(tests),
        damage=damage,
        secret=secret,
    )


def replays(
    file: Path, chains: Sequence[RecordedChain], *, lends: bool = False
) -> tuple[Replay, ...]:
    """Play the tests of chains, each in a process of its own if there are several.

    Args:
        file: The archive that they are in.
        chains: What was read of them; a damaged one is played up to its damage.
        lends: As of `Player`.

    Raises:
        ConfigurationError: The head of a chain is not of this version.
    """
    return _side_by_side(partial(_replay, file, lends), [each for each in chains if each.tests])


def read_and_replay(
    file: Path, names: Sequence[str]
) -> tuple[tuple[RecordedChain, ...], tuple[Replay, ...]]:
    """Read chains and play their tests, each in a process of its own if there are several.

    Args:
        file: The archive that they are in.
        names: Theirs; a damaged one is played up to its damage.

    Raises:
        ConfigurationError: A chain is not of this version.
    """
    found = _side_by_side(partial(_read_and_replay, file), names)
    return tuple(chain for chain, _ in found), tuple(replay for _, replay in found)


def _side_by_side(work: Callable[[T], Found], several: Sequence[T]) -> tuple[Found, ...]:
    """Do some work for each of several, as many at a time as there are processors."""
    if len(several) < _SEVERAL:
        return tuple(map(work, several))
    at_once = max(_SEVERAL, os.cpu_count() or _SEVERAL)
    found: list[Found] = []
    gc.freeze()  # else each process would look through, and copy, what all of them share
    for start in range(0, len(several), at_once):  # a process of its own for each
        some = several[start : start + at_once]
        with ProcessPoolExecutor(len(some), get_context("fork")) as pool:
            found += pool.map(work, some)
    return tuple(found)


def _read_and_replay(file: Path, name: str) -> tuple[RecordedChain, Replay]:
    with Archive(file) as archive:
        chain = read_chain(archive, name)
    return chain, _replay(file, False, chain) if chain.tests else Replay()


def _replay(file: Path, lends: bool, chain: RecordedChain) -> Replay:
    with (
        Archive(file) as archive,
        archive.chain(chain.name, is_checked=True) as reader,
        tempfile.TemporaryDirectory(prefix="rcs-conformance-") as scratch,
    ):
        entries = islice(reader, 1, chain.end.entries)  # nothing of what is behind a damage
        session = replayed(chain.head, load_catalogue(), Path(scratch))
        player = Player(entries, lends=lends)
        session.log.journal = player
        order = _Order(chain.tests)
        files = sorted({str(SUITES / each.id.partition("::")[0]) for each in chain.tests})
        known = [each for each in files if Path(each).is_file()]
        if known:
            _play([*CONFIGURATION, *QUIET, *_UNSEEN, *known], session, order)
    return Replay(tests=tuple(order.played()), partings=player.partings)


def _play(words: Sequence[str], session: Session, order: "_Order") -> None:
    """Have pytest run the tests; raises `KeyboardInterrupt` where somebody ended it."""
    try:
        run_pytest(words, [Played(session=session), order])
    except Parting:  # of how it cleans up where it stopped
        if not order.is_interrupted:
            raise
    if order.is_interrupted:
        raise KeyboardInterrupt


class _Order:
    """Has pytest run the tests of a chain in their order, and collects their records."""

    def __init__(self, tests: Sequence[TestRecord]) -> None:
        self._recorded = {each.id: each for each in tests}
        self._found: list[TestRecord] = []
        self.is_interrupted = False

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave the tests of the record, in its order."""
        known = {records.test_id(item): item for item in items}
        items[:] = [known[each] for each in self._recorded if each in known]

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Note that somebody ended it: what was not played is no difference."""
        self.is_interrupted = excinfo.type is KeyboardInterrupt

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the record of a test."""
        text = getattr(report, records.ATTRIBUTE, None)
        if text is not None:
            self._found.append(records.from_json(text))

    def played(self) -> Iterator[TestRecord]:
        """The records, with what playing cannot give from those of the run."""
        for each in self._found:
            was = self._recorded[each.id]
            yield replace(each, seconds=was.seconds, evidence=was.evidence, curl=was.curl)
