"""The starting line: requests that leave at the same moment, each over a connection that is open.

Each request has a thread, which waits at a barrier for all others. What the network and the target
make of it differs from one round to the next.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from rcs_conformance.model.exchange import Exchange

_PATIENCE = 10.0
"""Seconds that a thread waits for the others to be at the line."""


def together(requests: Sequence[Callable[[], Exchange]]) -> list[Exchange]:
    """Send requests at the same moment; each must be of a connection of its own.

    Args:
        requests: Each sends one request.

    Returns:
        The exchanges, in the order of the requests.

    Raises:
        TargetError: One of them got no response that can be judged.
    """
    line = Barrier(len(requests), timeout=_PATIENCE)

    def run(request: Callable[[], Exchange]) -> Exchange:
        line.wait()
        return request()

    with ThreadPoolExecutor(len(requests)) as pool:
        running = [pool.submit(run, each) for each in requests]
        return [each.result() for each in running]
