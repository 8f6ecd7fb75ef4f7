"""Runs the race suites against one reference server, and tells which clauses fail.

As a program: `python -m tests.scenario.race_strength [SEEDS [ROUNDS [FAULT ...]]]` prints, for each
fault of overlapping requests, with how many seeds its own clause fails, what else fails, and how
many histories were judged; the fault `none` stands for a server that conforms.
"""

import inspect
import runpy
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from random import Random
from threading import Lock
from typing import TypeVar
from unittest.mock import patch

import hypothesis

from rcs_conformance import kit
from rcs_conformance.binding import load_binding
from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.checks import races as race_checks
from rcs_conformance.errors import Inconclusive, NotApplicable
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.histories.judge import contradiction
from rcs_conformance.histories.records import Contradiction, Operation
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import CheckResult, Outcome
from rcs_conformance.plugin.judgement import flat
from rcs_conformance.plugin.options import embedded_target
from rcs_conformance.reference import FAULTS, Account, ReferenceServer
from rcs_conformance.reference.faults import races as race_faults
from rcs_conformance.scenario import TestBed, TestBedSettings
from rcs_conformance.scenario.races.rounds import EXAMPLES

State = TypeVar("State")

NONE = "none"
"""Stands for a server without a fault."""

FOLDER = kit.ROOT / "suites" / "races"


class FoundFailureError(Exception):
    """The clause that is looked for has failed."""


@dataclass(frozen=True, slots=True)
class Case:
    """A test of the race suites with its parameters.

    Attributes:
        run: The test; it takes a test bed and a judge.
        clauses: That it declares.
        name: For messages.
    """

    run: Callable[..., None]
    clauses: frozenset[str]
    name: str


def faults() -> list[str]:
    """The faults of overlapping requests."""
    module = race_faults.__name__
    return [
        name
        for name, fault in FAULTS.items()
        if any(base.__module__ == module for base in fault.rules.__mro__)
    ]


def cases() -> Iterator[Case]:
    """All race tests, in each format and kind of chat."""
    for path in sorted(FOLDER.glob("test_races_*.py")):
        for name, function in runpy.run_path(str(path)).items():
            if name.startswith("test_"):
                yield from _cases_of(name, function)


def _cases_of(name: str, function: Callable[..., None]) -> Iterator[Case]:
    marks = {
        kind: [mark for mark in getattr(function, "pytestmark", ()) if mark.name == kind]
        for kind in ("requirement", "parametrize")
    }
    named = {str(kind) for kind in ChatKind for mark in marks["requirement"] if kind in mark.kwargs}
    takes = inspect.signature(function).parameters
    kinds = [kind for kind in ChatKind if not named or kind in named] if "kind" in takes else [None]
    more = [{mark.args[0]: value} for mark in marks["parametrize"] for value in mark.args[1]]
    for kind, fmt, extra in product(kinds, Format, more or [{}]):
        given = {"fmt": fmt, **extra, **({} if kind is None else {"kind": kind})}
        clauses = {
            clause
            for mark in marks["requirement"]
            for clause in (*mark.args, *([mark.kwargs[kind]] if kind in mark.kwargs else []))
        }
        yield Case(
            lambda bed, verify, given=given: function(bed=bed, verify=verify, **given),
            frozenset(clauses),
            f"{name}-{'-'.join(str(each) for each in given.values())}",
        )


def failures(fault: str, seed: int, *, folder: Path) -> tuple[Counter[str], int]:
    """The clauses that fail against a server with a fault, and how many checks passed.

    Args:
        fault: Its name; empty for a server without one. With a fault only tests of its clause are
            run, up to the first failure of that.
        seed: Of the server, and of the order of the tests.
        folder: For the lock of the accounts.
    """
    clause = FAULTS[fault].clause if fault else ""
    chosen = [each for each in cases() if not clause or clause in each.clauses]
    Random(seed).shuffle(chosen)  # noqa: S311 - no secrets
    failed, passed = Counter[str](), 0

    def verify(*results: object) -> None:
        nonlocal passed
        for each in flat(results):
            if each.outcome is Outcome.FAILED:
                _tell(each)
                failed[each.clause] += 1
                if each.clause == clause:
                    raise FoundFailureError
            passed += each.outcome is Outcome.PASSED

    given = (fault,) if fault else ()
    users = embedded_target().users
    accounts = [
        Account(address=each.address, token=each.token.reveal(), id=each.id, aliases=each.aliases)
        for each in users
    ]
    with ReferenceServer(accounts, faults=given, seed=seed) as server:
        target = replace(embedded_target(server.root), users=users)
        settings = TestBedSettings(lock_file=folder / "lock", catalogue=load_catalogue())
        bed = TestBed(target, load_binding(target.binding), EvidenceLog(), settings)
        try:
            for each in chosen:
                bed.begin_example()
                try:
                    each.run(bed, verify)
                except NotApplicable:
                    continue
                except Inconclusive as reason:
                    failed[f"{each.name}: {reason}"] += 1
                finally:
                    bed.end_example()
        except FoundFailureError:
            pass
        finally:
            bed.close()
    return failed, passed


class _Counted:
    """Judges histories, and counts them; in several threads, if the test bed has some."""

    def __init__(self) -> None:
        self.count = 0
        self._judge = contradiction
        self._lock = Lock()

    def __call__(
        self,
        history: Sequence[Operation],
        initial: State,
        step: Callable[[State, Operation], Iterable[State]],
    ) -> Contradiction | None:
        with self._lock:
            self.count += 1
        return self._judge(history, initial, step)


def _tell(result: CheckResult) -> None:
    if "-v" in sys.argv:
        print(result.clause, result.actual, result.history, sep="\n")  # noqa: T201 - a program


def main() -> None:
    """Print what each fault shows."""
    arguments = [each for each in sys.argv[1:] if not each.startswith("-")]
    seeds, rounds = (*map(int, arguments[:2]), *(1, 1)[len(arguments[:2]) :])
    hypothesis.settings.register_profile("races", max_examples=rounds * EXAMPLES)
    hypothesis.settings.load_profile("races")
    counted = _Counted()
    with (
        patch.object(race_checks, "contradiction", counted),
        tempfile.TemporaryDirectory() as folder,
    ):
        for named in arguments[2:] or [NONE, *faults()]:
            fault = "" if named == NONE else named
            clause = FAULTS[fault].clause if fault else ""
            counted.count = 0
            found = [failures(fault, seed, folder=Path(folder)) for seed in range(seeds)]
            killed = sum(clause in failed for failed, _ in found)
            others = sum((failed for failed, _ in found), Counter[str]())
            del others[clause]
            checks = sum(passed for _, passed in found)
            told = f"{counted.count} histories, {checks} checks passed"
            print(named, clause, f"{killed}/{seeds}", dict(others), told, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
