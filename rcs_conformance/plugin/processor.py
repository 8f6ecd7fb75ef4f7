"""Binds each of several processes to one processor.

A test process has many threads, of which one at a time runs Python: the test, the listener, an
embedded server. On several processors they spend a third of their time on switching.
"""

import os


def keep_to_one_processor(number: int) -> None:
    """Run on one processor from now on, with all threads and processes that are started here.

    Brothers get different ones, as far as there are. Does nothing where the system offers no such
    choice.

    Args:
        number: Of this process among those that its parent started.
    """
    if not hasattr(os, "sched_setaffinity"):
        return
    usable = sorted(os.sched_getaffinity(0))
    # Not always the first ones, for another run may be at work on this machine.
    os.sched_setaffinity(0, {usable[(os.getppid() + number) % len(usable)]})
