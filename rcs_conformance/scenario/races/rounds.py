"""How often a race is run: what overlaps, and how, differs from one round to the next."""

import hypothesis

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.scenario.bed import TestBed

EXAMPLES = 3
"""Generated examples of other tests in place of one round."""


def rounds(bed: TestBed) -> range:
    """The rounds of a race, as many as the profile of the run allows; each departs in an order.

    Raises:
        Inconclusive: The target file asks for no races.
    """
    if not bed.target.limits.races:
        reason = "the target file says [limits] races = false"
        raise Inconclusive(Cause.UNAVAILABLE, reason)
    bed.begin_races()
    return range(max(1, hypothesis.settings().max_examples // EXAMPLES))
