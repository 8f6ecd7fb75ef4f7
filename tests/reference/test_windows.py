"""The windows of faults: two requests meet in the middle, or each goes on alone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Condition

from rcs_conformance.reference.windows import Windows


def locked(lock: Condition, action: Callable[[], bool]) -> Callable[[], bool]:
    """An action that is done while the lock is held, as a request is carried out."""

    def run() -> bool:
        with lock:
            return action()

    return run


def test_two_requests_meet() -> None:
    """Both find the other one, whichever comes first."""
    lock = Condition()
    windows = Windows(lock)

    def accept() -> bool:
        return windows.meet(1, "accept", "cancel")

    def cancel() -> bool:
        return windows.meet(1, "cancel", "accept")

    with ThreadPoolExecutor(2) as pool:
        met = [pool.submit(locked(lock, each)) for each in (accept, cancel)]

    assert [each.result() for each in met] == [True, True]


def test_request_that_is_last_waits_for_the_other_ones_end() -> None:
    """What it does comes behind all that the other one does."""
    lock, order = Condition(), list[str]()
    windows = Windows(lock)

    def first() -> bool:
        met = windows.meet(1, "leave", "send")
        order.append("leave")
        windows.end()
        return met

    def last() -> bool:
        met = windows.meet(1, "send", "leave", last=True)
        order.append("send")
        return met

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(locked(lock, each)) for each in (first, last)]

    assert [each.result() for each in both] == [True, True]
    assert order == ["leave", "send"]


def test_request_alone_goes_on() -> None:
    """Without another one about the same it is not held for long."""
    lock = Condition()
    windows = Windows(lock)

    with lock:
        assert not windows.meet(1, "leave", "send")
        assert not windows.meet(2, "send", "leave")
