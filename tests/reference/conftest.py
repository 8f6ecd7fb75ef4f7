"""Fixtures of the tests of the reference server."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from rcs_conformance.reference import ReferenceServer
from tests.reference.testbed import Bed, Listener

OpenBed = Callable[..., Bed]


@pytest.fixture
def open_testbed() -> Iterator[OpenBed]:
    """Opens stages, with the arguments of `ReferenceServer`; closes them all at the end."""
    with ExitStack() as open_ones:

        def open_one(listener: Listener | None = None, **options: Any) -> Bed:  # noqa: ANN401
            bed = Bed(ReferenceServer(**options), listener or Listener())
            return open_ones.enter_context(bed)

        yield open_one


@pytest.fixture
def bed(open_testbed: OpenBed) -> Bed:
    """A bed whose server conforms."""
    return open_testbed()


@pytest.fixture
def party(bed: Bed) -> Bed:
    """A bed whose users are all subscribed."""
    bed.subscribe(0, 1, 2, 3)
    return bed


@pytest.fixture
def talk(bed: Bed) -> tuple[Bed, str, str]:
    """A bed with a chat of the first two users, as each of them sees it."""
    bed.subscribe(0, 1, 2)
    chat = bed.start(1, 2, subject="Talk", supportedService=["ft"])
    return bed, chat, bed.accept(1)
