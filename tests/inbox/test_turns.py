"""Examples under way together: one acts, the others wait."""

from threading import Condition, Event

import pytest

from rcs_conformance.inbox import Apart, Turns

PATIENCE = 10.0


@pytest.fixture
def condition() -> Condition:
    """What waits for notifications."""
    return Condition()


@pytest.fixture
def turns(condition: Condition) -> Turns:
    """Of a test."""
    return Turns(condition)


def test_others_act_while_one_waits(turns: Turns) -> None:
    """One alone would wait in vain for what another one does."""
    done = Event()

    def waits() -> None:
        with turns.others():
            assert done.wait(PATIENCE)

    assert turns.together([waits, done.set]) == [None, None]


def test_failure_ends_the_others_at_their_next_wait(turns: Turns, condition: Condition) -> None:
    """They have not come to an end, and that is no fault of theirs."""

    def waits() -> None:
        with turns.others(), condition:
            condition.wait_for(lambda: turns.is_over, PATIENCE)
        raise AssertionError("the example went on")

    def fails() -> None:
        raise ValueError("wrong")

    apart, error = turns.together([waits, fails])
    assert isinstance(apart, Apart)
    assert isinstance(error, ValueError)
    assert not turns.is_over


def test_one_of_them_alone_has_a_chat_without_text(turns: Turns) -> None:
    """It may have several; an example that runs for itself always may."""

    def begins() -> None:
        turns.stand_alone()
        turns.stand_alone()

    found = turns.together([begins, begins, begins])
    assert sorted(type(each).__name__ for each in found) == ["Apart", "Apart", "NoneType"]
    turns.stand_alone()
    with turns.others():
        turns.stand_alone()
