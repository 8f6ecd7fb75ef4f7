"""All deviations of a structure: what can be wrong, and what of it the schema refuses."""

from collections.abc import Iterator
from typing import Protocol

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.near_miss.deviations import Deviation, NearMiss
from rcs_conformance.strategies.near_miss.elements import element_deviations
from rcs_conformance.strategies.near_miss.forms import form_deviations
from rcs_conformance.strategies.near_miss.malformed import malformations
from rcs_conformance.strategies.near_miss.members import member_deviations
from rcs_conformance.strategies.near_miss.roots import root_deviations
from rcs_conformance.wire import Codec
from rcs_conformance.wire.element import LoneElement


class Way(Protocol):
    """A way to be wrong, whatever it is about."""

    def on(self, content: object, fmt: Format, codec: Codec, /) -> NearMiss | None:
        """The near miss of a valid structure; `None` where the result is valid as well."""


def candidates(content: object, fmt: Format) -> Iterator[Deviation]:
    """Every single deviation that there could be of a valid structure, or element, in a format."""
    if isinstance(content, LoneElement):
        found = tuple(element_deviations(content))
    else:
        found = (*malformations(), *root_deviations(), *member_deviations(content))
    for deviation in found:
        if fmt in deviation.formats:
            yield deviation


def deviations(content: object, fmt: Format) -> tuple[Deviation, ...]:
    """Those of them that make it invalid; the schema is the judge."""
    return tuple(each for each in candidates(content, fmt) if each.on(content, fmt, Codec()))


def ways(content: object, fmt: Format, *, as_form: bool) -> Iterator[Way]:
    """Every way in which a body can be wrong.

    Args:
        content: Its body; the ways are those of any body of the same shape.
        fmt: Its format.
        as_form: Whether it may be made of form fields as well.
    """
    yield from candidates(content, fmt)
    if as_form:
        yield from form_deviations(content)
