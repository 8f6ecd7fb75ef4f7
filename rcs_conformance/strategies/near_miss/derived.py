"""All deviations of a structure: what can be wrong, and what of it the schema refuses."""

from collections.abc import Iterator

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.near_miss.deviations import Deviation
from rcs_conformance.strategies.near_miss.malformed import malformations
from rcs_conformance.strategies.near_miss.members import member_deviations
from rcs_conformance.strategies.near_miss.roots import root_deviations


def candidates(content: object, fmt: Format) -> Iterator[Deviation]:
    """Every single deviation that there could be of a valid structure in a format."""
    for deviation in (*malformations(), *root_deviations(), *member_deviations(content)):
        if fmt in deviation.formats:
            yield deviation


def deviations(content: object, fmt: Format) -> tuple[Deviation, ...]:
    """Those of them that make it invalid; the schema is the judge."""
    return tuple(each for each in candidates(content, fmt) if each.breaks(content, fmt))
