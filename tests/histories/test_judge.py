"""The judge of histories: known-good and known-bad ones, and brute force over small ones."""

import time
import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcs_conformance.histories import creation_model
from rcs_conformance.histories.chat_model import ChatState, follows
from rcs_conformance.histories.creation_model import Created
from rcs_conformance.histories.judge import contradiction, order_of
from rcs_conformance.histories.records import Action, Facet, Operation, Outcome
from tests.histories.samples import (
    BAD,
    GOOD,
    GROUP,
    MEMBERS,
    by_brute_force,
    long_history,
    op,
    operations,
)


@pytest.mark.parametrize(
    ("state", "history"), [each[1:] for each in GOOD], ids=[each[0] for each in GOOD]
)
def test_good_history_is_explained(state: ChatState, history: tuple[Operation, ...]) -> None:
    """Some order explains everything, so nothing contradicts."""
    assert contradiction(history, state, follows) is None


@pytest.mark.parametrize(
    ("state", "history", "clause"), [each[1:] for each in BAD], ids=[each[0] for each in BAD]
)
def test_bad_history_is_not_explained(
    state: ChatState, history: tuple[Operation, ...], clause: str
) -> None:
    """No order explains it, and the clause is that of what contradicts the rest."""
    found = contradiction(history, state, follows)

    assert found is not None
    assert found.clause == clause


@given(history=st.lists(operations(), max_size=4))
def test_judge_agrees_with_brute_force(history: list[Operation]) -> None:
    """An order is found exactly where one exists."""
    found = order_of(history, GROUP, follows)

    assert (found is not None) == by_brute_force(history, GROUP)


@given(history=st.lists(operations(), max_size=4))
def test_order_that_is_found_explains_the_history(history: list[Operation]) -> None:
    """The order has all operations that must be there, in time, and the model permits it."""
    found = order_of(history, GROUP, follows)

    assert found is None or by_brute_force(list(found), GROUP)


@given(history=st.lists(operations(), max_size=4))
def test_what_contradicts_is_an_observation_of_the_history(history: list[Operation]) -> None:
    """A history without an order has a contradiction, any other has none."""
    found = contradiction(history, GROUP, follows)

    assert (found is None) == by_brute_force(history, GROUP)
    assert found is None or found.operation in history


def make(correlator: str, called: float, made: str | None, **observed: object) -> Operation:
    return op("alice", Action.MAKE, called, called + 2, subject=correlator, made=made, **observed)


@pytest.mark.parametrize(
    ("history", "is_right"),
    [
        ((make("a", 0, "1"), make("a", 0, "1")), True),
        ((make("a", 0, "1"), make("a", 0, None, outcome=Outcome.CONFLICT)), True),
        ((make("", 0, "1"), make("", 0, "2")), True),
        ((make("a", 0, "1"), make("a", 0, "2")), False),
        ((make("a", 0, "1"), make("b", 0, "1")), False),
        ((make("a", 0, "1"), make("b", 0, None, outcome=Outcome.FAILED)), False),
        ((make("a", 0, "1"), make("b", 0, None, outcome=Outcome.REFUSED)), False),
    ],
)
def test_correlator_creates_one_resource(history: tuple[Operation, ...], *, is_right: bool) -> None:
    """Two requests with one correlator create one resource; all others create one each."""
    found = contradiction(history, Created(), creation_model.follows)

    assert (found is None) == is_right


def test_session_that_ended_by_its_extension_is_not_extended_again() -> None:
    """The second one who extends a session may be refused."""
    history = (make("a", 0, "1"), make("b", 0, None, outcome=Outcome.REFUSED))

    assert contradiction(history, Created(may_end=True), creation_model.follows) is None


def test_facets_are_those_of_operations() -> None:
    """Each facet is a member of an operation, so that it can be left aside."""
    plain = make("a", 0, "1")

    assert all(plain.without(each) for each in Facet)


MOST_SECONDS, MOST_BYTES = 5.0, 300 << 20


@pytest.mark.exhaustive
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("is_right", [True, False], ids=["right", "wrong"])
def test_long_history_is_judged_in_time(seed: int, *, is_right: bool) -> None:
    """200 operations take at most 5 s of processor time and 300 MiB, with an order or without."""
    history = long_history(200, seed)
    if not is_right:
        history[150] = replace(history[150], outcome=Outcome.FAILED)

    begun = time.thread_time()
    found = contradiction(history, MEMBERS, follows)
    seconds = time.thread_time() - begun

    assert (found is None) == is_right
    assert seconds <= MOST_SECONDS
    tracemalloc.start()
    assert (order_of(history, MEMBERS, follows) is not None) == is_right
    assert tracemalloc.get_traced_memory()[1] <= MOST_BYTES
    tracemalloc.stop()
