"""The watchdog ends what is late, in order, and leaves alone what is in time."""

import time
from functools import partial
from threading import Barrier, Event, Thread

from rcs_conformance.driver.watchdog import Watchdog

PATIENCE = 5.0
LONG = 60.0


def test_work_in_time_is_left_alone() -> None:
    """A guard that is done is never expired, and costs no wait."""
    watchdog = Watchdog()
    acted = Event()
    started = time.monotonic()
    with watchdog.guard(LONG, acted.set) as guard:
        pass
    assert (guard.done, guard.expired, acted.is_set()) == (True, False, False)
    assert time.monotonic() - started < PATIENCE


def test_late_work_is_ended_at_its_deadline() -> None:
    """The action runs as soon as the deadline has passed, and once."""
    watchdog = Watchdog()
    times: list[float] = []
    acted = Event()

    def act() -> None:
        times.append(time.monotonic())
        acted.set()

    started = time.monotonic()
    with watchdog.guard(0.05, act) as guard:
        assert acted.wait(PATIENCE)
    assert guard.expired
    assert len(times) == 1
    assert times[0] - started >= 0.05


def test_shorter_guard_does_not_wait_for_a_longer_one() -> None:
    """The thread that waits for a far deadline is woken by a nearer one."""
    watchdog = Watchdog()
    acted = Event()
    with watchdog.guard(LONG, lambda: None) as long, watchdog.guard(0.05, acted.set) as short:
        assert acted.wait(PATIENCE)
    assert (long.expired, short.expired) == (False, True)


def test_guards_expire_in_order_of_their_deadlines() -> None:
    """Whatever the order in which they were set."""
    watchdog = Watchdog()
    order: list[int] = []
    over = Event()
    actions = {number: partial(order.append, number) for number in (1, 2, 3)}
    with (
        watchdog.guard(LONG, lambda: None),
        watchdog.guard(0.8, over.set),
        watchdog.guard(0.6, actions[3]),
        watchdog.guard(0.2, actions[1]),
        watchdog.guard(0.4, actions[2]),
    ):
        assert over.wait(PATIENCE)
    assert order == [1, 2, 3]


def test_many_guards_at_once() -> None:
    """Every late one of many is ended, every one in time is not, and one thread does it."""
    watchdog = Watchdog()
    count = 40
    together = Barrier(count)
    expired: list[bool] = []

    def work(number: int) -> None:
        late = Event()
        together.wait(PATIENCE)
        with watchdog.guard(0.05 if number % 2 else LONG, late.set) as guard:
            if number % 2:
                assert late.wait(PATIENCE)
        expired.append(guard.expired == bool(number % 2))

    threads = [Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert expired == [True] * count


def test_done_guards_are_forgotten() -> None:
    """Many exchanges one after the other leave nothing behind."""
    watchdog = Watchdog()
    with watchdog.guard(LONG, lambda: None):
        for _ in range(100):
            with watchdog.guard(LONG / 2, lambda: None):
                pass
    acted = Event()
    with watchdog.guard(0.01, acted.set) as guard:
        assert acted.wait(PATIENCE)
    assert guard.expired
    assert watchdog._guards == []
