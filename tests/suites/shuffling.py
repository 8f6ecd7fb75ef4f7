"""A plugin that runs the tests in a random order, the same in each process of a run."""

import os
import random

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Shuffle the tests by the seed in the environment."""
    random.Random(os.environ["SHUFFLING_SEED"]).shuffle(items)  # noqa: S311 - no secret
