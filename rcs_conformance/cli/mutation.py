"""`rcs-conformance strength --mutate`: whether the suites notice changes of the server's code."""

import argparse
import random
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.plugin.preparation import prepare
from rcs_conformance.report.output import default_output
from rcs_conformance.strength import checkpoint, document, runner
from rcs_conformance.strength.collected_suites import CollectedSuites, with_collected_suites
from rcs_conformance.strength.mutation import equivalents, report
from rcs_conformance.strength.mutation.journal import FILE, Journal
from rcs_conformance.strength.mutation.measuring import Fate, Tried, measure
from rcs_conformance.strength.mutation.sites import Mutation, mutations
from rcs_conformance.strength.plans import stable_number
from rcs_conformance.strength.progress import RunProgress


def mutate(arguments: argparse.Namespace) -> int:
    """Run the suites against mutations, and print those that were not killed.

    Raises:
        ConfigurationError: No mutation has a name that is given, or the folder cannot be used.
    """
    chosen = selected(tuple(mutations()), arguments.mutation, arguments.mutate or 0, arguments.seed)
    out: Path = (arguments.out or default_output() / "strength").absolute()
    document.clear(out)
    parallel = arguments.parallel or runner.default_parallel()
    how = runner.Measuring(parallel=parallel, seed=arguments.seed)
    key = checkpoint.key(f"mutations, seed {arguments.seed}")
    journal = Journal(out / FILE, key)
    known = journal.read(chosen) if arguments.resume else {}
    if not arguments.resume:
        journal.clear()
    begun = time.perf_counter()
    tried = with_collected_suites(lambda suites: _tried(chosen, known, suites, how, journal, out))
    measured = report.Mutated(
        tried=tuple(tried), seed=arguments.seed, seconds=time.perf_counter() - begun
    )
    (out / report.FILE).write_text(report.as_json(measured) + "\n", "ascii")
    shown = report.as_json if arguments.form == "json" else report.as_text
    print(shown(measured))  # noqa: T201 - the output of the command
    return measured.exit_code


def selected(
    known: Sequence[Mutation], names: Sequence[str], count: int, seed: int
) -> Sequence[Mutation]:
    """Those with the names; without names a sample, or all where the count is 0.

    A sample is spread evenly over the code.

    Raises:
        ConfigurationError: A name is unknown.
    """
    by_name = {one.name: one for one in known}
    for name in names:
        if name not in by_name:
            raise ConfigurationError(
                f"--mutation {name}: there is no such mutation; the names are of this version of"
                " the reference server, and strength --mutate prints them"
            )
    if names:
        return [by_name[name] for name in names]
    if not count or count >= len(known):
        return _shuffled(known, seed)
    begin, step = random.Random(seed).random(), len(known) / count  # noqa: S311 - no secret
    return [known[int((number + begin) * step)] for number in range(count)]


def _shuffled(known: Sequence[Mutation], seed: int) -> Sequence[Mutation]:
    """All in an order in which those that come first are a fair sample of them."""
    return sorted(known, key=lambda one: stable_number(f"{seed} {one.name}"))


def _tried(
    chosen: Sequence[Mutation],
    known: Mapping[str, Tried],
    suites: CollectedSuites,
    how: runner.Measuring,
    journal: Journal,
    out: Path,
) -> Sequence[Tried]:
    prepare()
    tried = {name: each for name, each in known.items() if each.fate is not Fate.SURVIVED}
    missing = [one for one in chosen if one.name not in tried]
    with RunProgress(len(missing)) as progress:
        for each in measure(missing, suites, how, equivalents.load(chosen), out):
            tried[each.mutation.name] = each
            journal.add(each)
            progress.told(f"{each.fate.value:<10} {each.mutation.name}")
    return tuple(tried.values())
