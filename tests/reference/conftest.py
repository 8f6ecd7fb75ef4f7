"""Fixtures of the tests of the reference server."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from rcs_conformance.reference import ReferenceServer
from tests.reference.stage import Listener, Stage

OpenStage = Callable[..., Stage]


@pytest.fixture
def open_stage() -> Iterator[OpenStage]:
    """Opens stages, with the arguments of `ReferenceServer`; closes them all at the end."""
    with ExitStack() as open_ones:

        def open_one(listener: Listener | None = None, **options: Any) -> Stage:  # noqa: ANN401
            stage = Stage(ReferenceServer(**options), listener or Listener())
            return open_ones.enter_context(stage)

        yield open_one


@pytest.fixture
def stage(open_stage: OpenStage) -> Stage:
    """A stage whose server conforms."""
    return open_stage()


@pytest.fixture
def party(stage: Stage) -> Stage:
    """A stage whose users are all subscribed."""
    stage.subscribe(0, 1, 2, 3)
    return stage


@pytest.fixture
def talk(stage: Stage) -> tuple[Stage, str, str]:
    """A stage with a chat of the first two users, as each of them sees it."""
    stage.subscribe(0, 1, 2)
    chat = stage.start(1, 2, subject="Talk", supportedService=["ft"])
    return stage, chat, stage.accept(1)
