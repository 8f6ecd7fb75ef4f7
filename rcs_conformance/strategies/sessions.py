"""Combinations of the parameters that a 1-to-1 chat is started with (UNI-CHT-001, 001a)."""

from collections.abc import Callable
from itertools import product
from typing import TypeVar

from hypothesis import example
from hypothesis import strategies as st

from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.strategies.groups import SUBJECT_CORNERS, subjects
from rcs_conformance.strategies.messages import TEXT_CORNERS, texts

Test = TypeVar("Test", bound=Callable[..., None])

COMBINATIONS = tuple(
    SessionOffer(subject=subject, first=first)
    for first, subject in product((None, "good morning"), (None, "Hawaii"))
)
"""Subject and first message: neither, either, both."""


def session_offers() -> st.SearchStrategy[SessionOffer]:
    """Any subject, without a first message."""
    return st.builds(SessionOffer, subject=subjects())


def offers_with_first_message() -> st.SearchStrategy[SessionOffer]:
    """Any subject and any first message."""
    return st.builds(SessionOffer, subject=subjects(), first=texts())


def with_session_subject_corners(test: Test) -> Test:
    """Try the fixed subjects first, whatever else is generated for `offer`."""
    for subject in reversed(SUBJECT_CORNERS):
        test = example(offer=SessionOffer(subject=subject))(test)
    return test


def with_first_message_corners(test: Test) -> Test:
    """Try the fixed texts first, whatever else is generated for `offer`."""
    for text in reversed(TEXT_CORNERS):
        test = example(offer=SessionOffer(first=text))(test)
    return test
