"""Recomputes the verdicts of a run from its record, without a server."""

import json
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.results import CheckResult, TestRecord
from rcs_conformance.plugin.options import Settings
from rcs_conformance.plugin.playing import RecordedChain, Replay, read_and_replay, read_chain
from rcs_conformance.record.archive import PART, Archive
from rcs_conformance.record.chain import DamagedChainError, check_end
from rcs_conformance.report.reading import read_document, run_of
from rcs_conformance.report.result import result_document
from rcs_conformance.target import Target
from rcs_conformance.verdict import Run, judge

_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What came of a verification.

    Attributes:
        chains: What was read.
        tests: How many tests were played.
        seconds: How long all of it took.
        damages: What was done to the record, a line each.
        secrets: Where the record shows a secret, a line each.
        differences: Where what was recomputed differs from what the run says, a line each.
        run: What was recomputed; `None` where the record is damaged.
    """

    chains: tuple[RecordedChain, ...]
    tests: int
    seconds: float
    damages: tuple[str, ...]
    secrets: tuple[str, ...]
    differences: tuple[str, ...]
    run: Run | None = None


def verified(path: Path) -> Verification:
    """Verify the record of a run.

    Args:
        path: Its file, or the output folder of the run.

    Raises:
        ConfigurationError: There is no record of this version.
    """
    clock = time.perf_counter()
    with Archive(path) as archive:
        result = _result_of(archive, path)
        chains, played = read_and_replay(archive.file, archive.chains)
        evidence = _evidence(archive, result, chains)
    differences = [*_test_differences(evidence.chains, played)]
    run = None
    if not evidence.damages and evidence.chains:
        run = _recomputed(evidence, played)
        now = json.loads(json.dumps(result_document(run)))
        differences += _differences("", evidence.document, now)
    return Verification(
        chains=evidence.chains,
        tests=sum(len(each.tests) for each in played),
        seconds=time.perf_counter() - clock,
        damages=evidence.damages,
        secrets=tuple(_secrets(evidence.chains)),
        differences=tuple(differences),
        run=run,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a run left for whoever looks at it again.

    Attributes:
        file: Its record.
        chains: What was read of that.
        stated: The run as its result says.
        document: The result itself, as JSON values.
        damages: What was done to record or result, a line each.
    """

    file: Path
    chains: tuple[RecordedChain, ...]
    stated: Run
    document: Mapping[str, object]
    damages: tuple[str, ...]


def read_evidence_of(path: Path) -> Evidence:
    """Read record and result of a run; nothing is played yet.

    Args:
        path: The file of the record, or the output folder of the run.

    Raises:
        ConfigurationError: There is no record of this version.
    """
    with Archive(path) as archive:
        result = _result_of(archive, path)
        chains = tuple(read_chain(archive, name) for name in archive.chains)
        return _evidence(archive, result, chains)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """The result of a run.

    Attributes:
        document: As JSON values.
        stated: The run that it states.
        damage: What was done to it, in one line; empty for nothing.
    """

    document: Mapping[str, object]
    stated: Run
    damage: str


def _result_of(archive: Archive, path: Path) -> _Result:
    """The result beside a record, or in it where there is none; raises as `read_evidence_of`."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "result.json"
        own.write_bytes(archive.result())
        beside = archive.file.with_name(own.name)
        result = beside if path.is_dir() and beside.is_file() else own
        is_own = own.read_bytes() == result.read_bytes()
        try:
            document = read_document(result)
            stated = run_of(document, result)
        except ConfigurationError as error:  # the copy has a name that nobody knows
            text = str(error).replace(str(own), f"{archive.file}: its {own.name}")
            raise ConfigurationError(text) from None
        return _Result(
            document=document,
            stated=stated,
            damage="" if is_own else f"{result}: is not the result.json that the record has",
        )


def _evidence(archive: Archive, result: _Result, chains: tuple[RecordedChain, ...]) -> Evidence:
    damages = [each for each in (archive.loss, *(one.damage for one in chains)) if each]
    damages += _ends(chains, result.stated)
    damages += [result.damage] if result.damage else []
    return Evidence(
        file=archive.file,
        chains=chains,
        stated=result.stated,
        document=result.document,
        damages=tuple(damages),
    )


def _secrets(chains: Sequence[RecordedChain]) -> Iterator[str]:
    """Where the chains show a secret, which none does that a recorder wrote."""
    for chain in chains:
        if chain.secret:
            yield chain.secret
        if chain.tests:
            target = Target.from_json(json.dumps(chain.head["target"]))
            if target.without_secrets() != target:
                yield f"chain {chain.name}, entry 0: the target has a secret: do not pass it on"


def _ends(chains: Sequence[RecordedChain], stated: Run) -> Iterator[str]:
    """What is wrong with the ends of the chains."""
    expected = {each.name: each for each in stated.information.chains}
    for chain in chains:
        if chain.name not in expected:
            yield f"chain {chain.name}: result.json does not name it"
        elif not chain.damage:
            try:
                check_end(chain.end, expected[chain.name])
            except DamagedChainError as error:
                yield str(error)
    for name in expected.keys() - {chain.name for chain in chains}:
        yield f"chain {name}: missing"


def _test_differences(chains: Sequence[RecordedChain], played: Sequence[Replay]) -> Iterator[str]:
    """Where a test that was played came to another record than in the run."""
    found = {test.id: test for replay in played for test in replay.tests}
    partings = {test: where for replay in played for test, where in replay.partings.items()}
    for chain in chains:
        for test in chain.tests:
            if test.id in partings:
                yield f"{test.id}: leaves the record: {partings[test.id]}"
            elif test.id not in found:
                yield f"{test.id}: these suites have no such test"
            elif found[test.id] != test:
                yield f"{test.id}: {_first_difference(test, found[test.id])}"


def _first_difference(was: TestRecord, now: TestRecord) -> str:
    """The first member in which two records of a test differ."""
    name = next(each for each in was.__slots__ if getattr(was, each) != getattr(now, each))
    one, other = getattr(was, name), getattr(now, name)
    if not isinstance(one, tuple):
        return f"{name} was {_told(one)}, recomputed {_told(other)}"
    new = next((each for each in other if each not in one), None)
    gone = next((each for each in one if each not in other), None)
    parts = [
        f"{len(one)} {name} were in the run, recomputed {len(other)}",
        *([] if gone is None else [f"not recomputed: {_told(gone)}"]),
        *([] if new is None else [f"only recomputed: {_told(new)}"]),
    ]
    return "; ".join(parts)


def _told(value: object) -> str:
    """A member of a record in a few words."""
    if isinstance(value, CheckResult):
        return f"{value.clause} {value.rule}: {_told(value.actual)}"
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _recomputed(evidence: Evidence, played: Sequence[Replay]) -> Run:
    """The run whose verdicts follow from the tests that were played."""
    head, stated = evidence.chains[0].head, evidence.stated
    settings = Settings.from_json(json.dumps(head["settings"]))
    is_merged = all(each.name.startswith(PART) for each in evidence.chains)
    target = Target.from_json(json.dumps(head["target"]))
    information = replace(
        stated.information,
        waivers=settings.waivers,
        named_tests=settings.named_tests or (settings.shard is not None and not is_merged),
    )
    repeated = {test.id: test.repeated for test in stated.records}  # after the run: not recorded
    tests = (
        replace(test, repeated=repeated.get(test.id)) for replay in played for test in replay.tests
    )
    return judge(load_catalogue(), target.ics, tests, information)


def _differences(place: str, was: object, now: object) -> Iterator[str]:
    """Where two JSON values differ, a line each."""
    if isinstance(was, dict) and isinstance(now, dict):
        for name in dict.fromkeys((*was, *now)):
            yield from _differences(f"{place}/{name}", was.get(name), now.get(name))
    elif isinstance(was, list) and isinstance(now, list) and len(was) == len(now):
        for number, (one, other) in enumerate(zip(was, now, strict=True)):
            yield from _differences(f"{place}/{number}", one, other)
    elif was != now:
        yield f"result.json {place}: {_shown(was)}, recomputed {_shown(now)}"


def _shown(value: object) -> str:
    text = json.dumps(value)
    return _told(text)
