"""Generated races: a plan is carried out, and one that failed is repeated.

A race shows only now and then. So a plan that no order explained once is run several times when it
is generated again, as it is for shrinking and for the last time.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf

from rcs_conformance.histories.records import Action
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.races.preambles import established_group
from rcs_conformance.scenario.races.race import Race, Step, readings
from rcs_conformance.scenario.races.rounds import rounds
from rcs_conformance.strategies.races import Plan, PlannedStep, Racer

_REPETITIONS = 10
_SHRINKING = 15.0
"""Seconds after a failure in which smaller races are looked for."""


class Candidates:
    """The plans that failed in this process, by test."""

    def __init__(self) -> None:
        self._failed: dict[tuple[ChatKind, Format], list[Plan]] = {}
        self._first: dict[tuple[ChatKind, Format], float] = {}

    def runs(self, bed: TestBed, kind: ChatKind, fmt: Format, plan: Plan) -> range:
        """How often a plan is run: once, more often where it failed before, no more in the end.

        Raises:
            Inconclusive: The target file asks for no races.
        """
        rounds(bed)
        if plan in self._failed.get((kind, fmt), ()):
            return range(_REPETITIONS)
        is_late = time.monotonic() - self._first.get((kind, fmt), inf) > _SHRINKING
        return range(0 if is_late else 1)

    @contextmanager
    def noting(self, kind: ChatKind, fmt: Format, plan: Plan) -> Iterator[None]:
        """Note a plan if it fails."""
        try:
            yield
        except AssertionError:
            self._failed.setdefault((kind, fmt), []).append(plan)
            self._first.setdefault((kind, fmt), time.monotonic())
            raise


def run(bed: TestBed, kind: ChatKind, fmt: Format, plan: Plan) -> Race:
    """A race in a group of alice, bob and carol by a plan; then all who are left read and post.

    Raises:
        NotApplicable: The target does not claim this kind of chat.
        Inconclusive: No group could be established, or a later event is not notified.
        TargetError: A request got no response that can be judged.
    """
    race = established_group(bed, kind, fmt)
    for each in plan:
        race.at_once(*(_step(bed, planned) for planned in each))
    race.then(*readings(*bed.actors[: Racer.DAVE]))
    race.then(*(Step(who=each, action=Action.SEND) for each in bed.actors[: Racer.DAVE]))
    race.catch_up()
    return race


def _step(bed: TestBed, planned: PlannedStep) -> Step:
    subject = bed.dave if planned.action is Action.ADD else None
    return Step(who=bed.actors[planned.racer], action=planned.action, subject=subject)
