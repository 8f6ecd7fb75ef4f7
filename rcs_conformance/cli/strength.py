"""`rcs-conformance strength`: whether the suites kill every fault, by its own clause."""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rcs_conformance.catalogue import Catalogue, load_catalogue
from rcs_conformance.cli.mutation import mutate
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import suite_version
from rcs_conformance.plugin.preparation import prepare
from rcs_conformance.reference import FAULTS, VARIATIONS, Fault, Variation
from rcs_conformance.reference.registry import chosen
from rcs_conformance.report.output import default_output
from rcs_conformance.strength import checkpoint, document, runner
from rcs_conformance.strength.checkpoint import Checkpoint
from rcs_conformance.strength.collected_suites import CollectedSuites, with_collected_suites
from rcs_conformance.strength.matrix import form
from rcs_conformance.strength.measurement import Measurement
from rcs_conformance.strength.plans import Scope, count_by_clause
from rcs_conformance.strength.progress import RunProgress
from rcs_conformance.strength.records import Observation
from rcs_conformance.strength.text import as_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """What is run.

    Attributes:
        faults: In their order.
        variations: In their order.
        words: The names and ids given; empty for all faults.
    """

    faults: tuple[Fault, ...]
    variations: tuple[Variation, ...]
    words: tuple[str, ...]


def strength(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Run the suites against faults and variations, or against mutations, and print the result.

    Raises:
        ConfigurationError: A fault, a clause, a mutation or the output directory cannot be used.
    """
    if arguments.mutate is not None or arguments.mutation:
        return mutate(arguments)
    catalogue = load_catalogue()
    what = selected(arguments, catalogue)
    out: Path = (arguments.out or default_output() / "strength").absolute()
    document.clear(out)
    how = runner.Measuring(
        parallel=arguments.parallel or runner.default_parallel(),
        scope=Scope(arguments.scope),
        seed=arguments.seed,
    )
    kept = Checkpoint(out / checkpoint.FILE, checkpoint.key(str(how)))
    if not arguments.resume:
        kept.clear()
    measurement = with_collected_suites(lambda suites: measured(what, catalogue, suites, how, kept))
    document.write(measurement, out)
    shown = document.as_json if arguments.form == "json" else as_text
    print(shown(measurement))  # noqa: T201 - the output of the command
    return measurement.exit_code


def selected(arguments: argparse.Namespace, catalogue: Catalogue) -> Selected:
    """The faults and variations that are named, and the faults of clauses; by default all faults.

    Raises:
        ConfigurationError: A name or id is unknown, or a clause has no fault.
    """
    names, ids = arguments.fault, arguments.requirement
    chosen("fault", names, FAULTS)
    chosen("variation", arguments.variation, VARIATIONS)
    for one in ids:
        of_it = {clause.id for clause in catalogue.select([one])}
        if of_it.isdisjoint(fault.clause for fault in FAULTS.values()):
            raise ConfigurationError(
                f"--requirement {one}: the reference server has no fault of it"
            )
    clauses = {clause.id for clause in catalogue.select(ids)}
    words = (*names, *ids, *arguments.variation)
    return Selected(
        faults=tuple(
            one
            for one in FAULTS.values()
            if not words or one.name in names or one.clause in clauses
        ),
        variations=tuple(
            one
            for one in VARIATIONS.values()
            if arguments.variations or one.name in arguments.variation
        ),
        words=words,
    )


def measured(
    what: Selected,
    catalogue: Catalogue,
    suites: CollectedSuites,
    how: runner.Measuring,
    kept: Checkpoint,
) -> Measurement:
    """Measure, and show progress."""
    started, clock = datetime.now(UTC), time.perf_counter()
    prepare()
    observations = _observations(what, suites, how, kept)
    baseline = observations.pop(runner.BASELINE)
    matrix = form(
        what.faults,
        baseline,
        observations,
        tests=count_by_clause(suites.tests),
        clauses=tuple(catalogue.clauses),
        known=tuple(FAULTS.values()),
        variations=what.variations,
    )
    return Measurement(
        matrix=matrix,
        baseline=baseline,
        titles={one.id: one.title for one in catalogue.requirements.values()},
        requirements={one.id: one.requirement for one in catalogue.clauses.values()},
        selection=what.words,
        scope=how.scope,
        parallel=how.parallel,
        seed=how.seed,
        started=started,
        seconds=time.perf_counter() - clock,
        suite_version=suite_version(),
    )


def _observations(
    what: Selected,
    suites: CollectedSuites,
    how: runner.Measuring,
    kept: Checkpoint,
) -> dict[str, Observation]:
    clauses = {fault.name: fault.clause for fault in what.faults}
    observations: dict[str, Observation] = {}
    with RunProgress(1 + len(what.faults) + len(what.variations)) as progress:
        for name, seen in runner.measure(what.faults, what.variations, suites, how, kept):
            observations[name] = seen
            progress.finished(name or "without a fault", seen, clauses.get(name, ""))
    return observations
