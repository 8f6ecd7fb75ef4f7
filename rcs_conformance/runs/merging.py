"""One run of the parts of a divided one: judged again from their tests, as the whole would be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from cattrs.preconf.json import make_converter

from rcs_conformance.catalogue import Catalogue
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.results import CleanUp
from rcs_conformance.record.archive import name_in_merged
from rcs_conformance.record.chain import ChainEnd
from rcs_conformance.report.output import RESULT
from rcs_conformance.report.reading import read_run
from rcs_conformance.runs.parts import Part, read_part
from rcs_conformance.target import Ics
from rcs_conformance.verdict import Run, RunInformation, judge

_OF_ONE_MACHINE = frozenset({"notifications", "tls"})
"""Of a target, what another machine has otherwise for the same target."""

_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """An output folder of a part, as it was read."""

    folder: Path
    part: Part
    run: Run


def pieces_in(folders: Sequence[Path]) -> Sequence[Piece]:
    """The parts in output folders, in the order of their numbers.

    Raises:
        ConfigurationError: A part cannot be read, is missing or twice there, or belongs to
            another run than the first.
    """
    pieces = [
        Piece(folder=each, part=read_part(each), run=read_run(each / RESULT)) for each in folders
    ]
    first = pieces[0]
    for other in pieces[1:]:
        for name, of_first, of_other in _common(first, other):
            if of_first != of_other:
                raise ConfigurationError(
                    f"{other.folder}: another {name} than {first.folder}; merge the parts of one"
                    " run"
                )
    pieces.sort(key=lambda each: each.part.shard.number)
    numbers = [each.part.shard.number for each in pieces]
    missing = sorted({*range(1, first.part.shard.count + 1)} - {*numbers})
    if missing:
        shown = ", ".join(map(str, missing[:_SHOWN])) + (", ..." if missing[_SHOWN:] else "")
        raise ConfigurationError(
            f"part {shown} of {first.part.shard.count} is missing; name its output folder, too"
        )
    for one, next_one in pairwise(pieces):
        if one.part.shard == next_one.part.shard:
            raise ConfigurationError(
                f"{next_one.folder}: part {next_one.part.shard}, as {one.folder}; name each once"
            )
    return pieces


def merged(pieces: Sequence[Piece], catalogue: Catalogue, suite: str, out: Path) -> Run:
    """Judge the tests of all parts as one run.

    Args:
        pieces: All parts.
        catalogue: Requirements and SCR items, those of the parts.
        suite: The version of this suite.
        out: The output folder; what repeats a test writes beside it.

    Raises:
        ConfigurationError: The parts are of another suite, or do not have all of its tests.
    """
    first = pieces[0]
    if first.run.information.suite_version != suite or not _is_of(catalogue, first.run):
        raise ConfigurationError(
            f"{first.folder}: a run of suite {first.run.information.suite_version} with another"
            f" catalogue than this one, {suite}; merge with the suite that ran"
        )
    records = [record for each in pieces for record in each.part.records]
    found, wanted = len({record.id for record in records}), first.part.tests
    if all(each.run.complete for each in pieces) and found != wanted:
        raise ConfigurationError(
            f"the parts have {found} of {wanted} tests; repeat a part that lacks tests"
        )
    claims = make_converter().structure(first.run.information.target["ics"], Ics)
    return judge(catalogue, claims, records, _information(pieces, out))


def _common(first: Piece, other: Piece) -> Sequence[tuple[str, object, object]]:
    """What parts of one run have in common: its name, and the value of each of the two."""
    one, two = first.run.information, other.run.information
    return (
        ("suite", one.suite_version, two.suite_version),
        ("number of parts", first.part.shard.count, other.part.shard.count),
        ("seed", one.seed, two.seed),
        ("target", _target(first), _target(other)),
        ("profile", one.profile, two.profile),
        ("selection", one.selection, two.selection),
        ("release", one.release, two.release),
        ("file of waivers", one.waivers, two.waivers),
        ("strictness", one.strict, two.strict),
        (
            "choice of tests, or other durations,",
            (first.part.whole, first.part.named_tests),
            (other.part.whole, other.part.named_tests),
        ),
    )


def _target(piece: Piece) -> Mapping[str, object]:
    """The target without what another machine has otherwise for the same one."""
    target = piece.run.information.target
    is_embedded = not piece.part.arguments or piece.part.arguments[0].startswith("-")
    left_out = _OF_ONE_MACHINE | ({"server_root"} if is_embedded else set())
    return {name: value for name, value in target.items() if name not in left_out}


def _is_of(catalogue: Catalogue, run: Run) -> bool:
    """Whether a run was judged by the clauses of a catalogue."""
    return all(
        name in catalogue.clauses and catalogue.clauses[name].text == found.text
        for name, found in run.clauses.items()
    )


def _information(pieces: Sequence[Piece], out: Path) -> RunInformation:
    """What is known of the run beside its tests: from its first start to its last end."""
    each = [piece.run.information for piece in pieces]
    started = min(one.started for one in each)
    ended = max(one.started + timedelta(seconds=one.seconds) for one in each)
    return replace(
        each[0],
        started=started,
        seconds=(ended - started).total_seconds(),
        arguments=_beside(pieces[0].part.arguments, out),
        interrupted=any(one.interrupted for one in each),
        problems=tuple(dict.fromkeys(text for one in each for text in one.problems)),
        left_out=max(one.left_out for one in each),
        named_tests=pieces[0].part.named_tests,
        stopped=next((one.stopped for one in each if one.stopped), ""),
        chains=chains_of(pieces),
        clean_up=summed([one.clean_up for one in each if one.clean_up]),
    )


def chains_of(pieces: Sequence[Piece]) -> tuple[ChainEnd, ...]:
    """Where the chains of the merged run end; none where a part has no record."""
    if not all(piece.run.information.chains for piece in pieces):
        return ()
    return tuple(
        replace(end, name=name_in_merged(piece.part.shard.number, end.name))
        for piece in pieces
        for end in piece.run.information.chains
    )


def summed(found: Sequence[CleanUp]) -> CleanUp | None:
    """What several runs left on their target; `None` where none looked."""
    if not found:
        return None
    return CleanUp(
        removed=sum(each.removed for each in found),
        left=sum(each.left for each in found),
        reasons=tuple(dict.fromkeys(reason for each in found for reason in each.reasons)),
    )


def _beside(arguments: Sequence[str], out: Path) -> tuple[str, ...]:
    """The arguments of a part, with an output folder beside that of the whole."""
    words = list(arguments)
    if "--out" in words:
        words[words.index("--out") + 1] = f"{out}-rerun"
    return tuple(words)
