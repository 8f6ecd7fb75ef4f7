"""A history is drawn with users as lanes and time downwards."""

from dataclasses import replace

from rcs_conformance.histories.drawing import drawn
from rcs_conformance.histories.records import Signal
from tests.histories.samples import CONNECTED, accept, end, read


def test_overlapping_requests_stand_beside_each_other() -> None:
    """A bar goes on beside what another user does meanwhile."""
    lines = drawn(
        (end("alice", 0, 0.003, signalled=Signal.CANCELLED), accept("bob", 0.001, 0.002))
    ).splitlines()

    assert lines == [
        " ms  alice                                     bob",
        "0.0  > end",
        "1.0  |                                         > accept",
        "2.0  |                                         < accepted",
        "3.0  < accepted, notified as SessionCancelled",
    ]


def test_reading_is_drawn_once() -> None:
    """It is judged user by user, and shown as one request."""
    whole = read("alice", 0, bob=CONNECTED)
    parts = [replace(whole, event=3), replace(whole, shown=(("carol", None),), event=3)]

    lines = drawn(parts).splitlines()

    assert lines[1:] == [
        "  0.0  > #3 read",
        "100.0  < accepted, shows bob Connected, carol not listed",
    ]


def test_empty_history_is_no_drawing() -> None:
    """Without operations nothing is drawn."""
    assert drawn(()) == ""
