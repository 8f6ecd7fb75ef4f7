"""Combinations of how a file is offered with the parameters of the chat (UNI-FLT-001, 005)."""

from collections.abc import Callable
from itertools import product
from typing import TypeVar

from hypothesis import example
from hypothesis import strategies as st

from rcs_conformance.model.offers import FileOffer, GroupOffer, Service
from rcs_conformance.strategies.groups import CLOSED, CORNERS

Test = TypeVar("Test", bound=Callable[..., None])

FILE_CORNERS = tuple(
    FileOffer(by_value=by_value, names_receivers=named)
    for by_value, named in product((False, True), (True, False))
)
"""By reference or by value, to those who are named or to all: every combination."""

CHAT_CORNERS: tuple[tuple[GroupOffer, FileOffer], ...] = tuple(
    (offer, FILE_CORNERS[(number + number // len(CLOSED)) % len(FILE_CORNERS)])
    for number, offer in enumerate(CORNERS)
)
"""Every combination of closed and gc_services, the ways to offer a file taking their turns."""

BARRED_CORNERS = tuple(
    (offer, file) for offer, file in CHAT_CORNERS if Service.FILE_TRANSFER not in offer.services
)
"""Those of them in which a chat has no file transfer."""


def file_offers() -> st.SearchStrategy[FileOffer]:
    """Any way to offer a file."""
    return st.sampled_from(FILE_CORNERS)


def barred_offers() -> st.SearchStrategy[GroupOffer]:
    """Any parameters of a chat that has no file transfer."""
    offers = [offer for offer, _ in BARRED_CORNERS]
    return st.sampled_from(offers)


def with_chat_corners(test: Test) -> Test:
    """Try the fixed combinations first, whatever is generated for `offer` and `file`."""
    for offer, file in reversed(CHAT_CORNERS):
        test = example(offer=offer, file=file)(test)
    return test


def with_barred_corners(test: Test) -> Test:
    """Try those without file transfer first, whatever is generated for `offer` and `file`."""
    for offer, file in reversed(BARRED_CORNERS):
        test = example(offer=offer, file=file)(test)
    return test


def with_file_corners(test: Test) -> Test:
    """Try every way to offer a file first, whatever is generated for `closed` and `file`."""
    corners = [(CLOSED[at % len(CLOSED)], file) for at, file in enumerate(FILE_CORNERS)]
    for closed, file in reversed(corners):
        test = example(closed=closed, file=file)(test)
    return test


def closed() -> st.SearchStrategy[bool | None]:
    """Any value of the closed parameter, or none."""
    return st.sampled_from(CLOSED)
