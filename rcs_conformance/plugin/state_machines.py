"""State machine tests: random steps; each run of a machine is an example of the session."""

from collections.abc import Callable

import hypothesis
from hypothesis.stateful import RuleBasedStateMachine, get_state_machine_test

from rcs_conformance.plugin.session import Session

_FEWEST = 2
_STEPS = 12
_PHASES = tuple(each for each in hypothesis.Phase if each is not hypothesis.Phase.explain)
"""The steps explain themselves; to vary them further would cost as much as the test."""


def play(session: Session, machine: Callable[[], RuleBasedStateMachine]) -> None:
    """Run a machine as often as the profile of the run says.

    Args:
        session: Whose seed decides which steps are taken.
        machine: Makes the machine for one run.
    """
    profile = hypothesis.settings()
    settings = hypothesis.settings(
        profile,
        max_examples=max(_FEWEST, profile.max_examples),
        stateful_step_count=_STEPS,
        phases=[each for each in _PHASES if each in profile.phases],
    )
    run = get_state_machine_test(machine, settings=settings)  # type: ignore[arg-type]  # a factory
    hypothesis.seed(session.settings.seed)(run)()
