"""Generated races in groups: whatever users do at the same moment, some order explains it."""

import pytest
from hypothesis import given

from rcs_conformance.checks import races as checks
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.races import generated
from rcs_conformance.strategies.races import Plan, plans

CANDIDATES = generated.Candidates()


@pytest.mark.requirement(
    group="TS-CHAT-4.1.6",
    long_lived="UNI-CHT-035.1",
    also=(
        *("UNI-CHT-011.1", "UNI-CHT-011.2", "UNI-CHT-014.1", "UNI-CHT-015.1", "UNI-CHT-020.3"),
        *("UNI-CHT-033.1", "UNI-CHT-033.2", "UNI-CHT-031.1", "UNI-CHT-040.1", "UNI-CHT-020.4"),
        *("UNI-CHT-018.3", "UNI-CHT-018.4", "UNI-CHT-008b.1"),
    ),
)
@given(plan=plans())
def test_some_order_explains_a_race(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format, plan: Plan
) -> None:
    """Messages, additions, leaves and returns at the same moment have an effect of some order.

    Stimulus: rounds of steps of two or three users; then all users read and post.
    """
    for _ in CANDIDATES.runs(bed, kind, fmt, plan):
        race = generated.run(bed, kind, fmt, plan)
        with CANDIDATES.noting(kind, fmt, plan):
            verify(checks.in_chat(race.history(), race.initial))
