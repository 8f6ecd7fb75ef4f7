"""Combinations of the parameters that a group chat is started with (UNI-CHT-002b)."""

from collections.abc import Callable
from itertools import product
from typing import TypeVar

from hypothesis import example
from hypothesis import strategies as st

from rcs_conformance.model.offers import GroupOffer, Service

Test = TypeVar("Test", bound=Callable[..., None])

CLOSED = (None, False, True)
"""The closed parameter: left out, or either value."""

SERVICES: tuple[tuple[Service, ...], ...] = (
    (),
    (Service.FILE_TRANSFER,),
    (Service.GEOLOCATION_PUSH,),
    (Service.FILE_TRANSFER, Service.GEOLOCATION_PUSH),
)
"""The gc_services parameter: left out, each service, both."""

CORNERS = tuple(
    GroupOffer(closed=closed, services=services) for services, closed in product(SERVICES, CLOSED)
)
"""Every combination of closed and gc_services, the simplest first."""

SUBJECT_CORNERS = (
    "Hawaii",
    "two  spaces",
    "<b> & \"quotes\" 'n' \\backslash",
    "\u00fc\u00f1\u00ed \u4f60\u597d \u0645\u0631\u062d\u0628\u0627",
    "\U0001f334\U0001f3c4",
    "a topic of several words that is somewhat longer than most, for whoever counts",
)
"""Topics that servers are known to change: white space, markup, scripts, emoji, length."""

Declared = tuple[tuple[Service, ...], tuple[Service, ...]]
"""The services that each of two accepting applications declares."""

DECLARED_CORNERS: tuple[tuple[GroupOffer, Declared], ...] = tuple(
    (
        GroupOffer(closed=CLOSED[number % len(CLOSED)], services=asked),
        (declared, SERVICES[(number + 1) % len(SERVICES)]),
    )
    for number, (asked, declared) in enumerate(product(SERVICES, SERVICES))
)
"""Every combination of gc_services at the start and on acceptance, closed taking its turns."""

_LINE = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"])


def services() -> st.SearchStrategy[tuple[Service, ...]]:
    """Any services in any order, each once, or none."""
    return st.lists(st.sampled_from(Service), unique=True).map(tuple)


def subjects() -> st.SearchStrategy[str]:
    """A topic of one line; it neither begins nor ends with a space."""
    return st.text(_LINE, max_size=40).map(str.strip)


def group_offers() -> st.SearchStrategy[GroupOffer]:
    """Any combination of subject, closed and gc_services; the subject is always there."""
    return st.builds(
        GroupOffer, subject=subjects(), closed=st.sampled_from(CLOSED), services=services()
    )


def subject_offers() -> st.SearchStrategy[GroupOffer]:
    """Any subject, and no other parameter."""
    return st.builds(GroupOffer, subject=subjects())


def declarations() -> st.SearchStrategy[Declared]:
    """What each of the two who are invited declares on accepting."""
    return st.tuples(services(), services())


def with_corners(test: Test) -> Test:
    """Try the fixed combinations first, whatever else is generated for `offer`."""
    for offer in reversed(CORNERS):
        test = example(offer=offer)(test)
    return test


def with_subject_corners(test: Test) -> Test:
    """Try the fixed subjects first, whatever else is generated for `offer`."""
    for subject in reversed(SUBJECT_CORNERS):
        test = example(offer=GroupOffer(subject=subject))(test)
    return test


def with_declared_corners(test: Test) -> Test:
    """Try the fixed combinations first, whatever is generated for `offer` and `declared`."""
    for offer, declared in reversed(DECLARED_CORNERS):
        test = example(offer=offer, declared=declared)(test)
    return test
