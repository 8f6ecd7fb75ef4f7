"""How the requirements appear on the wire: resources, verbs, names and codes, read from a file.

The suites speak in resource keys and canonical names only; what a dialect spells otherwise is
data of its binding file (binding, section 7).
"""

from rcs_conformance.binding.loading import load_binding, shipped_bindings
from rcs_conformance.binding.records import (
    Additions,
    Api,
    Authentication,
    Binding,
    CreationBodies,
    Delivery,
    ElementOrder,
    ErrorCase,
    Mark,
    ParticipantLists,
    Rejoining,
    RelativeUrl,
    Resource,
)
from rcs_conformance.binding.wording import CanonicalNames, Forms, TimeFormat, Wording

__all__ = [
    "Additions",
    "Api",
    "Authentication",
    "Binding",
    "CanonicalNames",
    "CreationBodies",
    "Delivery",
    "ElementOrder",
    "ErrorCase",
    "Forms",
    "Mark",
    "ParticipantLists",
    "Rejoining",
    "RelativeUrl",
    "Resource",
    "TimeFormat",
    "Wording",
    "load_binding",
    "shipped_bindings",
]
