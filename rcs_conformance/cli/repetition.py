"""After a run one test of each block of findings is repeated alone, within a tenth of its time."""

import argparse
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rcs_conformance.model.results import CleanUp, TestRecord
from rcs_conformance.plugin.invocation import SUITES, run_pytest
from rcs_conformance.plugin.options import Handover
from rcs_conformance.runs.merging import summed
from rcs_conformance.runs.repetition import tests_to_repeat, with_repetitions, within
from rcs_conformance.verdict import Run

SHARE = 0.1
"""Of the time of the run, the part that repetitions may take."""
_START = 0.5
"""Seconds that a repetition takes before its first test."""


def is_to_repeat(run: Run, arguments: argparse.Namespace) -> bool:
    """Whether a finished run has a test that is repeated in the time that there is."""
    return bool(run.complete and arguments.repeat and _chosen(run, arguments))


def repeated(
    run: Run, arguments: argparse.Namespace, words: Sequence[str], handover: Handover
) -> Run:
    """The run, with what repetitions say beside its findings.

    Args:
        run: That was finished.
        arguments: As they were parsed.
        words: Arguments of pytest for the same target and data, without tests.
        handover: That of the run.
    """
    tests = _chosen(run, arguments)
    end = time.monotonic() + SHARE * run.information.seconds
    again = Repeater(handover, [*words, *(str(SUITES / test) for test in tests)])
    longest = 0.0
    for _ in range(arguments.repeat):
        begun = time.monotonic()
        if begun + longest > end:
            break
        again.repeat()
        longest = max(longest, time.monotonic() - begun)
    left = summed([each for each in (run.information.clean_up, *again.clean_ups) if each])
    run = replace(run, information=replace(run.information, clean_up=left))
    return with_repetitions(run, again.repetitions)


class Repeater:
    """Runs the same tests again and again, each time in a session of its own, alone.

    Attributes:
        repetitions: Records by the id of their test, for each time.
        clean_ups: What each time left on the target.
    """

    def __init__(self, handover: Handover, words: Sequence[str]) -> None:
        self._words = words
        self._handover = Handover(
            target=handover.target,
            arguments=handover.arguments,
            collect=self._collect,
            cleans_up=True,
        )
        self.repetitions: list[Mapping[str, TestRecord]] = []
        self.clean_ups: list[CleanUp | None] = []

    def repeat(self) -> None:
        """Run the tests once more."""
        run_pytest(self._words, [self._handover])

    def _collect(self, run: Run) -> None:
        self.repetitions.append({record.id: record for record in run.records})
        self.clean_ups.append(run.information.clean_up)


def _chosen(run: Run, arguments: argparse.Namespace) -> Sequence[str]:
    budget = SHARE * run.information.seconds
    return within(tests_to_repeat(run), run, arguments.repeat, budget, _START)
