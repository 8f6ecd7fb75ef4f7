"""Where the processes of a run are: each on one processor."""

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from rcs_conformance.plugin.processor import keep_to_one_processor

pytestmark = pytest.mark.skipif(
    not hasattr(os, "sched_setaffinity"), reason="this system does not let a process choose"
)


def places(numbers: range) -> list[set[int]]:
    """Where brothers are that were told to keep to one processor, each a process of its own."""
    return [_place(number) for number in numbers]


def _place(number: int) -> set[int]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        pool.submit(keep_to_one_processor, number).result()
        return pool.submit(os.sched_getaffinity, 0).result()


@pytest.mark.exhaustive
def test_brothers_use_all_processors() -> None:
    """As many processes as processors: none is idle, none is shared."""
    usable = os.sched_getaffinity(0)

    found = places(range(len(usable)))

    assert sorted(found, key=min) == [{each} for each in sorted(usable)]


@pytest.mark.exhaustive
def test_more_processes_than_processors_share_them() -> None:
    """One more than there are processors is where the first is."""
    first, *_, last = places(range(len(os.sched_getaffinity(0)) + 1))

    assert last == first
