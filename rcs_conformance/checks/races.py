"""Checks of races: some order of the requests explains everything that was observed of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from rcs_conformance.checks.judging import Place
from rcs_conformance.histories import chat_model, creation_model
from rcs_conformance.histories.chat_model import ChatState
from rcs_conformance.histories.creation_model import Created
from rcs_conformance.histories.drawing import drawn, observed, shown_facet
from rcs_conformance.histories.judge import contradiction
from rcs_conformance.histories.records import Contradiction, Operation
from rcs_conformance.model.results import CheckResult

State = TypeVar("State")

_RULE = "race.explained"


def in_chat(history: Sequence[Operation], initial: ChatState) -> list[CheckResult]:
    """What users did in a chat at the same time has an effect that some order of it explains.

    Args:
        history: What they did.
        initial: The chat before.
    """
    return _explained(history, initial, chat_model.follows)


def of_creations(history: Sequence[Operation], initial: Created) -> list[CheckResult]:
    """Requests at the same time create what they would create one after another.

    Args:
        history: The requests.
        initial: What was there before.
    """
    return _explained(history, initial, creation_model.follows)


def _explained(
    history: Sequence[Operation],
    initial: State,
    step: Callable[[State, Operation], Iterable[State]],
) -> list[CheckResult]:
    """A result for each clause that is at stake; at most one of them fails."""
    found = contradiction(history, initial, step)
    at_stake = {
        each.clauses[facet]: each
        for each in history
        for facet in each.observed
        if facet in each.clauses
    }
    broken = None if found is None else found.clause
    results = [
        _place(each).require(clause, _RULE, holds=True, expected=_EXPECTED, actual=observed(each))
        for clause, each in at_stake.items()
        if clause != broken
    ]
    if found is None:
        return results
    return [*results, replace(_broken(found), history=drawn(history))]


_EXPECTED = "one order of the requests explains all responses, notifications and readings"


def _broken(found: Contradiction) -> CheckResult:
    each = found.operation
    what = f"{each.action.value} {each.subject}".strip()
    return _place(each).require(
        found.clause,
        _RULE,
        holds=False,
        expected=_EXPECTED,
        actual=f"{each.user}, {what}: {shown_facet(each, found.facet)}: no order explains this",
    )


def _place(operation: Operation) -> Place:
    return Place(operation.where, operation.event)
