"""Single deviations, for tests that are about one of them."""

from collections.abc import Callable

from rcs_conformance.errors import HarnessError
from rcs_conformance.strategies.near_miss.deviations import Deviation, Draft
from rcs_conformance.strategies.near_miss.malformed import malformations
from rcs_conformance.strategies.near_miss.members import removed, repeated, replaced
from rcs_conformance.strategies.near_miss.roots import root_deviations
from rcs_conformance.strategies.near_miss.sites import Site, sites_of


def value_of(element: str, value: object) -> Deviation:
    """Another value for the first member of a name, such as a boolean that is none."""
    return _at_first(
        element, f"{element} {value!r}", lambda site: replaced(site, value, f"{element} {value!r}")
    )


def without(element: str) -> Deviation:
    """The first member of a name left out."""
    return _at_first(element, f"no {element}", removed)


def twice(element: str) -> Deviation:
    """The first member of a name, repeated."""
    return _at_first(element, f"{element} twice", repeated)


def cut_short() -> Deviation:
    """A body that ends too early."""
    return _named("its end missing")


def empty() -> Deviation:
    """No body at all."""
    return _named("nothing in it")


def other_root() -> Deviation:
    """A root that nobody knows."""
    return _named("an unknown root")


def _at_first(element: str, name: str, deviation: Callable[[Site], Deviation]) -> Deviation:
    def change(draft: Draft) -> bytes:
        for site in sites_of(draft.content):
            if site.member.element == element:
                return deviation(site).change(draft)
        raise HarnessError(f"a {type(draft.content).__name__} without {element}")

    return Deviation(name=name, change=change)


def _named(name: str) -> Deviation:
    return next(each for each in (*malformations(), *root_deviations()) if each.name == name)
