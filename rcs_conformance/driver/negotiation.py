"""How a request says in which format it wants its answer (binding, section 5)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from rcs_conformance.model.formats import Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiation:
    """What a request says about the format of its answer.

    Attributes:
        accept: Value of `Accept`; `None` sends none.
        res_format: Value of `resFormat` in the query; `None` leaves it out.
        expected: The format that the answer must have then.
    """

    accept: str | None
    res_format: str | None = None
    expected: Format


def wanting(fmt: Format) -> Negotiation:
    """Ask for a format in the plainest way, by `Accept`."""
    return Negotiation(accept=fmt.media_type, expected=fmt)


def _preferring(fmt: Format) -> Negotiation:
    accept = f"{fmt.other.media_type};q=0.3, {fmt.media_type};q=1.0, */*;q=0.1"
    return Negotiation(accept=accept, expected=fmt)


def _in_query(fmt: Format) -> Negotiation:
    return Negotiation(accept=None, res_format=fmt.name, expected=fmt)


def _without_preference(fmt: Format) -> Negotiation:
    return Negotiation(accept="*/*", expected=fmt)


def _silent(fmt: Format) -> Negotiation:
    return Negotiation(accept=None, expected=fmt)


PREFERENCES: Final = "Accept with preferences"
"""The way that names both formats, with a weight for each, and then all others, as clients do."""

WAYS: Mapping[str, Callable[[Format], Negotiation]] = {
    "Accept": wanting,
    PREFERENCES: _preferring,
    "resFormat": _in_query,
    "Accept of anything": _without_preference,
    "the format of the request": _silent,
}
"""The ways in which a request with a body in a format can ask for its answer in that format."""


def unavailable(fmt: Format) -> Negotiation:
    """Ask for what no server offers; the error comes in the format of the request, or either."""
    return Negotiation(accept="text/x-nothing-like-it", expected=fmt)
