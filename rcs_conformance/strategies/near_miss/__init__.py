"""Near misses: bodies that deviate from a valid one in one thing, named for what it is.

They are derived from a structure and its layout, not listed: each mandatory member left out, each
single one repeated, each value replaced by one of another kind, the root and the bytes made
wrong. That the result is indeed invalid is proved against the schema before it is handed out, so
that no target is blamed for refusing what was right, or for taking it.
"""

from rcs_conformance.strategies.near_miss.derived import Way, candidates, deviations, ways
from rcs_conformance.strategies.near_miss.deviations import Deviation, Draft, NearMiss
from rcs_conformance.strategies.near_miss.forms import form_deviations
from rcs_conformance.strategies.near_miss.media import mislabels
from rcs_conformance.strategies.near_miss.multipart import multipart_deviations
from rcs_conformance.strategies.near_miss.single import cut_short, value_of, without

__all__ = [
    "Deviation",
    "Draft",
    "NearMiss",
    "Way",
    "candidates",
    "cut_short",
    "deviations",
    "form_deviations",
    "mislabels",
    "multipart_deviations",
    "value_of",
    "ways",
    "without",
]
