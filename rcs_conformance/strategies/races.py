"""Generated races in groups: rounds of steps that leave at the same moment.

Each step is one that the user can take in some order of the steps before it, by the model of the
chat; so most of them succeed, and what they change is at stake.
"""

from dataclasses import dataclass
from enum import IntEnum

from hypothesis import strategies as st

from rcs_conformance.histories.chat_model import ChatState, Standing, begun, follows
from rcs_conformance.histories.records import Action, Operation
from rcs_conformance.model.kinds import ChatKind

_MOST_ROUNDS = 2


class Racer(IntEnum):
    """Who takes steps, by position in the target file; the last one is only added."""

    ALICE = 0
    BOB = 1
    CAROL = 2
    DAVE = 3


_RACERS = (Racer.ALICE, Racer.BOB, Racer.CAROL)


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step of a user; dave is the subject of an addition."""

    racer: Racer
    action: Action

    def __repr__(self) -> str:
        return f"{self.racer.name.lower()} {self.action.value}"


Plan = tuple[tuple[PlannedStep, ...], ...]
"""Rounds, one after the other, of steps that leave at the same moment."""


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """One or two rounds of two or three users in a group of alice, bob and carol."""
    racers = [each.name for each in _RACERS]
    state = begun(ChatKind.LONG_LIVED, racers[0], racers[1:], Standing.CONNECTED, Racer.DAVE.name)
    planned = []
    for _ in range(draw(st.integers(min_value=1, max_value=_MOST_ROUNDS))):
        who = draw(st.lists(st.sampled_from(_RACERS), min_size=2, max_size=3, unique=True))
        steps = tuple(
            PlannedStep(each, draw(st.sampled_from(_possible(state, each)))) for each in who
        )
        for each in steps:
            state = _after(state, each)
        planned.append(steps)
    return tuple(planned)


def _possible(state: ChatState, racer: Racer) -> list[Action]:
    """What a user can do in a state."""
    if state.standing(racer.name) is not Standing.CONNECTED:
        return [Action.ACCEPT]
    is_new = state.standing(Racer.DAVE.name) is Standing.ABSENT
    return [Action.SEND, Action.LEAVE, *([Action.ADD] if is_new else [])]


def _after(state: ChatState, step: PlannedStep) -> ChatState:
    operation = Operation(
        user=step.racer.name, action=step.action, called=0, subject=Racer.DAVE.name
    )
    return next(iter(follows(state, operation)), state)
