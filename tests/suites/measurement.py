"""A measurement of strength in a process of its own, and its observations as they come.

The process that runs these tests has threads; the one that forks must have none.
"""

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from rcs_conformance.plugin.preparation import prepare
from rcs_conformance.reference import FAULTS, VARIATIONS
from rcs_conformance.strength import checkpoint
from rcs_conformance.strength.checkpoint import Checkpoint
from rcs_conformance.strength.collected_suites import CollectedSuites, with_collected_suites
from rcs_conformance.strength.plans import Scope
from rcs_conformance.strength.records import Observation
from rcs_conformance.strength.runner import Measuring, default_parallel, measure
from tests.suites import killers

_PATIENCE = 1500.0
"""Seconds without any observation after which the measurement is given up."""


class Observations:
    """What each fault and variation showed, by its name; waits for what has not come yet.

    Args:
        reader: Where they come from.
        faults: Names of the faults that are measured.
        variations: Names of the variations that are measured.
    """

    def __init__(
        self, reader: Connection, faults: Sequence[str], variations: Sequence[str]
    ) -> None:
        self.faults = faults
        self.variations = variations
        self._reader = reader
        self._seen: dict[str, Observation] = {}

    def of(self, name: str) -> Observation:
        """What one of them showed."""
        while name not in self._seen:
            if not self._reader.poll(_PATIENCE):
                pytest.fail(f"no run has ended for {_PATIENCE:g} s")
            try:
                other, seen = self._reader.recv()
            except EOFError:
                pytest.fail("the measurement ended early; the output of its process says why")
            self._seen[other] = seen
        return self._seen[name]


@contextmanager
def measured(scope: Scope, items: Sequence[pytest.Item], folder: Path) -> Iterator[Observations]:
    """Measure what some tests are about, in their order.

    What was measured of the same sources before is not measured again.

    Args:
        scope: Which tests are run against a fault.
        items: The tests; one that names neither fault nor variation is about all of them.
        folder: Where observations are kept.
    """
    named = [getattr(item, "callspec", None) for item in items]
    every = not all(named)
    parameters = [each.params for each in named if each]
    faults = sorted(FAULTS) if every else [one["fault"] for one in parameters if "fault" in one]
    variations = (
        sorted(VARIATIONS)
        if every
        else [one["variation"] for one in parameters if "variation" in one]
    )
    context = multiprocessing.get_context("spawn")
    reader, writer = context.Pipe(duplex=False)
    process = context.Process(target=_measure, args=(scope, faults, variations, folder, writer))
    process.start()
    writer.close()
    try:
        yield Observations(reader, faults, variations)
    finally:
        process.terminate()
        process.join()
        reader.close()


def _measure(
    scope: Scope,
    faults: Sequence[str],
    variations: Sequence[str],
    folder: Path,
    writer: Connection,
) -> None:
    """The process: it sends each observation as it comes."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends its processes before itself
    how = Measuring(parallel=default_parallel(), scope=scope, killers=killers.load())

    def send(suites: CollectedSuites) -> None:
        prepare()
        for named in measure(
            [FAULTS[name] for name in faults],
            [VARIATIONS[name] for name in variations],
            suites,
            how,
            Checkpoint(folder / checkpoint.FILE, checkpoint.key(str(how))),
        ):
            writer.send(named)

    with suppress(KeyboardInterrupt):
        with_collected_suites(send)
