"""The starting line: requests that leave at the same moment, each over a connection that is open.

Each request has a thread, which waits at a barrier for all others. Then they depart one right after
the other, in an order that the seed of the run gives. What the network and the target make of it
differs from one round to the next.
"""

import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

from rcs_conformance.model.exchange import Exchange
from rcs_conformance.record import Journal

_PATIENCE = 10.0
"""Seconds that a thread waits for the others to be at the line."""


def together(
    requests: Sequence[Callable[[], Exchange]], departures: random.Random, journal: Journal
) -> list[Exchange]:
    """Send requests at the same moment; each must be of a connection of its own.

    Args:
        requests: Each sends one request.
        departures: Gives the order in which they depart.
        journal: Of the process.

    Returns:
        The exchanges, in the order of the requests.

    Raises:
        TargetError: One of them got no response that can be judged.
    """
    line = Barrier(len(requests), timeout=_PATIENCE)
    turns = [Event() for _ in range(len(requests) + 1)]
    turns[0].set()
    order = order_of(len(requests), departures)

    def run(request: Callable[[], Exchange], place: int) -> Exchange:
        line.wait()
        turns[place].wait(_PATIENCE)
        turns[place + 1].set()
        return request()

    with journal.waiting(), ThreadPoolExecutor(len(requests)) as pool:
        running = [
            pool.submit(run, each, place) for each, place in zip(requests, order, strict=True)
        ]
        return [each.result() for each in running]


def order_of(count: int, departures: random.Random) -> list[int]:
    """The place of each of some requests in the order of departure."""
    return departures.sample(range(count), count)
